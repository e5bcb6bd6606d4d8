"""Puts the apostrophes and spaces of French into what a structure writes, except where it is shown as one would meet it."""

from __future__ import annotations

from typing import Any

from clicnjob.french import typography

# What is shown as one would meet it (a link, a file name, a message full of mistakes) is not corrected.
_AS_MET = frozenset({"url", "de", "bon", "mot", "ligne", "attendu", "taille", "id", "signe", "lire"})
_GESTURE_TEXTS = frozenset({"explication", "indice", "oui", "non"})


def typeset_body(value: Any, key: str = "", *, in_gesture: bool = False, in_document: bool = False) -> Any:
    """Return a value with the texts that we write typeset, and those that are shown as they would be met left alone."""
    if isinstance(value, dict):
        return {
            name: typeset_body(
                one, name, in_gesture=in_gesture or name == "geste", in_document=in_document or name == "document"
            )
            for name, one in value.items()
        }
    if isinstance(value, list):
        return [typeset_body(one, key, in_gesture=in_gesture, in_document=in_document) for one in value]
    if not isinstance(value, str):
        return value
    met = (in_gesture and key not in _GESTURE_TEXTS) or (in_document and key == "texte")
    return value if met or key in _AS_MET else typography.typeset_text(value)
