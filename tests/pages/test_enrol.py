"""Signing a list up through its page: read, checked, mended, undone."""

from __future__ import annotations

import pytest
from sqlmodel import select

from clicnjob import db
from clicnjob.models import Account, Enrolment, ImportRemainder, Role
from clicnjob.ui.shell import double_click
from tests.pages.conftest import Open, html, texts

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
LIST = "Prénom;Nom;Téléphone\nZoé;Bâ;06 39 98 12 34\nAli <b>;Kaci;\n".encode()


def young() -> list[str]:
    with db.read_transaction() as session:
        return sorted(session.exec(select(Account.first_name).where(Account.role == Role.YOUNG)))


def kept_typed() -> list[str]:
    with db.read_transaction() as session:
        return [cell for one in session.exec(select(ImportRemainder)) for cell in one.typed.values()]


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


def test_good_rows_are_signed_up_and_the_others_wait_on_the_page_to_be_mended(open_page: Open) -> None:
    page = given(open_page("adviser/enrol.py", Role.ADVISER), LIST + "Léa;Petit;6,12E+08\n".encode())
    assert "au format « Texte »" in html(page)
    page.button("import-go").click().run()
    assert young() == ["Ali <b>", "Zoé"]

    phone = next(box for box in page.text_input if "mend-phone-" in box.key)
    assert (phone.label, phone.value) == ("Téléphone", "6,12E+08")
    mend = next(button for button in page.button if button.key.startswith("mend-go-"))
    mend.click().run()  # as it is: the reason is said again, and nobody is lost
    assert any("au format « Texte »" in text for text in texts(page))
    phone = next(box for box in page.text_input if "mend-phone-" in box.key)
    phone.set_value("06 12 34 56 7").run()
    assert "06 12 34 56 7" in kept_typed(), "what was typed outlives a reload"
    phone = next(box for box in page.text_input if "mend-phone-" in box.key)
    phone.set_value("06 12 34 56 78")
    next(button for button in page.button if button.key.startswith("mend-go-")).click().run()
    assert young() == ["Ali <b>", "Léa", "Zoé"]
    assert not [box for box in page.text_input if "mend-" in box.key]


def test_a_mended_row_that_looks_like_somebody_asks_before_it_signs_up(open_page: Open) -> None:
    page = given(open_page("adviser/enrol.py", Role.ADVISER), LIST + b"Zoe;Ba;12\n")
    page.button("import-go").click().run()
    next(box for box in page.text_input if "mend-phone-" in box.key).set_value("")
    next(button for button in page.button if button.key.startswith("mend-go-")).click().run()
    assert young() == ["Ali <b>", "Zoé"]
    assert "Zoe Ba semble déjà inscrit\u00a0: même nom." in page.warning[0].value
    next(box for box in page.checkbox if box.key.startswith("other-")).check()
    next(button for button in page.button if button.key.startswith("mend-go-")).click().run()
    assert young() == ["Ali <b>", "Zoe", "Zoé"]


def test_a_file_without_titles_is_read_by_columns_chosen_on_the_page_and_the_next_one_by_itself(
    open_page: Open,
) -> None:
    page = given(open_page("adviser/enrol.py", Role.ADVISER), "BA;Awa;x\nMOREL;Noé;y\n".encode())
    assert "Dites où sont" in page.error[0].value
    box = {found.label: found for found in (*page.selectbox, *page.multiselect)}
    box["Prénom"].select(1).run()
    box = {found.label: found for found in (*page.selectbox, *page.multiselect)}
    box["Nom (la première case remplie compte)"].select(0).run()
    assert any("2 jeunes sans erreur" in text for text in texts(page))
    page.button("import-go").click().run()
    assert young() == ["Awa", "Noé"]

    given(page, "KACI;Ali;z\n\nPETIT;Léa;z\n".encode())
    assert any("2 jeunes sans erreur" in text for text in texts(page))


def test_the_same_list_again_has_nothing_to_sign_up(open_page: Open) -> None:
    page = given(open_page("adviser/enrol.py", Role.ADVISER), LIST)
    page.button("import-go").click().run()
    given(page, LIST)
    assert any("déjà inscrites" in text for text in texts(page))
    assert len(young()) == 2


def test_a_file_that_is_no_table_gets_a_sentence(open_page: Open) -> None:
    page = given(open_page("adviser/enrol.py", Role.ADVISER), b"\x00\x01")
    assert "ni un CSV ni un XLSX" in page.error[0].value


def test_one_person_is_signed_up_with_a_number_read_as_in_a_list(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(double_click, "_AFTER_ASKING", 600.0)  # on a slow machine
    page = open_page("adviser/cards.py", Role.ADVISER)
    page.text_input("enrol-first").set_value("Zoé")
    page.text_input("enrol-last").set_value("Bâ")
    page.text_input("enrol-phone").set_value("0639981")
    page.button("enrol-go").click().run()
    assert young() == [] and any("Ce numéro a 7 chiffres" in text for text in texts(page))
    page.text_input("enrol-phone").set_value("639981234")  # as a spreadsheet leaves it
    page.button("enrol-go").click().run()
    with db.read_transaction() as session:
        assert [one.phone for one in session.exec(select(Enrolment))] == ["+33639981234"]

    page.text_input("enrol-first").set_value("Zoë")
    page.text_input("enrol-last").set_value("Diallo")
    page.text_input("enrol-phone").set_value("06 39 98 12 34")
    page.button("enrol-go").click().run()
    assert young() == ["Zoé"] and any("même téléphone" in text for text in texts(page))
    page.button("enrol-go").click().run()
    assert young() == ["Zoé"], "the second click of a double click answers nothing"
    del page.session_state["sent_form"]  # a moment later
    page.button("enrol-go").click().run()
    assert young() == ["Zoé", "Zoë"]
