"""« Mes réponses »: the written answers, to edit, proofread and print."""

import streamlit as st

from clicnjob.cv.model import wording
from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard, open_work
from clicnjob.ui.young.interview import answers, book

me = guard.require_role(*YOUNG_ROLES)
kept = book.read_notebook(me)

with st.container(key="cj-narrow"):
    st.title("Mes réponses", anchor=False)
    if kept.book.answers:
        answers.draw_answers(kept)
        answers.draw_proofreading(kept, wording.known_names(open_work.opened_desk(me).profile))
    else:
        answers.none_yet()
    book.draw_tools()
