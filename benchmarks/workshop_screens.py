"""Simulated screens of group sessions: an open tab each, and beside it the poll that the piece of the page makes."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from sqlalchemy import Engine
from sqlmodel import Session

from benchmarks.streamlit_client import Browser, Widget
from clicnjob import db, models
from clicnjob.accounts import presence
from clicnjob.models import Account, Organisation, ParticipantState, Role, RoleHeld, Workshop, WorkshopParticipant
from clicnjob.web import COOKIE
from clicnjob.workshops.live import entrance, pushing

T = TypeVar("T")
PAGE = "seance-en-cours"
SPREAD, SOON = 0.2, 0.1  # of a poll's second, and seconds after an answer that was kept back, as in session_push.js
PIECE = "session-push"
SAID = "Consigne"
OLD_SECONDS = 2.0  # how often the page ran by itself before it asked for a version


@dataclass
class Poller:
    """One kept connection that asks for the version, by way of the proxy of `house`; by hand, so that it costs little."""

    base: str
    cookie: str
    house: str
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def version(self, known: str) -> str:
        """Return the version that the server tells, `known` when it has not changed.

        Like a browser, it opens a new connection when the server has closed the idle one.
        """
        try:
            head = await self._head_of_answer(known)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.close()
            head = await self._head_of_answer(known)
        status = head.split(" ", 2)[1]
        if status == "304":
            return known
        if status != "200":
            raise RuntimeError(f"/signal answered {status}")
        return next(line for line in head.splitlines() if line.lower().startswith("etag:")).split('"')[1]

    async def _head_of_answer(self, known: str) -> str:
        address = urlsplit(self.base)
        if self._streams is None:
            self._streams = await asyncio.open_connection(address.hostname, address.port)
        reader, writer = self._streams
        writer.write(
            f"GET /signal HTTP/1.1\r\nHost: {address.netloc}\r\nCookie: {self.cookie}\r\nX-Forwarded-For: {self.house}\r\n"
            f'If-None-Match: "{known}"\r\nPrefer: wait=4\r\n\r\n'.encode()
        )
        return (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")

    def close(self) -> None:
        """End the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


@dataclass
class Screen:
    """One participant's tab. `seen` has the moment at which each push was drawn, by its number."""

    group: int
    token: str
    browser: Browser
    seen: dict[int, float] = field(default_factory=dict)
    asked: int = 0

    async def follow_by_version(self, poller: Poller, *, until: asyncio.Event) -> None:
        """Ask again and again, and run the fragment again only when the answer differs from what is drawn."""
        await asyncio.sleep(random.random())
        while not until.is_set():
            drawn, begun = self._drawn_version(), time.monotonic()
            told = await poller.version(drawn)
            self.asked += 1
            if told != drawn:
                await self.browser.trigger(self._piece(), "moved", told)
                self._note_drawn()
            kept_back = told == drawn and time.monotonic() - begun > 1
            await asyncio.sleep((SOON if kept_back else 1) * (1 + SPREAD * (2 * random.random() - 1)))

    async def follow_by_time(self, *, until: asyncio.Event) -> None:
        """Run the fragment again every two seconds, whether anything changed or not."""
        await asyncio.sleep(OLD_SECONDS * random.random())
        while not until.is_set():
            begun = time.monotonic()
            await self.browser.run_again(self._piece())
            self.asked += 1
            self._note_drawn()
            await asyncio.sleep(max(0.0, begun + OLD_SECONDS - time.monotonic()))

    def _piece(self) -> Widget:
        found = self.browser.page.widget(key=PIECE)
        assert found is not None, self.browser.page.words[:300]
        return found

    def _drawn_version(self) -> str:
        return str(json.loads(self._piece().shown.json)["version"])

    def _note_drawn(self) -> None:
        words = self.browser.page.words
        if SAID in words:
            self.seen.setdefault(int(words.partition(SAID)[2].split()[0]), time.monotonic())


class Groups:
    """Sessions with their trainers and guests, made in the database of a running server."""

    def __init__(self, database: Path) -> None:
        self._engine: Engine = db.connect_engine(f"sqlite:///{database}")
        self._led: list[tuple[str, str]] = []  # the session and its trainer

    def make_groups(self, count: int) -> None:
        """Begin sessions, without people, whose door is open."""
        self._write(lambda session, now: [self._begin(session, now) for _ in range(count)])

    def sign_guests_in(self, count: int) -> list[tuple[str, str]]:
        """Make guests; return the account and the token of each."""
        return self._write(lambda session, now: [_guest(session, now) for _ in range(count)])

    def seat_guests(self, accounts: list[str], people: int) -> None:
        """Let the guests into the sessions, `people` into each."""

        def seat(session: Session, now: datetime) -> None:
            for place, account_id in enumerate(accounts):
                workshop_id = self._led[place // people][0]
                session.add(
                    WorkshopParticipant(
                        workshop_id=workshop_id, account_id=account_id, first_name=f"Essai {place}", guest=True,
                        state=ParticipantState.ADMITTED, admitted_at=now, alive_at=now,
                    )
                )  # fmt: skip

        self._write(seat)

    def push(self, group: int, number: int) -> float:
        """Send an activity with a numbered instruction to one session; return the moment at which it was committed."""
        workshop_id, trainer_id = self._led[group]

        def send(session: Session, now: datetime) -> None:
            by = presence.acting_person(session, trainer_id, now=now)
            pushing.push_activity(
                session, by=by, workshop_id=workshop_id, activity="papier", instruction=f"{SAID} {number} .", now=now
            )

        self._write(send)
        return time.monotonic()

    def code(self, group: int) -> str:
        """Return the code of the door."""
        with db.read_transaction(self._engine) as session:
            return session.get_one(Workshop, self._led[group][0]).code

    def _begin(self, session: Session, now: datetime) -> None:
        structure = Organisation(name=f"Structure {len(self._led)}")
        session.add(structure)
        session.flush()
        trainer = Account(role=Role.TRAINER, organisation_id=structure.id, first_name="Essai")
        session.add(trainer)
        session.flush()
        session.add(RoleHeld(account_id=trainer.id, role=Role.TRAINER))
        made = Workshop(organisation_id=structure.id, by_id=trainer.id, kind="cv", title="Essai")
        session.add(made)
        session.flush()
        by = presence.acting_person(session, trainer.id, now=now)
        entrance.open_joining(session, by=by, workshop_id=made.id, now=now)
        self._led.append((made.id, trainer.id))

    def _write(self, act: Callable[[Session, datetime], T]) -> T:
        with db.write_transaction(self._engine) as session:
            return act(session, models.utc_now())


def house_of(group: int) -> str:
    """Return the address from which everybody in a session is seen, as behind the one line of their structure."""
    return f"10.8.0.{group}"


def cookie_of(token: str) -> str:
    """Return the Cookie header of a sign-in."""
    return f"{COOKIE}={token}"


def _guest(session: Session, now: datetime) -> tuple[str, str]:
    account = Account(role=Role.GUEST)
    session.add(account)
    session.flush()
    return account.id, presence.begin_sign_in(session, account=account, now=now)
