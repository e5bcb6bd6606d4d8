"""Translates the help texts of Typer into French."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

Doing = TypeVar("Doing", bound=Callable[..., Any])
_HELP = "Montrer cette aide."

rich_utils.ARGUMENTS_PANEL_TITLE = "À donner"
rich_utils.OPTIONS_PANEL_TITLE = "Options"
rich_utils.COMMANDS_PANEL_TITLE = "Commandes"
rich_utils.ERRORS_PANEL_TITLE = "À corriger"
rich_utils.DEFAULT_STRING = "[par défaut : {}]"
rich_utils.REQUIRED_LONG_STRING = "[obligatoire]"


class Command(TyperCommand):
    """A command whose help option is in French."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the help option with a French text."""
        return _translated_option(super().get_help_option(ctx))


class FrenchGroup(TyperGroup):
    """A group whose help option is in French."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the help option with a French text."""
        return _translated_option(super().get_help_option(ctx))


class Commands(typer.Typer):
    """A Typer whose groups and commands have French help."""

    def __init__(self, **named: Any) -> None:
        super().__init__(
            cls=FrenchGroup, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, **named
        )

    def command(self, name: str | None = None, **named: Any) -> Callable[[Doing], Doing]:  # type: ignore[override]
        """Register a command."""
        return super().command(name, cls=Command, **named)


def _translated_option(option: Any) -> Any:
    if option is not None:
        option.help = _HELP
    return option
