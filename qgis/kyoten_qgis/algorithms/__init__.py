"""Which commands of the program does the toolbox have? One file a command."""

from __future__ import annotations

from .assess import Assess
from .base import KyotenAlgorithm
from .diff import Diff
from .explain import Explain
from .init import Init
from .inspect import Inspect
from .install import Install
from .map import Map
from .peaks import Peaks
from .run import Run
from .site import Site
from .survey import Survey

#: In the order in which they are used.
ALGORITHMS: list[type[KyotenAlgorithm]] = [
    Run, Init, Inspect, Explain, Survey, Assess, Site, Peaks, Diff, Map, Install,
]  # fmt: skip
