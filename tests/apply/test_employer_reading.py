"""A message read as an employer would: each point is right, or comes with one small gesture."""

from __future__ import annotations

import re
from dataclasses import replace

from clicnjob.apply.employer_reading import employer_remarks
from clicnjob.apply.letter_words import letter_words
from clicnjob.apply.writing import Message, composed_message, offered_phrases
from tests.apply.test_letters import EVERY_CASE, LINA, letter
from tests.for_each import for_each

GOOD = composed_message(letter(), LINA)
OTHERS = ("Garage Martin", "Lidl")


def wrong(message: Message, **named: object) -> list[str]:
    found = employer_remarks(message, letter(**named), LINA, other_employers=OTHERS)
    return [one.gesture for one in found if not one.right]


@for_each(("moment", "aim"), EVERY_CASE)
def test_our_own_sentences_leave_nothing_to_mend(moment: str, aim: str) -> None:
    """Whatever is ticked, the application never faults its own words."""
    parts = letter_words().moments[moment].parties
    one = letter(moment=moment, aim=aim, contact="Madame Martin", source="Indeed", reference="184KZPQ")
    picks = {part: list(offered_phrases(one, part, LINA))[:4] for part in parts if part in ("envie", "suite", "moi")}
    one = one.model_copy(update={"picks": picks})
    found = employer_remarks(composed_message(one, LINA), one, LINA, other_employers=OTHERS)
    assert [each.gesture for each in found if not each.right] == []


FAULTS = {
    "Écris un objet": Message("", GOOD.text),
    "Ajoute « Bonjour, »": Message(GOOD.subject, GOOD.text.removeprefix("Bonjour,\n\n")),
    "Écris ton nom à la fin": Message(GOOD.subject, GOOD.text.replace("Lina Morel", "")),
    "Ajoute ton téléphone": Message(
        GOOD.subject, GOOD.text.replace("06 39 98 12 34", "").replace("lina.morel@exemple.fr", "")
    ),
    "Dis que ton CV est joint": Message(
        GOOD.subject, GOOD.text.replace("Vous trouverez mon CV en pièce jointe.\n\n", "")
    ),
    "Remplis ou enlève « … »": Message(GOOD.subject, GOOD.text.replace("disponible", "…")),
    "Change « Garage Martin »": Message(GOOD.subject, GOOD.text.replace("votre offre", "l’offre du garage martin")),
    "Écris « bcp » en entier": Message(GOOD.subject, GOOD.text.replace("réponse", "réponse bcp")),
    "Remplace « ta » par « vous »": Message(GOOD.subject, GOOD.text.replace("votre offre", "ta offre")),
    "Écris en petites lettres": Message(GOOD.subject, GOOD.text.replace("Je suis", "JE VEUX BOSSER CHEZ VOUS VITE")),
    "Enlève une ou deux phrases": Message(GOOD.subject, GOOD.text.replace("Je suis", "Bien. " * 300)),
}


@for_each(("gesture", "message"), FAULTS.items())
def test_each_fault_is_found_alone_with_its_gesture(gesture: str, message: Message) -> None:
    assert [one.replace("\u00a0", " ") for one in wrong(message)] == [gesture]


def test_a_message_that_names_no_job_asks_for_it() -> None:
    said = re.sub("(?i)poste de serveuse|de serveuse|comme serveuse", "", GOOD.text)
    assert wrong(Message("Candidature – Lina Morel", said)) == ["Dis quel métier"]


def test_a_thank_you_needs_neither_cv_nor_job() -> None:
    assert wrong(composed_message(letter(moment="merci"), LINA), moment="merci") == []


def test_a_funny_address_is_seen_and_an_absent_one_is_not() -> None:
    funny, none = replace(LINA, email="bogosse59@exemple.fr"), replace(LINA, email="")
    for sender, count in ((funny, 1), (none, 0)):
        message = composed_message(letter(), sender)
        found = employer_remarks(message, letter(), sender)
        assert sum(not one.right for one in found) == count


def test_nobody_is_judged_and_every_fault_has_a_gesture() -> None:
    for point in letter_words().reading.points:
        assert point.geste and point.sinon.startswith("«")
        assert not re.search(r"\b(mauvais|nul|faute|erreur|raté|note|score)\b", point.bien + point.sinon + point.geste)
