"""Reads the YAML content under data/ and validates it; reports all mistakes at once, with file and line, in French."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from clicnjob.errors import Refusal
from clicnjob.paths import DATA

T = TypeVar("T")
Place = tuple[str | int, ...]

KINDS: dict[Path, Any] = {}  # what each file was last read as; `make schemas` makes the schemas of data/ from it

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # five times faster, where libyaml is installed

_SENTENCES = {
    "missing": "il manque « {field} »",
    "extra_forbidden": "« {field} » n’est pas un mot connu ici",
    "string_type": "« {field} » doit être un texte",
    "list_type": "« {field} » doit être une liste",
    "int_type": "« {field} » doit être un nombre",
    "bool_type": "« {field} » doit être oui ou non",
    "too_short": "« {field} » n’a pas assez de lignes",
    "too_long": "« {field} » a trop de lignes",
    "string_too_long": "« {field} » est trop long",
    "string_too_short": "« {field} » est vide",
    "string_pattern_mismatch": "« {field} » n’a pas la bonne forme",
    "literal_error": "« {field} » n’est pas un des choix possibles",
}


class ContentMistakes(Refusal):
    """Content that cannot be used. `mistakes` has one line for each: « data/…yaml:8 : il manque « niveau ». »"""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(mistakes))


class ContentModel(BaseModel):
    """The base of every content model: frozen, with French keys as in the files; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def read_content(kind: type[T], *files: Path) -> T:
    """Read one file, or concatenate the lists of several, validated as `kind` (a Words model, list[…], …).

    Raises ContentMistakes with all the mistakes of all the files.
    """
    mistakes: list[str] = []
    parts: list[Any] = []
    for file in files:
        try:
            parts.append(_checked_file(kind, file))
        except ContentMistakes as found:
            mistakes += found.mistakes
    if mistakes:
        raise ContentMistakes(tuple(mistakes))
    if len(parts) == 1:
        return parts[0]  # type: ignore[no-any-return]
    return [entry for part in parts for entry in part]  # type: ignore[return-value]


def shown_path(file: Path) -> str:
    """Return a content file's path as authors know it: « data/prompts/genres.yaml »."""
    return str(file.relative_to(DATA.parent)) if file.is_relative_to(DATA.parent) else file.name


def _checked_file(kind: Any, file: Path) -> Any:
    KINDS[file] = kind
    try:
        text = file.read_text(encoding="utf-8")
        loader = _LOADER(text)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else None
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as fault:
        raise ContentMistakes((_unreadable_sentence(file, fault),)) from None
    lines = {place: line for place, line in _lines_of_node(node, ())} if node else {}
    repeated = tuple(
        f"{shown_path(file)}:{line} : « {key} » est écrit deux fois." for key, line in _repeated_keys(node)
    )
    try:
        checked = TypeAdapter(kind).validate_python(data)
    except ValidationError as fault:
        raise ContentMistakes(repeated + tuple(_mistake_line(file, error, lines) for error in fault.errors())) from None
    if repeated:
        raise ContentMistakes(repeated)
    return checked


def _unreadable_sentence(file: Path, fault: Exception) -> str:
    mark = getattr(fault, "problem_mark", None)
    line = f":{mark.line + 1}" if mark else ""
    return f"{shown_path(file)}{line} : le fichier ne se lit pas (guillemets, retrait ou deux-points à vérifier)."


def _lines_of_node(node: yaml.Node, place: Place) -> Iterator[tuple[Place, int]]:
    yield place, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _lines_of_node(value, (*place, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            yield from _lines_of_node(value, (*place, position))


def _repeated_keys(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield str(key.value), key.start_mark.line + 1
            seen.add(key.value)
            yield from _repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated_keys(value)


def _mistake_line(file: Path, error: Any, lines: dict[Place, int]) -> str:
    place: Place = tuple(error["loc"])
    field = next((str(part) for part in reversed(place) if isinstance(part, str)), "?")
    near = place
    while near and near not in lines:
        near = near[:-1]
    said = _SENTENCES.get(error["type"], "{message}").format(field=field, message=_own_words(error, field))
    return f"{shown_path(file)}:{lines.get(near, 1)} : {said}."


def _own_words(error: Any, field: str) -> str:
    """Return the French sentence of a validator of ours (a ValueError), else one that names the field."""
    if error["type"] == "value_error":
        return str(error["ctx"]["error"]).rstrip(".")
    return f"« {field} » n’est pas juste"
