"""The words of studies (data/prompts/etudes.yaml): levels, how they end, specialities."""

from __future__ import annotations

from clicnjob.content import ContentModel
from clicnjob.cv.model.profile import StudyState


class StudyLevel(ContentModel):
    """A class or diploma."""

    cle: str
    nom: str
    intitule: str
    exemple: str = ""
    specialite: bool = True
    etats: list[StudyState] = []


class StudyStateWords(ContentModel):
    """How a study ended, and its truthful wording on the page: `sur_le_cv` contains « {intitule} ».

    `precision` is printed beside the school, in ordinary letters, and not in the bold ones of a diploma.
    """

    cle: StudyState
    nom: str
    sur_le_cv: str
    precision: str = ""


class Speciality(ContentModel):
    """A subject of study, and the levels at which it exists."""

    cle: str
    nom: str
    niveaux: list[str]


class StudyWords(ContentModel):
    """The levels, the states and the frequent specialities."""

    niveaux: list[StudyLevel]
    etats: list[StudyStateWords]
    specialites: list[Speciality]
