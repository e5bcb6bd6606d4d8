"""« Sur mon téléphone »: a QR code that downloads a file to one's own phone instead of the shared computer."""

from __future__ import annotations

import segno
import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import tickets
from clicnjob.colours import house_colours
from clicnjob.config import current_settings
from clicnjob.ui.shell import session_state, signed_in

_FILES = {"pdf": ("Le PDF", ":material/picture_as_pdf:"), "docx": ("Le Word", ":material/article:")}


def draw_phone_square(*, work_id: str) -> None:
    """Draw a button for each file of a CV; it shows a QR code, which disappears at the next action."""
    with st.expander("Sur mon téléphone", icon=":material/smartphone:", key="phone"):
        st.text("Choisis le fichier. Un carré s’affiche.")
        with st.container(horizontal=True):
            for document, (label, icon) in _FILES.items():
                key = f"phone-{document}"
                st.button(label, key=key, icon=icon, on_click=_prepare_ticket, args=(document, work_id))
        if token := session_state.PHONE_TOKEN.take():
            _draw_link(f"{server_address()}/telephone/{token}")


def _draw_link(link: str) -> None:
    picture = segno.make(link, error="m").svg_data_uri(scale=5, border=4, light=house_colours()["white"])
    st.html(
        '<p role="status">Vise le carré avec l’appareil photo de ton téléphone. Touche le lien.</p>'
        f'<img class="cj-square" src="{picture}" alt="Carré à viser">'
    )
    st.text("Ça marche une fois, pendant 10 minutes. Fais-le avant « J’ai fini ».")


def server_address() -> str:
    """Return the address of this server for phones: the configured one, or the origin of this page.

    The gate has already compared that origin with the host.
    """
    return current_settings().public_url.rstrip("/") or st.context.headers.get("Origin", "")


def _prepare_ticket(document: str, work_id: str) -> None:
    me = signed_in.present_now()
    if me is None:
        return
    with db.write_transaction() as session:
        token = tickets.issue_ticket(
            session, present=me, document=document, work_id=work_id, by_phone=True, now=models.utc_now()
        )
    session_state.PHONE_TOKEN.set(token)
