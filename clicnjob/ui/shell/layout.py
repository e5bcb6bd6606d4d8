"""What surrounds every page: the header, one-time messages, and the pages shown instead of a refused one."""

from __future__ import annotations

from html import escape

import streamlit as st

from clicnjob.accounts.presence import Present
from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import (
    appointment_strip,
    failures,
    navigation,
    read_aloud,
    reconnect,
    session_state,
    session_strip,
)
from clicnjob.ui.shell import header as header_acts
from clicnjob.ui.shell.markdown import escape_markdown as escape_markdown

# Streamlit strips SVG from HTML, so the logo's picture comes from the style sheet.
LOGO = '<a class="cj-logo" href="/" target="_self" aria-label="ClicNJob, accueil">ClicNJob</a>'


def draw_header(me: Present, *, acts: bool = True, telling: bool = True, following: bool = True) -> None:
    """Draw the header: logo, menu of the person's roles, the header button, and the link that signs out.

    Young people also have the button that reads the screen aloud. `acts` is False while the privacy notice is unread.
    `telling` is False where a fragment shows the messages itself, `following` where the page itself follows the session.
    """
    with st.container(key="cj-header", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(LOGO, width="content")
        with st.container(key="cj-menu", horizontal=True, vertical_alignment="center", gap="small"):
            for page in navigation.pages_of(me.roles):
                if page.menu:
                    st.page_link(navigation.page_path(page.file), label=page.title, icon=page.icon)
            if acts:
                header_acts.draw_header_button(me)
        if me.role in YOUNG_ROLES:
            read_aloud.read_screen_button()
        st.html(_who_html(me) + _way_out(me), width="content")
    if following:
        session_strip.draw_strip(me)
    if acts:
        appointment_strip.draw_strip(me)
    reconnect.at_once()
    if telling:
        draw_messages()


def signed_out() -> None:
    """Draw the page for somebody without a sign-in; it confirms an erasure that the person has just made."""
    erased = session_state.ERASED.take()
    st.html(LOGO)
    st.title("À bientôt", anchor=False)
    st.text("C’est effacé. Il ne reste rien de toi ici." if erased else "Ta visite est finie.")
    st.text("Rien ne reste sur cet ordinateur.")
    st.html('<a class="cj-button" href="/connexion" target="_self">Me connecter</a>')


def draw_asleep(me: Present) -> None:
    """Draw the page of a sleeping sign-in: no personal data, only the link that wakes it."""
    st.html(LOGO)
    st.title("C’est bien toi\u00a0?" if me.role in YOUNG_ROLES else "C’est bien vous\u00a0?", anchor=False)
    st.html('<a class="cj-button" href="/c-est-moi" target="_self">Continuer</a>')


def not_for_you(me: Present) -> None:
    """Refuse a page of another role, in the same words whether the page exists or not."""
    draw_header(me)
    whom = "toi" if me.role in YOUNG_ROLES else "vous"
    st.title(f"Cette page n’est pas pour {whom}", anchor=False)
    st.html(failures.HOME_LINK)


def draw_messages() -> None:
    """Show the pending messages until the next run. A toast would vanish before a slow reader has read it."""
    if sentences := session_state.sentences_to_show():
        with st.container(key="cj-told"):
            st.html("".join(f'<p role="status">{escape(sentence)}</p>' for sentence in sentences))


def _who_html(me: Present) -> str:
    name = me.first_name or ("Invité" if me.role in YOUNG_ROLES else "")
    if me.role not in YOUNG_ROLES:
        return f'<a class="cj-who" href="/mon-compte" target="_self">{escape(name or "Mon compte")}</a>'
    return f'<span class="cj-who">{escape(name)}</span>' if name else ""


def _way_out(me: Present) -> str:
    label = "J’ai fini" if me.role in YOUNG_ROLES else "Me déconnecter"
    return f'<a class="cj-out" href="/sortie" target="_self">{label}</a>'


def count_of_people(count: int) -> str:
    """Say how many young people there are: « 1 jeune », « 12 jeunes »."""
    return "1 jeune" if count == 1 else f"{count} jeunes"


def names_not_shown() -> None:
    """Say, instead of a list of names, that « Mode projection » hides it."""
    st.info(
        "Mode projection\u00a0: une liste de noms ne se montre pas. Quittez-le d’abord.",
        icon=":material/visibility_off:",
    )


def content_not_shown() -> None:
    """Say, instead of somebody's own text, that « Mode projection » hides it."""
    st.text("Mode projection\u00a0: le contenu est caché.")
