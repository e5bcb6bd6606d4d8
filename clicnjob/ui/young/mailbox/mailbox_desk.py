"""The exercise that a person does in the rehearsal mailbox: what its page reads once, and the only functions that change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from clicnjob import db, policy, text, works
from clicnjob.accounts.presence import Present
from clicnjob.apply.letter_words import Part, letter_words
from clicnjob.apply.mailbox import exercise_reading, folders, mailbox_words, rehearsals
from clicnjob.apply.mailbox.folders import Folder, ShownMail
from clicnjob.apply.mailbox.mailbox_words import Exercise, Sorting
from clicnjob.apply.mailbox.rehearsals import RehearsalMail, RehearsalMailbox
from clicnjob.apply.writing import Sender
from clicnjob.sending.sender import sender_of
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import open_work, session_state, transactions
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.young.sending.phrases import PhraseDesk

PAGE = "young/mailbox.py"
SORTING = "trier"  # the exercise that writes nothing
READ, TO, COPIES, SENDER, SUBJECT = "lire", "a", "copie", "de", "objet"
TEXT, FILE, SEND, OPINION = "texte", "piece", "relire", "avis"
_ASKED: tuple[Part, ...] = ("raison", "moi", "envie", "suite")


@dataclass(frozen=True)
class ExerciseDesk:
    """One exercise with the person's message. `sender` is the person with the address chosen in « De »."""

    exercise: Exercise
    mail: RehearsalMail
    person: Sender
    sender: Sender
    downloaded: tuple[str, ...]
    step: str

    @property
    def steps(self) -> tuple[str, ...]:
        """The questions of this exercise, in order. Ticking would replace a text that the person has changed."""
        moment = letter_words().moments[self.exercise.moment]
        subject = (SUBJECT,) if self.exercise.facon == "nouveau" else ()
        parts = () if self.mail.letter.edited else tuple(part for part in _ASKED if part in moment.parties)
        file = (FILE,) if moment.avec_cv else ()
        return (READ, TO, *subject, *parts, TEXT, *file, SEND)


@dataclass(frozen=True)
class MailboxDesk:
    """What the page reads. `person` is who writes, as their CV tells; `work` is the exercise, if one is open."""

    me: Present
    desk: Desk
    kept: RehearsalMailbox
    person: Sender
    work: ExerciseDesk | None
    today: date


def opened_mailbox(me: Present) -> MailboxDesk:
    """Read the rehearsal mailbox and the selected CV."""
    desk, today = open_work.opened_desk(me), date.today()
    with db.read_transaction() as session:
        kept = rehearsals.own_mailbox(session, of=me)
    person = sender_of(desk.bag, desk.card, first_name=me.first_name)
    exercise = mailbox_words.mailbox_words().exercises.get(session_state.EXERCISE.get())
    work = None
    if exercise is not None:
        mail = kept.mails.get(exercise.cle) or rehearsals.new_rehearsal(exercise, today=today)
        sender = exercise_reading.rehearsal_sender(mail, person)
        step = session_state.EXERCISE_STEP.get() or READ
        work = ExerciseDesk(exercise, mail, person, sender, tuple(kept.downloaded), step)
    return MailboxDesk(me, desk, kept, person, work, today)


def go_to(step: str) -> None:
    """Go to another question of the exercise; the file picker closes."""
    session_state.forget_faults()
    session_state.PICKER_FOLDER.clear()
    session_state.EXERCISE_STEP.set(step)


def open_exercise(key: str, step: str = READ) -> None:
    """Open an exercise, with the box as one finds it."""
    session_state.EXERCISE.set(key)
    show_folder("recus")
    go_to(step)


def put_aside() -> None:
    """Close the exercise; what was written stays."""
    session_state.EXERCISE.clear()
    session_state.EXERCISE_STEP.clear()


def show_folder(folder: Folder) -> None:
    """Show a folder of the box, with no mail open."""
    session_state.MAIL_FOLDER.set(folder)
    session_state.MAIL_SHOWN.clear()


def begin_message(exercise: str, answered: ShownMail | None = None, *, to_all: bool = False) -> None:
    """Begin the message, empty or as an answer; what is already written stays."""
    if answered is not None:
        if not change_mail(exercise, lambda mail: folders.begin_answer(mail, answered, to_all=to_all)):
            return
        session_state.renew_widgets()
    go_to(TO)


def send_message(work: ExerciseDesk) -> None:
    """Send in the rehearsal, and show what the employer thinks."""
    today = date.today()
    if change_mail(
        work.exercise.cle,
        lambda mail: exercise_reading.send_rehearsal(mail, work.exercise, work.person, today=today),
    ):
        go_to(OPINION)
    elif not work.mail.to.strip():
        go_to(TO)


def set_field(exercise: str, name: str, value: str | list[str]) -> bool:
    """Set the addresses or the files of the message."""
    return change_mail(exercise, lambda mail: setattr(mail, name, value))


def take_address(exercise: str, name: str, address: str) -> bool:
    """Set the addresses from the address book; the box beside it then shows them."""
    saved = set_field(exercise, name, address)
    session_state.renew_widgets()
    return saved


def take_subject(exercise: str, subject: str) -> bool:
    """Set the subject from the ready ones; the box beside them then shows it."""
    saved = set_letter(exercise, subject=subject)
    session_state.renew_widgets()
    return saved


def set_letter(exercise: str, **fields: str) -> bool:
    """Set subject or text of the message."""

    def alter(mail: RehearsalMail) -> None:
        for name, value in fields.items():
            setattr(mail.letter, name, value)

    return change_mail(exercise, alter)


def change_mail(exercise: str, alter: Callable[[RehearsalMail], None]) -> bool:
    """Save one change of the message; return whether it was saved."""
    operation, today = works.new_operation(), date.today()
    saved = transactions.run_action(
        lambda session, me: rehearsals.change_rehearsal(
            session, by=me, exercise=exercise, alter=alter, operation=operation, today=today
        )
    )
    return saved is not None


def restart_exercise(exercise: str) -> None:
    """Begin an exercise again, with an empty message."""
    operation = works.new_operation()
    if transactions.run_action(
        lambda session, me: rehearsals.restart_rehearsal(session, by=me, exercise=exercise, operation=operation)
    ):
        session_state.renew_widgets()
        open_exercise(exercise)


def sort_mail(mail: str, gesture: Sorting | None) -> None:
    """Report, delete or answer a mail; None puts it back into the box."""
    operation = works.new_operation()
    if gesture is None:
        transactions.run_action(
            lambda session, me: rehearsals.put_mail_back(session, by=me, mail=mail, operation=operation)
        )
        return
    transactions.run_action(
        lambda session, me: rehearsals.sort_mail(session, by=me, mail=mail, gesture=gesture, operation=operation)
    )


def download_file(mail: str) -> None:
    """Note that the file of a mail was downloaded."""
    operation = works.new_operation()
    transactions.run_action(
        lambda session, me: rehearsals.download_file(session, by=me, mail=mail, operation=operation)
    )


def undo_last_change() -> None:
    """Undo the latest change of the box."""
    operation = works.new_operation()
    if transactions.run_action(lambda session, me: rehearsals.undo_mailbox_change(session, by=me, operation=operation)):
        session_state.renew_widgets()
        session_state.tell_once("C’est annulé.")


def phrase_desk(now: ExerciseDesk) -> PhraseDesk:
    """Return what the sentences to tick need."""
    key, letter = now.exercise.cle, now.mail.letter

    def pick(part: Part, keys: list[str]) -> bool:
        return change_mail(key, lambda mail: mail.letter.pick_part(part, keys))

    def write(part: Part) -> text_boxes.Take:
        def take(typed: str) -> bool:
            said = text.clean_paragraph(typed, most=policy.LETTER_PART_LENGTH)
            return change_mail(key, lambda mail: mail.letter.write_part(part, said))

        return take

    about = exercise_reading.story_of(letter.started_on)
    return PhraseDesk(letter, now.sender, about, pick=pick, write=write)


def asked_part(step: str) -> Part | None:
    """Return the part of the message that a step asks for, if it asks for one."""
    return next((part for part in _ASKED if part == step), None)
