"""Registers a custom Streamlit component whose CSS and JavaScript lie beside its module.

The files are named after the module's folder: `widgets/copy/` holds `copy.js` and `copy.css`. They are read once, when the
module is imported. A function that several components call is in a file of `ui/widgets/`, put before their own script.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st


def component_beside(module: str, *, html: str, calls: str = "", isolate_styles: bool = True) -> Any:
    """Register the component of the package whose `__file__` is `module`; return the function that draws it.

    `calls` names a shared script. `isolate_styles` keeps the page's CSS out of the component and its own CSS in.
    """
    folder = Path(module).parent
    css, js = (_text_or_none(folder / f"{folder.name}.{kind}") for kind in ("css", "js"))
    if calls:
        js = f"{(folder.parent / calls).read_text(encoding='utf-8')}\n{js}"
    return st.components.v2.component(
        f"clicnjob_{folder.name}", html=html, css=css, js=js, isolate_styles=isolate_styles
    )


def _text_or_none(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.exists() else None
