"""Caches the configuration messages of each run's start, which do not change while the server runs."""

from __future__ import annotations

from typing import Any

from streamlit.runtime import app_session

from clicnjob.web.streamlit_patches.patch import Patch


def cache_messages(populate: Any) -> Any:
    """Wrap a function that fills in a message, so that each section is made once."""
    known: dict[Any, Any] = {}

    def populated(message: Any, *section: str) -> None:
        if section not in known:
            made = type(message)()
            populate(made, *section)
            known[section] = made
        if known[section].ByteSize():
            message.MergeFrom(known[section])

    return populated


def _install() -> None:
    app_session._populate_theme_msg = cache_messages(app_session._populate_theme_msg)
    app_session._populate_config_msg = cache_messages(app_session._populate_config_msg)


PATCH = Patch(
    name="config_messages",
    why="Streamlit reads its whole configuration and theme again at the start of each run.",
    level="safe",
    install=_install,
    replaces={
        "streamlit.runtime.app_session._populate_theme_msg": "844b9eb40d0f7d97",
        "streamlit.runtime.app_session._populate_config_msg": "966feb0217b18856",
    },
)
