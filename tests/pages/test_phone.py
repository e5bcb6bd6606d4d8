"""« Sur mon téléphone » on « Ma page »: the square holds a link that works once, and goes at the next act."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import segno
from streamlit.testing.v1 import AppTest

from clicnjob import config, db, models
from clicnjob.accounts import tickets
from clicnjob.models import Role
from tests.pages.conftest import Open, html

HERE = "https://clicnjob.example"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the squares hold, on a server with a public address."""
    held: list[str] = []
    make = segno.make

    def noting(content: str, **named: object) -> object:
        held.append(content)
        return make(content, **named)

    monkeypatch.setattr(segno, "make", noting)
    monkeypatch.setenv("CLICNJOB_PUBLIC_URL", HERE + "/")
    config.current_settings.cache_clear()
    yield held
    monkeypatch.undo()
    config.current_settings.cache_clear()


@pytest.fixture
def page(open_page: Open) -> AppTest:
    return open_page("young/sheet.py", Role.YOUNG)


@pytest.mark.parametrize("document", ["pdf", "docx"])
def test_the_square_leads_to_the_file(page: AppTest, drawn: list[str], document: str) -> None:
    page.button(f"phone-{document}").click().run()
    assert not page.exception and "cj-square" in html(page)
    (link,) = drawn
    token = re.fullmatch(rf"{HERE}/telephone/([\w-]{{43}})", link)
    assert token is not None
    with db.write_transaction() as session:
        taken = tickets.take_by_phone(session, token[1], now=models.utc_now())
    assert taken.document == document and taken.work_id


def test_the_square_goes_at_the_next_act(page: AppTest, drawn: list[str]) -> None:
    page.button("phone-pdf").click().run()
    page.button("undo").click().run()
    assert len(drawn) == 1 and "cj-square" not in html(page)
