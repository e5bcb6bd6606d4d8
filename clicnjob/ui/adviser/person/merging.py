"""« Réunir deux dossiers » in the part « Dossier »: files that look like this one, what is kept of each, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.cohort.merging import file_merges, likely_files, merge_undo
from clicnjob.cohort.merging.file_merges import MergeChoices, MergeSide
from clicnjob.cohort.support.person_file import PersonFile
from clicnjob.errors import Refusal
from clicnjob.french import contact, dates, days, forms
from clicnjob.ui.adviser.import_tables import draw_table
from clicnjob.ui.adviser.person import link
from clicnjob.ui.shell import double_click, layout, session_state, transactions
from clicnjob.ui.widgets import proof

_AGREED, _PROOF = "merge-agreed", "merge"


def draw_merging(me: Present, shown: PersonFile) -> None:
    """Draw the merges that can be undone, and the files that may be of the same person."""
    if not shown.may_hand or shown.archived or me.projected:
        return
    now = models.utc_now()
    with db.read_transaction() as session:
        here = {"by": me, "account_id": shown.id, "today": date.today()}
        done = merge_undo.merges_of_person(session, **here, now=now)  # type: ignore[arg-type]
        likely = likely_files.likely_files(session, **here)  # type: ignore[arg-type]
    if not done and not likely:
        return
    st.header("Deux dossiers pour une personne", anchor=False)
    for merge in done:
        st.text(f"Réuni avec le dossier {forms.name_after_de(merge.other_name)}, le {_day_said(merge.at)}.")
        if merge.may_be_undone:
            st.button(
                "Séparer de nouveau",
                key=f"unmerge-{merge.id}",
                icon=":material/undo:",
                on_click=_undo_merge,
                args=(merge.id,),
            )
    for one in likely:
        with st.container(key=f"cj-likely-{one.id}", horizontal=True, vertical_alignment="center"):
            st.text(f"{one.first_name} {one.last_name}\u00a0: {one.why}.")
            st.button(
                "Comparer",
                key=f"compare-{one.id}",
                icon=":material/compare_arrows:",
                on_click=session_state.MERGE_WITH.set,
                args=(one.id,),
            )
        if session_state.MERGE_WITH.get() == one.id:
            _draw_comparison(me, shown.id, one.id)


def _draw_comparison(me: Present, account_id: str, other_id: str) -> None:
    try:
        with db.read_transaction() as session:
            kept, other = file_merges.merge_sides(
                session, by=me, account_id=account_id, other_id=other_id, today=date.today()
            )
    except Refusal as refusal:
        st.error(layout.escape_markdown(refusal.sentence), icon=":material/front_hand:")
        return
    with st.form("merge", enter_to_submit=False, border=True):
        draw_table(
            "Les deux dossiers",
            ("À comparer", *_file_titles(kept.id == account_id)),
            _compared_lines(kept, other),
        )
        st.text("Rendez-vous, notes, messages et listes des deux vont ensemble.")
        st.text(
            "Le travail privé du jeune reste privé. S’il a fait deux fois le même, comme le bilan numérique, "
            "le plus récent est gardé."
        )
        st.text(
            "La carte du dossier qui disparaît ne marchera plus. Le jeune est prévenu. Vous pouvez séparer pendant 24 heures."
        )
        asked = {
            "name_of": _ask_which_stays("Le nom", _full_name, kept, other),
            "phone_of": _ask_which_stays("Le téléphone", _phone_said, kept, other),
            "month_of": _ask_which_stays("La naissance", _month_said, kept, other),
            "bag_of": _ask_which_stays("Les CV", _cvs_said, kept, other),
        }
        st.checkbox("Vu avec le jeune\u00a0: les deux comptes sont à lui", key=_AGREED)
        if other.seen_at is not None:
            st.text("Le jeune s’est servi du dossier qui disparaît. Montrez que c’est bien vous.")
            proof.draw_proof_box(me, name=_PROOF)
        with st.container(horizontal=True):
            st.form_submit_button(
                "Réunir les deux dossiers", key="merge-go", type="primary", on_click=double_click.act_at_first_click,
                args=(f"merge-{kept.id}-{other.id}", (), _merge_files, kept, other, asked),
            )  # fmt: skip
            st.form_submit_button("Ne rien changer", key="merge-leave", on_click=session_state.MERGE_WITH.clear)


def _file_titles(is_kept: bool) -> tuple[str, str]:
    """Say which file goes, and which one is that of this page; `is_kept`: it stays."""
    here = ("Celui-ci, qui reste", "L’autre, qui disparaît")
    return here if is_kept else ("L’autre, qui reste", "Celui-ci, qui disparaît")


def _ask_which_stays(
    label: str, said: Callable[[MergeSide], str], kept: MergeSide, other: MergeSide
) -> tuple[str, str]:
    """Ask which of two different things stays; what only one of them has needs no question.

    Returns the widget key of the question, '' for none, and the file that gives it without an answer.
    """
    ours, theirs = said(kept), said(other)
    if not theirs or ours == theirs:
        return "", kept.id
    if not ours:
        return "", other.id
    named = {kept.id: ours, other.id: theirs}
    key = f"merge-{label}-{other.id}"
    st.radio(label, list(named), key=key, format_func=lambda each: layout.escape_markdown(named[each]), horizontal=True)
    return key, kept.id


def _compared_lines(kept: MergeSide, other: MergeSide) -> list[tuple[str, str, str]]:
    lines: dict[str, Callable[[MergeSide], str]] = {
        "Nom": _full_name,
        "Téléphone": _phone_said,
        "Naissance": _month_said,
        "Inscription": lambda side: _day_said(side.enrolled_at),
        "Dernière visite": lambda side: _day_said(side.seen_at) if side.seen_at else "jamais",
        "Carte": lambda side: "avec son code secret" if side.has_card else "jamais utilisée",
        "CV": lambda side: _cvs_said(side) or "aucun",
    }
    return [(label, said(kept), said(other)) for label, said in lines.items()]


def _full_name(side: MergeSide) -> str:
    return f"{side.first_name} {side.last_name}"


def _phone_said(side: MergeSide) -> str:
    return contact.phone_shown(side.phone) if side.phone else ""


def _month_said(side: MergeSide) -> str:
    return dates.month_shown(side.birth_month)


def _cvs_said(side: MergeSide) -> str:
    if not side.cv_changed_at:
        return ""
    count = "1 CV" if side.cvs == 1 else f"{side.cvs} CV"
    return f"{count}, changé le {_day_said(side.cv_changed_at)}"


def _day_said(at: datetime) -> str:
    return days.shown_day(days.local_day(at) or date.today(), today=date.today())


def _merge_files(kept: MergeSide, other: MergeSide, asked: Mapping[str, tuple[str, str]]) -> None:
    """Merge the two files as they were compared, after the proof that what somebody keeps private asks for."""
    agreed = bool(session_state.widget_value(_AGREED, bool))
    given = None
    if agreed and other.seen_at is not None:
        given = proof.given_proof(proof.typed_proof(_PROOF))
        if given is None:
            return
    answers = {what: session_state.widget_value(key, str) or without for what, (key, without) in asked.items()}
    saved = transactions.run_action(
        lambda session, me: file_merges.merge_files(
            session,
            by=me,
            account_id=kept.id,
            other_id=other.id,
            choices=MergeChoices(**answers, agreed=agreed),
            shown=(kept, other),
            proof=given,
            today=date.today(),
            now=models.utc_now(),
        )
    )
    if saved:
        session_state.MERGE_WITH.clear()
        session_state.tell_once("Les deux dossiers sont réunis. Vous pouvez les séparer pendant 24 heures.")
        link.open_instead(kept.id, "dossier")


def _undo_merge(merge_id: str) -> None:
    if transactions.run_action(
        lambda session, me: merge_undo.undo_merge(
            session, by=me, merge_id=merge_id, today=date.today(), now=models.utc_now()
        )
    ):
        session_state.tell_once("Les deux dossiers sont de nouveau séparés.")
