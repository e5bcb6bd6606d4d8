"""Checks what `ui/shell/script_run.py` reads: the context of a script run. It replaces nothing."""

from __future__ import annotations

from clicnjob.web.streamlit_patches.patch import Patch

PATCH = Patch(
    name="script_run_context",
    why="What is read once a run must be new in the next run and never be another person’s.",
    level="none",
    reads={
        "streamlit.runtime.scriptrunner_utils.script_run_context.get_script_run_ctx": "53441d524f9dc289",
        "streamlit.runtime.scriptrunner_utils.script_run_context.ScriptRunContext": "c6a42b9a0619f952",
        "streamlit.runtime.parallel_coordinator.ParallelFragmentCoordinator": "9b82c8df9d406bf5",
        "streamlit.runtime.state.safe_session_state.SafeSessionState.get_widget_states": "992d08c67160b0bd",
    },
)
