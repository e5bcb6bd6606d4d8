"""« Leçons de la structure » and what young people see of them, through the pages, by role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from clicnjob import db, models
from clicnjob.learn import reports
from clicnjob.learn.own import writing, written_lessons
from clicnjob.models import SUPPORT_ROLES, Account, LearningKind, Organisation, OwnLesson, Role
from clicnjob.own_content import changes
from tests.conftest import person
from tests.pages.conftest import APP, EVERY_PAGE_FOR_ANYBODY, Open, check, html

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")

FILE, LESSON = "trainer/lessons.py", LearningKind.LESSON
SignIn = Callable[[Role | None], Account | None]


def box(page: AppTest, label: str) -> Any:
    return next(one for one in (*page.text_input, *page.text_area) if one.label.startswith(label))


def opened(file: str) -> AppTest:
    return AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file=file), default_timeout=20).run()


def published_by(organisation_id: str | None, kind: LearningKind = LESSON) -> str:
    """A lesson of that structure which its young people see."""
    source = "joindre-un-fichier" if kind is LESSON else "premier-jour-en-retard"
    now = models.utc_now()
    with db.write_transaction() as session:
        by = person(session, Role.TRAINER, organisation_id=organisation_id or "")
        made = writing.copy_lesson(session, by=by, kind=kind, content_id=source, now=now)
        shown = [changes.value_fingerprint("Joindre ton CV à un mail")]
        writing.set_value(session, by=by, lesson_id=made, path=("titre",), value="Le *nôtre*", shown=shown, now=now)
        base = session.get_one(OwnLesson, made).version
        writing.publish_lesson(session, by=by, lesson_id=made, base=base, today=now.date(), now=now)
    return made


@pytest.mark.parametrize("role", sorted(SUPPORT_ROLES))
def test_a_lesson_is_begun_written_looked_at_and_undone(open_page: Open, role: Role) -> None:
    page = open_page(FILE, role)
    page.button("begin-lesson").click().run()
    check(page, role)
    box(page, "Titre de la leçon").set_value("Mon <b>mail</b>").run()
    assert page.title[0].value == "Mon \\<b>mail\\</b>" and "Pas de balise HTML" in html(page)
    page.button("outline-whole").click().run()
    first = next(one.key for one in page.button if one.key.startswith("outline-p-"))
    page.button(first).click().run()
    box(page, "Titre de l’écran").set_value("C'est quoi ?").run()
    check(page, role)
    assert "C’est quoi\u00a0?" in html(page)
    page.button("editor-undo").click().run()
    page.button("editor-undo").click().run()
    assert page.title[0].value == "Sans titre"
    check(page, role)


@pytest.mark.parametrize("form", ["geste.juger", "comparer", "geste.nommer"])
def test_every_kind_of_screen_can_be_written_and_looked_at(open_page: Open, form: str) -> None:
    page = open_page(FILE, Role.TRAINER)
    page.button("begin-lesson").click().run()
    adding = next(one for one in page.selectbox if one.label == "Nouvel écran")
    adding.select(form).run()
    check(page, Role.TRAINER)
    assert page.header[0].value.startswith("Écran 3")


def test_a_scene_is_begun_and_a_moment_leads_to_another(open_page: Open) -> None:
    page = open_page(FILE, Role.HEAD)
    page.button("begin-scene").click().run()
    page.button(next(one.key for one in page.button if one.key.startswith("outline-p-"))).click().run()
    leads = [one for one in page.selectbox if one.label == "Il mène à"]
    leads[0].select(leads[0].options and leads[0].value).run()
    check(page, Role.HEAD)
    box(page, "Qui est là").set_value("Ton chef").run()
    assert any(one.label.endswith("Ton chef") for one in page.button)


def test_a_colleague_s_words_are_shown_and_neither_text_is_lost(sign_in: SignIn) -> None:
    trainer = sign_in(Role.TRAINER)
    assert trainer is not None
    page = opened(FILE)
    page.button("begin-lesson").click().run()
    with db.write_transaction() as session:
        lesson = written_lessons.structure_lessons(session, of=trainer)[0].id
        writing.set_value(
            session, by=trainer, lesson_id=lesson, path=("titre",), value="Le sien",
            shown=[changes.value_fingerprint("")], now=models.utc_now(),
        )  # fmt: skip
    box(page, "Titre de la leçon").set_value("Le mien").run()
    assert "Le sien" in page.error[0].value and box(page, "Titre de la leçon").value == "Le mien"
    box(page, "Titre de la leçon").set_value("Le nôtre").run()
    assert not page.error and page.title[0].value == "Le nôtre"


def test_a_lesson_is_deleted_after_a_second_question(open_page: Open) -> None:
    page = open_page(FILE, Role.TRAINER)
    page.button("begin-lesson").click().run()
    page.button("editor-delete").click().run()
    page.button("editor-keep").click().run()
    page.button("editor-delete").click().run()
    page.button("editor-delete-sure").click().run()
    check(page, Role.TRAINER)
    with db.read_transaction() as session:
        assert session.exec(select(OwnLesson)).all() == []


def test_a_young_person_sees_it_does_it_and_reports_a_screen(sign_in: SignIn) -> None:
    young = sign_in(Role.YOUNG)
    assert young is not None
    made = published_by(young.organisation_id)
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    page.switch_page("../../pages/young/learn.py").run()
    next(one for one in page.button if one.key.startswith("tile·learn-structure")).click().run()
    check(page, Role.YOUNG)
    page.button(f"lesson-{made}").click().run()
    page.switch_page("../../pages/young/lesson.py").run()
    check(page, Role.YOUNG)
    assert "Le *nôtre*" in html(page)
    next(one for one in page.checkbox if one.label == "Il y a une faute").check()
    next(one for one in page.button if one.label == "Signaler").click().run()
    with db.read_transaction() as session:
        head = Account(role=Role.HEAD, organisation_id=young.organisation_id)
        head = person(session, Role.HEAD, organisation_id=young.organisation_id or "")
        assert [one.title for one in reports.open_reports(session, of=head, now=models.utc_now())] == ["Le *nôtre*"]
        session.rollback()


def test_another_structure_s_young_person_does_not_see_it(sign_in: SignIn) -> None:
    with db.write_transaction() as session:
        session.add(place := Organisation(name="Ailleurs"))
        session.flush()
        elsewhere = place.id
    made = published_by(elsewhere)
    sign_in(Role.YOUNG)
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    page.switch_page("../../pages/young/learn.py").run()
    assert not any(one.key.startswith("tile·learn-structure") for one in page.button)
    page.session_state["lesson"] = made
    page.switch_page("../../pages/young/lesson.py").run()
    assert page.title[0].value == "Apprendre"
