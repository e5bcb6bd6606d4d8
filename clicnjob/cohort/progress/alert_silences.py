"""Silencing an alert of one person (« Vu ») until its cause changes, and the alert thresholds of a structure."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col

from clicnjob import audit
from clicnjob.cohort import permissions
from clicnjob.cohort.progress import alerts
from clicnjob.errors import NotFound, Refusal
from clicnjob.french import days
from clicnjob.models import Actor, AlertThreshold, Progress, Role, SilencedAlert

MOST = 365


class NotYourNumbers(Refusal):
    """The actor is not the head, who alone chooses the thresholds of the structure."""

    sentence = "Seul le responsable de la structure règle les alertes."


class BadNumber(Refusal):
    """The threshold is not a sensible number of days or visits."""

    sentence = f"Choisissez un nombre entre 1 et {MOST}, ou entre 2 et {MOST} pour des visites."


def silence_alert(session: Session, *, by: Actor, account_id: str, rule: str, now: datetime) -> None:
    """Silence an alert (« Vu ») as long as its cause is the same. Raises NotFound."""
    row = _progress_row(session, by, account_id, now)
    if rule not in alerts.alert_rules():
        raise NotFound
    kept = session.get(SilencedAlert, (account_id, rule))
    kept = kept or SilencedAlert(account_id=account_id, rule=rule, fingerprint="", by_id=by.id)
    kept.fingerprint, kept.by_id, kept.at = alerts.alert_fingerprint(row, alerts.alert_rules()[rule]), by.id, now
    session.add(kept)
    session.flush()
    _judge_anew(session, row, now)


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


def _progress_row(session: Session, by: Actor, account_id: str, at: datetime) -> Progress:
    today = days.local_day(at)
    assert today is not None
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    row = session.get(Progress, account_id)
    if row is None:
        raise NotFound
    return row


def _judge_anew(session: Session, row: Progress, at: datetime) -> None:
    today = days.local_day(at)
    assert today is not None
    numbers = alerts.rule_numbers(session, organisation_id=row.organisation_id)
    silent = alerts.silenced_alerts(session, account_ids=[row.account_id]).get(row.account_id, {})
    alerts.judge_row(row, numbers=numbers, silenced=silent, today=today)
    session.flush()
