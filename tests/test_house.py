"""The house's own rules, kept by machines: floors, types, style, sizes, documented settings, no trace of where it was made."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from clicnjob.config import Settings
from clicnjob.paths import ROOT
from tests.for_each import for_each

CODE = sorted(p for p in (ROOT / "clicnjob").rglob("*.py") if "versions" not in p.parts)
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split("\n")
FEATURES = ("accounts", "apply", "cohort", "cv", "interview", "jobs", "learn", "privacy", "workshops")
READS_THE_CLOCK = re.compile(r"\butc_now\(\)|\bdate\.today\(\)|\bdatetime\.now\(")
DAY_OF_GREENWICH = re.compile(r"(?<!astimezone\(\))(?<!\bhere)\.date\(\)")  # `here` is a local instant
DAYS_OF_NO_PLACE = {("operations/anchors.py", "anchor.at.date()"), ("ui/admin/acting.py", "strptime")}
CLOCK_BY_DEFAULT = {"cv.model.periods"}  # what a person types is read against today
LONG_LISTS = {
    "session_state.py": 390,
}  # one list of keys, in which one looks one up
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "manager", "service", "handler", "repository"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("lint-imports",),
    ],
    ids=" ".join,
)
def test_the_code_stands_to(command: tuple[str, ...]) -> None:
    program = Path(sys.executable).parent / command[0]
    done = subprocess.run([str(program), *command[1:]], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@for_each("path", CODE)
def test_a_module_stays_a_room(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONG_LISTS.get(path.name, 320), "about 300 lines: redraw it"
    assert path.stem not in FORBIDDEN_NAMES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{node.name} is long"
            if path.name not in (
                "columns.py",
                "french.py",
                "markup.py",
            ):  # SQLAlchemy, Typer and HTMLParser name their hooks
                assert not node.name.startswith(("get_", "handle_", "process_")), node.name


def test_a_feature_is_told_what_time_it_is() -> None:
    features = [path.relative_to(ROOT / "clicnjob") for path in CODE]
    reading = {
        ".".join(path.with_suffix("").parts)
        for path in features
        if path.parts[0] in FEATURES and READS_THE_CLOCK.search((ROOT / "clicnjob" / path).read_text(encoding="utf-8"))
    }
    assert reading == CLOCK_BY_DEFAULT


def test_a_day_is_that_of_the_place_not_of_greenwich() -> None:
    offenders = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in CODE
        if "demo" not in path.parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if DAY_OF_GREENWICH.search(line)
        and not any(path.match(file) and words in line for file, words in DAYS_OF_NO_PLACE)
    ]
    assert not offenders, "french.days.local_day says which day it is here\n" + "\n".join(offenders)


def test_what_a_person_wrote_is_no_markdown_in_a_box() -> None:
    boxes = re.compile(r"\bst\.(?:info|success|warning|error|markdown)\(\s*(?:f\"([^\"]*)\"|(\w+\.sentence))")
    offenders = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in CODE
        if "ui" in path.parts
        for found in boxes.finditer(path.read_text(encoding="utf-8"))
        if found[2] or re.search(r"\{[^}(]*(?:name|\w\.\w)[^}(]*\}", found[1])
    ]
    assert not offenders, "layout.escape_markdown, or st.text\n" + "\n".join(offenders)


def test_every_setting_is_documented() -> None:
    documented = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    missing = [name for name in Settings.model_fields if f"`CLICNJOB_{name.upper()}`" not in documented]
    assert not missing


def test_every_word_of_the_glossary_is_used_in_the_code() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    names = re.findall(r"^\| [^|]+ \| `([a-z_]+)` \|", glossary, re.MULTILINE)
    code = "\n".join(path.read_text(encoding="utf-8") for path in CODE)
    assert len(names) >= 15
    assert not [name for name in names if not re.search(rf"(?<![a-z]){name}", code, re.IGNORECASE)]


def test_every_decision_is_short_and_numbered() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{n:04}" for n in range(1, len(decisions) + 1)]
    for path in decisions:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 40, path.name


def test_the_readme_names_commands_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)`", readme)) <= targets


def test_a_file_says_nothing_of_the_machine_it_was_made_on() -> None:
    written = [ROOT / n for n in TRACKED if n.endswith((".py", ".md", ".toml", ".yaml", ".js", ".css", ".html"))]
    told = re.compile(r"/work/|/root/|/opt/pypi|chatgpt|claude|\bLLM\b|\bcopilot\b")
    read = [path for path in written if path.exists() and path != Path(__file__)]  # some are just being removed
    assert read
    offenders = [str(path) for path in read if told.search(path.read_text(encoding="utf-8"))]
    assert not offenders, "\n".join(offenders)
