"""Stores what a young person writes and does in the rehearsal mailbox; it is theirs alone, and nothing of it is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from pydantic import Field
from sqlmodel import Session

from clicnjob import policy
from clicnjob.apply.letters import Letter
from clicnjob.apply.mailbox.mailbox_words import Exercise, Sorting, mailbox_words
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Actor, WorkKind
from clicnjob.own_work import OwnWork
from clicnjob.works import WorkBody

AddressKind = Literal["simple", "mine", "funny"]


class NoAddress(Refusal):
    """Raised when a message without any address is sent: no mail programme lets it leave."""

    sentence = "Ta messagerie demande une adresse. Écris-la dans la case « À »."


class RehearsalMail(WorkBody):
    """The message of one exercise. `to` and `copies` are addresses as typed, `files` keys of the picker.

    `sender` is the address chosen in « De », '' for the first one. `sends` counts how often it was sent in the
    rehearsal; `good_on` is the day on which nothing was left to mend.
    """

    letter: Letter
    sender: AddressKind | Literal[""] = ""
    to: str = Field(default="", max_length=policy.REHEARSAL_ADDRESSES)
    copies: str = Field(default="", max_length=policy.REHEARSAL_ADDRESSES)
    files: list[str] = Field(default_factory=list, max_length=policy.REHEARSAL_FILES)
    sends: int = 0
    good_on: date | None = None


class RehearsalMailbox(WorkBody, kind=WorkKind.MAILBOX):
    """The rehearsal mailbox of one person: one message for each exercise, and what was done with the other mails."""

    mails: dict[str, RehearsalMail] = Field(default_factory=dict)
    sorted: dict[str, Sorting] = Field(default_factory=dict)
    downloaded: list[str] = Field(default_factory=list)


_OWN = OwnWork(WorkKind.MAILBOX, RehearsalMailbox)


def own_mailbox(session: Session, *, of: Actor) -> RehearsalMailbox:
    """Return the person's rehearsal mailbox, empty at first, in one query. Raises NotForStaff."""
    return _OWN.read(session, of=of)


def change_rehearsal(
    session: Session,
    *,
    by: Actor,
    exercise: str,
    alter: Callable[[RehearsalMail], None],
    operation: str,
    today: date,
) -> None:
    """Change the message of one exercise, which the first change begins. Raises NotFound, NotForStaff."""
    known = exercise_with_key(exercise)

    def change(kept: RehearsalMailbox) -> None:
        mail = kept.mails.get(exercise) or new_rehearsal(known, today=today)
        alter(mail)
        kept.mails[exercise] = mail

    _OWN.change(session, by=by, alter=change, operation=operation)


def restart_rehearsal(session: Session, *, by: Actor, exercise: str, operation: str) -> None:
    """Remove the message of one exercise; `undo_mailbox_change` brings it back. Raises NotForStaff."""
    _OWN.change(session, by=by, alter=lambda kept: _forget_mail(kept, exercise), operation=operation)


def sort_mail(session: Session, *, by: Actor, mail: str, gesture: Sorting, operation: str) -> None:
    """Note what the person did with a mail that is to be sorted. Raises NotFound, NotForStaff."""
    if not _is_to_sort(mail):
        raise NotFound
    _OWN.change(session, by=by, alter=lambda kept: kept.sorted.update({mail: gesture}), operation=operation)


def put_mail_back(session: Session, *, by: Actor, mail: str, operation: str) -> None:
    """Put a sorted mail back into the box, so that it can be sorted again. Raises NotForStaff."""

    def change(kept: RehearsalMailbox) -> None:
        kept.sorted.pop(mail, None)

    _OWN.change(session, by=by, alter=change, operation=operation)


def download_file(session: Session, *, by: Actor, mail: str, operation: str) -> None:
    """Note that the file of a mail was downloaded: the picker shows it from then on. Raises NotFound, NotForStaff."""
    known = mailbox_words().mails.get(mail)
    if known is None or known.piece is None:
        raise NotFound

    def change(kept: RehearsalMailbox) -> None:
        kept.downloaded = list(dict.fromkeys((*kept.downloaded, mail)))

    _OWN.change(session, by=by, alter=change, operation=operation)


def undo_mailbox_change(session: Session, *, by: Actor, operation: str) -> None:
    """Revert the latest change. Raises works.NothingToUndo, NotForStaff."""
    _OWN.undo(session, by=by, operation=operation)


def exercise_with_key(key: str) -> Exercise:
    """Return one exercise. Raises NotFound."""
    found = mailbox_words().exercises.get(key)
    if found is None:
        raise NotFound
    return found


def new_rehearsal(exercise: Exercise, *, today: date) -> RehearsalMail:
    """Return an empty message of an exercise: its letter knows the situation, the job and the employer."""
    letter = Letter(
        id=exercise.cle,
        moment=exercise.moment,
        aim="emploi",
        title=exercise.metier,
        employer=exercise.employeur,
        contact=exercise.contact,
        started_on=today,
    )
    return RehearsalMail(letter=letter)


def _forget_mail(kept: RehearsalMailbox, exercise: str) -> None:
    kept.mails.pop(exercise, None)


def _is_to_sort(mail: str) -> bool:
    known = mailbox_words().mails.get(mail)
    return known is not None and known.is_to_sort
