"""Whose a Streamlit session is, and with it the files that it keeps in memory: of the sign-in that opened it, only.

Streamlit itself asks nobody: whoever sent another's session id on their own socket took that session over, and whoever
knew the address of a picture or of an upload had it. It compares, though, what `server.trustedUserHeaders` says of the
two sockets: the gate writes the sign-in there. Reaches into Streamlit: see tests/test_sessions.py.
"""

from __future__ import annotations

import asyncio

from starlette.types import Scope
from streamlit.runtime import Runtime

_HEADER = "x-clicnjob-sign-in"
_USER = "sign_in"
TRUSTED = {_HEADER: _USER}  # for server.trustedUserHeaders: header → its name in what Streamlit knows of a session
_LOOKS, _MOMENT = 4, 0.1


def name(scope: Scope, sign_in_id: str) -> None:
    """Write on a socket's request whose it is; what the browser itself said of it is taken away."""
    said = _HEADER.encode()
    others = [(header, value) for header, value in scope["headers"] if header.lower() != said]
    scope["headers"] = [*others, (said, sign_in_id.encode("ascii"))]


async def may_fetch(path: str, sign_in_id: str) -> bool:
    """Whether a file in memory (/media/…, /_stcore/upload_file/…) is of this sign-in; True for what is not such a file.

    While a page is drawn again, its pictures are nobody's for a moment.
    """
    kind, _, rest = path.removeprefix("/_stcore").lstrip("/").partition("/")
    if kind == "upload_file":
        return _sign_in(rest.partition("/")[0]) == sign_in_id
    if kind != "media":
        return True
    for _ in range(_LOOKS):  # as long for somebody else's as for an unknown one
        if sign_in_id in _shown_by(rest.partition(".")[0]):
            return True
        await asyncio.sleep(_MOMENT)
    return False


def open_sign_ins() -> set[str]:
    """The sign-ins that have an open tab now: its socket is connected."""
    if not Runtime.exists():
        return set()
    found = [info.session._user_info.get(_USER) for info in Runtime.instance()._session_mgr.list_active_sessions()]
    return {str(sign_in_id) for sign_in_id in found if sign_in_id}


def _shown_by(file_id: str) -> set[str]:
    """The sign-ins whose pages hold this file: the same content has the same address for all."""
    shown = list(Runtime.instance().media_file_mgr._files_by_session_and_coord.items())
    return {_sign_in(session_id) for session_id, files in shown if file_id in list(files.values())}


def _sign_in(session_id: str) -> str:
    """Whose a session is; '' for an unknown one."""
    found = Runtime.instance()._session_mgr.get_session_info(session_id)
    return str(found.session._user_info.get(_USER) or "") if found else ""
