"""What became of a notification, in words: for the young person, and for a professional."""

from __future__ import annotations

from datetime import datetime, timedelta

from clicnjob.cohort.notifications.channels import LeftNotification
from clicnjob.french import days
from clicnjob.models import MailState, NotificationChannel, NotificationReason

CHANNELS = {NotificationChannel.SMS: "SMS", NotificationChannel.MAIL: "e-mail"}
REASONS = {
    NotificationReason.APPOINTMENT: "pour un rendez-vous",
    NotificationReason.MESSAGE: "pour un message",
    NotificationReason.FOLLOW_UP: "pour une chose notée",
}
# Why nothing left, to a professional.
FAULTS = {
    "address": "le numéro ou l’adresse est refusé. Vérifiez-le avec le jeune.",
    "server": "le service d’envoi n’a pas répondu ou a refusé. Prévenez votre administrateur.",
}
_STILL_LEAVING = timedelta(minutes=10)  # after which a process must have died while it was sending


def outcome_said(one: LeftNotification, *, now: datetime) -> str:
    """Return a line for a professional: « SMS pour un rendez-vous, hier : parti. »"""
    when = days.days_ago(days.local_day(one.at), today=days.local_day(now))
    return f"{CHANNELS[one.channel]} {REASONS[one.reason]}, {when}\u00a0: {_state_said(one, now=now)}"


def has_failed(one: LeftNotification, *, now: datetime) -> bool:
    """Whether a professional should know at once that this one did not reach its owner, or may not have."""
    leaving = one.state is MailState.LEAVING and now - one.at < _STILL_LEAVING
    return one.state is not MailState.SENT and not leaving


def own_outcome_said(one: LeftNotification, *, now: datetime) -> str:
    """Return a line for the young person: « Un SMS pour un rendez-vous, hier. »"""
    when = days.days_ago(days.local_day(one.at), today=days.local_day(now))
    head = f"Un {CHANNELS[one.channel]} {REASONS[one.reason]}, {when}"
    if one.state is MailState.REFUSED:
        return f"{head}\u00a0: il n’est pas parti."
    return f"{head}."


def _state_said(one: LeftNotification, *, now: datetime) -> str:
    if one.state is MailState.SENT:
        return "parti."
    if one.state is MailState.REFUSED:
        return f"pas parti\u00a0: {FAULTS.get(one.fault, FAULTS['server'])}"
    if one.state is MailState.LEAVING and now - one.at < _STILL_LEAVING:
        return "en train de partir."
    return "on ne sait pas s’il est parti\u00a0: le service d’envoi n’a plus répondu."
