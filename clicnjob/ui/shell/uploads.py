"""What a tab may upload and how long it stays in memory; recordings of a voice are never kept.

The gate accepts a file only while the page shows a box for it (`expected_bytes`). The boxes are known from the run that drew
them; while a run is in progress, those of the previous run still count. Only a few files stay, the latest ones.

`st.audio_input` sends a recording to Streamlit's manager of uploaded files, which would keep it until minutes after the
tab is closed, and the widget's value holds a copy. Both are dropped on arrival, and again when the person goes on or
leaves. The browser plays its own copy.

This module uses private parts of Streamlit's runtime: see tests/test_voice.py and tests/test_uploading.py.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSessionState
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from clicnjob import policy
from clicnjob.ui.shell import session_state

_RATE = 16_000  # Hz; a second takes 32 KB, so an answer of two and a half minutes fits
_OWNERS: dict[str, str] = {}  # Streamlit session → sign-in, for sessions that showed a box or a microphone
_SHOWN: dict[str, list[int]] = {}  # Streamlit session → largest file, in bytes: of the current run, of the previous run
_ARRIVED: list[SentFile] = []  # oldest first
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file in Streamlit's manager; `size` is in bytes."""

    sign_in_id: str
    session_id: str
    file_id: str
    size: int


def begin_run() -> None:
    """Start counting the boxes of a new run; those of the previous run count until this one ends.

    The router calls it first.
    """
    if (context := get_script_run_ctx()) is not None:
        with _LOCK:
            if (shown := _SHOWN.get(context.session_id)) is not None:
                shown[:] = 0, shown[0]


def file_box(label: str, *, key: str, types: Sequence[str], megabytes: int) -> UploadedFile | None:
    """Draw a box for one file, which makes the gate accept it; return the uploaded file or None."""
    _expect_bytes(session_state.sign_in_id(), megabytes * 1024 * 1024)
    return st.file_uploader(label, type=list(types), key=key, max_upload_size=megabytes)


def expected_bytes(session_id: str) -> int:
    """Return the size in bytes of the largest file that this tab has a box for; 0 if it has none."""
    with _LOCK:
        now, before = _SHOWN.get(session_id, (0, 0))
    if now or not before or not Runtime.exists():
        return now
    found = Runtime.instance()._session_mgr.get_session_info(session_id)
    return before if found and found.session._state is AppSessionState.APP_IS_RUNNING else 0


def make_room(coming: SentFile) -> None:
    """Drop the oldest files, of this sign-in and then of everybody, until the new one fits the limits."""
    manager = _upload_manager()
    with _LOCK:
        _ARRIVED[:] = [one for one in _ARRIVED if one.file_id in manager.file_storage.get(one.session_id, ())]
        mine = [one for one in _ARRIVED if one.sign_in_id == coming.sign_in_id]
        gone = _oldest_files(mine, policy.UPLOADS_KEPT_A_VISIT - coming.size)
        rest = [one for one in _ARRIVED if one not in gone]
        gone += _oldest_files(rest, policy.UPLOADS_KEPT - coming.size)
        _ARRIVED[:] = [one for one in _ARRIVED if one not in gone]
    for one in gone:
        manager.remove_file(one.session_id, one.file_id)


def note_arrival(sent: SentFile) -> None:
    """Count a file that has arrived."""
    with _LOCK:
        _ARRIVED.append(sent)


def _oldest_files(sent: Sequence[SentFile], most: int) -> list[SentFile]:
    """Return the oldest files to drop so that the others take at most `most` bytes."""
    weight, gone = sum(one.size for one in sent), []
    for one in sent:
        if weight <= most:
            break
        gone.append(one)
        weight -= one.size
    return gone


def _expect_bytes(sign_in_id: str, most: int) -> None:
    context = get_script_run_ctx()
    if context is not None:
        with _LOCK:
            _OWNERS[context.session_id] = sign_in_id
            shown = _SHOWN.setdefault(context.session_id, [0, 0])
            shown[0] = max(shown[0], most)


def draw_recorder(label: str, *, key: str, sign_in_id: str, spoken: Callable[[], None]) -> None:
    """Draw a microphone. The recording plays in the browser and is not kept; `spoken` is called once for it."""
    _expect_bytes(sign_in_id, policy.UPLOAD_BYTES)
    st.audio_input(label, key=key, sample_rate=_RATE, on_change=_take_recording, args=(key, spoken))


def _take_recording(key: str, spoken: Callable[[], None]) -> None:
    sent = st.session_state.get(key)
    if isinstance(sent, UploadedFile):
        sent.seek(0)
        sent.truncate(0)
        drop_mine()
        spoken()


def drop_mine() -> None:
    """Drop every file that this browser tab uploaded."""
    context = get_script_run_ctx()
    if context is not None:
        context.uploaded_file_mgr.remove_session_files(context.session_id)


def drop_of(sign_in_id: str) -> None:
    """Drop the files of all tabs of a sign-in, which has just ended."""
    _drop_sessions([session for session, owner in _session_owners().items() if owner == sign_in_id])


def sweep_recordings() -> None:
    """Drop the files of tabs that no longer exist, however they were closed."""
    if Runtime.exists():
        runtime = Runtime.instance()
        _drop_sessions([session for session in _session_owners() if not runtime.is_active_session(session)])


def _session_owners() -> dict[str, str]:
    with _LOCK:
        return dict(_OWNERS)


def _drop_sessions(sessions: list[str]) -> None:
    if not sessions or not Runtime.exists():
        return
    manager = _upload_manager()
    for session in sessions:
        manager.remove_session_files(session)
        with _LOCK:
            _OWNERS.pop(session, None)
            _SHOWN.pop(session, None)


def _upload_manager() -> MemoryUploadedFileManager:
    manager = Runtime.instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return manager
