"""Opening a page as somebody, and what must be true of every page whoever opens it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from clicnjob import db, models
from clicnjob.accounts import presence
from clicnjob.models import YOUNG_ROLES, Account, Organisation, Role
from clicnjob.paths import PACKAGE
from clicnjob.privacy import notice
from clicnjob.ui.shell import signed_in
from tests.conftest import count_queries, person

APP = PACKAGE / "ui" / "app.py"
# The sign-in, the bag, the first visit’s two works, the stages, the lessons, what the adviser told: bounded, not tuned.
QUERIES = 24

Open = Callable[..., AppTest]

# A router that forgot the roles: what then keeps a page closed is its own guard.
EVERY_PAGE_FOR_ANYBODY = """
import streamlit as st
from clicnjob.paths import PAGES
from clicnjob.ui.shell import navigation

shown = [st.Page(PAGES / p.file, url_path=p.address, default=p.file == "{file}") for p in navigation.EVERY_PAGE]
st.navigation(shown, position="hidden").run()
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each test here runs whole pages: `make test-fast` leaves them out."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def database(migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A migrated SQLite file that the pages use."""
    engine = db.connect_engine(f"sqlite:///{shutil.copy(migrated, tmp_path / 'pages.sqlite3')}")
    monkeypatch.setattr(db, "shared_engine", lambda: engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sign_in(database: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[[Role | None], Account | None]:
    """Sit somebody of a role at the keyboard; nobody for None."""

    def seated(role: Role | None) -> Account | None:
        if role is None:
            monkeypatch.setattr(signed_in, "sign_in_token", lambda: "")
            return None
        with db.write_transaction() as session:
            organisation = Organisation(name="Structure d’essai")
            session.add(organisation)
            session.flush()
            account = person(session, role, organisation_id=organisation.id, first_name="Zoé")
            account.notice_version = notice.current_notice().version  # the notice has its own tests
            token = presence.begin_sign_in(session, account=account, now=models.utc_now())
        monkeypatch.setattr(signed_in, "sign_in_token", lambda: token)
        return account

    return seated


@pytest.fixture
def open_page(sign_in: Callable[[Role | None], Account | None], database: Engine) -> Open:
    """Open a page file as a role; every page is checked for what must be true of all."""

    def opened(file: str, role: Role | None, *, run: bool = True) -> AppTest:
        sign_in(role)
        page = AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file=file), default_timeout=20)
        if run:
            with count_queries(database, QUERIES):
                page.run()
            check(page, role)
        return page

    return opened


def check(page: AppTest, role: Role | None) -> None:
    """What is true of every page."""
    assert not page.exception, page.exception
    assert len(page.title) == 1, [title.value for title in page.title]
    for text in texts(page):
        assert "'" not in re.sub(r"<style>.*?</style>|<[^>]*>", "", text, flags=re.DOTALL), text
        assert text.count("\n") < 10, text
    for widget in widgets(page):
        assert widget.label.strip(), widget
        assert widget.key, widget
    if role in YOUNG_ROLES:
        assert "J’ai fini" in html(page)


def widgets(page: AppTest) -> list:
    """Every widget with a label and a key."""
    kinds = ("button", "checkbox", "radio", "selectbox", "text_input", "text_area", "number_input", "multiselect")
    return [widget for kind in kinds for widget in page.get(kind)] + list(page.button_group)


def html(page: AppTest) -> str:
    """All the HTML of the page."""
    return " ".join(element.proto.body for element in page.get("html"))


def texts(page: AppTest) -> list[str]:
    """Every text that the page shows, labels too."""
    kinds = ("title", "header", "subheader", "text", "markdown", "success", "error", "info", "warning")
    said = [element.value for kind in kinds for element in page.get(kind)]
    return [*map(str, said), *(w.label for w in widgets(page)), *(e.proto.body for e in page.get("html"))]
