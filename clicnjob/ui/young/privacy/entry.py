"""« Mes données »: its links, the links back to it, and the notice of a planned erasure."""

from __future__ import annotations

import streamlit as st

from clicnjob import db
from clicnjob.accounts.presence import Present
from clicnjob.models import ErasureWhy
from clicnjob.privacy.erasure import erasure_request
from clicnjob.privacy.erasure.erasure_request import PlannedErasure
from clicnjob.privacy.export.stored_work import full_day
from clicnjob.privacy.retention import freezing
from clicnjob.ui.shell import navigation

_DOORS = (
    ("sharing", ":material/visibility:", "Ce que voit mon conseiller", "Tu choisis ce que tu montres."),
    ("views", ":material/history:", "Qui a vu mon dossier", "Les noms et les dates."),
    ("obstacles", ":material/signpost:", "Ce qui me bloque", "Privé. Tu montres seulement ce que tu veux."),
    ("held", ":material/folder_open:", "Mon dossier", "Tout voir, corriger, emporter ou effacer."),
)
_REMINDERS = ("notifications", ":material/sms:", "Mes rappels", "Par SMS ou par e-mail, si tu veux.")


def draw_ways(*, with_reminders: bool = False) -> None:
    """Draw the links to the pages about personal data, as cards; `with_reminders` where these are set up."""
    doors = (*_DOORS, _REMINDERS) if with_reminders else _DOORS
    with st.container(key="cj-stages", horizontal=True, gap="medium"):
        for name, icon, title, words in doors:
            with st.container(key=f"cj-stage-{name}", border=True):
                st.header(title, anchor=False)
                st.text(words)
                draw_page_button("Ouvrir", f"young/{name}.py", f"go-{name}", icon, label=f"Ouvrir\u00a0: {title}")


def way_in() -> None:
    """Draw the link to « Mes données » at the end of « Mon sac »."""
    draw_page_button(
        "Mes données\u00a0: qui les voit, les emporter, les effacer",
        "young/data.py",
        "go-data",
        ":material/shield_person:",
    )


def draw_way_back() -> None:
    """Draw the link back to « Mes données »."""
    draw_page_button("Retour à Mes données", "young/data.py", "back-data", ":material/arrow_back:", kind="tertiary")


def draw_page_button(words: str, file: str, key: str, icon: str, *, label: str = "", kind: str = "secondary") -> None:
    """Draw a button that opens a page; `label` replaces `words` where it must name its subject."""
    if st.button(label or words, key=key, icon=icon, type=kind):  # type: ignore[arg-type]
        st.switch_page(navigation.page_path(file))


def planned_erasure(me: Present) -> PlannedErasure:
    """Read the planned erasure or freeze of the person's file."""
    with db.read_transaction() as session:
        return erasure_request.planned_erasure(session, of=me)


def to_come(plan: PlannedErasure, *, with_way: bool = True) -> None:
    """Tell the person that their file is frozen or will be erased.

    `with_way` adds a link to the page that cancels an erasure they asked for.
    """
    if plan.frozen_why:
        why = freezing.REASONS.get(plan.frozen_why, ("", "ta structure l’a décidé"))[1]
        st.info(f"Ton dossier est gelé\u00a0: {why}. Rien ne s’efface pour l’instant.", icon=":material/ac_unit:")
    if plan.due_at is None:
        return
    if plan.why is ErasureWhy.IDLE:
        st.info(
            f"On allait effacer ton dossier le {full_day(plan.due_at)}. Te revoilà\u00a0: on le garde.",
            icon=":material/waving_hand:",
        )
        return
    st.warning(
        f"Tes données s’effacent le {full_day(plan.due_at)}. Tu peux changer d’avis.", icon=":material/schedule:"
    )
    if with_way:
        draw_page_button("Je change d’avis", "young/erase.py", "go-erase", ":material/undo:")
