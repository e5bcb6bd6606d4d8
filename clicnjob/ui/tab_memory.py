"""What a tab carries for its session: which visit it is, its places, and what each of its text boxes was based on.

The server may be killed, or another one take over, while somebody writes. The browser then begins a new session and
sends the values of its widgets; without a word with them, the new session would know neither where the person was nor
which of these values are newer than what is kept. A hidden text box holds that word, so it travels with every act.
It holds ids and check sums, never a text.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

KEY = "cj-carried"
_LONGEST = 64  # of an id or a place
_MOST = 20_000  # of the whole


def checksum_of(text: str) -> int:
    """A short check sum of a text; clicnjob/static/keeping.js computes the same."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def css_class_of(key: str) -> str:
    """The CSS class by which Streamlit marks the element of a widget key; keeping.js finds boxes by it."""
    return "st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", key.strip())


def visit_mark(sign_in_id: str) -> str:
    """A name of a sign-in that opens nothing."""
    return hashlib.sha256(sign_in_id.encode()).hexdigest()[:12]


def draw_memory(words: dict[str, Any]) -> None:
    """Draw the hidden box that holds `words`. Once a run, after everything else."""
    st.session_state[KEY] = json.dumps(words, separators=(",", ":"))
    st.text_input("Mémoire de la page", key=KEY, on_change="ignore", autocomplete="off")


def memory_left_by(sign_in_id: str) -> dict[str, Any] | None:
    """In a new session: what the tab carries from its earlier session of this same visit, or None."""
    run = get_script_run_ctx(suppress_warning=True)
    sent = run.session_state.get_widget_states() if run is not None else []
    for state in sent:
        if state.id.endswith(f"-{KEY}"):
            words = _read(state.string_value)
            return words if words.get("visit") == visit_mark(sign_in_id) else None
    return None


def places_in(words: dict[str, Any], allowed: tuple[str, ...]) -> dict[str, Any]:
    """The places among what was carried: known names, short plain values."""
    places = words.get("places")
    if not isinstance(places, dict):
        return {}
    return {name: value for name, value in places.items() if name in allowed and _is_plain(value)}


def checksums_in(words: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """By box, the check sums of the text that was last saved from it and of the kept text that it became."""
    boxes = words.get("boxes")
    if not isinstance(boxes, dict):
        return {}
    return {
        name: (box[0], box[1])
        for name, box in boxes.items()
        if isinstance(box, list) and len(box) > 1 and all(isinstance(each, int) for each in box[:2])
    }


def _read(written: str) -> dict[str, Any]:
    if len(written) > _MOST:
        return {}
    try:
        words = json.loads(written)
    except ValueError:
        return {}
    return words if isinstance(words, dict) else {}


def _is_plain(value: object) -> bool:
    return isinstance(value, bool | int) or (isinstance(value, str) and len(value) <= _LONGEST)
