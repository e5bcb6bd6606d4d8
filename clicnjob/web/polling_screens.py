"""What this process remembers of the screens that follow a group session: whose they are, and what each should show.

All of it comes from the database and is read again within seconds, so several processes agree and a restart loses
nothing. Only the event loop touches the memory; a thread reads the database for it, twice a second for all screens together.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from clicnjob import db, models, workshop_policy
from clicnjob.accounts import departures, presence
from clicnjob.accounts.presence import Present
from clicnjob.models import Role
from clicnjob.workshops.live import participant_screen
from clicnjob.workshops.live.participant_screen import ScreenVersion

_LOG = logging.getLogger(__name__)
_NO_SESSION = ScreenVersion("0", admitted=False)


@dataclass(slots=True)
class PollingVisit:
    """A sign-in whose screen polls, as it was at `checked_at`. Both times are readings of a monotonic clock, in seconds."""

    person: Present
    checked_at: float
    polled_at: float


@dataclass(frozen=True, slots=True)
class WaitingPoll:
    """A poll that is answered as soon as its screen should show another version than `known`."""

    known: str
    changed: asyncio.Future[None]


class PollingScreens:
    """The visits that poll, by the digest of their token, and the versions of all screens, by account."""

    def __init__(self) -> None:
        self._visits: dict[str, PollingVisit] = {}
        self._versions: dict[str, ScreenVersion] = {}
        self._held: dict[str, list[WaitingPoll]] = {}
        self._alive_written_at = self._guests_kept_at = float("-inf")

    def polling_visit(self, digest: str, *, clock: float) -> PollingVisit | None:
        """Return the visit of a token that is known here, and note its poll; None for an unknown or departed one."""
        visit = self.known_visit(digest)
        if visit is not None:
            visit.polled_at = clock
        return visit

    def known_visit(self, digest: str) -> PollingVisit | None:
        """As `polling_visit`, without a poll."""
        return None if departures.is_over(digest) else self._visits.get(digest)

    def forget_visit(self, digest: str) -> None:
        """Forget a visit that has just ended, so that its last polls are not written as if it went on."""
        self._visits.pop(digest, None)

    async def look_up(self, token: str, *, clock: float) -> PollingVisit | None:
        """Read in the database whose token this is, and remember it; None for one that opens nothing."""
        person, versions = await run_in_threadpool(_read_visit, token)
        if person is None:
            return None
        self._versions |= versions
        visit = self._visits[presence.token_digest(token)] = PollingVisit(person, clock, clock)
        return visit

    def version_of(self, visit: PollingVisit) -> str:
        """Return the version of the screen of a visit, « 0 » for somebody who is in no session."""
        return self._versions.get(visit.person.id, _NO_SESSION).tag

    async def wait_for_change(self, digest: str, *, known: str) -> None:
        """Return when the screen of a visit should show another version than `known`, or after a few seconds.

        Also when the visit ends or falls asleep; at once when it waits in too many tabs.
        """
        held = self._held.setdefault(digest, [])
        if len(held) >= workshop_policy.SCREEN_ANSWERS_HELD:
            return
        answer = WaitingPoll(known, asyncio.get_running_loop().create_future())
        held.append(answer)
        try:
            async with asyncio.timeout(workshop_policy.SCREEN_ANSWER_HELD_FOR.total_seconds()):
                await answer.changed
        except TimeoutError:
            pass
        finally:
            held.remove(answer)
            if not held:
                self._held.pop(digest, None)

    async def refresh_screens(self, *, clock: float) -> None:
        """Read all versions and the visits that are due, write which screens are alive; nothing while nobody polls."""
        self._forget_silent(clock)
        if self._visits:
            await self._read_screens(clock)
        self._answer_changed()
        if self._visits:
            await self._write_alive(clock)

    def _answer_changed(self) -> None:
        for digest, held in self._held.items():
            visit = self.known_visit(digest)
            told = None if visit is None or visit.person.asleep else self.version_of(visit)
            for answer in held:
                if answer.known != told and not answer.changed.done():
                    answer.changed.set_result(None)

    async def _read_screens(self, clock: float) -> None:
        due = {digest: one.person.sign_in_id for digest, one in self._visits.items() if self._is_due(one, clock)}
        self._versions, people = await run_in_threadpool(_read_screens, due)
        for digest, person in people.items():
            if person is None:
                self._visits.pop(digest, None)
            elif digest in self._visits:
                self._visits[digest].person, self._visits[digest].checked_at = person, clock

    def _forget_silent(self, clock: float) -> None:
        since = clock - workshop_policy.SCREEN_FORGOTTEN_AFTER.total_seconds()
        self._visits = {digest: one for digest, one in self._visits.items() if one.polled_at >= since}

    def _is_due(self, visit: PollingVisit, clock: float) -> bool:
        """Whether to ask again if a visit lasts; a sleeping one may wake at any moment."""
        return (
            visit.person.asleep
            or clock - visit.checked_at >= workshop_policy.SCREEN_VISIT_CHECKED_EVERY.total_seconds()
        )

    async def _write_alive(self, clock: float) -> None:
        if clock - self._alive_written_at < workshop_policy.SCREEN_ALIVE_WRITTEN_EVERY.total_seconds():
            return
        polled = [
            one.person
            for one in self._visits.values()
            if one.polled_at > self._alive_written_at and not one.person.asleep and one.person.id in self._versions
        ]
        guests: list[str] = []
        if clock - self._guests_kept_at >= workshop_policy.GUEST_SCREEN_WRITTEN_EVERY.total_seconds():
            guests = [one.sign_in_id for one in polled if one.role is Role.GUEST and self._versions[one.id].admitted]
            self._guests_kept_at = clock if guests else self._guests_kept_at
        self._alive_written_at = clock
        if polled:
            await run_in_threadpool(_write_polls, {one.id for one in polled}, guests)


SCREENS = PollingScreens()


async def follow_forever() -> None:
    """Refresh the memory of this process all the time, until the server stops."""
    while True:
        try:
            await SCREENS.refresh_screens(clock=time.monotonic())
        except Exception:  # the screens keep their version until the database answers again; no row ends all rounds
            _LOG.exception("the screens of group sessions were not read")
        await asyncio.sleep(workshop_policy.SCREEN_VERSIONS_READ_EVERY.total_seconds())


def _read_visit(token: str) -> tuple[Present | None, dict[str, ScreenVersion]]:
    now = models.utc_now()
    with db.read_transaction() as session:
        person = presence.recognised_person(session, token, now=now)
        if person is None:
            return None, {}
        return person, participant_screen.screen_versions(session, account_id=person.id, now=now)


def _read_screens(due: Mapping[str, str]) -> tuple[dict[str, ScreenVersion], dict[str, Present | None]]:
    """Return the versions of all screens, and what has become of the visits `due` (the id of each sign-in by digest)."""
    now = models.utc_now()
    with db.read_transaction() as session:
        versions = participant_screen.screen_versions(session, now=now)
        people = {one: presence.person_of_sign_in(session, sign_in_id, now=now) for one, sign_in_id in due.items()}
    return versions, people


def _write_polls(accounts: set[str], guests: list[str]) -> None:
    """Write that these screens polled. An admitted guest's open screen counts as activity (decision 0016)."""
    now = models.utc_now()
    with db.write_transaction() as session:
        participant_screen.write_alive_screens(session, accounts=accounts, now=now)
        if guests:
            presence.note_activity_of(session, guests, now=now)
