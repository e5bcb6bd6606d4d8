"""« Deux dossiers pour une personne »: compared on the sheet, made one, separated again."""

from __future__ import annotations

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from clicnjob import db, models
from clicnjob.accounts import staff
from clicnjob.models import Account, FileMerge, Password, Role
from tests.pages.conftest import html, texts
from tests.pages.test_cohort import SignInAs, open_at, page_of, signed_in, young

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
PASSWORD = "quatre mots assez longs"


def keeping(account_id: str) -> AppTest:
    """The part « Dossier » of a sheet."""
    page = page_of("adviser/person.py").run()
    page.session_state["person_part"] = "dossier"
    return open_at(page, account_id)


def test_two_files_are_compared_made_one_and_separated_on_the_sheet(sign_in: SignInAs) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    one, other = young(claire, "Zoé", "Ben Salah"), young(claire, "Zoe", "Bensalah")
    page = keeping(one)
    assert any("Zoe Bensalah\u00a0: même nom." in text for text in texts(page))
    page.button(f"compare-{other}").click().run()
    assert "Celui-ci, qui reste" in html(page) and "L’autre, qui disparaît" in html(page)
    page.checkbox("merge-agreed").check()
    page.button("merge-go").click().run()
    with db.read_transaction() as session:
        merge = session.exec(select(FileMerge)).one()
    assert "open_person" not in page.session_state, "the next list would lead back to this sheet"
    page = keeping(merge.kept_id)
    assert any("Réuni avec le dossier de" in text for text in texts(page))
    page.button(f"unmerge-{merge.id}").click().run()
    assert not page.exception
    with db.read_transaction() as session:
        assert session.exec(select(FileMerge.undone_at)).one() is not None


def test_a_file_that_its_owner_has_used_is_merged_only_with_the_password(sign_in: SignInAs) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    one, other = young(claire, "Zoé", "Ben Salah"), young(claire, "Zoe", "Bensalah")
    with db.write_transaction() as session:
        session.add(Password(account_id=claire.id, login="claire", hash=staff.seal_password(PASSWORD)))
        for account_id in (one, other):
            session.get_one(Account, account_id).seen_at = models.utc_now()
    page = keeping(one)
    page.button(f"compare-{other}").click().run()
    page.checkbox("merge-agreed").check()
    for typed, merged in (("", 0), ("faux", 0), (PASSWORD, 1)):
        page.text_input("proof-typed-merge").input(typed)
        page.button("merge-go").click().run()
        assert not page.exception
        with db.read_transaction() as session:
            assert len(session.exec(select(FileMerge)).all()) == merged
