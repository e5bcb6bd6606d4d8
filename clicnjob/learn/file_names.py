"""Judges the name of a file as somebody who receives it does; what each rule says is data/lecons/_noms-de-fichiers.yaml."""

from __future__ import annotations

from collections.abc import Callable

import regex

_LENGTH = 45
_DRAFT = frozenset({"final", "finale", "version", "copie", "copy", "nouveau", "new", "bis", "ok", "definitif", "vrai"})
_NO_NAME = _DRAFT | {
    "cv", "lettre", "motivation", "curriculum", "vitae", "document", "doc", "fichier", "scan", "img", "image", "photo",
    "mon", "ma", "le", "la", "un", "une", "de", "du", "des", "et", "pour", "sans", "titre", "telecharge", "pdf",
}  # fmt: skip


def broken_name_rules(name: str, *, extension: str) -> tuple[str, ...]:
    """Return the keys of the rules that this name breaks, the most important first. `extension` is the one to keep."""
    name = name.strip()
    if not name:
        return ("vide",)
    stem = name[: -len(extension)] if extension and name.casefold().endswith(extension.casefold()) else name
    words = [word for word in regex.split(r"[^\p{L}]+", stem.casefold()) if word]
    rules: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("extension", lambda: stem == name and bool(extension)),
        ("parentheses", lambda: bool(regex.search(r"[()\[\]{}]", stem))),
        ("brouillon", lambda: any(word in _DRAFT or regex.fullmatch(r"v\d*", word) for word in words)),
        ("sans_nom", lambda: not any(len(word) > 1 and word not in _NO_NAME for word in words)),
        ("accents", lambda: bool(regex.search(r"[^\x00-\x7f]", stem))),
        ("signes", lambda: bool(regex.search(r"[^\p{L}\p{N} ._()\[\]{}-]|\.", stem))),
        ("long", lambda: len(name) > _LENGTH),
    )
    return tuple(key for key, breaks in rules if breaks())


def file_extension(name: str) -> str:
    """Return the end of a file name with its point, « .pdf »; '' when it has none."""
    found = regex.search(r"\.[\p{L}\p{N}]{1,5}$", name.strip())
    return found.group() if found else ""
