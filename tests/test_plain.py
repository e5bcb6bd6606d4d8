"""User text in a label: what Streamlit would draw instead of it is kept as it was typed."""

from __future__ import annotations

import re

from clicnjob.ui.shell.layout import escape_markdown
from tests.for_each import for_each

# As Streamlit's pages look for them, after Markdown was read and its backslashes are gone.
_SHORTCODES = re.compile(r":\+1:|:-1:|:[\w-]+:")
_MATERIAL = re.compile(r":material[/_]\w+:")
_ARROWS = re.compile(r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)")


@for_each(
    "typed",
    [":smile:", "a :smile: b", ":+1:", ":-1:", ":100:", ":8ball:", ":1st_place_medal:", ":streamlit:", "x:smile:y",
     ":material/home:", ":material/star:text", "::smile::", ":a:b:c:", "a -> b", "->", "<-", "a <-> b", "a -- b", "3 >= 2",
     "1 <= 2", "x ~= y", ":red[x]", ":red-background[x]", "10:30:45"],
)  # fmt: skip
def test_nothing_is_drawn_in_place_of_what_was_typed(typed: str) -> None:
    shown = re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", escape_markdown(typed))
    for drawn in (_SHORTCODES, _MATERIAL, _ARROWS):
        assert not drawn.search(shown)
    assert shown.replace("\u2060", "") == typed


@for_each("typed", ["Bonjour Léa", "de 10:30 à 12:00", "moi : toi", "vendeur-caissier", "a:b"])
def test_ordinary_words_stay_as_they_are(typed: str) -> None:
    assert escape_markdown(typed).replace("\\", "") == typed
