"""« Ce que voit mon conseiller »: what an adviser always or never sees, and a switch for everything else."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.cohort.notifications import channels
from clicnjob.cohort.progress import refreshing
from clicnjob.config import current_settings
from clicnjob.learn import obstacles
from clicnjob.models import ConsentTo
from clicnjob.privacy import permissions, sharing
from clicnjob.privacy.sharing import NOTHING, SharedChoices
from clicnjob.ui.shell import layout, session_state, transactions
from clicnjob.ui.young.obstacles import shared_switch

_ALWAYS = (
    "Ton CV, et quand tu y travailles",
    "Les métiers que tu gardes, et pourquoi",
    "Où tu en es dans ton chemin",
    "Ta dernière visite, et combien de fois tu viens",
    "Les séances de groupe où tu étais",
    "En séance, ton formateur\u00a0: ton prénom, ton étape, tes demandes d’aide",
    "Ce que tu lui dis\u00a0: messages, aide, réponses, rendez-vous",
    "Vos rendez-vous. Dans son calendrier, au plus ton prénom et une initiale",
    "Ton numéro de téléphone, s’il est noté à l’inscription, et tes appels",
)
_NOTIFIED = "Si tu as dit oui aux rappels par SMS ou e-mail, et s’ils sont partis"
_NEVER = (
    "Ton code secret",
    "Ta page pendant une séance, sauf si tu la montres",
    "Tes réponses de la première visite",
    "Tes réponses au test «\u00a0Ce que j’aime\u00a0»",
    "Tes réponses écrites pour l’entretien",
    "Tes réponses dans les leçons et les situations",
    "Ce qui te bloque, sauf ce que tu montres toi-même",
    "Les versions d’avant de tes textes",
    "Tes réponses quand tu viens sans carte",
)
_SWITCHES = {
    ConsentTo.PRACTICE: "Montrer quand je m’entraîne à l’entretien, et combien de fois",
    ConsentTo.APPLICATIONS: "Montrer mes candidatures, et le jour de mes entretiens d’embauche",
    ConsentTo.LESSONS: "Montrer le titre des leçons que j’ai finies",
    ConsentTo.CHECK: "Montrer mon point numérique, avec mes réponses et mes leçons",
}


@dataclass(frozen=True)
class SharingPage:
    """What the page reads; `adviser` is '' for a person whom nobody follows."""

    adviser: str
    shared: SharedChoices
    may_share: bool
    obstacles: tuple[str, ...] = ()
    shared_obstacles: tuple[str, ...] = ()


def read_sharing(me: Present) -> SharingPage:
    """Read who follows the person and what the person shares."""
    if not permissions.may_share(me):
        return SharingPage("", NOTHING, False)
    with db.read_transaction() as session:
        return SharingPage(
            sharing.adviser_name(session, of=me),
            sharing.shared_by(session, of=me.id),
            True,
            obstacles.own_obstacles(session, of=me),
            sharing.shared_obstacles(session, of=me.id),
        )


def draw_who_sees(seen: SharingPage) -> None:
    """Say who sees the work of this person."""
    if not seen.may_share:
        st.text("Sans carte, personne ne voit ton travail.")
    elif seen.adviser:
        st.text(f"Ton conseiller, c’est {seen.adviser}. La personne qui dirige la structure voit la même chose.")
    else:
        st.text("Tu n’as pas encore de conseiller ici.")


def draw_always_seen(seen: SharingPage) -> None:
    """Draw what an adviser sees as part of their job, and what they never see."""
    if not seen.may_share:
        return
    with st.container(key="cj-stages", horizontal=True, gap="medium"):
        with st.container(key="cj-stage-always", border=True):
            st.header("Toujours visible", anchor=False)
            _draw_list((*_ALWAYS, _NOTIFIED) if channels.channels_set_up(current_settings()) else _ALWAYS)
        with st.container(key="cj-stage-never", border=True):
            st.header("Jamais visible", anchor=False)
            _draw_list(_NEVER)


def draw_switches(seen: SharingPage) -> None:
    """Draw the switches; each is off until the person consents."""
    if not seen.may_share:
        return
    with st.container(key="cj-switches", border=True):
        st.header("Visible si tu dis oui", anchor=False)
        st.text("Tu peux dire non quand tu veux.")
        for what in _SWITCHES:
            draw_switch(what, shown=seen.shared.is_shown(what))
        for one in obstacles.known_obstacles():
            if one.cle in seen.obstacles:
                shared_switch.draw_switch(one, shown=one.cle in seen.shared_obstacles, by_name=True)


def draw_switch(what: ConsentTo, *, shown: bool) -> None:
    """Draw the switch of one thing; it is off until the person consents."""
    key = session_state.widget_key("share", what.value)
    st.checkbox(
        layout.escape_markdown(_SWITCHES[what]), value=shown, key=key, on_change=_switch_sharing, args=(what, key)
    )


def _switch_sharing(what: ConsentTo, key: str) -> None:
    on = bool(session_state.widget_value(key, bool))
    if transactions.run_action(
        lambda session, me: refreshing.change_sharing(session, by=me, what=what, on=on, now=models.utc_now())
    ):
        session_state.tell_once(
            "C’est noté\u00a0: c’est visible." if on else "C’est noté\u00a0: ce n’est plus visible."
        )
    else:
        session_state.renew_widgets()


def _draw_list(lines: tuple[str, ...]) -> None:
    st.html('<ul class="cj-plain-list">' + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>")
