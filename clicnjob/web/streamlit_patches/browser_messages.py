"""Reads what a browser sends on the socket: Streamlit's private message format."""

from __future__ import annotations

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg

from clicnjob.web.streamlit_patches.patch import Patch


def count_parts(content: bytes) -> tuple[int, int]:
    """Return how many widgets and how many file names a message contains; (0, 0) if Streamlit rejects it anyway."""
    asked = BackMsg()
    try:
        asked.ParseFromString(content)
    except DecodeError:
        return 0, 0
    return len(asked.rerun_script.widget_states.widgets), len(asked.file_urls_request.file_names)


PATCH = Patch(
    name="browser_messages",
    why="A message may name any number of widgets and files, and Streamlit works through all of them.",
    level="none",
    reads={"streamlit.proto.BackMsg_pb2": "e06293e36a9db060", "streamlit.proto.WidgetStates_pb2": "7547558dd226abce"},
)
