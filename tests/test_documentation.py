"""The documents are true: they name files, rooms and functions that exist, and the README leads to each of them."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

from clicnjob.paths import DATA, PACKAGE, PAGES, ROOT

DOCS = ROOT / "docs"
DEVELOPERS = ("architecture.md", "coding-style.md", "how-to.md", "glossary.md")
TEXTS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
        *(DOCS / name for name in DEVELOPERS),
        *sorted((DOCS / "decisions").glob("*.md")),
    )
}
ENDINGS = "py|md|js|css|yaml|toml|html|tsv|typ|docx|png|jsonl|json|sql"
_QUOTED_PATH = re.compile(rf"`([\w./-]+\.(?:{ENDINGS})|[\w./-]+/)`(?! \(new\))")
_PLAIN_PATH = re.compile(rf"(?<![\w./`-])((?:docs|tests|data|clicnjob|cv_templates)/[\w./-]+\.(?:{ENDINGS}))")
_QUOTED_NAME = re.compile(r"`(?:[a-z_]+/)*([a-z_]+)\.([A-Za-z_]+)(?:\([\w, =]*\))?`")
# What the texts quote that is no file of this repository, or no name of our code.
NO_FILES = {
    "cv_templates/ardoise/model.toml": "The folder that the recipe has just copied.",
    "cv_templates/ardoise/cv.typ": "The folder that the recipe has just copied.",
    "cv_templates/ardoise/preview.css": "The folder that the recipe has just copied.",
    "index.html": "Streamlit's own page.",
    "/data.json": "A name inside typst's memory.",
    "effacements.jsonl": "A file of an installation.",
}
MISSPELT = {"bosser avec les enfan"}  # as a young person may type it
NO_NAMES = {"st.audio_input", "typst.Compiler", "sys.inputs", "server.trustedUserHeaders", "profile.hours"}


def test_every_path_that_the_documents_name_exists() -> None:
    named = {
        (name, path) for name, text in TEXTS.items() for path in _QUOTED_PATH.findall(text) + _PLAIN_PATH.findall(text)
    }
    assert not sorted((name, path) for name, path in named if path not in NO_FILES and not _is_there(path))


def test_every_name_of_the_code_that_the_documents_quote_exists() -> None:
    named = {(name, *found) for name, text in TEXTS.items() for found in _QUOTED_NAME.findall(text)}
    lost = [
        f"{name}: {module}.{one}"
        for name, module, one in sorted(named)
        if one not in ENDINGS.split("|") and f"{module}.{one}" not in NO_NAMES and not _is_said_in(module, one)
    ]
    assert not lost


def test_the_readme_leads_to_every_document() -> None:
    links = set(re.findall(r"\]\(([^)#]+)\)", TEXTS["README.md"]))
    documents = {path.relative_to(ROOT).as_posix() for path in DOCS.rglob("*.md")}
    assert not sorted(documents - links)
    assert not sorted(link for link in links if not link.startswith("https:") and not (ROOT / link).exists())


def test_what_a_guide_quotes_stands_on_a_screen() -> None:
    """Guides quote the words of buttons and pages; one that was renamed would send its readers to look for nothing."""
    kinds = {".py", ".yaml", ".html", ".js", ".css"}
    shown = _plain_words(
        " ".join(
            path.read_text(encoding="utf-8")
            for folder in (PACKAGE, PAGES, DATA)
            for path in folder.rglob("*")
            if path.suffix in kinds
        )
    )
    guides = (*sorted((DOCS / "guide").glob("*.md")), DOCS / "deploy.md", ROOT / "README.md")
    quoted = {
        (guide.name, words)
        for guide in guides
        for words in re.findall(r"«\s*([^»]+?)\s*»", guide.read_text(encoding="utf-8"))
    }
    assert (
        sorted((guide, words) for guide, words in quoted if words not in MISSPELT and _plain_words(words) not in shown)
        == []
    )


def _plain_words(text: str) -> str:
    return " ".join(text.replace("\\u00a0", " ").split()).lower()


def test_the_maps_name_every_room() -> None:
    """The tree of the README and the map of the architecture: each folder and module directly under clicnjob/."""
    package = ROOT / "clicnjob"
    rooms = {f"{path.parent.name}/" for path in package.glob("*/__init__.py")} | {"migrations/", "static/"}
    rooms |= {path.name for path in package.glob("*.py") if not path.name.startswith("__")}
    maps = {"README.md": TEXTS["README.md"], "docs/architecture.md": TEXTS["docs/architecture.md"]}
    lost = [f"{name}: {room}" for name, text in maps.items() for room in sorted(rooms) if not _names(text, room)]
    assert not lost


@cache
def _tracked() -> frozenset[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return frozenset(listed.splitlines())


def _is_there(path: str) -> bool:
    """Whether a file or a folder has this path, from the top, from clicnjob/ or as the end of a path."""
    if path.endswith("/"):
        return any(f"/{path}" in f"/{one}" for one in _tracked())
    return any(f"/{one}".endswith(f"/{path}") for one in _tracked()) or (ROOT / path).exists()


def _is_said_in(module: str, name: str) -> bool:
    files = [Path(one) for one in _tracked() if one.endswith(".py") and Path(one).with_suffix("").name == module]
    files += [Path(one) for one in _tracked() if one.endswith(f"/{module}/__init__.py")]
    return any(
        re.search(rf"\b{name}\b", (ROOT / file).read_text(encoding="utf-8")) for file in files if (ROOT / file).exists()
    )


def _names(text: str, room: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(room)}", text) is not None
