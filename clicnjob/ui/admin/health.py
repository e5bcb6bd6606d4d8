"""« Santé »: the state of the installation, without any personal data."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import presence
from clicnjob.operations import installation
from clicnjob.operations.installation import Installation
from clicnjob.ui.admin import acting

_LITTLE = 500 * 1024 * 1024  # bytes of free disk space below which the page warns


def installation_health() -> tuple[Installation, int]:
    """Read the state of the installation, and how many people are signed in now."""
    with db.read_transaction() as session:
        return installation.installation_state(session), presence.signed_in_count(session, now=models.utc_now())


def draw_warnings(found: Installation, now: datetime) -> None:
    """Draw what must be done, if anything, each with its remedy."""
    said = []
    if installation.too_old(found.backup, now=now):
        said.append("Aucune sauvegarde depuis une semaine. Lancez «\u00a0python -m clicnjob backup FICHIER\u00a0».")
    if found.disk_free < _LITTLE:
        said.append("Le disque est presque plein. Libérez de la place.")
    if not found.up_to_date:
        said.append("La base n’est pas à jour. Redémarrez l’application.")
    for sentence in said:
        st.html(f'<p class="cj-warned" role="status">{sentence}</p>')


def draw_state(found: Installation, here: int) -> None:
    """Draw the facts. `here` is the number of people signed in."""
    last = found.backup
    acting.draw_facts(
        {
            "Version": f"{found.release} (Python {found.python}, interface {found.streamlit})",
            "Base de données": f"{found.database}, {_size_in_words(found.size)}",
            "Tables": "à jour" if found.up_to_date else "à mettre à jour",
            "Place libre sur le disque": _size_in_words(found.disk_free),
            "Dernière sauvegarde": f"{last.at.astimezone():%d/%m/%Y à %H:%M}, {_size_in_words(last.size)}"
            if last
            else "aucune",
            "Personnes connectées": str(here),
            "Double vérification": "obligatoire" if found.second_factor_required else "au choix des structures",
            "Connexion extérieure": "active" if found.outside_sign_in else "non",
            "E-mail": "aucun\u00a0: l’application n’en envoie pas",
        }
    )


def _size_in_words(count: int) -> str:
    for unit, one in (("Go", 1024**3), ("Mo", 1024**2)):
        if count >= one:
            return f"{count / one:.1f}\u00a0{unit}".replace(".", ",")
    return f"{count // 1024}\u00a0Ko"
