"""Whole numbers as people type them: « 12 », « 1 200 », in the digits of any script."""

from __future__ import annotations

from clicnjob.errors import Refusal
from clicnjob.text import usual_digits


class NotANumber(Refusal):
    """The text is no whole number within the bounds."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(f"Il faut un nombre entier, de {shown_number(least)} à {shown_number(most)}.")


def typed_number(typed: str, bounds: tuple[int, int]) -> int:
    """Return the number, which must be within `bounds`, both included. Raises NotANumber."""
    digits = "".join(usual_digits(typed).split())
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9 or not bounds[0] <= int(digits) <= bounds[1]:
        raise NotANumber(*bounds)
    return int(digits)


def shown_number(number: int) -> str:
    """Return a number with a no-break space between thousands."""
    return f"{number:,}".replace(",", "\u202f")
