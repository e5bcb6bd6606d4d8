"""On « Sur papier »: the printed page of a lesson, or of several at once, for those without a screen."""

from __future__ import annotations

import streamlit as st

from clicnjob import db, models, policy
from clicnjob.accounts.presence import Present
from clicnjob.learn import library
from clicnjob.learn.lesson import Lesson
from clicnjob.learn.own import published
from clicnjob.ui.widgets import download


def draw_papers(me: Present) -> None:
    """Let professionals print the pages of the lessons that they choose, in one file."""
    with db.read_transaction() as session:
        written = published.published_entries(session, of=me, now=models.utc_now())
    own = {key[1]: f"Chez vous\u00a0: {one.titre}" for key, one in written.items() if isinstance(one, Lesson)}
    themes = library.lesson_themes()
    named = own | {key: f"{themes[one.theme].nom}\u00a0: {one.titre}" for key, one in library.shipped_lessons().items()}
    st.header("L’essentiel des leçons", anchor=False)
    chosen = st.multiselect(
        f"Les leçons à imprimer, une page chacune ({policy.LESSON_KIT_PAGES} au plus)",
        list(named), key="lesson-paper", format_func=lambda key: named[key], placeholder="Choisissez",
        max_selections=policy.LESSON_KIT_PAGES,
    )  # fmt: skip
    if chosen:
        with st.container(key="cj-lesson-papers"):
            words = "Imprimer cette leçon" if len(chosen) == 1 else f"Imprimer ces {len(chosen)} leçons"
            download.download_button(words, document="lesson-kit", work_id=".".join(chosen), icon=":material/school:")
