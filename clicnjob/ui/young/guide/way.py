"""Navigation in the guided CV: the bar of stages, the heading of a question, back, skip and continue."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from clicnjob.cv.model import guide
from clicnjob.cv.model.guide import GuidePlace
from clicnjob.cv.model.profile import Certificate, Interest, Language, Quality
from clicnjob.ui.shell import open_work, read_aloud, session_state, signed_in
from clicnjob.ui.shell.open_work import Desk


def current_place(now: Desk) -> GuidePlace:
    """Return the question at which the selected CV is."""
    return guide.kept_place(now.card.place or str(guide.START), now.profile, today=date.today())


def go_to(to: GuidePlace) -> None:
    """Go to a question and save it as the place to resume."""
    session_state.forget_faults()
    open_work.move_to(str(to))


def draw_path(now: Desk, at: GuidePlace) -> None:
    """Draw the stages as done, current or to do; narrow screens show « Étape 3 sur 10 »."""
    stage = now.words.screens[at.screen].etape if at.screen != "trous" else "etudes"
    done = guide.answered_stages(now.profile, now.cv)
    stages = list(guide.STAGES)
    marks = "".join(_stage_html(key, here=key == stage, done=done[key]) for key in stages)
    position = stages.index(stage) + 1
    st.html(
        f'<nav class="cj-path" aria-label="Les étapes du CV"><p class="cj-path-now">Étape {position} sur '
        f"{len(stages)}\u00a0: {guide.STAGES[stage]}</p><ol>{marks}</ol></nav>"
    )


def next_stage(done: dict[str, bool]) -> str:
    """Return the first stage without an answer, or « fin » when all have one."""
    return next((stage for stage, begun in done.items() if not begun), "fin")


def big_path(done: dict[str, bool]) -> None:
    """Draw all stages for the home page: those begun, and the next one."""
    nxt = next_stage(done)
    marks = "".join(_stage_html(stage, here=stage == nxt, done=begun) for stage, begun in done.items())
    st.html(f'<nav class="cj-path cj-path-big" aria-label="Mon chemin"><ol>{marks}</ol></nav>')


def draw_question(now: Desk, at: GuidePlace) -> None:
    """Draw the question, its help text and its « Écouter » button."""
    asked = guide.screen_at(at, now.profile)
    heading = asked.question
    if about := question_subject(now, at):
        st.html(f'<p class="cj-about">{escape(about)}</p>')
    with st.container(key="cj-question", horizontal=True, vertical_alignment="center"):
        st.title(heading, anchor=False)
        read_aloud.read_aloud_button(f"{heading} {asked.aide}", key="listen", place=str(at))
    st.html(f'<p class="cj-help">{escape(asked.aide)}</p>')


def question_subject(now: Desk, at: GuidePlace) -> str:
    """Name the item that a question is about (« Stagiaire », « Anglais »); '' for a general question."""
    if not at.item:
        return ""
    profile, words = now.profile, now.words
    for item in profile.experiences:
        if item.id == at.item:
            return item.title or words.kinds[item.kind].nom
    for study in profile.studies:
        if study.id == at.item:
            return study.title or next((lv.nom for lv in words.studies.niveaux if lv.cle == study.level), "")
    named: tuple[Certificate | Language | Quality | Interest, ...] = (
        *profile.certificates,
        *profile.languages,
        *profile.qualities,
        *profile.interests,
    )
    return next((_name_of_key(now, one.key) or one.label for one in named if one.id == at.item), "")


def draw_steps(now: Desk, at: GuidePlace) -> None:
    """Draw « Retour », the skip button and « Continuer », which refuses to pass a text that was not saved."""
    before = guide.previous_place(at, now.profile, today=date.today())
    asked = guide.screen_at(at, now.profile)
    with st.container(key="cj-steps", horizontal=True, gap="small"):
        if before:
            st.button("Retour", icon=":material/arrow_back:", key="back", on_click=go_to, args=(before,))
        st.button(asked.passer, key="skip", type="tertiary", on_click=_skip_question, args=(at,))
        st.button("Continuer", key="next", type="primary", on_click=_go_forward, args=(at,))


def draw_jumps() -> None:
    """Draw the list that jumps to a stage; a jump closes it."""
    unfolded = st.popover(
        "Toutes les étapes", icon=":material/map:", key=session_state.widget_key("stages"), on_change="rerun"
    )
    if unfolded.open:  # drawing the buttons at every answer would add a tenth to its cost
        with unfolded:
            for stage, words in guide.STAGES.items():
                st.button(words, key=f"jump-{stage}", on_click=_jump_to, args=(stage,), width="stretch")


def _jump_to(stage: str) -> None:
    go_to(guide.END if stage == guide.END.screen else guide.first_of(stage))
    session_state.renew_widgets()  # a new key closes the list


def _go_forward(at: GuidePlace) -> None:
    if session_state.current_faults():
        session_state.tell_once("Regarde la phrase sous la case. Ou touche le bouton pour passer.")
        return
    _skip_question(at)


def _skip_question(at: GuidePlace) -> None:
    """Go to the next question, computed from the stored answers: the last one may have added questions."""
    me = signed_in.person_here()
    if me is not None:
        profile, today = open_work.opened_desk(me).profile, date.today()
        go_to(guide.next_place(guide.kept_place(str(at), profile, today=today), profile, today=today))


def _stage_html(stage: str, *, here: bool, done: bool) -> str:
    words = guide.STAGES[stage]
    kind = "here" if here else "done" if done else "todo"
    said = {"here": "tu es ici", "done": "commencé", "todo": "à faire"}[kind]
    current = ' aria-current="step"' if here else ""
    return f'<li class="cj-{kind}"{current}><span>{words}</span><span class="cj-hidden">, {said}</span></li>'


def _name_of_key(now: Desk, key: str) -> str:
    words = now.words
    languages = {known.cle: known.nom for known in words.languages.langues}
    if key in languages:
        return languages[key]
    if key in words.permits:
        return words.permits[key].nom
    if key in words.interests:
        return words.interests[key].nom
    return ""
