"""The boxes in which a lesson or a scene is written: which part has which, their labels, and what a new part holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from clicnjob import policy
from clicnjob.models import LearningKind
from clicnjob.own_content.changes import Body, Path

BoxKind = Literal["line", "text", "lines", "sources", "number", "yes", "choice", "day"]
RightChoice = Literal["", "one", "each"]


@dataclass(frozen=True, slots=True)
class LessonBox:
    """One box. `path` begins at its part, or at the body. `optional`: it may stay empty."""

    path: Path
    label: str
    kind: BoxKind = "line"
    most: int = policy.LESSON_LINE_LENGTH
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list of things in a part, each with the same boxes: the choices of a question, the lines of a drawn document.

    `right` says how a thing is marked as right: exactly one of them, each by itself, or not at all.
    """

    path: Path
    name: str
    boxes: tuple[LessonBox, ...]
    least: int
    most: int
    right: RightChoice = ""


@dataclass(frozen=True, slots=True)
class PartForm:
    """How a kind of part is written: its name, its boxes, its lists of things."""

    name: str
    boxes: tuple[LessonBox, ...]
    items: tuple[Items, ...] = ()


_TITLE, _LABEL, _ANSWER, _EXPLAIN, _DRAWN, _ALT, _ALOUD = 50, 30, 120, 300, 120, 90, 900
_LINES = LessonBox(("lignes",), "Les lignes, une idée par ligne", "lines")
_READ = LessonBox(("lire",), "Ce qui est lu à voix haute, si c’est autre chose", "text", _ALOUD, optional=True)
_HEAD = LessonBox(("titre",), "Titre de l’écran", most=_TITLE)
_HINT = LessonBox(("indice",), "Un indice", "text", _EXPLAIN, optional=True)
_ASKED = LessonBox(("question",), "La question", "text", _EXPLAIN)
_WHY = LessonBox(("explication",), "L’explication", "text", _EXPLAIN)
_TOLD = LessonBox(("consigne",), "La consigne")
_CHOICE = (
    LessonBox(("texte",), "Le choix", most=_ANSWER),
    LessonBox(("explication",), "Ce qui se passe, et pourquoi", "text", _EXPLAIN),
)
_SIGN = LessonBox(("signe",), "Le dessin, un emoji", most=16)


def _gesture_form(name: str, boxes: tuple[LessonBox, ...], items: tuple[Items, ...] = ()) -> PartForm:
    return PartForm(name, (_HEAD, _TOLD, *boxes, _READ), items)


LESSON_BOXES = (
    LessonBox(("titre",), "Titre de la leçon", most=_TITLE),
    LessonBox(("theme",), "Thème", "choice"),
    LessonBox(("gestes",), "Ce qu’on apprend à faire", "choice"),
    LessonBox(("duree_min",), "Durée en minutes, de 3 à 10", "number"),
    LessonBox(("appareils", "telephone"), "Sur un téléphone", "choice"),
    LessonBox(("objectifs",), "À la fin, le jeune peut dire. 1 à 3 lignes", "lines"),
    LessonBox(("fiche", "lignes"), "La fiche à imprimer, 3 à 10 lignes", "lines"),
    LessonBox(("geste_suivant", "page"), "À la fin, le jeune va vers", "choice"),
    LessonBox(("geste_suivant", "libelle"), "Le texte de ce bouton", most=_LABEL),
    LessonBox(("auteur", "nom"), "Votre nom, s’il doit être écrit", most=80, optional=True),
    LessonBox(
        ("sources",), "Sources officielles, une par ligne\u00a0: le nom, puis l’adresse", "sources", optional=True
    ),
    LessonBox(("verifie_le",), "Faits vérifiés le", "day"),
)
SCENE_BOXES = (
    LessonBox(("titre",), "Titre de la situation", most=_TITLE),
    LessonBox(("duree_min",), "Durée en minutes, de 2 à 10", "number"),
    LessonBox(("debut",), "L’histoire commence par", "choice"),
    *(box for box in LESSON_BOXES if box.path[0] in ("auteur", "sources", "verifie_le")),
)
SCREENS = {
    "texte": PartForm("Texte", (_HEAD, _LINES, _READ)),
    "image": PartForm(
        "Grand dessin",
        (
            _HEAD,
            LessonBox(("image", "signe"), "Le dessin, un emoji", most=16),
            LessonBox(("image", "alt"), "Ce que montre le dessin, pour qui ne le voit pas", most=_ALT),
            _LINES,
            _READ,
        ),
    ),
    "pas_a_pas": PartForm("Pas à pas", (_HEAD, LessonBox(("etapes",), "Les étapes, une par ligne (2 à 7)", "lines"), _READ)),
    "comparer": PartForm(
        "Comparer",
        (
            _HEAD,
            LessonBox(("gauche", "nom"), "À gauche\u00a0: son nom", most=_LABEL),
            LessonBox(("gauche", "lignes"), "À gauche\u00a0: ses lignes", "lines"),
            LessonBox(("droite", "nom"), "À droite\u00a0: son nom", most=_LABEL),
            LessonBox(("droite", "lignes"), "À droite\u00a0: ses lignes", "lines"),
            LessonBox(("gauche", "bien"), "Celui de gauche est le bon", "yes"),
            LessonBox(("pourquoi",), "Pourquoi", "text", _EXPLAIN),
            _READ,
        ),
    ),
    "geste.nommer": _gesture_form(
        "Geste\u00a0: nommer un fichier",
        (
            LessonBox(("geste", "de"), "Le mauvais nom, avec son extension", most=80),
            LessonBox(("geste", "bon"), "Un bon nom", most=80),
            LessonBox(("geste", "indice"), "L’indice", "text", _EXPLAIN),
        ),
    ),
    "geste.choisir_fichier": _gesture_form(
        "Geste\u00a0: choisir un fichier",
        (LessonBox(("geste", "dossier"), "Le dossier où il se trouve", most=_LABEL, optional=True),),
        (
            Items(
                ("geste", "fichiers"),
                "Fichier",
                (LessonBox(("nom",), "Son nom", most=_DRAWN), LessonBox(("taille",), "Sa taille", most=20), _WHY),
                3, 6, "one",
            ),
        ),
    ),
    "geste.trouver_mot": _gesture_form(
        "Geste\u00a0: trouver un mot",
        (
            LessonBox(("geste", "texte"), "Le texte", "text", 300),
            LessonBox(("geste", "mot"), "Le mot à toucher", most=40),
            LessonBox(("geste", "explication"), "L’explication", "text", _EXPLAIN),
        ),
    ),
    "geste.corriger": _gesture_form(
        "Geste\u00a0: corriger une ligne",
        (
            LessonBox(("geste", "ligne"), "La ligne avec sa faute", most=_DRAWN),
            LessonBox(("geste", "attendu"), "Les bonnes réponses, une par ligne", "lines"),
            LessonBox(("geste", "explication"), "L’explication", "text", _EXPLAIN),
        ),
    ),
    "geste.juger": _gesture_form(
        "Geste\u00a0: juger des liens ou des messages",
        (
            LessonBox(("geste", "oui"), "Le bouton «\u00a0bon\u00a0»", most=_LABEL),
            LessonBox(("geste", "non"), "L’autre bouton", most=_LABEL),
        ),
        (Items(("geste", "objets"), "Chose à juger", (LessonBox(("texte",), "Ce qu’on voit", most=160), _WHY), 3, 5, "each"),),
    ),
}  # fmt: skip
QUESTIONS = {
    "choix": PartForm("Un seul bon choix", (_ASKED, _HINT), (Items(("choix",), "Choix", _CHOICE, 2, 4, "one"),)),
    "plusieurs": PartForm(
        "Plusieurs bons choix", (_ASKED, _HINT), (Items(("choix",), "Choix", _CHOICE, 3, 6, "each"),)
    ),
    "vrai_faux": PartForm(
        "Vrai ou faux", (LessonBox(("question",), "La phrase"), LessonBox(("juste",), "C’est vrai", "yes"), _WHY, _HINT)
    ),
    "ordre": PartForm(
        "Mettre dans l’ordre",
        (_ASKED, LessonBox(("suite",), "Les lignes, dans le bon ordre (3 à 5)", "lines"), _WHY, _HINT),
    ),
    "trouver": PartForm(
        "Trouver la bonne ligne",
        (_ASKED, LessonBox(("document", "titre"), "Titre du document", most=_LABEL), _HINT),
        (
            Items(
                ("document", "lignes"),
                "Ligne",
                (LessonBox(("texte",), "Ce qui est écrit", most=_DRAWN), _WHY),
                4, 10, "one",
            ),
        ),
    ),
    "opinion": PartForm("Avis, sans bonne réponse", (_ASKED,), (Items(("choix",), "Choix", _CHOICE, 2, 4),)),
}  # fmt: skip
MOMENTS = {
    "moment": PartForm(
        "Un moment avec des choix",
        (
            LessonBox(("qui",), "Qui est là, ou quand", most=_LABEL),
            _SIGN,
            LessonBox(("alt",), "Ce que montre le dessin, pour qui ne le voit pas", most=_ALT),
            _LINES,
        ),
        (
            Items(
                ("choix",),
                "Choix",
                (
                    _CHOICE[0],
                    LessonBox(("suite",), "Il mène à", "choice"),
                    LessonBox(("pourquoi",), "Ce qui se passe, et pourquoi", "text", _EXPLAIN),
                ),
                2, 4,
            ),
        ),
    ),
    "fin": PartForm(
        "Une fin",
        (
            LessonBox(("qui",), "Qui est là, ou quand", most=_LABEL),
            _SIGN,
            LessonBox(("alt",), "Ce que montre le dessin, pour qui ne le voit pas", most=_ALT),
            _LINES,
            LessonBox(("fin", "retenir"), "À retenir"),
            LessonBox(("fin", "refaire"), "«\u00a0Essayer autrement\u00a0» ramène à", "choice"),
        ),
    ),
}  # fmt: skip

FORMS = {"ecrans": SCREENS, "quiz": QUESTIONS, "moments": MOMENTS}
PARTS_AT_MOST = {"ecrans": 5, "quiz": 4, "moments": 10}
PART_NAMES = {"ecrans": "écran", "quiz": "question", "moments": "moment"}


def lists_of(kind: LearningKind) -> tuple[str, ...]:
    """Return the lists of parts of a lesson or a scene."""
    return ("ecrans", "quiz") if kind is LearningKind.LESSON else ("moments",)


def own_boxes(kind: LearningKind) -> tuple[LessonBox, ...]:
    """Return the boxes of the lesson or the scene itself."""
    return LESSON_BOXES if kind is LearningKind.LESSON else SCENE_BOXES


def form_of(listed: str, part: Body) -> PartForm:
    """Return how a part of the list `listed` is written."""
    if listed == "moments":
        return MOMENTS["fin" if part.get("fin") else "moment"]
    genre = str(part["genre"])
    return FORMS[listed][f"geste.{part['geste']['genre']}" if genre == "geste" else genre]


def part_title(listed: str, part: Body) -> str:
    """Return the words by which a part is known in the outline; '' while it has none."""
    return str(part.get({"ecrans": "titre", "quiz": "question", "moments": "qui"}[listed]) or "")
