"""The figures of a cohort, each of which opens the list that it counts, from two queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, and_, case, func
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
    session: Session, seen_by: Any, scope: ColumnElement[bool], kept: ColumnElement[bool], *, today: date
) -> tuple[CohortCounts, int]:
    """Return all the figures, and how many people match the filters, in two queries: by the counted columns, and by activity.

    `seen_by` joins `Progress` with what one professional has seen (`own_view`). SQLite sorts the rows that it groups: of
    twenty thousand, one column more costs as much as reading them again.
    """
    gone = col(Progress.archived_at).is_not(None).label("gone")
    matching = func.sum(case((kept, 1), else_=0))
    alike: Any = (shown_alerts(), Progress.stage, Progress.cv_state, gone)
    query = sqlalchemy.select(*alike, func.count(), matching).select_from(seen_by).where(scope).group_by(*alike)
    groups = session.execute(query).all()
    by = _counted_groups(groups)
    totals = sqlalchemy.select(*activity_totals(today)).where(scope, col(Progress.archived_at).is_(None))
    every = by["all"]
    found = CohortCounts(
        people=every["people"],
        archived=every["archived"],
        with_alert=every["alert"],
        by_alert={key: by["alert"][key] for key in alerts.alert_rules() if by["alert"][key]},
        by_stage={key: by["stage"][key] for key in STAGES},
        by_cv_state={key: by["cv"][key] for key in CV_STATES},
        by_activity=people_by_activity(*session.execute(totals).one()),
    )
    return found, sum(int(kept_people) for *_, kept_people in groups)


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
    for raised, stage, cv_state, archived, people, _ in groups:
        counts["all"]["archived" if archived else "people"] += people
        if archived:
            continue
        counts["stage"][stage] += people
        counts["cv"][cv_state] += people
        counts["all"]["alert"] += people if raised else 0
        for key in filter(None, raised.split("|")):
            counts["alert"][key] += people
    return counts
