"""What a fault is to the rig: a name, the databases that it concerns, and a function that breaks an installation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.installations import Installation, Workshop
from tests.faults.judge import Verdict, judge_database

BOTH = ("SQLite", "PostgreSQL")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The options of a run: how many kills, and how many seconds a long fault lasts at most (None for its own length)."""

    kills: int = 200
    seed: int = 0
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a fault; `recovered` is the longest time until acts were acknowledged again, None where it has none."""

    verdict: Verdict
    recovered: float | None = None
    remark: str = ""


class CannotTry(Exception):
    """This machine does not allow the fault; the exception says why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the table for each database. `inject` breaks a new installation and returns what came of it."""

    name: str
    inject: Callable[[Workshop, str, Chosen], Outcome]
    databases: tuple[str, ...] = BOTH


def judged_outcome(made: Installation, recovered: float | None, remark: str = "") -> Outcome:
    """The outcome of an installation by its ledger."""
    made.use_here()
    refused = ", ".join(f"{count} {reason}" for reason, count in sorted(made.ledger.count_refusals().items()))
    remark = f"{remark}; refused meanwhile: {refused}" if refused else remark
    return Outcome(judge_database(made.address, made.ledger.read_acts()), recovered, remark)
