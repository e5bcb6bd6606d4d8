"""The figures of a cohort, each of which opens the list that it counts, from one query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, and_, case, func, literal
from sqlmodel import Session, col

from clicnjob.cohort.definitions import activity_totals, people_by_activity
from clicnjob.cohort.progress import alerts
from clicnjob.cohort.progress.stages import CV_STATES, STAGES
from clicnjob.models import Actor, AlertView, Progress


@dataclass(frozen=True, slots=True)
class CohortCounts:
    """Numbers of people, in all and by each filter. Only `archived` counts archived people."""

    people: int = 0
    archived: int = 0
    with_alert: int = 0
    by_alert: dict[str, int] = field(default_factory=dict)
    by_stage: dict[str, int] = field(default_factory=dict)
    by_cv_state: dict[str, int] = field(default_factory=dict)
    by_activity: dict[str, int] = field(default_factory=dict)


def cohort_counts(
    session: Session, actor: Actor, scope: ColumnElement[bool], kept: ColumnElement[bool], *, today: date
) -> tuple[CohortCounts, int]:
    """Return all the figures of what the actor may see (`scope`), and how many people match the filters. One query."""
    groups = session.execute(_counted_alike(actor, scope, kept, today=today)).all()
    by = _counted_groups(groups)
    every = by["all"]
    found = CohortCounts(
        people=every["people"],
        archived=every["archived"],
        with_alert=every["alert"],
        by_alert={key: by["alert"][key] for key in alerts.alert_rules() if by["alert"][key]},
        by_stage={key: by["stage"][key] for key in STAGES},
        by_cv_state={key: by["cv"][key] for key in CV_STATES},
        by_activity=people_by_activity(every["people"], every["came"], every["in_week"], every["in_month"]),
    )
    return found, every["matching"]


def _counted_alike(actor: Actor, scope: ColumnElement[bool], kept: ColumnElement[bool], *, today: date) -> Any:
    """Select groups of people who are counted alike: those of whom the actor has marked nothing, the others, the archived.

    SQLite reads the first in the order of `ix_progress_counted`, where they already stand in groups; grouped by what is
    shown, twenty thousand rows had to be sorted. It reaches the others from the few marks, hence the outer join.
    """
    seen_by = own_view(actor)
    here = col(Progress.archived_at).is_(None)
    numbers = (*activity_totals(today), func.coalesce(func.sum(case((kept, 1), else_=0)), 0))
    alike: tuple[Any, ...] = (Progress.stage, Progress.cv_state)
    marked = sqlalchemy.join(
        AlertView, Progress, and_(col(Progress.account_id) == col(AlertView.account_id), scope, here), isouter=True
    )

    def groups(raised: Any, rest: tuple[Any, ...], archived: bool) -> Any:
        return sqlalchemy.select(raised, *rest, literal(archived), *numbers)

    return sqlalchemy.union_all(
        groups(Progress.alerts, alike, False)
        .select_from(seen_by)
        .where(scope, here, col(AlertView.by_id).is_(None))
        .group_by(Progress.alerts, *alike),  # type: ignore[arg-type]
        groups(AlertView.alerts, alike, False)
        .select_from(marked)
        .where(col(AlertView.by_id) == actor.id)
        .group_by(AlertView.alerts, *alike)  # type: ignore[arg-type]
        .having(func.count(col(Progress.account_id)) > 0),
        groups(literal(""), (literal(""), literal("")), True)
        .select_from(seen_by)
        .where(scope, col(Progress.archived_at).is_not(None)),
    )


def own_view(actor: Actor) -> Any:
    """Join `Progress` with the alerts that this professional has marked « Vu »."""
    mine = and_(col(AlertView.account_id) == col(Progress.account_id), col(AlertView.by_id) == actor.id)
    return sqlalchemy.join(Progress, AlertView, mine, isouter=True)


def shown_alerts() -> ColumnElement[str]:
    """Return the stored keys of the alerts that the professional of `own_view` has not marked."""
    return func.coalesce(AlertView.alerts, Progress.alerts)


def shown_urgency() -> ColumnElement[int]:
    """Return the urgency that is left for the professional of `own_view`."""
    return func.coalesce(AlertView.urgency, Progress.urgency)


def _counted_groups(groups: Iterable[Any]) -> dict[str, Counter[str]]:
    """Count people by alert, stage and state of the CV; archived people are counted separately."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("alert", "stage", "cv", "all")}
    for raised, stage, cv_state, archived, people, came, in_week, in_month, matching in groups:
        counts["all"]["matching"] += matching
        if archived:
            counts["all"]["archived"] += people
            continue
        counts["all"].update(people=people, came=came, in_week=in_week, in_month=in_month)
        counts["stage"][stage] += people
        counts["cv"][cv_state] += people
        counts["all"]["alert"] += people if raised else 0
        for key in filter(None, raised.split("|")):
            counts["alert"][key] += people
    return counts
