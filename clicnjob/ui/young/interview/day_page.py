"""The page of one interview: its summary and files; afterwards what was learnt, a thank-you message, the answer."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from clicnjob.french import moments
from clicnjob.interview import days
from clicnjob.interview.notebook import InterviewDay, Notebook
from clicnjob.interview.words import interview_words
from clicnjob.proofreading import proofread
from clicnjob.ui.shell import layout, session_state
from clicnjob.ui.widgets import copy, corrections, download, turn
from clicnjob.ui.young.interview import asking, book, day, training

_PARTS = ("objet", "debut", "rappel", "fin")
_ASKED = {
    "objet": "L’objet du message",
    "debut": "Le début",
    "rappel": "Ce qui t’a plu",
    "fin": "La fin",
}


def draw_day(one: InterviewDay) -> None:
    """Draw the summary, the downloads, and the buttons to change it, train for it or go on after it."""
    st.title(layout.escape_markdown(days.interview_name(one)), anchor=False)
    turn.to_title("page")
    if told := day.leaving_told(one):
        st.html(f'<p class="cj-leave">{told}</p>')
    rows = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in _day_facts(one))
    st.html(f'<dl class="cj-facts">{rows}</dl>')
    with st.container(horizontal=True):
        download.download_button(
            "Ma feuille du jour J", document="day", work_id=one.id, icon=":material/picture_as_pdf:", primary=True
        )
        if days.interview_start(one):
            download.download_button(
                "Pour mon téléphone", document="day-ics", work_id=one.id, icon=":material/calendar_add_on:"
            )
    if days.interview_start(one):
        st.html('<p class="cj-small">Le fichier du téléphone met le rendez-vous dans ton agenda, avec des rappels.</p>')
    with st.container(key="cj-dayside", horizontal=True):
        st.button("Changer", key="change", icon=":material/edit:", on_click=day.go_to, args=("qui",))
        if st.button("M’entraîner pour ce métier", key="train", icon=":material/record_voice_over:"):
            training.come_with_wish(one.job)
            st.switch_page(training.training_page())
        st.button("C’est passé", key="after", icon=":material/done_all:", on_click=day.go_to, args=("apres",))


def draw_after(one: InterviewDay) -> None:
    """Draw the tabs for after the interview: what was learnt, a thank-you message, the employer's answer."""
    st.title("Et après\u00a0?", anchor=False)
    turn.to_title("apres")
    st.html(f'<p class="cj-about">{escape(days.interview_name(one))}</p>')
    learned, thanks, result = st.tabs(["Ce que j’ai appris", "Dire merci", "La réponse"], key="after-tabs")
    with learned:
        _draw_learned(one)
    with thanks:
        _draw_thanks(one)
    with result:
        _draw_result(one)
    st.button("Revoir ma feuille", key="back-to-page", icon=":material/arrow_back:", on_click=day.go_to, args=("page",))


def _day_facts(one: InterviewDay) -> list[tuple[str, str]]:
    on, at, offered = days.on_day(one), days.at_hour(one), interview_words().day
    papers, questions = days.ready_counts(
        one, [paper.cle for paper in offered.papiers], [line.cle for line in offered.questions_a_poser]
    )
    when = moments.shown_day(on).capitalize() if on else "à préciser"
    return [
        ("Quand", f"{when}, {moments.shown_hour(at)}" if at else when),
        ("Où", one.place or "à préciser"),
        ("Papiers", _papers_in_words(papers)),
        ("Questions", _questions_in_words(questions + bool(one.own_question))),
        ("En cas de retard", ", ".join(part for part in (one.call_name, one.call_phone) if part) or "à préciser"),
    ]


def _papers_in_words(ready: int) -> str:
    return {0: "à préparer", 1: "1 papier prêt"}.get(ready, f"{ready} papiers prêts")


def _questions_in_words(questions: int) -> str:
    return {0: "aucune pour l’instant", 1: "1 question à poser"}.get(questions, f"{questions} questions à poser")


def _draw_learned(one: InterviewDay) -> None:
    for line in interview_words().thanks.apprises:
        asking.ask_tick(
            line.texte,
            name=f"learned-{one.id}-{line.cle}",
            ticked=line.cle in one.learned,
            put=day.tick_in_field(one, "learned", line.cle),
        )
    asking.ask_text(
        "Ou avec tes mots", name=f"note-{one.id}", value=one.note, put=day.put_in_field(one, "note"), height=90
    )


def _draw_thanks(one: InterviewDay) -> None:
    """Let the person choose the sentences of a message, then edit, proofread and copy it."""
    if not one.thanks:
        picked = [_choose_part(one, part) for part in _PARTS]
        st.html("".join(f"<p>{escape(line)}</p>" for line in picked[1:]))
        st.button(
            "Écrire mon message",
            key="compose",
            type="primary",
            icon=":material/edit:",
            on_click=_compose_thanks,
            args=(one, picked),
        )
        return
    asking.ask_text(
        "Mon message", name=f"thanks-{one.id}", value=one.thanks, put=day.put_in_field(one, "thanks"), height=220
    )
    copy.copy_button(one.thanks, key="copy-thanks")
    with st.expander("Corriger les fautes", icon=":material/spellcheck:", key="thanks-words"):
        known = frozenset((one.employer, one.call_name, one.place))
        corrections.draw_corrections(
            proofread.of_texts([one.thanks], known=known), take=lambda _before, text: _put_thanks(one, text)
        )
    st.button(
        "Recommencer",
        key="thanks-again",
        type="tertiary",
        icon=":material/replay:",
        on_click=_put_thanks,
        args=(one, ""),
    )


def _choose_part(one: InterviewDay, part: str) -> str:
    offered = list(getattr(interview_words().thanks, part))
    chosen = st.selectbox(_ASKED[part], offered, key=session_state.widget_key("thanks", one.id, part))
    return str(chosen or "")


def _compose_thanks(one: InterviewDay, picked: list[str]) -> None:
    subject, *message = picked
    _put_thanks(one, days.thank_you_text([f"Objet\u00a0: {subject}", *message]))


def _put_thanks(one: InterviewDay, text: str) -> None:
    def put(notes: Notebook) -> None:
        notes.day_with_id(one.id).thanks = text

    if book.change_notebook(put):
        session_state.renew_widgets()


def _draw_result(one: InterviewDay) -> None:
    asking.one_of(
        "La réponse",
        [str(key) for key in days.RESULTS],
        name=f"result-{one.id}",
        chosen=one.result,
        put=day.put_in_field(one, "result"),
        shown=lambda key: next(name for kind, (name, _) in days.RESULTS.items() if kind == key),
    )
    if one.result:
        st.html(f'<p class="cj-understood">{days.RESULTS[one.result][1]}</p>')
    if one.result == "non":
        st.html('<p class="cj-help">Tu peux demander pourquoi, poliment. Ça aide pour le prochain.</p>')
    elif one.result == "" and (on := days.on_day(one)) and on < date.today():
        st.html('<p class="cj-help">Pas encore de réponse\u00a0? Envoie ton merci, puis attends une semaine.</p>')
