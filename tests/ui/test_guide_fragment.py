"""An answer reruns a fragment, which passes neither the router nor the page's guard: it asks who is there by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from clicnjob import db, models
from clicnjob.accounts import people, presence
from clicnjob.models import Account, Role, SignIn, Work, WorkKind
from clicnjob.ui.shell import uploads
from clicnjob.web import COOKIE
from tests.conftest import person
from tests.web.test_server import OURS, STREAM

pytest_plugins = ["tests.sign_in_pages"]


@dataclass
class DrawnPage:
    """A page in one tab: what the last run drew."""

    socket: Any
    drawn: list[ForwardMsg] = field(default_factory=list)

    def run(self, *, page: str = "", fragment: str = "", widget: str = "", text: str = "") -> None:
        asked = BackMsg()
        asked.rerun_script.page_name, asked.rerun_script.fragment_id = page, fragment
        if widget and text:
            asked.rerun_script.widget_states.widgets.add(id=widget, string_value=text)
        elif widget:
            asked.rerun_script.widget_states.widgets.add(id=widget, trigger_value=True)
        self.socket.send_bytes(asked.SerializeToString())
        self.drawn = list(self._until_finished())

    def write(self, text: str) -> None:
        """Leave the first box of the fragment with this text."""
        fragment, box = next((m.delta.fragment_id, e.text_input.id) for m, e in self._elements("text_input"))
        assert fragment
        self.run(fragment=fragment, widget=box, text=text)

    def press(self, key: str) -> None:
        """Press the button of the fragment with this key."""
        drawn = [(m.delta.fragment_id, e.button.id) for m, e in self._elements("button")]
        fragment, button = next(each for each in drawn if each[1].endswith(f"-{key}"))
        assert fragment
        self.run(fragment=fragment, widget=button)

    def press_labelled(self, label: str) -> None:
        """Press the button of the fragment that says this."""
        drawn = [(m.delta.fragment_id, e.button.id) for m, e in self._elements("button") if e.button.label == label]
        assert drawn and drawn[0][0], self.buttons
        self.run(fragment=drawn[0][0], widget=drawn[0][1])

    @property
    def buttons(self) -> list[str]:
        return [e.button.label for _, e in self._elements("button")]

    @property
    def kinds(self) -> set[str]:
        return {str(e.WhichOneof("type")) for _, e in self._elements()}

    @property
    def titles(self) -> list[str]:
        return [e.heading.body for _, e in self._elements("heading")]

    def _elements(self, kind: str = "") -> Iterator[tuple[ForwardMsg, Any]]:
        for message in self.drawn:
            element = message.delta.new_element
            if message.WhichOneof("type") == "delta" and kind in ("", element.WhichOneof("type")):
                yield message, element

    def _until_finished(self) -> Iterator[ForwardMsg]:
        while True:
            told = ForwardMsg.FromString(self.socket.receive_bytes())
            yield told
            if told.WhichOneof("type") == "script_finished" and told.script_finished in (
                ForwardMsg.FINISHED_SUCCESSFULLY,
                ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
            ):
                return


@contextmanager
def opened_page(browser: TestClient, address: str, **headers: str) -> Iterator[DrawnPage]:
    with browser.websocket_connect(STREAM, subprotocols=["streamlit", "x"], headers=OURS | headers) as socket:
        opened = DrawnPage(socket)
        opened.run(page=address)
        assert "page_link" in opened.kinds, "the whole page has the menu"
        yield opened


@pytest.fixture
def guide(browser: TestClient) -> Iterator[DrawnPage]:
    browser.post("/connexion/essai")
    with opened_page(browser, "construire") as opened:
        yield opened


@pytest.fixture
def search(browser: TestClient) -> Iterator[DrawnPage]:
    browser.post("/connexion/essai")
    with opened_page(browser, "metiers") as opened:
        yield opened


@pytest.fixture
def training(browser: TestClient) -> Iterator[DrawnPage]:
    browser.post("/connexion/essai")
    with opened_page(browser, "entrainement") as opened:
        yield opened


@pytest.fixture
def cohort(browser: TestClient, chief: Account) -> Iterator[DrawnPage]:
    with db.write_transaction() as session:
        adviser = person(session, Role.ADVISER, organisation_id=chief.organisation_id)
        people.enrol_young(session, by=adviser, first_name="Zoé", last_name="Essai", now=models.utc_now())
        token = presence.begin_sign_in(session, account=adviser, now=models.utc_now())
    with opened_page(browser, "mes-jeunes", cookie=f"{COOKIE}={token}") as opened:
        yield opened


def end_visit() -> None:
    with db.write_transaction() as session:
        presence.end_all(session, account_id=account(), reason="test", now=models.utc_now())


def first_name(of: str) -> str:
    with db.read_transaction() as session:
        query = select(Work).where(Work.account_id == of, Work.kind == WorkKind.PROFILE)
        return str(session.exec(query).one().body["first_name"])


def account() -> str:
    """Who came last."""
    with db.read_transaction() as session:
        return session.exec(select(SignIn).order_by(SignIn.started_at.desc())).first().account_id  # type: ignore[attr-defined,union-attr]


def test_an_answer_is_kept_and_draws_the_question_alone(guide: DrawnPage) -> None:
    guide.write("Zoé")
    assert first_name(account()) == "Zoé"
    assert "text_input" in guide.kinds and "page_link" not in guide.kinds
    assert any("ZOÉ" in e.html.body or "Zoé" in e.html.body for _, e in guide._elements("html"))


def test_an_answer_after_the_end_of_the_visit_changes_nothing_and_shows_the_way_in(guide: DrawnPage) -> None:
    guide.write("Zoé")
    end_visit()
    guide.write("Léa")
    assert first_name(account()) == "Zoé"
    assert guide.titles == ["À bientôt"]
    assert "text_input" not in guide.kinds


def test_a_search_draws_its_answer_alone(search: DrawnPage) -> None:
    search.write("coifeuse")
    assert "page_link" not in search.kinds
    assert search.titles == ["Trouver des métiers"] and any("Coiff" in label for label in search.buttons)


def test_a_search_after_the_end_of_the_visit_shows_the_way_in(search: DrawnPage) -> None:
    end_visit()
    search.write("coifeuse")
    assert search.titles == ["À bientôt"]
    assert not any("Coiff" in label for label in search.buttons)


def test_a_job_of_the_answer_opens_its_page_whole(search: DrawnPage) -> None:
    search.write("coifeuse")
    search.press(next(e.button.id for _, e in search._elements("button") if "Coiff" in e.button.label).split("-", 2)[2])
    assert "page_link" in search.kinds and any("Coiff" in title for title in search.titles)


def test_a_filter_draws_the_young_people_alone(cohort: DrawnPage) -> None:
    cohort.press("figure-never")
    assert "page_link" not in cohort.kinds
    assert cohort.titles == ["Mes jeunes"] and "Tout effacer" in cohort.buttons


def test_a_filter_after_the_end_of_the_visit_shows_nobody(cohort: DrawnPage) -> None:
    end_visit()
    cohort.press("figure-never")
    assert cohort.titles == ["À bientôt"] and "bidi_component" not in cohort.kinds


def test_a_subject_and_a_length_draw_the_training_alone(training: DrawnPage) -> None:
    training.press_labelled("Se présenter")
    training.press_labelled("5 minutes, 3 questions")
    assert "page_link" not in training.kinds and "J’ai répondu" in training.buttons


def test_a_microphone_opens_the_gate_and_the_next_screen_closes_it(training: DrawnPage) -> None:
    """A fragment's run passes the router no more than the guard: it counts the boxes of its own screen."""
    others = set(uploads.session_owners())
    training.press_labelled("Se présenter")
    training.press_labelled("5 minutes, 3 questions")
    assert max(sum(uploads.shown_bytes(each)) for each in set(uploads.session_owners()) - others) > 0
    training.press_labelled("J’ai répondu")
    training.press_labelled("Question suivante")
    training.press_labelled("Arrêter l’entraînement")
    training.press_labelled("Se présenter")
    assert max(sum(uploads.shown_bytes(each)) for each in set(uploads.session_owners()) - others) == 0


def test_an_answer_of_the_training_after_the_end_of_the_visit_shows_the_way_in(training: DrawnPage) -> None:
    end_visit()
    training.press_labelled("Se présenter")
    assert "À bientôt" in training.titles
