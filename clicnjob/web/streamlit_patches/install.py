"""The list of all patches, and their installation at the start of the server."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from clicnjob.errors import Refusal
from clicnjob.web.streamlit_patches import (
    browser_messages,
    component_data,
    component_presenters,
    durations,
    element_telemetry,
    last_words,
    log_handlers,
    message_batching,
    message_hashes,
    new_session_messages,
    request_head_limits,
    run_turns,
    script_run_context,
    session_ownership,
    session_view,
    uploaded_files,
    whole_callbacks,
)
from clicnjob.web.streamlit_patches.patch import Level, Patch

_LOG = logging.getLogger(__name__)
_INSTALLED: set[str] = set()  # names; a patch is installed once in a process
_INSTALLS: dict[Level, tuple[Level, ...]] = {
    "none": ("none",),
    "safe": ("none", "safe"),
    "all": ("none", "safe", "all"),
}
PATCHES: tuple[Patch, ...] = (
    session_ownership.PATCH,
    uploaded_files.PATCH,
    whole_callbacks.PATCH,
    last_words.PATCH,
    script_run_context.PATCH,
    browser_messages.PATCH,
    request_head_limits.PATCH,
    log_handlers.PATCH,
    session_view.PATCH,
    component_presenters.PATCH,
    component_data.PATCH,
    message_hashes.PATCH,
    element_telemetry.PATCH,
    durations.PATCH,
    new_session_messages.PATCH,
    message_batching.PATCH,
    run_turns.PATCH,
)


class UnknownStreamlit(Refusal):
    """The installed Streamlit or uvicorn differs where people depend on one of our patches."""


def install(level: Level, *, patches: Sequence[Patch] = PATCHES) -> None:
    """Install the patches of a level, once in this process; those whose source has changed are logged and left out.

    Raises UnknownStreamlit, before anything is installed, if one that protects people is concerned.
    """
    wanted = [patch for patch in patches if patch.level in _INSTALLS[level] and patch.name not in _INSTALLED]
    changed = [patch for patch in wanted if patch.changed_sources()]
    if unsafe := [patch.name for patch in changed if patch.protects]:
        raise UnknownStreamlit(
            "ClicNJob ne démarre pas\u00a0: la version installée de Streamlit ou d’uvicorn n’est pas celle pour laquelle "
            f"ses protections sont écrites ({', '.join(unsafe)}). Installez les versions de uv.lock, puis recommencez."
        )
    for patch in wanted:
        if patch in changed:
            _LOG.warning("a patch does not fit the installed source", extra={"fields": {"patch": patch.name}})
        else:
            if patch.install is not None:
                patch.install()
            _INSTALLED.add(patch.name)
