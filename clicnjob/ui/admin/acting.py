"""An act of these pages that gives something back, and the words of roles and days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from html import escape
from typing import TypeVar

import streamlit as st
from sqlmodel import Session

from clicnjob.accounts.presence import Present
from clicnjob.errors import Refusal
from clicnjob.models import Role
from clicnjob.ui import desk

Given = TypeVar("Given")

ROLES = {
    Role.ADVISER: "Conseiller",
    Role.TRAINER: "Formateur",
    Role.HEAD: "Responsable de structure",
    Role.ADMIN: "Administrateur technique",
}


class NotADay(Refusal):
    """Not a day written as people here write it."""

    sentence = "Écrivez la date ainsi\u00a0: 31/12/2027."


def done(doing: Callable[[Session, Present], Given]) -> Given | None:
    """One act in one transaction for whoever is signed in now; what it gave, or None when it was refused and told."""
    given: list[Given] = []
    return given[0] if desk.act(lambda session, me: given.append(doing(session, me))) else None


def day(typed: str) -> date | None:
    """« 31/12/2027 » as a date; None for nothing. Raises NotADay."""
    if not typed.strip():
        return None
    try:
        return datetime.strptime(typed.strip(), "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise NotADay from None


def roles_said(roles: Mapping[Role, date | None], *, today: date) -> str:
    """« Conseiller, Formateur jusqu’au 31/12/2027 »."""
    said = []
    for role, words in ROLES.items():
        if role in roles:
            until = roles[role]
            ended = until is not None and until < today
            end = f" {'terminé le' if ended else 'jusqu’au'} {until:%d/%m/%Y}" if until else ""
            said.append(words + end)
    return ", ".join(said) or "Aucun rôle"


def facts(said: Mapping[str, str]) -> None:
    """A short list of names and values; values are shown as typed."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in said.items())
    st.html(f'<dl class="cj-facts">{rows}</dl>')
