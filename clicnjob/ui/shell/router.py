"""The router: it registers the pages of the person's roles, and answers every other address with a refusal."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from clicnjob.models import Role
from clicnjob.paths import PAGES
from clicnjob.ui.shell import guard, signed_in
from clicnjob.ui.shell.navigation import EVERY_PAGE, page_path, pages_of


def chosen_page(roles: frozenset[Role]) -> StreamlitPage:
    """Register the pages of these roles and return the requested one; the files of other roles are never registered.

    Without a role, every address shows the sign-in notice. The addresses of other roles show our refusal instead of
    Streamlit's.
    """
    if not roles:
        return st.navigation(
            [st.Page(guard.show_nobody, title="ClicNJob", url_path=p.address) for p in EVERY_PAGE], position="hidden"
        )
    first, *rest = pages_of(roles)
    shown = [
        st.Page(PAGES / first.file, title=first.title, icon=first.icon, default=True),
        *(st.Page(PAGES / p.file, title=p.title, icon=p.icon, url_path=p.address) for p in rest),
        st.Page(
            _go_to_first, title=first.title, url_path=first.address
        ),  # Streamlit serves the default page at « / » only
    ]
    others = [st.Page(_not_yours, title="ClicNJob", url_path=p.address) for p in EVERY_PAGE if not roles & p.roles]
    return st.navigation(shown + others, position="hidden")


def _go_to_first() -> None:
    if me := signed_in.present_now():
        st.switch_page(page_path(pages_of(me.roles)[0].file))
    guard.require_role()


def _not_yours() -> None:
    guard.require_role()
