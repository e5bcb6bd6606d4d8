"""The live preview of the CV with its fill gauge: beside the questions, or behind a button on a phone."""

from __future__ import annotations

import streamlit as st

from clicnjob.cv.document import preview
from clicnjob.cv.document.page_content import Document

_FULL = 1.0
_EMPTY = 0.45


def draw_preview(document: Document) -> None:
    """Draw the preview in a column that narrow screens hide."""
    with st.container(key="cj-preview"):
        _sheet_html(document)


def behind_button(document: Document) -> None:
    """Draw « Voir ma page », which only narrow screens show."""
    eye = ":material/visibility:"
    unfolded = st.popover("Voir ma page", icon=eye, key="cj-preview-button", width="stretch", on_change="rerun")
    if unfolded.open:
        with unfolded:
            _sheet_html(
                document, reached=' tabindex="0" role="group" aria-label="Ma page"'
            )  # lets the keyboard scroll it


def _sheet_html(document: Document, *, reached: str = "") -> None:
    filled = gauge_html(preview.estimate_fill(document), document)
    st.html(f'{filled}<div class="cj-sheet"{reached}>{preview.preview_html(document, styled=False)}</div>')


def gauge_html(fill: float, document: Document) -> str:
    """Return the gauge as HTML: a bar, and « Ta page est remplie à 60 %. » `fill` is 1.0 for a full page."""
    percent = round(min(fill, 2) * 100)
    return (
        f'<div class="cj-gauge"><p>{_gauge_words(fill, percent, document)}</p>'
        f'<div class="cj-gauge-bar" aria-hidden="true"><span style="width:{min(percent, 100)}%"></span></div></div>'
    )


def _gauge_words(fill: float, percent: int, document: Document) -> str:
    if not document.all_texts():
        return "Ta page est vide. Tes réponses la remplissent."
    filled = f"Ta page est remplie à {percent}\u00a0%."
    if fill > _FULL:
        return f"{filled} Elle déborde un peu. On va serrer."
    if not any(section.entries for section in document.sections):
        return f"{filled} Dis ce que tu as déjà fait."  # whatever else fills it, an employer looks for that
    return f"{filled} Continue\u00a0: il reste de la place." if fill < _EMPTY else f"{filled} Elle est bien remplie."
