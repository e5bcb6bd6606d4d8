"""« Administration »: links to its pages, each with what it is for."""

from __future__ import annotations

import streamlit as st

from clicnjob.accounts.presence import Present
from clicnjob.ui.shell import navigation

_FOR = {
    "admin/team.py": "Inviter, donner des rôles, aider qui a perdu son mot de passe.",
    "admin/settings.py": "Le nom de la structure, la sécurité, les durées.",
    "admin/journal.py": "Ce qui a été fait, par qui et quand. Les cartes refaites.",
    "admin/words.py": "Les mots que la recherche de métiers ne connaît pas.",
    "admin/structures.py": "Ouvrir une structure, changer un nom.",
    "admin/health.py": "La base de données, les sauvegardes, les versions.",
    "admin/start.py": "Revoir les trois premières étapes.",
}


def draw_page_cards(me: Present) -> None:
    """Draw a card for each page of administration that the person may open."""
    with st.container(key="cj-entry-cards"):
        for page in navigation.pages_of(me.roles):
            if page.file in _FOR:
                with st.container(key=f"cj-entry-card-{page.address}", border=True):
                    st.page_link(navigation.page_path(page.file), label=page.title, icon=page.icon)
                    st.text(_FOR[page.file])
