"""What an employer thinks of a rehearsed message: the one reading of messages, with the addresses and files of the exercise."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from clicnjob import text
from clicnjob.apply.applications import Application
from clicnjob.apply.employer_reading import ReadingRemark, employer_remarks
from clicnjob.apply.envelope import AttachedFile, Envelope, typed_addresses
from clicnjob.apply.mailbox.mailbox_words import Exercise, PickerFile, ReceivedMail, mailbox_words
from clicnjob.apply.mailbox.rehearsals import AddressKind, NoAddress, RehearsalMail
from clicnjob.apply.writing import Message, Sender, composed_message
from clicnjob.french import moments
from clicnjob.proofreading import email_address

_WAITED = timedelta(days=10)  # since the first message, before one writes again
_NAME_OF_NOBODY = "Prenom-Nom"
_OF_FILES = ("mauvais_fichier", "nom_fichier", "format_fichier", "poids_fichier")
_OF_ADDRESSES = ("destinataire", "copie")


@dataclass(frozen=True, slots=True)
class ExplainedRemark:
    """One point to mend, with what the exercise knows about the very file or address; '' when it knows nothing."""

    remark: ReadingRemark
    why: str = ""


@dataclass(frozen=True, slots=True)
class ExerciseReading:
    """What is right, and what is to mend, each in the order in which an employer sees it."""

    right: tuple[str, ...]
    to_mend: tuple[ExplainedRemark, ...]


def exercise_reading(mail: RehearsalMail, exercise: Exercise, sender: Sender) -> ExerciseReading:
    """Read the message of an exercise. `sender` is the person with the address chosen for it (`rehearsal_sender`)."""
    around = Envelope(mail.to, mail.copies, attached_files(mail, sender), exercise.adresse, exercise.bienvenus)
    others = [one.employeur for one in mailbox_words().exercises.values() if one.cle != exercise.cle]
    found = employer_remarks(
        rehearsal_message(mail, sender), mail.letter, sender, other_employers=others, around=around
    )
    return ExerciseReading(
        right=tuple(one.said for one in found if one.right),
        to_mend=tuple(ExplainedRemark(one, _known_reason(one, exercise, sender)) for one in found if not one.right),
    )


def send_rehearsal(mail: RehearsalMail, exercise: Exercise, person: Sender, *, today: date) -> None:
    """Count one more sending, and note the first day on which nothing was left to mend. Raises NoAddress."""
    if not mail.to.strip():
        raise NoAddress
    mail.sends += 1
    if not exercise_reading(mail, exercise, rehearsal_sender(mail, person)).to_mend:
        mail.good_on = mail.good_on or today


def rehearsal_message(mail: RehearsalMail, sender: Sender) -> Message:
    """Return subject and text, as the person edited them if they did. No subject is written for them: it is a gesture."""
    made = composed_message(mail.letter, sender, about=story_of(mail.letter.started_on))
    return Message(mail.letter.subject, made.text)


def story_of(started_on: date) -> Application:
    """Return the application that the exercises tell of: sent ten days ago, with an interview on a day next week."""
    thursday = started_on + timedelta(days=(3 - started_on.weekday()) % 7 or 7)
    return Application(added_on=started_on, sent_on=started_on - _WAITED, interview_on=thursday)


def mail_lines(mail: ReceivedMail, sender: Sender, *, started_on: date) -> tuple[str, ...]:
    """Return the lines of a mail of the box, with the days of the story and the person's name."""
    return tuple(_line_of_story(line, sender, started_on) for line in mail.lignes)


def reply_lines(exercise: Exercise, sender: Sender, *, started_on: date) -> tuple[str, ...]:
    """Return what the employer writes back once nothing is left to mend."""
    return tuple(_line_of_story(line, sender, started_on) for line in exercise.reponse)


def shown_addresses(written: tuple[str, ...], sender: Sender) -> str:
    """Return the addresses of a mail, with the person's own."""
    own = next(iter(sender_addresses(sender).values()))
    return ", ".join(one.replace("{moi}", own) for one in written)


def sender_addresses(sender: Sender) -> dict[AddressKind, str]:
    """Return the addresses to choose from in « De »: the person's own if any, a simple one, and one that makes people smile."""
    first, _, last = sender.name.partition(" ")
    found: dict[AddressKind, str] = {"mine": sender.email} if sender.email else {}
    simple = f"{email_address.simple_address(first, last)}@exemple.fr"
    if simple != sender.email:
        found["simple"] = simple
    return found | {"funny": "boss-du-13@exemple.fr"}


def rehearsal_sender(mail: RehearsalMail, sender: Sender) -> Sender:
    """Return the person with the address that they chose in « De », the first of their addresses at first."""
    known = sender_addresses(sender)
    chosen = known.get(mail.sender) if mail.sender else None
    return replace(sender, email=chosen or next(iter(known.values())))


def file_name(file: PickerFile, sender: Sender) -> str:
    """Return the name of a file as the picker shows it to this person; a CV without a name gets the one of its owner."""
    who = "-".join(part.capitalize() for part in re.findall(r"[a-z]+", text.fold_text(sender.name)))
    who = who or _NAME_OF_NOBODY
    own = sender.attachment if who.lower() in sender.attachment.lower() else f"CV-{who}.pdf"
    return file.nom.replace("{cv}", own).replace("{qui}", who)


def attached_files(mail: RehearsalMail, sender: Sender) -> tuple[AttachedFile, ...]:
    """Return the files of a message, in the order in which they were attached."""
    files = mailbox_words().files
    chosen = [files[key] for key in mail.files if key in files]
    return tuple(AttachedFile(file_name(one, sender), one.taille, one.mon_cv) for one in chosen)


def _line_of_story(line: str, sender: Sender, started_on: date) -> str:
    story = story_of(started_on)
    assert story.interview_on is not None
    day = moments.shown_day(story.interview_on).removesuffix(f" {story.interview_on.year}")
    return line.replace("{jour_entretien}", day).replace("{nom}", sender.name or "Prénom Nom")


def _known_reason(one: ReadingRemark, exercise: Exercise, sender: Sender) -> str:
    """Return what is known of the very file or address that the remark found."""
    if one.check in _OF_FILES:
        files = mailbox_words().files.values()
        return next((file.explication for file in files if file_name(file, sender) == one.found), "")
    if one.check in _OF_ADDRESSES:
        known = {each.adresse: each.pourquoi for each in exercise.carnet}
        return next((known[each] for each in typed_addresses(one.found) if each in known), "")
    return ""
