"""« Mes rappels »: how a young person agrees to be notified, each channel apart, and stops; who else may know of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import audit, consents, policy
from clicnjob.cohort import permissions
from clicnjob.config import Settings
from clicnjob.cv.model import bag
from clicnjob.errors import Refusal
from clicnjob.french import contact
from clicnjob.models import (
    Actor,
    Consent,
    ConsentTo,
    MailState,
    NotificationAddress,
    NotificationChannel,
    NotificationReason,
    Role,
    SentNotification,
)

CONSENTS = {NotificationChannel.SMS: ConsentTo.SMS, NotificationChannel.MAIL: ConsentTo.MAIL}
_READ: dict[NotificationChannel, Callable[[str], str]] = {
    NotificationChannel.SMS: contact.mobile_number,
    NotificationChannel.MAIL: contact.email_address,
}


class ChannelNotOffered(Refusal):
    """Raised for guests, professionals and cards without a structure, and where the channel is not set up."""

    sentence = "On ne peut pas te prévenir de cette façon ici."


class NoAddressGiven(Refusal):
    """Raised when the box is empty."""

    sentence = "Écris d’abord ton numéro ou ton adresse e-mail."


class ChangedTooOften(Refusal):
    """Raised when the person said yes so often within a day that each further one would only fill the log."""

    sentence = "Tu as beaucoup changé aujourd’hui. Tu pourras dire oui demain."


@dataclass(frozen=True, slots=True)
class AgreedChannel:
    """A channel by which its owner is notified: the address as shown to them, and since when."""

    channel: NotificationChannel
    address: str
    since: datetime


@dataclass(frozen=True, slots=True)
class LeftNotification:
    """One notification that left or failed; `fault` is a key of `outcomes.FAULTS`, '' for none."""

    channel: NotificationChannel
    reason: NotificationReason
    state: MailState
    fault: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnNotifications:
    """What « Mes rappels » shows: the channels offered, those agreed to, what to propose, and what left lately."""

    offered: tuple[NotificationChannel, ...]
    agreed: tuple[AgreedChannel, ...]
    proposed: dict[NotificationChannel, str]
    latest: tuple[LeftNotification, ...]


@dataclass(frozen=True, slots=True)
class ReachedPerson:
    """What a professional may know: by which channels somebody agreed to be notified, and what left lately."""

    channels: tuple[NotificationChannel, ...] = ()
    latest: tuple[LeftNotification, ...] = ()


def may_be_notified(actor: Actor) -> bool:
    """Allow young people whom a structure follows: nobody writes to the others, and a guest is gone with the visit."""
    return actor.role is Role.YOUNG and actor.organisation_id is not None


def channels_set_up(settings: Settings) -> tuple[NotificationChannel, ...]:
    """Return the channels that the administrator set up."""
    works = {NotificationChannel.SMS: settings.notifies_by_sms, NotificationChannel.MAIL: settings.notifies_by_mail}
    return tuple(channel for channel in NotificationChannel if works[channel])


def agree_to_channel(
    session: Session, *, by: Actor, channel: NotificationChannel, typed: str, now: datetime, settings: Settings
) -> None:
    """Notify the actor by this channel from now on, at the number or address typed; another one replaces the first.

    Raises ChannelNotOffered, NoAddressGiven, ChangedTooOften, what `contact` raises for a wrong number or address.
    """
    if not may_be_notified(by) or channel not in channels_set_up(settings):
        raise ChannelNotOffered
    address = _READ[channel](typed)
    if not address:
        raise NoAddressGiven
    kept = session.get(NotificationAddress, (by.id, channel))
    if kept is not None and kept.address == address:
        return
    _check_bound(session, by, now=now)
    stop_channel(session, by=by, channel=channel, now=now)
    session.add(NotificationAddress(account_id=by.id, channel=channel, address=address, agreed_at=now))
    consents.give_consent(session, by=by, what=CONSENTS[channel], now=now)
    audit.note_act(session, by=by, act="notifications accepted", whom_id=by.id, why=channel.value, now=now)


def stop_channel(session: Session, *, by: Actor, channel: NotificationChannel, now: datetime) -> None:
    """Notify the actor by this channel no more, and forget the number or address. Raises ChannelNotOffered.

    It is possible at any time, and where the channel is no longer set up.
    """
    if not may_be_notified(by):
        raise ChannelNotOffered
    kept = session.get(NotificationAddress, (by.id, channel))
    if kept is None:
        return
    session.delete(kept)
    session.flush()
    consents.withdraw_consent(session, by=by, what=CONSENTS[channel], now=now)
    audit.note_act(session, by=by, act="notifications stopped", whom_id=by.id, why=channel.value, now=now)


def own_notifications(session: Session, *, of: Actor, settings: Settings) -> OwnNotifications:
    """Return what the actor agreed to, in three queries. Raises ChannelNotOffered."""
    if not may_be_notified(of):
        raise ChannelNotOffered
    offered, proposed = channels_set_up(settings), dict.fromkeys(NotificationChannel, "")
    kept = bag.own_bag(session, of=of) if offered else None
    if kept is not None:
        proposed[NotificationChannel.SMS] = contact.phone_shown(kept.profile.phone)
        proposed[NotificationChannel.MAIL] = kept.profile.email
    return OwnNotifications(offered, _agreed_channels(session, of.id), proposed, _latest_notifications(session, of.id))


def reached_person(session: Session, *, by: Actor, account_id: str, today: date) -> ReachedPerson:
    """Return whether somebody whom the actor follows is notified, never at which number. Two queries more. Raises NotFound.

    What left for something that the person noted themselves is left out: it would say that they apply somewhere.
    """
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    channels = tuple(one.channel for one in _agreed_channels(session, account_id))
    return ReachedPerson(
        channels, _latest_notifications(session, account_id, SentNotification.reason != NotificationReason.FOLLOW_UP)
    )


def _agreed_channels(session: Session, account_id: str) -> tuple[AgreedChannel, ...]:
    rows = session.exec(select(NotificationAddress).where(NotificationAddress.account_id == account_id)).all()
    found = {row.channel: row for row in rows}
    return tuple(
        AgreedChannel(channel, contact.phone_shown(found[channel].address), found[channel].agreed_at)
        for channel in NotificationChannel
        if channel in found
    )


def _latest_notifications(session: Session, account_id: str, *which: bool) -> tuple[LeftNotification, ...]:
    query = select(SentNotification).where(SentNotification.account_id == account_id, *which)
    query = query.order_by(col(SentNotification.at).desc(), SentNotification.id).limit(policy.NOTIFICATIONS_SHOWN)
    return tuple(LeftNotification(one.channel, one.reason, one.state, one.fault, one.at) for one in session.exec(query))


def _check_bound(session: Session, by: Actor, *, now: datetime) -> None:
    lately = (col(Consent.what).in_(CONSENTS.values()), col(Consent.given_at) > now - timedelta(days=1))
    query = select(func.count()).select_from(Consent).where(Consent.account_id == by.id, *lately)
    if session.exec(query).one() >= policy.SHARED_A_DAY:
        raise ChangedTooOften
