"""Alerts, why to contact a person now: rules as data (data/alerts), and thresholds per structure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, NamedTuple, get_args

import sqlalchemy
from pydantic import Field
from sqlmodel import Session, select

from clicnjob import content
from clicnjob.cohort.progress.stages import ESSENTIALS
from clicnjob.content import ContentModel
from clicnjob.french import days
from clicnjob.models import AlertThreshold, Progress
from clicnjob.paths import DATA

Condition = Literal["venu", "jamais_venu", "cv_pret", "cv_pas_pret", "sans_suite"]
FieldName = Literal[
    "help_at", "interview_on", "declined_at", "answer_at", "next_follow_up_on", "card_on", "enrolled_on", "step_visits",
    "last_activity_at", "ready_on", "comment_waits_at", "yes_on", "cv_done_on", "step_done_at", "remind_on", "message_at",
    "appointment_asked_at",
]  # fmt: skip


class AlertRule(ContentModel):
    """One reason to contact somebody, as written in data/alerts."""

    cle: str = Field(max_length=32)
    titre: str = Field(max_length=30)
    quand: Literal["depuis", "avant", "pendant", "compte"]
    champ: FieldName
    nombre: int = Field(ge=0)
    poids: int = Field(ge=1, le=100)
    raison: str = Field(max_length=90)
    geste: str = Field(max_length=40)
    ouvre: Literal["suivi", "cv", "candidatures", "echanges", "appel", "dossier"]
    si: list[Condition] = []
    remplace: list[str] = []
    fixe: bool = False

    @property
    def adjustable(self) -> bool:
        """Whether a structure may choose the threshold."""
        return self.nombre > 0 and not self.fixe

    @property
    def least(self) -> int:
        """The lowest sensible threshold: everybody begins with one visit at a question."""
        return 2 if self.quand == "compte" else 1


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert of one person, as shown: its reason, what to do, and the part of the person's page that it opens."""

    key: str
    title: str
    reason: str
    gesture: str
    opens: str
    weight: int


@dataclass(frozen=True, slots=True)
class RaisedAlerts:
    """What the rules find for one row: keys by weight, urgency, and the next day on which time alone changes this."""

    keys: tuple[str, ...]
    urgency: int
    next_change_on: date | None


class StoredAlerts(NamedTuple):
    """What a row of `Progress` stores of its alerts, by the names of its columns."""

    alerts: str
    urgency: int
    next_change_on: date | None


@content.loaded_once
def alert_rules() -> dict[str, AlertRule]:
    """Return the rules by key, heaviest first. Raises content.ContentMistakes."""
    found = content.read_content(list[AlertRule], *sorted((DATA / "alerts").glob("*.yaml")))
    return {rule.cle: rule for rule in sorted(found, key=lambda rule: -rule.poids)}


def rule_numbers(session: Session, *, organisation_id: str | None) -> dict[str, int]:
    """Return the threshold of each rule in a structure: its own, or the default. One query."""
    query = select(AlertThreshold).where(AlertThreshold.organisation_id == organisation_id)
    own = {kept.rule: kept.number for kept in session.exec(query)}
    return {
        key: max(own.get(key, rule.nombre), rule.least) if rule.adjustable else rule.nombre
        for key, rule in alert_rules().items()
    }


def raised_alerts(row: Any, *, numbers: Mapping[str, int], today: date) -> RaisedAlerts:
    """Apply the rules to a row of `Progress` (or to the same columns) today."""
    keys: list[str] = []
    changes: list[date] = []
    replaced: set[str] = set()
    for key, rule in alert_rules().items():
        value = _watched_value(row, rule)
        if value is None or not all(_CONDITIONS[name](row) for name in rule.si):
            continue
        holds, change = _rule_holds(rule, value, numbers.get(key, rule.nombre), today)
        if change is not None:
            changes.append(change)
        if holds:
            replaced.update(rule.remplace)
            keys.append(key)
    said = tuple(key for key in keys if key not in replaced)
    return RaisedAlerts(said, total_urgency(said), min(changes, default=None))


def kept_alerts(row: Any, *, keys: str, today: date) -> tuple[Alert, ...]:
    """Return alerts of a row in words, heaviest first; `keys` are stored as in `Progress.alerts`. No query."""
    kept = (alert_rules().get(key) for key in keys.split("|") if key)
    return tuple(
        _alert_in_words(row, rule, today) for rule in kept if rule is not None and _watched_value(row, rule) is not None
    )


def alert_fingerprint(row: Any, rule: AlertRule) -> str:
    """Identify what raised an alert: when this changes, a silenced alert is shown again."""
    if rule.quand == "compte":
        return f"{row.step}:{_watched_value(row, rule)}"
    exact = getattr(row, rule.champ, None)
    return exact.astimezone(UTC).isoformat() if isinstance(exact, datetime) else str(_watched_value(row, rule))


def judge_row(row: Any, *, numbers: Mapping[str, int], today: date) -> StoredAlerts:
    """Return what a row should store today: see `raised_alerts`."""
    said = raised_alerts(row, numbers=numbers, today=today)
    return StoredAlerts(stored_keys(said.keys), said.urgency, said.next_change_on)


def judged_columns() -> tuple[Any, ...]:
    """Return the columns of `Progress` that the rules read, its key and structure, and those of `StoredAlerts`."""
    read = {"account_id", "organisation_id", "activated_at", "cv_state", "last_application_on", *StoredAlerts._fields}
    read.update(get_args(FieldName))
    return tuple(column for column in sqlalchemy.inspect(Progress).columns if column.key in read)


def stored_keys(keys: tuple[str, ...]) -> str:
    """Return keys as `Progress.alerts` stores them."""
    return f"|{'|'.join(keys)}|" if keys else ""


def _rule_holds(rule: AlertRule, value: date | int, number: int, today: date) -> tuple[bool, date | None]:
    """Whether a rule holds today, and the next day on which time alone changes that."""
    if isinstance(value, int):
        return value >= number, None
    span = timedelta(days=number)
    starts: date
    ends: date | None
    match rule.quand:
        case "avant":
            starts, ends = value - span, value + timedelta(days=1)
        case "pendant":
            starts, ends = value, value + span + timedelta(days=1)
        case _:
            starts, ends = value + span, None
    if today < starts:
        return False, starts
    return (True, ends) if ends is None or today < ends else (False, None)


def _watched_value(row: Any, rule: AlertRule) -> date | int | None:
    if rule.champ == "ready_on":
        return days.latest_moment(row.cv_done_on, row.last_application_on)
    value = getattr(row, rule.champ)
    return days.local_day(value) if isinstance(value, datetime) else value


def total_urgency(keys: tuple[str, ...]) -> int:
    """Rank by the heaviest alert; of two equal ones, the person with more alerts comes first."""
    return 10 * alert_rules()[keys[0]].poids + min(len(keys), 9) if keys else 0


def _alert_in_words(row: Any, rule: AlertRule, today: date) -> Alert:
    value = _watched_value(row, rule)
    on = value if isinstance(value, date) else today
    reason = rule.raison.format(
        quand=days.days_ago(on, today=today),
        depuis=days.days_since(on, today=today),
        dans=days.days_until(on, today=today),
        nombre=value,
        etape=ESSENTIALS.get(row.step, row.step),
        mot=f" «\u00a0{row.help_word}\u00a0»" if row.help_word else "",
    )
    return Alert(rule.cle, rule.titre, reason, rule.geste, rule.ouvre, rule.poids)


_CONDITIONS: dict[Condition, Any] = {
    "venu": lambda row: row.activated_at is not None,
    "jamais_venu": lambda row: row.activated_at is None,
    "cv_pret": lambda row: row.cv_state == "pret",
    "cv_pas_pret": lambda row: row.cv_state != "pret",
    "sans_suite": lambda row: row.interview_on is None and row.yes_on is None,
}
