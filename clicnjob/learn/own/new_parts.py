"""What a new lesson, scene, screen, question or moment holds before a word is written."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from clicnjob.learn.own.parts import FORMS, Items, LessonBox
from clicnjob.models import LearningKind
from clicnjob.own_content.changes import Body, Path


def new_id() -> str:
    """Return the id of a new part; nobody types or reads it."""
    return f"p-{secrets.token_hex(4)}"


def empty_part(listed: str, form_key: str) -> Body:
    """Return a new part, with as many empty things in it as it needs."""
    form = FORMS[listed][form_key]
    part: Body = {"id": new_id()}
    if listed == "moments":
        part |= {"choix": [], "fin": None}
    else:
        genre, _, gesture = form_key.partition(".")
        part["genre"] = genre
        if gesture:
            part["geste"] = {"genre": gesture}
    for box in form.boxes:
        _put_value(part, box.path, _empty_value(box))
    for items in form.items:
        _put_value(part, items.path, [empty_item(items, right=number == 1) for number in range(items.least)])
    if form_key == "comparer":
        part["gauche"]["bien"], part["droite"]["bien"] = False, True
    return part


def empty_item(items: Items, *, right: bool = False) -> Body:
    """Return a new thing of a list."""
    item: Body = {"id": new_id()} | {box.path[0]: _empty_value(box) for box in items.boxes}
    return item | ({"juste": right} if items.right else {})


def empty_body(kind: LearningKind, *, structure: str, today: date) -> Body:
    """Return a new lesson of two screens and two questions, or a scene of two moments and two ends, still without words."""
    body: Body = {
        "id": "a-ecrire", "version": 1, "titre": "", "duree_min": 5, "licence": "CC-BY-SA-4.0",
        "auteur": {"structure": structure, "nom": ""}, "copie_de": None, "verifie_le": today.isoformat(), "sources": [],
    }  # fmt: skip
    if kind is LearningKind.SCENE:
        moments = [empty_part("moments", key) for key in ("moment", "moment", "fin", "fin")]
        _lead_on(moments)
        return body | {"icone": "theater_comedy", "debut": moments[0]["id"], "moments": moments}
    return body | {
        "icone": "menu_book", "theme": "mail", "gestes": ["mail.ouvrir"], "objectifs": [],
        "appareils": {"ordinateur": "bien", "telephone": "bien"},
        "ecrans": [empty_part("ecrans", "image"), empty_part("ecrans", "texte")],
        "quiz": [empty_part("quiz", "choix"), empty_part("quiz", "vrai_faux")],
        "geste_suivant": {"page": "young/learn.py", "libelle": "Voir les leçons"}, "fiche": {"lignes": []},
    }  # fmt: skip


def _lead_on(moments: list[Body]) -> None:
    """Let the choices of a new story lead somewhere, so that its author starts from a way that is whole."""
    first, second, good, other = moments
    first["choix"][0]["suite"], first["choix"][1]["suite"] = second["id"], other["id"]
    second["choix"][0]["suite"], second["choix"][1]["suite"] = good["id"], other["id"]
    good["fin"]["refaire"] = other["fin"]["refaire"] = first["id"]


def _empty_value(box: LessonBox) -> Any:
    return {"lines": [], "sources": [], "yes": False, "number": 0}.get(box.kind, "")


def _put_value(part: Body, path: Path, value: Any) -> None:
    for key in path[:-1]:
        if not part.get(key):
            part[key] = {}
        part = part[key]
    part[path[-1]] = value
