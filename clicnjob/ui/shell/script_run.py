"""Reads the context of the script run in progress: the only module of ui that knows private parts of Streamlit.

It replaces nothing. `web/streamlit_patches/script_run_context.py` checks at the start of the server that the parts read
here are those it was written for; everything else of ui uses the public interface.
"""

from __future__ import annotations

from typing import Any

from streamlit.runtime.scriptrunner import get_script_run_ctx

_VALUES = "_clicnjob_once"


def session_id() -> str:
    """Return the id of the Streamlit session, '' outside a run."""
    run = get_script_run_ctx(suppress_warning=True)
    return run.session_id if run is not None else ""


def run_values() -> dict[str, Any]:
    """Return a dict that lives as long as this run; outside a run, a new one each time.

    It is stored on Streamlit's run coordinator, the only object that is surely new in each run (tests/ui/test_run_cache.py).
    """
    run = get_script_run_ctx(suppress_warning=True)
    if run is None or run.parallel_coordinator is None:
        return {}
    kept: dict[str, Any] = vars(run.parallel_coordinator).setdefault(_VALUES, {})
    return kept


def sent_text(key: str) -> str | None:
    """Return the text that the browser sent for a text box, before any widget is drawn; None if it sent none."""
    run = get_script_run_ctx(suppress_warning=True)
    sent = run.session_state.get_widget_states() if run is not None else []
    return next((str(state.string_value) for state in sent if state.id.endswith(f"-{key}")), None)


def drop_uploads() -> None:
    """Drop every file that this browser tab uploaded."""
    run = get_script_run_ctx(suppress_warning=True)
    if run is not None:
        run.uploaded_file_mgr.remove_session_files(run.session_id)
