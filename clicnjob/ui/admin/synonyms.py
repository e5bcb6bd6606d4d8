"""The synonyms that an organisation adds to the search of jobs."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st

from clicnjob import db, policy
from clicnjob.accounts.presence import Present
from clicnjob.jobs import finder, missing
from clicnjob.jobs.missing import AddedSynonym, MissingWords
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import double_click, layout, session_state, transactions
from clicnjob.ui.widgets import download

_WORDS, _JOB = "new-word-text", "new-word-job"


@dataclass(frozen=True)
class SynonymsPage:
    """What the page reads: words without a result, and the synonyms added."""

    missing: tuple[MissingWords, ...]
    added: tuple[AddedSynonym, ...]


def read_synonyms(me: Present) -> SynonymsPage:
    """Read the words without a result, and the synonyms added."""
    with db.read_transaction() as session:
        return SynonymsPage(missing.missing_words(session, of=me), missing.added_synonyms(session, of=me))


def missing_words(shown: SynonymsPage) -> None:
    """Draw the table of words without a result: how often, and when last."""
    if not shown.missing:
        st.info("Aucun mot signalé pour l’instant.", icon=":material/check_circle:")
        return
    rows = "".join(
        f"<tr><td>{escape(one.words)}</td><td>{one.count}</td><td>{one.last_on:%d/%m/%Y}</td></tr>"
        for one in shown.missing
    )
    head = "<tr><th scope='col'>Mots</th><th scope='col'>Fois</th><th scope='col'>Dernière fois</th></tr>"
    st.html(f'<table class="cj-table"><thead>{head}</thead><tbody>{rows}</tbody></table>')


def new_word() -> None:
    """Draw the form that adds a synonym for a job."""
    jobs = {job.cle: job.nom_m for job in finder.job_catalogue().categories}
    with st.form("new-word", enter_to_submit=False):
        st.header("Ajouter un mot", anchor=False)
        text_boxes.draw_message("Mot ou expression", key=_WORDS, most=policy.MISSING_WORDS_LENGTH)
        st.selectbox(
            "Métier",
            sorted(jobs, key=jobs.__getitem__),
            index=None,
            format_func=lambda key: layout.escape_markdown(jobs[key]),
            key=_JOB,
            placeholder="Choisissez un métier",
        )
        st.form_submit_button(
            "Ajouter",
            type="primary",
            icon=":material/add:",
            key="new-word-add",
            on_click=double_click.act_at_first_click,
            args=("words", (_WORDS, _JOB), _add_words),
        )


def added_words(shown: SynonymsPage) -> None:
    """Draw the synonyms of the organisation, each with a button that removes it, and their download."""
    jobs = finder.job_catalogue().by_key
    st.header(f"Mots ajoutés\u00a0: {len(shown.added)}", anchor=False)
    for one in shown.added:
        with st.container(key=f"cj-line-{one.id}", horizontal=True, vertical_alignment="center"):
            name = jobs[one.job].nom_m if one.job in jobs else one.job
            st.text(f"{one.words} → {name}")
            st.button("Enlever", key=f"remove-{one.id}", type="tertiary", on_click=_remove_words, args=(one.id,))
    if shown.added:
        download.download_button("Télécharger le fichier de mots", document="words", icon=":material/download:")


def _add_words() -> None:
    words, job = (session_state.widget_value(key, str) or "" for key in (_WORDS, _JOB))
    if transactions.run_action(lambda session, me: missing.add_synonym(session, by=me, words=words, job=job)):
        text_boxes.clear_messages(_WORDS)
        session_state.tell_once("C’est ajouté. La recherche le connaît déjà.")


def _remove_words(synonym_id: str) -> None:
    transactions.run_action(lambda session, me: missing.remove_synonym(session, by=me, synonym_id=synonym_id))
