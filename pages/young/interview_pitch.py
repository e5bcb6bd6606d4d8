"""« Mon pitch »: five pieces, one per screen, then the whole to say in 30 seconds."""

import streamlit as st

from clicnjob.cv import wording
from clicnjob.interview import pitch as thirty_seconds
from clicnjob.interview.words import words
from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import desk, signin
from clicnjob.ui.interview import book, facts, pitch

me = signin.require_role(*YOUNG_ROLES)
kept = book.read(me)
now = desk.opened(me)
position = pitch.step(kept.book.pitch)

if position < len(words().pitch):
    pitch.piece(kept, facts.facts(now), position)
else:
    pitch.whole(me, kept)
    with st.expander("Corriger les fautes", icon=":material/spellcheck:", key="words"):
        said = thirty_seconds.text(kept.book.pitch, words().pitch)
        pitch.proofreading(said, wording.names(now.profile))
    pitch.again()
book.tools()
