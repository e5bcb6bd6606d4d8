"""The demonstration shows what a structure must wish for."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from clicnjob.accounts import structure_settings
from clicnjob.demo import people
from clicnjob.models import Account, Role
from tests import make

pytest_plugins = ["tests.sign_in_pages"]


@pytest.mark.usefixtures("peppered")
def test_whoever_tries_the_demonstration_meets_the_first_questions(session: Session) -> None:
    people.people_made(session, today=make.TODAY)
    people.show_first_questions(session)
    assert structure_settings.asks_first_questions(session, of=Account(role=Role.GUEST))
