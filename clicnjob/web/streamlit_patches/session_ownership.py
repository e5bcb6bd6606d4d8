"""Binds a Streamlit session, and the files it keeps in memory, to the sign-in that opened it.

Streamlit does not check this: whoever sends another session's id on their socket takes that session over, and whoever
knows the URL of a picture or upload can fetch it. It does compare the `server.trustedUserHeaders` of both sockets, so
the gate writes the sign-in's id there.
"""

from __future__ import annotations

import asyncio

from starlette.types import Scope
from streamlit.runtime import Runtime

from clicnjob.web.streamlit_patches.patch import Patch

_HEADER = "x-clicnjob-sign-in"
_USER = "sign_in"
TRUSTED = {_HEADER: _USER}  # for server.trustedUserHeaders: header → its key in Streamlit's user info
_LOOKS, _MOMENT = 4, 0.1


def name_owner(scope: Scope, sign_in_id: str) -> None:
    """Set the trusted header of a socket's request to the sign-in's id; any value sent by the browser is dropped."""
    said = _HEADER.encode()
    others = [(header, value) for header, value in scope["headers"] if header.lower() != said]
    scope["headers"] = [*others, (said, sign_in_id.encode("ascii"))]


async def may_fetch(path: str, sign_in_id: str) -> bool:
    """Return whether a file in memory (/media/…, /_stcore/upload_file/…) belongs to this sign-in; True for other paths.

    A picture is looked up several times, because it has no owner for a moment while its page is redrawn.
    """
    kind, _, rest = path.removeprefix("/_stcore").lstrip("/").partition("/")
    if kind == "upload_file":
        return _sign_in(rest.partition("/")[0]) == sign_in_id
    if kind != "media":
        return True
    for _ in range(_LOOKS):  # a file of another sign-in takes as long as one that does not exist
        if sign_in_id in _shown_by(rest.partition(".")[0]):
            return True
        await asyncio.sleep(_MOMENT)
    return False


def open_sign_ins() -> set[str]:
    """Return the ids of the sign-ins that have a tab open now, that is a connected socket."""
    if not Runtime.exists():
        return set()
    found = [info.session._user_info.get(_USER) for info in Runtime.instance()._session_mgr.list_active_sessions()]
    return {str(sign_in_id) for sign_in_id in found if sign_in_id}


def _shown_by(file_id: str) -> set[str]:
    """Return the sign-ins whose pages show this file; equal content has one URL for everybody."""
    shown = list(Runtime.instance().media_file_mgr._files_by_session_and_coord.items())
    return {_sign_in(session_id) for session_id, files in shown if file_id in list(files.values())}


def _sign_in(session_id: str) -> str:
    """Return the id of the sign-in that owns a session, '' for an unknown session."""
    found = Runtime.instance()._session_mgr.get_session_info(session_id)
    return str(found.session._user_info.get(_USER) or "") if found else ""


_MANAGER_SOURCE = "streamlit.runtime.websocket_session_manager.WebsocketSessionManager"
PATCH = Patch(
    name="session_ownership",
    why="Streamlit gives a session, its pictures and its files to whoever knows their id.",
    level="none",
    reads={
        "streamlit.web.server.starlette.starlette_websocket": "2afacaccd17c24c6",
        "streamlit.runtime.app_session.AppSession.matches_user_info": "a5eb56821d37f1b1",
        f"{_MANAGER_SOURCE}.connect_session": "3ec84b93485d0f3a",
        f"{_MANAGER_SOURCE}.get_session_info": "1af93d2ee12ae4ba",
        f"{_MANAGER_SOURCE}.list_active_sessions": "ddadaa56b6358f02",
        "streamlit.runtime.media_file_manager.MediaFileManager": "1caee6bc49a2199d",
    },
)
