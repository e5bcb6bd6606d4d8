"""The few things kept in the session: ids, places, versions read, messages to show once. Never records or drafts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from clicnjob.ui import tab_memory

_SIGN_IN = "sign_in"
_CV = "cv_id"
_BASES = "bases"
_EPOCH = "epoch"
_NOTICES = "notices"
_FAULTS = "faults"
_SAVED = "saved_at"
_LEFT = "left_off"
# Where somebody is, by id: a new session of the same tab goes on there (`tab_memory`).
PLACES = (
    _CV,
    "job",
    "family",
    "application_new",
    "day_id",
    "day_step",
    "pitch_piece",
    "training_job",
    "training_theme",
    "person",
    "person_part",
    "person_opening",
    "gathering",
    "gathering_kind",
    "team_structure",
    "team_member",
)
ERASED = "erased"  # the person has just erased everything: the last page says so


def bind(sign_in_id: str) -> None:
    """Tie this Streamlit session to one sign-in: another one starts from nothing.

    A new session of a tab that was already in this visit (the server was restarted) goes on where the tab was.
    """
    if st.session_state.get(_SIGN_IN) == sign_in_id:
        return
    left = tab_memory.memory_left_by(sign_in_id) if _SIGN_IN not in st.session_state else None
    if left is None:
        st.session_state.clear()
    else:
        st.session_state.update(tab_memory.places_in(left, PLACES))
        st.session_state[_LEFT] = tab_memory.checksums_in(left)
        epoch = left.get("epoch")
        st.session_state[_EPOCH] = epoch if isinstance(epoch, int) else 0
    st.session_state[_SIGN_IN] = sign_in_id


def to_carry() -> dict[str, Any]:
    """What the tab must know to go on in another session; empty while nobody is signed in."""
    if (sign_in_id := st.session_state.get(_SIGN_IN)) is None:
        return {}
    places = {name: st.session_state[name] for name in PLACES if name in st.session_state}
    return {"visit": tab_memory.visit_mark(sign_in_id), "epoch": st.session_state.get(_EPOCH, 0), "places": places}


def left_off(box: str) -> tuple[int, int] | None:
    """In a new session: the check sums of what this box of the tab last saved, and of what was then kept. Told once."""
    left: dict[str, tuple[int, int]] = st.session_state.get(_LEFT, {})
    return left.pop(box, None)


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
