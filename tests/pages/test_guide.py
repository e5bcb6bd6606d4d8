"""The guided CV, screen by screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from clicnjob import db, policy, works
from clicnjob.cv.document import compose
from clicnjob.cv.model import bag, guide
from clicnjob.cv.model.bag import Bag
from clicnjob.cv.model.profile import Cv, Experience, Profile
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.demo import people
from clicnjob.models import Account, Role
from clicnjob.ui.shell import open_work
from clicnjob.ui.young.guide.screens import SCREENS
from tests import make
from tests.pages.conftest import APP, check, html

PAGE = "../../pages/young/guide.py"
Seat = Callable[[Role | None], Account | None]


@pytest.fixture
def lina(sign_in: Seat) -> Account:
    """Somebody with a whole CV, at the keyboard."""
    account = sign_in(Role.YOUNG)
    assert account is not None
    with db.write_transaction() as session:
        people.fill_bag(session, account, *make.whole())
    return account


def kept(account: Account) -> Bag:
    with db.read_transaction() as session:
        found = bag.own_bag(session, of=account)
    assert found is not None
    return found


def at(account: Account, place: str) -> AppTest:
    """The guided CV at one place."""
    with db.write_transaction() as session:
        bag.mark_place(session, by=account, cv_id=kept(account).cvs[0].id, place=place)
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    page.switch_page(PAGE).run()
    return page


def places(account: Account) -> list[str]:
    """Every place that this person's answers lead through."""
    profile = kept(account).profile
    way = [str(place) for place in guide._main_way(profile, make.TODAY) if place.screen != "fin"]
    way += [f"{guide.SHORT}:{screen}" for screen in guide._SHORT_SCREENS]
    chains = [(guide.EXPERIENCE, profile.experiences), (guide.STUDY, profile.studies)]
    return [*way, *(f"{screen}/{item.id}" for chain, items in chains for item in items[:1] for screen in chain)]


def test_every_screen_has_words_and_a_drawing() -> None:
    spoken = set(cv_prompts().screens) - {"experiences_suite", "etudes_suite", "fin"}
    assert spoken == set(SCREENS)


@pytest.mark.long
@pytest.mark.slow
def test_every_place_of_a_whole_cv_can_be_shown(lina: Account) -> None:
    for place in places(lina):
        page = at(lina, place)
        check(page, Role.YOUNG)
        assert page.button("skip"), place


def test_an_empty_cv_can_be_passed_through_from_start_to_end(sign_in: Seat) -> None:
    assert len(passed(sign_in, "start")) == 14


def test_the_short_way_passes_by_five_questions(sign_in: Seat) -> None:
    assert len(passed(sign_in, "start-short")) == 5


def passed(sign_in: Seat, start: str) -> list[str]:
    """The questions from the home page to « Ma page » for somebody who answers none."""
    sign_in(Role.GUEST)
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    page.button(start).click().run()
    questions: list[str] = []
    while page.title[0].value != "Ma page":
        check(page, Role.GUEST)
        questions.append(page.title[0].value)
        page.button("skip").click().run()
        assert len(questions) < 30
    assert len(questions) == len(set(questions))
    return questions


def test_continuing_without_a_needed_answer_says_what_to_do_and_stays(sign_in: Seat) -> None:
    account = sign_in(Role.YOUNG)
    assert account is not None
    AppTest.from_file(str(APP), default_timeout=20).run()
    for place in ("prenom_nom", "telephone", "metier"):
        page = at(account, place)
        asked = page.title[0].value
        page.button("next").click().run()
        assert page.title[0].value == asked
        assert cv_prompts().screens[place].manque.replace("«", "").split("\u00a0")[0].strip() in html(page)


def test_where_a_tile_is_the_answer_nothing_continues_without_one(sign_in: Seat) -> None:
    account = sign_in(Role.YOUNG)
    assert account is not None
    AppTest.from_file(str(APP), default_timeout=20).run()
    for place in ("experiences", "etudes"):
        page = at(account, place)
        assert "next" not in {button.key for button in page.button}, place
    button(page, "CAP").click().run()
    assert kept(account).profile.studies[0].level == "cap"
    assert "spécialité" in page.title[0].value


def test_back_leads_to_the_question_seen_before(lina: Account) -> None:
    page = at(lina, "mobilite")
    page.button("next").click().run()
    assert page.title[0].value == cv_prompts().screens["experiences_suite"].question
    page.button("back").click().run()
    assert page.title[0].value == cv_prompts().screens["mobilite"].question


def test_a_wish_leads_to_jobs_and_is_not_printed(sign_in: Seat) -> None:
    account = sign_in(Role.YOUNG)
    assert account is not None
    AppTest.from_file(str(APP), default_timeout=20).run()
    page = at(account, "metier")
    field(page, "Ce que tu veux faire").input("un truc dans les motos").run()
    cv = kept(account).cvs[0].cv
    assert (cv.wish, cv.job_wanted) == ("un truc dans les motos", "")
    button(page, "Réparateur de vélos et de motos").click().run()
    cv = kept(account).cvs[0].cv
    assert (cv.wish, cv.job_wanted) == ("", "Réparateur de vélos et de motos")


def test_words_that_name_a_job_become_the_job_at_once(sign_in: Seat) -> None:
    account = sign_in(Role.YOUNG)
    assert account is not None
    AppTest.from_file(str(APP), default_timeout=20).run()
    page = at(account, "metier")
    field(page, "Ce que tu veux faire").input("vendeuse en boulangerie").run()
    assert kept(account).cvs[0].cv.job_wanted == "Vendeuse en boulangerie"


def test_what_was_done_is_offered_as_a_job_except_a_stage(sign_in: Seat) -> None:
    account = sign_in(Role.YOUNG)
    assert account is not None
    AppTest.from_file(str(APP), default_timeout=20).run()
    done = [Experience(title="Stage vendeuse"), Experience(title="Employée polyvalente")]
    with db.write_transaction() as session:
        people.fill_bag(session, account, Profile(first_name="Ana", experiences=done), Cv())
    tiles = [button.label for button in at(account, "metier").button]
    assert [any(words in tile for tile in tiles) for words in ("Stage", "Employée polyvalente")] == [False, True]


def test_a_wish_in_distress_gets_the_right_door_and_no_job(sign_in: Seat) -> None:
    account = sign_in(Role.YOUNG)
    assert account is not None
    AppTest.from_file(str(APP), default_timeout=20).run()
    page = at(account, "metier")
    field(page, "Ce que tu veux faire").input("je veux mourir").run()
    assert "3114" in html(page)
    assert "own-job" not in {button.key for button in page.button}


def test_a_new_job_changes_the_sentence_and_says_so(lina: Account) -> None:
    page = at(lina, "metier")
    field(page, "Ce que tu veux faire").input("vendeuse").run()
    before = kept(lina).cvs[0].cv
    assert before.job_wanted == "Vendeuse"
    assert not [line for line in before.opening if "serveuse" in line.lower()] or "parle encore" in html(page)


def test_the_age_is_asked_by_one_tick_and_stored_nowhere(sign_in: Seat) -> None:
    account = sign_in(Role.YOUNG)
    assert account is not None
    AppTest.from_file(str(APP), default_timeout=20).run()
    page = at(account, "metier")
    before = kept(account)
    next(box for box in page.checkbox if "18 ans" in box.label).check().run()
    pills = next(group for group in page.button_group if "aim" in group.key)
    assert "Un stage" in str(pills.options[0])
    assert kept(account) == before


def test_an_improvement_opens_its_question_and_leads_back_to_the_page(lina: Account) -> None:
    page = at(lina, f"{guide.ALONE}:ville")
    assert button(page, "Revoir ma page")
    page.button("next").click().run()
    assert page.title[0].value == "Ma page"


def test_what_is_typed_is_kept_at_once_and_shown_on_the_page(lina: Account) -> None:
    page = at(lina, "prenom_nom")
    field(page, "Prénom").input("Zoé").run()
    assert kept(lina).profile.first_name == "Zoé"
    assert "Zoé MOREL" in html(page)
    assert "Enregistré" in html(page)


def test_nothing_says_saved_before_anything_is_typed_and_a_guest_reads_until_when(sign_in: Seat) -> None:
    guest = sign_in(Role.GUEST)
    assert guest is not None
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    button(page, "Mon CV en 10 minutes").click().run()
    assert page.title[0].value == "Comment t’appelles-tu\u00a0?"
    assert "✓ Enregistré" not in html(page)
    field(page, "Prénom").input("Zoé").run()
    assert "✓ Enregistré jusqu’à la fin de ta visite" in html(page)


def test_two_fields_changed_at_once_are_both_kept(lina: Account) -> None:
    page = at(lina, "prenom_nom")
    field(page, "Prénom").input("Inès")
    field(page, "Nom").input("Benali").run()
    profile = kept(lina).profile
    assert (profile.first_name, profile.last_name) == ("Inès", "Benali")


def test_a_telephone_that_cannot_be_keeps_the_text_and_says_what_to_do(lina: Account) -> None:
    page = at(lina, "telephone")
    field(page, "Téléphone").input("06 12 maman").run()
    page.button("next").click().run()
    assert "numéro de téléphone" in page.title[0].value
    assert page.error
    assert field(page, "Téléphone").value == "06 12 maman"
    assert kept(lina).profile.phone == make.whole()[0].phone


def test_one_can_always_pass_a_question(lina: Account) -> None:
    page = at(lina, "telephone")
    field(page, "Téléphone").input("06 12 maman").run()
    page.button("skip").click().run()
    assert "métier" in page.title[0].value


def test_undo_takes_back_the_last_answer(lina: Account) -> None:
    page = at(lina, "prenom_nom")
    field(page, "Prénom").input("Zoé").run()
    page.button("undo").click().run()
    assert kept(lina).profile.first_name == "Lina"
    assert field(page, "Prénom").value == "Lina"


def test_work_saved_in_another_window_is_not_overwritten(lina: Account) -> None:
    page = at(lina, "prenom_nom")
    with db.write_transaction() as session:
        seen = bag.own_bag(session, of=lina)
        assert seen is not None

        def move(profile, cv) -> None:  # type: ignore[no-untyped-def]
            profile.town = "Lens"

        bag.save_answer(
            session, by=lina, cv_id=seen.cvs[0].id, alter=move, bases=seen.versions, operation=works.new_operation()
        )
    field(page, "Prénom").input("Zoé").run()
    profile = kept(lina).profile
    assert (profile.first_name, profile.town) == ("Zoé", "Lens")


def test_a_phrase_is_ticked_and_takes_its_number(lina: Account) -> None:
    item = kept(lina).profile.experiences[0]
    page = at(lina, f"experience_phrases/{item.id}")
    boxes = [box for box in page.checkbox if not box.value]
    boxes[0].check().run()
    assert len(kept(lina).profile.experiences[0].phrases) == len(item.phrases) + 1


def test_the_kind_of_experience_leads_to_its_activities(sign_in: Seat) -> None:
    account = sign_in(Role.YOUNG)
    assert account is not None
    AppTest.from_file(str(APP), default_timeout=20).run()
    page = at(account, "experiences")
    button(page, "Un stage").click().run()
    assert "activité" in page.title[0].value
    button(page, cv_prompts().activities_of("stage")[0].nom).click().run()
    assert kept(account).profile.experiences[0].activity == cv_prompts().activities_of("stage")[0].cle


def test_at_most_three_qualities_are_kept(lina: Account) -> None:
    page = at(lina, "qualites")
    pills = next(group for group in page.button_group if "qualities" in group.key)
    pills.set_value(list(cv_prompts().qualities)[:5]).run()
    assert len(kept(lina).profile.qualities) == 3


def test_the_place_is_the_same_after_coming_back(lina: Account) -> None:
    at(lina, "telephone").button("next").click().run()
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    page.switch_page(PAGE).run()
    assert "métier" in page.title[0].value


def test_the_desk_makes_its_document_once(lina: Account) -> None:
    cards = kept(lina)
    now = open_work.Desk(me=lina, bag=cards, card=cards.cvs[0])  # type: ignore[arg-type]
    assert now.document is now.document


def field(page: AppTest, label: str):  # type: ignore[no-untyped-def]
    return next(widget for widget in page.text_input if widget.label == label)


def button(page: AppTest, label: str):  # type: ignore[no-untyped-def]
    return next(widget for widget in page.button if widget.label == label)


def test_what_is_typed_in_a_full_space_stays_in_its_box_and_says_what_to_do(
    lina: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = at(lina, places(lina)[0])
    box = next(box for box in page.text_input if box.label == "Prénom")
    before = kept(lina).profile
    monkeypatch.setattr(policy, "WORK_CHARACTERS", 10)
    box.set_value("Un prénom bien plus long qu’avant").run()
    assert next(b for b in page.text_input if b.label == "Prénom").value == "Un prénom bien plus long qu’avant"
    assert kept(lina).profile == before
    assert "Pas encore enregistré" in html(page)
    assert "Ton espace est plein" in html(page)


def test_a_name_that_no_font_draws_is_told_where_it_is_typed(lina: Account) -> None:
    page = at(lina, "prenom_nom")
    assert not page.warning
    field(page, "Prénom").input("🦄🦄").run()
    assert "Ce nom ne s’imprime pas" in page.warning[0].value
    field(page, "Prénom").input("Zoé 🦄").run()
    assert "Ces signes ne s’impriment pas" in page.warning[0].value


def test_the_experiences_go_back_to_the_order_by_date_with_one_gesture(lina: Account) -> None:
    by_id = {each.id: each for each in kept(lina).profile.experiences}
    oldest = by_id[[each for each in compose.newest_experiences_first(kept(lina).profile) if each in by_id][-1]]

    def wants_another_job(profile: Profile, cv: Cv) -> None:
        cv.job_wanted, cv.order = oldest.title, []

    open_bag = kept(lina)
    with db.write_transaction() as session:
        bag.save_answer(
            session,
            by=lina,
            cv_id=open_bag.cvs[0].id,
            alter=wants_another_job,
            bases=open_bag.versions,
            operation="essai",
        )
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    page.switch_page("../../pages/young/sheet.py").run()
    by_date = list(compose.newest_experiences_first(kept(lina).profile))
    shown = [item for item, _ in compose.section_items(kept(lina).profile, "experiences", kept(lina).cvs[0].cv)]
    assert shown != by_date and page.button("order-for-job").disabled
    page.button("order-by-date").click().run()
    assert kept(lina).cvs[0].cv.order == by_date
    page.button("order-for-job").click().run()
    assert kept(lina).cvs[0].cv.order == []
