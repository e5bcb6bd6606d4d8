"""« Apprendre »: what to take up again, the themes with their lessons, the scenes to play."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from clicnjob import db
from clicnjob.accounts.presence import Present
from clicnjob.learn import library, records
from clicnjob.learn.lesson import Lesson
from clicnjob.learn.own import published
from clicnjob.learn.own.published import Published
from clicnjob.learn.records import OwnRecord, Records
from clicnjob.learn.scene import Scene
from clicnjob.models import LearningKind
from clicnjob.ui.forms import choice_boxes
from clicnjob.ui.shell import layout, session_state
from clicnjob.ui.widgets import turn
from clicnjob.ui.young.learn import opening

_SCENES = "scenes"
_STRUCTURE = "structure"  # what the person's structure wrote
_MOST_AGAIN = 3  # on the first screen; the others stand under their theme


def read_records(me: Present) -> Records:
    """Read all that the person did, in one query."""
    with db.read_transaction() as session:
        return records.own_records(session, of=me)


def read_page(me: Present, *, now: datetime) -> tuple[Records, Published]:
    """Read all that the person did, and what their structure published."""
    with db.read_transaction() as session:
        return records.own_records(session, of=me), published.published_entries(session, of=me, now=now)


def draw_page(kept: Records, written: Published, *, now: datetime) -> None:
    """Draw the lessons of the chosen theme, or the themes; `written` is what the structure published."""
    theme = session_state.LEARN_THEME.get()
    turn.to_title(theme or "themes")
    if theme == _SCENES:
        _draw_scenes(kept)
    elif theme == _STRUCTURE and written:
        _draw_written(kept, written, now=now)
    elif theme in library.lesson_themes():
        _draw_theme(theme, kept, now=now)
    else:
        _draw_themes(kept, written, now=now)


def _draw_themes(kept: Records, written: Published, *, now: datetime) -> None:
    st.title("Apprendre", anchor=False)
    st.text("Des leçons de quelques minutes. Pas de note, et tu recommences quand tu veux.")
    _draw_again(kept, written, now=now)
    st.header("Choisis un thème", anchor=False)
    lessons = library.shipped_lessons().values()
    filled = [one for one in library.lesson_themes().values() if any(each.theme == one.cle for each in lessons)]
    choice_boxes.draw_tiles(
        [(one.cle, one.signe, one.nom) for one in filled], name="learn-themes", choose=session_state.LEARN_THEME.set
    )
    if written:
        st.header("Faites ici, pour toi", anchor=False)
        choice_boxes.draw_tiles(
            [(_STRUCTURE, "🏠", "Les leçons de ta structure")],
            name="learn-structure", choose=session_state.LEARN_THEME.set,
        )  # fmt: skip
    st.header("Ou joue une situation", anchor=False)
    st.text("Une petite histoire de travail. Tu choisis, et tu vois ce qui se passe.")
    choice_boxes.draw_tiles(
        [(_SCENES, "🎭", "Les mises en situation")], name="learn-scenes", choose=session_state.LEARN_THEME.set
    )


def _draw_again(kept: Records, written: Published, *, now: datetime) -> None:
    """Draw the lessons left on the way, then those that come again, a few at most."""
    here = {key[1]: one for key, one in written.items() if isinstance(one, Lesson)}
    lessons = library.shipped_lessons() | here
    own = [
        (lessons[key[1]], record) for key, record in kept.items() if key[0] is LearningKind.LESSON and key[1] in lessons
    ]
    begun = [(lesson, "Continuer") for lesson, record in own if record.begun]
    due = [(lesson, "Revoir") for lesson, record in own if record.is_due(now=now)]
    if not begun and not due:
        return
    with st.container(key="cj-learn-again", border=True):
        st.header("Pour toi aujourd’hui", anchor=False)
        for lesson, act in (*begun, *due)[:_MOST_AGAIN]:
            st.button(
                f"{act}\u00a0: {layout.escape_markdown(lesson.titre)}",
                key=f"again-{lesson.id}",
                icon=":material/play_arrow:" if act == "Continuer" else ":material/replay:",
                wrap=True,
                width="stretch",
                on_click=opening.open_lesson,
                args=(lesson.id,),
            )


def _draw_theme(theme: str, kept: Records, *, now: datetime) -> None:
    st.title(opening.title_with_picture(theme), anchor=False)
    with st.container(key="cj-learn-list"):
        for lesson in library.shipped_lessons().values():
            if lesson.theme == theme:
                _draw_lesson(lesson, kept.get((LearningKind.LESSON, lesson.id)), now=now)
    _draw_back()


def _draw_scenes(kept: Records) -> None:
    st.title("🎭 Les mises en situation", anchor=False)
    st.text("Choisis une histoire. Aucun choix n’est puni\u00a0: tu peux toujours revenir en arrière.")
    with st.container(key="cj-learn-list"):
        for scene in library.shipped_scenes().values():
            _draw_scene(scene, kept.get((LearningKind.SCENE, scene.id)))
    _draw_back()


def _draw_written(kept: Records, written: Published, *, now: datetime) -> None:
    st.title("🏠 Les leçons de ta structure", anchor=False)
    with st.container(key="cj-learn-list"):
        for key, entry in written.items():
            if isinstance(entry, Lesson):
                _draw_lesson(entry, kept.get(key), now=now)
            else:
                _draw_scene(entry, kept.get(key))
    _draw_back()


def _draw_lesson(lesson: Lesson, record: OwnRecord | None, *, now: datetime) -> None:
    device = {"non": " · sur un ordinateur", "gene": " · mieux sur un ordinateur"}.get(lesson.appareils.telephone, "")
    _draw_entry(
        lesson.titre,
        f"{lesson.duree_min} minutes{device}{_state_in_words(record, now=now)}",
        key=f"lesson-{lesson.id}",
        icon=_icon_of_record(lesson.icone, record),
        choose=opening.open_lesson,
        chosen=lesson.id,
    )


def _draw_scene(scene: Scene, record: OwnRecord | None) -> None:
    _draw_entry(
        scene.titre,
        f"{scene.duree_min} minutes{' · déjà jouée' if record and record.finished_at else ''}",
        key=f"scene-{scene.id}",
        icon=_icon_of_record(scene.icone, record),
        choose=opening.open_scene,
        chosen=scene.id,
    )


def _draw_entry(title: str, about: str, *, key: str, icon: str, choose: Callable[[str], None], chosen: str) -> None:
    with st.container(key=f"cj-learn-entry-{key}"):
        st.button(
            layout.escape_markdown(title),
            key=key,
            icon=icon,
            wrap=True,
            width="stretch",
            on_click=choose,
            args=(chosen,),
        )
        st.html(f'<p class="cj-help">{about}</p>')


def _draw_back() -> None:
    st.button(
        "Tous les thèmes", key="all-themes", icon=":material/arrow_back:", on_click=session_state.LEARN_THEME.clear
    )


def _icon_of_record(name: str, record: OwnRecord | None) -> str:
    return f":material/{'check_circle' if record and record.finished_at else name}:"


def _state_in_words(record: OwnRecord | None, *, now: datetime) -> str:
    if record is None:
        return ""
    if record.is_due(now=now):
        return " · à revoir"
    if record.finished_at:
        return " · finie"
    return " · commencée" if record.begun else ""
