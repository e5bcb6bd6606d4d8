"""The interest quiz on a projector: one large statement at a time, a count of hands, then kinds of jobs."""

from __future__ import annotations

from html import escape

import streamlit as st

from clicnjob.jobs import finder, group_quiz, interests
from clicnjob.jobs.catalogue import Category
from clicnjob.jobs.group_quiz import NO_HANDS, Hands, InterestKind, LikedKind
from clicnjob.jobs.interests import Statement
from clicnjob.ui.shell import session_state

_ANSWERS = (("💚", "J’aime"), ("🤷", "Bof"), ("✋", "Non"))


def draw_group_quiz() -> None:
    """Draw the current statement, or the result once all have been shown."""
    asked = interests.quiz_statements()
    place = min(session_state.GROUP_PLACE.get(), len(asked))
    if place < len(asked):
        _draw_statement(asked[place], place, len(asked))
    else:
        _draw_result(len(asked))


def _draw_statement(one: Statement, place: int, total: int) -> None:
    with st.container(key="cj-projected"):
        st.html(f'<p class="cj-about">{place + 1} sur {total}</p>')
        st.html(f'<p class="cj-picture" aria-hidden="true">{one.icone}</p>')
        st.title(one.texte, anchor=False)
        _draw_hand_buttons(one.cle)
    with st.container(key="cj-projected-steps", horizontal=True, horizontal_alignment="distribute"):
        st.button(
            "Avant",
            key="before",
            shortcut="Left",
            disabled=not place,
            on_click=_go_to_place,
            args=(place - 1,),
        )
        last = place + 1 == total
        label = "Voir les métiers" if last else "Suivante"
        st.button(
            label,
            key="next",
            type="primary",
            shortcut="Right",
            on_click=_go_to_place,
            args=(place + 1,),
        )
    st.text("Levez la main. Compter n’est pas obligatoire\u00a0: touches 1, 2 et 3. Flèches\u00a0: avant et suivante.")


def _draw_hand_buttons(statement: str) -> None:
    """Draw three buttons that add a hand, and one that resets the count."""
    hands = _hands_by_statement().get(statement, NO_HANDS)
    with st.container(key="cj-hands", horizontal=True, horizontal_alignment="center", gap="small"):
        for answer, ((icon, words), count) in enumerate(zip(_ANSWERS, hands, strict=True)):
            st.button(
                f"{words}\u00a0: {count}" if count else words,
                key=f"hand-{answer}",
                icon=icon,
                shortcut=str(answer + 1),
                on_click=_add_hand,
                args=(statement, answer),
            )
    if any(hands):
        st.button("Remettre à zéro", key="no-hands", type="tertiary", on_click=_put_hands, args=(statement, NO_HANDS))


def _draw_result(total: int) -> None:
    catalogue = finder.job_catalogue()
    found = group_quiz.liked_kinds(_hands_by_statement(), catalogue=catalogue)
    st.title("Ce que le groupe aime" if found else "Six familles de métiers", anchor=False)
    if not found:
        st.text("Aucune main n’a été comptée. Choisissez ensemble les familles qui vous ressemblent.")
    shown = [_kind_html(one.kind, _reason_of(one), one.jobs) for one in found] or [
        _kind_html(kind, kind.phrase, group_quiz.jobs_of(kind, catalogue=catalogue))
        for kind in group_quiz.interest_kinds()
    ]
    st.html(f'<div class="cj-kinds">{"".join(shown)}</div>')
    with st.container(key="cj-projected-steps", horizontal=True, horizontal_alignment="distribute"):
        st.button("Avant", key="before", shortcut="Left", on_click=_go_to_place, args=(total - 1,))
        st.button("Recommencer", key="again", icon=":material/replay:", on_click=_begin_anew)


def _reason_of(one: LikedKind) -> str:
    return f"Vous aimez {' et '.join(one.because)}." if one.because else one.kind.phrase


def _kind_html(kind: InterestKind, sentence: str, jobs: tuple[Category, ...]) -> str:
    lines = "".join(f"<li>{escape(job.icone)} {escape(job.nom_m)}</li>" for job in jobs)
    name = f"{escape(kind.icone)} {escape(kind.nom)}"
    return f'<section class="cj-kind"><h2>{name}</h2><p>{escape(sentence)}</p><ul>{lines}</ul></section>'


def _hands_by_statement() -> dict[str, Hands]:
    return dict(session_state.GROUP_HANDS.get())


def _go_to_place(place: int) -> None:
    session_state.GROUP_PLACE.set(max(0, place))


def _add_hand(statement: str, answer: int) -> None:
    _put_hands(statement, group_quiz.with_hand(_hands_by_statement().get(statement, NO_HANDS), answer))


def _put_hands(statement: str, hands: Hands) -> None:
    session_state.GROUP_HANDS.set({**_hands_by_statement(), statement: hands})


def _begin_anew() -> None:
    session_state.GROUP_PLACE.clear()
    session_state.GROUP_HANDS.clear()
