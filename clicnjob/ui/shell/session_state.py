"""What the session keeps: ids, places, versions read, and messages to show once; never records or drafts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from clicnjob.ui.shell import tab_memory

_SIGN_IN = "sign_in"
_CV = "cv_id"
_BASES = "bases"
_EPOCH = "epoch"
_NOTICES = "notices"
_FAULTS = "faults"
_SAVED = "saved_at"
_LEFT = "left_off"
# Where the person is, by id: a new session of the same tab starts from there (`tab_memory`).
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
ERASED = "erased"  # the person has just erased everything, and the last page confirms it


def bind_session(sign_in_id: str) -> None:
    """Bind this Streamlit session to one sign-in, and clear what belongs to another one.

    After a restart of the server, a new session of a tab with the same sign-in starts from where the tab was.
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
    """Return what a tab must know to continue in a new session; empty while nobody is signed in."""
    if (sign_in_id := st.session_state.get(_SIGN_IN)) is None:
        return {}
    places = {name: st.session_state[name] for name in PLACES if name in st.session_state}
    return {"visit": tab_memory.visit_mark(sign_in_id), "epoch": st.session_state.get(_EPOCH, 0), "places": places}


def left_off(box: str) -> tuple[int, int] | None:
    """Return, once and only in a new session, what this box of the tab was based on.

    The pair holds the checksums of the text last saved from the box, and of the stored text at that time.
    """
    left: dict[str, tuple[int, int]] = st.session_state.get(_LEFT, {})
    return left.pop(box, None)


def sign_in_id() -> str:
    """Return the id of the sign-in to which this session is bound, or ''."""
    return str(st.session_state.get(_SIGN_IN, ""))


def cv_id() -> str:
    """Return the id of the selected CV, or ''."""
    return str(st.session_state.get(_CV, ""))


def choose_cv(chosen: str) -> None:
    """Select a CV."""
    st.session_state[_CV] = chosen


def screen_versions() -> dict[str, int]:
    """Return the versions that the screen shows, by work id."""
    return dict(st.session_state.get(_BASES, {}))


def show_versions(versions: Mapping[str, int]) -> None:
    """Record the versions that this run shows."""
    st.session_state[_BASES] = dict(versions)


def widget_key(*parts: str) -> str:
    """Return a widget key. It changes with `renew_widgets`, when something else changed the widget's value."""
    return "·".join((*parts, str(st.session_state.get(_EPOCH, 0))))


def renew_widgets() -> None:
    """Give every widget a new key, so that it shows the stored value instead of the one it remembers."""
    st.session_state[_EPOCH] = st.session_state.get(_EPOCH, 0) + 1


def tell_once(sentence: str) -> None:
    """Show a sentence once, on the next run."""
    st.session_state.setdefault(_NOTICES, []).append(sentence)


def sentences_to_show() -> list[str]:
    """Return the sentences to show, and forget them."""
    return list(st.session_state.pop(_NOTICES, []))


def set_fault(widget: str, sentence: str = "") -> None:
    """Set the error sentence shown below a widget; '' removes it."""
    faults = st.session_state.setdefault(_FAULTS, {})
    faults.pop(widget, None)
    if sentence:
        faults[widget] = sentence


def current_faults() -> dict[str, str]:
    """Return the error sentences by widget key."""
    return dict(st.session_state.get(_FAULTS, {}))


def forget_faults() -> None:
    """Remove all error sentences, for instance when leaving a question."""
    st.session_state.pop(_FAULTS, None)


def mark_saved(saved: bool) -> None:
    """Record whether the last action was saved to the database."""
    st.session_state[_SAVED] = saved


def is_saved() -> bool | None:
    """Return True after a commit, False after a failed save, None before any action."""
    return st.session_state.get(_SAVED)
