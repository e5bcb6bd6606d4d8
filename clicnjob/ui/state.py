"""The few things kept in the session: ids, places, versions read, messages to show once. Never records or drafts."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

_SIGN_IN = "sign_in"
_CV = "cv_id"
_BASES = "bases"
_EPOCH = "epoch"
_NOTICES = "notices"
_FAULTS = "faults"
_SAVED = "saved_at"
ERASED = "erased"  # the person has just erased everything: the last page says so


def bind(sign_in_id: str) -> None:
    """Tie this Streamlit session to one sign-in: another one starts from nothing."""
    if st.session_state.get(_SIGN_IN) != sign_in_id:
        st.session_state.clear()
        st.session_state[_SIGN_IN] = sign_in_id


def sign_in_id() -> str:
    """The sign-in that this Streamlit session is tied to, or ''."""
    return str(st.session_state.get(_SIGN_IN, ""))


def cv_id() -> str:
    """The CV being worked on, or ''."""
    return str(st.session_state.get(_CV, ""))


def choose_cv(chosen: str) -> None:
    """Work on this CV from now on."""
    st.session_state[_CV] = chosen


def bases() -> dict[str, int]:
    """The versions that are on the screen, by work id."""
    return dict(st.session_state.get(_BASES, {}))


def show_versions(versions: Mapping[str, int]) -> None:
    """Remember the versions that this run shows."""
    st.session_state[_BASES] = dict(versions)


def key(*parts: str) -> str:
    """A widget key; it changes when something else than the widget changed its value (undo, a correction taken)."""
    return "·".join((*parts, str(st.session_state.get(_EPOCH, 0))))


def renew_widgets() -> None:
    """Give every widget a new key, so that it shows what is kept instead of what it remembers."""
    st.session_state[_EPOCH] = st.session_state.get(_EPOCH, 0) + 1


def tell(sentence: str) -> None:
    """Show a sentence once, at the next drawing of the page."""
    st.session_state.setdefault(_NOTICES, []).append(sentence)


def told() -> list[str]:
    """The sentences to show now; they are then forgotten."""
    return list(st.session_state.pop(_NOTICES, []))


def fault(widget: str, sentence: str = "") -> None:
    """Keep what is wrong with a widget's text beside it, or forget it with ''."""
    faults = st.session_state.setdefault(_FAULTS, {})
    faults.pop(widget, None)
    if sentence:
        faults[widget] = sentence


def faults() -> dict[str, str]:
    """What is wrong now, by widget key."""
    return dict(st.session_state.get(_FAULTS, {}))


def forget_faults() -> None:
    """Leaving a question leaves its faults."""
    st.session_state.pop(_FAULTS, None)


def mark_saved(saved: bool) -> None:
    """Whether the last act of this session is in the database."""
    st.session_state[_SAVED] = saved


def is_saved() -> bool | None:
    """True after a commit, False after a save that failed, None before any."""
    return st.session_state.get(_SAVED)
