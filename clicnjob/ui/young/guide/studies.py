"""The questions about studies, finished or not: level, speciality, school, year, and how they ended."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from clicnjob.cv.document import compose
from clicnjob.cv.model import guide, periods
from clicnjob.cv.model.guide import GuidePlace
from clicnjob.cv.model.profile import Cv, Profile, Study, new_id
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.cv.model.study_words import StudyLevel
from clicnjob.ui.forms import asking, choice_boxes
from clicnjob.ui.shell import open_work, session_state
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.young.guide import dates, way

_FREQUENT = ("troisieme", "dnb", "cap", "seconde-pro", "premiere-pro", "bac-pro", "titre-pro", "e2c")


def draw_study_hub(now: Desk, at: GuidePlace) -> None:
    """Draw the studies entered so far, and the levels, which add one."""
    for study in now.profile.studies:
        _draw_study_line(now, study)
    _draw_levels(now, "", _add_study)


def ask_level(now: Desk, at: GuidePlace) -> None:
    """Ask for the class or diploma of a study."""
    _draw_levels(now, _study_in(now.profile, at.item).level, lambda level: _choose_level(at, level))


def _draw_levels(now: Desk, chosen: str, choose: Callable[[StudyLevel], None]) -> None:
    """Draw the classes and diplomas: common ones as tiles, the others in an expander."""
    levels = {each.cle: each for each in now.words.studies.niveaux}
    frequent = [levels[key] for key in _FREQUENT if key in levels]
    others = [each for each in levels.values() if each not in frequent]

    def take(key: str) -> None:
        choose(levels[key])

    choice_boxes.draw_tiles([(each.cle, "", each.nom) for each in frequent], name="levels", choose=take)
    with st.expander("Voir les autres niveaux", key="more-levels", expanded=chosen in {other.cle for other in others}):
        choice_boxes.draw_tiles([(each.cle, "", each.nom) for each in others], name="more-levels", choose=take)


def ask_speciality(now: Desk, at: GuidePlace) -> None:
    """Ask for the speciality: one of those that exist at this level, or own words."""
    study = _study_in(now.profile, at.item)
    names = sorted(known.nom for known in now.words.studies.specialites if study.level in known.niveaux)
    key = session_state.widget_key("speciality", study.id)
    if names:
        st.selectbox(
            "Spécialité",
            names,
            index=names.index(study.title) if study.title in names else None,
            key=key,
            placeholder="Choisis ou écris les premières lettres",
            on_change=_take_speciality,
            args=(key, at.item),
        )

    def put(profile: Profile, cv: Cv, value: str) -> None:
        _study_in(profile, at.item).title = value

    own = "" if study.title in names else study.title
    asking.ask_line(
        "Avec tes mots" if not names else "Ou avec tes mots",
        name=f"title-{study.id}",
        value=own,
        put=put,
        example="Cuisine",
    )


def ask_school(now: Desk, at: GuidePlace) -> None:
    """Ask for the school and its town."""
    study = _study_in(now.profile, at.item)

    def put_school(profile: Profile, cv: Cv, value: str) -> None:
        _study_in(profile, at.item).school = value

    def put_town(profile: Profile, cv: Cv, value: str) -> None:
        _study_in(profile, at.item).town = value

    asking.ask_line(
        "École ou centre",
        name=f"school-{study.id}",
        value=study.school,
        put=put_school,
        example="Lycée Simone-Veil",
    )
    asking.ask_line("Ville", name=f"town-{study.id}", value=study.town, put=put_town, example="Arras")


def ask_year(now: Desk, at: GuidePlace) -> None:
    """Ask for the dates; one year is enough."""
    study = _study_in(now.profile, at.item)
    dates.ask_period(
        study.id,
        study.period,
        put=lambda profile, period: setattr(_study_in(profile, at.item), "period", period),
        study=True,
    )


def ask_ending(now: Desk, at: GuidePlace) -> None:
    """Ask how the studies ended, and show the resulting line of the CV."""
    study = _study_in(now.profile, at.item)
    offered = next((each.etats for each in now.words.studies.niveaux if each.cle == study.level), [])
    states = {each.nom: each.cle for each in now.words.studies.etats if not offered or each.cle in offered}
    choice_boxes.draw_tiles(
        [(state, "", name) for name, state in states.items()],
        name="endings",
        choose=lambda state: _choose_state(at, state),
    )
    if shown := compose.study_heading(study, now.words):
        st.html(f'<p class="cj-understood" role="status">Sur ta page\u00a0: <strong>{escape(shown)}</strong></p>')


def _study_in(profile: Profile, item_id: str) -> Study:
    return next(study for study in profile.studies if study.id == item_id)


def _draw_study_line(now: Desk, study: Study) -> None:
    with st.container(key=f"cj-line-{study.id}", horizontal=True, vertical_alignment="center"):
        about = ", ".join(part for part in (study.school, periods.period_text(study.period)) if part)
        name = compose.study_heading(study, now.words) or "Pas encore sur ta page\u00a0: choisis le niveau"
        st.html(f"<p class='cj-item'><strong>{escape(name)}</strong><br>{escape(about)}</p>", width="stretch")
        st.button("Changer", key=f"change-{study.id}", on_click=way.go_to, args=(GuidePlace(guide.STUDY[0], study.id),))
        st.button("Enlever", key=f"remove-{study.id}", type="tertiary", on_click=_remove_study, args=(study.id,))


def _add_study(chosen: StudyLevel) -> None:
    item_id = new_id()
    if open_work.change_cv(lambda profile, cv: profile.studies.append(Study(id=item_id, level=chosen.cle))):
        _go_on_from_level(chosen, item_id)


def _remove_study(item_id: str) -> None:
    def put(profile: Profile, cv: Cv) -> None:
        profile.studies = [study for study in profile.studies if study.id != item_id]

    if open_work.change_cv(put):
        session_state.tell_once("C’est enlevé. Le bouton « Annuler » le remet.")


def _choose_level(at: GuidePlace, chosen: StudyLevel) -> None:
    def put(profile: Profile, cv: Cv) -> None:
        study = _study_in(profile, at.item)
        study.level = chosen.cle
        study.state = study.state if study.state in chosen.etats else ""
        study.title = study.title if chosen.specialite else ""

    if open_work.change_cv(put):
        _go_on_from_level(chosen, at.item)


def _go_on_from_level(chosen: StudyLevel, item_id: str) -> None:
    way.go_to(GuidePlace("etude_intitule" if chosen.specialite else "etude_lieu", item_id))


def _take_speciality(key: str, item_id: str) -> None:
    chosen = session_state.widget_value(key, str) or ""
    if open_work.change_cv(lambda profile, cv: setattr(_study_in(profile, item_id), "title", chosen)):
        session_state.renew_widgets()


def _choose_state(at: GuidePlace, chosen: str) -> None:
    def put(profile: Profile, cv: Cv) -> None:
        states = (known.cle for known in cv_prompts().studies.etats)
        _study_in(profile, at.item).state = next(state for state in states if state == chosen)

    if open_work.change_cv(put):
        way.go_on(at)
