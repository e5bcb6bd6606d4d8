"""What a tab may send, and how long it stays: only what its page asks for, and the sound of a voice not at all.

A file is let in while the page shows a box for it (`expected`, asked by the gate). The boxes are known from the run that
drew them; while a page is drawn again, those of the run before count still. Few files stay, the latest ones.

A voice is dropped as it arrives, and again when one goes on or leaves. `st.audio_input` sends the recording to
Streamlit's manager of uploaded files, which would keep it as long as the session, up to minutes after the tab is
closed; the widget's value holds a copy. The browser plays its own copy.
Reaches into Streamlit's runtime: see tests/test_voice.py and tests/test_uploading.py.
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
from clicnjob.ui import state

_RATE = 16_000  # one second is 32 KB: an answer of two and a half minutes passes
_OWNERS: dict[str, str] = {}  # Streamlit session → sign-in, for the sessions that showed a box or a microphone
_SHOWN: dict[str, list[int]] = {}  # Streamlit session → the largest file that its run may bring, that of the run before
_ARRIVED: list[SentFile] = []  # oldest first
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file in Streamlit's manager, as far as it is counted here."""

    sign_in_id: str
    session_id: str
    file_id: str
    size: int


def begin_run() -> None:
    """A page is drawn anew: the boxes of the run before count until this one has ended. Called by the router."""
    if (context := get_script_run_ctx()) is not None:
        with _LOCK:
            if (shown := _SHOWN.get(context.session_id)) is not None:
                shown[:] = 0, shown[0]


def file_box(label: str, *, key: str, types: Sequence[str], megabytes: int) -> UploadedFile | None:
    """A box for one file, which the gate then lets in; gives the file."""
    _expect(state.sign_in_id(), megabytes * 1024 * 1024)
    return st.file_uploader(label, type=list(types), key=key, max_upload_size=megabytes)


def expected(session_id: str) -> int:
    """The bytes of the largest file that this tab shows a box for; 0 when it shows none."""
    with _LOCK:
        now, before = _SHOWN.get(session_id, (0, 0))
    if now or not before or not Runtime.exists():
        return now
    found = Runtime.instance()._session_mgr.get_session_info(session_id)
    return before if found and found.session._state is AppSessionState.APP_IS_RUNNING else 0


def make_room(coming: SentFile) -> None:
    """Before a file comes: the oldest of this visit, then of all, are forgotten until it fits among those kept."""
    manager = _manager()
    with _LOCK:
        _ARRIVED[:] = [one for one in _ARRIVED if one.file_id in manager.file_storage.get(one.session_id, ())]
        mine = [one for one in _ARRIVED if one.sign_in_id == coming.sign_in_id]
        gone = _oldest(mine, policy.UPLOADS_KEPT_A_VISIT - coming.size)
        rest = [one for one in _ARRIVED if one not in gone]
        gone += _oldest(rest, policy.UPLOADS_KEPT - coming.size)
        _ARRIVED[:] = [one for one in _ARRIVED if one not in gone]
    for one in gone:
        manager.remove_file(one.session_id, one.file_id)


def arrived(sent: SentFile) -> None:
    """A file has come."""
    with _LOCK:
        _ARRIVED.append(sent)


def _oldest(sent: Sequence[SentFile], most: int) -> list[SentFile]:
    """The oldest of these, as many as must go for the others to weigh at most `most`."""
    weight, gone = sum(one.size for one in sent), []
    for one in sent:
        if weight <= most:
            break
        gone.append(one)
        weight -= one.size
    return gone


def _expect(sign_in_id: str, most: int) -> None:
    context = get_script_run_ctx()
    if context is not None:
        with _LOCK:
            _OWNERS[context.session_id] = sign_in_id
            shown = _SHOWN.setdefault(context.session_id, [0, 0])
            shown[0] = max(shown[0], most)


def recorder(label: str, *, key: str, sign_in_id: str, spoken: Callable[[], None]) -> None:
    """A microphone whose recording can be heard again in the browser and is kept nowhere. `spoken` is told once."""
    _expect(sign_in_id, policy.UPLOAD_BYTES)
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
    manager = _manager()
    for session in sessions:
        manager.remove_session_files(session)
        with _LOCK:
            _OWNERS.pop(session, None)
            _SHOWN.pop(session, None)


def _manager() -> MemoryUploadedFileManager:
    manager = Runtime.instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return manager
