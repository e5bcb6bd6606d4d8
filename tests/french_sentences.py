"""Editorial rules of the house, as checks: short sentences, few lines."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?…])\s+")


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [part for part in _END.split(text.replace("\u00a0", " ").strip()) if part]


def check_sentences(text: str, *, words: int) -> None:
    """Fail on a sentence longer than `words` words (punctuation alone does not count)."""
    for sentence in sentences(text):
        count = len([word for word in sentence.split() if re.search(r"\w", word)])
        assert count <= words, f"{count} words: {sentence}"
