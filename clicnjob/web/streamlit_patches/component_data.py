"""Gives a component its data without looking for tables in them: none of ours sends any."""

from __future__ import annotations

from typing import Any

from streamlit.components.v2.bidi_component import serialization

from clicnjob.web.streamlit_patches.patch import Patch


def leave_unsearched(data: dict[str, Any], arrow_blobs: dict[str, bytes] | None = None) -> dict[str, Any]:
    """Return the data as they are; Streamlit then writes them as JSON."""
    return data


def _install() -> None:
    serialization._extract_dataframes_from_dict = leave_unsearched


_SOURCE = "streamlit.components.v2.bidi_component.serialization"
PATCH = Patch(
    name="component_data",
    why="A component that receives a list loads pandas to see whether it is a table: 64 MB, and seconds for the first person.",
    level="safe",
    install=_install,
    replaces={f"{_SOURCE}._extract_dataframes_from_dict": "d72ae867c7c44b3e"},
    reads={f"{_SOURCE}.serialize_mixed_data": "9152a68c3deddda9"},
)
