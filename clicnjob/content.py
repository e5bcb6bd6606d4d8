"""Reads the YAML content under data/ and validates it; reports all mistakes at once, with file and line, in French."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from clicnjob.errors import Refusal
from clicnjob.paths import DATA

T = TypeVar("T")
Place = tuple[str | int, ...]

LOADERS: list[Callable[[], Any]] = []  # all that a server loads before its first request
KINDS: dict[Path, Any] = {}  # what each file was last read as; `make schemas` makes the schemas of data/ from it

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # five times faster, where libyaml is installed

UNFINISHED = "unfinished"  # the type of a validator's error that content still being written may have
_UNREADABLE = "le fichier ne se lit pas (guillemets, retrait ou deux-points à vérifier)"
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
    "union_tag_invalid": "ce « genre » n’existe pas ici",
    "union_tag_not_found": "il manque « genre »",
    "literal_error": "« {field} » n’est pas un des choix possibles",
    "greater_than_equal": "« {field} » est trop petit",
    "less_than_equal": "« {field} » est trop grand",
    "model_type": "« {field} » doit être une suite de « mot : valeur »",
    "date_type": "« {field} » doit être une date, comme 2026-11-30",
    "date_from_datetime_parsing": "« {field} » doit être une date, comme 2026-11-30",
}


class ContentMistakes(Refusal):
    """Content that cannot be used. `mistakes` has one line for each: « data/…yaml:8 : il manque « niveau ». »"""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(mistakes))


class ContentModel(BaseModel):
    """The base of every content model: frozen, with French keys as in the files; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def loaded_once(load: Callable[[], T]) -> Callable[[], T]:
    """Decorate a function without arguments that makes something from data/: it runs once.

    A server runs all of them before its first request. Otherwise the first people who need the content, as a whole group
    does in one second, would each load it at the same time.
    """
    kept = cache(load)
    LOADERS.append(kept)
    return kept


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


def parse_brought(written: str, *, levels: int, values: int) -> tuple[Any, dict[Place, int]]:
    """Parse one YAML document that somebody brings; return its data, and the line of each place in it.

    Aliases and tags are refused before anything is built, since a few lines of them can become gigabytes of objects, and
    so are more nested lists than `levels` and more items than `values`. Raises ContentMistakes.
    """
    try:
        _refuse_excess(written, levels=levels, values=values)
        loader = _LOADER(written)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else None
    except (yaml.YAMLError, ValueError) as fault:
        raise ContentMistakes((f"{_line_words(fault)}{_UNREADABLE}.",)) from None
    if repeated := tuple(f"Ligne {line} : « {key} » est écrit deux fois." for key, line in _repeated_keys(node)):
        raise ContentMistakes(repeated)
    return data, dict(_lines_of_node(node, ())) if node else {}


def dump_yaml(data: Any) -> str:
    """Return the YAML of lists, dicts, texts, numbers and days, in the order they have and with their accents."""
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1_000))


def mistake_sentence(error: Any, *, field: str) -> str:
    """Return the French sentence of one of pydantic's errors, which calls the place of the error `field`."""
    return _SENTENCES.get(error["type"], "{message}").format(field=field, message=_own_words(error, field))


def field_of_error(error: Any) -> str:
    """Return the key that an error of pydantic is about."""
    return next((str(part) for part in reversed(error["loc"]) if isinstance(part, str)), "?")


def nearest_line(place: Place, lines: dict[Place, int]) -> int:
    """Return the line of a place of a file, or of the nearest place around it that has one."""
    return lines.get(_place_in_file(place, (), lines), 1)


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
    except (yaml.YAMLError, ValueError, OSError) as fault:  # a day such as 2026-02-30 is a ValueError
        raise ContentMistakes((_unreadable_sentence(file, fault),)) from None
    repeated = tuple(
        f"{shown_path(file)}:{line} : « {key} » est écrit deux fois." for key, line in _repeated_keys(node)
    )
    try:
        checked = _adapter_of(kind).validate_python(data)
    except ValidationError as fault:
        lines = dict(_lines_of_node(node, ())) if node else {}
        raise ContentMistakes(repeated + tuple(_mistake_line(file, error, lines) for error in fault.errors())) from None
    if repeated:
        raise ContentMistakes(repeated)
    return checked


@cache
def _adapter_of(kind: Any) -> TypeAdapter[Any]:
    """Return the validator of a kind, which takes longer to make than most files to validate."""
    return TypeAdapter(kind)


def _unreadable_sentence(file: Path, fault: Exception) -> str:
    mark = getattr(fault, "problem_mark", None)
    line = f":{mark.line + 1}" if mark else ""
    return f"{shown_path(file)}{line} : {_UNREADABLE}."


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


def _refuse_excess(written: str, *, levels: int, values: int) -> None:
    """Go through the document once without building it. Raises ContentMistakes, yaml.YAMLError."""
    level = count = 0
    for event in yaml.parse(written, _LOADER):
        if isinstance(event, yaml.NodeEvent) and (event.anchor or getattr(event, "tag", None)):
            raise ContentMistakes((f"{_line_words(event)}les renvois (&, *) et les marques (!) sont refusés.",))
        count += isinstance(event, yaml.NodeEvent)
        level += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if level > levels or count > values:
            raise ContentMistakes(("Ce fichier a trop de lignes ou de listes.",))


def _line_words(fault: Any) -> str:
    mark = getattr(fault, "problem_mark", None) or getattr(fault, "start_mark", None)
    return f"Ligne {mark.line + 1} : " if mark else ""


def _mistake_line(file: Path, error: Any, lines: dict[Place, int]) -> str:
    said = mistake_sentence(error, field=field_of_error(error))
    return f"{shown_path(file)}:{nearest_line(tuple(error['loc']), lines)} : {said}."


def _place_in_file(place: Place, near: Place, lines: dict[Place, int]) -> Place:
    """Return the deepest place of the file in a place of pydantic, which also names the kind among several."""
    if not place:
        return near
    without = _place_in_file(place[1:], near, lines)
    if (*near, place[0]) not in lines:
        return without
    return max(_place_in_file(place[1:], (*near, place[0]), lines), without, key=len)


def _own_words(error: Any, field: str) -> str:
    """Return the French sentence of a validator of ours, else one that names the field."""
    if error["type"] == "value_error":
        return str(error["ctx"]["error"]).rstrip(".")
    if error["type"] == UNFINISHED:
        return str(error["msg"]).rstrip(".")
    return f"« {field} » n’est pas juste"
