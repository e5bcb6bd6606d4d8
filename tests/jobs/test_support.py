"""People in distress get whom to turn to, never a job: by the search, the command line and the page."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from clicnjob import __main__, policy
from clicnjob.content import ContentMistakes
from clicnjob.jobs import situations, support
from clicnjob.jobs.catalogue import read_catalogue
from clicnjob.jobs.index import Index, build_index
from clicnjob.jobs.query import read_query
from clicnjob.jobs.search import search_jobs
from clicnjob.jobs.support import find_support, read_plea
from tests.for_each import for_each

SENTENCES = tuple(
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("distress_sentences.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)
HARMLESS = tuple(
    line
    for line in Path(__file__).with_name("harmless_sentences.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
JOBS_THAT_LOOK_ALIKE = (
    "aider les femmes battues",
    "travailler avec des enfants maltraités",
    "lutter contre le harcèlement",
    "soigner les drogués",
    "accompagner les personnes handicapées",
    "surveillant de prison",
    "vendre des maisons",
    "travailler le bois",
    "fabriquer des fauteuils",
    "assistante sociale pour les sans abri",
    "servir à manger",
    "je veux travailler seul",
    "photographe de mariage",
    "taper à l’ordinateur",
    "mannequin pour des photos",
    "je suis chef de rang",
    "mon père est boulanger",
    "ma mère fait des ménages",
    "mon chef me forme bien à la cuisine",
    "battre le fer",
    "pousser des chariots",
    "guetteur sémaphorique",
    "nourrice dans mon quartier",
    "arrêter les dealers",
    "chien qui cherche la drogue",
    "charbonner dans le bâtiment",
    "éducateur pour les jeunes qui dealent",
    "vendre des volets",
    "surveiller le réseau informatique",
    "conseiller bancaire ouvrir des comptes",
)


@cache
def index() -> Index:
    return build_index(read_catalogue())


def test_each_sentence_of_distress_gets_its_situation_and_no_job() -> None:
    wrong = []
    for sentence, key in SENTENCES:
        answer = search_jobs(read_query(sentence), index=index())
        found = answer.support.cle if answer.support else "-"
        if found != key or answer.codes or answer.matches:
            wrong.append((sentence, key, found, answer.codes))

    assert len(SENTENCES) >= 50 and not wrong


def test_spelled_by_ear_shouted_or_dressed_up_it_is_the_same_sentence() -> None:
    dressed = [
        change(sentence) for sentence, _ in SENTENCES for change in (str.upper, lambda said: f"bonjour {said} !!!")
    ]

    assert [said for said in dressed if not find_support(read_plea(read_query(said)))] == []


def test_a_job_that_only_looks_alike_is_still_a_job() -> None:
    taken = [
        (wish, found.situation.cle)
        for wish in JOBS_THAT_LOOK_ALIKE
        if (found := find_support(read_plea(read_query(wish))))
    ]

    assert not taken


def test_a_harmless_wish_gets_no_situation() -> None:
    answers = [(wish, search_jobs(read_query(wish), index=index()).support) for wish in HARMLESS]

    assert len(HARMLESS) >= 80 and [(wish, found.cle) for wish, found in answers if found] == []


@pytest.mark.long
def test_the_words_of_no_sheet_are_taken_for_distress() -> None:
    texts = {
        text
        for sheet in read_catalogue().categories
        for text in (sheet.nom_m, sheet.nom_f, sheet.resume, *sheet.gestes, *sheet.activites, sheet.ou, sheet.avec_qui)
    }

    assert [text for text in sorted(texts) if find_support(read_plea(read_query(text)))] == []


@for_each(
    "wish",
    [
        "je suis mort de rire mais j’ai envie de mourir",
        "je veux plus vivre chez mes parents, je veux mourir",
        "mettre fin à mon contrat et à ma vie, je veux mourir",
        "j’ai faim de réussite mais j’ai rien à manger",
    ],
)
def test_words_that_only_sound_like_distress_do_not_hide_the_others(wish: str) -> None:
    assert search_jobs(read_query(wish), index=index()).support


@pytest.mark.parametrize(
    ("wish", "key", "code"),
    [
        ("je sors de prison je veux être maçon", "justice", "F1703"),
        ("je suis enceinte je cherche caissière", "grossesse", "D1505"),
    ],
)
def test_a_job_named_beside_a_situation_that_hinders_no_job_is_answered_too(wish: str, key: str, code: str) -> None:
    answer = search_jobs(read_query(wish), index=index())

    assert answer.support and answer.support.cle == key
    assert code in answer.codes[:3]


@for_each(
    ("wish", "code"),
    [
        ("je dors dehors je voudrais travailler dans la cuisine", "G1602"),
        ("je vis à la rue et je cherche un travail de manutention", "N1105"),
        ("j’ai pas de logement et je veux faire agent de sécurité", "K2503"),
    ],
)
def test_who_has_no_home_and_names_a_job_reads_both(wish: str, code: str) -> None:
    answer = search_jobs(read_query(wish), index=index())

    assert answer.support and answer.support.cle == "logement" and "115" in answer.said
    assert code in answer.codes[:3]


@for_each(
    "wish",
    ["je vis dehors et je veux m’en sortir", "sans logement je cherche n’importe quoi"],
)
def test_who_has_no_home_and_names_no_job_reads_the_number_alone(wish: str) -> None:
    answer = search_jobs(read_query(wish), index=index())

    assert "115" in answer.said and not answer.codes


def test_a_job_named_beside_violence_is_not_answered() -> None:
    answer = search_jobs(read_query("je veux être maçon mon père me frappe"), index=index())

    assert answer.support and not answer.codes


def test_illegal_work_gets_a_door_and_no_job_whatever_is_around_it() -> None:
    illegal = [sentence for sentence, key in SENTENCES if key == "travail-illegal" and " " in sentence]
    around = (
        "{} dans le bâtiment",
        "je cherche maçon, sinon {}",
        "{} ou cuisinier",
        "bonjour, {} près de chez moi svp",
    )
    wrong = [
        (wish, answer.codes)
        for sentence in illegal
        for wish in (shape.format(sentence) for shape in around)
        if not (answer := search_jobs(read_query(wish), index=index())).support or answer.codes
    ]

    assert len(illegal) >= 20 and not wrong


def test_the_command_line_says_whom_to_turn_to(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["clicnjob", "jobs", "search", "--catalogue-only", *words])
        with pytest.raises(SystemExit):
            __main__.main()
        return capsys.readouterr().out

    assert "3919" in run("mon copain me tape")
    answer = json.loads(run("--json", "mon copain me tape"))
    assert answer["support"] == "violence-couple" and "3919" in answer["said"] and answer["codes"] == []


def test_whoever_is_under_21_or_older_reads_a_number_for_their_age() -> None:
    answer = search_jobs(read_query("on me frappe"), index=index()).said

    assert "Jusqu’à 21\u00a0ans" in answer and "119" in answer
    assert "Après 21\u00a0ans" in answer and "116" in answer


def test_no_sentence_is_long_and_every_number_says_what_it_is() -> None:
    faults = []
    for one in support.support_situations():
        sentences = re.split(r"(?<=[.!?])\s", one.phrase)
        faults += [(one.cle, said) for said in sentences if len(said.split()) > 15]
        faults += [(one.cle, contact.nom) for contact in one.contacts if contact.numero and not contact.quand]
    assert not faults


def test_what_was_checked_more_than_a_year_ago_is_read_again() -> None:
    old = [
        one.cle for one in support.support_situations() if (date.today() - one.verifie_le).days > policy.FACTS_LAST_DAYS
    ]

    assert not old, "relire les numéros de data/portes et changer verifie_le"


def test_a_group_that_does_not_exist_is_told(tmp_path: Path) -> None:
    for file in situations.FOLDER.glob("*.yaml"):
        (tmp_path / file.name).write_text(
            file.read_text(encoding="utf-8").replace("{travail} …", "{inconnu} …"), encoding="utf-8"
        )
    with pytest.raises(ContentMistakes, match="inconnu"):
        situations.read_situations(tmp_path)
