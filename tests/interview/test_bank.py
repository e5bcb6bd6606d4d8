"""The loader of data/interview: every mistake at once, with file and line, in French."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from clicnjob.content import ContentMistakes
from clicnjob.interview import bank, calls, words
from tests import interview_sample


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return interview_sample.written(tmp_path / "interview")


def mistakes(load: Callable[[], object]) -> tuple[str, ...]:
    with pytest.raises(ContentMistakes) as raised:
        load()
    return raised.value.mistakes


def changed(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_a_whole_folder_is_read(folder: Path) -> None:
    read = bank.read_bank(folder)
    assert read.question_with_key("motivation-1") is not None
    assert read.group_of("famille-g-2") is read.families["G"]
    assert read.question_with_key("inconnue") is None
    assert calls.read_calls(folder / "telephone")["etre-rappele"].depart == "bonjour"
    assert words.read_words(folder).trial.minuteur == {5: 3, 10: 6, 20: 10}


def test_mistakes_of_several_files_come_together(folder: Path) -> None:
    changed(folder / "questions" / "argent.yaml", "  niveau: 2\n", "")
    changed(folder / "questions" / "familles" / "c.yaml", "  - Dis une chose.\n", "")
    found = mistakes(lambda: bank.read_bank(folder))
    assert len(found) == 2
    assert found[0].startswith("argent.yaml:") and found[0].endswith("il manque « niveau ».")
    assert found[1].startswith("c.yaml:") and "« temps » n’a pas assez de lignes" in found[1]


def test_a_key_given_in_two_files_is_told_with_its_line(folder: Path) -> None:
    changed(folder / "questions" / "visio.yaml", "cle: visio-2", "cle: argent-1")
    (found,) = mistakes(lambda: bank.read_bank(folder))
    assert found.startswith("visio.yaml:") and "« argent-1 » est déjà prise dans argent.yaml" in found
    assert int(found.split(":")[1].split()[0]) > 1


def test_a_missing_theme_and_a_file_with_a_wrong_name_are_told(folder: Path) -> None:
    questions = folder / "questions"
    (questions / "visio.yaml").rename(questions / "video.yaml")
    (questions / "familles" / "n.yaml").unlink()
    found = " ".join(mistakes(lambda: bank.read_bank(folder)))
    assert "le thème « visio » n’est pas celui du fichier" in found
    assert "il manque le fichier « N.yaml »" in found


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("suite: fin-bien", "suite: nulle-part", "la suite « nulle-part » n’existe pas"),
        ("suite: quand", "suite: fin-autre", "on n’arrive jamais à « quand »"),
        ("depart: bonjour", "depart: allo", "le départ « allo » n’est pas une étape"),
        ("cle: etre-rappele", "cle: rappel", "n’est pas celle du fichier"),
        ("bien: true", "bien: false", "aucun choix de « bonjour » n’est bien"),
    ],
)
def test_a_call_in_which_one_could_get_stuck_is_refused(folder: Path, before: str, after: str, told: str) -> None:
    changed(folder / "telephone" / "etre-rappele.yaml", before, after)
    assert told in " ".join(mistakes(lambda: calls.read_calls(folder / "telephone")))


def test_a_call_that_turns_for_ever_is_refused(folder: Path) -> None:
    file = folder / "telephone" / "etre-rappele.yaml"
    for ending in ("fin-bien", "fin-autre"):
        text = file.read_text(encoding="utf-8").replace(f"suite: {ending}", "suite: bonjour")
        file.write_text(text, encoding="utf-8")
    assert "« bonjour » ne mène à aucune fin" in " ".join(mistakes(lambda: calls.read_calls(folder / "telephone")))


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("jour-j", "  G:\n  - Des habits propres.\n", "", "il manque la tenue « G »"),
        ("depuis-le-cv", "{titre}", "{nom}", "« {nom} » n’est pas un mot que l’on sait remplacer"),
        ("depuis-le-cv", "{titre}", "{titre", "une accolade est de trop"),
        ("depuis-le-cv", "trou:", "vide:", "n’est pas un des choix possibles"),
        ("merci", "appris-2", "appris-1", "la clé « appris-1 » est donnée deux fois"),
        ("essais", "  question:\n    texte", "  autre:\n    texte", "n’est pas un des choix possibles"),
        ("trio", "minutes: 4", "minutes: quatre", "« minutes » n’est pas juste"),
    ],
)
def test_other_words_that_cannot_be_used_are_refused(
    folder: Path, name: str, before: str, after: str, told: str
) -> None:
    changed(folder / f"{name}.yaml", before, after)
    assert told in " ".join(mistakes(lambda: words.read_words(folder)))


def test_make_check_reads_the_interview() -> None:
    from clicnjob.cli import contents

    bank.question_bank.cache_clear()
    assert contents.content_mistakes() == ()
    assert bank.question_bank.cache_info().currsize == 1
