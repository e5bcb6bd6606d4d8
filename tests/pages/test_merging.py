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
    assert "Les deux dossiers sont réunis." in html(page) and page.session_state["person"] == merge.kept_id
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


def test_what_changed_since_the_files_were_compared_is_shown_before_anything_is_merged(sign_in: SignInAs) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    one, other = young(claire, "Zoé", "Ben Salah"), young(claire, "Zoe", "Bensalah")
    page = keeping(one)
    page.button(f"compare-{other}").click().run()
    page.checkbox("merge-agreed").check()
    with db.write_transaction() as session:  # a colleague corrects the name that one of the answers takes
        session.get_one(Account, one).last_name = "Ben Sallah"
    page.button("merge-go").click().run()
    assert not page.exception and "Quelqu’un vient de changer cela." in html(page)
    assert page.checkbox("merge-agreed").value is True
    with db.read_transaction() as session:
        assert session.exec(select(FileMerge)).first() is None
    page.button("merge-go").click().run()
    with db.read_transaction() as session:
        assert session.exec(select(FileMerge)).one().undone_at is None


def test_files_of_somebody_who_was_handed_over_since_are_not_merged(sign_in: SignInAs) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    one, other = young(claire, "Zoé", "Ben Salah"), young(claire, "Zoe", "Bensalah")
    page = keeping(one)
    page.button(f"compare-{other}").click().run()
    page.checkbox("merge-agreed").check()
    with db.write_transaction() as session:
        session.get_one(Account, other).adviser_id = None
    page.button("merge-go").click().run()
    assert not page.exception
    with db.read_transaction() as session:
        assert session.exec(select(FileMerge)).first() is None


@pytest.mark.parametrize("opened", [0, 1])
def test_a_second_click_merges_nothing_more_and_the_kept_file_stays_open(sign_in: SignInAs, opened: int) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    both = young(claire, "Zoé", "Ben Salah"), young(claire, "Zoe", "Bensalah")
    page = keeping(both[opened])
    page.button(f"compare-{both[1 - opened]}").click().run()
    page.checkbox("merge-agreed").check()
    page.button("merge-go").click()
    sent = page._tree.get_widget_states()
    for _click in range(2):
        page._run(sent)
        assert not page.exception and "Aucune fiche ouverte" not in [title.value for title in page.title]
    with db.read_transaction() as session:
        merge = session.exec(select(FileMerge)).one()
    assert page.run().session_state["person"] == merge.kept_id
    assert page.title[0].value in ("Zoé Ben Salah", "Zoe Bensalah")
