"""Signing a list up through its page: read, checked, all or nobody, undone."""

from __future__ import annotations

import pytest
from sqlmodel import select

from clicnjob import db
from clicnjob.models import Account, Role
from tests.pages.conftest import Open, html, texts

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
LIST = "Prénom;Nom;Téléphone\nZoé;Bâ;06 39 98 12 34\nAli <b>;Kaci;\n".encode()


def young() -> list[str]:
    with db.read_transaction() as session:
        return sorted(session.exec(select(Account.first_name).where(Account.role == Role.YOUNG)))


def given(page, content: bytes):  # type: ignore[no-untyped-def]
    page.file_uploader[0].upload("jeunes.csv", content, "text/csv").run()
    assert not page.exception
    return page


def test_a_list_is_looked_at_then_signed_up_then_undone(open_page: Open) -> None:
    page = given(open_page("adviser/enrol.py", Role.ADVISER), LIST)
    assert young() == []
    assert "Ali &lt;b&gt;" in html(page)
    page.button("import-go").click().run()
    assert young() == ["Ali <b>", "Zoé"]
    undo = next(button for button in page.button if button.key.startswith("undo-"))
    undo.click().run()
    assert young() == []


def test_one_mistake_signs_nobody_up(open_page: Open) -> None:
    page = given(open_page("adviser/enrol.py", Role.ADVISER), LIST + "Léa;Petit;6,12E+08\n".encode())
    assert not [button for button in page.button if button.key == "import-go"]
    assert "au format « Texte »" in html(page)
    assert young() == []


def test_the_same_list_again_has_nothing_to_sign_up(open_page: Open) -> None:
    page = given(open_page("adviser/enrol.py", Role.ADVISER), LIST)
    page.button("import-go").click().run()
    given(page, LIST)
    assert any("déjà inscrites" in text for text in texts(page))
    assert len(young()) == 2


def test_a_file_that_is_no_table_gets_a_sentence(open_page: Open) -> None:
    page = given(open_page("adviser/enrol.py", Role.ADVISER), b"\x00\x01")
    assert "ni un CSV ni un XLSX" in page.error[0].value
