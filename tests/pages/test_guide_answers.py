"""The questions of the guided CV: what one may answer, and what the page makes of it."""

from __future__ import annotations

from datetime import date

from streamlit.testing.v1 import AppTest

from clicnjob import db
from clicnjob.cv.model import activities
from clicnjob.cv.model.profile import Experience, Language, Period, Profile
from clicnjob.demo import people
from clicnjob.jobs import finder
from clicnjob.models import Account, Role
from tests import make
from tests.pages.conftest import check, html
from tests.pages.test_guide import Seat, at, button, field, kept


def somebody(sign_in: Seat, profile: Profile) -> Account:
    """Somebody with these answers, at the keyboard."""
    account = sign_in(Role.YOUNG)
    assert account is not None
    with db.write_transaction() as session:
        people.fill_bag(session, account, profile, make.whole()[1])
        finder.search_index(session)  # built once for the process: a page of a test may not wait for it
    activities.activity_index()
    return account


def with_experience(sign_in: Seat, item: Experience) -> Account:
    return somebody(sign_in, Profile(first_name="Sam", last_name="Diop", experiences=[item]))


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def test_the_list_finds_an_activity_over_all_kinds_and_asks_which_kind_it_was(sign_in: Seat) -> None:
    account = somebody(sign_in, Profile(first_name="Sam"))
    page = at(account, "experiences")
    field(page, "Cherche avec tes mots").input("moto").run()
    check(page, Role.YOUNG)
    button(page, "Réparer motos et scooters").click().run()
    check(page, Role.YOUNG)
    assert {"Un stage", "Un travail", "Un projet à moi"} <= set(labels(page))
    button(page, "Un stage").click().run()
    assert "Qu’est-ce que tu as fait" in page.title[0].value
    assert [(e.kind, e.activity) for e in kept(account).profile.experiences] == [("stage", "mecanique-moto")]


def test_words_that_name_the_kind_need_no_question(sign_in: Seat) -> None:
    account = somebody(sign_in, Profile(first_name="Sam"))
    page = at(account, "experiences")
    field(page, "Cherche avec tes mots").input("stage garage").run()
    button(page, "Mécanique auto").click().run()
    assert [(e.kind, e.activity) for e in kept(account).profile.experiences] == [("stage", "mecanique-auto")]


def test_one_can_leave_the_question_of_the_kind(sign_in: Seat) -> None:
    account = somebody(sign_in, Profile(first_name="Sam"))
    page = at(account, "experiences")
    field(page, "Cherche avec tes mots").input("moto").run()
    button(page, "Réparer motos et scooters").click().run()
    button(page, "Choisir autre chose").click().run()
    assert field(page, "Cherche avec tes mots") and not kept(account).profile.experiences


def test_an_activity_of_another_kind_ends_in_the_right_experience(sign_in: Seat) -> None:
    item = Experience(
        kind="stage", activity="ehpad", phrases=["Frapper à la porte et saluer le résident avant d’entrer"]
    )
    account = with_experience(sign_in, item)
    page = at(account, f"experience_activite/{item.id}")
    field(page, "Cherche avec tes mots").input("ma mère malade").run()
    button(page, "Aider un proche malade").click().run()
    found = kept(account).profile.experiences
    assert [(e.kind, e.activity, e.phrases) for e in found] == [("aide_famille", "aidant-proche", [])]
    assert "ancienne activité" in " ".join(toast.value for toast in page.toast) + html(page)


def test_somebody_in_danger_is_answered_with_whom_to_call(sign_in: Seat) -> None:
    page = at(somebody(sign_in, Profile(first_name="Sam")), "experiences")
    field(page, "Cherche avec tes mots").input("mon père me frappe").run()
    assert "119" in html(page)


def test_words_without_an_answer_say_what_to_try(sign_in: Seat) -> None:
    page = at(somebody(sign_in, Profile(first_name="Sam")), "experiences")
    field(page, "Cherche avec tes mots").input("azertyuiop").run()
    assert "Essaie avec un lieu" in " ".join(each.value for each in page.info)


def test_an_experience_without_a_name_is_on_the_page_and_in_the_list(sign_in: Seat) -> None:
    item = Experience(kind="stage", activity="mecanique-auto")
    account = with_experience(sign_in, item)
    page = at(account, "experiences")
    assert html(page).count("Stage\u00a0: mécanique automobile") == 2  # the list and the preview
    assert "Sur ta page" in html(at(account, f"experience_intitule/{item.id}"))


def test_one_is_a_number(sign_in: Seat) -> None:
    line = "Préparer le goûter et réchauffer le dîner"
    item = Experience(kind="petit_boulot", activity="baby-sitting", phrases=[line])
    account = with_experience(sign_in, item)
    page = at(account, f"experience_phrases/{item.id}")
    box = next(box for box in (*page.number_input, *page.text_input) if box.label.startswith("Combien"))
    box.set_value(1 if box in page.number_input else "1").run()
    assert kept(account).profile.experiences[0].phrases == [f"{line} pour 1 enfant"]


def test_a_date_ahead_is_refused_at_once_and_printed_nowhere(sign_in: Seat) -> None:
    item = Experience(kind="travail", title="Serveuse")
    account = with_experience(sign_in, item)
    page = at(account, f"experience_dates/{item.id}")
    field(page, "Début").input(f"mars {date.today().year + 4}").run()
    assert "pas encore arrivé" in " ".join(each.value for each in page.error)
    assert kept(account).profile.experiences[0].period == Period()


def test_a_missing_end_is_asked_for_and_not_taken_for_ongoing(sign_in: Seat) -> None:
    item = Experience(kind="travail", title="Serveuse", period=Period(start="2024-03"))
    page = at(with_experience(sign_in, item), f"experience_dates/{item.id}")
    assert "Et la fin" in " ".join(each.value for each in page.info)
    assert "depuis mars 2024" not in html(page)


def test_the_sport_is_asked_and_named_in_the_title(sign_in: Seat) -> None:
    item = Experience(kind="sport_asso", activity="sport-collectif")
    account = with_experience(sign_in, item)
    page = at(account, f"experience_intitule/{item.id}")
    next(group for group in page.button_group if "detail" in group.key).select("football").run()
    next(group for group in page.button_group if "title" in group.key).select("Joueur de football en club").run()
    assert kept(account).profile.experiences[0].title == "Joueur de football en club"
    page = at(account, f"experience_intitule/{item.id}")  # a name that was chosen leads to the next question
    next(group for group in page.button_group if "detail" in group.key).select("rugby").run()
    assert kept(account).profile.experiences[0].title == "Joueur de rugby en club"


def test_the_lines_of_a_language_are_independent_and_the_words_of_the_page_are_shown(sign_in: Seat) -> None:
    spoken = Language(key="anglais", can_do=["b1-ecouter", "b1-parler", "b2-parler"])
    account = somebody(sign_in, Profile(first_name="Sam", languages=[spoken]))
    page = at(account, f"langue_niveau/{spoken.id}")
    check(page, Role.YOUNG)
    assert "Anglais\u00a0: niveau intermédiaire (B1)" in html(page)
    assert [box.label for box in page.checkbox if box.value and "raconter" in box.label]


def test_a_kind_that_needs_discretion_says_that_the_person_chooses_the_words(sign_in: Seat) -> None:
    for kind in ("parent", "atelier"):
        item = Experience.model_validate({"kind": kind})
        page = at(with_experience(sign_in, item), f"experience_intitule/{item.id}")
        assert "Tu choisis" in html(page) or "Le travail compte" in html(page)
