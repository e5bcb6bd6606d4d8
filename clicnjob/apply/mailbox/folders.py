"""The folders of the rehearsal mailbox as a mail programme shows them: what came, what was sent, what was sorted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from clicnjob.apply.mailbox import exercise_reading
from clicnjob.apply.mailbox.mailbox_words import Exercise, MailFile, ReceivedMail, mailbox_words
from clicnjob.apply.mailbox.rehearsals import RehearsalMail, RehearsalMailbox
from clicnjob.apply.writing import Sender

Folder = Literal["recus", "envoyes", "indesirables", "corbeille"]
FOLDERS: dict[Folder, str] = {
    "recus": "Réception",
    "envoyes": "Envoyés",
    "indesirables": "Indésirables",
    "corbeille": "Corbeille",
}
_NOW = "à l’instant"


@dataclass(frozen=True, slots=True)
class ShownMail:
    """One mail as the box shows it. `known` is its content file entry, None for what the person or an employer wrote."""

    key: str
    name: str
    address: str
    to: str
    copies: str
    when: str
    subject: str
    lines: tuple[str, ...]
    file: MailFile | None = None
    known: ReceivedMail | None = None


def folder_mails(kept: RehearsalMailbox, folder: Folder, sender: Sender, *, today: date) -> tuple[ShownMail, ...]:
    """Return the mails of a folder, the latest first: what was written and answered here, then what the box begins with."""
    own = _answer_mails(kept, sender) if folder == "recus" else _sent_mails(kept, sender) if folder == "envoyes" else ()
    given = (one for one in mailbox_words().mails.values() if folder_of(one, kept) == folder)
    return (*own, *(known_mail(one, sender, today=today) for one in given))


def mails_to_sort(kept: RehearsalMailbox, sender: Sender, *, today: date) -> tuple[ShownMail, ...]:
    """Return the mails of the box that are to be kept, reported or deleted, and still lie in it."""
    return tuple(
        one
        for one in folder_mails(kept, "recus", sender, today=today)
        if one.known is not None and one.known.is_to_sort
    )


def folder_of(mail: ReceivedMail, kept: RehearsalMailbox) -> Folder | None:
    """Return where a mail lies; None for the page of a shop. A true mail that was reported stays in the box."""
    if mail.dossier == "site":
        return None
    gesture = kept.sorted.get(mail.cle)
    if gesture == "signaler" and mail.genre != "vrai":
        return "indesirables"
    return "corbeille" if gesture == "supprimer" else mail.dossier


def known_mail(one: ReceivedMail, sender: Sender, *, today: date) -> ShownMail:
    """Return a mail of the content with the person's address and the days of the story."""
    return ShownMail(
        key=one.cle,
        name=one.de,
        address=exercise_reading.shown_addresses((one.adresse,), sender),
        to=exercise_reading.shown_addresses(one.a, sender),
        copies=exercise_reading.shown_addresses(one.copie, sender),
        when=one.quand,
        subject=one.objet,
        lines=exercise_reading.mail_lines(one, sender, started_on=today),
        file=one.piece,
        known=one,
    )


def answer_mail(exercise: Exercise, mail: RehearsalMail, sender: Sender) -> ShownMail:
    """Return what the employer writes back."""
    subject = exercise_reading.rehearsal_message(mail, sender).subject
    return ShownMail(
        key=f"reponse-{exercise.cle}",
        name=exercise.employeur,
        address=exercise.adresse,
        to=exercise_reading.rehearsal_sender(mail, sender).email,
        copies="",
        when=_NOW,
        subject=reply_subject(subject),
        lines=exercise_reading.reply_lines(exercise, sender, started_on=mail.letter.started_on),
    )


def begin_answer(mail: RehearsalMail, answered: ShownMail, *, to_all: bool) -> None:
    """Address the message as « Répondre » and « Répondre à tous » do; a subject that was written stays.

    Answering a mail that one sent oneself goes to whom it was sent.
    """
    assert answered.known is not None
    sent = answered.known.dossier == "envoyes"
    mail.to = answered.to if sent else answered.address
    others = [each for each in (*answered.known.a, *answered.known.copie) if each != "{moi}"]
    mail.copies = ", ".join(others) if to_all and not sent else ""
    mail.letter.subject = mail.letter.subject or reply_subject(answered.subject)


def reply_subject(subject: str) -> str:
    """Return « Re : … », once, however often one answers."""
    return subject if subject.startswith("Re\u00a0:") else f"Re\u00a0: {subject}"


def _answer_mails(kept: RehearsalMailbox, sender: Sender) -> Iterator[ShownMail]:
    for key, exercise in mailbox_words().exercises.items():
        if (mail := kept.mails.get(key)) is not None and mail.good_on:
            yield answer_mail(exercise, mail, sender)


def _sent_mails(kept: RehearsalMailbox, sender: Sender) -> Iterator[ShownMail]:
    for key, mail in kept.mails.items():
        if mail.sends and key in mailbox_words().exercises:
            made = exercise_reading.rehearsal_message(mail, sender)
            yield ShownMail(
                key=f"envoi-{key}",
                name="Toi",
                address=exercise_reading.rehearsal_sender(mail, sender).email,
                to=mail.to,
                copies=mail.copies,
                when=_NOW,
                subject=made.subject,
                lines=tuple(line for line in made.text.splitlines() if line),
            )
