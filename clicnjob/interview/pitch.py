"""Builds « Mon pitch », thirty seconds about oneself, from ticked sentence beginnings and facts of the CV."""

from __future__ import annotations

from collections.abc import Sequence

from clicnjob.interview.notebook import Pitch
from clicnjob.interview.own import Fact, filled_sentence
from clicnjob.interview.words import Piece, Template, sentence_fields

SECONDS = 30
_WORDS_A_MINUTE = 140  # calm speaking speed
_LINES_AT_MOST = 6


def pitch_beginnings(piece: Piece, facts: Sequence[Fact]) -> tuple[str, ...]:
    """Return the beginnings of a piece filled with the person's facts, those with most facts first.

    A template is left out when one of its facts is missing.
    """
    ranked = sorted(piece.debuts, key=lambda template: -len(sentence_fields(template)))
    found = [line for template in ranked for line in _filled_sentences(template, facts)]
    mixed = dict.fromkeys([*found, *(template for template in piece.debuts if not sentence_fields(template))])
    return tuple(mixed)[:_LINES_AT_MOST]


def pitch_text(pitch: Pitch, pieces: Sequence[Piece]) -> str:
    """Return the pitch as edited, or else its pieces in order."""
    return pitch.text or assembled_pitch(pitch, pieces)


def assembled_pitch(pitch: Pitch, pieces: Sequence[Piece]) -> str:
    """Join the pieces that are filled in into one text."""
    said = (pitch.pieces.get(piece.cle, "").strip() for piece in pieces)
    return " ".join(line if line.endswith((".", "!", "?", "…")) else f"{line}." for line in said if line)


def speaking_seconds(said: str) -> int:
    """Return how many seconds it takes to say a text calmly."""
    return round(len(said.split()) * 60 / _WORDS_A_MINUTE)


def _filled_sentences(template: Template, facts: Sequence[Fact]) -> list[str]:
    """Fill a template from a single fact if one has every field, otherwise from the first fact that has each field."""
    needed = sentence_fields(template)
    if not needed:
        return []
    whole = next((line for fact in facts if (line := filled_sentence(template, fact.words))), None)
    if whole is None:
        known = {name: value for fact in reversed(facts) for name, value in fact.words.items() if value}
        whole = filled_sentence(template, known)
    return [whole] if whole else []
