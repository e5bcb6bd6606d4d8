"""The sound of a voice never stays on the server: it is dropped as it arrives, and again when one goes on or leaves.

`st.audio_input` sends the recording to Streamlit's manager of uploaded files, which would keep it as long as the
session, up to minutes after the tab is closed; the widget's value holds a copy. The browser plays its own copy.
Reaches into Streamlit's runtime: see tests/test_voice.py.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

_RATE = 16_000  # one second is 32 KB: an answer of two and a half minutes passes
_OWNERS: dict[str, str] = {}  # Streamlit session → sign-in, for the sessions that showed a microphone
_LOCK = threading.Lock()


def recorder(label: str, *, key: str, sign_in_id: str, spoken: Callable[[], None]) -> None:
    """A microphone whose recording can be heard again in the browser and is kept nowhere. `spoken` is told once."""
    context = get_script_run_ctx()
    if context is not None:
        with _LOCK:
            _OWNERS[context.session_id] = sign_in_id
    st.audio_input(label, key=key, sample_rate=_RATE, on_change=_arrived, args=(key, spoken))


def _arrived(key: str, spoken: Callable[[], None]) -> None:
    sent = st.session_state.get(key)
    if isinstance(sent, UploadedFile):
        sent.seek(0)
        sent.truncate(0)
        drop_mine()
        spoken()


def drop_mine() -> None:
    """Forget every file that this browser tab sent."""
    context = get_script_run_ctx()
    if context is not None:
        context.uploaded_file_mgr.remove_session_files(context.session_id)


def drop_of(sign_in_id: str) -> None:
    """Forget what the tabs of a sign-in sent: it has just ended."""
    _drop([session for session, owner in _owners().items() if owner == sign_in_id])


def sweep() -> None:
    """Forget what was sent by tabs that are gone, whatever the way they went."""
    if Runtime.exists():
        runtime = Runtime.instance()
        _drop([session for session in _owners() if not runtime.is_active_session(session)])


def _owners() -> dict[str, str]:
    with _LOCK:
        return dict(_OWNERS)


def _drop(sessions: list[str]) -> None:
    if not sessions or not Runtime.exists():
        return
    manager = Runtime.instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    for session in sessions:
        manager.remove_session_files(session)
        with _LOCK:
            _OWNERS.pop(session, None)
