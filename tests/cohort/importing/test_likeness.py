"""Two descriptions of a person: the same ones are recognised with a reason, other people are left in peace."""

from __future__ import annotations

from pathlib import Path

import yaml

from clicnjob.cohort.importing.likeness import Description, KnownPeople, likeness_reason
from clicnjob.french import contact
from tests.for_each import for_each

PAIRS = yaml.safe_load(Path(__file__).with_name("likeness_pairs.yaml").read_text(encoding="utf-8"))


def described(line: str) -> Description:
    first, last, month, phone = (part.strip() for part in line.split("|"))
    return Description(first, last, month, contact.phone_number(phone))


def reasons(kind: str) -> dict[str, str]:
    found = {}
    for one, other in PAIRS[kind]:
        there, back = (
            likeness_reason(described(one), described(other)),
            likeness_reason(described(other), described(one)),
        )
        assert there == back, f"{one} / {other}"
        found[f"{one} / {other}"] = there
    return found


def test_of_twenty_pairs_of_the_same_person_none_is_missed() -> None:
    found = reasons("meme_personne")
    assert len(found) == 20
    assert [pair for pair, why in found.items() if not why] == []


def test_of_twenty_pairs_of_other_people_at_most_two_are_shown() -> None:
    found = reasons("autre_personne")
    assert len(found) == 20
    shown = {pair: why for pair, why in found.items() if why}
    assert len(shown) <= 2, shown


@for_each(
    ("one", "other", "why"),
    [
        ("Zoé | Bâ | 2006-03 |", "ZOE | BA | 2006-03 |", "même nom, même mois de naissance"),
        ("Awa | Ba | |", "Ba | Awa | |", "même nom, dans un autre ordre"),
        ("Kadiatou | Diallo | |", "Kadiatou | Dialo | |", "noms presque pareils"),
        (
            "Awa | Ba | 2006-03 | 0639981201",
            "Awa | Ba | 2006-04 | 0639981201",
            "même nom, même téléphone, mais un autre mois de naissance",
        ),
        ("Awa | Ba | | 0639981201", "Awa | Diallo | | 0639981201", "même prénom, même téléphone"),
    ],
)
def test_the_reason_says_what_is_alike_and_what_is_not(one: str, other: str, why: str) -> None:
    assert likeness_reason(described(one), described(other)) == why


def test_a_long_list_finds_each_known_person_once() -> None:
    known = KnownPeople()
    known.add_person(Description("Jean-Pierre", "Martin", "2006-03"), "déjà inscrit")
    known.add_person(Description("Zoé", "Bâ"), "déjà à la ligne 4")
    found = list(known.people_alike(Description("Martin", "Jean Pierre", "2006-03")))
    assert [(one.where, one.why) for one in found] == [
        ("déjà inscrit", "même nom, dans un autre ordre, même mois de naissance")
    ]


def test_a_long_list_misses_nobody_whom_a_comparison_of_each_pair_finds() -> None:
    lost = []
    for one, other in PAIRS["meme_personne"]:
        known = KnownPeople()
        known.add_person(described(other), "ici")
        if not list(known.people_alike(described(one))):
            lost.append(f"{one} / {other}")
    assert lost == []
