"""« Leçons de la structure »: the list, and one lesson or scene to read, to publish, to carry away, to copy, to write."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st
from sqlmodel import Session

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.errors import NotFound
from clicnjob.french import typography
from clicnjob.learn import library
from clicnjob.learn.own import parts, writing, written_lessons
from clicnjob.learn.own.written_lessons import LessonChoice, ListedLesson
from clicnjob.models import LearningKind
from clicnjob.ui.shell import layout, navigation, session_state, transactions
from clicnjob.ui.trainer.lessons import bringing, editor, reported, video
from clicnjob.ui.trainer.lessons.editor import DrawPreview
from clicnjob.ui.widgets import download

STATES = {
    "draft": "Brouillon", "published": "Publiée", "changed": "Publiée, avec des changements à publier",
    "withdrawn": "Retirée", "shipped": "De ClicNJob",
}  # fmt: skip
_KINDS = {LearningKind.LESSON: "Leçon", LearningKind.SCENE: "Situation"}


def draw_lessons(me: Present, draw_preview: DrawPreview) -> None:
    """Draw what is open, to read or to write, or the list; `draw_preview` draws a part as a young person sees it."""
    chosen = _open_lesson(me)
    if chosen is None:
        _draw_list(me)
    elif chosen.own and session_state.OWN_LESSON_WRITES.get():
        editor.draw_editor(chosen, draw_preview)
    else:
        _draw_lesson(me, chosen, draw_preview)


def open_lesson(kind: LearningKind, content_id: str, *, write: bool = False) -> None:
    """Open a lesson or a scene on the next run, to read or to write."""
    session_state.OWN_LESSON.set(f"{kind.value}.{content_id}")
    session_state.OWN_LESSON_WRITES.set(write)
    editor.open_part("")


def _open_lesson(me: Present) -> LessonChoice | None:
    kind, _, content_id = session_state.OWN_LESSON.get().partition(".")
    if not content_id or kind not in {one.value for one in LearningKind}:
        return None
    try:
        with db.read_transaction() as session:
            return written_lessons.lesson_choice(
                session, of=me, kind=LearningKind(kind), content_id=content_id, today=date.today()
            )
    except NotFound:
        session_state.OWN_LESSON.clear()
        return None


def _draw_list(me: Present) -> None:
    st.title("Leçons de la structure", anchor=False)
    st.text(
        "Écrivez vos leçons et vos situations. Vos jeunes les trouvent dans «\u00a0Apprendre\u00a0», quand vous publiez."
    )
    with db.read_transaction() as session:
        found = written_lessons.structure_lessons(session, of=me)
    reported.draw_reports(me, opened=open_lesson)
    if found:
        st.header("Les vôtres", anchor=False)
        with st.container(key="cj-plan-cards-lessons"):
            for one in found:
                _draw_card(one)
    st.header("En écrire une", anchor=False)
    with st.container(key="cj-plan-acts", horizontal=True, gap="small"):
        for kind, words, icon in (
            (LearningKind.LESSON, "Écrire une leçon", "school"),
            (LearningKind.SCENE, "Écrire une situation", "theater_comedy"),
        ):
            st.button(
                words, key=f"begin-{kind.value}", icon=f":material/{icon}:", type="primary" if not found else "secondary",
                on_click=_begin_lesson, args=(kind,),
            )  # fmt: skip
    _draw_shipped()
    bringing.draw_bringing(me, opened=open_lesson)
    st.page_link(
        navigation.page_path("trainer/workshops.py"), label="Revenir aux séances", icon=":material/arrow_back:"
    )


def _draw_card(one: ListedLesson) -> None:
    with st.container(key=f"cj-entry-card-{one.id}", border=True):
        st.button(
            layout.escape_markdown(one.title), key=f"lesson-{one.id}", width="stretch", wrap=True,
            icon=":material/school:" if one.kind is LearningKind.LESSON else ":material/theater_comedy:",
            on_click=open_lesson, args=(one.kind, one.id),
        )  # fmt: skip
        st.html(f'<p class="cj-help">{_KINDS[one.kind]} · {STATES[one.state].lower()}</p>')


def _draw_shipped() -> None:
    """Let them read one of ours, to start from a copy of it."""
    themes = library.lesson_themes()
    offered = {
        **{
            f"lesson.{key}": f"{themes[one.theme].nom}\u00a0: {one.titre}"
            for key, one in library.shipped_lessons().items()
        },
        **{f"scene.{key}": f"Situation\u00a0: {one.titre}" for key, one in library.shipped_scenes().items()},
    }
    with st.container(key="cj-lesson-shipped", horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            "Ou partir d’une leçon de ClicNJob", list(offered), key="shipped-lesson", index=None,
            format_func=lambda one: offered[one], placeholder="Choisissez",
        )  # fmt: skip
        if chosen is not None:
            kind, _, content_id = chosen.partition(".")
            st.button(
                "La regarder", key="see-shipped", icon=":material/visibility:", on_click=open_lesson,
                args=(LearningKind(kind), content_id),
            )  # fmt: skip
            st.button(
                "La copier", key="copy-shipped", icon=":material/content_copy:", on_click=_copy_lesson,
                args=(LearningKind(kind), content_id),
            )  # fmt: skip


def _draw_lesson(me: Present, chosen: LessonChoice, draw_preview: DrawPreview) -> None:
    entry = chosen.entry
    st.button(
        "Toutes les leçons", key="back", icon=":material/arrow_back:", type="tertiary",
        on_click=session_state.OWN_LESSON.clear,
    )  # fmt: skip
    st.title(layout.escape_markdown(chosen.entry.titre or "Sans titre"), anchor=False)
    st.html(f'<p class="cj-help">{_KINDS[chosen.kind]} · {STATES[chosen.state]} · {entry.duree_min}\u00a0minutes</p>')
    editor.draw_missing(chosen)
    _draw_buttons(chosen)
    video.draw_video(me, chosen)
    _draw_reading(chosen, draw_preview)
    copied = entry.copie_de
    origin = f" D’après «\u00a0{copied.lecon}\u00a0», version {copied.version}, {copied.structure}." if copied else ""
    st.html(
        f'<p class="cj-small">Auteur\u00a0: {escape(entry.auteur.structure)}. Licence\u00a0: {escape(entry.licence)}. '
        f"Version {entry.version}. Vérifié le {entry.verifie_le:%d/%m/%Y}.{escape(origin)}</p>"
    )


def _draw_buttons(chosen: LessonChoice) -> None:
    """Draw what one can do with it. Only a ready one is published or carried away."""
    ready = not chosen.mistakes
    with st.container(key="cj-plan-acts", horizontal=True, gap="small"):
        if chosen.own and ready and chosen.state != "published":
            again = "Publier les changements" if chosen.state == "changed" else "Publier pour vos jeunes"
            st.button(
                again, key="publish", type="primary", icon=":material/campaign:", on_click=_publish_lesson,
                args=(chosen.id, chosen.version),
            )  # fmt: skip
        if chosen.own:
            st.button(
                "Modifier", key="write-lesson", icon=":material/edit:", type="secondary" if ready else "primary",
                on_click=session_state.OWN_LESSON_WRITES.set, args=(True,),
            )  # fmt: skip
        st.button(
            "Copier pour l’adapter", key="copy-lesson", icon=":material/content_copy:", on_click=_copy_lesson,
            args=(chosen.kind, chosen.id),
        )  # fmt: skip
        if chosen.state in ("published", "changed"):
            st.button(
                "Retirer aux jeunes", key="withdraw", icon=":material/visibility_off:", on_click=_withdraw_lesson,
                args=(chosen.id,),
            )  # fmt: skip
    if not ready:
        return
    with st.container(key="cj-plan-files", horizontal=True, gap="small"):
        if chosen.kind is LearningKind.LESSON and chosen.state in ("published", "changed", "shipped"):
            download.download_button(
                "Imprimer la fiche", document="lesson-sheet", work_id=chosen.id, icon=":material/print:"
            )
        download.download_button(
            "Emporter dans un fichier", document="lesson-file", work_id=f"{chosen.kind.value}.{chosen.id}",
            icon=":material/download:",
        )  # fmt: skip


def _draw_reading(chosen: LessonChoice, draw_preview: DrawPreview) -> None:
    """Draw the parts as a list to touch, and the one that is open as a young person sees it."""
    rows = [(listed, one) for listed in parts.lists_of(chosen.kind) for one in chosen.body[listed]]
    ids = [one["id"] for _, one in rows]
    opened = session_state.OWN_LESSON_PART.get()
    opened = opened if opened in ids else ids[0] if ids else ""
    outline, seen = st.columns([9, 13], gap="large")
    with outline, st.container(key="cj-plan-agenda"):
        for number, (listed, one) in enumerate(rows, start=1):
            title = typography.typeset_text(parts.part_title(listed, one)) or parts.form_of(listed, one).name
            st.button(
                layout.escape_markdown(f"{number}. {title}"), key=f"read-{one['id']}", width="stretch", wrap=True,
                type="primary" if one["id"] == opened else "secondary", on_click=editor.open_part, args=(one["id"],),
            )  # fmt: skip
    with seen, st.container(key="cj-lesson-preview"):
        st.html('<p class="cj-about">Ce que voit le jeune</p>')
        with st.container(key="cj-lesson-preview-card", border=True):
            draw_preview(chosen.entry, opened)


def _begin_lesson(kind: LearningKind) -> None:
    made = transactions.run_action(
        lambda session, me: writing.begin_lesson(session, by=me, kind=kind, today=date.today(), now=models.utc_now())
    )
    if made:
        open_lesson(kind, made.result, write=True)


def _copy_lesson(kind: LearningKind, content_id: str) -> None:
    copied = transactions.run_action(
        lambda session, me: writing.copy_lesson(session, by=me, kind=kind, content_id=content_id, now=models.utc_now())
    )
    if copied:
        open_lesson(kind, copied.result, write=True)
        session_state.tell_once("Voici votre copie. Changez ce que vous voulez\u00a0: l’original reste comme il est.")


def _publish_lesson(lesson_id: str, base: int) -> None:
    def publish_lesson(session: Session, me: Present) -> None:
        writing.publish_lesson(session, by=me, lesson_id=lesson_id, base=base, today=date.today(), now=models.utc_now())

    if transactions.run_action(publish_lesson):
        session_state.tell_once(
            "C’est publié. Vos jeunes la trouvent dans «\u00a0Apprendre\u00a0», et vos séances aussi."
        )


def _withdraw_lesson(lesson_id: str) -> None:
    if transactions.run_action(
        lambda session, me: writing.withdraw_lesson(session, by=me, lesson_id=lesson_id, now=models.utc_now())
    ):
        session_state.tell_once("C’est retiré. Les jeunes ne la voient plus. Votre texte reste ici.")
