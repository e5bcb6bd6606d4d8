"""Messages and letters to employers: their sentences, what they say of the CV, and what sending writes into the list."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import Session

from clicnjob import policy, works
from clicnjob.apply import applications, letters, writing
from clicnjob.apply.applications import Application, NothingWanted
from clicnjob.apply.letter_words import SINGLE, fields_of, filled_sentence, letter_words
from clicnjob.apply.letters import Letter
from clicnjob.apply.writing import Deed, Sender
from clicnjob.errors import NotFound
from clicnjob.models import Account
from tests import french_sentences as french
from tests.for_each import for_each
from tests.make import TODAY

LINA = Sender(
    name="Lina Morel",
    phone="06 39 98 12 34",
    email="lina.morel@exemple.fr",
    town="Le Havre",
    job="Serveuse",
    availability="disponible tout de suite",
    deeds=(Deed("s1", "stage", "Serveuse", "Brasserie du Marché", False, ("dresser les tables", "servir en salle")),),
    quality="Je suis à l’heure, même tôt le matin",
    training="CAP Cuisine",
    permit="permis B",
    way="je me déplace à vélo",
    language="arabe",
    attachment="CV-Lina-Morel-serveuse.pdf",
)
NOBODY = Sender(name="")
WORDS = letter_words()
EVERY_CASE = [(moment, aim) for moment in WORDS.moments for aim in WORDS.aims]


def letter(**named: object) -> Letter:
    wanted = {"moment": "offre", "title": "Serveuse", "employer": "Brasserie du Parc", "started_on": TODAY}
    return Letter.model_validate(wanted | named)


def kept(session: Session, by: Account, **named: object) -> Letter:
    one = letter(**named)
    letters.start_letter(session, by=by, letter=one, operation=works.new_operation())
    return one


def sent(session: Session, by: Account, one: Letter, *, operation: str = "") -> str:
    return letters.note_letter_sent(
        session,
        by=by,
        letter_id=one.id,
        sent_by="person",
        operation=operation or works.new_operation(),
        today=TODAY,
    )


@for_each(("moment", "aim"), EVERY_CASE)
def test_every_situation_gives_a_whole_short_message_without_a_tick(moment: str, aim: str) -> None:
    made = writing.composed_message(letter(moment=moment, aim=aim), LINA)
    assert made.subject.endswith("Lina Morel") and made.text.startswith(("Bonjour", "Madame"))
    assert "Lina Morel\n06 39 98 12 34" in made.text
    assert len(made.text) < 900 and not re.search(r"[\[\]{}]|  |\bNone\b", made.subject + made.text)


@for_each(("moment", "aim"), EVERY_CASE)
def test_nobody_at_all_still_gets_no_hole(moment: str, aim: str) -> None:
    one = letter(moment=moment, aim=aim, title="", employer="")
    made, page = writing.composed_message(one, NOBODY), writing.composed_letter(one, NOBODY, today=TODAY)
    assert not re.search(r"[\[\]{}]|  | ,|\( ?\)|\bde \.", "\n".join((made.subject, made.text, *page.paragraphs)))


def test_each_aim_has_sentences_of_its_own() -> None:
    said = {aim: writing.composed_message(letter(aim=aim), LINA).text for aim in WORDS.aims}
    assert len(set(said.values())) == len(said)
    for part in ("envie", "suite", "raison"):
        offered = {aim: tuple(writing.offered_phrases(letter(aim=aim), part, LINA)) for aim in WORDS.aims}  # type: ignore[arg-type]
        assert len(set(offered.values())) >= 4, part


def test_no_sentence_is_said_for_a_person_who_did_not_tick_it() -> None:
    """Only what the CV says is ticked beforehand, and what a message cannot do without."""
    for moment, aim in EVERY_CASE:
        one = letter(moment=moment, aim=aim)
        for part in WORDS.moments[moment].parties:
            offered = writing.offered_phrases(one, part, LINA)
            ticked = set(writing.picked_keys(one, part, offered))
            assert part in SINGLE or ticked <= {"exp-s1", "suite-dispo"}, (moment, aim, part)
            assert len(ticked) <= 1


def test_a_tick_taken_away_stays_away() -> None:
    assert "stage" not in writing.composed_message(letter(picks={"moi": []}), LINA).text


def test_an_experience_is_told_with_its_gestures_and_not_twice_as_a_placement() -> None:
    told = writing.offered_phrases(letter(), "moi", LINA)["exp-s1"]
    assert told == (
        "J’ai fait un stage comme serveuse (Brasserie du Marché). J’y ai appris à dresser les tables et à servir en salle."
    )
    trainee = Sender(name="A", deeds=(Deed("a", "stage", "Stagiaire", "", False),))
    assert writing.offered_phrases(letter(), "moi", trainee)["exp-a"] == "J’ai fait un stage."
    selling = Sender(
        name="A",
        deeds=(
            Deed("a", "stage", "Stage vendeuse", "Le Gall", False),
            Deed("b", "stage", "Stage d’observation", "", True),
        ),
    )
    said = writing.offered_phrases(letter(), "moi", selling)
    assert (said["exp-a"], said["exp-b"]) == (
        "J’ai fait un stage vendeuse (Le Gall).",
        "Je suis en stage d’observation.",
    )


def test_towns_with_an_article_are_contracted() -> None:
    assert writing.composed_letter(letter(), LINA, today=TODAY).place_and_day == "Au Havre, le 16 mars 2026"
    assert "J’habite au Havre" in " ".join(writing.offered_phrases(letter(), "raison", LINA).values())


def test_a_letter_bears_the_name_once_and_closes_as_letters_do() -> None:
    page = writing.composed_letter(letter(contact="Madame Martin"), LINA, today=TODAY)
    assert page.subject == "Objet\u00a0: candidature, poste de serveuse"
    assert page.greeting == "Madame,"
    assert (
        page.closing == "Dans l’attente de votre réponse, je vous prie d’agréer, Madame, mes salutations distinguées."
    )
    assert page.recipient == ("Brasserie du Parc", "Madame Martin")


def test_an_edited_message_gives_its_paragraphs_to_the_letter() -> None:
    made = writing.composed_message(letter(), LINA)
    edited = made.text.replace("Je suis disponible", "Je peux commencer lundi. Je suis disponible")
    page = writing.composed_letter(letter(edited=edited), LINA, today=TODAY)
    assert any("commencer lundi" in paragraph for paragraph in page.paragraphs)
    assert not any("Bonjour" in each or "06 39" in each for each in page.paragraphs)


def test_one_s_own_words_come_after_the_ticked_ones() -> None:
    made = writing.composed_message(letter(own={"envie": "Votre terrasse me fait rêver."}), LINA)
    assert "Votre terrasse me fait rêver." in made.text


def test_a_mail_link_is_encoded_and_bounded() -> None:
    made = writing.composed_message(letter(own={"envie": 'Été & "amour" #1 100 %?\nBcc: x@y.fr'}), LINA)
    link = writing.mail_link(made, to="a@b.fr?bcc=c@d.fr")
    assert "\n" not in link and '"' not in link and link.startswith("mailto:a@b.fr%3Fbcc%3Dc@d.fr?subject=")
    said = parse_qs(urlsplit(link).query)
    assert set(said) == {"subject", "body"} and said["body"][0].replace("\r\n", "\n") == made.text
    long = writing.Message("Objet", "é" * 2_000)
    assert len(writing.mail_link(long)) <= policy.MAIL_LINK_LENGTH


def test_sending_writes_the_line_and_its_follow_up(session: Session, young: Account) -> None:
    one = kept(session, young)
    written = sent(session, young, one)
    line = applications.own_applications(session, of=young).application_with_id(written)
    assert (line.title, line.employer, line.state) == ("Serveuse", "Brasserie du Parc", "sent")
    assert line.follow_up_on == TODAY + policy.FOLLOW_UP_AFTER
    again = letters.own_letters(session, of=young).letter_with_id(one.id)
    assert (again.sent_on, again.sent_by, again.application_id) == (TODAY, "person", line.id)


def test_nothing_is_written_twice(session: Session, young: Account) -> None:
    one = kept(session, young)
    assert sent(session, young, one, operation="a") == sent(session, young, one, operation="b")
    assert len(applications.own_applications(session, of=young).applications) == 1


@for_each(
    ("moment", "state"),
    [
        ("relance", "followed_up"),
        ("accepter", "interview"),
        ("refuser", "declined"),
        ("merci", "sent"),
        ("reporter", "sent"),
    ],
)
def test_each_situation_moves_its_line(session: Session, young: Account, moment: str, state: str) -> None:
    listed = applications.add_application(
        session, by=young, title=moment, employer="Fournil", operation=works.new_operation(), today=TODAY
    )
    applications.move_application(
        session, by=young, application_id=listed, state="sent", operation=works.new_operation(), today=TODAY
    )
    one = kept(session, young, moment=moment, application_id=listed)
    assert sent(session, young, one) == listed
    assert applications.own_applications(session, of=young).application_with_id(listed).state == state


def test_a_message_about_a_removed_line_writes_a_new_one(session: Session, young: Account) -> None:
    one = kept(session, young, application_id="gone")
    assert sent(session, young, one) != "gone"


def test_a_message_to_nobody_about_nothing_is_refused(session: Session, young: Account) -> None:
    one = kept(session, young, title="", employer="")
    with pytest.raises(NothingWanted):
        sent(session, young, one)


def test_too_many_messages_drop_the_oldest_sent_one_first(session: Session, young: Account) -> None:
    first = kept(session, young, started_on=TODAY - timedelta(days=9))
    old = kept(session, young, sent_on=TODAY - timedelta(days=5), sent_by="person")
    for _ in range(policy.LETTERS_AT_MOST - 1):
        kept(session, young)
    held = letters.own_letters(session, of=young)
    assert len(held.letters) == policy.LETTERS_AT_MOST
    assert held.letter_with_id(first.id)
    with pytest.raises(NotFound):
        held.letter_with_id(old.id)


def test_picks_and_own_words_are_kept_and_undone(session: Session, young: Account) -> None:
    one = kept(session, young, edited="Bonjour")
    letters.pick_phrases(session, by=young, letter_id=one.id, part="envie", keys=["envie-gens"], operation="p")
    letters.write_own_phrase(session, by=young, letter_id=one.id, part="envie", text="Oui.", operation="o")
    held = letters.own_letters(session, of=young).letter_with_id(one.id)
    assert (held.picks, held.own, held.edited) == ({"envie": ["envie-gens"]}, {"envie": "Oui."}, "")
    letters.undo_letter_change(session, by=young, operation="u")
    assert letters.own_letters(session, of=young).letter_with_id(one.id).own == {}


def test_a_line_gives_its_message_what_it_knows() -> None:
    line = Application(title="Vendeur", employer="Fournil", town="Lens", added_on=TODAY)
    one = letters.letter_for_application(line, moment="relance", today=TODAY)
    assert (one.title, one.employer, one.town, one.application_id) == ("Vendeur", "Fournil", "Lens", line.id)


# --- the content


def test_every_part_of_every_situation_has_its_question_and_its_sentences() -> None:
    for moment in WORDS.moments.values():
        for part in set(moment.parties) - {"objet", "salut", "fin"}:
            assert WORDS.questions[part][moment.cle], (moment.cle, part)
        for aim in WORDS.aims:
            for part in moment.parties:
                offered = writing.offered_phrases(letter(moment=moment.cle, aim=aim), part, LINA)
                assert len(offered) >= (1 if part == "objet" else 2), (moment.cle, aim, part)


def test_keys_are_unique_and_every_kind_of_experience_is_told() -> None:
    keys = [phrase.cle for phrase in WORDS.phrases]
    assert len(keys) == len(set(keys))
    assert set(WORDS.experiences) == {
        "travail", "stage", "petit_boulot", "aide_famille", "benevolat", "sport_asso", "projet", "service_civique",
    }  # fmt: skip


@for_each("phrase", WORDS.phrases)
def test_sentences_are_short_polite_and_agree_with_everybody(phrase: object) -> None:
    said = str(phrase.texte)
    french.check_sentences(re.sub(r"[\[\]]", "", said), words=22)
    assert "'" not in said and not re.search(r"(?<![\u00a0\u202f])[:;?!»]", said)
    assert not re.search(r"\b(motivé|intéressé|ravi|heureux|disponibles?é|sérieux|accueilli|venue?)\b|\(e\)|·e", said)
    assert not re.search(r"\b(tu|ton|ta|tes)\b", said)


def test_an_unknown_field_leaves_a_sentence_out() -> None:
    assert filled_sentence("J’habite {a_ville}.", {"a_ville": ""}) == ""
    assert filled_sentence("Bonjour[ {contact}],", {}) == "Bonjour,"
    assert fields_of("{nom} [{jour}]") == {"nom", "jour"}
