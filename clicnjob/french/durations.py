"""Formats lengths of time in French: « 45 min », « 1 h », « 1 h 30 »."""

from __future__ import annotations


def minutes_shown(minutes: int) -> str:
    """Format whole minutes, with no-break spaces: « 45 min », « 2 h », « 1 h 05 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}\u00a0min"
    return f"{hours}\u00a0h\u00a0{rest:02}" if rest else f"{hours}\u00a0h"
