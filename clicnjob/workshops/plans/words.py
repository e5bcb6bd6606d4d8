"""The shape of a plan of a group session, the same for ours (data/seances/plans), a structure's own and files."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from clicnjob import policy
from clicnjob.content import ContentModel

ACTIVITIES = {
    "cv.court": "Le CV par le chemin court",
    "cv.guide": "Le CV, question par question",
    "cv.page": "Ma page",
    "cv.envoyer": "Envoyer mon CV",
    "metiers.recherche": "Chercher un métier",
    "metiers.gouts": "Ce que j’aime",
    "candidature.message": "Écrire un message",
    "candidature.carnet": "Mes candidatures",
    "entretien.entrainement": "M’entraîner à l’entretien",
    "entretien.trio": "L’entretien à trois",
    "entretien.telephone": "Le téléphone",
    "entretien.pitch": "Mon pitch",
    "entretien.jour_j": "Le jour J",
    "sac": "Mon sac",
    "reprendre": "Reprendre mon CV",
    "question": "Une question au groupe",
    "papier": "Sur papier",
    "oral": "À l’oral",
    "libre": "Une consigne à vous",
}

_Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
_Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
_Text = Annotated[str, StringConstraints(min_length=1, max_length=600)]
_Variant = Annotated[str, StringConstraints(max_length=600)]
_Cell = Annotated[str, StringConstraints(max_length=200)]
_Hint = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class StepQuestion(ContentModel):
    """The question to the group that comes with a step; only « choix » has choices."""

    genre: Literal["choix", "nuage", "texte", "echelle"]
    question: _Hint
    choix: list[_Line] = Field(default_factory=list, max_length=6)

    @model_validator(mode="after")
    def _choices_fit(self) -> StepQuestion:
        if (self.genre == "choix") != bool(self.choix):
            raise ValueError("« choix » se remplit seulement pour une question à choix")
        return self


class PlanStep(ContentModel):
    """A step: `consigne` is on each screen and said aloud, `dire` is read by the trainer, `montrer` is projected."""

    id: _Key
    minutes: int = Field(ge=1, le=policy.WORKSHOP_MOST_MINUTES)
    titre: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    activite: str
    consigne: _Text
    dire: Annotated[str, StringConstraints(min_length=1, max_length=900)]
    montrer: _Text
    moins_de_postes: _Variant = ""
    sans_internet: _Variant = ""
    indices: list[_Hint] = Field(default_factory=list, max_length=8)
    question: StepQuestion | None = None

    @model_validator(mode="after")
    def _activity_is_known(self) -> PlanStep:
        if self.activite not in ACTIVITIES:
            raise ValueError(f"l’activité « {self.activite} » n’existe pas")
        return self


class KitCard(ContentModel):
    """A card to cut out."""

    titre: _Line
    texte: Annotated[str, StringConstraints(max_length=600)] = ""


class KitTable(ContentModel):
    """A table: its heads, its rows, then `vides` empty rows to write in. Missing cells are empty."""

    colonnes: list[_Cell] = Field(min_length=1, max_length=6)
    lignes: list[list[_Cell]] = Field(default_factory=list, max_length=30)
    vides: int = Field(default=0, ge=0, le=20)


class KitQuestion(ContentModel):
    """A question with lines to write on."""

    texte: _Line
    lignes: int = Field(default=2, ge=1, le=12)


class KitSheet(ContentModel):
    """A sheet to print. Its parts come in this order: paragraphs, table, boxes to tick, questions, cards."""

    id: _Key
    titre: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    usage: _Hint
    copies: _Line
    textes: list[KitCard] = Field(default_factory=list, max_length=12)
    tableau: KitTable | None = None
    cases: list[_Line] = Field(default_factory=list, max_length=30)
    questions: list[KitQuestion] = Field(default_factory=list, max_length=12)
    cartes: list[KitCard] = Field(default_factory=list, max_length=36)


class Plan(ContentModel):
    """A plan of a session. `domaine` is only a suggestion: each school has its own names."""

    id: _Key
    version: int = Field(default=1, ge=1)
    titre: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    domaine: _Line
    objectif: _Line
    pour_quoi: _Hint
    public: _Line
    duree_min: int = Field(ge=policy.WORKSHOP_LEAST_MINUTES, le=policy.WORKSHOP_MOST_MINUTES)
    licence: _Line
    auteur: _Line
    source: _Text
    verifie_le: date
    materiel: list[_Line] = Field(min_length=1, max_length=15)
    etapes: list[PlanStep] = Field(min_length=1, max_length=20)
    kit: list[KitSheet] = Field(default_factory=list, max_length=10)
    emporte: list[_Line] = Field(min_length=1, max_length=6)

    @model_validator(mode="after")
    def _steps_fit(self) -> Plan:
        if len({step.id for step in self.etapes}) < len(self.etapes):
            raise ValueError("deux étapes ont le même « id »")
        if sentence := minutes_sentence([step.minutes for step in self.etapes], length=self.duree_min):
            raise ValueError(sentence)
        return self


def minutes_sentence(minutes: list[int], *, length: int) -> str:
    """Say kindly how the minutes of the steps miss the length of the session; '' when they add up."""
    left = length - sum(minutes)
    if left == 0:
        return ""
    count = "1 minute" if abs(left) == 1 else f"{abs(left)} minutes"
    if left > 0:
        return f"il reste {count} à donner à une étape, pour arriver à {length}"
    return f"il y a {count} de trop : raccourcissez une étape, pour arriver à {length}"
