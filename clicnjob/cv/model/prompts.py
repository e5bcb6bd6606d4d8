"""Reads and checks the content of the guided CV (data/prompts): screens, activities, phrases, qualities…"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field

from clicnjob import content
from clicnjob.content import ContentModel
from clicnjob.cv.model import phrases
from clicnjob.cv.model.profile import Aim, ExperienceKind, SectionKey
from clicnjob.cv.model.study_words import StudyWords
from clicnjob.paths import DATA

Template = Annotated[str, AfterValidator(phrases.checked_template)]
Title = Annotated[str, AfterValidator(phrases.checked_title)]
Stage = Literal[
    "identite",
    "metier",
    "experiences",
    "etudes",
    "permis",
    "langues",
    "qualites",
    "interets",
    "accroche",
    "fin",
]


class Screen(ContentModel):
    """One question of the guided CV.

    `avec` is the key of the question on whose screen this one is asked too; `manque` says what to do when somebody goes
    on without an answer that the page needs.
    """

    cle: str
    etape: Stage
    question: str = Field(max_length=70)
    aide: str
    exemple: str = ""
    passer: str = "Plus tard"
    avec: str = ""
    manque: str = ""


class KindWords(ContentModel):
    """A kind of experience, with phrases that are true for any experience of that kind.

    `mots` are the words that name it in a search. `sans_nom` is printed for an experience without title and activity;
    `avant_nom` stands before the activity (« Stage : … »). `rassurer` is said above the title and the place.
    """

    cle: ExperienceKind
    nom: str = Field(max_length=32)
    icone: str
    exemples: str
    mots: list[str] = []
    sans_nom: str = Field(max_length=40)
    avant_nom: str = ""
    rassurer: str = ""
    intitules: list[str] = Field(min_length=1)
    ou_question: str
    ou_exemple: str
    phrases: list[Template] = Field(min_length=8, max_length=15)


class Precision(ContentModel):
    """What an activity must say besides (which sport, which instrument): the question, choices, and an example.

    `sur_le_cv` is the default title of the experience with the answer in place of `{nom}` or `{Nom}`.
    """

    question: str = Field(max_length=40)
    choix: list[str] = Field(min_length=2)
    exemple: str
    sur_le_cv: str


class Activity(ContentModel):
    """An everyday job or activity, with the phrases to tick.

    `sur_le_cv` is its name as a noun, without gender: the title of an experience to which the person gave none.
    """

    cle: str = Field(pattern=r"[a-z0-9-]+")
    nom: str = Field(max_length=40)
    icone: str
    sur_le_cv: str = Field(max_length=45)
    genres: list[ExperienceKind] = Field(min_length=1)
    intitules: list[Title] = Field(min_length=1)
    precision: Precision | None = None
    ou: str
    mots: list[str] = Field(min_length=1)
    competences: list[str] = Field(min_length=2)
    phrases: list[Template] = Field(min_length=8, max_length=15)


class QualityWords(ContentModel):
    """A quality, and ready proofs of it to choose from."""

    cle: str
    nom_m: str
    nom_f: str
    icone: str
    phrase: str
    preuves: list[Template] = Field(min_length=3)


class LanguageName(ContentModel):
    """A language spoken at home or learnt."""

    cle: str
    nom: str


class Level(ContentModel):
    """A level of the European scale (CEFR), and its honest wording on the page."""

    cle: str
    nom: str = ""
    sur_le_cv: str


class CanDo(ContentModel):
    """A statement « Je peux … »; ticking it counts for its level."""

    cle: str
    niveau: str = ""
    texte: str


class LanguageWords(ContentModel):
    """The languages, the levels from lowest to highest, and the can-do statements."""

    langues: list[LanguageName]
    niveaux: list[Level]
    questions: list[CanDo]


class Detail(ContentModel):
    """A question about a permit, with choices to tick or an example; `avant` is printed before the value."""

    cle: str
    question: str
    choix: list[str] = []
    exemple: str = ""
    avant: str = ""
    avant_pluriel: str = ""
    plusieurs: bool = False
    obligatoire: bool = False


class Permit(ContentModel):
    """A permit or certificate."""

    cle: str
    nom: str
    sur_le_cv: str
    groupe: str
    aide: str = ""
    details: list[Detail] = []


class InterestWords(ContentModel):
    """Something people like to do, with precise details to tick."""

    cle: str
    nom: str
    icone: str
    details: list[Template]


class ReadyAnswer(ContentModel):
    """A ready answer, and its wording on the page."""

    cle: str
    nom: str
    sur_le_cv: str = ""
    icone: str = ""
    km: bool = False


class JobWords(ContentModel):
    """The choices for availability, contracts, hours and means of transport."""

    disponibilites: list[ReadyAnswer]
    contrats: list[ReadyAnswer] = []
    horaires: list[ReadyAnswer] = []
    mobilites: list[ReadyAnswer]


class AimWords(ContentModel):
    """What somebody looks for: the title of their page, the order of its first sections, and what comes first before 18.

    `titre` contains « {metier} »; `sans_metier` is the title of a page without a job.
    """

    cle: Aim
    nom: str = Field(max_length=24)
    icone: str
    titre: str = Field(pattern=r"\{metier\}")
    sans_metier: str
    ordre: list[SectionKey]
    disponibilites: list[str] = []
    mineurs: bool = False
    avant_18: str = ""


class GapWords(ContentModel):
    """A period with nothing on paper, worded positively and truthfully."""

    cle: str
    situation: str
    sur_le_cv: list[str]
    a_l_entretien: str


class OpeningLine(ContentModel):
    """A template of an opening line and the answers it needs; `buts`, if given, are the only aims that it fits."""

    cle: str
    texte: str
    besoin: list[str] = []
    buts: list[Aim] = []
    accord: str = ""


class OpeningWords(ContentModel):
    """The templates of the first and second opening line."""

    ligne1: list[OpeningLine]
    ligne2: list[OpeningLine]


Keyed = TypeVar("Keyed", Screen, KindWords, Activity, QualityWords, Permit, InterestWords, GapWords, AimWords)


@dataclass(frozen=True)
class Prompts:
    """The whole content of data/prompts, by key and in the order of the files."""

    screens: dict[str, Screen]
    kinds: dict[str, KindWords]
    activities: dict[str, Activity]
    qualities: dict[str, QualityWords]
    languages: LanguageWords
    permits: dict[str, Permit]
    interests: dict[str, InterestWords]
    studies: StudyWords
    job: JobWords
    aims: dict[str, AimWords]
    gaps: dict[str, GapWords]
    openings: OpeningWords

    def asked_on(self, screen: str) -> str:
        """Return the screen that asks a question: its own, or the one that it shares; '' for an unknown question."""
        return self.screens[screen].avec or screen if screen in self.screens else ""

    def asked_with(self, screen: str) -> tuple[str, ...]:
        """Return the other questions that this screen asks, in the order of the file."""
        return tuple(key for key, other in self.screens.items() if other.avec == screen)

    def activities_of(self, kind: str) -> tuple[Activity, ...]:
        """Return the activities offered for a kind of experience."""
        return tuple(activity for activity in self.activities.values() if kind in activity.genres)


@content.loaded_once
def cv_prompts() -> Prompts:
    """Return the prompts of this process, read once. Raises content.ContentMistakes."""
    folder = DATA / "prompts"
    return Prompts(
        screens=_by_key(content.read_content(list[Screen], folder / "ecrans.yaml")),
        kinds=_by_key(content.read_content(list[KindWords], folder / "genres.yaml")),
        activities=_by_key(content.read_content(list[Activity], *sorted((folder / "activites").glob("*.yaml")))),
        qualities=_by_key(content.read_content(list[QualityWords], folder / "qualites.yaml")),
        languages=content.read_content(LanguageWords, folder / "langues.yaml"),
        permits=_by_key(content.read_content(list[Permit], folder / "permis.yaml")),
        interests=_by_key(content.read_content(list[InterestWords], folder / "interets.yaml")),
        studies=content.read_content(StudyWords, folder / "etudes.yaml"),
        job=content.read_content(JobWords, folder / "metier.yaml"),
        aims=_by_key(content.read_content(list[AimWords], folder / "buts.yaml")),
        gaps=_by_key(content.read_content(list[GapWords], folder / "trous.yaml")),
        openings=content.read_content(OpeningWords, folder / "accroches.yaml"),
    )


def _by_key(entries: Iterable[Keyed]) -> dict[str, Keyed]:
    found: dict[str, Keyed] = {}
    for entry in entries:
        if entry.cle in found:
            raise content.ContentMistakes((f"data/prompts : la clé « {entry.cle} » est donnée deux fois.",))
        found[entry.cle] = entry
    return found
