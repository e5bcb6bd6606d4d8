"""The attached files of a message, and a window to choose one that looks like the computer's: folders, names, sizes."""

from __future__ import annotations

from html import escape

import streamlit as st

from clicnjob import policy
from clicnjob.apply.mailbox import exercise_reading
from clicnjob.apply.mailbox.mailbox_words import FileFolder, PickerFile, mailbox_words, size_text
from clicnjob.ui.shell import layout, session_state
from clicnjob.ui.widgets import turn
from clicnjob.ui.young.mailbox import mailbox_desk
from clicnjob.ui.young.mailbox.mailbox_desk import ExerciseDesk

_FOLDERS: dict[FileFolder, tuple[str, str]] = {
    "bureau": ("Bureau", ":material/desktop_windows:"),
    "documents": ("Documents", ":material/description:"),
    "telechargements": ("Téléchargements", ":material/download:"),
    "images": ("Images", ":material/image:"),
}


def ask_files(work: ExerciseDesk) -> None:
    """Draw the attached files, each with its way out, and the button that opens the window of files."""
    files = mailbox_words().files
    for key in work.mail.files:
        if key in files:
            _draw_attached(work, files[key])
    if len(work.mail.files) < policy.REHEARSAL_FILES:
        st.button(
            "Joindre un autre fichier" if work.mail.files else "Joindre un fichier",
            key="attach",
            icon=":material/attach_file:",
            type="secondary" if work.mail.files else "primary",
            on_click=_show_folder,
            args=("bureau",),
        )


def _draw_attached(work: ExerciseDesk, file: PickerFile) -> None:
    name = exercise_reading.file_name(file, work.sender)
    with st.container(key=f"cj-mb-attached-{file.cle}", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="cj-mb-chip">📄 {escape(name)} · {size_text(file.taille)}</p>', width="content")
        st.button(
            "Enlever",
            key=f"detach-{file.cle}",
            icon=":material/close:",
            type="tertiary",
            on_click=_detach_file,
            args=(work.exercise.cle, work.mail.files, file.cle),
        )


def focus_files(work: ExerciseDesk) -> None:
    """Move the focus to the window of files that opens, and to the attached file, or the button, when it closes."""
    opened = is_open()
    selector = "#picker-name" if opened else "[class*=st-key-cj-mb-attached-] .cj-mb-chip, .st-key-attach button"
    turn.to_part(selector, part=f"{opened}-{len(work.mail.files)}", place=f"{work.exercise.cle}-{work.step}")


def is_open() -> bool:
    """Whether the window of files is open, in front of the message."""
    return bool(session_state.PICKER_FOLDER.get())


def draw_picker(work: ExerciseDesk) -> None:
    """Draw the window: the places on the left, the files of one of them, and « Ouvrir »."""
    folder = next((each for each in _FOLDERS if each == session_state.PICKER_FOLDER.get()), "bureau")
    shown = [one for one in mailbox_words().files.values() if one.dossier == folder and _is_there(one, work)]
    picked = next((one for one in shown if one.cle == session_state.PICKED_FILE.get()), None)
    with st.container(key="cj-mb-picker"):
        st.html('<p class="cj-mb-bar" id="picker-name">Ouvrir un fichier</p>')
        with st.container(key="cj-mb-picker-panes"):
            with st.container(key="cj-mb-places"):
                for key, (name, icon) in _FOLDERS.items():
                    st.button(
                        name,
                        key=f"place-{key}",
                        icon=icon,
                        type="primary" if key == folder else "tertiary",
                        on_click=_show_folder,
                        args=(key,),
                    )
            with st.container(key="cj-mb-files"):
                st.html('<p class="cj-mb-columns" aria-hidden="true"><b>Nom</b><b>Type</b><b>Taille</b></p>')
                for one in shown:
                    _draw_file(work, one, is_picked=one is picked)
        _draw_picker_end(work, picked)


def _draw_file(work: ExerciseDesk, file: PickerFile, *, is_picked: bool) -> None:
    name = layout.escape_markdown(exercise_reading.file_name(file, work.sender))
    st.button(
        f"**{name}** *{file.type}* *{size_text(file.taille)}*",
        key=f"file-{file.cle}",
        icon=file.icone,
        width="stretch",
        type="primary" if is_picked else "secondary",
        on_click=session_state.PICKED_FILE.set,
        args=(file.cle,),
    )


def _draw_picker_end(work: ExerciseDesk, picked: PickerFile | None) -> None:
    with st.container(key="cj-mb-picker-end", horizontal=True, vertical_alignment="center"):
        name = exercise_reading.file_name(picked, work.sender) if picked else ""
        st.html(f'<p class="cj-mb-chosen" role="status">Nom du fichier\u00a0: <strong>{escape(name)}</strong></p>')
        st.button("Annuler", key="picker-cancel", on_click=session_state.PICKER_FOLDER.clear)
        st.button(
            "Ouvrir",
            key="picker-open",
            type="primary",
            disabled=picked is None,
            on_click=_attach_file,
            args=(work.exercise.cle, work.mail.files, picked.cle if picked else ""),
        )


def _is_there(file: PickerFile, work: ExerciseDesk) -> bool:
    return not file.avec or file.avec in work.downloaded


def _show_folder(folder: FileFolder) -> None:
    session_state.PICKER_FOLDER.set(folder)
    session_state.PICKED_FILE.clear()


def _attach_file(exercise: str, held: list[str], file: str) -> None:
    chosen = list(dict.fromkeys((*held, file)))[: policy.REHEARSAL_FILES]
    if file and mailbox_desk.set_field(exercise, "files", chosen):
        session_state.PICKER_FOLDER.clear()
        session_state.PICKED_FILE.clear()


def _detach_file(exercise: str, held: list[str], file: str) -> None:
    mailbox_desk.set_field(exercise, "files", [each for each in held if each != file])
