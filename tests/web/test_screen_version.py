"""/signal: a participant's screen learns its version from memory; nobody else learns anything, and a flood reads nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import Session, delete, select
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg

from clicnjob import db, models, workshop_policy
from clicnjob.accounts import presence
from clicnjob.models import Account, ParticipantState, Role, SignIn, Workshop, WorkshopParticipant
from clicnjob.web import COOKIE, polling_screens, screen_version
from clicnjob.web.middleware.allowance import Allowance
from clicnjob.workshops import lifecycle
from clicnjob.workshops.live import entrance, pushing
from tests.conftest import count_queries, person
from tests.for_each import for_each
from tests.web.test_server import OURS, STREAM, until_finished

pytest_plugins = ["tests.sign_in_pages"]
SIGNAL = "/signal"
NOBODY = '"0"'


@dataclass
class Following:
    """A guest who was let into a running session, at a browser, and the trainer."""

    browser: TestClient
    trainer: Account
    workshop_id: str
    participant_id: str

    def ask(self, known: str = "", token: str | None = None, *, prefer: str = "") -> tuple[int, str]:
        """Poll as the piece does; gives the status and the tag."""
        headers = {"If-None-Match": known} if known else {}
        headers |= {"Prefer": prefer} if prefer else {}
        if token is not None:
            self.browser.cookies.clear()
            headers["Cookie"] = f"{COOKIE}={token}"
        answer = self.browser.get(SIGNAL, headers=headers)
        return answer.status_code, answer.headers.get("ETag", "")

    def act(self, change: Callable[[Session], object]) -> None:
        """Somebody changes something, and a second passes."""
        with db.write_transaction() as session:
            change(session)
        second_passes()

    def push(self) -> None:
        """The trainer sends an activity, and a second passes."""
        self.send()
        second_passes()

    def send(self) -> None:
        """The trainer sends an activity."""
        led = {"by": self.trainer, "workshop_id": self.workshop_id, "now": models.utc_now()}
        with db.write_transaction() as session:
            pushing.push_activity(session, **led, activity="cv.court")  # type: ignore[arg-type]

    def row(self) -> WorkshopParticipant:
        """Their place, as it is in the database."""
        with db.read_transaction() as session:
            return session.get_one(WorkshopParticipant, self.participant_id)


def second_passes(*, seconds: float = 0) -> None:
    asyncio.run(polling_screens.SCREENS.refresh_screens(clock=time.monotonic() + seconds))


@pytest.fixture
def following(browser: TestClient, chief: Account, monkeypatch: pytest.MonkeyPatch) -> Iterator[Following]:
    """An admitted guest whose screen has not polled yet; the memory of the process is empty."""
    fresh = polling_screens.PollingScreens()
    for module in (polling_screens, screen_version):
        monkeypatch.setattr(module, "SCREENS", fresh)
    with db.write_transaction() as session:
        trainer = person(session, Role.TRAINER, organisation_id=chief.organisation_id, first_name="Lina")
        now = models.utc_now()
        workshop_id = lifecycle.begin_workshop(session, by=trainer, kind="cv", now=now)
        entrance.open_joining(session, by=trainer, workshop_id=workshop_id, now=now)
        code = session.get_one(Workshop, workshop_id).code
    browser.post("/rejoindre", data={"code": code, "prenom": "Sami"})
    with db.write_transaction() as session:
        entrance.admit_people(session, by=trainer, workshop_id=workshop_id, now=models.utc_now())
        own_id = session.exec(
            select(WorkshopParticipant.id).where(WorkshopParticipant.workshop_id == workshop_id)
        ).one()
    yield Following(browser, trainer, workshop_id, own_id)
    with db.write_transaction() as session:  # the tests of this process share one database
        session.exec(delete(Workshop))


def test_a_screen_is_told_of_a_push_and_otherwise_answered_without_the_database(following: Following) -> None:
    status, tag = following.ask()
    assert (status, tag) == (200, f'"{_version(following)}"')
    with count_queries(db.shared_engine(), 0):
        assert [following.ask(tag)[0] for _ in range(5)] == [304] * 5
    following.push()
    status, newer = following.ask(tag)
    assert status == 200 and newer == f'"{_version(following)}"' != tag


def _version(following: Following) -> str:
    with db.read_transaction() as session:
        workshop = session.get_one(Workshop, following.workshop_id)
    row = following.row()
    return f"{workshop.version}-{row.version}-{row.id}"


def test_while_nobody_polls_nothing_is_read_and_with_many_one_query_tells_all(following: Following) -> None:
    with count_queries(db.shared_engine(), 0):
        second_passes()
    following.ask()
    second_passes()
    with count_queries(db.shared_engine(), 1):
        second_passes()
    with count_queries(db.shared_engine(), 0):
        second_passes(seconds=workshop_policy.SCREEN_FORGOTTEN_AFTER.total_seconds() + 1)


def test_an_answer_that_is_kept_back_comes_with_the_change_and_otherwise_after_seconds(
    following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, tag = following.ask()
    digest, known = presence.token_digest(following.browser.cookies[COOKIE]), tag.strip('"')

    async def seconds_kept(change: Callable[[], object]) -> float:
        begun = time.monotonic()
        answer = asyncio.create_task(polling_screens.SCREENS.wait_for_change(digest, known=known))
        await asyncio.sleep(0)
        change()
        await polling_screens.SCREENS.refresh_screens(clock=time.monotonic())
        await answer
        return time.monotonic() - begun

    with monkeypatch.context() as patient:
        patient.setattr(workshop_policy, "SCREEN_ANSWER_HELD_FOR", timedelta(seconds=0.3))
        assert asyncio.run(seconds_kept(lambda: None)) > 0.25
        with count_queries(db.shared_engine(), 0):
            assert following.ask(tag, prefer="wait=4") == (304, tag)
            begun = time.monotonic()
            assert following.ask(NOBODY, prefer="wait=4") == (200, tag), "what is known already is told at once"
            assert time.monotonic() - begun < 0.25
    patience = workshop_policy.SCREEN_ANSWER_HELD_FOR.total_seconds()
    assert asyncio.run(seconds_kept(lambda: polling_screens.SCREENS.forget_visit(digest))) < patience / 2
    following.ask(tag)
    assert asyncio.run(seconds_kept(following.send)) < patience / 2
    assert polling_screens.SCREENS._held == {}


def test_a_push_costs_an_open_page_two_queries_and_draws_only_what_it_changes(following: Following) -> None:
    """Twenty-five screens are drawn at once: who is there is read, and the screen, and nothing else is sent."""
    with following.browser.websocket_connect(STREAM, subprotocols=["streamlit", "x"], headers=OURS) as socket:
        asked = BackMsg()
        asked.rerun_script.page_name = "seance-en-cours"
        socket.send_bytes(asked.SerializeToString())
        whole = [one.delta for one in until_finished(socket) if one.WhichOneof("type") == "delta"]
        assert any("Je suis bloqué" in str(delta) for delta in whole)
        following.send()
        pieces = [one for one in whole if one.new_element.bidi_component.id.endswith("-session-push")]
        again = BackMsg()
        again.rerun_script.fragment_id = pieces[0].fragment_id
        with count_queries(db.shared_engine(), 2):
            socket.send_bytes(again.SerializeToString())
            told = list(until_finished(socket))
    drawn = [one.delta for one in told if one.WhichOneof("type") == "delta"]
    assert any("Mon CV en court" in str(delta) for delta in drawn)
    assert len(drawn) <= 8, drawn
    assert sum(one.ByteSize() for one in told) < 14_000


def test_a_visit_keeps_few_answers_waiting(following: Following, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop_policy, "SCREEN_ANSWER_HELD_FOR", timedelta(seconds=0.3))
    _, tag = following.ask()
    digest = presence.token_digest(following.browser.cookies[COOKIE])

    async def most_at_once() -> int:
        waits = [polling_screens.SCREENS.wait_for_change(digest, known=tag.strip('"')) for _ in range(20)]
        tasks = [asyncio.create_task(one) for one in waits]
        await asyncio.sleep(0)
        most = len(polling_screens.SCREENS._held[digest])
        await asyncio.gather(*tasks)
        return most

    assert asyncio.run(most_at_once()) == workshop_policy.SCREEN_ANSWERS_HELD


@for_each("how", ["left", "removed", "ended", "forgotten"])
def test_who_takes_part_no_more_is_told_so_once(how: str, following: Following) -> None:
    _, tag = following.ask()

    def change(session: Session) -> None:
        row = session.get_one(WorkshopParticipant, following.participant_id)
        workshop = session.get_one(Workshop, following.workshop_id)
        row.left_at = models.utc_now() if how == "left" else None
        row.state = ParticipantState.REMOVED if how == "removed" else ParticipantState.ADMITTED
        workshop.ended_at = models.utc_now() if how == "ended" else None
        workshop.began_at -= workshop_policy.WORKSHOP_ENDS_AFTER * (how == "forgotten")

    following.act(change)
    assert following.ask(tag) == (200, NOBODY)
    assert following.ask(NOBODY) == (304, NOBODY)

    def undo(session: Session) -> None:
        session.get_one(WorkshopParticipant, following.participant_id).left_at = None
        session.get_one(WorkshopParticipant, following.participant_id).state = ParticipantState.ADMITTED
        session.get_one(Workshop, following.workshop_id).ended_at = None
        session.get_one(Workshop, following.workshop_id).began_at = models.utc_now()

    following.act(undo)
    assert following.ask(tag) == (304, tag)


def test_a_token_that_opens_nothing_learns_nothing(following: Following) -> None:
    good = following.browser.cookies[COOKIE]
    for token in ("", "x", "é" * 40, good[:-1], good + "a", "../" + good, "a" * 8_000):
        try:
            assert following.ask(token=token) == (403, ""), token
        except UnicodeEncodeError:  # this client sends no such header
            continue
    for method in ("POST", "PUT", "DELETE"):
        sent = {"Cookie": f"{COOKIE}={good}", "Origin": "null"}
        assert following.browser.request(method, SIGNAL, headers=sent).status_code in (403, 405)


def test_nothing_in_the_address_names_another_screen(following: Following, chief: Account) -> None:
    """A second person, in another session, asks with every identifier of the first."""
    _, tag = following.ask()
    with db.write_transaction() as session:
        other = person(session, Role.GUEST)
        token = presence.begin_sign_in(session, account=other, now=models.utc_now())
    following.browser.cookies.clear()
    for query in ("", f"?participant={following.participant_id}", f"?workshop={following.workshop_id}", f"?v={tag}"):
        answer = following.browser.get(SIGNAL + query, headers={"Cookie": f"{COOKIE}={token}", "If-None-Match": tag})
        assert (answer.status_code, answer.headers["ETag"], answer.content) == (200, NOBODY, b"")


def test_who_signed_out_or_was_signed_out_learns_nothing_after_fifteen_seconds(following: Following) -> None:
    token = following.browser.cookies[COOKIE]
    assert following.ask(token=token)[0] == 200
    with db.write_transaction() as session:
        presence.end_sign_in(session, token, reason="essai", now=models.utc_now())
    second_passes(seconds=workshop_policy.SCREEN_VISIT_CHECKED_EVERY.total_seconds() + 1)
    assert following.ask(token=token) == (403, "")


def test_a_sleeping_visit_learns_nothing_and_follows_again_once_awake(following: Following) -> None:
    token = following.browser.cookies[COOKIE]
    digest = presence.token_digest(token)
    assert following.ask(token=token)[0] == 200

    def sleep(session: Session, *, on: bool) -> None:
        row = session.exec(select(SignIn).where(SignIn.token_digest == digest)).one()
        row.slept_at = models.utc_now() if on else None

    following.act(lambda session: sleep(session, on=True))
    second_passes(seconds=workshop_policy.SCREEN_VISIT_CHECKED_EVERY.total_seconds() + 1)
    assert following.ask(token=token) == (423, "")
    following.act(lambda session: sleep(session, on=False))
    assert following.ask(token=token)[0] == 200


def test_forged_tokens_without_end_do_not_read_the_database_without_end(
    following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = following.browser.cookies[COOKIE]
    following.ask(token=token)
    monkeypatch.setattr(screen_version, "_lookups", Allowance(at_once=3, a_second=0.01))
    assert [following.ask(token=f"forged{number}")[0] for number in range(4)] == [403, 403, 403, 429]
    with count_queries(db.shared_engine(), 0):
        assert {following.ask(token=f"forged{number}")[0] for number in range(50)} == {429}
        assert following.ask(token=token)[0] == 200, "who is inside goes on"
    assert len(polling_screens.SCREENS._visits) == 1


def test_that_a_screen_is_alive_is_written_at_most_every_five_seconds(following: Following) -> None:
    def alive_at() -> object:
        return following.row().alive_at

    following.ask()
    joined = alive_at()
    second_passes()
    first = alive_at()
    assert first != joined
    following.ask()
    second_passes(seconds=workshop_policy.SCREEN_ALIVE_WRITTEN_EVERY.total_seconds() - 1)
    assert alive_at() == first
    second_passes(seconds=workshop_policy.SCREEN_ALIVE_WRITTEN_EVERY.total_seconds() + 1)
    assert alive_at() != first
    last = alive_at()
    second_passes(seconds=3 * workshop_policy.SCREEN_ALIVE_WRITTEN_EVERY.total_seconds())
    assert alive_at() == last, "a screen that polls no more is not alive"


@for_each("state", [ParticipantState.ADMITTED, ParticipantState.WAITING])
def test_the_open_screen_of_an_admitted_guest_keeps_them_signed_in(
    state: ParticipantState, following: Following
) -> None:
    digest = presence.token_digest(following.browser.cookies[COOKIE])

    def age(session: Session) -> None:
        session.get_one(WorkshopParticipant, following.participant_id).state = state
        row = session.exec(select(SignIn).where(SignIn.token_digest == digest)).one()
        row.seen_at = models.utc_now() - timedelta(minutes=10)

    following.act(age)
    following.ask()
    second_passes()
    with db.read_transaction() as session:
        seen_at = session.exec(select(SignIn.seen_at).where(SignIn.token_digest == digest)).one()
    kept = models.utc_now() - seen_at < timedelta(minutes=1)
    assert kept is (state is ParticipantState.ADMITTED)
