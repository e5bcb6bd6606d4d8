"""The rehearsal mailbox: what is kept of it, where its mails lie, and what its content promises."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import Session

from clicnjob import policy, works
from clicnjob.apply import writing
from clicnjob.apply.mailbox import exercise_reading, folders, rehearsals
from clicnjob.apply.mailbox.folders import ShownMail
from clicnjob.apply.mailbox.mailbox_words import MailboxWords, mailbox_words, size_text
from clicnjob.apply.mailbox.rehearsals import NoAddress, RehearsalMail, RehearsalMailbox
from clicnjob.errors import NotFound
from clicnjob.models import Account
from tests import french_sentences as french
from tests.apply.test_letters import LINA, NOBODY
from tests.for_each import for_each
from tests.make import TODAY

WORDS: MailboxWords = mailbox_words()


def changed(session: Session, by: Account, exercise: str, **fields: object) -> None:
    def alter(mail: RehearsalMail) -> None:
        for name, value in fields.items():
            setattr(mail, name, value)

    rehearsals.change_rehearsal(
        session, by=by, exercise=exercise, alter=alter, operation=works.new_operation(), today=TODAY
    )


def inbox(kept: RehearsalMailbox) -> list[str]:
    return [one.key for one in folders.folder_mails(kept, "recus", LINA, today=TODAY)]


def known(key: str) -> ShownMail:
    return folders.known_mail(WORDS.mails[key], LINA, today=TODAY)


def good(exercise: str) -> RehearsalMail:
    """A message of ready sentences to the right address, with the right file."""
    one = WORDS.exercises[exercise]
    mail = rehearsals.new_rehearsal(one, today=TODAY)
    mail.to, mail.files = one.adresse, ["cv"] if one.moment in ("offre", "spontanee", "relance") else []
    if one.facon == "repondre":
        folders.begin_answer(mail, known(one.lire), to_all=False)
    else:
        mail.letter.subject = next(iter(writing.offered_phrases(mail.letter, "objet", LINA).values()))
    return mail


@for_each("exercise", WORDS.exercises)
def test_ready_sentences_to_the_right_address_please_the_employer(exercise: str) -> None:
    mail, one = good(exercise), WORDS.exercises[exercise]
    exercise_reading.send_rehearsal(mail, one, LINA, today=TODAY)
    assert exercise_reading.exercise_reading(mail, one, exercise_reading.rehearsal_sender(mail, LINA)).to_mend == ()
    assert (mail.sends, mail.good_on) == (1, TODAY)
    kept = RehearsalMailbox(mails={exercise: mail})
    assert inbox(kept)[0] == f"reponse-{exercise}"
    assert folders.folder_mails(kept, "envoyes", LINA, today=TODAY)[0].to == one.adresse


@for_each("file", [one.cle for one in WORDS.files.values()])
def test_each_file_of_the_picker_is_right_or_explained(file: str) -> None:
    mail, one = good("offre"), WORDS.exercises["offre"]
    mail.files = [file]
    found = exercise_reading.exercise_reading(mail, one, LINA).to_mend
    assert bool(found) == (file not in ("cv", "cv-word"))
    assert all(each.why == WORDS.files[file].explication for each in found)


@for_each("exercise", WORDS.exercises)
def test_an_address_of_the_book_is_right_welcome_or_explained(exercise: str) -> None:
    one = WORDS.exercises[exercise]
    for offered in one.carnet:
        right = offered.adresse in (one.adresse, *one.bienvenus)
        assert right != bool(offered.pourquoi), offered.adresse


def test_answering_all_writes_to_everybody_and_answering_to_one_does_not() -> None:
    mail = rehearsals.new_rehearsal(WORDS.exercises["merci"], today=TODAY)
    folders.begin_answer(mail, known("apres-visite"), to_all=True)
    assert (mail.to, mail.copies) == (
        "marc.dubois@jardins-du-canal.exemple.fr",
        "amine.k@exemple.fr, jade.robert@exemple.fr",
    )
    assert mail.letter.subject == "Re\u00a0: Votre visite aux Jardins du Canal"
    folders.begin_answer(mail, known("apres-visite"), to_all=False)
    assert mail.copies == ""


def test_a_sent_message_is_followed_up_at_the_address_that_had_it() -> None:
    mail = rehearsals.new_rehearsal(WORDS.exercises["relance"], today=TODAY)
    folders.begin_answer(mail, known("envoi-hotel"), to_all=False)
    assert mail.to == WORDS.exercises["relance"].adresse


def test_the_subject_is_written_by_the_person() -> None:
    mail = rehearsals.new_rehearsal(WORDS.exercises["offre"], today=TODAY)
    assert exercise_reading.rehearsal_message(mail, LINA).subject == ""


def test_a_message_without_any_address_does_not_leave() -> None:
    mail = rehearsals.new_rehearsal(WORDS.exercises["offre"], today=TODAY)
    with pytest.raises(NoAddress):
        exercise_reading.send_rehearsal(mail, WORDS.exercises["offre"], LINA, today=TODAY)
    assert mail.sends == 0


def test_somebody_without_a_cv_has_a_name_for_their_files_and_an_address() -> None:
    mail, one = good("offre"), WORDS.exercises["offre"]
    sender = exercise_reading.rehearsal_sender(mail, NOBODY)
    assert sender.email == "prenom.nom@exemple.fr"
    assert exercise_reading.file_name(WORDS.files["cv"], sender) == "CV-Prenom-Nom.pdf"
    lines = (
        "Bonjour,",
        "Je veux apprendre le métier de commis de cuisine.",
        "Mon CV est joint.",
        "Merci,",
        "Sam Petit",
    )
    mail.letter.edited = "\n".join((*lines, "06 39 98 12 34"))
    assert exercise_reading.exercise_reading(mail, one, sender).to_mend == ()


def test_what_is_reported_or_deleted_leaves_the_box_and_comes_back(session: Session, young: Account) -> None:
    operation = works.new_operation
    rehearsals.sort_mail(session, by=young, mail="arnaque-colis", gesture="signaler", operation=operation())
    rehearsals.sort_mail(session, by=young, mail="pub-telephone", gesture="supprimer", operation=operation())
    rehearsals.sort_mail(session, by=young, mail="atelier", gesture="signaler", operation=operation())
    kept = rehearsals.own_mailbox(session, of=young)
    assert "arnaque-colis" not in inbox(kept) and "pub-telephone" not in inbox(kept) and "atelier" in inbox(kept)
    assert [one.key for one in folders.folder_mails(kept, "indesirables", LINA, today=TODAY)] == ["arnaque-colis"]
    assert [one.key for one in folders.folder_mails(kept, "corbeille", LINA, today=TODAY)] == ["pub-telephone"]
    rehearsals.put_mail_back(session, by=young, mail="arnaque-colis", operation=operation())
    assert "arnaque-colis" in inbox(rehearsals.own_mailbox(session, of=young))


def test_the_text_is_kept_undone_and_begun_again(session: Session, young: Account) -> None:
    changed(session, young, "offre", to="a@exemple.fr")
    changed(session, young, "offre", to="b@exemple.fr")
    rehearsals.undo_mailbox_change(session, by=young, operation=works.new_operation())
    assert rehearsals.own_mailbox(session, of=young).mails["offre"].to == "a@exemple.fr"
    rehearsals.restart_rehearsal(session, by=young, exercise="offre", operation=works.new_operation())
    assert rehearsals.own_mailbox(session, of=young).mails == {}


def test_unknown_exercises_and_mails_are_refused(session: Session, young: Account) -> None:
    with pytest.raises(NotFound):
        changed(session, young, "autre", to="a")
    for mail in ("autre", "invitation"):  # an invitation is to be answered, not sorted
        with pytest.raises(NotFound):
            rehearsals.sort_mail(session, by=young, mail=mail, gesture="signaler", operation=works.new_operation())
    with pytest.raises(NotFound):
        rehearsals.download_file(session, by=young, mail="invitation", operation=works.new_operation())


def test_addresses_and_files_are_bounded(session: Session, young: Account) -> None:
    for fields in ({"to": "a" * (policy.REHEARSAL_ADDRESSES + 1)}, {"files": ["cv"] * (policy.REHEARSAL_FILES + 1)}):
        with pytest.raises(ValueError, match="at most"):
            changed(session, young, "offre", **fields)


def test_a_scam_and_an_advertisement_say_what_gives_them_away() -> None:
    for one in WORDS.mails.values():
        assert bool(one.signes) == (one.genre != "vrai"), one.cle
        assert not one.is_to_sort or (one.si_supprimer and one.si_repondre), one.cle


TOLD = [
    *(line for one in WORDS.exercises.values() for line in (one.aide, one.mission, *one.reponse)),
    *(each.pourquoi for one in WORDS.exercises.values() for each in one.carnet),
    *(line for one in WORDS.mails.values() for line in (*one.lignes, *one.signes)),
    *(line for one in WORDS.mails.values() for line in (one.si_signaler, one.si_supprimer, one.si_repondre)),
    *(one.explication for one in WORDS.files.values()),
]


@for_each("line", TOLD)
def test_the_content_is_easy_to_read(line: str) -> None:
    french.check_sentences(line, words=15)


def test_sizes_are_written_as_a_computer_shows_them() -> None:
    assert (size_text(84), size_text(9_200)) == ("84\u00a0Ko", "9,2\u00a0Mo")


def test_the_person_s_own_address_comes_first() -> None:
    assert list(exercise_reading.sender_addresses(LINA)) == ["mine", "funny"]
    assert list(exercise_reading.sender_addresses(replace(LINA, email="boss@exemple.fr"))) == [
        "mine",
        "simple",
        "funny",
    ]
