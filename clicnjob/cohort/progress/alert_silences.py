"""Alerts that a professional has marked « Vu » for themselves, and the alert thresholds of a structure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import union, update
from sqlmodel import Session, col, select

from clicnjob import audit, policy
from clicnjob.cohort import permissions
from clicnjob.cohort.progress import alerts
from clicnjob.errors import NotFound, Refusal
from clicnjob.french import days
from clicnjob.models import Actor, AlertThreshold, AlertView, Progress, Role, SilencedAlert

MOST = 365


class BadDay(Refusal):
    """The day on which an alert comes back is past, or too far away."""

    sentence = "Choisissez un jour à venir, dans l’année."


class NotYourNumbers(Refusal):
    """The actor is not the head, who alone chooses the thresholds of the structure."""

    sentence = "Seul le responsable de la structure règle les alertes."


class BadNumber(Refusal):
    """The threshold is not a sensible number of days or visits."""

    sentence = f"Choisissez un nombre entre 1 et {MOST}, ou entre 2 et {MOST} pour des visites."


@dataclass(frozen=True, slots=True)
class SeenAlert:
    """An alert that the actor has marked « Vu »; `until` is the day it comes back, None when only a change brings it."""

    id: str
    title: str
    at: datetime
    until: date | None
    ended_at: datetime | None


def silence_alert(
    session: Session, *, by: Actor, account_id: str, rule: str, until: date | None = None, now: datetime
) -> str:
    """Hide an alert (« Vu ») from the actor alone, as long as its cause is the same and `until` has not come.

    Returns the id of the mark, to undo it. Raises NotFound, BadDay.
    """
    today = days.local_day(now)
    row = _progress_row(session, by, account_id, today)
    if rule not in alerts.alert_rules():
        raise NotFound
    if until is not None and not today < until <= today + policy.REMINDER_AHEAD:
        raise BadDay
    for earlier in session.exec(_marks([account_id]).where(SilencedAlert.by_id == by.id, SilencedAlert.rule == rule)):
        earlier.ended_at = now
    fingerprint = alerts.alert_fingerprint(row, alerts.alert_rules()[rule])
    mark = SilencedAlert(account_id=account_id, rule=rule, fingerprint=fingerprint, by_id=by.id, at=now, until=until)
    session.add(mark)
    session.flush()
    refresh_views(session, [row], today=today, now=now)
    return mark.id


def silence_calls(session: Session, *, by: Actor, account_id: str, until: date, now: datetime) -> None:
    """Hide the alerts that ask for a call, after one was made, from the actor until a day. Raises NotFound, BadDay."""
    today = days.local_day(now)
    row = _progress_row(session, by, account_id, today)
    view = session.get(AlertView, (account_id, by.id))
    stored = view.alerts if view else row.alerts
    for key in filter(None, stored.split("|")):
        rule = alerts.alert_rules().get(key)
        if rule is not None and rule.ouvre == "appel":
            silence_alert(session, by=by, account_id=account_id, rule=key, until=until, now=now)


def undo_silences_at(session: Session, *, by: Actor, account_id: str, at: datetime, now: datetime) -> None:
    """End what `silence_calls` marked at that instant. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=days.local_day(now))
    for mark in session.exec(_marks([account_id]).where(SilencedAlert.by_id == by.id, SilencedAlert.at == at)).all():
        undo_silence(session, by=by, mark_id=mark.id, now=now)


def undo_silence(session: Session, *, by: Actor, mark_id: str, now: datetime) -> None:
    """Show an alert again that the actor has marked « Vu ». Raises NotFound."""
    mark = session.get(SilencedAlert, mark_id)
    if mark is None or mark.by_id != by.id or mark.ended_at is not None:
        raise NotFound
    today = days.local_day(now)
    row = _progress_row(session, by, mark.account_id, today)
    mark.ended_at = now
    session.flush()
    refresh_views(session, [row], today=today, now=now)


def seen_alerts(session: Session, *, by: Actor, account_id: str, today: date) -> tuple[SeenAlert, ...]:
    """Return what the actor has marked « Vu » on a person, newest first. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    query = select(SilencedAlert).where(SilencedAlert.account_id == account_id, SilencedAlert.by_id == by.id)
    rows = session.exec(query.order_by(col(SilencedAlert.at).desc(), SilencedAlert.id).limit(policy.CONTACTS_SHOWN))
    known = alerts.alert_rules()
    return tuple(
        SeenAlert(row.id, known[row.rule].titre, row.at, row.until, row.ended_at) for row in rows if row.rule in known
    )


def refresh_views(session: Session, rows: Sequence[Progress], *, today: date, now: datetime) -> None:
    """Compute again what each professional sees of these rows, and end the marks whose cause has changed.

    Two queries, and a write for each professional who has marked something.
    """
    by_account = {row.account_id: row for row in rows}
    marked: dict[tuple[str, str], set[str]] = {}
    for mark in session.exec(_marks(list(by_account))):
        row = by_account[mark.account_id]
        if _is_over(mark, row, today):
            mark.ended_at = now
            continue
        marked.setdefault((mark.account_id, mark.by_id), set()).add(mark.rule)
        if mark.until is not None:
            row.next_change_on = min(row.next_change_on or mark.until, mark.until)
    views = select(AlertView).where(col(AlertView.account_id).in_(list(by_account)))
    kept = {(view.account_id, view.by_id): view for view in session.exec(views)}
    for key in kept.keys() - marked.keys():
        session.delete(kept[key])
    for (account_id, by_id), hidden in marked.items():
        shown = tuple(k for k in by_account[account_id].alerts.split("|") if k and k not in hidden)
        view = kept.get((account_id, by_id)) or AlertView(account_id=account_id, by_id=by_id)
        view.alerts, view.urgency = alerts.stored_keys(shown), alerts.total_urgency(shown)
        session.add(view)
    session.flush()


def marked_people(among: Any) -> Any:
    """Select the people, of a selection of ids, for whom `refresh_views` has something to do."""
    marked = select(SilencedAlert.account_id).where(col(SilencedAlert.ended_at).is_(None))
    return union(
        marked.where(col(SilencedAlert.account_id).in_(among)),
        select(AlertView.account_id).where(col(AlertView.account_id).in_(among)),
    )


def _marks(account_ids: Sequence[str]) -> Any:
    return select(SilencedAlert).where(
        col(SilencedAlert.account_id).in_(account_ids), col(SilencedAlert.ended_at).is_(None)
    )


def _is_over(mark: SilencedAlert, row: Progress, today: date) -> bool:
    """Whether a mark hides nothing any more: its day has come, its alert is gone or has another cause."""
    rule = alerts.alert_rules().get(mark.rule)
    if rule is None or (mark.until is not None and mark.until <= today):
        return True
    return alerts.alert_fingerprint(row, rule) != mark.fingerprint


def may_choose_numbers(actor: Actor) -> bool:
    """The head may, being responsible for how the structure follows young people."""
    return Role.HEAD in actor.roles and actor.organisation_id is not None


def choose_number(session: Session, *, by: Actor, rule: str, number: int, today: date, now: datetime) -> None:
    """Set the threshold (days or visits) of a rule in the actor's structure.

    All its rows are due for new alerts. Raises NotYourNumbers, BadNumber, NotFound.
    """
    if not may_choose_numbers(by) or by.organisation_id is None:
        raise NotYourNumbers
    known = alerts.alert_rules().get(rule)
    if known is None or not known.adjustable:
        raise NotFound
    if isinstance(number, bool) or not known.least <= number <= MOST:
        raise BadNumber
    kept = session.get(AlertThreshold, (by.organisation_id, rule))
    kept = kept or AlertThreshold(organisation_id=by.organisation_id, rule=rule, number=number)
    kept.number = number
    session.add(kept)
    here = update(Progress).where(col(Progress.organisation_id) == by.organisation_id)
    session.exec(here.values(next_change_on=today))
    audit.note_act(session, by=by, act="alert number chosen", why=f"{rule}:{number}", now=now)


def _progress_row(session: Session, by: Actor, account_id: str, today: date) -> Progress:
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    row = session.get(Progress, account_id)
    if row is None:
        raise NotFound
    return row
