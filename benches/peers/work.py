"""What every racer is asked, and how it says what it found.

The work is that of the programme's central and senior zones, as far as a notebook would do it: of each parcel its share in the
densely inhabited district 人口集中地区, in the walksheds of stations and stops, in both, and near any stop; the nearest station and
stop; density of older residents and ratio of public land by area; the use zone; two verdicts; and the pairs of facilities of one
kind that are too close.
"""

import argparse
import contextlib
import json
import resource
import sys
import time

STATION_M, STOP_M, NEAR_M, SPACING_M = 1000.0, 500.0, 100.0, 700.0
PEAK_TRIPS, MEMBERSHIP, PUBLIC_LAND, SENIORS_PER_HA = 3, 0.5, 0.15, 40.0
# Segments of a quarter circle. A circle of 32 is 0.04 % too small; kyoten's circles are exact.
SEGMENTS = 32

LAYERS = ["did", "facilities", "parcels", "public_land", "stations", "stops", "units", "urban_zone"]
COLUMNS = [
    "in_did", "in_walkshed", "in_both", "near_stop", "station_m", "stop_m", "seniors_per_ha", "public_land_ratio",
    "in_urban_zone", "central", "senior",
]


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("city")
    parser.add_argument("out")
    parser.add_argument("--format", choices=["geojson", "parquet"], default="geojson")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


class Stages:
    """Seconds by stage."""

    def __init__(self):
        self.seconds = {}

    @contextlib.contextmanager
    def __call__(self, name):
        begin = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begin


def tell(stages, **found):
    """The one line that a racer prints."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    line = {
        "seconds": {name: round(seconds, 2) for name, seconds in stages.seconds.items()},
        "processor_s": round(used.ru_utime + used.ru_stime, 2),
        "megabytes": used.ru_maxrss // 1024,
        **found,
    }
    json.dump(line, sys.stdout)
    print()
