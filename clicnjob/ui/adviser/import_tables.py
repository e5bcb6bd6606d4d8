"""The tables of the page « Inscrire »."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st


@dataclass(frozen=True, slots=True)
class CellLink:
    """A cell that opens a page of this site in another tab, so that the file just brought stays on this one."""

    address: str
    words: str
    whole_words: str


def draw_table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Draw an HTML table. Every cell is escaped, so that Markdown in a name is not interpreted."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{_cell_html(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    st.html(
        f'<div class="cj-scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="cj-table">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell_html(cell: object) -> str:
    if not isinstance(cell, CellLink):
        return escape(str(cell))
    address, said = escape(cell.address, quote=True), escape(cell.whole_words, quote=True)
    return f'<a href="{address}" target="_blank" rel="noopener" aria-label="{said}">{escape(cell.words)}</a>'
