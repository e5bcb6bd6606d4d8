"""Choosing the job of an interview: the job of the CV, a favourite, or any other by a search."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from clicnjob import db, policy, text
from clicnjob.accounts.presence import Present
from clicnjob.jobs import choices, finder
from clicnjob.jobs.catalogue import Category
from clicnjob.jobs.query import Query, read_query
from clicnjob.jobs.search import Match, SearchAnswer, search_jobs
from clicnjob.ui.forms import choice_boxes, text_boxes
from clicnjob.ui.shell import session_state
from clicnjob.ui.young.support_card import show_support

_FOUND = 6


def choose_job(me: Present, *, name: str, wanted: str, choose: Callable[[str], None], none: str = "") -> None:
    """Draw a search and tiles of jobs, the most likely first.

    `choose` receives the key of a catalogue job, or '' for the tile labelled `none`.
    """
    key = session_state.widget_key("job-search", name)
    text_boxes.note_limit(key, policy.WISH_LENGTH)
    typed = st.text_input(
        "Cherche un autre métier",
        key=key,
        placeholder="Exemple\u00a0: vente, cuisine, enfants",
        max_chars=policy.WISH_LENGTH,
        autocomplete="off",
        live=True,
    )
    offered = likely_jobs(me, wanted)
    if (typed or "").strip():
        answer = _search_jobs(read_query(typed))
        if answer.support:
            show_support(answer.support)
        offered = tuple(match.category for match in answer.matches)
    tiles = [(one.cle, one.icone, one.nom_m) for one in offered]
    if none:
        tiles.append(("", "✨", none))
    choice_boxes.draw_tiles(tiles, name=f"interview-{name}", choose=choose)


def likely_jobs(me: Present, wanted: str) -> tuple[Category, ...]:
    """Return the job of the CV, then the favourites, newest first."""
    jobs = finder.job_catalogue().by_key
    with db.read_transaction() as session:
        kept = choices.own_choices(session, of=me)
        matches: tuple[Match, ...] = ()
        if wanted.strip():
            matches = search_jobs(read_query(wanted), index=finder.search_index(session)).matches[:1]
    keys = [*(match.category.cle for match in matches), *(one.key for one in reversed(kept.favourites))]
    return tuple(jobs[key] for key in dict.fromkeys(keys) if key in jobs)


def job_named(title: str) -> str:
    """Return the key of the catalogue job that has exactly this name (« Serveuse »), or ''."""
    wanted = text.fold_text(title)
    for one in finder.job_catalogue().categories if wanted else ():
        names = (name for both in (one.nom_m, one.nom_f) for name in (both, *both.split(",")))
        if wanted in {text.fold_text(name) for name in names}:
            return one.cle
    return ""


def job_label(key: str) -> str:
    """Return the picture and name of a catalogue job for a title; '' for an unknown key."""
    category = finder.job_catalogue().by_key.get(key)
    return f"{category.icone} {category.nom_m}" if category else ""


def _search_jobs(query: Query) -> SearchAnswer:
    with db.read_transaction() as session:
        return search_jobs(query, index=finder.search_index(session), limit=_FOUND)
