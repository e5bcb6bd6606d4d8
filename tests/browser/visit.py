"""Somebody works on a shared computer with several tabs, and the visit ends: what the computer holds and hears then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Response, Route, WebSocket, expect
from playwright.sync_api import Error as BrowserError
from sqlmodel import Session, select

from clicnjob import db, models
from clicnjob.accounts import presence, tickets
from clicnjob.cv.model import bag
from clicnjob.models import SignIn
from clicnjob.web import COOKIE
from tests.browser import session
from tests.browser.served import Served

PIN = "582914"
STEM = "quilimb"  # in every word that the person types, and in nothing else
EVERYTHING = Path(__file__).with_name("everything.js").read_text(encoding="utf-8")


@dataclass
class Visit:
    """One browser, its sign-in, its tabs, and all that it receives once the visit is over."""

    server: Served
    context: BrowserContext
    token: str = ""
    working: Page | None = None  # where the person works
    beside: Page | None = None  # a second tab, open and idle
    deaf: Page | None = None  # a third one, whose own script does not run: nothing closes it by itself
    links: dict[str, str] = field(default_factory=dict)
    answers: list[Response] = field(default_factory=list)  # those not read yet
    bodies: list[str] = field(default_factory=list)
    frames: list[bytes] = field(default_factory=list)
    over: bool = False

    def work(self, number: str) -> None:
        """A card whose person typed words before; a wish and a file more. Three tabs show these words."""
        self.listen_to(self.context)
        page = self.working = self.context.new_page()
        session.enter_with_card(page, self.server.url, number, PIN)
        session.arrived(page, "Bonjour Quilimbo")
        self.token = token_of(self.context)
        page.get_by_role("link", name="Métiers").click()
        session.arrived(page, "Trouver des métiers")
        session.write(page, "Qu’est-ce que tu aimerais faire\u00a0?", "quilimber le matin")
        self.beside, self.deaf = self._open("mes-cv"), self._open("mon-sac", deaf=True)
        self.links = {"old": "/ma-page", "document": self._ticket(), "media": self._file_given(self._open("reprendre"))}
        for shown in (page, self.beside, self.deaf):
            assert holds(shown), shown.url
            shown.evaluate("window.ofTheVisit = true")

    def listen_to(self, context: BrowserContext) -> None:
        """Note every answer and every message of the sockets, once the visit is over."""
        context.on("response", lambda answer: self.answers.append(answer) if self.over else None)
        context.on("page", lambda page: page.on("websocket", self._hear))

    def move_back(self, **times: timedelta) -> None:
        """The sign-in becomes this much older."""
        move_back(self.server, self.token, **times)

    def received(self) -> list[str]:
        """All that came since the end, as text."""
        while self.answers:  # each is read once: together they are many megabytes
            answer = self.answers.pop(0)
            with suppress(BrowserError):  # a redirection, a download, or the page has gone on
                self.bodies.append(f"{answer.url}\n{json.dumps(answer.headers)}\n{answer.text()}")
        return [*self.bodies, *(frame.decode("utf-8", "replace") for frame in self.frames)]

    def _open(self, address: str, *, deaf: bool = False) -> Page:
        page = self.context.new_page()
        if deaf:
            page.route("**/statique/shell.js*", lambda route: _nothing(route))
        page.goto(f"{self.server.url}/{address}")
        session.title(page).wait_for()
        session.calm(page)
        return page

    def _hear(self, socket: WebSocket) -> None:
        def note(content: bytes | str) -> None:
            if self.over:
                self.frames.append(content if isinstance(content, bytes) else content.encode())

        socket.on("framereceived", note)

    def _file_given(self, page: Page) -> str:
        """The address of a file in the server's memory: the only kind there is, since no page of ours uses /media."""
        given = {"name": "Quilimbard.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-quilimb"}
        with page.expect_request(lambda asked: "upload_file" in asked.url, timeout=session.PATIENCE) as sent:
            page.locator("input[type=file]").set_input_files(given)  # type: ignore[arg-type]
        expect(page.get_by_test_id("stAlert").first).to_be_visible(timeout=session.PATIENCE)  # it is not a file of ours
        session.calm(page)
        return sent.value.url.removeprefix(self.server.url)

    def _ticket(self) -> str:
        """The link to a document that was asked for and not fetched yet."""
        with opened(self.server) as writing:
            me = presence.present_person(writing, self.token, now=models.utc_now())
            assert me is not None
            kept = bag.own_bag(writing, of=me)
            assert kept is not None
            made = tickets.issue_ticket(
                writing, present=me, document="pdf", work_id=kept.cvs[0].id, now=models.utc_now()
            )
        return f"/document/{made}"


@contextmanager
def opened(server: Served) -> Iterator[Session]:
    """The database of the served app."""
    engine = db.connect_engine(server.database)
    try:
        with db.write_transaction(engine) as writing:
            yield writing
    finally:
        engine.dispose()


def token_of(context: BrowserContext) -> str:
    """The sign-in token in the jar of a browser."""
    return next(each["value"] for each in context.cookies() if each["name"] == COOKIE)


def move_back(server: Served, token: str, **times: timedelta) -> None:
    """A sign-in becomes this much older (`seen_at`, `started_at`)."""
    with opened(server) as writing:
        row = writing.exec(select(SignIn).where(SignIn.token_digest == presence.token_digest(token))).one()
        for name, by in times.items():
            setattr(row, name, getattr(row, name) - by)


def typed(page: Page, url: str, number: str) -> None:
    """The first use of a card: a name and a job, kept."""
    session.choose_pin(page, url, number, PIN)
    session.press(page, session.WHOLE_WAY)
    session.asked(page, "prenom_nom")
    session.write(page, "Prénom", "Quilimbo")
    session.write(page, "Nom", "Quilimbard")
    session.jump(page, "Le métier")
    session.asked(page, "metier")
    session.write(page, "Ce que tu veux faire", "Quilimbeur")
    session.press(page, "Écrire mes mots : Quilimbeur")
    expect(page.locator(".cj-sheet")).to_contain_text("Quilimbeur")


def holds(page: Page) -> bool:
    """Whether a page holds anything that the person typed, seen or not."""
    for _ in range(5):
        with suppress(BrowserError):  # it was going to another page just then
            return STEM in str(page.evaluate(EVERYTHING)).lower()
        page.wait_for_load_state()
    raise AssertionError(f"{page.url} never comes to rest")


def _nothing(route: Route) -> None:
    route.fulfill(body="", content_type="text/javascript")
