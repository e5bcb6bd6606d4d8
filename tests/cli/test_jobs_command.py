"""`jobs search` on the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from clicnjob import __main__


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def done(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["clicnjob", "jobs", "search", *words])
        with pytest.raises(SystemExit) as ended:
            __main__.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return done


def test_a_wish_is_answered_as_json(run) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = run("--catalogue-only", "--json", "je veu conduire un bus")
    found = json.loads(out)
    assert status == 0
    assert set(found) == {"query", "codes", "categories", "because", "tier", "said", "support", "notes", "ms"}
    assert found["codes"][0] == "N4103"
    assert "bus" in found["because"][0]


def test_a_file_of_wishes_gives_one_line_each_and_nothing_for_a_refusal(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "wishes.txt"
    file.write_text("cuistot\nasdfghjkl\ncoifeuse\n", encoding="utf-8")
    _, out, _ = run("--catalogue-only", "--file", str(file))
    found = [json.loads(line) for line in out.splitlines()]
    assert [one["query"] for one in found] == ["cuistot", "asdfghjkl", "coifeuse"]
    assert [bool(one["codes"]) for one in found] == [True, False, True]


def test_the_limit_holds(run) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = run("--catalogue-only", "--json", "--limit", "2", "travailler avec les animaux")
    assert len(json.loads(out)["categories"]) == 2


@pytest.mark.parametrize("words", [(), ("--file", "absent.txt")])
def test_what_is_missing_is_said(run, words: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    status, _, err = run("--catalogue-only", *words)
    assert status == 2
    assert err.strip()
