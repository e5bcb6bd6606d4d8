"""Why a change of a structure's lesson is refused, each with the sentence for the professional who writes."""

from __future__ import annotations

from clicnjob import policy
from clicnjob.errors import Refusal


class TooManyOwnLessons(Refusal):
    """The structure keeps as many lessons, or as much text in them, as it may."""

    sentence = f"Votre structure garde {policy.OWN_LESSONS_MOST} leçons et situations au plus. Effacez-en une ancienne."


class LessonTooLong(Refusal):
    """The lesson would hold more than the file of a lesson may."""

    sentence = "Cette leçon est trop longue. Raccourcissez un texte, puis recommencez."


class LessonNotReady(Refusal):
    """The lesson still misses something, so that no young person can see it."""

    sentence = "Il manque encore quelque chose. Ce qui manque est dit à côté de chaque case."


class TooManyParts(Refusal):
    """The list holds as many parts as a young person can take in."""

    sentence = "Il y en a déjà assez ici. Enlevez-en un, ou faites une deuxième leçon."
