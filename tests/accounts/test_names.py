"""The names of people: usual capitals for what a keyboard left in one case, and nothing changed in a mixed form."""

from __future__ import annotations

from clicnjob.accounts import names
from tests.for_each import for_each


@for_each(
    ("typed", "kept"),
    [
        ("enzo", "Enzo"),
        ("DIALLO", "Diallo"),
        ("élodie", "Élodie"),
        ("jean-marc", "Jean-Marc"),
        ("EL AMRANI", "El Amrani"),
        ("N’GUESSAN", "N’Guessan"),
        ("o'brien", "O'Brien"),
        ("MCDONALD", "McDonald"),
        ("DE OLIVEIRA", "de Oliveira"),
        ("de la cruz", "de la Cruz"),
        ("D’ALMEIDA", "d’Almeida"),
        ("DESCHAMPS", "Deschamps"),
        ("DU", "Du"),
        ("محمد", "محمد"),
        ("K", "K"),
    ],
)
def test_a_name_in_one_case_gets_its_usual_capitals(typed: str, kept: str) -> None:
    assert names.usual_capitals(typed) == kept


@for_each(
    "typed",
    [
        "Lopez",
        "LeBron",
        "McDonald",
        "De Oliveira",
        "D’Almeida",
        "Le gall",
        "MBaye",
        "Anne-marie",
        "@x",
        "BA & SOW",
        "=cmd",
    ],
)
def test_a_mixed_form_is_kept_as_typed(typed: str) -> None:
    assert names.usual_capitals(typed) == typed
