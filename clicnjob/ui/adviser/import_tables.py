"""The tables of the page « Inscrire »."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st


def draw_table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Draw an HTML table. Every cell is escaped, so that Markdown in a name is not interpreted."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    st.html(
        f'<div class="cj-scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="cj-table">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
