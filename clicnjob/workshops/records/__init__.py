"""What a group session leaves: the attendance sheet, a page for each person's portfolio, a page for the group."""

from __future__ import annotations


def minutes_in_words(minutes: int) -> str:
    """Return a length in French, '' for a session that has not ended."""
    return f"{minutes}\u00a0minute{'s' if minutes > 1 else ''}" if minutes else ""
