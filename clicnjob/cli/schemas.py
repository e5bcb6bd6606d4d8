"""`make schemas`: writes the JSON Schema of every kind of content file, so that editors complete and check data/.

The schemas are made from the models that `content.read_content` validates with, without titles and docstrings, so
that they change only
when the shape of a file changes. What only our validators know (a key given twice, a code that no sheet has) is reported by
`make check`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from clicnjob import content
from clicnjob.cli import contents
from clicnjob.paths import DATA

FOLDER = DATA / "schemas"
MARK = "# yaml-language-server: $schema="


def schema_files() -> dict[Path, str]:
    """Return each schema file with its text. Raises content.ContentMistakes while some content cannot be read."""
    return {FOLDER / name: _schema_text(kind) for name, (kind, _files) in _kinds_by_name().items()}


def first_lines() -> dict[Path, str]:
    """Return the first line of each content file: a comment in which editors read where its schema is."""
    return {
        file: f"{MARK}{Path(os.path.relpath(FOLDER / name, file.parent)).as_posix()}"
        for name, (_kind, files) in _kinds_by_name().items()
        for file in files
    }


def write_schemas() -> None:
    """Write data/schemas and the first line of each content file; remove the schemas that no file has any more."""
    texts = schema_files()
    FOLDER.mkdir(exist_ok=True)
    for old in set(FOLDER.glob("*.json")) - texts.keys():
        old.unlink()
    for file, text in texts.items():
        file.write_text(text, encoding="utf-8")
    for file, line in first_lines().items():
        rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = rows[1:] if rows and rows[0].startswith(MARK) else rows
        file.write_text("".join((f"{line}\n", *kept)), encoding="utf-8")


def _kinds_by_name() -> dict[str, tuple[Any, tuple[Path, ...]]]:
    """Return the name of each schema with its kind and the files of that kind.

    Loading everything is what tells the kind of each file, so a new file needs no entry in a list here.
    """
    if mistakes := contents.content_mistakes():
        raise content.ContentMistakes(mistakes)
    files_by_kind: dict[Any, list[Path]] = {}
    for file, kind in sorted(content.KINDS.items()):
        if file.is_relative_to(DATA):
            files_by_kind.setdefault(kind, []).append(file)
    return {_schema_name(files): (kind, tuple(files)) for kind, files in files_by_kind.items()}


def _schema_name(files: list[Path]) -> str:
    """Return « prompts-activites.json » for a folder of one kind, « prompts-ecrans.json » for a file of its own kind.

    Files whose names begin with « _ » say what the others of their folder need. Where a folder has files of several
    kinds otherwise, the first file of each kind gives its name to the schema.
    """
    whole_folder = len(files) > 1 and set(files[0].parent.glob("[!_]*.yaml")) == set(files)
    named_after = files[0].parent if whole_folder else files[0].with_suffix("")
    return "-".join(named_after.relative_to(DATA).parts) + ".json"


def _schema_text(kind: Any) -> str:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_without_prose(TypeAdapter(kind).json_schema()),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _without_prose(schema: Any, *, is_names: bool = False) -> Any:
    """Remove titles and descriptions, but not a property of ours that has one of these names."""
    if isinstance(schema, list):
        return [_without_prose(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _without_prose(part, is_names=key in ("properties", "$defs") and not is_names)
        for key, part in schema.items()
        if is_names or key not in ("title", "description")
    }


if __name__ == "__main__":
    write_schemas()
