"""Who is there is asked once a run, and again after an act that may have ended the visit."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from clicnjob.models import Account, Role
from tests.conftest import count_queries

PAGE = """
import streamlit as st
from clicnjob import models
from clicnjob.accounts import presence
from clicnjob.models import YOUNG_ROLES
from clicnjob.paths import PAGES
from clicnjob.ui.shell import guard, navigation, signed_in, transactions

def leave():
    transactions.run_action(lambda s, me: presence.end_all(s, account_id=me.id, reason="test", now=models.utc_now()))

every = [st.Page(PAGES / p.file, url_path=p.address, default=not n) for n, p in enumerate(navigation.EVERY_PAGE)]
st.navigation(every, position="hidden")
signed_in.person_here()
me = guard.require_role(*YOUNG_ROLES)
st.title("Ma page")
st.button("Partir", key="leave", on_click=leave)
"""
Seat = Callable[[Role | None], Account | None]


def test_the_run_of_an_act_that_ends_the_visit_already_shows_the_way_in(sign_in: Seat) -> None:
    sign_in(Role.GUEST)
    page = AppTest.from_string(PAGE, default_timeout=20).run()
    assert [title.value for title in page.title] == ["Ma page"]
    page.button("leave").click().run()
    assert [title.value for title in page.title] == ["À bientôt"]


def test_the_router_and_the_guard_ask_once_together(sign_in: Seat, database: Engine) -> None:
    sign_in(Role.GUEST)
    page = AppTest.from_string(PAGE, default_timeout=20)
    with count_queries(database, 20) as sent:
        page.run()
    assert [title.value for title in page.title] == ["Ma page"]
    assert sum("signin" in statement and statement.startswith("SELECT") for statement in sent) == 1, sent
