"""« Une situation »: one moment at a time, what a choice led to, then an end from which one may try another way."""

from __future__ import annotations

from html import escape

import streamlit as st
from sqlmodel import Session

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.errors import NotFound
from clicnjob.learn import records
from clicnjob.learn.own import published
from clicnjob.learn.scene import Scene, SceneChoice, SceneMoment
from clicnjob.models import LearningKind
from clicnjob.ui.shell import layout, navigation, open_work, read_aloud, session_state, session_strip, transactions
from clicnjob.ui.widgets import turn
from clicnjob.ui.young.learn import opening, reporting, screens
from clicnjob.workshops.live import progress

_KIND = LearningKind.SCENE


def read_scene(me: Present) -> Scene:
    """Read the chosen scene; go to the list when there is none, or none any more."""
    try:
        with db.read_transaction() as session:
            scene = published.scene_to_learn(session, of=me, scene_id=session_state.SCENE.get(), now=models.utc_now())
    except NotFound:
        st.switch_page(navigation.page_path(opening.LEARN))
    return scene


def current_moment(me: Present, scene: Scene) -> SceneMoment:
    """Return where the person is: in this tab, else where they left the scene, else its beginning."""
    way = session_state.SCENE_WAY.get()
    if not way:
        with db.read_transaction() as session:
            kept = records.own_record(session, of=me, kind=_KIND, content_id=scene.id)
        session_state.SCENE_WAY.set(((kept.place or scene.debut, ""),))
    found = scene.moment_with_id(session_state.SCENE_WAY.get()[-1][0]) or scene.moment_with_id(scene.debut)
    assert found is not None
    return found


def draw_scene(me: Present, scene: Scene, moment: SceneMoment) -> None:
    """Draw one moment with its choices, or an end."""
    way = session_state.SCENE_WAY.get()
    if session_state.WORKSHOP_CONTENT.get() == scene.id:
        session_strip.note_step(opening.SCENE, step=len(way), steps=0, title=moment.qui)
    st.html(f'<p class="cj-about">{escape(scene.titre)}</p>')
    with st.container(key="cj-card"):
        _draw_led_to(scene, way)
        with st.container(key="cj-question", horizontal=True, vertical_alignment="center"):
            st.title(layout.escape_markdown(moment.qui), anchor=False)
            turn.to_title(f"{scene.id}/{len(way)}/{moment.id}")
            read_aloud.read_region_button(".st-key-cj-card", key="listen", place=f"{scene.id}/{len(way)}/{moment.id}")
        draw_moment(moment)
        if moment.fin is None:
            _draw_choices(scene, moment)
        else:
            _draw_ending(scene, moment)
    with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
        open_work.saved_mark()
        if len(way) > 1 and moment.fin is None:
            st.button("Revenir en arrière", key="step-back", icon=":material/undo:", on_click=_step_back)
        if st.button("Les situations", key="to-learn", icon=":material/arrow_back:", type="tertiary"):
            st.switch_page(navigation.page_path(opening.LEARN))
    reporting.draw_reporting(me, _KIND, scene.id, moment.id)
    if moment.fin is not None:
        screens.draw_origin(scene)


def _draw_led_to(scene: Scene, way: tuple[tuple[str, str], ...]) -> None:
    """Say what the last choice led to, and why."""
    if len(way) < 2:
        return
    before, choice_id = scene.moment_with_id(way[-2][0]), way[-1][1]
    choice = next((one for one in before.choix if one.id == choice_id), None) if before else None
    if choice is not None:
        st.html(led_to_html(choice))


def led_to_html(choice: SceneChoice) -> str:
    """Return what a choice led to, and why, as it is said beside the next moment."""
    return (
        '<div class="cj-led-to" role="status"><p class="cj-me"><span class="cj-hidden">Toi\u00a0: </span>'
        f"{escape(choice.texte)}</p><p>{escape(choice.pourquoi)}</p></div>"
    )


def draw_moment(moment: SceneMoment) -> None:
    """Draw what happens, and at an end what to keep of it."""
    st.html(screens.picture_html(moment.signe, moment.alt))
    st.html(screens.list_html(moment.lignes, "cj-lines"))
    if moment.fin is not None:
        st.html(f'<p class="cj-understood"><strong>À retenir\u00a0:</strong> {escape(moment.fin.retenir)}</p>')


def _draw_choices(scene: Scene, moment: SceneMoment) -> None:
    st.html('<p class="cj-or">Que fais-tu\u00a0?</p>')
    with st.container(key="cj-sayings"):
        for choice in moment.choix:
            st.button(
                layout.escape_markdown(choice.texte),
                key=f"choice-{moment.id}-{choice.id}",
                wrap=True,
                width="stretch",
                on_click=_take_choice,
                args=(scene, choice),
            )


def _draw_ending(scene: Scene, moment: SceneMoment) -> None:
    assert moment.fin is not None
    with st.container(key="cj-lesson-next"):
        st.button(
            "Essayer autrement",
            key="other-way",
            type="primary",
            icon=":material/replay:",
            width="stretch",
            on_click=_go_back_to,
            args=(scene.debut, moment.fin.refaire),
        )
        if st.button("Une autre situation", key="other", icon=":material/theater_comedy:", width="stretch"):
            st.switch_page(navigation.page_path(opening.LEARN))


def _take_choice(scene: Scene, choice: SceneChoice) -> None:
    led_to, sent = scene.moment_with_id(choice.suite), session_state.WORKSHOP_CONTENT.get()
    ends = led_to is not None and led_to.fin is not None

    def go_on(session: Session, me: Present) -> None:
        now = models.utc_now()
        if not ends:
            records.note_place(session, by=me, kind=_KIND, content_id=scene.id, place=choice.suite, now=now)
            return
        records.finish_content(session, by=me, kind=_KIND, content_id=scene.id, now=now)
        if sent == scene.id:
            progress.note_done(session, of=me, page=opening.SCENE, now=now)

    if transactions.run_action(go_on):
        session_state.SCENE_WAY.set((*session_state.SCENE_WAY.get(), (choice.suite, choice.id)))


def _step_back() -> None:
    session_state.SCENE_WAY.set(session_state.SCENE_WAY.get()[:-1])


def _go_back_to(beginning: str, moment_id: str) -> None:
    """Go back to this moment, if the way passed it or it is the beginning; else to the last choice that was made."""
    way = session_state.SCENE_WAY.get()
    met = [number for number, (place, _) in enumerate(way) if place == moment_id]
    before = () if moment_id == beginning else way[:-1]
    session_state.SCENE_WAY.set(way[: met[-1] + 1] if met else before or ((beginning, ""),))
