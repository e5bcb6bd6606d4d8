"""Shared by the pages of administration: the wording of roles and dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from html import escape

import streamlit as st

from clicnjob.errors import Refusal
from clicnjob.models import Role

ROLES = {
    Role.ADVISER: "Conseiller",
    Role.TRAINER: "Formateur",
    Role.HEAD: "Responsable de structure",
    Role.ADMIN: "Administrateur technique",
}


class NotADay(Refusal):
    """The text is not a date of the form 31/12/2027."""

    sentence = "Écrivez la date ainsi\u00a0: 31/12/2027."


def typed_day(typed: str) -> date | None:
    """Parse « 31/12/2027 »; return None for a blank text. Raises NotADay when it is not such a date."""
    if not typed.strip():
        return None
    try:
        return datetime.strptime(typed.strip(), "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise NotADay from None


def roles_said(roles: Mapping[Role, date | None], *, today: date) -> str:
    """Name the roles with their end dates: « Conseiller, Formateur jusqu’au 31/12/2027 »."""
    said = []
    for role, words in ROLES.items():
        if role in roles:
            until = roles[role]
            ended = until is not None and until < today
            end = f" {'terminé le' if ended else 'jusqu’au'} {until:%d/%m/%Y}" if until else ""
            said.append(words + end)
    return ", ".join(said) or "Aucun rôle"


def draw_facts(said: Mapping[str, str]) -> None:
    """Draw a short list of names and values; both are escaped."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in said.items())
    st.html(f'<dl class="cj-facts">{rows}</dl>')
