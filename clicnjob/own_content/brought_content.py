"""Reads one piece of content from a file of unknown origin: YAML as under data/, or JSON. It builds nothing of the models.

`read_document` runs in the process of `bounded.apart`, the only one to parse uploaded files; all mistakes are told with their
lines.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from pydantic import ValidationError

from clicnjob import content
from clicnjob.bounded import apart, json_text
from clicnjob.content import ContentMistakes, Place
from clicnjob.errors import Refusal

TOO_COMPLICATED = "Ce fichier est abîmé ou trop compliqué à lire. Choisissez-en un autre."


@dataclass(frozen=True, slots=True)
class BroughtKind:
    """What is expected, in words for a refusal, and its bounds: bytes, lists within lists, values, mistakes told at once."""

    refusal: type[Refusal]
    one: str
    several: str
    longest: int
    levels: int
    values: int
    mistakes: int


@dataclass(frozen=True, slots=True)
class BroughtDocument:
    """What the file holds, with the line of each place where that is known."""

    data: dict[str, Any]
    place: Place
    lines: dict[Place, int]


def read_in_own_process(data: bytes, kind: BroughtKind, read: Callable[[bytes], bytes]) -> bytes:
    """Return what `read`, a module-level function, makes of a file. Raises the refusal of its kind, TooManyReaders."""
    if len(data) > kind.longest:
        raise kind.refusal(f"Ce fichier est trop gros : {kind.longest // 1000} ko au plus pour {kind.one}.")
    try:
        return apart.read_apart(read, data, longest=kind.longest * 8, refusals=(kind.refusal,))
    except apart.UnreadableFile:
        raise kind.refusal(TOO_COMPLICATED) from None


def read_document(data: bytes, kind: BroughtKind) -> BroughtDocument:
    """Return the one document of a file, alone or as the only one of a list. Raises the refusal of its kind."""
    try:
        written = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise kind.refusal(
            "Ce fichier n’est pas du texte en UTF-8. Enregistrez-le en UTF-8, puis recommencez."
        ) from None
    try:
        found, lines = _parsed_file(written, kind)
    except ContentMistakes as mistakes:
        raise kind.refusal(_listed_mistakes(list(mistakes.mistakes), kind)) from None
    place: Place = ()
    if isinstance(found, list) and len(found) == 1:
        found, place = found[0], (0,)
    if isinstance(found, list):
        raise kind.refusal(f"Ce fichier contient {len(found)} {kind.several}. Apportez-en un à la fois.")
    if not isinstance(found, dict):
        raise kind.refusal(f"Ce fichier n’est pas {kind.one}.")
    return BroughtDocument(found, place, lines)


def refuse_mistakes(fault: ValidationError, document: BroughtDocument, kind: BroughtKind) -> NoReturn:
    """Raise the refusal of its kind, with a line for each mistake."""
    errors = fault.errors(include_url=False, include_input=False)
    raise kind.refusal(_listed_mistakes([_mistake_line(error, document) for error in errors], kind)) from None


def _parsed_file(written: str, kind: BroughtKind) -> tuple[Any, dict[Place, int]]:
    if not written.lstrip().startswith(("{", "[")):
        return content.parse_brought(written, levels=kind.levels, values=kind.values)
    try:
        return json_text.parse_json(written), {}
    except json_text.TooMuchJson:
        raise kind.refusal(TOO_COMPLICATED) from None
    except json_text.BrokenJson:
        raise kind.refusal("Ce fichier ne se lit pas : accolades, guillemets ou virgules à vérifier.") from None


def _mistake_line(error: Any, document: BroughtDocument) -> str:
    said = content.mistake_sentence(error, field=content.field_of_error(error)[:64])
    if document.lines:
        return f"Ligne {content.nearest_line((*document.place, *error['loc']), document.lines)} : {said}."
    path = " › ".join(str(part + 1) if isinstance(part, int) else str(part)[:64] for part in error["loc"])
    return f"{path} : {said}." if path else f"{said[:1].upper()}{said[1:]}."


def _listed_mistakes(mistakes: list[str], kind: BroughtKind) -> str:
    shown = [one[:200] for one in mistakes[: kind.mistakes]]
    more = len(mistakes) - len(shown)
    return "\n".join((*shown, f"Et {more} autres." if more > 1 else "Et une autre.") if more else shown)
