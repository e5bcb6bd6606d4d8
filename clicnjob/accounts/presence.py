"""Sign-ins: a random token in the browser, stored as its SHA-256, with an idle limit and an absolute limit."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from clicnjob import audit, policy, workshop_policy
from clicnjob.accounts import departures, sign_in_query, tabs, vault
from clicnjob.errors import NotFound
from clicnjob.french import days
from clicnjob.models import YOUNG_ROLES, Account, CalendarFeed, Role, RoleHeld, SignIn, Workshop


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a sign-in lasts for a role: until the screen is masked, until it ends idle, and in all."""

    masked_after: timedelta
    idle: timedelta
    whole: timedelta


YOUTH = Limits(policy.YOUTH_MASKED_AFTER, policy.YOUTH_IDLE_END, policy.YOUTH_END)
STAFF = Limits(policy.STAFF_MASKED_AFTER, policy.STAFF_IDLE_END, policy.STAFF_END)


@dataclass(frozen=True, slots=True)
class Present:
    """A signed-in person, valid for this request or rerun only; features take it as their `Actor`.

    `asleep`: nobody acted for a while, or all tabs are gone; only the person's secret opens anything (`own_secret`).
    `projected`: a professional shows this screen to a group, so names become initials; they asked for it, or they run a
    group session and did not ask to see names during it. `participant_id`: their place in a running group session, also
    while they wait at its door; '' for everybody else, whose pages then spend nothing on it.
    """

    id: str
    role: Role
    roles: frozenset[Role]
    first_name: str
    organisation_id: str | None
    sign_in_id: str
    started_at: datetime
    idle_end_at: datetime
    end_at: datetime
    masked_after: timedelta
    projected: bool = False
    asleep: bool = False
    card_locked: str = ""
    participant_id: str = ""

    @property
    def visit(self) -> str:
        """An identifier of this visit that a page may hold; it gives no access."""
        return token_digest(self.sign_in_id)[:16]


def sign_in_limits(role: Role) -> Limits:
    """The limits of a role. They are shorter for young people, who use shared computers."""
    return YOUTH if role in YOUNG_ROLES else STAFF


def begin_sign_in(
    session: Session, *, account: Account, card: str = "", browser: str = "", computer: str = "", now: datetime
) -> str:
    """Sign `account` in and return the token for its cookie. The oldest sign-in ends when there would be too many.

    `card` is the number of the card that let a young person in; it is stored encrypted with the token, see `card_code`.
    Professionals' sign-ins are written to the audit log; `browser` and `computer` are one word each for their kind.
    """
    token, row = secrets.token_urlsafe(policy.TOKEN_BYTES), Account
    session.exec(update(row).where(col(row.id) == account.id).values(seen_at=now))  # locks the row: counted one by one
    young = account.role in YOUNG_ROLES
    at_once = policy.YOUTH_SESSIONS_AT_ONCE if young else policy.STAFF_SESSIONS_AT_ONCE
    ended = _end_oldest(session, account, keep=at_once - 1, now=now)
    kept = SignIn(account_id=account.id, token_digest=token_digest(token), started_at=now, seen_at=now, tab_at=now)
    kept.card_locked = vault.locked_text(_card_purpose(token), card, now=now) if card else ""
    session.add(kept)
    if not young:
        kept.browser, kept.computer = browser[:16], computer[:16]
        for act in ("oldest sign-in ended", "signed in") if ended else ("signed in",):
            audit.note_act(session, by=account, act=act, whom_id=account.id, now=now)
    session.flush()
    return token


def present_person(session: Session, token: str | None, *, now: datetime) -> Present | None:
    """Return the person behind a token; None when it is unknown, ended, expired or asleep. One query."""
    found = recognised_person(session, token, now=now)
    return None if found is None or found.asleep else found


def recognised_person(session: Session, token: str | None, *, now: datetime) -> Present | None:
    """As `present_person`, but also for a sleeping visit, to wake or end it without showing anything. One query."""
    return _person_of_row(session, sign_in_query.BY_TOKEN, {"digest": token_digest(token)}, now=now) if token else None


def person_of_sign_in(session: Session, sign_in_id: str, *, now: datetime) -> Present | None:
    """As `recognised_person`, for the server, which keeps no tokens. One query."""
    return _person_of_row(session, sign_in_query.BY_ID, {"id": sign_in_id}, now=now)


def sign_in_lasts(session: Session, sign_in_id: str, *, now: datetime) -> bool:
    """Whether a sign-in has neither ended nor expired; it may be asleep. One query."""
    return person_of_sign_in(session, sign_in_id, now=now) is not None


def _person_of_row(session: Session, asked: Any, named: dict[str, str], *, now: datetime) -> Present | None:
    session.flush()
    since = now - workshop_policy.WORKSHOP_ENDS_AFTER
    rows = session.connection().execute(asked, {**named, "since": since}).all()
    if not rows or departures.is_over(rows[0].token_digest):
        return None
    shown = _present_of_row(rows[0], roles_today(rows, now=now), now=now)
    return shown if shown and now < min(shown.idle_end_at, shown.end_at) else None


@dataclass(frozen=True, slots=True)
class ActingPerson:
    """Somebody acting without a screen (fetching a document), with the roles held today."""

    id: str
    role: Role
    roles: frozenset[Role]
    organisation_id: str | None


def acting_person(session: Session, account_id: str, *, now: datetime) -> ActingPerson:
    """Return an account's person as an actor. Raises NotFound for an unknown or closed account. One query."""
    columns: Any = (Account.role, Account.organisation_id, col(RoleHeld.role).label("held"), RoleHeld.until)
    query = sqlalchemy.select(*columns).outerjoin(RoleHeld, col(RoleHeld.account_id) == Account.id)  # type: ignore[call-overload]
    rows = session.execute(query.where(col(Account.id) == account_id, col(Account.closed_at).is_(None))).all()
    if not rows:
        raise NotFound
    return ActingPerson(account_id, rows[0].role, roles_today(rows, now=now), rows[0].organisation_id)


def note_activity(session: Session, sign_in_id: str, *, now: datetime) -> None:
    """Record that the person acted at `now`: a key, a pointer or a touch, never what a page does by itself.

    An ended sign-in stays ended.
    """
    note_activity_of(session, (sign_in_id,), now=now)


def note_activity_of(session: Session, sign_in_ids: Collection[str], *, now: datetime) -> None:
    """As `note_activity`, for several sign-ins in one statement."""
    open_still = (col(SignIn.id).in_(sign_in_ids), col(SignIn.ended_at).is_(None), col(SignIn.seen_at) < now)
    session.exec(update(SignIn).where(*open_still).values(seen_at=now))


def wake_sign_in(session: Session, sign_in_id: str, *, acted: bool, now: datetime) -> None:
    """Wake a visit: its person proved to be back or, if not `acted`, a tab of theirs is. Ended sign-ins stay ended."""
    open_still = (col(SignIn.id) == sign_in_id, col(SignIn.ended_at).is_(None))
    seen_at = now if acted else col(SignIn.seen_at)
    session.exec(update(SignIn).where(*open_still).values(slept_at=None, tab_at=now, seen_at=seen_at))


def card_code(visit: Present, token: str, *, now: datetime) -> str:
    """Return the number of the card that let this browser in; '' if none. Only the browser's token decrypts it."""
    return vault.opened_text(_card_purpose(token), visit.card_locked, now=now) or "" if visit.card_locked else ""


def set_projection(session: Session, sign_in_id: str, *, on: bool) -> None:
    """Switch « Mode projection » for this sign-in. Names shown during a group session are for that session only."""
    running = select(Workshop.id).where(Workshop.by_id == SignIn.account_id, col(Workshop.ended_at).is_(None))
    names_for = "" if on else sqlalchemy.func.coalesce(running.limit(1).scalar_subquery(), "")
    session.exec(update(SignIn).where(col(SignIn.id) == sign_in_id).values(projected=on, names_for=names_for))


def end_sign_in(session: Session, token: str, *, reason: str, now: datetime) -> str | None:
    """End the sign-in of a token. Returns the account's id if it has no sign-in left by this, else None.

    None also for an unknown token and for a sign-in that was over already: its cookie, restored by a browser, must change
    nothing for somebody who moved on to another computer.
    """
    return end_by_digest(session, token_digest(token), reason=reason, now=now)


def end_by_digest(session: Session, token_digest: str, *, reason: str, now: datetime) -> str | None:
    """As `end_sign_in`, for callers that have only the digest of the token."""
    row = session.exec(select(SignIn).where(SignIn.token_digest == token_digest)).first()
    if row is None or row.ended_at is not None:
        return None
    row.ended_at, row.end_reason, row.card_locked = now, reason, ""
    session.flush()
    return None if lasting_sign_ins(session, account_id=row.account_id, now=now) else row.account_id


def past_sign_in(session: Session, token: str) -> tuple[Role, bool] | None:
    """Return the role of a token's person, even after the end, and whether this computer downloaded a file."""
    query = select(Account.role, SignIn.took_file).join(SignIn, col(SignIn.account_id) == Account.id)
    row = session.exec(query.where(col(SignIn.token_digest) == token_digest(token))).first()
    return (Role(row[0]), row[1]) if row else None


def work_taken_at(session: Session, sign_in_id: str) -> datetime | None:
    """Return when the person last downloaded their own work during this visit."""
    return session.exec(select(SignIn.work_taken_at).where(SignIn.id == sign_in_id)).first()


def end_all(session: Session, *, account_id: str, reason: str, but: str = "", now: datetime) -> int:
    """End a person's sign-ins (new card, new phone, closed account) except `but`. Returns how many ended.

    The private address of a calendar ends with them: whoever made it may be the reason.
    """
    session.exec(delete(CalendarFeed).where(col(CalendarFeed.account_id) == account_id))
    row = SignIn
    ending = update(row).where(col(row.account_id) == account_id, col(row.ended_at).is_(None), col(row.id) != but)
    return session.exec(ending.values(ended_at=now, end_reason=reason, card_locked="")).rowcount


def signed_in_count(session: Session, *, now: datetime) -> int:
    """Count the browsers signed in now, by professionals' longer limits, so a few expired ones may be included."""
    still = (col(SignIn.ended_at).is_(None), SignIn.seen_at > now - STAFF.idle, SignIn.started_at > now - STAFF.whole)
    return session.exec(select(sqlalchemy.func.count()).select_from(SignIn).where(*still)).one()


def token_digest(token: str) -> str:
    """Return what is stored of a token. A token has 256 random bits, so an unkeyed hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def lasting_sign_ins(session: Session, *, account_id: str, now: datetime) -> Sequence[SignIn]:
    """Return a person's sign-ins that have neither ended nor expired, newest first."""
    row, account = SignIn, session.get(Account, account_id)
    if account is None:
        return ()
    bounds = sign_in_limits(account.role)
    still = (col(row.ended_at).is_(None), row.seen_at > now - bounds.idle, row.started_at > now - bounds.whole)
    query = select(row).where(row.account_id == account_id, *still)
    return session.exec(query.order_by(col(row.started_at).desc(), col(row.id))).all()


def _end_oldest(session: Session, account: Account, *, keep: int, now: datetime) -> int:
    oldest = lasting_sign_ins(session, account_id=account.id, now=now)[keep:]
    for row in oldest:
        row.ended_at, row.end_reason, row.card_locked = now, "another", ""
    return len(oldest)


def _card_purpose(token: str) -> str:
    return f"card of the visit {token}"


def roles_today(rows: Sequence[Any], *, now: datetime) -> frozenset[Role]:
    """Return the roles held today from rows of `role`, `held`, `until`; a professional's ended ones are left out."""
    if rows[0].role in YOUNG_ROLES:
        return frozenset({rows[0].role})
    today = days.local_day(now)
    return frozenset(row.held for row in rows if row.held and (row.until is None or row.until >= today))


def _present_of_row(row: Any, roles: frozenset[Role], *, now: datetime) -> Present | None:
    """Build the `Present` of a row; None when every role of a professional has ended."""
    if not roles:
        return None
    bounds = sign_in_limits(row.role)
    return Present(
        id=row.id,
        role=row.role if row.role in roles else min(roles),
        roles=roles,
        first_name=row.first_name,
        organisation_id=row.organisation_id,
        sign_in_id=row.sign_in_id,
        started_at=row.started_at,
        idle_end_at=row.seen_at + bounds.idle,
        end_at=row.started_at + bounds.whole,
        masked_after=bounds.masked_after,
        projected=row.projected or row.workshop_id not in (None, row.names_for),
        asleep=_is_asleep(row, now=now),
        card_locked=row.card_locked,
        participant_id=(row.participant_id or "") if row.role in YOUNG_ROLES else "",
    )


def _is_asleep(row: Any, *, now: datetime) -> bool:
    """Whether the visit is asleep. An idle guest has no secret to wake it, so the page only hides it until its end."""
    tab_at = tabs.latest_tab(row.sign_in_id, written=row.tab_at)
    if row.slept_at is not None or now >= tab_at + policy.TABS_GONE_SLEEPS:
        return True
    return row.role is not Role.GUEST and now >= row.seen_at + sign_in_limits(row.role).masked_after
