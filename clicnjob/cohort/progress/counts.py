"""The figures of a cohort, each of which opens the list that it counts, from one grouped query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, case, func
from sqlmodel import Session, col

from clicnjob.cohort.progress import alerts
from clicnjob.cohort.progress.stages import CV_STATES, STAGES
from clicnjob.models import Progress

ACTIVITIES: dict[str, str] = {
    "semaine": "7 derniers jours",
    "mois": "8 à 30 jours",
    "avant": "Plus de 30 jours",
    "jamais": "Jamais connecté",
}
_WEEK, _MONTH = timedelta(days=7), timedelta(days=30)


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
    session: Session, scope: ColumnElement[bool], kept: ColumnElement[bool], *, today: date
) -> tuple[CohortCounts, int]:
    """Return all the figures, and how many people match the filters, in one query grouped by the counted columns."""
    gone, seen = col(Progress.archived_at).is_not(None).label("gone"), activity_bucket(today).label("bucket")
    matching = func.sum(case((kept, 1), else_=0))
    alike: Any = (gone, Progress.stage, Progress.cv_state, Progress.alerts, seen)
    query = sqlalchemy.select(*alike, func.count(), matching).select_from(Progress).where(scope).group_by(*alike)
    groups = session.execute(query).all()
    by = _counted_groups(groups)
    every = by["all"]
    found = CohortCounts(
        people=every["people"],
        archived=every["archived"],
        with_alert=every["alert"],
        by_alert={key: by["alert"][key] for key in alerts.alert_rules() if by["alert"][key]},
        by_stage={key: by["stage"][key] for key in STAGES},
        by_cv_state={key: by["cv"][key] for key in CV_STATES},
        by_activity={key: by["activity"][key] for key in ACTIVITIES},
    )
    return found, sum(int(kept_people) for *_, kept_people in groups)


def activity_bucket(today: date) -> ColumnElement[str]:
    """Classify the last activity as a key of ACTIVITIES."""
    last = col(Progress.last_activity_at)
    return case(
        (col(Progress.activated_at).is_(None), "jamais"),
        (last >= _midnight_of(today - _WEEK), "semaine"),
        (last >= _midnight_of(today - _MONTH), "mois"),
        else_="avant",
    )


def _midnight_of(on: date) -> datetime:
    return datetime(on.year, on.month, on.day).astimezone()


def _counted_groups(groups: Iterable[Any]) -> dict[str, Counter[str]]:
    """Count people by alert, stage, state of the CV and activity; archived people are counted separately."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("alert", "stage", "cv", "activity", "all")}
    for archived, stage, cv_state, raised, activity, people, _ in groups:
        counts["all"]["archived" if archived else "people"] += people
        if archived:
            continue
        counts["stage"][stage] += people
        counts["cv"][cv_state] += people
        counts["activity"][activity] += people
        counts["all"]["alert"] += people if raised else 0
        for key in filter(None, raised.split("|")):
            counts["alert"][key] += people
    return counts
