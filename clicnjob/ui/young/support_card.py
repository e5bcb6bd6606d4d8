"""The card that tells a young person in distress whom to call."""

from __future__ import annotations

from html import escape

import streamlit as st

from clicnjob.jobs.situations import Contact, Situation


def show_support(situation: Situation) -> None:
    """Draw one kind sentence and the contacts of a situation; the numbers are telephone links."""
    contacts = "".join(f"<li>{_contact_html(contact)}</li>" for contact in situation.contacts)
    st.html(
        f'<section class="cj-support" role="status" aria-label="De l’aide pour toi">'
        f"<p>{escape(situation.phrase)}</p><ul>{contacts}</ul></section>"
    )


def _contact_html(contact: Contact) -> str:
    name = escape(contact.nom)
    if not contact.numero:
        return f"<span>{name}</span>"
    dialled = contact.numero.replace("\u00a0", "")
    hours = f" <small>{escape(contact.quand)}</small>" if contact.quand else ""
    return f'<a href="tel:{dialled}">{escape(contact.numero)}</a> <span>{name}{hours}</span>'
