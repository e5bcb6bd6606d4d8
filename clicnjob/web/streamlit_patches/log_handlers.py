"""Keeps Streamlit from adding handlers of its own to its loggers, which would write its messages with their arguments.

An argument may be an address or something that a person typed; `web/logs.py` writes the template of a message only.
"""

from __future__ import annotations

import logging

from streamlit import logger as streamlit_logger

from clicnjob.web.streamlit_patches.patch import Patch


def leave_to_root(logger: logging.Logger) -> None:
    """Remove the handlers of a logger, whose records then reach those of the root."""
    logger.handlers.clear()
    logger.propagate = True


def _install() -> None:
    streamlit_logger.setup_formatter = leave_to_root


PATCH = Patch(
    name="log_handlers",
    why="Streamlit gives each of its loggers a handler that writes what our log leaves out.",
    level="none",
    install=_install,
    replaces={"streamlit.logger.setup_formatter": "958e7d39ab74fe9b"},
    reads={"streamlit.logger.get_logger": "5b8cdd9939ff6b52"},
)
