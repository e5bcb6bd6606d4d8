"""What a browser tab remembers for its session: its sign-in, its place, and the stored text behind each text box.

A server may be killed or replaced while somebody writes. The browser then starts a new session and sends the values of
its widgets, but the session knows neither where the person was nor which values are newer than the stored ones. A
hidden text box holds this, so that it travels with every event. It holds ids and checksums, never a text.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from typing import Any

import streamlit as st

from clicnjob.ui.shell import script_run, session_state

KEY = "cj-carried"
_LONGEST = 64  # characters of an id or a place
_MOST = 20_000  # characters in total


def checksum_of(text: str) -> int:
    """Return the CRC-32 of a text; clicnjob/static/keeping.js computes the same."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def css_class_of(key: str) -> str:
    """Return the CSS class that Streamlit gives the element of a widget key; keeping.js finds boxes by it."""
    return "st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", key.strip())


def visit_mark(identity: str) -> str:
    """Return a digest that identifies a sign-in, or a session, without granting access to it."""
    return hashlib.sha256(identity.encode()).hexdigest()[:12]


def draw_memory(words: dict[str, Any]) -> None:
    """Draw the hidden box that holds `words`. Call it once a run, after everything else."""
    session_state.set_widget_value(KEY, json.dumps(words, separators=(",", ":")))
    st.text_input("Mémoire de la page", key=KEY, on_change="ignore", autocomplete="off")


def bind_session(sign_in_id: str) -> None:
    """Bind this Streamlit session to one sign-in, and clear what belongs to another one.

    After a restart of the server, a new session of a tab with the same sign-in starts from where the tab was.
    """
    if session_state.sign_in_id() == sign_in_id:
        return
    left = None if session_state.SIGN_IN.is_set() else memory_left_by(sign_in_id)
    if left is None:
        session_state.clear_session()
    else:
        epoch = left.get("epoch")
        names = tuple(key.name for key in session_state.PLACES)
        session_state.restore_places(places_in(left, names), epoch=epoch if isinstance(epoch, int) else 0)
        session_state.LEFT_OFF.entries().update(checksums_in(left))
    session_state.SIGN_IN.set(sign_in_id)


def to_carry() -> dict[str, Any]:
    """Return what a tab must know to continue in a new session; empty while nobody is signed in.

    static/keeping.js compares `session` to know that the page of a tab was drawn again after a restart.
    """
    if not session_state.SIGN_IN.is_set():
        return {}
    places = {key.name: key.get() for key in session_state.PLACES if key.is_set()}
    return {
        "visit": visit_mark(session_state.sign_in_id()),
        "session": visit_mark(script_run.session_id()),
        "epoch": session_state.current_epoch(),
        "places": places,
    }


def left_off(box: str) -> tuple[int, int] | None:
    """Return, once and only in a new session, what this box of the tab was based on.

    The pair holds the checksums of the text last saved from the box, and of the stored text at that time.
    """
    return session_state.LEFT_OFF.entries().pop(box, None)


def memory_left_by(sign_in_id: str) -> dict[str, Any] | None:
    """Return, in a new session, what the tab remembers of its earlier session; None if the sign-in differs."""
    if (sent := script_run.sent_text(KEY)) is None:
        return None
    words = _read_words(sent)
    return words if words.get("visit") == visit_mark(sign_in_id) else None


def places_in(words: dict[str, Any], allowed: tuple[str, ...]) -> dict[str, Any]:
    """Return the remembered places that have an allowed name and a short plain value."""
    places = words.get("places")
    if not isinstance(places, dict):
        return {}
    return {name: value for name, value in places.items() if name in allowed and _is_plain(value)}


def checksums_in(words: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Return by box the checksums of the text last saved from it, and of the stored text that resulted."""
    boxes = words.get("boxes")
    if not isinstance(boxes, dict):
        return {}
    return {
        name: (box[0], box[1])
        for name, box in boxes.items()
        if isinstance(box, list) and len(box) > 1 and all(isinstance(each, int) for each in box[:2])
    }


def _read_words(written: str) -> dict[str, Any]:
    if len(written) > _MOST:
        return {}
    try:
        words = json.loads(written)
    except ValueError:
        return {}
    return words if isinstance(words, dict) else {}


def _is_plain(value: object) -> bool:
    return isinstance(value, bool | int) or (isinstance(value, str) and len(value) <= _LONGEST)
