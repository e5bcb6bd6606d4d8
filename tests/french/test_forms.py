"""Words in the form that their neighbours ask for: the name of a person after « de »."""

from __future__ import annotations

from clicnjob.french import forms
from tests.for_each import for_each


@for_each(
    ("name", "said"),
    [
        ("Aicha", "d’Aicha"),
        ("Enzo Lopez", "d’Enzo Lopez"),
        ("Élodie", "d’Élodie"),
        ("Œlia", "d’Œlia"),
        ("Yves", "d’Yves"),
        ("Yanis", "de Yanis"),
        ("Hélène", "d’Hélène"),
        ("Hakim", "de Hakim"),
        ("Zoé", "de Zoé"),
        ("?", "de ?"),
    ],
)
def test_de_before_a_name_is_elided_as_it_is_spoken(name: str, said: str) -> None:
    assert forms.name_after_de(name) == said
