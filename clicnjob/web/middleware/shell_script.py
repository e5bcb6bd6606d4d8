"""shell.js, the script of Streamlit's pages, made of the files of clicnjob/static/shell.

They stand in one block, which shares their names among them and hides what they know from every other script, and come
in one request. They do not depend on Streamlit's socket.
"""

from __future__ import annotations

from clicnjob.paths import STATIC

NAME = "shell.js"
# In this order: a file may use at once only what stands before it.
_PARTS = ("streamlit-words", "translation", "visit", "veil", "secret-form", "end-dialogs", "activity", "kept-focus")


def shell_script() -> str:
    """Return the script."""
    parts = [(STATIC / "shell" / f"{name}.js").read_text(encoding="utf-8") for name in _PARTS]
    return "\n".join(['"use strict";', "{", *parts, "}", ""])
