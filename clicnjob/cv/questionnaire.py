"""The questions of the guided CV on paper, for those without a seat: the same screens, with lines and boxes
to tick."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml

from clicnjob import typeset
from clicnjob.paths import DATA

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
_CARDS = {"experience": 3, "etude": 2}  # how many times a group of questions is printed
_ASKED_BY_CARDS = ("experiences_suite", "etudes_suite")  # a next card answers them
_ON_SCREEN_ONLY = ("fin",)
_LANGUAGE_ROWS = 3


def questionnaire() -> bytes:
    """The paper form as a PDF/UA-1 of a few A4 pages, made from data/prompts/."""
    return typeset.pdf(_SHEET, {"stages": _stages(), "look": {"fallbacks": typeset.FALLBACK_FONTS}})


def _stages() -> list[dict[str, Any]]:
    screens = [s for s in _listed("ecrans") if s["cle"] not in (*_ASKED_BY_CARDS, *_ON_SCREEN_ONLY)]
    stages: list[dict[str, Any]] = []
    for key, title in _STAGES.items():
        asked = [s for s in screens if s["etape"] == key]
        if asked:
            stages.append({"title": title, "questions": _questions(asked), "cards": _cards(asked)})
    return stages


def _questions(screens: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_question(s) for s in screens if _card_of(s) is None]


def _cards(screens: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The questions asked again for each experience or study, as cards to fill side by side on the page."""
    grouped = [s for s in screens if _card_of(s)]
    if not grouped:
        return []
    count = _CARDS[str(_card_of(grouped[0]))]
    return [{"questions": [_question(s) for s in grouped]} for _ in range(count)]


def _card_of(screen: dict[str, Any]) -> str | None:
    return next((card for card in _CARDS if screen["cle"].startswith(f"{card}_")), None)


def _question(screen: dict[str, Any]) -> dict[str, Any]:
    key = screen["cle"]
    ticks = _ticks(key)
    return {
        "question": screen["question"],
        "help": screen.get("aide", ""),
        "example": screen.get("exemple", ""),
        "ticks": ticks,
        "lines": _LINES.get(key, 0 if ticks else 1),
        "rows": _LANGUAGE_ROWS if key == "langue_niveau" else 0,
    }


def _ticks(key: str) -> list[str]:
    """What can be ticked under a screen, in the words of the lists of data/prompts/."""
    if key == "experiences":
        return [g["nom"] for g in _listed("genres")]
    if key in ("disponibilite", "mobilite"):
        return [
            a["nom"] for a in _table("metier")["disponibilites" if key == "disponibilite" else "mobilites"]
        ]
    if key == "etude_fin":
        return [s["nom"] for s in _table("etudes")["etats"]]
    if key == "permis":
        return [p["nom"] for p in _listed("permis")]
    if key == "langue_niveau":
        return [level["sur_le_cv"] for level in _table("langues")["niveaux"]]
    if key == "qualites":
        return [_both(q["nom_m"], q["nom_f"]) for q in _listed("qualites")]
    if key == "interets":
        return [i["nom"] for i in _listed("interets")]
    return [g["situation"] for g in _listed("trous")] if key == "trous" else []


def _both(masculine: str, feminine: str) -> str:
    words = masculine if masculine == feminine else f"{masculine} / {feminine}"
    return words[0].upper() + words[1:]


def _listed(name: str) -> list[dict[str, Any]]:
    return list(_read(name))


def _table(name: str) -> dict[str, Any]:
    return dict(_read(name))


@lru_cache(maxsize=16)
def _read(name: str) -> Any:
    return yaml.safe_load((DATA / "prompts" / f"{name}.yaml").read_text(encoding="utf-8"))
