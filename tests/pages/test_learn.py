"""Lessons and scenes on their pages: done to the end, tried again, proposed on the way, opened by a group session."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from clicnjob import db
from clicnjob.learn import library, records
from clicnjob.models import Account, LearningKind, Role
from clicnjob.ui.shell import session_state
from tests.pages.conftest import APP, html

PAGES = "../../pages/young"
LESSON, SCENE = "joindre-un-fichier", "en-retard-le-premier-matin"


@pytest.fixture
def me(sign_in) -> Account:  # type: ignore[no-untyped-def]
    return sign_in(Role.YOUNG)


@pytest.fixture
def app(me: Account) -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=20).run()


def opened(app: AppTest, page: str) -> AppTest:
    app.switch_page(f"{PAGES}/{page}.py").run()
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    found = next(one for one in app.button if one.key == key or one.key.startswith(f"{key}·"))
    found.click().run()
    assert not app.exception
    return app


def title(app: AppTest) -> str:
    return app.title[0].value


def kept(me: Account, content_id: str = LESSON, kind: LearningKind = LearningKind.LESSON) -> records.OwnRecord:
    with db.read_transaction() as session:
        return records.own_record(session, of=me, kind=kind, content_id=content_id)


def at_lesson(app: AppTest, place: str, lesson: str = LESSON) -> AppTest:
    app.session_state[session_state.LESSON.name] = lesson
    app.session_state[session_state.LESSON_AT.name] = place
    return opened(app, "lesson")


def test_a_lesson_goes_from_the_list_to_its_end_and_is_kept(app: AppTest, me: Account) -> None:
    opened(app, "learn")
    press(app, "tile·learn-themes·mail")
    press(app, f"lesson-{LESSON}")
    opened(app, "lesson")  # AppTest forgets a change of page at the next run
    lesson = library.lesson_with_id(LESSON)
    for place in lesson.places[:-1]:
        assert f"Écran {lesson.places.index(place) + 1} sur {len(lesson.places)}" in html(app)
        press(app, "next")
    assert kept(me).place == lesson.places[-1]
    press(app, "next")
    assert title(app) == "C’est lu\u00a0!"
    assert [one.key for one in app.button if one.key in ("next-gesture", "other", "again")][0] == "next-gesture"
    record = kept(me)
    assert record.finished_at and record.due_at


def test_a_wrong_answer_is_explained_and_tried_again(app: AppTest, me: Account) -> None:
    at_lesson(app, "q1")
    press(app, "q1-b")
    assert "L’employeur reçoit deux mails." in html(app) and "Tu peux essayer autre chose." in html(app)
    assert not kept(me).answers
    press(app, "q1-a")
    assert "Le fichier est là avant l’envoi." in html(app)
    assert kept(me).answers["q1"] == ("a",)
    assert not any(word in html(app) for word in ("Bravo", "Faux\u00a0!", "points", "score"))


def test_a_file_is_named_until_its_name_says_whose_it_is(app: AppTest, me: Account) -> None:
    at_lesson(app, "e4")
    for name, said in (("CV-Lina", "Garde la fin du nom"), ("CV-Lina-Morel.pdf", "Ce nom dit ce que c’est")):
        app.text_input[0].set_value(name).run()
        press(app, "e4-check")
        assert said in html(app)
    assert kept(me).answers["e4"] == ("CV-Lina-Morel.pdf",)


def test_what_is_typed_is_never_markup(app: AppTest) -> None:
    at_lesson(app, "e5")
    app.text_input[0].set_value("<b>gras</b> [x](y)").run()
    press(app, "e5-check")
    assert "<b>gras</b>" not in html(app)


def test_an_order_is_touched_line_by_line(app: AppTest, me: Account) -> None:
    at_lesson(app, "q1", "un-mot-de-passe")
    for position in ("0", "1", "3", "2"):
        press(app, f"q1-place-{position}")
    assert "Les 2 premières lignes sont à leur place." in html(app)
    for position in ("2", "3"):
        press(app, f"q1-place-{position}")
    assert kept(me, "un-mot-de-passe").answers["q1"] == ("0", "1", "2", "3")


def test_each_thing_is_judged_by_itself_and_the_right_ones_stay(app: AppTest, me: Account) -> None:
    at_lesson(app, "e3", "un-mot-de-passe")
    press(app, "e3-a-True")
    press(app, "e3-b-True")
    assert kept(me, "un-mot-de-passe").answers["e3"] == ("b=oui",)
    for key in ("e3-a-False", "e3-c-False", "e3-d-False"):
        press(app, key)
    assert len(kept(me, "un-mot-de-passe").answers["e3"]) == 4


def test_a_scene_shows_what_a_choice_led_to_and_can_be_played_another_way(app: AppTest, me: Account) -> None:
    app.session_state[session_state.SCENE.name] = SCENE
    opened(app, "scene")
    press(app, "choice-reveil-coucher")
    assert "La honte donne envie de disparaître." in html(app)
    press(app, "step-back")
    assert title(app) == "Ton téléphone"
    press(app, "choice-reveil-appeler")
    press(app, "choice-appel-vrai")
    assert "À retenir" in html(app)
    assert kept(me, SCENE, LearningKind.SCENE).finished_at
    press(app, "other-way")
    assert title(app) == "Ton téléphone"


def test_an_unknown_lesson_leads_to_the_list(app: AppTest) -> None:
    app.session_state[session_state.LESSON.name] = "effacee-depuis"
    assert title(opened(app, "lesson")) == "Apprendre"


@pytest.mark.parametrize("role", [Role.YOUNG, Role.GUEST])
@pytest.mark.parametrize("page", ["learn", "lesson", "scene"])
def test_the_pages_are_for_young_people_and_guests(open_page, role: Role, page: str) -> None:  # type: ignore[no-untyped-def]
    assert open_page(f"young/{page}.py", role).title[0].value == "Apprendre"
