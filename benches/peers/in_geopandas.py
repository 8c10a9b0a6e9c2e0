"""The work in GeoPandas and Shapely at its best: arrays, trees, regions cut into cells, parcels in chunks on all threads."""

import concurrent.futures

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

import work

CELL_M = 250.0
CHUNK = 20_000


def read(folder, kind):
    of = lambda name: (
        gpd.read_parquet(f"{folder}/{name}.parquet")
        if kind == "parquet"
        else pyogrio.read_dataframe(f"{folder}/{name}.geojson", use_arrow=True).to_crs(6676)
    )
    return {name: of(name) for name in work.LAYERS}


def cells(region):
    """The region cut into cells: first into columns, these into cells."""
    west, south, east, north = region.bounds
    found = []
    for x in np.arange(west, east, CELL_M):
        column = shapely.clip_by_rect(region, x, south - 1, x + CELL_M, north + 1)
        if column.is_empty:
            continue
        _, low, _, high = column.bounds
        y = np.arange(low, high, CELL_M)
        found.extend(shapely.clip_by_rect(column, x, at, x + CELL_M, at + CELL_M) for at in y)
    parts = shapely.get_parts(np.array(found))
    return parts[shapely.area(parts) > 0]


class Region:
    """A region of which parcels ask for their share."""

    def __init__(self, shape):
        self.cells = cells(shape)
        self.tree = shapely.STRtree(self.cells)

    def shares(self, parcels, areas):
        shares = np.zeros(len(parcels))
        whole = self.tree.query(parcels, predicate="covered_by")[0]
        shares[whole] = 1.0
        rest = np.flatnonzero(shares == 0)
        parcel, cell = self.tree.query(parcels[rest], predicate="intersects")
        common = shapely.area(shapely.intersection(parcels[rest][parcel], self.cells[cell]))
        shares[rest] = np.minimum(np.bincount(parcel, common, len(rest)) / areas[rest], 1.0)
        return shares


def by_unit(layers):
    """Density of older residents and ratio of public land of each unit."""
    units, land = layers["units"].geometry.values, layers["public_land"].geometry.values
    areas = shapely.area(units)
    piece, unit = shapely.STRtree(units).query(land, predicate="intersects")
    within = shapely.intersection(land[piece], units[unit])
    # Pieces of public land may lie on one another. To unite them unit by unit is far quicker than all at once.
    order = np.argsort(unit, kind="stable")
    begins = np.searchsorted(unit[order], np.arange(len(units) + 1))
    public = np.array([shapely.area(shapely.union_all(within[order[a:b]])) for a, b in zip(begins, begins[1:])])
    return layers["units"].seniors.to_numpy() / (areas / 1e4), public / areas


def prepare(layers):
    enough = lambda name: layers[name][layers[name].peak >= work.PEAK_TRIPS].geometry.values
    around = lambda points, radius: shapely.buffer(points, radius, quad_segs=work.SEGMENTS)
    stations, stops = enough("stations"), enough("stops")
    all_stops = np.concatenate([layers[name].geometry.values for name in ("stations", "stops")])
    walkshed = shapely.union_all(np.concatenate([around(stations, work.STATION_M), around(stops, work.STOP_M)]))
    did = shapely.union_all(layers["did"].geometry.values)
    seniors, ratio = by_unit(layers)
    return {
        "regions": {
            "in_did": Region(did),
            "in_walkshed": Region(walkshed),
            "in_both": Region(shapely.intersection(did, walkshed)),
            "near_stop": Region(shapely.union_all(around(all_stops, work.NEAR_M))),
        },
        "nearest": {"station_m": shapely.STRtree(stations), "stop_m": shapely.STRtree(stops)},
        "units": layers["units"].geometry.values,
        "unit_tree": shapely.STRtree(layers["units"].geometry.values),
        "seniors_per_ha": seniors,
        "public_land_ratio": ratio,
        "urban_zone": shapely.STRtree(layers["urban_zone"].geometry.values),
    }


def measure(parcels, ready):
    areas = shapely.area(parcels)
    found = {name: region.shares(parcels, areas) for name, region in ready["regions"].items()}
    for name, tree in ready["nearest"].items():
        (parcel, _), metres = tree.query_nearest(parcels, return_distance=True, all_matches=False)
        found[name] = np.full(len(parcels), np.nan)
        found[name][parcel] = metres
    parcel, unit = ready["unit_tree"].query(parcels, predicate="intersects")
    weight = shapely.area(shapely.intersection(parcels[parcel], ready["units"][unit]))
    total = np.bincount(parcel, weight, len(parcels))
    with np.errstate(invalid="ignore", divide="ignore"):
        for name in ("seniors_per_ha", "public_land_ratio"):
            found[name] = np.bincount(parcel, weight * ready[name][unit], len(parcels)) / total
    found["in_urban_zone"] = np.zeros(len(parcels), bool)
    found["in_urban_zone"][ready["urban_zone"].query(shapely.centroid(parcels), predicate="intersects")[0]] = True
    return pd.DataFrame(found)


def pairs(facilities):
    """How many pairs of one kind are too close."""
    points, kinds = facilities.geometry.values, facilities.kind.to_numpy()
    one, other = shapely.STRtree(points).query(points, predicate="dwithin", distance=work.SPACING_M)
    return int(((one < other) & (kinds[one] == kinds[other])).sum())


def main():
    asked, stage = work.arguments(), work.Stages()
    with stage("read"):
        layers = read(asked.city, asked.format)
    with stage("prepare"):
        ready = prepare(layers)
    with stage("measure"):
        parcels = layers["parcels"].geometry.values
        chunks = [parcels[at : at + CHUNK] for at in range(0, len(parcels), CHUNK)]
        with concurrent.futures.ThreadPoolExecutor(asked.threads) as pool:
            found = pd.concat(pool.map(lambda chunk: measure(chunk, ready), chunks), ignore_index=True)
        found["central"] = (found.in_both >= work.MEMBERSHIP) & (found.public_land_ratio >= work.PUBLIC_LAND)
        is_dense, is_near = found.seniors_per_ha >= work.SENIORS_PER_HA, found.near_stop >= work.MEMBERSHIP
        found["senior"] = is_dense & is_near & found.in_urban_zone
        close = pairs(layers["facilities"])
    with stage("write"):
        found.insert(0, "id", layers["parcels"]["id"].to_numpy())
        table = gpd.GeoDataFrame(found, geometry=parcels, crs=6676)
        if asked.format == "parquet":
            table.to_parquet(asked.out)
        else:
            table = table.to_crs(6668)
            pyogrio.write_dataframe(table, asked.out, driver="GeoJSON", use_arrow=True)
    work.tell(stage, parcels=len(found), central=int(found.central.sum()), senior=int(found.senior.sum()), pairs=close)


if __name__ == "__main__":
    main()
