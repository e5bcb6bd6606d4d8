"""docs/scale.md follows from what benchmarks.load printed."""

from __future__ import annotations

import pytest

from benchmarks import scale
from benchmarks.load import _HEAD, Result
from benchmarks.scale import Stored
from clicnjob.paths import ROOT


def _row(kind: str, people: int, p95: float, rss: float, waiting: int = 0) -> str:
    measured = {
        "acts": 2500,
        "rate": 57.0,
        "p50": 17.0,
        "p95": p95,
        "cpu_ms": 10.0,
        "cpu_percent": 57.0,
        "client_percent": 15.0,
    }
    return str(Result(kind, people, **measured, rss=rss, each=0.5, kilobytes=25.0, saves=40, waiting=waiting, errors=0))  # type: ignore[arg-type]


PRINTED = "\n".join(
    (
        "2026-12-01, 2 processors, load before: 0.3; one act each 7 s a person",
        _HEAD,
        _row("clicnjob", 100, 41, 340),
        _row("clicnjob", 400, 47, 500),
        _row("clicnjob", 900, 6_000, 700, waiting=31),
        _row("1 behind HAProxy", 400, 47, 600),
    )
)


def test_the_largest_crowd_that_was_served_is_the_one_that_counts() -> None:
    read = scale.read_load(PRINTED)
    assert (read.people, read.p95, read.cpu_ms, read.process) == (400, 47, 10, 300)
    with pytest.raises(ValueError, match=r"benchmarks\.load"):
        scale.read_load("nothing")


def test_a_hundred_times_the_structures_need_a_hundred_times_the_acts_and_never_less_than_a_process() -> None:
    lines = scale.table_lines(scale.read_load(PRINTED), Stored(rows=100, bytes=100_000))
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert [row[0] for row in cells] == ["1", "40", "450"]
    assert cells[0][4] == "1" and cells[2][1] == "1\u202f000\u202f000" and cells[2][8] == "100,0"
    assert int(cells[2][4]) == 130, "200 at most in each, of 25 974; their acts alone would need 62"


def test_the_page_is_the_one_that_the_command_writes() -> None:
    page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    assert scale.page(scale.read_load(PRINTED), Stored(1, 1)).splitlines()[0] == page.splitlines()[0]
    assert "python -m benchmarks.load" in page and "load before" in page
