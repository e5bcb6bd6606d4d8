"""« M’entraîner au mail » as each role meets it: a wrong file is explained, the right one is answered, nothing of it leaves."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from clicnjob.apply.mailbox.mailbox_words import mailbox_words
from clicnjob.models import Role
from tests.pages.conftest import Open, check, html

WORDS = mailbox_words()
MESSAGE = """Bonjour Madame Renard,
Votre offre de commis de cuisine m’intéresse. Je peux venir quand vous voulez.
Mon CV est en pièce jointe.
Cordialement,
Zoé Petit
06 39 98 12 34"""


def press(page: AppTest, key: str) -> None:
    page.button(key).click().run()
    assert not page.exception, page.exception


def fill(page: AppTest, start: str, words: str) -> None:
    """Type into the box whose key starts with `start`: its end changes with each renewal."""
    box = next(one for one in (*page.text_input, *page.text_area) if (one.key or "").startswith(start))
    box.set_value(words).run()


@pytest.mark.parametrize("role", [Role.YOUNG, Role.GUEST])
def test_a_wrong_file_is_explained_and_the_right_one_is_answered(open_page: Open, role: Role) -> None:
    page = open_page("young/mailbox.py", role)
    press(page, "exercise-offre")
    check(page, role)
    press(page, "mail-offre-transmise")
    press(page, "new-from-mail")
    fill(page, "kept·to-offre", WORDS.exercises["offre"].adresse)
    press(page, "row-objet")
    fill(page, "kept·subject-offre", "Candidature : commis de cuisine")
    press(page, "row-texte")
    fill(page, "kept·text-offre", MESSAGE)
    press(page, "row-piece")
    press(page, "attach")
    press(page, "file-cv-final")
    press(page, "picker-open")
    check(page, role)
    press(page, "next")
    press(page, "send")
    check(page, role)
    assert "mon-cv(3)-final.pdf" in html(page)
    assert [one.value for one in page.text if "brouillon" in str(one.value)]
    press(page, "mend")
    press(page, "detach-cv-final")
    press(page, "attach")
    press(page, "place-documents")
    press(page, "file-cv")
    press(page, "picker-open")
    press(page, "send")
    assert "Merci pour votre message" in html(page)


def test_a_message_without_address_stays_and_says_where_to_write(open_page: Open) -> None:
    page = open_page("young/mailbox.py", Role.GUEST)
    press(page, "exercise-spontanee")
    press(page, "new-mail")
    press(page, "row-texte")
    press(page, "next")
    press(page, "next")
    press(page, "send")
    assert page.title[0].value == "À qui écris-tu\u00a0?"
    assert "la case « À »" in " ".join([*(str(one.value) for one in page.text), html(page)]).replace("\u00a0", " ")


def test_the_scam_is_reported_and_the_download_is_in_the_picker(open_page: Open) -> None:
    page = open_page("young/mailbox.py", Role.GUEST)
    press(page, "exercise-trier")
    press(page, "mail-arnaque-colis")
    press(page, "sort-signaler")
    assert "Ce qui le trahit" in html(page)
    press(page, "mail-atelier")
    press(page, "download-atelier")
    press(page, "other-exercise")
    press(page, "exercise-offre")
    press(page, "mail-offre-transmise")
    press(page, "new-from-mail")
    press(page, "row-piece")
    press(page, "attach")
    press(page, "place-telechargements")
    assert page.button("file-convocation").label
