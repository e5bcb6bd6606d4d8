"""An answer reruns a fragment, which passes neither the router nor the page's guard: it asks who is there by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from clicnjob import db, models
from clicnjob.accounts import presence
from clicnjob.models import SignIn, Work, WorkKind
from tests.test_server import OURS, STREAM

pytest_plugins = ["tests.doors"]


@dataclass
class Guide:
    """The guided CV in one tab: what the last run drew."""

    socket: Any
    drawn: list[ForwardMsg] = field(default_factory=list)

    def run(self, *, page: str = "", fragment: str = "", widget: str = "", text: str = "") -> None:
        asked = BackMsg()
        asked.rerun_script.page_name, asked.rerun_script.fragment_id = page, fragment
        if widget:
            asked.rerun_script.widget_states.widgets.add(id=widget, string_value=text)
        self.socket.send_bytes(asked.SerializeToString())
        self.drawn = list(self._until_finished())

    def write(self, text: str) -> None:
        """Leave the first box of the fragment with this text."""
        fragment, box = next((m.delta.fragment_id, e.text_input.id) for m, e in self._elements("text_input"))
        assert fragment
        self.run(fragment=fragment, widget=box, text=text)

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


@pytest.fixture
def guide(browser: TestClient) -> Iterator[Guide]:
    browser.post("/connexion/essai")
    with browser.websocket_connect(STREAM, subprotocols=["streamlit", "x"], headers=OURS) as socket:
        opened = Guide(socket)
        opened.run(page="construire")
        yield opened


def first_name(of: str) -> str:
    with db.read_transaction() as session:
        query = select(Work).where(Work.account_id == of, Work.kind == WorkKind.PROFILE)
        return str(session.exec(query).one().body["first_name"])


def account() -> str:
    """The guest who came last."""
    with db.read_transaction() as session:
        return session.exec(select(SignIn).order_by(SignIn.started_at.desc())).first().account_id  # type: ignore[attr-defined,union-attr]


def test_an_answer_is_kept_and_draws_the_question_alone(guide: Guide) -> None:
    guide.write("Zoé")
    assert first_name(account()) == "Zoé"
    assert "text_input" in guide.kinds and "page_link" not in guide.kinds
    assert any("ZOÉ" in e.html.body or "Zoé" in e.html.body for _, e in guide._elements("html"))


def test_an_answer_after_the_end_of_the_visit_changes_nothing_and_shows_the_way_in(guide: Guide) -> None:
    guide.write("Zoé")
    with db.write_transaction() as session:
        presence.end_all(session, account_id=account(), reason="test", now=models.utc_now())
    guide.write("Léa")
    assert first_name(account()) == "Zoé"
    assert guide.titles == ["À bientôt"]
    assert "text_input" not in guide.kinds
