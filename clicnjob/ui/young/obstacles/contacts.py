"""Whom to turn to for one obstacle: the national contacts, each with the day on which it was checked."""

from __future__ import annotations

from html import escape

import streamlit as st

from clicnjob.learn.obstacles import NationalContact


def draw_contacts(contacts: tuple[NationalContact, ...]) -> None:
    """Draw a number or a site for each; the numbers are telephone links."""
    lines = "".join(f"<li>{_contact_html(one)}</li>" for one in contacts)
    st.html(f'<ul class="cj-contacts">{lines}</ul>')


def _contact_html(one: NationalContact) -> str:
    reach = ""
    if one.numero:
        hours = f" <small>{escape(one.quand)}</small>" if one.quand else ""
        reach = f'<a href="tel:{one.numero.replace(chr(0xA0), "")}">{escape(one.numero)}</a>{hours}'
    elif one.adresse:
        reach = (
            f'<a href="{escape(one.adresse, quote=True)}" target="_blank" rel="noopener noreferrer">Ouvrir le site'
            f'<span class="cj-hidden"> {escape(one.nom)} (nouvel onglet)</span></a>'
        )
    return (
        f"<strong>{escape(one.nom)}</strong><span>{escape(one.pour)}</span>"
        f'<span class="cj-reach">{reach}</span><span class="cj-codes">Vérifié le {one.verifie_le:%d/%m/%Y}</span>'
    )
