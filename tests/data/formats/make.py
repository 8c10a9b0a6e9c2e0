"""Writes the small files of this folder with GeoPandas, pyarrow, DuckDB and GDAL: three made-up parcels each, so that
kyoten's readers are tested on what others write. Needs geopandas, pyogrio, duckdb and duckdb-extension-spatial."""
import datetime, decimal, glob, gzip, importlib.util, os

import duckdb, geopandas, pandas, pyogrio, shapely

plot = shapely.box(-9100, -121900, -9080, -121880)
yard = shapely.MultiPolygon([plot.difference(shapely.box(-9095, -121895, -9090, -121890)), shapely.box(-9070, -121900, -9060, -121890)])
utc = datetime.timezone.utc
lots = geopandas.GeoDataFrame(
    {
        "地番": ["1-1", "1-2", None],
        "area": [400.0, float("inf"), float("nan")],
        "floors": pandas.array([2, None, 0], dtype="Int32"),
        "public": [True, False, True],
        "use": pandas.Categorical(["宅地", "田", "宅地"]),
        "built": [datetime.date(1999, 12, 31), datetime.date(1868, 1, 1), None],
        "surveyed": pandas.array([datetime.datetime(2024, 4, 1, 9, 30, tzinfo=utc), None, datetime.datetime(2024, 4, 1, 9, 30, 0, 250000, tzinfo=utc)], dtype="datetime64[ms, UTC]"),
    },
    geometry=[plot, yard, None],
    crs="EPSG:6676",
)
rich = lots.assign(
    value=[decimal.Decimal("12.50"), decimal.Decimal("-0.05"), None],
    tags=[["角地", "a\"b"], [], None],
    owner=[{"name": "甲", "share": 0.5}, {"name": None, "share": 1.0}, None],
    photo=[b"\x00\xff", None, b""],
)
rich.to_parquet("geopandas.parquet", write_covering_bbox=True, schema_version="1.1.0")
lots[["地番", "geometry"]].to_parquet("native.parquet", geometry_encoding="geoarrow", schema_version="1.1.0", compression="zstd")

for file in ["parcels.gpkg", "parcels.gpkg.gz"]:
    if os.path.exists(file):
        os.remove(file)
pyogrio.write_dataframe(lots, "parcels.gpkg", layer="lots")
pyogrio.write_dataframe(lots[["地番", "area"]], "parcels.gpkg", layer="notes", append=True)
with open("parcels.gpkg", "rb") as plain, gzip.GzipFile("parcels.gpkg.gz", "wb", mtime=0) as packed:
    packed.write(plain.read())
os.remove("parcels.gpkg")

con = duckdb.connect()
folder = importlib.util.find_spec("duckdb_extension_spatial").submodule_search_locations[0]
con.execute("LOAD '%s'" % glob.glob(f"{folder}/extensions/v{duckdb.__version__}/spatial.duckdb_extension")[0])
con.execute("SET TimeZone = 'UTC'")
con.execute("""COPY (
    SELECT '1-' || i AS chiban, i::UTINYINT AS tiny, (i * 1.5)::FLOAT AS half, (i * 10.25)::DECIMAL(9, 2) AS price,
        DATE '2024-02-29' AS day, TIME '12:34:56' AS hour, TIMESTAMP '2024-02-29 12:34:56.5' AS moment,
        TIMESTAMPTZ '2024-02-29 12:34:56+09' AS zoned, ['a', NULL] AS list, {'x': i, 'y': [i, i + 1]} AS nested,
        MAP {'k': i} AS pairs, 'blob'::BLOB AS bytes, CASE WHEN i = 2 THEN 'sad' ELSE 'glad' END::ENUM ('glad', 'sad') AS mood,
        ST_GeomFromText('POLYGON ((' || i || ' 0, ' || (i + 1) || ' 0, ' || i || ' 1, ' || i || ' 0))') AS geometry
    FROM range(1, 4) AS r (i)
) TO 'duckdb.parquet' (FORMAT parquet, COMPRESSION zstd)""")
