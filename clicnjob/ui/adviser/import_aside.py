"""The rows of a list that wait to be mended: each in a form of its own, all of them as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st
from sqlmodel import Session

from clicnjob import db, models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort.importing import remainders
from clicnjob.cohort.importing.candidates import PARTS, Candidate
from clicnjob.cohort.importing.remainders import LooksEnrolled, Remainder
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import layout, session_state, transactions
from clicnjob.ui.widgets import download

_SHOWN = 10


def draw_remainders(me: Present) -> None:
    """Draw what the professional has still to mend, the first rows only, with the file and the way to drop all."""
    with db.read_transaction() as session:
        rows = remainders.own_remainders(session, of=me)
    if not rows:
        return
    st.header(f"Lignes à corriger\u00a0: {len(rows)}", anchor=False)
    st.text("Corrigez ici, ou dans un fichier. Ce que vous tapez ici est gardé à mesure.")
    st.text(f"Ce qui reste s’efface après {policy.IMPORT_ASIDE_KEPT.days} jours.")
    with st.container(horizontal=True):
        download.download_button("Télécharger ces lignes", document="import-aside", icon=":material/download:")
        st.button("Effacer ces lignes", key="aside-forget", icon=":material/delete:", on_click=_forget_row, args=("",))
    for row in rows[:_SHOWN]:
        _draw_row(row)
    if len(rows) > _SHOWN:
        st.text(f"Les {len(rows) - _SHOWN} lignes suivantes viennent après celles-ci.")


def _draw_row(row: Remainder) -> None:
    with st.container(key=f"mend-{row.id}", border=True):
        for part, reason in row.reasons.items():
            st.text(f"Ligne {row.line}, {PARTS.get(part, part).lower()}\u00a0: {reason}")
        shown = [
            part for part in PARTS if part in row.reasons or part in ("first_name", "last_name") or row.typed.get(part)
        ]
        for part, place in zip(shown, st.columns(len(shown)), strict=True):
            with place:
                text_boxes.draw_line(
                    PARTS[part], name=_box_name(row.id, part), kept=row.typed.get(part, ""),
                    take=partial(_save_part, row.id, part), most=policy.IMPORT_CELL_LENGTH,
                )  # fmt: skip
        who, sentence = session_state.IMPORT_LOOKS.get()
        if who == row.id:
            st.warning(layout.escape_markdown(sentence), icon=":material/group:")
            st.checkbox("C’est une autre personne", key=f"other-{row.id}")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Inscrire", key=f"mend-go-{row.id}", type="primary", icon=":material/person_add:",
                on_click=_mend_row, args=(row, shown),
            )  # fmt: skip
            st.button(
                "Effacer la ligne", key=f"mend-drop-{row.id}", icon=":material/delete:",
                on_click=_forget_row, args=(row.id,),
            )  # fmt: skip


def _box_name(row_id: str, part: str) -> str:
    return f"mend-{part}-{row_id}"


def _save_part(row_id: str, part: str, typed: str) -> bool:
    saved = transactions.save_or_raise(
        lambda session, me: remainders.save_part(session, row_id, by=me, part=part, typed=typed)
    )
    return saved is not None


def _mend_row(row: Remainder, shown: Sequence[str]) -> None:
    typed = dict(row.typed)
    for part in shown:
        now = text_boxes.typed_text(_box_name(row.id, part))
        typed[part] = typed.get(part, "") if now is None else now
    is_other = bool(session_state.widget_value(f"other-{row.id}", bool))

    def act(session: Session, me: Present) -> Candidate | LooksEnrolled:
        try:
            return remainders.mend_remainder(
                session, row.id, typed, by=me, is_other=is_other, today=date.today(), now=models.utc_now()
            )
        except LooksEnrolled as likeness:  # nothing was written yet: the page asks
            return likeness

    session_state.IMPORT_LOOKS.clear()
    saved = transactions.run_action(act)
    if saved is None:
        return
    if isinstance(saved.result, Candidate):
        session_state.tell_once(
            f"C’est fait\u00a0: {saved.result.first_name} {saved.result.last_name} est dans la liste."
        )
    else:
        session_state.IMPORT_LOOKS.set((row.id, saved.result.sentence))


def _forget_row(row_id: str) -> None:
    saved = transactions.run_action(
        lambda session, me: remainders.forget_remainders(session, by=me, remainder_id=row_id)
    )
    if saved:
        session_state.tell_once("C’est effacé.")
