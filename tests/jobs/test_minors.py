"""What the law changes before 18 is said on every sheet that names night, height, machines, vehicles or a bar."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from clicnjob import policy
from clicnjob.content import ContentMistakes
from clicnjob.jobs import minors
from clicnjob.jobs.catalogue import Category, read_catalogue

NAMED = {
    "nuit": r"\bnuits?\b|[23]\s?×\s?8|\b[2-5] h\b|à l’aube|fin vers minuit|tard le soir|soirées?\b.*jusqu’à 2",
    "hauteur|arbres": r"en hauteur\b|\bHauteur\b|échafaudage|sur les toits|\btoits\b|nacelle|rappel\b|harnais",
    "machines": r"tronçonneuse|taille-haie|broyeur|raboter|meuler|\bScier\b|machines qui coupent",
    "engins": r"chariot élévateur|moissonneuse|bulldozer|\bengins\b|nacelle",
    "bar": r"\bcocktails?\b|alcool",
}
NOT_CONCERNED = {
    ("nuit", "graphiste"): "short nights, no work at night",
    ("nuit", "armee"): "the rules of the army are its own",
    ("nuit", "police"): "the rules of the police are its own, and 18 is the age of entry",
    ("nuit", "pompier"): "the rules of the fire service are its own",
    ("nuit", "administration"): "customs officers are adults",
    ("nuit", "securite"): "18 is the age of entry, and the sheet says it",
    ("nuit", "casino"): "18 is the age of entry, and the sheet says it",
    ("nuit", "poids-lourd"): "18 is the age of entry, and the sheet says it",
    ("nuit", "cueillette-vigne"): "hours are those of the harvest, by day",
    ("nuit", "bijou-montre"): "no work at night",
    ("machines", "bijou-montre"): "a hand saw",
    ("engins", "mecanique-engins"): "repairs them, and the rule of machines says it",
    ("hauteur|arbres", "cariste"): "the load goes up, the driver stays below",
}
OTHER_WORDS = re.compile(r"après-midi|Monter une serre|mise en hauteur")


def test_each_sheet_that_names_a_danger_says_what_changes_before_18() -> None:
    silent = [
        (kind, sheet.cle, hit.group(0))
        for sheet in read_catalogue().categories
        for kind, words in NAMED.items()
        if (hit := re.search(words, OTHER_WORDS.sub("", _texts(sheet)))) and (kind, sheet.cle) not in NOT_CONCERNED
        if not any(re.match(kind, rule.cle) for rule in minors.minor_rules() if sheet.cle in rule.fiches)
        if not (kind == "nuit" and _rule_on_board(sheet))
    ]

    assert not silent


def test_a_sheet_gives_its_sentences_and_another_gives_none() -> None:
    assert "22\u00a0h et 6\u00a0h" in minors.said_before_18("ouvrier-production")
    assert minors.said_before_18("developpeur") == ""


def test_no_sheet_says_more_than_four_sentences() -> None:
    long = [one.cle for one in read_catalogue().categories if minors.said_before_18(one.cle).count(". ") > 3]

    assert not long


def test_a_rule_checked_more_than_a_year_ago_is_read_again() -> None:
    old = [one.cle for one in minors.minor_rules() if (date.today() - one.verifie_le).days > policy.FACTS_LAST_DAYS]

    assert not old, "relire la loi et changer verifie_le dans data/jobs/moins_de_18.yaml"


def test_a_sheet_that_does_not_exist_is_told(tmp_path: Path) -> None:
    file = tmp_path / "moins_de_18.yaml"
    file.write_text(minors.FILE.read_text(encoding="utf-8").replace('"tracteur"', '"inconnue"'), encoding="utf-8")

    with pytest.raises(ContentMistakes, match="inconnue"):
        minors.read_minor_rules(file, sheets=read_catalogue().by_key.keys())


def test_no_sheet_invites_a_minor_to_work_at_night() -> None:
    inviting = [
        (sheet.cle, line)
        for sheet in read_catalogue().categories
        for line in sheet.sans_diplome
        if re.search(r"(?i)essaie une nuit|nuit .*immersion", line)
    ]

    assert not inviting


def _texts(sheet: Category) -> str:
    return "\n".join((sheet.resume, sheet.horaires, sheet.ou, *sheet.gestes, *sheet.ce_qui_aide))


def _rule_on_board(sheet: Category) -> bool:
    return any(rule.cle == "bord" and sheet.cle in rule.fiches for rule in minors.minor_rules())
