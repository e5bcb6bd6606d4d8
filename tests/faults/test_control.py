"""The rig's judge sees a loss: the control of `python -m tests.faults`, on SQLite. `make test-faults` runs everything."""

from __future__ import annotations

import subprocess
import sys

import pytest

from clicnjob.paths import ROOT
from tests.faults import killing

pytestmark = [pytest.mark.slow, pytest.mark.long]


def test_the_judge_counts_the_acts_that_the_control_removes_and_the_command_fails() -> None:
    command = [sys.executable, "-m", "tests.faults", "--control", "--database", "SQLite"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    (row,) = [line for line in done.stdout.splitlines() if line.startswith("control")]
    _acknowledged, lost, doubled, _half = row.partition("SQLite")[2].split()[:4]
    assert (int(lost), int(doubled)) == (killing.REMOVED, 0)
