"""« Ma page »: the final check, one gesture each, and the corrections reread together, written and undone at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from clicnjob import db
from clicnjob.cv.model import bag
from clicnjob.cv.model.bag import Bag
from clicnjob.cv.model.profile import Cv, Profile, Quality
from clicnjob.demo import people
from clicnjob.models import Account, Role
from tests import make
from tests.for_each import for_each
from tests.pages.conftest import APP, check

Seat = Callable[[Role | None], Account | None]
READY = "Tout est vérifié. Ta page peut partir."


@pytest.fixture
def open_sheet(sign_in: Seat) -> Callable[..., tuple[Account, AppTest]]:
    """Somebody with a whole CV, changed as the test says, on « Ma page »."""

    def opened(alter: Callable[[Profile, Cv], None]) -> tuple[Account, AppTest]:
        account = sign_in(Role.YOUNG)
        assert account is not None
        profile, cv = make.whole()
        alter(profile, cv)
        with db.write_transaction() as session:
            people.fill_bag(session, account, profile, cv)
        page = AppTest.from_file(str(APP), default_timeout=30).run()
        page.switch_page("../../pages/young/sheet.py").run()
        return account, page

    return opened


def kept(account: Account) -> Bag:
    with db.read_transaction() as session:
        found = bag.own_bag(session, of=account)
    assert found is not None
    return found


def press(page: AppTest, words: str) -> AppTest:
    next(button for button in page.button if button.label == words).click()
    return page.run()


def said(page: AppTest) -> list[str]:
    return [each.value for each in (*page.text, *page.success)]


def faulty(profile: Profile, cv: Cv) -> None:
    profile.town = "roubaix"
    profile.experiences[0].phrases = ["j'ai vendu des legume au marcher", "Servir 20 clients"]
    cv.opening = ["Je suis motiver"]


def test_a_whole_page_may_leave_and_says_so(open_sheet) -> None:
    _, page = open_sheet(lambda profile, cv: None)
    check(page, Role.YOUNG)
    assert READY in said(page)


def test_nothing_says_that_the_page_is_ready_beside_what_is_to_settle(open_sheet) -> None:
    _, page = open_sheet(faulty)
    assert READY not in said(page)
    assert not any("Bravo" in words for words in said(page))


def test_everything_is_corrected_at_once_and_undone_at_once(open_sheet) -> None:
    account, page = open_sheet(faulty)
    before = kept(account)
    press(page, "Tout corriger")
    assert {box.label.replace("\\", "") for box in page.checkbox} >= {
        "Roubaix", "j'ai vendu des légumes au marché", "Je suis motivé",
    }  # fmt: skip
    press(page, "Corriger ce qui est coché")
    after = kept(account)
    assert after.profile.town == "Roubaix"
    assert after.profile.experiences[0].phrases[0] == "j'ai vendu des légumes au marché"
    assert after.cvs[0].cv.opening == ["Je suis motivé"]
    assert READY in said(page)
    press(page, "Annuler")
    assert (kept(account).profile, kept(account).cvs[0].cv) == (before.profile, before.cvs[0].cv)


def test_what_is_not_ticked_stays_and_is_not_asked_about_again(open_sheet) -> None:
    account, page = open_sheet(faulty)
    press(page, "Tout corriger")
    next(box for box in page.checkbox if box.label == "Roubaix").uncheck()
    press(page, "Corriger ce qui est coché")
    assert kept(account).profile.town == "roubaix"
    assert READY in said(page)


def _bare(profile: Profile, cv: Cv) -> None:
    profile.experiences, profile.studies = [], []


def test_a_page_without_anything_done_is_not_said_to_be_usable(open_sheet) -> None:
    _, page = open_sheet(_bare)
    assert READY not in said(page)
    assert not any("utilisable" in words for words in said(page))
    assert "Ajouter une activité" in [button.label for button in page.button]
    page.switch_page("../../pages/young/sending.py").run()
    press(page, "Proposer mon CV")
    press(page, "Voir mon message")
    assert any(words.startswith("Regarde ton CV avant de l’envoyer.") for words in said(page))
    check(page, Role.YOUNG)


def _unclear(profile: Profile, cv: Cv) -> None:
    cv.job_wanted, cv.opening = "Un métier à moi", []


def test_a_remark_may_be_left_as_it_is(open_sheet) -> None:
    _, page = open_sheet(_unclear)
    assert READY not in said(page)
    press(page, "Laisser comme ça")
    assert READY in said(page)


def test_what_is_hidden_is_told_and_shown_again_by_one_gesture(open_sheet) -> None:
    account, page = open_sheet(lambda profile, cv: cv.hidden.append(profile.experiences[0].id))
    press(page, "Le montrer")
    assert kept(account).cvs[0].cv.hidden == []


FAULT = "Preparer les colis"


def _in_phrase(profile: Profile, cv: Cv) -> None:
    profile.experiences[0].phrases = [FAULT, *profile.experiences[0].phrases]


def _in_opening(profile: Profile, cv: Cv) -> None:
    cv.opening = [FAULT]


def _in_proof(profile: Profile, cv: Cv) -> None:
    profile.qualities = [Quality(label="Calme", proof=FAULT)]


def _in_study(profile: Profile, cv: Cv) -> None:
    profile.studies[0].title = FAULT


@pytest.mark.long
@for_each("alter", [_in_phrase, _in_opening, _in_proof, _in_study])
def test_the_words_to_see_stand_on_the_question_that_opens(open_sheet, alter) -> None:
    _, page = open_sheet(alter)
    press(page, "Tout corriger")
    press(page, "Voir les mots")
    shown = [box.value for box in (*page.text_input, *page.text_area)] + [box.label for box in page.checkbox]
    assert any(FAULT in (words or "") for words in shown), shown
