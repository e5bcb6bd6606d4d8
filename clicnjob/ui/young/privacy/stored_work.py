"""« Mon dossier »: all data stored about the person, where to correct it, and its download."""

from __future__ import annotations

import streamlit as st

from clicnjob import db
from clicnjob.accounts.presence import Present
from clicnjob.privacy.export import stored_work
from clicnjob.privacy.export.stored_work import StoredGroup
from clicnjob.ui.shell import navigation
from clicnjob.ui.widgets import download

_SHOWN = 8


def read_stored_work(me: Present) -> tuple[StoredGroup, ...]:
    """Read all data stored about the person, by group."""
    with db.read_transaction() as session:
        return stored_work.stored_groups(session, of=me)


def draw_groups(found: tuple[StoredGroup, ...]) -> None:
    """Draw a card for each group: its first lines, and how to correct them."""
    with st.container(key="cj-bag"):
        for group in found:
            with st.container(key=f"cj-bag-{group.key}", border=True):
                st.header(group.title, anchor=False)
                for line in group.lines[:_SHOWN]:
                    st.text(line)
                if (more := len(group.lines) - _SHOWN) > 0:
                    st.text(f"… et encore {more} ligne{'s' if more > 1 else ''}, dans le fichier à emporter.")
                if group.how:
                    st.html(f'<p class="cj-help">{group.how}</p>')
                elif st.button(
                    f"Voir et changer\u00a0: {group.title}", key=f"correct-{group.key}", icon=":material/edit:"
                ):
                    st.switch_page(navigation.page_path(group.page))


def take_away() -> None:
    """Offer the zip of all data."""
    with st.container(key="cj-take", border=True):
        st.header("Emporter", anchor=False)
        st.text("Tout ce qui est gardé sur toi, avec tes CV. Le fichier se rouvre sur un autre ClicNJob.")
        download.download_button("Emporter mes données", document="dossier", icon=":material/download:", primary=True)
        st.text("Sur un ordinateur partagé, efface-le de « Téléchargements » après.")
