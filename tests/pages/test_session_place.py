"""« La séance » through its page: outside of any session it leads to the door."""

from __future__ import annotations

import pytest

from clicnjob.models import Role
from tests.pages.conftest import Open, html

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]


def test_outside_of_a_session_the_page_leads_to_the_door(open_page: Open) -> None:
    assert 'href="/rejoindre"' in html(open_page("young/workshop.py", Role.YOUNG))
