"""Prints the questions of the guided CV on paper, with lines and boxes, for groups with too few computers."""

from __future__ import annotations

from typing import Any

from clicnjob import typeset
from clicnjob.cv.model import phrases
from clicnjob.cv.model.prompts import Screen, cv_prompts

_SHEET = "_common/questionnaire.typ"
_STAGES = {
    "identite": "Toi",
    "metier": "Le métier que tu veux",
    "experiences": "Ce que tu as déjà fait",
    "etudes": "Tes classes et formations",
    "permis": "Tes permis et certificats",
    "langues": "Tes langues",
    "qualites": "Tes qualités",
    "interets": "Ce que tu aimes",
    "accroche": "Le début de ta page",
    "fin": "Pour finir",
}
_LINES = {
    "permis_details": 2,
    "qualite_preuve": 3,
    "interet_details": 2,
    "competences": 3,
    "accroche_1": 2,
    "accroche_2": 2,
    "experience_phrases": 4,
}
_CARDS = {"experience": 3, "etude": 2}  # how often each group of questions is printed
_ASKED_BY_CARDS = ("experiences_suite", "etudes_suite")  # the next card replaces these questions
_ON_SCREEN_ONLY = ("fin",)
_LANGUAGE_ROWS = 3


def paper_questionnaire() -> bytes:
    """Return the paper form as PDF/UA-1 of a few A4 pages, made from data/prompts/."""
    return typeset.sheet_pdf(_SHEET, {"stages": _stage_data(), "look": {"fallbacks": typeset.FALLBACK_FONTS}})


def _stage_data() -> list[dict[str, Any]]:
    screens = [s for s in cv_prompts().screens.values() if s.cle not in (*_ASKED_BY_CARDS, *_ON_SCREEN_ONLY)]
    stages: list[dict[str, Any]] = []
    for key, title in _STAGES.items():
        asked = [s for s in screens if s.etape == key]
        if asked:
            stages.append({"title": title, "questions": _questions_data(asked), "cards": _cards_data(asked)})
    return stages


def _questions_data(screens: list[Screen]) -> list[dict[str, Any]]:
    return [_question_data(s) for s in screens if _card_of(s) is None]


def _cards_data(screens: list[Screen]) -> list[dict[str, Any]]:
    """Return the questions that repeat for each experience or study, as cards printed side by side."""
    grouped = [s for s in screens if _card_of(s)]
    if not grouped:
        return []
    count = _CARDS[str(_card_of(grouped[0]))]
    return [{"questions": [_question_data(s) for s in grouped]} for _ in range(count)]


def _card_of(screen: Screen) -> str | None:
    return next((card for card in _CARDS if screen.cle.startswith(f"{card}_")), None)


def _question_data(screen: Screen) -> dict[str, Any]:
    ticks = _ticks_by_screen().get(screen.cle, [])
    return {
        "question": screen.question,
        "help": screen.aide,
        "example": screen.exemple,
        "ticks": ticks,
        "lines": _LINES.get(screen.cle, 0 if ticks else 1),
        "rows": _LANGUAGE_ROWS if screen.cle == "langue_niveau" else 0,
    }


def _ticks_by_screen() -> dict[str, list[str]]:
    """Return the boxes to tick under each screen, by key of the screen."""
    words = cv_prompts()
    return {
        "experiences": [kind.nom for kind in words.kinds.values()],
        "disponibilite": [choice.nom for choice in words.job.disponibilites],
        "mobilite": [choice.nom for choice in words.job.mobilites],
        "etude_fin": [state.nom for state in words.studies.etats],
        "permis": [permit.nom for permit in words.permits.values()],
        "langue_niveau": [level.sur_le_cv for level in words.languages.niveaux],
        "qualites": [_both_genders(quality.nom_m, quality.nom_f) for quality in words.qualities.values()],
        "interets": [interest.nom for interest in words.interests.values()],
        # These are the printed sentences, never the reasons, since somebody else may read this paper.
        "trous": list(dict.fromkeys(phrases.phrase_text(gap.sur_le_cv[0]) for gap in words.gaps.values())),
    }


def _both_genders(masculine: str, feminine: str) -> str:
    words = masculine if masculine == feminine else f"{masculine} / {feminine}"
    return words[0].upper() + words[1:]
