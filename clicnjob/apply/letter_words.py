"""Reads the content of messages and letters: situations, aims, sentences to tick, and what an employer looks at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator

from clicnjob import content
from clicnjob.content import ContentModel
from clicnjob.paths import DATA

Part = Literal["objet", "salut", "raison", "moi", "envie", "suite", "fin"]
MomentKey = Literal["offre", "spontanee", "relance", "accepter", "reporter", "merci", "refuser"]
AimKey = Literal["emploi", "stage", "alternance", "apprentissage", "immersion", "service_civique", "saison", "extra"]
Check = Literal[
    "objet", "objet_vague", "bonjour", "politesse", "signature", "joindre", "telephone", "piece", "metier", "attendu",
    "a_remplir", "autre_entreprise", "sms", "tutoiement", "melange", "majuscules", "ponctuation", "emoji",
    "orthographe", "adresse", "longueur", "court", "destinataire", "copie", "piece_absente", "mauvais_fichier",
    "nom_fichier", "format_fichier", "poids_fichier",
]  # fmt: skip
Box = Literal["objet", "message", "qui", "email", "destinataire", "copie", "piece"]
SINGLE: tuple[Part, ...] = ("objet", "salut", "raison", "fin")  # one sentence each; the other parts take several
SENTENCE_FIELDS = frozenset(
    {
        *("nom", "telephone", "a_ville", "metier", "de_metier", "dispo"),
        *("entreprise", "contact", "civilite", "source", "reference", "jour", "jour_entretien", "heure_entretien"),
        *("qualite", "formation", "permis", "trajet", "langue"),
        *("offre", "recherche", "objet_but", "titre", "lieu"),
    }
)
_FIELD = re.compile(r"\{(\w+)\}")
_BRACKET = re.compile(r"\[([^\]]*)\]")
_FOLDER = DATA / "candidatures"


class MessageKind(ContentModel):
    """A situation in which one writes to an employer. `devient` is the state of the application once it is sent."""

    cle: MomentKey
    nom: str = Field(max_length=30)
    icone: str
    aide: str = Field(max_length=70)
    parties: tuple[Part, ...] = Field(min_length=4)
    avec_cv: bool
    devient: Literal["", "sent", "followed_up", "interview", "declined"]


class AimSentences(ContentModel):
    """What is looked for: a job, a placement, an apprenticeship… as sentences and subjects name it."""

    cle: AimKey
    nom: str = Field(max_length=24)
    icone: str
    offre: str
    recherche: str
    objet: str


class ExperienceSentence(ContentModel):
    """How a kind of experience is told, once finished and while it goes on."""

    fini: str
    en_cours: str


class MessageWords(ContentModel):
    """The content of data/candidatures/messages.yaml."""

    moments: tuple[MessageKind, ...]
    buts: tuple[AimSentences, ...]
    questions: dict[Part, dict[MomentKey, str]]
    experiences: dict[str, ExperienceSentence]


class MessageSentence(ContentModel):
    """A sentence to tick. Empty `moments` or `buts` mean everywhere; `lettre` is its wording in a letter."""

    cle: str = Field(pattern=r"^[a-z0-9-]{3,40}$")
    partie: Part
    moments: tuple[MomentKey, ...] = ()
    buts: tuple[AimKey, ...] = ()
    texte: str = Field(max_length=200)
    lettre: str = ""

    @model_validator(mode="after")
    def _fields_are_known(self) -> MessageSentence:
        if unknown := fields_of(self.texte + self.lettre) - SENTENCE_FIELDS:
            raise ValueError(f"« {{{sorted(unknown)[0]}}} » n’est pas un mot que l’on sait remplacer")
        return self


class ReadingPoint(ContentModel):
    """One thing that an employer looks at: what they think when it is right or not, and the next small gesture.

    `partie` is the box in which the gesture is done. `{mot}` is the word that the check found.
    """

    controle: Check
    bien: str = Field(max_length=60)
    sinon: str = Field(max_length=120)
    geste: str = Field(max_length=60)
    partie: Box


class ExpectedAnswer(ContentModel):
    """What a message of one situation must say, as words of which one is enough, and what is thought when none is there."""

    mots: tuple[str, ...] = Field(min_length=1)
    sinon: str = Field(max_length=120)
    geste: str = Field(max_length=60)


class ReadingWords(ContentModel):
    """The content of data/candidatures/lecture.yaml; the words are separated by spaces."""

    points: tuple[ReadingPoint, ...]
    attendus: dict[MomentKey, ExpectedAnswer]
    objets_vagues: str
    politesse: tuple[str, ...]
    formats: str
    noms_etranges: str
    sms: str
    tutoiement: str
    vouvoiement: str
    a_remplir: tuple[str, ...]


@dataclass(frozen=True)
class LetterWords:
    """All content of messages and letters."""

    moments: dict[MomentKey, MessageKind]
    aims: dict[AimKey, AimSentences]
    questions: dict[Part, dict[MomentKey, str]]
    experiences: dict[str, ExperienceSentence]
    phrases: tuple[MessageSentence, ...]
    reading: ReadingWords


@content.loaded_once
def letter_words() -> LetterWords:
    """Return the words of this process, read once. Raises content.ContentMistakes."""
    words = content.read_content(MessageWords, _FOLDER / "messages.yaml")
    return LetterWords(
        moments={one.cle: one for one in words.moments},
        aims={one.cle: one for one in words.buts},
        questions=words.questions,
        experiences=words.experiences,
        phrases=tuple(content.read_content(list[MessageSentence], _FOLDER / "messages-phrases.yaml")),
        reading=content.read_content(ReadingWords, _FOLDER / "lecture.yaml"),
    )


def fields_of(template: str) -> frozenset[str]:
    """Return the names of the fields of a sentence."""
    return frozenset(_FIELD.findall(template))


def filled_sentence(template: str, fields: dict[str, str]) -> str:
    """Return the sentence with its fields, or '' when one is unknown; a [bracket] with an unknown field is left out."""

    def kept(found: re.Match[str]) -> str:
        return found[1] if all(fields.get(name) for name in _FIELD.findall(found[1])) else ""

    without = _BRACKET.sub(kept, template)
    if not all(fields.get(name) for name in fields_of(without)):
        return ""
    return _FIELD.sub(lambda found: fields[found[1]], without).strip()
