"""« Mes données »: three doors, and the way from « Mon sac »; what is to come for a file, said on the home page."""

from __future__ import annotations

import streamlit as st

from clicnjob import db
from clicnjob.accounts.presence import Present
from clicnjob.models import ErasureWhy
from clicnjob.privacy import erasure, freezing
from clicnjob.privacy.erasure import Planned
from clicnjob.privacy.held import day
from clicnjob.ui import navigation

_DOORS = (
    ("sharing", ":material/visibility:", "Ce que voit mon conseiller", "Tu choisis ce que tu montres."),
    ("views", ":material/history:", "Qui a vu mon dossier", "Les noms et les dates."),
    ("held", ":material/folder_open:", "Mon dossier", "Tout voir, corriger, emporter ou effacer."),
)


def doors() -> None:
    """The three doors, as cards."""
    with st.container(key="cj-stages", horizontal=True, gap="medium"):
        for name, icon, title, words in _DOORS:
            with st.container(key=f"cj-stage-{name}", border=True):
                st.header(title, anchor=False)
                st.text(words)
                go("Ouvrir", f"young/{name}.py", f"go-{name}", icon, label=f"Ouvrir\u00a0: {title}")


def way_in() -> None:
    """At the end of « Mon sac »."""
    go(
        "Mes données\u00a0: qui les voit, les emporter, les effacer",
        "young/data.py",
        "go-data",
        ":material/shield_person:",
    )


def back() -> None:
    """From a door to the doors."""
    go("Retour à Mes données", "young/data.py", "back-data", ":material/arrow_back:", kind="tertiary")


def go(words: str, file: str, key: str, icon: str, *, label: str = "", kind: str = "secondary") -> None:
    """A button that leads to a page."""
    if st.button(label or words, key=key, icon=icon, type=kind):  # type: ignore[arg-type]
        st.switch_page(navigation.page(file))


def planned(me: Present) -> Planned:
    """What is to come for the person's file."""
    with db.reading() as session:
        return erasure.planned(session, of=me)


def to_come(plan: Planned, *, with_way: bool = True) -> None:
    """The sentence about it, with the page where one can act."""
    if plan.frozen_why:
        why = freezing.REASONS.get(plan.frozen_why, ("", "ta structure l’a décidé"))[1]
        st.info(f"Ton dossier est gelé\u00a0: {why}. Rien ne s’efface pour l’instant.", icon=":material/ac_unit:")
    if plan.due_at is None:
        return
    if plan.why is ErasureWhy.IDLE:
        st.info(
            f"On allait effacer ton dossier le {day(plan.due_at)}. Te revoilà\u00a0: on le garde.",
            icon=":material/waving_hand:",
        )
        return
    st.warning(f"Tes données s’effacent le {day(plan.due_at)}. Tu peux changer d’avis.", icon=":material/schedule:")
    if with_way:
        go("Je change d’avis", "young/erase.py", "go-erase", ":material/undo:")
