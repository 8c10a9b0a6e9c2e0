"""Makes of the city of `kyoten demo` plain layers that any tool can read: no timetables, no withheld cells, no odd parcels.

city.py DEMO_FOLDER OUT: the folder that `kyoten demo --out` wrote, run and all, so that stops have the peaks that its timetables
gave. Every layer comes as GeoJSON (JGD2011, longitude and latitude) and as GeoParquet (on the plane), with a project file for each.
"""

import json
import pathlib
import sys
import warnings

import geopandas as gpd
import pandas as pd
import shapely

LONLAT, PLANE = "EPSG:6668", "EPSG:6676"

PROJECT = """name = "架空市"
municipality = "22999"
plane = 8
[layers]
parcels = {{ path = "parcels.{0}", id = "id" }}
stations = {{ path = "stations.{0}", name = "name", peak_trips = "peak" }}
stops = {{ path = "stops.{0}", name = "name", peak_trips = "peak" }}
did = "did.{0}"
urban_zone = "urban_zone.{0}"
induction_area = "urban_zone.{0}"
public_land = "public_land.{0}"
units = "units.{0}"
census = {{ path = "units.{0}", population = "residents", seniors = "seniors" }}
facilities = {{ path = "facilities.{0}", name = "name", kind = "kind" }}
"""


def cell(code):
    """A 500 m cell of the census, by its standard grid code 地域メッシュコード: nine digits."""
    digits = [int(digit) for digit in code]
    south = (digits[0] * 10 + digits[1]) / 1.5 + digits[4] / 12 + digits[6] / 120
    west = 100 + digits[2] * 10 + digits[3] + digits[5] / 8 + digits[7] / 80
    quarter = digits[8] - 1
    south, west = south + quarter // 2 / 240, west + quarter % 2 / 160
    return shapely.box(west, south, west + 1 / 160, south + 1 / 240)


def read(demo):
    city = demo / "city"
    parcels = gpd.read_file(city / "parcels.geojson", on_invalid="ignore")[["geometry"]]
    parcels = parcels[parcels.geometry.notna() & parcels.geometry.is_valid & ~parcels.geometry.is_empty]
    parcels = parcels.reset_index(drop=True)
    parcels.insert(0, "id", parcels.index.astype(str))

    stops = gpd.read_file(demo / "stops.geojson").to_crs(PLANE)
    stops = stops[stops.geometry.notna()]
    stops = gpd.GeoDataFrame(
        {"name": stops.name.fillna(""), "peak": stops.peak_trips_lo.astype(int), "kind": stops.kind},
        geometry=stops.geometry.explode().groupby(level=0).first().centroid.values, crs=stops.crs,
    )
    is_station = stops.kind == "rail"

    table = pd.read_csv(next(city.glob("tblT*.txt")), encoding="cp932", dtype=str, skiprows=[1])
    number = lambda column: pd.to_numeric(table[column], errors="coerce").fillna(0).astype(int)
    units = gpd.GeoDataFrame(
        {"code": table.KEY_CODE, "residents": number("T001101001"), "seniors": number("T001101019")},
        geometry=[cell(code) for code in table.KEY_CODE], crs=LONLAT,
    )
    units["seniors"] = units[["residents", "seniors"]].min(axis=1)

    did = gpd.read_file(city / "A16-20_22_DID.geojson")
    land = gpd.read_file(city / "public_land.geojson")
    zones = gpd.read_file(city / "市街化区域.shp", encoding="cp932")
    points = pd.read_csv(city / "facilities.csv", encoding="cp932").dropna(subset=["経度", "緯度"])
    facilities = gpd.GeoDataFrame(
        {"name": points["名称"], "kind": points["種別"]}, geometry=gpd.points_from_xy(points["経度"], points["緯度"]), crs=LONLAT
    )
    return {
        "parcels": parcels,
        "stations": stops[is_station],
        "stops": stops[~is_station],
        "units": units,
        "did": did[did.A16_002 == "22999"][["geometry"]],
        "public_land": land[land.kind.isin(["道路", "公園", "河川"])][["kind", "geometry"]],
        "urban_zone": zones[["geometry"]],
        "facilities": facilities,
    }


def main():
    # Rings that do not close and texts that look like JSON are part of the city.
    warnings.simplefilter("ignore")
    demo, out = (pathlib.Path(path) for path in sys.argv[1:3])
    out.mkdir(parents=True, exist_ok=True)
    for name, layer in read(demo).items():
        layer.to_crs(LONLAT).to_file(out / f"{name}.geojson", driver="GeoJSON", engine="pyogrio")
        layer.to_crs(PLANE).to_parquet(out / f"{name}.parquet")
    for kind in ["geojson", "parquet"]:
        (out / f"{kind}.toml").write_text(PROJECT.format(kind), encoding="utf-8")
    (out / "city.json").write_text(json.dumps({"plane": PLANE}), encoding="utf-8")


if __name__ == "__main__":
    main()
