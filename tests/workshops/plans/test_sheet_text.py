"""A sheet's parts are typed as texts and read back the same; whatever is typed, the page can be drawn."""

from __future__ import annotations

from typing import Any

from clicnjob.workshops.plans import library, paper, sheet_text
from clicnjob.workshops.plans.words import KitCard, KitQuestion, KitSheet, KitTable
from tests.for_each import for_each

PLANS = library.shipped_plans()


@for_each("plan_id", PLANS)
def test_every_sheet_of_ours_comes_back_from_its_boxes(plan_id: str) -> None:
    for sheet in PLANS[plan_id].kit:
        for cards in (sheet.textes, sheet.cartes):
            read = sheet_text.cards_of_text(sheet_text.cards_as_text(cards))
            assert [KitCard(**one) for one in read] == cards
        asked = sheet_text.questions_of_text(sheet_text.questions_as_text(sheet.questions))
        assert [KitQuestion(**one) for one in asked] == sheet.questions
        table = sheet_text.table_of_text(sheet_text.table_as_text(sheet.tableau), kept=sheet.tableau)
        assert (KitTable(**table) if table else None) == sheet.tableau


TYPED: dict[str, tuple[Any, Any]] = {
    "cards with gaps": (
        sheet_text.cards_of_text("\r\n A \r\n\r\n \t\r\n B\r\nb1\r\n b2 \r\n\r\n"),
        [{"titre": "A", "texte": ""}, {"titre": "B", "texte": "b1\n b2"}],
    ),
    "no card": (sheet_text.cards_of_text(" \n\n "), []),
    "a number that is no number of lines": (
        sheet_text.questions_of_text("a | b\n| 4\nc|²\nd | 9999\ne |3"),
        [
            {"texte": "a | b", "lignes": 2}, {"texte": "| 4", "lignes": 2}, {"texte": "c|²", "lignes": 2},
            {"texte": "d | 9999", "lignes": 2}, {"texte": "e", "lignes": 3},
        ],
    ),
    "a table with empty cells": (
        sheet_text.table_of_text("| Lundi\n\nMatin |\n", kept=None),
        {"colonnes": ["", "Lundi"], "lignes": [["Matin", ""]], "vides": 3},
    ),
    "no table": (sheet_text.table_of_text(" \n ", kept=None), None),
}  # fmt: skip


@for_each("name", TYPED)
def test_what_is_typed_is_read_as_it_looks(name: str) -> None:
    found, expected = TYPED[name]
    assert found == expected


def test_a_sheet_that_misses_everything_or_holds_code_is_drawn_all_the_same() -> None:
    code = '#panic("x") $x$ <b>é</b> \\ [ ] `x` @y'
    wild = KitSheet.model_construct(
        id="a", titre=code, usage=code, copies=code, textes=[KitCard(titre=code, texte=code)], cases=[code] * 30,
        tableau=KitTable.model_construct(colonnes=[], lignes=[["x", "y"]], vides=2),
        questions=[KitQuestion(texte=code)], cartes=[KitCard(titre=code, texte=code)] * 36,
    )  # fmt: skip
    empty = KitSheet.model_construct(id="b", titre="", usage="", copies="")
    plan = PLANS["telephoner"].model_copy(update={"kit": [wild, empty]})
    for sheet_id in ("a", "b"):
        assert paper.sheet_pictures(plan, sheet_id=sheet_id)[0].startswith(b"\x89PNG")
