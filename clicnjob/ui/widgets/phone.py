"""« Sur mon téléphone »: a square to aim at, and the file is on one’s own telephone, not on the shared computer."""

from __future__ import annotations

import segno
import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import tickets
from clicnjob.config import settings
from clicnjob.ui import signin

_TOKEN = "phone-token"  # noqa: S105 - the name of a place
_FILES = {"pdf": ("Le PDF", ":material/picture_as_pdf:"), "docx": ("Le Word", ":material/article:")}


def square(*, work_id: str) -> None:
    """The files of a CV, each by a button that draws its square; the square goes at the next act."""
    with st.expander("Sur mon téléphone", icon=":material/smartphone:", key="phone"):
        st.text("Choisis le fichier. Un carré s’affiche.")
        with st.container(horizontal=True):
            for document, (label, icon) in _FILES.items():
                key = f"phone-{document}"
                st.button(label, key=key, icon=icon, on_click=_prepare, args=(document, work_id))
        if token := st.session_state.pop(_TOKEN, ""):
            _draw(f"{_address()}/telephone/{token}")


def _draw(link: str) -> None:
    picture = segno.make(link, error="m").svg_data_uri(scale=5, border=4, light="#fff")
    st.html(
        '<p role="status">Vise le carré avec l’appareil photo de ton téléphone. Touche le lien.</p>'
        f'<img class="cj-square" src="{picture}" alt="Carré à viser">'
    )
    st.text("Ça marche une fois, pendant 10 minutes. Fais-le avant « J’ai fini ».")


def _address() -> str:
    """Where telephones find this server: as configured, or else where this page came from (the gate compared the two)."""
    return settings().public_url.rstrip("/") or st.context.headers.get("Origin", "")


def _prepare(document: str, work_id: str) -> None:
    me = signin.present()
    if me is None:
        return
    with db.transaction() as session:
        st.session_state[_TOKEN] = tickets.ticket(
            session, present=me, document=document, work_id=work_id, by_phone=True, now=models.now()
        )
