"""The table of all questions of the guided CV, with the function that draws each one, and what shares a screen."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from clicnjob.cv.model import guide
from clicnjob.cv.model.guide import GuidePlace
from clicnjob.cv.model.profile import Interest, Quality
from clicnjob.ui.shell import layout
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.young.guide import assets, basics, experiences, presentation, studies, wanted


def draw_answers(now: Desk, at: GuidePlace) -> None:
    """Draw the boxes of a question, then the short questions that its screen asks too, each under its own words."""
    SCREENS[at.screen](now, at)
    for key in guide.companions_of(at):
        asked = now.words.screens[key]
        st.header(asked.question, anchor=False)
        st.html(f'<p class="cj-help">{escape(asked.aide)}</p>')
        SCREENS[key](now, at)


def _permit_details(now: Desk, at: GuidePlace) -> None:
    """Ask for the details of every permit that has some."""
    for permit in now.profile.certificates:
        words = now.words.permits.get(permit.key)
        if words and words.details:
            st.header(layout.escape_markdown(words.nom), anchor=False)
            assets.permit_details(now, GuidePlace(at.screen, permit.id))


def _quality_proofs(now: Desk, at: GuidePlace) -> None:
    """Ask for a proof of every quality."""
    _for_each_item(now, at, now.profile.qualities, assets.ask_quality_proof)


def _interest_details(now: Desk, at: GuidePlace) -> None:
    """Ask for one detail of every interest."""
    _for_each_item(now, at, now.profile.interests, assets.interest_detail)


def _for_each_item(
    now: Desk, at: GuidePlace, items: list[Quality] | list[Interest], draw: Callable[[Desk, GuidePlace], None]
) -> None:
    for item in items:
        known = now.words.interests.get(item.key)
        st.header(layout.escape_markdown(item.label or (known.nom if known else "")), anchor=False)
        draw(now, GuidePlace(at.screen, item.id))


SCREENS: dict[str, Callable[[Desk, GuidePlace], None]] = {
    "prenom_nom": basics.full_name,
    "telephone": basics.ask_phone,
    "email": basics.ask_email,
    "ville": basics.ask_town,
    "metier": wanted.ask_job,
    "but": wanted.ask_aim,
    "disponibilite": basics.ask_availability,
    "mobilite": basics.ask_mobility,
    "experiences": experiences.draw_experience_hub,
    "experience_activite": experiences.ask_activity,
    "experience_phrases": experiences.ask_phrases,
    "experience_intitule": experiences.ask_title,
    "experience_lieu": experiences.ask_employer,
    "experience_dates": experiences.ask_dates,
    "etudes": studies.draw_study_hub,
    "etude_niveau": studies.ask_level,
    "etude_intitule": studies.ask_speciality,
    "etude_lieu": studies.ask_school,
    "etude_dates": studies.ask_year,
    "etude_fin": studies.ask_ending,
    "trous": presentation.ask_gap,
    "permis": assets.ask_permits,
    "permis_details": _permit_details,
    "langues": assets.ask_languages,
    "langue_niveau": assets.can_do,
    "qualites": assets.ask_qualities,
    "qualite_preuve": _quality_proofs,
    "interets": assets.ask_interests,
    "interet_details": _interest_details,
    "competences": presentation.ask_skills,
    "accroche_1": presentation.first_line,
    "accroche_2": presentation.second_line,
}
