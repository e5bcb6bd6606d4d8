"""The box: folders, the list of mails, and the mail that is read, as a mail programme on a computer or a telephone shows them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from clicnjob.apply.mailbox import folders
from clicnjob.apply.mailbox.folders import FOLDERS, Folder, ShownMail
from clicnjob.apply.mailbox.mailbox_words import mailbox_words, size_text
from clicnjob.ui.forms import choice_boxes
from clicnjob.ui.shell import layout, session_state
from clicnjob.ui.widgets import turn
from clicnjob.ui.young.mailbox import mailbox_desk
from clicnjob.ui.young.mailbox.mailbox_desk import ExerciseDesk, MailboxDesk

_ICONS: dict[Folder, str] = {
    "recus": ":material/inbox:",
    "envoyes": ":material/send:",
    "indesirables": ":material/report:",
    "corbeille": ":material/delete:",
}


def draw_box(now: MailboxDesk) -> None:
    """Draw folders, list and the mail that is open, in an exercise that begins by reading."""
    work = now.work
    assert work is not None
    target = mailbox_words().mails[work.exercise.lire]
    if target.dossier == "site":
        _draw_site(now, work)
        return
    folder = _chosen_folder()
    mails = folders.folder_mails(now.kept, folder, now.person, today=now.today)
    shown = next((one for one in mails if one.key == session_state.MAIL_SHOWN.get()), None)
    with _draw_panes(shown):
        with st.container(key="cj-mb-folders"):
            st.button(
                "Nouveau message",
                key="new-mail",
                icon=":material/edit:",
                on_click=mailbox_desk.begin_message,
                args=(work.exercise.cle,),
            )
            _draw_folders(len(folders.folder_mails(now.kept, "recus", now.person, today=now.today)))
        _draw_list(mails, shown, FOLDERS[folder])
        _draw_reading(shown, lambda one: _draw_answers(work, one), "Touche un message pour le lire.")
    _focus_open_mail(shown, place=work.exercise.cle)


def draw_sorting(now: MailboxDesk) -> None:
    """Draw the mails that are to be sorted, one after the other."""
    folder, waiting = _chosen_folder(), folders.mails_to_sort(now.kept, now.person, today=now.today)
    mails = waiting if folder == "recus" else folders.folder_mails(now.kept, folder, now.person, today=now.today)
    key = session_state.MAIL_SHOWN.get()
    shown = next((one for one in mails if one.key == key), None)
    if shown is None and (known := mailbox_words().mails.get(key)) is not None:
        shown = folders.known_mail(known, now.person, today=now.today)  # it has just left for another folder
    with _draw_panes(shown):
        with st.container(key="cj-mb-folders"):
            _draw_folders(len(waiting))
        _draw_list(mails, shown, FOLDERS[folder])
        _draw_reading(shown, lambda one: _draw_sorting_of(now, one), "Touche un message. Puis dis ce que tu en fais.")
    _focus_open_mail(shown, place="sorting", gesture=now.kept.sorted.get(shown.key) if shown else None)


def draw_again(now: MailboxDesk, work: ExerciseDesk) -> None:
    """Offer to read again what the exercise begins with, while the message is written."""
    mail = folders.known_mail(mailbox_words().mails[work.exercise.lire], now.person, today=now.today)
    label = "Revoir la page" if mail.known and mail.known.dossier == "site" else "Revoir le message"
    if part := choice_boxes.folded_part(label, key=f"again-{work.exercise.cle}"):
        with part:
            st.html(
                f'<div class="cj-mb-head"><p><strong>{escape(mail.name)}</strong> &lt;{escape(mail.address)}&gt;</p></div>'
            )
            draw_mail_lines(mail.lines)


def draw_mail_lines(lines: tuple[str, ...]) -> None:
    """Draw the text of a mail, one paragraph a line."""
    st.html(f'<div class="cj-mb-text">{"".join(f"<p>{escape(line)}</p>" for line in lines)}</div>')


def _focus_open_mail(shown: ShownMail | None, *, place: str, gesture: str | None = None) -> None:
    """Move the focus to the mail that opens, or whose gestures are gone, and to the list when it closes."""
    selector = ".cj-mb-head h2" if shown else ".cj-mb-pane-name"
    turn.to_part(selector, part=f"{shown.key if shown else ''}={gesture or ''}", place=f"{place}-{_chosen_folder()}")


def _draw_panes(shown: ShownMail | None) -> st.delta_generator.DeltaGenerator:
    """Return the three panes; a telephone shows the list or the mail, as the key of the container says."""
    return st.container(key=f"cj-mb-panes-{'mail' if shown else 'list'}")


def _chosen_folder() -> Folder:
    chosen = session_state.MAIL_FOLDER.get()
    return next((each for each in FOLDERS if each == chosen), "recus")


def _draw_folders(received: int) -> None:
    """Draw the folders, the first one with the number of mails that its list holds."""
    for folder, name in FOLDERS.items():
        st.button(
            f"{name} ({received})" if received and folder == "recus" else name,
            key=f"folder-{folder}",
            icon=_ICONS[folder],
            type="primary" if folder == _chosen_folder() else "tertiary",
            on_click=mailbox_desk.show_folder,
            args=(folder,),
        )


def _draw_list(mails: tuple[ShownMail, ...], shown: ShownMail | None, name: str) -> None:
    with st.container(key="cj-mb-list"):
        st.html(f'<p class="cj-mb-pane-name">{name}</p>')
        if not mails:
            st.html('<p class="cj-help cj-mb-empty">Ce dossier est vide.</p>')
        for one in mails:
            words = (f"**{layout.escape_markdown(one.name)}**", f"*{one.when}*", layout.escape_markdown(one.subject))
            st.button(
                " ".join(words),
                key=f"mail-{one.key}",
                width="stretch",
                type="primary" if shown and shown.key == one.key else "secondary",
                on_click=session_state.MAIL_SHOWN.set,
                args=(one.key,),
            )


def _draw_reading(shown: ShownMail | None, draw_gestures: Callable[[ShownMail], None], empty: str) -> None:
    with st.container(key="cj-mb-reading"):
        if shown is None:
            st.html(f'<p class="cj-help cj-mb-empty">{empty}</p>')
            return
        st.button(
            "Revenir à la liste", key="mail-back", icon=":material/arrow_back:", on_click=session_state.MAIL_SHOWN.clear
        )
        copies = f"<br>Copie\u00a0: {escape(shown.copies)}" if shown.copies else ""
        st.html(
            f'<div class="cj-mb-head"><h2>{escape(shown.subject)}</h2>'
            f"<p><strong>{escape(shown.name)}</strong> &lt;{escape(shown.address)}&gt;<br>"
            f"À\u00a0: {escape(shown.to)}{copies}</p></div>"
        )
        draw_mail_lines(shown.lines)
        if shown.file is not None:
            _draw_file(shown)
        draw_gestures(shown)


def _draw_file(shown: ShownMail) -> None:
    """Draw the file that a mail carries; downloading it says where it went."""
    assert shown.file is not None
    with st.container(key="cj-mb-file", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="cj-mb-chip">📄 {escape(shown.file.nom)} · {size_text(shown.file.taille)}</p>', width="content"
        )
        st.button(
            "Télécharger",
            key=f"download-{shown.key}",
            icon=":material/download:",
            on_click=_download_file,
            args=(shown.key,),
        )


def _download_file(key: str) -> None:
    mailbox_desk.download_file(key)
    session_state.tell_once(
        "Le fichier est dans le dossier « Téléchargements ». Efface-le si l’ordinateur est partagé."
    )


def _draw_answers(work: ExerciseDesk, shown: ShownMail) -> None:
    """Draw « Répondre » under the mails that an exercise is about."""
    if shown.known is None or shown.known.is_to_sort:
        return
    if shown.known.cle != work.exercise.lire:
        st.html('<p class="cj-help">Ce message est pour un autre exercice.</p>')
        return
    several = len(shown.known.a) > 1 or bool(shown.known.copie)
    with st.container(key="cj-mb-answers", horizontal=True):
        st.button(
            "Répondre",
            key="answer",
            icon=":material/reply:",
            type="primary" if work.exercise.facon == "repondre" else "secondary",
            on_click=mailbox_desk.begin_message,
            args=(work.exercise.cle, shown),
        )
        if several:
            st.button(
                "Répondre à tous",
                key="answer-all",
                icon=":material/reply_all:",
                on_click=mailbox_desk.begin_message,
                args=(work.exercise.cle, shown),
                kwargs={"to_all": True},
            )
        if work.exercise.facon == "nouveau":
            st.button(
                "Écrire à l’employeur",
                key="new-from-mail",
                icon=":material/edit:",
                type="primary",
                on_click=mailbox_desk.begin_message,
                args=(work.exercise.cle,),
            )


def _draw_sorting_of(now: MailboxDesk, shown: ShownMail) -> None:
    """Ask what to do with a mail, then say what happens and why."""
    known = shown.known
    if known is None or not known.is_to_sort:
        return
    gesture = now.kept.sorted.get(known.cle)
    if gesture is None:
        with st.container(key="cj-mb-answers", horizontal=True):
            for name, label, icon in (
                ("signaler", "Signaler", ":material/report:"),
                ("supprimer", "Supprimer", ":material/delete:"),
                ("repondre", "Répondre", ":material/reply:"),
            ):
                st.button(label, key=f"sort-{name}", icon=icon, on_click=mailbox_desk.sort_mail, args=(known.cle, name))
        return
    signs = "".join(f"<li>{escape(sign)}</li>" for sign in known.signes)
    told = f'<p class="cj-or">Ce qui le trahit\u00a0:</p><ul class="cj-plain-list">{signs}</ul>' if signs else ""
    st.html(f'<div class="cj-understood" role="status"><p>{escape(known.outcome_of(gesture))}</p>{told}</div>')
    st.button(
        "Le remettre et réessayer",
        key="sort-again",
        icon=":material/undo:",
        type="tertiary",
        on_click=mailbox_desk.sort_mail,
        args=(known.cle, None),
    )


def _draw_site(now: MailboxDesk, work: ExerciseDesk) -> None:
    """Draw the page of a shop in a browser, and the way to the mail programme."""
    page = folders.known_mail(mailbox_words().mails[work.exercise.lire], now.person, today=now.today)
    with st.container(key="cj-mb-site"):
        st.html(
            f'<div class="cj-mb-url">{escape(page.address)}</div><div class="cj-mb-head"><h2>{escape(page.subject)}</h2></div>'
        )
        draw_mail_lines(page.lines)
        st.button(
            "Écrire un message",
            key="new-mail",
            icon=":material/edit:",
            type="primary",
            on_click=mailbox_desk.begin_message,
            args=(work.exercise.cle,),
        )
