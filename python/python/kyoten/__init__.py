"""kyoten (拠点) says for every parcel (筆・敷地) of a Japanese city whether it can lie in one of the hub zones (拠点区域) of MLIT's
programmes, how sure that is, and why.

    import kyoten

    run = kyoten.run("kyoten.toml")
    run.parcels.to_geopandas()
    run.map()

日本の市区町村のすべての筆について、国土交通省の事業の拠点区域に入りうるか、どれだけ確かか、その理由を示します。
"""

from __future__ import annotations

import atexit as _atexit

from ._errors import Diagnostic, KyotenError
from ._kyoten import __version__, abandon as _abandon, rule_sets
from ._map import Map
from ._notices import Notice
from ._project import Layer, Project
from ._queries import Criterion, criteria, diff, inspect, peaks
from ._run import Run, run
from ._study import Batches, Study, prepare
from ._table import Table
from ._watch import Progress

__all__ = [
    "Batches",
    "Criterion",
    "Diagnostic",
    "KyotenError",
    "Layer",
    "Map",
    "Notice",
    "Progress",
    "Project",
    "Run",
    "Study",
    "Table",
    "__version__",
    "criteria",
    "diff",
    "inspect",
    "peaks",
    "prepare",
    "rule_sets",
    "run",
]

# What a run that was broken off has yet to clear is cleared before the process ends.
_atexit.register(_abandon)
