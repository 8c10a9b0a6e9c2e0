"""Questions that need no run are answered as by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import kyoten
from conftest import command


def test_peaks_and_inspect_print_the_same_documents(sample: Path) -> None:
    feed = sample / "kakuu_bus_gtfs_jp.zip"
    assert kyoten.peaks(feed) == json.loads(command("peaks", feed, "--json").stdout)
    assert kyoten.peaks(feed, date="2026-04-01")["date"] == "2026-04-01"
    layer = sample / "N02-20_Station.geojson"
    assert kyoten.inspect(layer) == json.loads(command("inspect", layer, "--json").stdout)


def test_two_runs_are_compared(project: Path, by_command: Path, tmp_path: Path) -> None:
    run = kyoten.run(project, out=tmp_path / "out", thresholds={"station_radius_m": 300}, map=False)
    found = kyoten.diff(by_command, run)
    assert found == json.loads(command("diff", by_command, tmp_path / "out", "--json").stdout)


def test_criteria_are_told_in_both_languages() -> None:
    assert "saikochiku" in kyoten.rule_sets()
    found = kyoten.criteria()
    assert [one.id for one in found][0] and all(one.text and one.text_ja and one.layers is not None for one in found)
    assert {one.id for one in kyoten.criteria("walkable")} != {one.id for one in found}
