"""« Plans de séance » through its page: a copy is written box by box, and what somebody brought is never markup."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from clicnjob import db, models
from clicnjob.learn.own import writing
from clicnjob.models import SUPPORT_ROLES, Account, Role
from clicnjob.own_content import changes
from clicnjob.workshops.plans import editing, library
from tests.pages.conftest import EVERY_PAGE_FOR_ANYBODY, Open, check, html
from tests.workshops.plans.test_files import shown_lesson

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")

FILE = "trainer/plans.py"


@pytest.fixture
def trainer(sign_in: Callable[[Role | None], Account | None]) -> Account:
    account = sign_in(Role.TRAINER)
    assert account is not None
    return account


@pytest.fixture
def page(trainer: Account) -> AppTest:
    return AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file=FILE), default_timeout=20).run()


def box(page: AppTest, label: str) -> object:
    return next(one for one in (*page.text_input, *page.text_area) if one.label == label)


def copied(page: AppTest) -> AppTest:
    page.button("plan-telephoner").click().run()
    page.button("copy-plan").click().run()
    return page


@pytest.mark.parametrize("role", sorted(SUPPORT_ROLES))
def test_a_plan_is_copied_in_two_gestures_and_written(open_page: Open, role: Role) -> None:
    page = copied(open_page(FILE, role))
    check(page, role)
    assert page.title[0].value == "Téléphoner (2)"
    page.button("outline-etapes.script").click().run()
    box(page, "Titre").set_value("Mes <b>cinq</b> lignes").run()  # type: ignore[attr-defined]
    assert page.button("outline-etapes.script").label.endswith("Mes \\<b>cinq\\</b> lignes")
    box(page, "Minutes").set_value("14").run()  # type: ignore[attr-defined]
    check(page, role)
    assert "Il reste 1 minute à donner" in html(page) and "89 minutes sur 90" in html(page)
    page.button("part-move--1").click().run()
    page.button("part-remove").click().run()
    for _ in range(4):
        page.button("editor-undo").click().run()
    page.button("editor-done").click().run()
    check(page, role)
    assert page.button("begin-plan").label == "Commencer avec ce plan"


def test_a_colleague_s_words_are_shown_and_neither_text_is_lost(page: AppTest, trainer: Account) -> None:
    copied(page).button("outline-etapes.script").click().run()
    with db.write_transaction() as session:
        plan = library.all_plans(session, of=trainer)[0]
        shown = [changes.value_fingerprint(plan.plan.etapes[2].titre)]
        editing.set_value(
            session, by=trainer, plan_id=plan.id, path=("etapes", "script", "titre"), value="Le sien", shown=shown,
            now=models.utc_now(),
        )  # fmt: skip
    box(page, "Titre").set_value("Le mien").run()  # type: ignore[attr-defined]
    assert "Il a écrit\u00a0: «\u00a0Le sien\u00a0»." in page.error[0].value.replace(" :", "\u00a0:").replace(
        "« ", "«\u00a0"
    ).replace(" »", "\u00a0»")
    assert box(page, "Titre").value == "Le mien"  # type: ignore[attr-defined]
    box(page, "Titre").set_value("Le nôtre").run()  # type: ignore[attr-defined]
    assert not page.error
    assert page.button("outline-etapes.script").label.endswith("Le nôtre")


def test_a_plan_is_deleted_after_a_second_question(page: AppTest) -> None:
    copied(page).button("editor-delete").click().run()
    page.button("editor-keep").click().run()
    page.button("editor-delete").click().run()
    page.button("editor-delete-sure").click().run()
    check(page, Role.TRAINER)
    assert page.title[0].value == "Plans de séance" and "Le plan est effacé." in html(page)


def test_a_sheet_is_added_written_seen_as_it_prints_and_undone(page: AppTest) -> None:
    copied(page).button("add-last-kit").click().run()
    assert page.header[-1].value == "Fiche 4 sur 4" and "Fiche 4\u00a0: « Titre » est vide." in html(page)
    box(page, "Titre").set_value("Mes <b>mots</b>").run()  # type: ignore[attr-defined]
    box(page, "À quoi elle sert, et quand").set_value("À la fin.").run()  # type: ignore[attr-defined]
    assert "cette fiche est vide" in html(page).lower()
    box(page, "Cartes à découper").set_value("Bonjour\nen souriant\n\nMerci").run()  # type: ignore[attr-defined]
    box(page, "Tableau à remplir").set_value("Qui | Quand\n | lundi").run()  # type: ignore[attr-defined]
    box(page, "Questions et lignes pour écrire").set_value("Et toi ? | 5\nPourquoi ?").run()  # type: ignore[attr-defined]
    check(page, Role.TRAINER)
    assert "À finir" not in html(page) and "data:image/png;base64," in html(page) and "&lt;b&gt;mots" in html(page)
    page.button("part-move--1").click().run()
    page.button("part-remove").click().run()
    for _ in range(8):
        page.button("editor-undo").click().run()
    check(page, Role.TRAINER)
    assert not any(one.key == "editor-undo" for one in page.button)


def test_a_step_names_a_lesson_of_the_structure_and_says_when_it_is_withdrawn(page: AppTest, trainer: Account) -> None:
    with db.write_transaction() as session:
        lesson, title = shown_lesson(session, trainer)
    copied(page).button("outline-etapes.script").click().run()
    choice = next(one for one in page.selectbox if one.label == "Activité")
    choice.set_value(f"lecon.{lesson}").run()
    check(page, Role.TRAINER)
    assert "Le plan peut servir" not in html(page)
    with db.write_transaction() as session:
        writing.withdraw_lesson(session, by=trainer, lesson_id=lesson, now=models.utc_now())
    page.button("editor-done").click().run()
    check(page, Role.TRAINER)
    assert f"Étape 3\u00a0: « Leçon\u00a0: {title} » n’est pas publiée" in html(page)
    assert page.button("begin-plan").label == "Commencer avec ce plan"


HOSTILE = "<b onclick=x>é</b> **g** [l](/x) $y$"


def hostile(value: Any, key: str = "") -> Any:
    """The same plan with markup in every text that somebody may have written."""
    if isinstance(value, dict):
        return {name: hostile(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [hostile(one, key) for one in value]
    kept = key in ("id", "activite", "genre", "verifie_le") or not isinstance(value, str)
    return value if kept else f"{HOSTILE}{len(value) % 7}"


def test_what_somebody_brought_is_never_markup(page: AppTest, trainer: Account) -> None:
    body = hostile(library.shipped_plans()["telephoner"].model_dump(mode="json"))
    with db.write_transaction() as session:
        plan_id = editing.add_plan(session, by=trainer, body=body, now=models.utc_now())
    page.run()
    shown = [html(page)]
    page.button(f"plan-{plan_id}").click().run()
    shown.append(html(page))
    page.button("write-plan").click().run()
    for part in ("outline-whole", "outline-etapes.script", "outline-kit.appels", "outline-kit.script"):
        page.button(part).click().run()
        check(page, Role.TRAINER)
        shown.append(html(page))
    assert all("&lt;b onclick" in one and "<b onclick" not in one for one in shown)
    labels = [one.label for one in page.button] + [one.value for one in page.title]
    assert not [one for one in labels if "**g**" in one or "[l](" in one]


def test_a_session_noted_from_its_plan_begins_on_the_board(page: AppTest) -> None:
    page.button("plan-telephoner").click().run()
    page.text_input[0].input("salle 2")
    page.button("plan-ahead-note").click().run()
    assert "C’est noté\u00a0: " in html(page)
    home = AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file="trainer/workshops.py"), default_timeout=20).run()
    assert "salle 2" in html(home)
    home.button("begin-planned").click().run()
    check(home, Role.TRAINER)
    assert home.button("open-door").label == "Ouvrir la porte"
    assert "Ouvrez la porte pour faire entrer le groupe." in html(home)


def test_the_second_click_of_a_double_click_leads_where_the_first_one_did(page: AppTest) -> None:
    page.button("plan-telephoner").click().run()
    page.button("begin-plan").click().run()
    file, at = page.session_state["trainer_page_last"]
    left = AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file=FILE), default_timeout=20).run()
    left.button("plan-telephoner").click().run()
    # The browser sends that click from the page that is being left; a minute more, since this machine may be slow.
    left.session_state["trainer_page_last"] = (file, at + 60)
    left.button("begin-plan").click().run()
    assert left.button("open-door").label == "Ouvrir la porte" and "déjà en cours" not in html(left)


def test_another_session_later_is_refused_as_before(page: AppTest) -> None:
    page.button("plan-telephoner").click().run()
    page.button("begin-plan").click().run()
    other = AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file=FILE), default_timeout=20).run()
    other.button("plan-telephoner").click().run()
    other.button("begin-plan").click().run()
    assert "déjà en cours" in html(other)
