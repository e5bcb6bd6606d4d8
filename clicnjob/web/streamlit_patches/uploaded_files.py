"""Which files a tab may send, and how long Streamlit's manager of uploaded files keeps them in memory.

Streamlit keeps a file until minutes after its tab is closed, without a limit for all tabs together. Here only a few
stay, the latest ones, and those of a closed tab or an ended visit are dropped, above all the recording of a voice.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSessionState
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from clicnjob import policy
from clicnjob.ui.shell import uploads
from clicnjob.web.streamlit_patches.patch import Patch

_ARRIVED: list[SentFile] = []  # oldest first
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file in Streamlit's manager; `size` is in bytes."""

    sign_in_id: str
    session_id: str
    file_id: str
    size: int


def expected_bytes(session_id: str) -> int:
    """Return the size in bytes of the largest file that this tab has a box for; 0 if it has none."""
    now, before = uploads.shown_bytes(session_id)
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


def drop_files_of(sign_in_id: str) -> None:
    """Drop the files of all tabs of a sign-in, which has just ended."""
    _drop_sessions([session for session, owner in uploads.session_owners().items() if owner == sign_in_id])


def sweep_closed_tabs() -> None:
    """Drop the files of tabs that no longer exist, however they were closed."""
    if Runtime.exists():
        runtime = Runtime.instance()
        _drop_sessions([session for session in uploads.session_owners() if not runtime.is_active_session(session)])


def _drop_sessions(session_ids: list[str]) -> None:
    if not session_ids or not Runtime.exists():
        return
    manager = _upload_manager()
    for session_id in session_ids:
        manager.remove_session_files(session_id)
    uploads.forget_sessions(session_ids)


def _upload_manager() -> MemoryUploadedFileManager:
    manager = Runtime.instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return manager


_MANAGER_SOURCE = "streamlit.runtime.websocket_session_manager.WebsocketSessionManager"
PATCH = Patch(
    name="uploaded_files",
    why="Streamlit accepts files that no page asks for, and keeps the recording of a voice minutes after its tab closed.",
    level="none",
    reads={
        "streamlit.runtime.memory_uploaded_file_manager": "2a82a77a62f5763a",
        "streamlit.runtime.uploaded_file_manager": "f4e2df0a7ca525e0",
        "streamlit.runtime.app_session.AppSessionState": "137efa03cc42bdc4",
        "streamlit.web.server.starlette.starlette_routes.create_upload_routes": "4155ed4458edce19",
        f"{_MANAGER_SOURCE}.is_active_session": "319f15030f4aba61",
    },
)
