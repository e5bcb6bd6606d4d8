"""Skips the presenter class that Streamlit creates at each read of a component that has no state to present."""

from __future__ import annotations

from typing import Any

from streamlit.components.v2 import presentation
from streamlit.components.v2.bidi_component import main as components

from clicnjob.web.streamlit_patches.patch import Patch


def skip_where_stateless(plain: Any) -> Any:
    """Wrap Streamlit's maker of presenters, which then makes none for a component without state keys."""

    def presenter(aggregator: str, component: str | None = None, allowed_state_keys: set[str] | None = None) -> Any:
        return plain(aggregator, component, allowed_state_keys) if allowed_state_keys else None

    return presenter


def _install() -> None:
    components.make_bidi_component_presenter = skip_where_stateless(presentation.make_bidi_component_presenter)  # type: ignore[attr-defined]


PATCH = Patch(
    name="component_presenters",
    why="Streamlit creates a class at each read of a component, where there is no state to present.",
    level="safe",
    install=_install,
    replaces={"streamlit.components.v2.bidi_component.main.make_bidi_component_presenter": "b9bef4bdbffc6838"},
)
