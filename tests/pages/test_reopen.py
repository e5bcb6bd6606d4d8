"""« Reprendre mon CV » through its page: what comes back opens, what comes from elsewhere is asked about, one thing at a time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clicnjob import db
from clicnjob.cv.exchange import work_file
from clicnjob.cv.model import bag
from clicnjob.cv.model.bag import Bag
from clicnjob.cv.model.profile import Cv, Experience, Profile
from clicnjob.models import Account, Role
from clicnjob.paths import ROOT
from tests.for_each import for_each
from tests.old_cvs import docx_layouts, pdf_layouts, people
from tests.pages.conftest import Open, html, texts

OURS = work_file.work_as_json(Profile(first_name="Awa", experiences=[Experience(title="Vendeuse")]), [Cv()], None)
ELSEWHERE = json.dumps({"basics": {"name": "BA Awa", "phone": "sur demande"}, "work": [{"startDate": "hier"}]}).encode()
CASES = ROOT.parent / "shared" / "cases"


def opened(open_page: Open, data: bytes, name: str = "cv") -> AppTest:
    page = open_page("young/reopen.py", Role.GUEST)
    return given(page, data, name)


def given(page: AppTest, data: bytes, name: str = "cv") -> AppTest:
    page.file_uploader[0].upload(name, data, "application/octet-stream").run()
    assert not page.exception
    return page


def own_bag_of() -> Bag:
    from sqlmodel import select

    with db.read_transaction() as session:
        account = session.exec(select(Account).where(Account.role == Role.GUEST)).one()
        found = bag.own_bag(session, of=account)
    assert found is not None
    return found


def pressed(page: AppTest, *keys: str) -> AppTest:
    for key in keys:
        page.button(key).click().run()
        assert not page.exception
    return page


def test_our_own_file_is_looked_at_then_taken_over(open_page: Open) -> None:
    page = opened(open_page, OURS)
    assert any("CV d’Awa" in text for text in texts(page))
    assert own_bag_of().profile.first_name == ""
    pressed(page, "adopt")
    assert own_bag_of().profile.first_name == "Awa"


def test_what_a_file_from_elsewhere_loses_is_said_before_it_is_taken_over(open_page: Open) -> None:
    page = opened(open_page, ELSEWHERE)
    said = " ".join(texts(page))
    assert "Ton téléphone" in said and "Ton 1ᵉʳ emploi" in said
    pressed(page, "adopt")
    assert (own_bag_of().profile.first_name, own_bag_of().profile.last_name) == ("Awa", "BA")


def test_a_refused_file_leaves_nothing_of_the_one_before(open_page: Open) -> None:
    page = opened(open_page, ELSEWHERE)
    pressed(page, "other-file")
    given(page, b"\xff\xd8\xff\xe0")
    assert "photo" in page.error[0].value and not [button for button in page.button if button.key == "adopt"]
    given(page, OURS)
    assert not page.error


def test_nothing_of_an_old_cv_enters_by_itself(open_page: Open) -> None:
    page = opened(open_page, pdf_layouts.pdf_of(pdf_layouts.two_columns(people.KEVIN)))
    pressed(page, *["found-no"] * 10)
    assert bag.is_empty(own_bag_of())
    assert [button.key for button in page.button if button.key == "found-go-on"]


def test_what_is_accepted_of_an_old_cv_becomes_an_answer_and_the_rest_does_not(open_page: Open) -> None:
    page = opened(open_page, docx_layouts.docx_of(docx_layouts.table_of_dates, people.KEVIN), "cv.docx")
    pressed(page, "found-yes", "found-no", "found-yes", "found-yes", "found-yes", "found-yes", "found-other")
    kept = own_bag_of()
    assert (kept.profile.first_name, kept.profile.last_name, kept.profile.phone) == ("Kévin", "MARTIN", "")
    assert (kept.profile.email, kept.profile.town) == ("kevin.martin59@exemple.fr", "Roubaix")
    assert kept.cvs[0].cv.job_wanted == "Préparateur de commandes"
    assert [one.place for one in kept.profile.experiences] == ["Entrepôt Nordlog"]
    assert [one.school for one in kept.profile.studies] == ["Mairie de Roubaix"]  # « C’est une formation »


def test_one_may_go_back_to_what_was_passed(open_page: Open) -> None:
    page = opened(open_page, docx_layouts.docx_of(docx_layouts.tabs, people.AWA))
    pressed(page, "found-no", "found-back", "found-yes")
    assert own_bag_of().profile.first_name == "Awa"


def test_the_old_cv_stays_beside_the_questions_and_is_stored_nowhere(open_page: Open, tmp_path: Path) -> None:
    page = opened(open_page, docx_layouts.docx_of(docx_layouts.tabs, people.KEVIN))
    pressed(page, *["found-no"] * 9)
    assert "Football en club depuis 2015" in html(page)
    with db.read_transaction() as session:
        driver = session.connection().connection.driver_connection
        assert driver is not None
        stored = "\n".join(driver.iterdump())
    assert "Nordlog" not in stored and "Football en club" not in stored


def test_words_of_an_old_cv_are_never_markup(open_page: Open) -> None:
    person = people.Person(
        **{**vars(people.AWA), "about": "<img src=x>", "hobbies": ("![x](http://x.fr/a.png)", "<b>Danse</b>")}
    )
    page = opened(open_page, docx_layouts.docx_of(docx_layouts.tabs, person))
    assert "<b>Danse" not in html(page) and "&lt;b&gt;Danse" in html(page)


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not beside the project")
@for_each("name", ["R1-proprietaire-seul.pdf", "Z1-recompresse-mac.zip", "P5-cv-simple.json", "J3-reactive-v4.json"])
def test_each_file_that_came_back_opens(open_page: Open, name: str) -> None:
    page = opened(open_page, (CASES / name).read_bytes(), name)
    assert any("CV d’Awa" in text for text in texts(page))


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not beside the project")
def test_a_printed_cv_tells_why_it_lost_its_answers_and_is_read(open_page: Open) -> None:
    page = opened(open_page, (CASES / "R1-imprime-en-pdf.pdf").read_bytes())
    assert "imprimé" in page.info[0].value
    pressed(page, *["found-yes"] * 10)
    kept = own_bag_of().profile
    assert (kept.first_name, kept.phone, len(kept.experiences), len(kept.studies)) == ("Awa", "+33612345678", 3, 2)
