"""What a page shows instead of its content when it fails. It has no component, so that the server may import it early."""

from __future__ import annotations

from html import escape

import streamlit as st

HOME_LINK = '<a class="cj-button" href="/" target="_self">Retour à l’accueil</a>'


def draw_refusal(sentence: str) -> None:
    """Show the sentence of a refusal and a link home."""
    st.html(f'<div class="cj-broken" role="alert"><p>{escape(sentence)}</p>{HOME_LINK}</div>')


def draw_failure(code: str) -> None:
    """Show that something went wrong: no traceback, only the code under which the log has it."""
    said = f"<strong>Quelque chose s’est mal passé.</strong> Le travail enregistré est gardé.</p><p>Code\u00a0: {code}"
    st.html(f'<div class="cj-broken" role="alert"><p>{said}</p>{HOME_LINK}</div>')
