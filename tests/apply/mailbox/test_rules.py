"""Each rule of the reading: what raises it, and what is near and does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import get_args

from clicnjob.apply.letter_words import Check, letter_words
from clicnjob.apply.mailbox import exercise_reading
from clicnjob.apply.mailbox.mailbox_words import mailbox_words
from clicnjob.apply.mailbox.rehearsals import RehearsalMail, new_rehearsal
from tests.apply.test_letters import LINA, letter
from tests.for_each import for_each
from tests.make import TODAY

GOOD = """Bonjour Madame Renard,

Je vous écris pour votre annonce de commis de cuisine. J’apprends vite et je suis libre tout de suite.
Vous trouverez mon CV en pièce jointe.

Cordialement,
Lina Morel
06 39 98 12 34"""

Change = Callable[["Written"], None]


@dataclass
class Written:
    """A message as it is in the mailbox, good at first."""

    exercise: str = "offre"
    subject: str = "Candidature : commis de cuisine"
    text: str = GOOD
    to: str = "recrutement@brasserie-du-parc.exemple.fr"
    copies: str = ""
    files: tuple[str, ...] = ("cv",)
    sender: str = "mine"

    def remarks(self) -> dict[Check, str]:
        """What is to mend, by rule, with what the exercise knows about it."""
        exercise = mailbox_words().exercises[self.exercise]
        mail: RehearsalMail = new_rehearsal(exercise, today=TODAY)
        mail.to, mail.copies, mail.files = self.to, self.copies, list(self.files)
        mail.sender = self.sender  # type: ignore[assignment]
        mail.letter.subject, mail.letter.edited = self.subject, self.text
        sender = exercise_reading.rehearsal_sender(mail, LINA)
        found = exercise_reading.exercise_reading(mail, exercise, sender)
        return {one.remark.check: one.why for one in found.to_mend}


def said(**named: object) -> Written:
    return replace(Written(), **named)  # type: ignore[arg-type]


def reworded(old: str, new: str) -> Written:
    assert old in GOOD
    return said(text=GOOD.replace(old, new))


def answering(text: str, **named: object) -> Written:
    """A yes to the interview."""
    to = mailbox_words().exercises["accepter"].adresse
    return said(exercise="accepter", subject="Re : Entretien", text=text, to=to, files=(), **named)


FAMILIAR = (
    GOOD.replace("Je vous écris pour votre annonce", "Je réponds à ton annonce")
    .replace("Vous trouverez mon", "Mon")
    .replace("CV en", "CV est en")
)
YES = "Bonjour Madame Benali,\nJe serai là jeudi à 9 h 30, avec mes papiers.\nBonne journée,\nLina Morel"

# The rule: a message that raises it, and one that is near and does not.
CASES: dict[Check, tuple[Written, Written]] = {
    "objet": (said(subject=""), said(subject="Commis de cuisine")),
    "objet_vague": (said(subject="Demande d’emploi"), said(subject="Demande d’emploi en cuisine")),
    "destinataire": (said(to="claire.martin@mission-locale.exemple.fr"), said(to="Recrutement@Brasserie-du-Parc.exemple.fr")),
    "copie": (
        said(copies="bonjour@fleurs-des-lilas.exemple.fr"),
        answering(YES, copies="karim.diallo@bien-chez-soi.exemple.fr"),
    ),
    "bonjour": (reworded("Bonjour Madame Renard,", ""), reworded("Bonjour Madame Renard,", "Madame,")),
    "politesse": (reworded("Cordialement,", ""), reworded("Cordialement,", "Belle journée à vous,")),
    "signature": (reworded("Lina Morel", "Lina"), reworded("Lina Morel", "lina MOREL")),
    "telephone": (reworded("06 39 98 12 34", ""), reworded("06 39 98 12 34", "06-39-98-12-34")),
    "piece": (
        reworded("Vous trouverez mon CV en pièce jointe.", ""),
        reworded("Vous trouverez mon CV en pièce jointe.", "Mon curriculum vitae est joint."),
    ),
    "piece_absente": (said(files=()), answering(YES)),
    "mauvais_fichier": (said(files=("cv-ami",)), said(files=("cv-word",))),
    "nom_fichier": (said(files=("cv-final",)), said(files=("cv-word",))),
    "format_fichier": (said(files=("cv-odt",)), said(files=("cv-word",))),
    "poids_fichier": (said(files=("cv-scan",)), said(files=("cv",))),
    "metier": (
        said(subject="Votre annonce", text=GOOD.replace("votre annonce de commis de cuisine", "votre annonce")),
        said(subject="Votre annonce en cuisine"),
    ),
    "attendu": (answering(YES.replace("Je serai là jeudi", "J’ai bien lu votre message pour jeudi")), answering(YES)),
    "a_remplir": (reworded("libre tout de suite", "libre le …"), reworded("libre tout de suite", "libre le 3 mars")),
    "autre_entreprise": (
        reworded("votre annonce", "l’annonce de l’Hôtel de la Gare"),
        reworded("votre annonce", "l’annonce de la Brasserie du Parc"),
    ),
    "sms": (reworded("tout de suite", "tt de suite"), reworded("tout de suite", "le 2 mars")),
    "tutoiement": (
        said(text=FAMILIAR),
        reworded("tout de suite", "tous les jours"),
    ),
    "melange": (
        reworded("J’apprends vite", "Tu verras, j’apprends vite"),
        reworded("J’apprends vite", "Vous verrez, j’apprends vite"),
    ),
    "majuscules": (
        reworded("libre tout de suite", "LIBRE TOUTE SEMAINE PROCHAINE"),
        reworded("libre tout de suite", "titulaire du SST et du CAP"),
    ),
    "ponctuation": (reworded("tout de suite.", "tout de suite !!"), reworded("tout de suite.", "tout de suite !")),
    "emoji": (reworded("tout de suite.", "tout de suite 😊"), reworded("tout de suite.", "tout de suite : oui.")),
    "orthographe": (reworded("J’apprends vite", "J’apprend vite"), reworded("J’apprends vite", "Je suis rapide")),
    "adresse": (said(sender="funny"), said(sender="simple")),
    "longueur": (reworded("J’apprends vite", "J’apprends vite. " + "Je suis à l’heure le matin. " * 60 + "Je lis"), said()),
    "court": (answering("Bonjour,\nJe viendrai jeudi.\nMerci,\nLina Morel"), answering(YES)),
}  # fmt: skip
ELSEWHERE: dict[Check, str] = {"joindre": "read where no addresses are known: tests/apply/test_employer_reading.py"}


def test_a_good_message_leaves_nothing_to_mend() -> None:
    assert Written().remarks() == {} and answering(YES).remarks() == {}


def test_every_rule_has_its_two_cases() -> None:
    assert {*CASES, *ELSEWHERE} == set(get_args(Check)) == {one.controle for one in letter_words().reading.points}


@for_each(("rule", "cases"), CASES.items())
def test_a_rule_is_raised_alone_and_not_by_what_is_near(rule: Check, cases: tuple[Written, Written]) -> None:
    raises, near = cases
    assert list(raises.remarks()) == [rule]
    assert rule not in near.remarks()


def test_a_wrong_file_or_address_is_explained_by_the_exercise() -> None:
    assert "Karim" in CASES["mauvais_fichier"][0].remarks()["mauvais_fichier"]
    assert "brouillon" in CASES["nom_fichier"][0].remarks()["nom_fichier"]
    assert "transmis" in CASES["destinataire"][0].remarks()["destinataire"]


def test_the_words_alone_are_read_without_addresses_and_files() -> None:
    """« Envoyer mon CV » knows neither, and says nothing of them."""
    from_envelope = {"destinataire", "copie", "telephone", "piece_absente", "mauvais_fichier", "nom_fichier"}
    found = {one.check for one in exercise_reading.employer_remarks(letter_message(), letter(), LINA)}
    assert found.isdisjoint(from_envelope) and "joindre" in found


def letter_message() -> exercise_reading.Message:
    return exercise_reading.Message("Candidature", GOOD)
