"""The font of the pictures holds what is used, nothing else, and its licence lies beside it."""

from __future__ import annotations

import pytest

from clicnjob.cli import picture_font


def test_every_picture_that_is_used_is_in_the_font_and_no_other_one() -> None:
    used, drawn = picture_font.used_pictures(), picture_font.drawn_pictures()
    assert len(used) > 100
    missing, unused = "".join(sorted(used - drawn)), "".join(sorted(drawn - used))
    assert not missing + unused, f"missing: {missing}; unused: {unused}: see clicnjob/cli/picture_font.py"


def test_the_licence_lies_beside_the_font() -> None:
    licence = picture_font.FONT.with_name("LICENSE-clicnjob-images.txt").read_text(encoding="utf-8")
    assert "CC-BY" in licence and "SIL OPEN FONT LICENSE" in licence


@pytest.mark.parametrize(("text", "pictures"), [("👕 ✏️ ⭐", "👕✏⭐"), ("✓ → ✔ • é", ""), ("🧑‍💼", "🧑💼")])
def test_a_picture_is_told_from_a_letter(text: str, pictures: str) -> None:
    assert "".join(picture_font._PICTURE.findall(text)) == pictures
