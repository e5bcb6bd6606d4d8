"""What stays behind in a browser's history tells nothing: titles are those of pages, addresses hold no word of a person."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from starlette.testclient import TestClient

from clicnjob import db, models
from clicnjob.accounts import presence, tickets
from clicnjob.paths import PACKAGE, PAGES
from clicnjob.privacy.export import archive
from clicnjob.ui.shell import navigation
from clicnjob.web import COOKIE
from clicnjob.web.documents import makers, serving
from tests.for_each import for_each
from tests.sign_in_pages import PIN

pytest_plugins = ["tests.sign_in_pages"]

SCRIPTS = sorted([*PAGES.rglob("*.py"), *(PACKAGE / "ui").rglob("*.py")])


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


@for_each("path", SCRIPTS)
def test_no_page_gives_itself_a_title_for_the_browser(path: Path) -> None:
    """The title of the tab is the page's own, constant: a name there would stay in the history."""
    for call in calls(path):
        name = ast.unparse(call.func)
        if name == "st.set_page_config":
            assert path.name == "app.py"
            title = next(word.value for word in call.keywords if word.arg == "page_title")
            assert isinstance(title, ast.Constant)
        if name == "st.Page":
            title = next(word.value for word in call.keywords if word.arg == "title")
            assert isinstance(title, ast.Constant) or ast.unparse(title) in ("p.title", "first.title")


def test_titles_and_addresses_are_words_of_ours() -> None:
    for page in navigation.EVERY_PAGE:
        assert re.fullmatch(r"[a-z-]+", page.address)
        assert page.title


# What may follow « ? » in an address, with its reason.
QUERIES = {
    "clicnjob/ui/young/jobs/search.py": "the key of a job's sheet",
    "clicnjob/ui/young/jobs/job_cv.py": "the key of a job's sheet",
    "clicnjob/ui/adviser/cohort/address.py": "filters of « Mes jeunes », never what is searched",
    "clicnjob/ui/trainer/workshops.py": "that a session is open, not which one",
    "clicnjob/ui/adviser/person/link.py": "a mark of this sign-in and the sheet, which opens nothing for anybody else",
}


@for_each("path", SCRIPTS)
def test_nothing_of_a_person_goes_into_an_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if "query_params" in text:
        assert str(path.relative_to(PACKAGE.parent)) in QUERIES, "say in QUERIES what it holds, or leave it out"


def test_files_have_neutral_names(browser: TestClient) -> None:
    makers.register_makers()
    assert "dossier" in serving.MAKERS
    assert re.fullmatch(r"[a-z-]+\.zip", archive.NAME)


def test_a_page_of_a_signed_in_person_has_no_name_in_its_title(browser: TestClient, card: str) -> None:
    assert browser.post("/connexion", data={"numero": card, "code": PIN}).status_code == 303
    for page in navigation.EVERY_PAGE:
        answer = browser.get(f"/{page.address}")
        assert re.findall(r"<title>([^<]*)</title>", answer.text) == ["ClicNJob"]
        assert "Canari" not in answer.text


def test_the_zip_of_everything_is_fetched_once_by_the_browser_that_asked(browser: TestClient, card: str) -> None:
    assert browser.post("/connexion", data={"numero": card, "code": PIN}).status_code == 303
    with db.write_transaction() as session:
        present = presence.present_person(session, browser.cookies[COOKIE], now=models.utc_now())
        assert present is not None
        token = tickets.issue_ticket(session, present=present, document="dossier", now=models.utc_now())
    answer = browser.get(f"/document/{token}")
    assert answer.headers["content-disposition"].startswith('attachment; filename="mes-donnees.zip"')
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"PK")
    assert browser.get(f"/document/{token}").status_code == 404
