"""Builds the first message of a run once for a tab: its 45 pages, theme and configuration are the same in each run.

Streamlit reads its whole configuration and writes the whole list of pages at each run, also of one fragment: a fifth of
what it costs to draw a trainer's push on a screen. Only the page and the run change from one message to the next.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession

from clicnjob.web.streamlit_patches.patch import Patch

_LAST = "_new_session_written"  # of a session: what its last message was made from, and the message in bytes
Create = Callable[..., ForwardMsg]


def write_once(create: Create) -> Create:
    """Wrap Streamlit's maker of the message, which is then asked only when the pages or the state of the run differ."""

    def create_again(session: AppSession, page_script_hash: str, run_descriptor: Any, pages: Any = None) -> ForwardMsg:
        shown = pages or session._pages_manager.get_pages()
        state, known, written = vars(session).get(_LAST, (None, None, b""))
        if (state, known) != (session._state, shown):
            message = create(session, page_script_hash, run_descriptor, shown)
            written = message.new_session.SerializeToString()
        else:
            message = ForwardMsg()
            app_session._set_run_identity(message, run_descriptor)
            message.new_session.ParseFromString(written)
            message.new_session.page_script_hash = page_script_hash
        vars(session)[_LAST] = (session._state, shown, written)  # equal pages are new objects: the old ones are let go
        return message

    return create_again


def _install() -> None:
    AppSession._create_new_session_message = write_once(AppSession._create_new_session_message)  # type: ignore[method-assign]


PATCH = Patch(
    name="new_session_messages",
    why="Streamlit reads its whole configuration and writes the list of all pages at the start of each run.",
    level="safe",
    install=_install,
    replaces={"streamlit.runtime.app_session.AppSession._create_new_session_message": "c90cb1120c020cbb"},
    reads={"streamlit.runtime.app_session._set_run_identity": "f84b19ba0996ea74"},
)
