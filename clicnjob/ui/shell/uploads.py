"""Boxes for files and the microphone, and which tab shows one; recordings of a voice are never kept.

The gate accepts a file only while the page shows a box for it. The boxes are known from the run that drew them; while a
run is in progress, those of the previous run still count (`web/streamlit_patches/uploaded_files.py`).

`st.audio_input` sends a recording to Streamlit's manager of uploaded files, which would keep it until minutes after the
tab is closed, and the widget's value holds a copy. Both are dropped on arrival, and again when the person goes on or
leaves. The browser plays its own copy.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from clicnjob import policy
from clicnjob.ui.shell import script_run, session_state

_RATE = 16_000  # Hz; a second takes 32 KB, so an answer of two and a half minutes fits
_OWNERS: dict[str, str] = {}  # Streamlit session → sign-in, for sessions that showed a box or a microphone
_SHOWN: dict[str, list[int]] = {}  # Streamlit session → largest file, in bytes: of the current run, of the previous run
_LOCK = threading.Lock()
_BEGUN = "uploads begun"  # among the values of a run


def begin_run() -> None:
    """Start counting the boxes of a new run; those of the previous run count until this one ends.

    The router calls it first, and a fragment that shows a box, which reruns without the router; once a run counts.
    """
    if script_run.run_values().setdefault(_BEGUN, False):
        return
    script_run.run_values()[_BEGUN] = True
    with _LOCK:
        if (shown := _SHOWN.get(script_run.session_id())) is not None:
            shown[:] = 0, shown[0]


def file_box(
    label: str,
    *,
    key: str,
    types: Sequence[str],
    megabytes: int,
    on_change: Callable[..., None] | None = None,
    args: tuple[object, ...] = (),
) -> UploadedFile | None:
    """Draw a box for one file, which makes the gate accept it; return the uploaded file or None.

    Without `types`, any kind of file comes in, so that the page can say what to do with it.
    """
    _expect_bytes(session_state.sign_in_id(), megabytes * 1024 * 1024)
    return st.file_uploader(
        label, type=list(types) or None, key=key, max_upload_size=megabytes, on_change=on_change, args=args
    )


def shown_bytes(session_id: str) -> tuple[int, int]:
    """Return the size of the largest file that a tab has a box for: in its current run, and in the previous one."""
    with _LOCK:
        now, before = _SHOWN.get(session_id, (0, 0))
    return now, before


def session_owners() -> dict[str, str]:
    """Return the sign-in id by Streamlit session, for the sessions that showed a box or a microphone."""
    with _LOCK:
        return dict(_OWNERS)


def forget_sessions(session_ids: Iterable[str]) -> None:
    """Forget the boxes of these sessions, so that the gate accepts no more files for them."""
    with _LOCK:
        for session_id in session_ids:
            _OWNERS.pop(session_id, None)
            _SHOWN.pop(session_id, None)


def _expect_bytes(sign_in_id: str, most: int) -> None:
    if session_id := script_run.session_id():
        with _LOCK:
            _OWNERS[session_id] = sign_in_id
            shown = _SHOWN.setdefault(session_id, [0, 0])
            shown[0] = max(shown[0], most)


def draw_recorder(label: str, *, key: str, sign_in_id: str, spoken: Callable[[], None]) -> None:
    """Draw a microphone. The recording plays in the browser and is not kept; `spoken` is called once for it."""
    _expect_bytes(sign_in_id, policy.UPLOAD_BYTES)
    st.audio_input(label, key=key, sample_rate=_RATE, on_change=_take_recording, args=(key, spoken))


def _take_recording(key: str, spoken: Callable[[], None]) -> None:
    if (sent := session_state.widget_value(key, UploadedFile)) is not None:
        sent.seek(0)
        sent.truncate(0)
        drop_mine()
        spoken()


def given_file(key: str) -> tuple[bytes, str] | None:
    """Return content and name of the file in a box, or None while it is empty."""
    given = session_state.widget_value(key, UploadedFile)
    return (given.getvalue(), given.name) if given is not None else None


def drop_mine() -> None:
    """Drop every file that this browser tab uploaded."""
    script_run.drop_uploads()
