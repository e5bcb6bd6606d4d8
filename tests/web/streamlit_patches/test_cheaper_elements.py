"""Lighter drawings give what Streamlit's own give."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit import time_util
from streamlit.components.v2 import presentation
from streamlit.components.v2.bidi_component import main as components
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import forward_msg_cache
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from clicnjob.web.streamlit_patches import durations, element_telemetry, message_hashes
from clicnjob.web.streamlit_patches.install import install
from tests.forked import run_program

install("all")


@pytest.fixture
def session() -> SafeSessionState:
    made = SafeSessionState(SessionState(), lambda: None)
    made["ville"] = "Calais"
    made["age"] = None
    return made


def test_a_session_looks_the_same_without_being_copied(session: SafeSessionState) -> None:
    whole = session._state.filtered_state
    seen = session.filtered_state
    assert dict(seen) == whole == {"ville": "Calais", "age": None}
    assert "ville" in seen and "autre" not in seen and seen["age"] is None and len(seen) == 2


def test_a_value_asked_for_does_not_read_the_others(session: SafeSessionState, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = session.filtered_state
    monkeypatch.setattr(SessionState, "_keys", lambda self: pytest.fail("the whole session was read"))
    assert "ville" in seen and seen["ville"] == "Calais"


def test_a_component_with_callbacks_keeps_its_state() -> None:
    assert components.make_bidi_component_presenter("events", "one", {"back"}) is not None
    assert components.make_bidi_component_presenter("events", "one") is None


def test_a_component_without_callbacks_has_nothing_to_present(session: SafeSessionState) -> None:
    plain = presentation.make_bidi_component_presenter("events", "one")
    assert plain({}, session._state) == {}


def message(words: str, kind: str = "html") -> ForwardMsg:
    made = ForwardMsg()
    getattr(made.delta.new_element, kind).body = words
    made.metadata.delta_path[:] = [0, 1]
    return made


def test_a_message_is_named_by_its_content_and_cached_like_streamlits() -> None:
    named = message_hashes.hash_by_content(100)
    short, again, other, long = message("un"), message("un"), message("deux"), message("x" * 200)
    for one in (short, again, other, long):
        named(one)
    assert short.hash == again.hash != other.hash and len(short.hash) == 32
    assert (short.metadata.cacheable, long.metadata.cacheable) == (False, True)
    assert list(short.metadata.delta_path) == [0, 1]
    theirs = message("un")
    forward_msg_cache.populate_hash_if_needed(theirs)
    assert len(theirs.hash) == len(short.hash)


@pytest.mark.parametrize("finished", [ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_EARLY_FOR_RERUN])
def test_a_message_that_is_a_number_is_named_too(finished: int) -> None:
    told = ForwardMsg(script_finished=finished)  # type: ignore[arg-type]
    message_hashes.hash_by_content(100)(told)
    assert told.hash and not told.metadata.cacheable


def test_every_drawing_lost_its_wrapper_and_nothing_else() -> None:
    for name in ("button", "text_input", "html", "title", "container", "pills"):
        drawing = getattr(st, name)
        assert drawing.__name__ == name and drawing.__func__.__code__ is not element_telemetry.WRAPPER


@pytest.mark.parametrize("written", ["500ms", "1s", "0ms", "90s", "1m", "0.5s", 3, 0.25, timedelta(minutes=2), None])
def test_a_duration_is_read_as_streamlit_reads_it(written: float | timedelta | str | None) -> None:
    assert durations.seconds_of(written) == time_util.time_to_seconds(written)


_BOX_ALONE = """
import sys
import streamlit as st
from clicnjob.web.streamlit_patches.install import install
install("safe")
st.text_input("Ville", live="500ms")
st.text_input("Nom", live=True)
print("pandas" in sys.modules)
"""


@pytest.mark.slow
def test_a_text_box_does_not_load_pandas(tmp_path: Path) -> None:
    told = run_program(_BOX_ALONE, folder=tmp_path, settings={})
    assert told.out.strip() == "False", told


# As the steps of the guide do.
_COMPONENT_ALONE = """
import sys
import streamlit as st
from clicnjob.web.streamlit_patches.install import install
from streamlit.components.v2.bidi_component import serialization
from streamlit.proto.BidiComponent_pb2 import BidiComponent
install("safe")
sent = BidiComponent()
serialization.serialize_mixed_data({"steps": [{"key": "moi"}], "place": "nom", "ticks": {"ids": []}}, sent)
print(sent.json, "pandas" in sys.modules)
"""


@pytest.mark.slow
def test_a_component_that_receives_a_list_does_not_load_pandas(tmp_path: Path) -> None:
    told = run_program(_COMPONENT_ALONE, folder=tmp_path, settings={})
    assert told.out.strip() == '{"steps": [{"key": "moi"}], "place": "nom", "ticks": {"ids": []}} False', told
