"""The privacy notice in eight sentences, read at the first sign-in and again when it changes."""

from __future__ import annotations

from functools import cache

from pydantic import Field
from sqlmodel import Session, col, select

from clicnjob import content
from clicnjob.content import ContentModel
from clicnjob.models import Account, Actor, Role
from clicnjob.paths import DATA

FILE = DATA / "vie-privee" / "notice.yaml"


class Notice(ContentModel):
    """The content of data/vie-privee/notice.yaml."""

    version: int = Field(ge=1)
    titre: str = Field(min_length=1)
    phrases: list[str] = Field(min_length=8, max_length=8)
    sans_structure: list[str] = Field(min_length=8, max_length=8)
    bouton: str = Field(min_length=1)

    def sentences_for(self, person: Actor) -> list[str]:
        """Return the sentences that are true for this person: nobody follows who made their own card."""
        return self.phrases if person.organisation_id is not None or person.role is Role.GUEST else self.sans_structure


@cache
def current_notice() -> Notice:
    """Return the current notice. Raises content.ContentMistakes."""
    return content.read_content(Notice, FILE)


def is_notice_due(session: Session, *, of: Actor) -> bool:
    """Whether the person must read this version. A guest may read it but is not stopped by it."""
    if of.role is not Role.YOUNG:
        return False
    return session.exec(select(Account.notice_version).where(Account.id == of.id)).first() != current_notice().version


def accept_notice(session: Session, *, by: Actor, version: int) -> None:
    """Store the version that was on the screen (« J’ai compris »), which may no longer be the current one."""
    if account := session.exec(select(Account).where(col(Account.id) == by.id)).first():
        account.notice_version = version
        session.flush()
