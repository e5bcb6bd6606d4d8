"""The audit log: a line an act, in the act's own transaction, each sealed with all before it."""

from __future__ import annotations

import pytest
from sqlmodel import Session, col, select

from clicnjob import audit
from clicnjob.models import AuditEvent, Role
from tests.conftest import person

pytest_plugins = ["tests.doors"]
pytestmark = pytest.mark.usefixtures("peppered")


def test_each_line_is_sealed_with_the_one_before(session: Session) -> None:
    adviser = person(session, Role.ADVISER)
    for act in ("card renewed", "file opened"):
        audit.note(session, by=adviser, act=act, whom_id="someone")
    session.commit()
    session.expire_all()
    first, second = session.exec(select(AuditEvent).order_by(col(AuditEvent.id))).all()
    assert first.chain == audit.seal(first, "")
    assert second.chain == audit.seal(second, first.chain)
    second.why = "something else"
    assert second.chain != audit.seal(second, first.chain)
