"""The box of a message: what is typed survives a reload, and leaves it only when it was sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from clicnjob import db
from clicnjob.models import Account, Draft, HelpAsked, Role

Seat = Callable[[Role | None], Account | None]
BOX = "kept·call-word·0"
_PAGE = """
import streamlit as st
from clicnjob import models
from clicnjob.cohort.support import help_requests
from clicnjob.ui.forms import draft_boxes, text_boxes

def send():
    draft_boxes.send_draft(
        "call-word",
        lambda session, me, word: help_requests.ask_for_help(session, by=me, word=word, now=models.utc_now()),
        told="C’est parti.",
    )

st.title("Essai")
{ready}
draft_boxes.draw_draft("Ton mot", name="call-word", most=140)
st.button("Envoyer", key="send", on_click=send)
text_boxes.report_to_browser()
"""
PAGE = _PAGE.format(ready="")
READY = _PAGE.format(ready='draft_boxes.draw_ready_words(("Merci.",), name="call-word", most=140)')


@pytest.fixture
def lina(sign_in: Seat) -> Account:
    account = sign_in(Role.YOUNG)
    assert account is not None
    return account


def opened(page: str = PAGE) -> AppTest:
    return AppTest.from_string(page, default_timeout=60).run()


def written() -> list[str]:
    with db.read_transaction() as session:
        return list(session.exec(select(Draft.text)))


def test_what_is_typed_is_there_after_a_reload(lina: Account) -> None:
    opened().text_input(BOX).set_value("Je bloque").run()
    assert written() == ["Je bloque"]
    assert opened().text_input(BOX).value == "Je bloque"


def test_a_message_that_was_sent_leaves_no_draft(lina: Account) -> None:
    page = opened()
    page.text_input(BOX).set_value("Je bloque").run()
    page.button("send").click().run()
    with db.read_transaction() as session:
        assert session.exec(select(HelpAsked.word)).all() == ["Je bloque"]
    assert written() == [] and page.text_input(BOX).value == ""


def test_a_message_that_is_refused_stays_in_its_box(lina: Account) -> None:
    with db.write_transaction() as session:
        session.get_one(Account, lina.id).organisation_id = None  # nobody to ask
    page = opened()
    page.text_input(BOX).set_value("Je bloque").run()
    page.button("send").click().run()
    assert written() == ["Je bloque"] and page.text_input(BOX).value == "Je bloque"


def test_a_ready_sentence_is_written_into_the_box_and_does_not_leave(lina: Account) -> None:
    page = opened(READY)
    page.text_input(BOX).set_value("Bonjour.").run()
    page.button("ready-call-word-0").click().run()
    assert page.text_input(BOX).value == "Bonjour. Merci." and written() == ["Bonjour. Merci."]
    with db.read_transaction() as session:
        assert session.exec(select(HelpAsked.word)).all() == []
