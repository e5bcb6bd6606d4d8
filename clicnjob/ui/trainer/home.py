"""The top of « Séances »: a plan for the next session, the last one with its attendance, what to print."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from clicnjob.accounts.presence import Present
from clicnjob.ui.shell import layout, navigation, session_state
from clicnjob.ui.trainer import planned, workshops
from clicnjob.ui.trainer.workshops import Workshops
from clicnjob.ui.widgets import download
from clicnjob.workshops.lifecycle import OwnWorkshop
from clicnjob.workshops.plans import library
from clicnjob.workshops.plans.library import PlanChoice

_PLANS = "trainer/plans.py"


def draw_home(me: Present, shown: Workshops) -> None:
    """Draw three cards: the next session, the last one, and what to prepare."""
    st.title("Séances de groupe", anchor=False)
    held = [one.title for one in shown.past]
    suggested = library.suggested_plan(shown.plans, held=held)
    with st.container(key="cj-entry-cards"):
        with st.container(key="cj-entry-card-next", border=True):
            if shown.planned:
                planned.draw_next(shown.planned[0], today=date.today())
            else:
                _draw_next(suggested, held=library.bare_title(suggested.plan.titre) in map(library.bare_title, held))
        with st.container(key="cj-entry-card-last", border=True):
            _draw_last(me, shown.past[0] if shown.past else None)
        with st.container(key="cj-entry-card-prepare", border=True):
            _draw_preparing(shown)
    planned.draw_all(shown.planned, today=date.today())


def _draw_next(plan: PlanChoice, *, held: bool) -> None:
    said = "Animé il y a longtemps" if held else "Pas encore animé"
    st.html(
        f'<p class="cj-about">Une idée pour la prochaine</p><p class="cj-help">{said}. {escape(plan.plan.pour_quoi)}</p>'
    )
    if st.button(
        layout.escape_markdown(plan.plan.titre), key="next-plan", type="primary", icon=":material/menu_book:",
        width="stretch", wrap=True,
    ):  # fmt: skip
        session_state.PLAN.set(plan.id)
        session_state.PLAN_OPEN_TO_WRITE.clear()
        st.switch_page(navigation.page_path(_PLANS))
    if plan.plan.kit:
        download.download_button(
            "Imprimer ses fiches", document="plan-kit", work_id=plan.id, icon=":material/content_cut:"
        )


def _draw_last(me: Present, last: OwnWorkshop | None) -> None:
    st.html('<p class="cj-about">La dernière séance</p>')
    if last is None:
        st.text("Aucune pour l’instant. Elles restent ici 12 mois.")
        return
    there = {0: "présences à noter", 1: "1 personne présente"}.get(last.people, f"{last.people} personnes présentes")
    day = workshops.day_in_words(last, date.today())
    st.html(
        f'<p class="cj-plan-title">{escape(last.title)}</p>'
        f'<p class="cj-help">{escape(day)}, {workshops.clock_time(last.began_at)} · {last.minutes}\u00a0min · {there}</p>'
    )
    st.button(
        "Présents, durée, i-milo", key="last-workshop", icon=":material/checklist:", width="stretch",
        on_click=workshops.open_one, args=(last.id,),
    )  # fmt: skip
    if not me.projected:
        download.download_button("Feuille de présence", document="attendance", work_id=last.id, icon=":material/draw:")


def _draw_preparing(shown: Workshops) -> None:
    own = sum(one.own for one in shown.plans)
    count = f"{len(shown.plans)} plans, dont {own} de votre structure" if own else f"{len(shown.plans)} plans prêts"
    st.html('<p class="cj-about">Préparer</p>')
    for label, file, words in (
        ("Plans de séance", _PLANS, f"{count}, avec leurs fiches à imprimer."),
        ("Leçons de la structure", "trainer/lessons.py", "À écrire, à reprendre, et ce que les jeunes signalent."),
        ("Sur papier", "trainer/paper.py", "CV, test et entretien, pour ceux sans écran."),
    ):
        found = next(page for page in navigation.EVERY_PAGE if page.file == file)
        st.page_link(navigation.page_path(file), label=label, icon=found.icon)
        st.html(f'<p class="cj-help">{words}</p>')
