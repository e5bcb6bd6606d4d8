"""A CV from elsewhere: each thing found in it is asked about, one at a time, and its text stays readable."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from clicnjob.cv.document import compose
from clicnjob.cv.exchange import accepting
from clicnjob.cv.exchange.old_cv import FoundContact, OldCv
from clicnjob.cv.exchange.old_cv_entries import DatedEntry
from clicnjob.cv.model import guide, periods
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.ui.shell import navigation, open_work, session_state
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.young.cv import reopening
from clicnjob.ui.young.guide import way

_QUESTIONS = {
    "name": "Est-ce ton nom\u00a0?",
    "phone": "Est-ce ton numéro\u00a0?",
    "email": "Est-ce ton adresse e-mail\u00a0?",
    "town": "Est-ce ta ville\u00a0?",
    "job": "Est-ce le métier que tu veux\u00a0?",
}
_ACTIVITY, _STUDY = "Est-ce un travail ou un stage\u00a0?", "Est-ce une formation\u00a0?"


def draw_questions(now: Desk, found: OldCv) -> None:
    """Draw the question about one thing found, with the text of the CV beside it; at the end, the way on."""
    asking, showing = st.columns([11, 9], gap="large")
    all_found: tuple[FoundContact | DatedEntry, ...] = (*found.contacts, *found.entries)
    position = session_state.OLD_CV_AT.get()
    with asking:
        if position < len(all_found):
            _draw_question(now, all_found[position], position, len(all_found), found.why)
        else:
            _draw_end(now, len(all_found))
    with showing:
        st.header("Ton ancien CV", anchor=False)
        _draw_lines(found)


def draw_beside() -> None:
    """Draw the text of the old CV beside the questions of the guide, if there is one."""
    if (found := session_state.OLD_CV.get()) is None:
        return
    with st.expander("Mon ancien CV", icon=":material/description:", key="old-cv-beside"):
        _draw_lines(found)
        st.button("Je n’en ai plus besoin", key="old-cv-away", type="tertiary", on_click=reopening.forget_file)


def _draw_question(now: Desk, one: FoundContact | DatedEntry, position: int, count: int, why: str) -> None:
    if position == 0:
        st.info(f"On lit ce qui est écrit, et tu choisis. {why}", icon=":material/info:")
    st.html(
        f'<p class="cj-about">{position + 1} sur {count}. Ce fichier n’est pas gardé\u00a0: ne recharge pas la page.</p>'
    )
    with st.container(key="cj-found", border=True):
        if isinstance(one, FoundContact):
            _draw_contact(now, one)
        else:
            _draw_entry(one)
    with st.container(horizontal=True, key="cj-found-steps", vertical_alignment="center"):
        if position:
            st.button("Retour", key="found-back", icon=":material/arrow_back:", on_click=_move_on, args=(-1,))
        open_work.saved_mark()
        st.button("Annuler", key="undo", type="tertiary", icon=":material/undo:", on_click=open_work.undo_change)


def _draw_contact(now: Desk, one: FoundContact) -> None:
    st.header(_QUESTIONS[one.field], anchor=False)
    shown, current = accepting.found_answer(one), accepting.current_answer(now.profile, now.cv, one.field)
    st.html(f'<p class="cj-found-words">{escape(shown)}</p>')
    if current and current != shown:
        st.text(f"Pour l’instant, c’est\u00a0: {current}")

    def put(profile: Profile, cv: Cv) -> None:
        accepting.accept_contact(profile, cv, one)

    with st.container(horizontal=True):
        _draw_yes("Oui", put)
        _draw_no()


def _draw_entry(one: DatedEntry) -> None:
    study = one.kind == "study"
    st.header(_STUDY if study else _ACTIVITY, anchor=False)
    where = ", ".join(part for part in (one.place, one.town) if part)
    lines = (one.title, where, periods.period_text(one.period), compose.study_ending(one.ending), *one.phrases)
    first, *others = [line for line in lines if line]
    rest = "".join(f"<li>{escape(line)}</li>" for line in others)
    st.html(f'<p class="cj-found-words">{escape(first)}</p><ul class="cj-found-lines">{rest}</ul>')
    with st.container(horizontal=True):
        _draw_yes("Oui", _entry_put(one, as_study=study))
        other = "C’est un travail ou un stage" if study else "C’est une formation"
        st.button(other, key="found-other", on_click=_accept_entry, args=(_entry_put(one, as_study=not study),))
        _draw_no()


def _entry_put(one: DatedEntry, *, as_study: bool) -> Callable[[Profile, Cv], None]:
    def put(profile: Profile, cv: Cv) -> None:
        accepting.accept_entry(profile, one, as_study=as_study)

    return put


def _draw_yes(words: str, put: Callable[[Profile, Cv], None]) -> None:
    st.button(words, key="found-yes", type="primary", icon=":material/check:", on_click=_accept_entry, args=(put,))


def _draw_no() -> None:
    st.button("Non, passe", key="found-no", icon=":material/close:", on_click=_move_on)


def _draw_end(now: Desk, count: int) -> None:
    with st.container(key="cj-found", border=True):
        if count:
            st.header("C’est tout ce qu’on a trouvé.", anchor=False)
            st.text("Ton ancien CV reste à côté des questions. Tu peux y regarder.")
        else:
            st.header("On n’a rien reconnu tout seul.", anchor=False)
            st.text("Le texte reste à côté. Réponds aux questions en regardant.")
        if st.button("Continuer mon CV", key="found-go-on", type="primary", icon=":material/edit:"):
            way.start_at(guide.resumed_place(now.profile, now.cv))  # what the old CV answered is not asked again
            st.switch_page(navigation.page_path("young/guide.py"))
    with st.container(horizontal=True):
        if count:
            st.button("Retour", key="found-back", icon=":material/arrow_back:", on_click=_move_on, args=(-1,))
        st.button("Choisir un autre fichier", key="other-file", type="tertiary", on_click=reopening.forget_file)


def _draw_lines(found: OldCv) -> None:
    """Draw the text as it reads, in a box that the keyboard can scroll."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in found.lines)
    st.html(f'<div class="cj-old-cv" tabindex="0" role="group" aria-label="Ton ancien CV">{lines}</div>')


def _accept_entry(put: Callable[[Profile, Cv], None]) -> None:
    if open_work.change_cv(put):
        _move_on()


def _move_on(by: int = 1) -> None:
    session_state.OLD_CV_AT.set(max(0, session_state.OLD_CV_AT.get() + by))
