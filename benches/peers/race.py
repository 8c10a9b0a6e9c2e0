"""Runs kyoten, GeoPandas and DuckDB on one city, in turn, and prints what each took.

race.py KYOTEN [--parcels 100000] [--rounds 2] [--folder /tmp/race] [--formats geojson,parquet] [--racers kyoten,geopandas,duckdb]

All are whole processes, from files to files, in the same round; of several rounds the table has the medians. Where the machine is
shared, only ratios of one round say something. kyoten judges three zones and a site, each number an interval, in some 45 columns; `kyoten-few`
writes about as many columns as the others have.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
FEW = "central,senior,in_did_lo,near_frequent_transit_lo,near_stop_lo,station_m,stop_m,seniors_per_ha_lo,public_land_ratio_lo"


def command(racer, asked, kind):
    out = asked.folder / "out" / f"{racer}-{kind}"
    if racer.startswith("kyoten"):
        extension = {"geojson": "geojson", "parquet": "parquet"}[kind]
        run = [asked.kyoten, "run", asked.folder / "city" / f"{kind}.toml", "--out", out, "--format", extension, "--no-map"]
        return [*run, "--threads", str(asked.threads), *(["--columns", FEW] if racer == "kyoten-few" else [])]
    script = HERE / f"in_{racer}.py"
    return [sys.executable, script, asked.folder / "city", f"{out}.{kind}", "--format", kind, "--threads", str(asked.threads)]


def measure(racer, asked, kind):
    """Seconds on the clock and of the processors, and the largest size, of one process."""
    (asked.folder / "out").mkdir(exist_ok=True)
    begin = time.perf_counter()
    with open(asked.folder / "out" / f"{racer}-{kind}.log", "w+", encoding="utf-8") as log:
        process = subprocess.Popen([str(word) for word in command(racer, asked, kind)], stdout=log, stderr=log)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        log.seek(0)
        said = log.read()
    if status != 0:
        sys.exit(f"{racer} failed on {kind}:\n{said[-2000:]}")
    if racer.startswith("kyoten"):
        record = json.loads((asked.folder / "out" / f"{racer}-{kind}" / "run.json").read_text(encoding="utf-8"))
        count = lambda zone: record["counts"][zone].get("eligible", {}).get("parcels", 0)
        found = {"parcels": record["parcels"]["count"], "central": count("central"), "senior": count("senior")}
        found["pairs"] = record["facility_pairs_too_close"]
    else:
        found = json.loads(said.splitlines()[-1])
    return {"seconds": seconds, "processor": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024, "found": found}


def make_city(asked):
    if (asked.folder / "city" / "city.json").exists():
        return
    demo = asked.folder / "demo"
    words = ["--parcels", str(asked.parcels), "--no-map"]
    subprocess.run([asked.kyoten, "demo", "--out", demo, *words], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, HERE / "city.py", demo, asked.folder / "city"], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kyoten", type=pathlib.Path)
    parser.add_argument("--parcels", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("/tmp/kyoten-race"))
    parser.add_argument("--formats", default="geojson,parquet")
    parser.add_argument("--racers", default="kyoten,kyoten-few,geopandas,duckdb")
    asked = parser.parse_args()
    asked.folder = asked.folder / str(asked.parcels)
    asked.folder.mkdir(parents=True, exist_ok=True)
    make_city(asked)
    for kind in asked.formats.split(","):
        racers = asked.racers.split(",")
        runs = {racer: [] for racer in racers}
        for _ in range(asked.rounds):
            for racer in racers:
                runs[racer].append(measure(racer, asked, kind))
        median = lambda racer, what: statistics.median(run[what] for run in runs[racer])
        first = median(racers[0], "seconds")
        print(f"\n{asked.parcels:,} parcels, {kind} to {kind}, {asked.threads} threads, medians of {asked.rounds}")
        print("| | seconds | times | processor s | MB | central | senior | pairs |\n|---|---|---|---|---|---|---|---|")
        for racer in racers:
            seconds, found = median(racer, "seconds"), runs[racer][-1]["found"]
            numbers = [f"{seconds:.1f}", f"{seconds / first:.1f}", f"{median(racer, 'processor'):.1f}", f"{median(racer, 'megabytes'):.0f}"]
            print("|", " | ".join([racer, *numbers, *(str(found[name]) for name in ("central", "senior", "pairs"))]), "|", flush=True)


if __name__ == "__main__":
    main()
