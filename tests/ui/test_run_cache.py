"""Who is there and what they have is read once in a run, and again in the next."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

COUNTING = """
import streamlit as st
from clicnjob.ui.shell import run_cache

def read():
    st.session_state["reads"] = st.session_state.get("reads", 0) + 1
    return st.session_state["reads"]

def act():
    run_cache.read_once("bag", read)

st.button("Agir", key="act", on_click=act)
st.text(f"{run_cache.read_once('bag', read)} {run_cache.read_once('bag', read)}")
"""

REPLACING = """
import streamlit as st
from clicnjob.ui.shell import run_cache

run_cache.put_read("bag", "neuf")
st.text(run_cache.read_once("bag", lambda: "lu"))
st.text(run_cache.peek_read("bag", int))
run_cache.forget_read("bag")
st.text(run_cache.read_once("bag", lambda: "relu"))
"""


def page(script: str) -> AppTest:
    return AppTest.from_string(script).run()


def test_one_run_reads_once() -> None:
    assert page(COUNTING).text[0].value == "1 1"


def test_the_next_run_reads_again() -> None:
    assert page(COUNTING).run().text[0].value == "2 2"


def test_what_a_callback_read_serves_the_page_that_follows() -> None:
    acted = page(COUNTING).button("act").click().run()
    assert acted.text[0].value == "2 2"


def test_what_an_act_made_replaces_what_was_read_until_it_is_forgotten() -> None:
    assert [text.value for text in page(REPLACING).text] == ["neuf", "None", "relu"]
