"""The content loader: every mistake at once, with file and line, in French."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clicnjob import content
from clicnjob.content import ContentMistakes, ContentModel
from clicnjob.paths import DATA
from clicnjob.proofreading import proofread, spelling
from clicnjob.web import life


class Sheet(ContentModel):
    """A content model for these tests."""

    cle: str
    niveau: int


def mistakes(tmp_path: Path, text: str) -> tuple[str, ...]:
    file = tmp_path / "fiches.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ContentMistakes) as raised:
        content.read_content(list[Sheet], file)
    return raised.value.mistakes


def test_good_content_is_read(tmp_path: Path) -> None:
    file = tmp_path / "fiches.yaml"
    file.write_text('- {cle: "a", niveau: 1}\n', encoding="utf-8")
    assert content.read_content(list[Sheet], file) == [Sheet(cle="a", niveau=1)]


def test_all_mistakes_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    found = mistakes(tmp_path, '- cle: "a"\n- cle: "b"\n  niveau: 2\n  couleur: "rouge"\n- niveau: 3\n')
    assert found == (
        "fiches.yaml:1 : il manque « niveau ».",
        "fiches.yaml:4 : « couleur » n’est pas un mot connu ici.",
        "fiches.yaml:5 : il manque « cle ».",
    )


def test_a_key_written_twice_is_a_mistake(tmp_path: Path) -> None:
    assert mistakes(tmp_path, '- cle: "a"\n  niveau: 1\n  cle: "b"\n') == (
        "fiches.yaml:3 : « cle » est écrit deux fois.",
    )


def test_a_file_that_is_not_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    assert mistakes(tmp_path, '- cle: "a\n')[0].startswith("fiches.yaml:")


def test_mistakes_of_several_files_come_together(tmp_path: Path) -> None:
    files = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for file in files:
        file.write_text('- cle: "x"\n', encoding="utf-8")
    with pytest.raises(ContentMistakes) as raised:
        content.read_content(list[Sheet], *files)
    assert len(raised.value.mistakes) == 2


def test_a_missing_file_is_a_sentence_too(tmp_path: Path) -> None:
    with pytest.raises(ContentMistakes, match="ne se lit pas"):
        content.read_content(list[Sheet], tmp_path / "absent.yaml")


def test_a_server_loads_everything_before_its_first_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a whole group loads the lessons at once, in the second in which it is sent to the first of them."""
    read: dict[Path, Any] = {}
    monkeypatch.setattr(content, "KINDS", read)
    life.import_rooms()
    for load in content.LOADERS:
        load.__wrapped__()  # type: ignore[attr-defined]
    for words in (spelling.word_list, spelling.known_mistakes):
        words.cache_clear()
    proofread.load_word_files()
    of_the_demonstration = DATA / "demonstration" / "foule.yaml"
    assert sorted(set(DATA.rglob("*.yaml")) - set(read)) == [of_the_demonstration]
