"""The services near a young person for one obstacle. What a file says is shown as text: no link of a file is a link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st
from sqlmodel import Session

from clicnjob import policy
from clicnjob.accounts import structure_settings
from clicnjob.accounts.presence import Present
from clicnjob.french import contact
from clicnjob.learn.obstacles import Obstacle
from clicnjob.learn.territory import nearby
from clicnjob.learn.territory.nearby import NearbyService
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import session_state

_DAYS = {"Mo": "lun.", "Tu": "mar.", "We": "mer.", "Th": "jeu.", "Fr": "ven.", "Sa": "sam.", "Su": "dim."}


@dataclass(frozen=True)
class Nearby:
    """What was found in `town`; `known` is False where no territory was imported, and then nothing is asked."""

    known: bool
    town: str
    services: tuple[NearbyService, ...]


def read_nearby(session: Session, *, me: Present, one: Obstacle) -> Nearby:
    """Find services in the town typed during this visit, else in that of the person's structure."""
    if not nearby.has_territory(session):
        return Nearby(False, "", ())
    town = session_state.SERVICES_TOWN.get()
    town = town or structure_settings.current_settings(session, organisation_id=me.organisation_id).body.town
    return Nearby(True, town, nearby.nearby_services(session, themes=one.thematiques, town=town))


def draw_nearby(found: Nearby) -> None:
    """Draw the box for a town and what was found there, or whom to ask instead."""
    if not found.known:
        return
    st.header("Près de chez moi", anchor=False)
    st.text("Écris ta ville pour chercher. On l’oublie quand tu pars.")
    with st.form("services-town-form", border=False):
        typed = text_boxes.draw_message(
            "Ta ville ou ton code postal", key="services-town", value=found.town, most=policy.TOWN_LENGTH
        )
        if st.form_submit_button("Chercher", key="services-search", icon=":material/search:"):
            session_state.SERVICES_TOWN.set(typed.strip())
            st.rerun()
    if found.services:
        today = date.today()
        lines = "".join(f"<li>{_service_html(one, today)}</li>" for one in found.services)
        st.html(f'<ul class="cj-contacts">{lines}</ul>')
        st.text("Ça a changé\u00a0? Demande à un conseiller.")
    elif found.town:
        st.text("Rien n’est noté ici pour cette ville. Demande à un conseiller.")


def hours_in_french(hours: str) -> str:
    """Return opening hours of OpenStreetMap as one reads them: « Mo-Fr 09:00-17:00 » is « lun.-ven. 9 h-17 h »."""
    said = re.sub(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)\b", lambda day: _DAYS[day[1]], hours)
    said = re.sub(r"\bPH off\b", "fermé les jours fériés", said).replace("off", "fermé")
    said = re.sub(
        r"\b0?(\d{1,2}):(\d{2})\b", lambda at: f"{at[1]}\u00a0h" + ("" if at[2] == "00" else f"\u00a0{at[2]}"), said
    )
    return re.sub(r"\s*;\s*", "\u00a0; ", re.sub(r",(?=\S)", ", ", said)).strip("\u00a0; ")


def _service_html(one: NearbyService, today: date) -> str:
    who = "Tu peux y aller sans conseiller." if one.alone else "Un conseiller appelle avec toi."
    place = "À distance" if one.remote and not one.address else ", ".join(p for p in (one.address, one.town) if p)
    phone = contact.phone_shown(one.phone)
    parts = [
        f"<strong>{escape(one.name)}</strong>",
        f"<span>{escape(one.structure)}</span>" if one.structure else "",
        f"<span>{escape(one.description)}</span>" if one.description else "",
        f'<span class="cj-alone">{who}</span>',
        f"<span>{escape(place)}</span>" if place else "",
        f"<span>{escape(hours_in_french(one.hours))}</span>" if one.hours else "",
        f'<span class="cj-reach"><a href="tel:{escape(one.phone)}">{escape(phone)}</a></span>' if one.phone else "",
        f"<span>Site\u00a0: {escape(one.link)}</span>" if one.link else "",
        f'<span class="cj-codes">Vérifié le {one.updated_on:%d/%m/%Y}{_warning_if_old(one, today)}</span>',
    ]
    return "".join(parts)


def _warning_if_old(one: NearbyService, today: date) -> str:
    return ". C’est ancien\u00a0: appelle avant d’y aller." if one.is_old(today=today) else ""
