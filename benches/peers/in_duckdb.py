"""The work in DuckDB with its spatial extension: regions cut into cells, spatial joins, nearest by growing distances."""

import glob
import importlib.util

import duckdb

import work

CELL_M = 250

# The points of walksheds and of the nearest.
STOPS = f"""
CREATE TABLE station AS SELECT geom FROM stations WHERE peak >= {work.PEAK_TRIPS};
CREATE TABLE stop AS SELECT geom FROM stops WHERE peak >= {work.PEAK_TRIPS};
"""

REGIONS = {
    "in_did": "SELECT ST_Union_Agg(geom) AS region FROM did",
    "in_walkshed": f"""SELECT ST_Union_Agg(disc) AS region FROM (
        SELECT ST_Buffer(geom, {work.STATION_M}, {work.SEGMENTS}) AS disc FROM station
        UNION ALL SELECT ST_Buffer(geom, {work.STOP_M}, {work.SEGMENTS}) FROM stop)""",
    "in_both": "SELECT ST_Intersection(a.region, b.region) AS region FROM region_in_did a, region_in_walkshed b",
    "near_stop": f"""SELECT ST_Union_Agg(ST_Buffer(geom, {work.NEAR_M}, {work.SEGMENTS})) AS region FROM (
        SELECT geom FROM stations UNION ALL SELECT geom FROM stops)""",
}

# A region in columns, these in cells; then the share of each parcel in the cells that it meets.
SHARES = """
CREATE TABLE region_{0} AS {1};
CREATE TEMP TABLE strips AS SELECT x, ST_Intersection(region, ST_MakeEnvelope(x, ST_YMin(region) - 1, x + {2}, ST_YMax(region) + 1)) AS strip
    FROM region_{0}, LATERAL (SELECT unnest(range(floor(ST_XMin(region))::BIGINT, ceil(ST_XMax(region))::BIGINT, {2})) AS x);
CREATE TEMP TABLE cells AS SELECT * FROM (
    SELECT ST_Intersection(strip, ST_MakeEnvelope(x, y, x + {2}, y + {2})) AS cell
    FROM (SELECT * FROM strips WHERE NOT ST_IsEmpty(strip)),
        LATERAL (SELECT unnest(range(floor(ST_YMin(strip))::BIGINT, ceil(ST_YMax(strip))::BIGINT, {2})) AS y)
) WHERE ST_Area(cell) > 0;
CREATE TABLE share_{0} AS SELECT id,
        least(1.0, sum(CASE WHEN ST_Within(geom, cell) THEN area ELSE ST_Area(ST_Intersection(geom, cell)) END) / any_value(area)) AS share
    FROM lots JOIN cells ON ST_Intersects(geom, cell) GROUP BY id;
DROP TABLE strips; DROP TABLE cells;
"""

UNITS = """
CREATE TABLE unit AS SELECT row_number() OVER () AS unit, seniors, geom, ST_Area(geom) AS area FROM units;
CREATE TABLE public AS SELECT unit, ST_Area(ST_Union_Agg(ST_Intersection(land.geom, unit.geom))) AS area
    FROM public_land land JOIN unit ON ST_Intersects(land.geom, unit.geom) GROUP BY unit;
CREATE TABLE numbers AS SELECT geom, seniors / (unit.area / 1e4) AS seniors, coalesce(public.area, 0) / unit.area AS ratio
    FROM unit LEFT JOIN public USING (unit);
CREATE TABLE of_units AS SELECT id, sum(common * seniors) / sum(common) AS seniors, sum(common * ratio) / sum(common) AS ratio FROM (
    SELECT id, seniors, ratio, ST_Area(ST_Intersection(lots.geom, numbers.geom)) AS common
    FROM lots JOIN numbers ON ST_Intersects(lots.geom, numbers.geom)) WHERE common > 0 GROUP BY id;
CREATE TABLE urban AS SELECT DISTINCT id FROM lots JOIN urban_zone ON ST_Intersects(urban_zone.geom, ST_Centroid(lots.geom));
"""

RESULT = f"""
CREATE TABLE result AS SELECT *, in_both >= {work.MEMBERSHIP} AND public_land_ratio >= {work.PUBLIC_LAND} AS central,
    seniors_per_ha >= {work.SENIORS_PER_HA} AND near_stop >= {work.MEMBERSHIP} AND in_urban_zone AS senior
FROM (SELECT lots.id, lots.geom,
    coalesce(share_in_did.share, 0) AS in_did, coalesce(share_in_walkshed.share, 0) AS in_walkshed,
    coalesce(share_in_both.share, 0) AS in_both, coalesce(share_near_stop.share, 0) AS near_stop,
    near_station.metres AS station_m, near_stop.metres AS stop_m,
    of_units.seniors AS seniors_per_ha, of_units.ratio AS public_land_ratio, urban.id IS NOT NULL AS in_urban_zone
FROM lots LEFT JOIN share_in_did USING (id) LEFT JOIN share_in_walkshed USING (id) LEFT JOIN share_in_both USING (id)
    LEFT JOIN share_near_stop USING (id) LEFT JOIN near_station USING (id) LEFT JOIN near_stop USING (id)
    LEFT JOIN of_units USING (id) LEFT JOIN urban USING (id))
"""


def connect(threads):
    database = duckdb.connect(config={"threads": threads})
    folder = importlib.util.find_spec("duckdb_extension_spatial").submodule_search_locations[0]
    database.execute(f"LOAD '{glob.glob(f'{folder}/extensions/v{duckdb.__version__}/spatial.duckdb_extension')[0]}'")
    return database


def read(database, folder, kind):
    for name in work.LAYERS:
        if kind == "parquet":
            source = f"SELECT * EXCLUDE geometry, geometry AS geom FROM '{folder}/{name}.parquet'"
        else:
            to_plane = "ST_Transform(geom, 'EPSG:6668', 'EPSG:6676', always_xy := true)"
            source = f"SELECT * REPLACE ({to_plane} AS geom) FROM ST_Read('{folder}/{name}.geojson')"
        database.execute(f"CREATE TABLE {name} AS {source}")


def nearest(database, name):
    """The nearest of a set: those within a distance that grows until every parcel has one."""
    database.execute(f"CREATE TABLE near_{name} (id VARCHAR, metres DOUBLE)")
    if database.execute(f"SELECT count(*) FROM {name}").fetchone() == (0,):
        return
    reach = 500
    while True:
        database.execute(f"""INSERT INTO near_{name} SELECT id, min(ST_Distance(a.geom, b.geom))
            FROM (SELECT * FROM lots WHERE id NOT IN (SELECT id FROM near_{name})) a
            JOIN {name} b ON ST_DWithin(a.geom, b.geom, {reach}) GROUP BY id""")
        rest = database.execute(f"SELECT count(*) FROM lots WHERE id NOT IN (SELECT id FROM near_{name})").fetchone()[0]
        if rest == 0:
            return
        reach *= 2


def main():
    asked, stage = work.arguments(), work.Stages()
    database = connect(asked.threads)
    with stage("read"):
        read(database, asked.city, asked.format)
    with stage("measure"):
        database.execute("CREATE TABLE lots AS SELECT id, geom, ST_Area(geom) AS area FROM parcels")
        database.execute(STOPS)
        for name, region in REGIONS.items():
            database.execute(SHARES.format(name, region, CELL_M))
        nearest(database, "station")
        nearest(database, "stop")
        database.execute(UNITS)
        database.execute(RESULT)
        close = database.execute(f"""SELECT count(*) FROM (SELECT *, row_number() OVER () AS number FROM facilities) a
            JOIN (SELECT *, row_number() OVER () AS number FROM facilities) b ON ST_DWithin(a.geom, b.geom, {work.SPACING_M})
            WHERE a.kind = b.kind AND a.number < b.number""").fetchone()[0]
    with stage("write"):
        if asked.format == "parquet":
            database.execute(f"COPY result TO '{asked.out}' (FORMAT parquet)")
        else:
            back = "ST_Transform(geom, 'EPSG:6676', 'EPSG:6668', always_xy := true)"
            database.execute(f"""COPY (SELECT * REPLACE ({back} AS geom) FROM result)
                TO '{asked.out}' (FORMAT gdal, DRIVER 'GeoJSON')""")
    counts = database.execute("SELECT count(*), sum(central::INT), sum(senior::INT) FROM result").fetchone()
    parcels, central, senior = (int(count) for count in counts)
    work.tell(stage, parcels=parcels, central=central, senior=senior, pairs=close)


if __name__ == "__main__":
    main()
