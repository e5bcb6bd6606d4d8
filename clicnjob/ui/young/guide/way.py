"""Navigation in the guided CV: the steps, the heading of a question, back, skip and continue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import escape
from typing import Literal

import streamlit as st

from clicnjob.cv.model import guide
from clicnjob.cv.model.guide import GuidePlace
from clicnjob.cv.model.profile import Language
from clicnjob.ui.shell import navigation, open_work, read_aloud, session_state, session_strip, signed_in
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.young.guide import steps
from clicnjob.ui.young.guide.steps import Step

_TRAIL = 40  # questions that « Retour » and the browser's Back remember


def current_place(now: Desk) -> GuidePlace:
    """Return the question at which the selected CV is."""
    return guide.kept_place(now.card.place or str(guide.START), now.profile, today=date.today())


def go_to(to: GuidePlace) -> None:
    """Go to a question on the way where the person is, and save it as the place to resume."""
    if me := signed_in.person_here():
        to = replace(to, way=current_place(open_work.opened_desk(me)).way)
    _move_to(to)


def start_at(to: GuidePlace) -> None:
    """Go to a question on the way that it names, from another page."""
    _move_to(to)


def follow_to_page(now: Desk, at: GuidePlace) -> None:
    """Leave the questions for the page once they are over; coming back leads to the first stage without an answer."""
    if at == replace(guide.END, way=at.way):
        steps_count = len(guide.stages_of(at.way))
        session_strip.note_step("young/guide.py", step=steps_count, steps=steps_count, done=True)
        _move_to(guide.resumed_place(now.profile, now.cv))
        st.switch_page(navigation.page_path("young/sheet.py"))


def draw_path(now: Desk, at: GuidePlace) -> None:
    """Draw the steps of the way, each a button; narrow screens show « Étape 3 sur 10 », which unfolds them."""
    done = guide.answered_stages(now.profile, now.cv)
    here = guide.stage_of(at)
    bar = tuple(
        Step(stage, guide.STAGES[stage], "here" if stage == here else "done" if done[stage] else "todo")
        for stage in guide.stages_of(at.way)
    )
    seen = _seen_places(now, at)
    number = [step.key for step in bar].index(here) + 1
    session_strip.note_step("young/guide.py", step=number, steps=len(bar), title=guide.STAGES[here])
    steps.draw_bar(bar, place=str(at), depth=len(seen), choose=_choose_stage, come_back=_come_back)


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
        read_aloud.read_region_button(".st-key-cj-card", key="listen", place=str(at))
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
    return next((_language_name(now, one) for one in profile.languages if one.id == at.item), "")


def draw_steps(now: Desk, at: GuidePlace) -> None:
    """Draw « Retour », the skip button and « Continuer », always in sight.

    Where the answer is one of the tiles, only these lead on: « Continuer » would skip what is asked.
    """
    asked = guide.screen_at(at, now.profile)
    waits = guide.awaits_choice(at, now.profile, today=date.today())
    ends = at.way == guide.ALONE and guide.next_place(at, now.profile, today=date.today()) == guide.END
    with st.container(key="cj-steps", horizontal=True, gap="small"):
        if _place_before(now, at):
            st.button("Retour", icon=":material/arrow_back:", key="back", on_click=_go_back)
        kind: Literal["secondary", "tertiary"] = "secondary" if waits else "tertiary"
        st.button(asked.passer, key="skip", type=kind, on_click=_skip_question, args=(at,))
        if not waits:
            words = "Revoir ma page" if ends else "Continuer"
            st.button(words, key="next", type="primary", on_click=_go_forward, args=(at,))


def go_on(at: GuidePlace) -> None:
    """Go to the next question: what a choice does when it is the whole answer."""
    _skip_question(at)


def _move_to(to: GuidePlace) -> None:
    session_state.forget_faults()
    open_work.move_to(str(to))


def _seen_places(now: Desk, at: GuidePlace) -> tuple[str, ...]:
    """Return the questions seen of this CV, the present one last."""
    cv_id, *seen = session_state.GUIDE_TRAIL.get() or ("",)
    seen = seen if cv_id == now.card.id else []
    if seen[-1:] != [str(at)]:
        seen.append(str(at))
    session_state.GUIDE_TRAIL.set((now.card.id, *seen[-_TRAIL:]))
    return tuple(seen[-_TRAIL:])


def _place_before(now: Desk, at: GuidePlace) -> GuidePlace | None:
    """Return the question seen before this one; after a restart of the server, the one before it in order."""
    seen = _seen_places(now, at)
    if len(seen) > 1:
        return guide.kept_place(seen[-2], now.profile, today=date.today())
    return guide.previous_place(at, now.profile, today=date.today())


def _go_back() -> None:
    if (me := signed_in.person_here()) is None:
        return
    now = open_work.opened_desk(me)
    before = _place_before(now, current_place(now))
    session_state.GUIDE_TRAIL.set(session_state.GUIDE_TRAIL.get()[:-1])
    if before:
        _move_to(before)


def _come_back(place: str) -> None:
    """Follow the browser's Back or Forward to a question of this person's CV."""
    if (me := signed_in.person_here()) is None:
        return
    now = open_work.opened_desk(me)
    to = guide.kept_place(place[: session_state.LONGEST_PLACE], now.profile, today=date.today())
    cv_id, *seen = session_state.GUIDE_TRAIL.get() or (now.card.id,)
    if str(to) in seen:
        last = len(seen) - seen[::-1].index(str(to))
        session_state.GUIDE_TRAIL.set((cv_id, *seen[:last]))
    _move_to(to)


def _choose_stage(stage: str) -> None:
    if stage in guide.STAGES and (me := signed_in.person_here()):
        way = current_place(open_work.opened_desk(me)).way
        _move_to(guide.first_of(stage, way=guide.SHORT if way == guide.SHORT else guide.WHOLE))


def _go_forward(at: GuidePlace) -> None:
    if session_state.current_faults():
        session_state.tell_once("Regarde la phrase sous la case. Ou touche le bouton pour passer.")
        return
    me = signed_in.person_here()
    if me is not None and guide.lacks_answer(at, (now := open_work.opened_desk(me)).profile, now.cv):
        session_state.tell_once(guide.screen_at(at, now.profile).manque)
        return
    _skip_question(at)


def _skip_question(at: GuidePlace) -> None:
    """Go to the next question, computed from the stored answers: the last one may have added questions."""
    me = signed_in.person_here()
    if me is not None:
        profile, today = open_work.opened_desk(me).profile, date.today()
        _move_to(guide.next_place(guide.kept_place(str(at), profile, today=today), profile, today=today))


def _stage_html(stage: str, *, here: bool, done: bool) -> str:
    words = guide.STAGES[stage]
    kind = "here" if here else "done" if done else "todo"
    said = {"here": "tu es ici", "done": "répondu", "todo": "à faire"}[kind]
    current = ' aria-current="step"' if here else ""
    return f'<li class="cj-{kind}"{current}><span>{words}</span><span class="cj-hidden">, {said}</span></li>'


def _language_name(now: Desk, language: Language) -> str:
    names = {known.cle: known.nom for known in now.words.languages.langues}
    return names.get(language.key, language.label)
