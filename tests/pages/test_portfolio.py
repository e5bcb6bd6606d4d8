"""« Ma séance »: the page that a person keeps of a group session, question by question."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from clicnjob import db
from clicnjob.models import Account, ParticipantState, PortfolioLine, Role, Workshop, WorkshopParticipant
from tests.pages.conftest import EVERY_PAGE_FOR_ANYBODY, check, html, texts

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")

FILE = "young/portfolio.py"
SignInAs = Callable[[Role | None], Account | None]


def opened(sign_in: SignInAs, *, came: bool = True) -> AppTest:
    """A guest in front of the page; `came`: they were admitted to a session."""
    guest = sign_in(Role.GUEST)
    assert guest is not None
    if came:
        with db.write_transaction() as session:
            session.add(workshop := Workshop(organisation_id=_place(session), by_id="x", kind="cv", title="Les <b>CV"))
            session.flush()
            admitted = {"state": ParticipantState.ADMITTED, "first_name": "Zoé", "guest": True}
            session.add(WorkshopParticipant(workshop_id=workshop.id, account_id=guest.id, **admitted))
    return AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file=FILE), default_timeout=20).run()


def _place(session: object) -> str:
    from_table = session.exec  # type: ignore[attr-defined]
    found = from_table(select(Account.organisation_id).where(Account.organisation_id != None)).first()  # noqa: E711
    assert found is not None
    return str(found)


def test_without_a_session_the_page_says_so_and_leads_home(sign_in: SignInAs) -> None:
    page = opened(sign_in, came=False)
    check(page, Role.GUEST)
    assert "Tu n’as pas de séance" in " ".join(texts(page))
    assert page.button("home")


def test_five_questions_then_the_page_which_is_kept(sign_in: SignInAs) -> None:
    sign_in(Role.TRAINER)  # a structure that the session belongs to
    page = opened(sign_in)
    titles = []
    for _ in range(5):
        check(page, Role.GUEST)
        titles.append(page.title[0].value)
        if page.checkbox:
            page.checkbox[0].check().run()
        page.button("next").click().run()
    assert titles[0] == "Qu’est-ce que tu as fait\u00a0?"
    assert page.title[0].value == "Ta page est prête"
    check(page, Role.GUEST)
    assert "<b>CV" not in html(page)
    with db.read_transaction() as session:
        line = session.exec(select(PortfolioLine)).one()
    assert line.did and line.gained and line.reuse and len(line.competences) == 1
    assert line.shared is False
