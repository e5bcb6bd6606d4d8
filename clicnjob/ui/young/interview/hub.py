"""« Mon entretien »: the ways to prepare and what comes next; also its links on other pages and its paper versions."""

from __future__ import annotations

from datetime import date

import streamlit as st

from clicnjob.french import moments
from clicnjob.interview import days
from clicnjob.interview.bank import question_bank
from clicnjob.interview.notebook import Notebook, SavedNotebook
from clicnjob.jobs.catalogue import Category
from clicnjob.ui.shell import layout, navigation
from clicnjob.ui.widgets import download
from clicnjob.ui.young.interview import book, training
from clicnjob.ui.young.learn import proposing
from clicnjob.ui.young.learn.proposing import Proposals

_DOORS = (
    ("young/interview_training.py", "🎤", "M’entraîner", "5, 10 ou 20 minutes de questions."),
    ("young/interview_pitch.py", "⏱️", "Mon pitch", "Te présenter en 30 secondes."),
    ("young/interview_trio.py", "👥", "À trois", "Employeur, candidat, observateur."),
    ("young/interview_phone.py", "📞", "Le téléphone", "Répéter quatre appels."),
    ("young/interview_day.py", "📅", "Le jour J", "Adresse, trajet, papiers, questions."),
    ("young/interview_answers.py", "✍️", "Mes réponses", "Relire, corriger, imprimer."),
)


def draw_resume(kept: SavedNotebook) -> None:
    """Draw the button that resumes a training in progress."""
    if kept.book.training and len(kept.book.training.done) < len(kept.book.training.asked):
        about = training.training_subject(kept.book.training)
        words = (
            f"Continuer l’entraînement\u00a0: {layout.escape_markdown(about)}" if about else "Continuer l’entraînement"
        )
        if st.button(words, key="resume", type="primary", icon=":material/play_arrow:"):
            st.switch_page(training.training_page())


def draw_ways() -> None:
    """Draw the six ways to prepare as cards."""
    with st.container(key="cj-entry-cards"):
        for file, icon, title, words in _DOORS:
            with st.container(key=f"cj-entry-card-{file.split('_')[1].removesuffix('.py')}", border=True):
                if st.button(title, key=f"entry-{file}", icon=icon, width="stretch"):
                    st.switch_page(navigation.page_path(file))
                st.html(f'<p class="cj-help">{words}</p>')


def nearest_time(notes: Notebook) -> str:
    """Say when the next interview is (« dans 3 jours, à 14 h 30 »); '' if none is planned."""
    one = days.next_day(notes, today=date.today())
    on = days.on_day(one) if one else None
    if one is None or on is None:
        return ""
    at = days.at_hour(one)
    return moments.in_days(on, today=date.today()) + (f", à {moments.shown_hour(at)}" if at else "")


def draw_stage(notes: Notebook, lessons: Proposals) -> None:
    """Draw the card of this stage on the home page, with the lesson proposed there, if any."""
    count = notes.earlier + len(notes.practised)
    with st.container(key="cj-stage-interview", border=True):
        st.header("5. Mon entretien", anchor=False)
        if soon := nearest_time(notes):
            st.text(f"Ton entretien est {soon}.")
        elif count:
            st.text("Tu as déjà commencé. Continue quand tu veux.")
        else:
            st.text("Dis tes réponses avant le jour J.")
        if st.button(
            "Préparer mon entretien", key="go-interview", icon=":material/record_voice_over:", width="stretch"
        ):
            st.switch_page(navigation.page_path(book.HUB))
        proposing.draw_proposal("entretien", lessons)


def train_for(job: Category) -> None:
    """On a job page, draw the button that starts a training for this job."""
    if st.button("S’entraîner pour ce métier", key="train", icon=":material/record_voice_over:"):
        training.come_with_wish(job.cle)
        st.switch_page(training.training_page())


def draw_papers() -> None:
    """Let professionals print everything for those without a screen."""
    st.header("Préparer un entretien", anchor=False)
    groups = question_bank().groups
    chosen = st.selectbox(
        "Les cartes de questions",
        ["", *groups],
        key="cards-group",
        format_func=lambda key: f"{groups[key].icon} {groups[key].title}" if key else "Tous les thèmes et métiers",
    )
    with st.container(key="cj-papers"):
        download.download_button(
            "Les cartes à découper", document="question-cards", work_id=str(chosen or ""), icon=":material/style:"
        )
        download.download_button("Les grilles de l’observateur", document="observer-grids", icon=":material/checklist:")
        download.download_button("Les cartes de l’entretien à trois", document="trio-cards", icon=":material/groups:")
        download.download_button("La feuille du jour J", document="blank-day", icon=":material/event:")
        download.download_button("Les appels téléphoniques", document="phone-calls", icon=":material/phone:")
