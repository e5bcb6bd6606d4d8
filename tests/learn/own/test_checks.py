"""What a structure writes is held to the rules of ours, told beside the box, and kept as it was typed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clicnjob.learn import library
from clicnjob.learn.own import boxes, checks, new_parts, parts
from clicnjob.models import LearningKind
from clicnjob.own_content import changes
from clicnjob.own_content.changes import InsertPart, MovePart, PutValue, RemovePart, StoredContent
from tests.for_each import for_each

TODAY = date(2026, 11, 30)
LESSON, SCENE = LearningKind.LESSON, LearningKind.SCENE
OURS = [(LESSON, one) for one in library.shipped_lessons().values()]
OURS += [(SCENE, one) for one in library.shipped_scenes().values()]  # type: ignore[misc]


def body_of(lesson_id: str = "joindre-un-fichier") -> dict[str, Any]:
    return library.shipped_lessons()[lesson_id].model_dump(mode="json")


def told(body: dict[str, Any], kind: LearningKind = LESSON) -> dict[tuple[str, ...], str]:
    return {one.path: one.sentence for one in checks.lesson_mistakes(body, kind, today=TODAY)}


def put(body: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    return changes.apply_change(body, PutValue(path=path, value=value))[0]


@for_each("kind_and_entry", OURS)
def test_ours_pass_every_check_and_go_through_a_body_and_a_draft_unchanged(kind_and_entry: Any) -> None:
    kind, entry = kind_and_entry
    body = entry.model_dump(mode="json")
    assert told(body, kind) == {}
    assert checks.ready_entry(body, kind) == entry
    assert checks.draft_entry(body, kind) == entry


@for_each("kind_and_entry", OURS)
def test_every_text_of_ours_has_a_box(kind_and_entry: Any) -> None:
    kind, entry = kind_and_entry
    body = entry.model_dump(mode="json")
    assert [place for place in _places(body, kind) if boxes.find_box(body, kind, place) is None] == []


def _places(body: dict[str, Any], kind: LearningKind) -> list[tuple[str, ...]]:
    """The places of the texts in the parts of a body."""
    found: list[tuple[str, ...]] = []

    def walk(value: Any, path: tuple[str, ...]) -> None:
        if isinstance(value, dict):
            for key, one in value.items():
                if key not in ("id", "genre"):
                    walk(one, (*path, key))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for one in value:
                walk(one, (*path, one["id"]))
        elif isinstance(value, str | list) and value and value != [] and path[-1] not in ("fin",):
            found.append(path)

    for listed in parts.lists_of(kind):
        walk(body[listed], (listed,))
    return found


@pytest.mark.parametrize(
    ("path", "typed", "sentence"),
    [
        (("titre",), "", "« Titre de la leçon » est vide."),
        (("ecrans", "e1", "lignes"), ["mot " * 16], "Ligne 1 : 16 mots, 15 au plus"),
        (("ecrans", "e1", "lignes"), ["Court."] * 11, "« Les lignes » est trop long : 10 lignes au plus."),
        (("ecrans", "e1", "image", "alt"), "Image de mail", "Dites ce qu’on voit, sans « image de »"),
        (("ecrans", "e1", "image", "signe"), "mail", "« mail » n’est pas un seul dessin (emoji)."),
        (("ecrans", "e1", "titre"), "Un <b>mail</b>", "Pas de balise HTML"),
        (("quiz", "q1", "choix", "a", "explication"), "Bravo !", "pas un verdict"),
        (("quiz", "q1", "choix", "a", "explication"), "", "« Ce qui se passe » est vide."),
        (("verifie_le",), "2025-01-01", "a plus d’un an"),
        (("theme",), "aides", "nomme sa source officielle"),
        (("sources",), [{"nom": "Un site", "url": ""}], "Chaque source a un nom, puis son adresse"),
        (("quiz",), [], "« Les questions » est vide."),
    ],
)
def test_a_mistake_is_told_at_its_box(path: tuple[str, ...], typed: Any, sentence: str) -> None:
    found = told(put(body_of(), path, typed))
    place = ("sources",) if path == ("theme",) else path
    assert sentence in found[place].replace("\u00a0", " ")


def test_what_is_typed_without_french_typography_is_shown_with_it_and_stays_as_typed() -> None:
    body = put(body_of(), ("ecrans", "e1", "titre"), "C'est quoi un mail ?")
    assert told(body) == {}
    assert checks.ready_entry(body, LESSON).ecrans[0].titre == "C’est quoi un mail\u00a0?"  # type: ignore[union-attr]
    assert body["ecrans"][0]["titre"] == "C'est quoi un mail ?"


def test_what_is_shown_as_one_would_meet_it_is_not_corrected() -> None:
    lesson = library.shipped_lessons()["joindre-un-fichier"].model_dump(mode="json")
    gesture = lesson["ecrans"][2]["geste"]
    gesture["fichiers"][0]["nom"] = "mon cv d'été?.pdf"
    whole = checks.whole_body(lesson)
    assert whole["ecrans"][2]["geste"]["fichiers"][0]["nom"] == "mon cv d'été?.pdf"


@for_each("form", [(listed, key) for listed, forms in parts.FORMS.items() for key in forms])
def test_a_new_part_of_each_kind_can_be_looked_at_before_a_word_is_written(form: tuple[str, str]) -> None:
    listed, key = form
    kind = SCENE if listed == "moments" else LESSON
    body = new_parts.empty_body(kind, structure="Chez nous", today=TODAY)
    part = new_parts.empty_part(listed, key)
    body, _ = changes.apply_change(body, InsertPart(path=(listed,), at=0, body=part))
    assert getattr(checks.draft_entry(body, kind), listed)[0].id == part["id"]
    assert any(one.path[:2] == (listed, part["id"]) for one in checks.lesson_mistakes(body, kind, today=TODAY))
    assert parts.form_of(listed, part) is parts.FORMS[listed][key]


def test_a_change_is_undone_by_its_inverse() -> None:
    body = body_of()
    for change in (
        PutValue(path=("ecrans", "e1", "titre"), value="Autre"),
        RemovePart(path=("quiz", "q1", "choix"), id="a"),
        MovePart(path=("ecrans",), id="e1", at=2),
        InsertPart(path=("quiz",), at=1, body=new_parts.empty_part("quiz", "opinion")),
    ):
        changed, inverse = changes.apply_change(body, change)
        assert changed != body
        assert changes.apply_change(changed, inverse)[0] == body


def test_typing_on_in_one_box_is_one_change_to_undo() -> None:
    stored = StoredContent(content=body_of())
    for typed in ("J", "Jo", "Joindre"):
        changed, inverse = changes.apply_change(stored.content, PutValue(path=("titre",), value=typed))
        stored = changes.with_undo(stored, changed, inverse)
    assert len(stored.undo) == 1
    assert changes.apply_change(stored.content, stored.undo[0])[0] == body_of()


@pytest.mark.parametrize(
    "path",
    [("licence",), ("auteur", "structure"), ("ecrans", "e1", "id"), ("ecrans", "nulle-part", "titre"), ("version",)],
)
def test_nothing_is_written_where_there_is_no_box(path: tuple[str, ...]) -> None:
    try:
        assert boxes.find_box(body_of(), LESSON, path) is None
    except changes.PartGone:
        assert path[1] == "nulle-part"


def test_a_way_to_a_moment_that_was_taken_out_is_told_where_it_begins() -> None:
    scene = next(iter(library.shipped_scenes().values()))
    body = scene.model_dump(mode="json")
    choice = body["moments"][0]["choix"][0]
    gone, _ = changes.apply_change(body, RemovePart(path=("moments",), id=choice["suite"]))
    found = told(gone, SCENE)
    path = ("moments", body["moments"][0]["id"], "choix", choice["id"], "suite")
    assert found[path] == "Choisissez où mène ce choix."
    assert not any(choice["suite"] in sentence for sentence in found.values())
    lonely, _ = changes.apply_change(
        body, InsertPart(path=("moments",), at=9, body={**body["moments"][-1], "id": "seul", "qui": "Personne"})
    )
    number = len(body["moments"]) + 1
    assert told(lonely, SCENE)[()] == f"On n’arrive jamais à «\u00a0{number}. Personne\u00a0»"
