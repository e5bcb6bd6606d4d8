"""The question about the job wanted and what is looked for: jobs of the real search appear while the person types."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

import streamlit as st

from clicnjob import db, policy, text
from clicnjob.cv.model import aims, guide, job_changes
from clicnjob.cv.model.guide import GuidePlace
from clicnjob.cv.model.profile import Aim, Cv, Profile
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.jobs import choices, finder, titles
from clicnjob.jobs.catalogue import Category
from clicnjob.jobs.query import read_query
from clicnjob.jobs.search import SearchAnswer, search_jobs
from clicnjob.ui.forms import choice_boxes, text_boxes
from clicnjob.ui.shell import layout, open_work, session_state
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.young.support_card import show_support

Change = Callable[[Profile, Cv], tuple[str, ...]]
Tile = tuple[str, str, str]  # the title that it chooses, its picture, its words
_JOBS = 4  # each in both genders, as two tiles side by side
_PAST = 4
_SAYS_STAGE = re.compile(
    r"stage|stagiaire", re.IGNORECASE
)  # « Stage vendeuse » says what somebody did, and names no job
# Jobs that open to beginners, offered to those who have typed nothing yet.
_USUAL = ("serveur", "vente-magasin", "preparateur-commandes", "garde-enfants", "nettoyage")


def ask_job(now: Desk, at: GuidePlace) -> None:
    """Ask for the job wanted: own words, and below them the jobs that the search finds for them."""
    cv_id, example = now.card.id, "Exemple\u00a0: un truc dans les motos"
    text_boxes.draw_line(
        "Ce que tu veux faire",
        name="job",
        kept=now.cv.wish,
        take=lambda typed: _take_wish(typed, cv_id),
        most=policy.LINE_LENGTH,
        placeholder=example,
    )
    open_wish = guide.has_open_wish(now.cv)
    if now.cv.job_wanted:
        _draw_chosen(now.cv.job_wanted)
    if open_wish:
        _draw_found(now.cv.wish)
    elif not now.cv.job_wanted:
        st.html('<p class="cj-or">Pas d’idée\u00a0? Touche un métier\u00a0:</p>')
        choice_boxes.draw_tiles(list(_first_tiles(now)), name="jobs", choose=_choose_job)


def ask_aim(now: Desk, at: GuidePlace) -> None:
    """Ask what is looked for. Before 18, what the law makes easy comes first, with what it asks."""
    key = session_state.widget_key("under-18")
    st.checkbox(
        "J’ai moins de 18 ans", value=session_state.UNDER_18.get(), key=key, on_change=_take_under_18, args=(key,)
    )
    young, offered, cv_id = session_state.UNDER_18.get(), now.words.aims, now.card.id
    choice_boxes.draw_choice(
        "Ce que tu cherches",
        sorted(offered, key=lambda aim: not offered[aim].mineurs) if young else list(offered),
        name="aim",
        chosen=now.cv.aim,
        take=lambda aim: _take_aim(aim, cv_id),
        shown=lambda aim: f"{offered[aim].icone} {offered[aim].nom}",
    )
    if young and (chosen := offered.get(now.cv.aim)) and chosen.avant_18:
        st.html(f'<p class="cj-understood" role="status">{escape(chosen.avant_18)}</p>')


def choose_job(title: str) -> bool:
    """Write a job, or the person's own words, at the top of the page, and say what else changed there."""

    def change(profile: Profile, cv: Cv) -> tuple[str, ...]:
        cv.wish = ""
        return job_changes.change_job(profile, cv, title)

    saved = _save_change(change)
    if saved:
        session_state.renew_widgets()
    return saved


def _choose_job(title: str) -> None:
    choose_job(title)


def _take_wish(typed: str, cv_id: str) -> bool:
    """Keep the words typed. Those that name a job become the job wanted at once."""
    wish = text.clean_line(typed)

    def change(profile: Profile, cv: Cv) -> tuple[str, ...]:
        cv.wish = wish
        named = aims.is_job_title(wish) and wish != cv.job_wanted
        return job_changes.change_job(profile, cv, wish[:1].upper() + wish[1:]) if named else ()

    return _save_change(change, cv_id=cv_id)


def _take_aim(aim: str | None, cv_id: str) -> bool:
    known: Aim = next((words.cle for words in cv_prompts().aims.values() if words.cle == aim), "")
    return _save_change(lambda profile, cv: job_changes.change_aim(profile, cv, known), cv_id=cv_id)


def _take_under_18(key: str) -> None:
    session_state.UNDER_18.set(bool(session_state.widget_value(key, bool)))


def _save_change(change: Change, *, cv_id: str = "") -> bool:
    """Save a change of the job or the aim, and tell once what changed with it."""
    told: list[str] = []

    def alter(profile: Profile, cv: Cv) -> None:
        told[:] = change(profile, cv)

    saved = open_work.change_cv(alter, cv_id=cv_id)
    if saved:
        for sentence in told:
            session_state.tell_once(sentence)
    return saved


def _draw_chosen(title: str) -> None:
    with st.container(key="cj-line-job", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="cj-item">Sur ta page\u00a0: <strong>{escape(title)}</strong></p>', width="stretch")
        st.button("Enlever", key="remove-job", type="tertiary", on_click=_choose_job, args=("",))


def _draw_found(wish: str) -> None:
    """Draw the jobs that a wish leads to, and the way to print the person's own words all the same."""
    answer = _answer_of(wish)
    if answer.support:
        show_support(answer.support)
    if answer.matches:
        st.html('<p class="cj-or">Touche le métier qui te va\u00a0:</p>')
        tiles = [tile for match in answer.matches[:_JOBS] for tile in _tiles_of(match.category)]
        choice_boxes.draw_tiles(tiles, name="jobs", choose=_choose_job)
    elif not answer.support:
        st.text(answer.said)
    if not answer.support:
        words = f"Écrire mes mots\u00a0: {wish}"
        st.button(
            layout.escape_markdown(words), key="own-job", type="tertiary", wrap=True, on_click=_choose_job, args=(wish,)
        )


def _answer_of(wish: str) -> SearchAnswer:
    with db.read_transaction() as session:
        return search_jobs(read_query(wish), index=finder.search_index(session))


def _first_tiles(now: Desk) -> Iterator[Tile]:
    """Yield what the person has done or keeps as a favourite, then jobs that open to beginners, each title once."""
    named = [e for e in now.profile.experiences if e.title and not _SAYS_STAGE.match(e.title)]
    done = [(e.title, now.words.activities.get(e.activity)) for e in named]
    tiles = [(title, known.icone if known else "", title) for title, known in done[:_PAST]]
    with db.read_transaction() as session:
        kept = choices.own_choices(session, of=now.me).favourites
    jobs = finder.job_catalogue().by_key
    for key in (*(one.key for one in kept[-_PAST:] if one.key in jobs), *_USUAL):
        tiles += _tiles_of(jobs[key])
    yield from dict.fromkeys(tiles)


def _tiles_of(job: Category) -> list[Tile]:
    return [(title, job.icone, title) for title in titles.job_titles(job)]
