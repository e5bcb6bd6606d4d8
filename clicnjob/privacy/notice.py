"""The privacy notice, three sentences first and eight in all, read at the first sign-in and again when it changes."""

from __future__ import annotations

from pydantic import Field
from sqlmodel import Session, col, select

from clicnjob import content
from clicnjob.content import ContentModel
from clicnjob.models import Account, Actor, Role
from clicnjob.paths import DATA

FILE = DATA / "vie-privee" / "notice.yaml"


class NoticePoint(ContentModel):
    """One of the three sentences that everybody reads, with its picture."""

    icone: str
    phrase: str = Field(min_length=1, max_length=70)


class Notice(ContentModel):
    """The content of data/vie-privee/notice.yaml."""

    version: int = Field(ge=1)
    titre: str = Field(min_length=1)
    essentiel: list[NoticePoint] = Field(min_length=3, max_length=3)
    essentiel_sans_structure: list[NoticePoint] = Field(min_length=3, max_length=3)
    phrases: list[str] = Field(min_length=8, max_length=8)
    sans_structure: list[str] = Field(min_length=8, max_length=8)
    invite: list[str] = Field(min_length=8, max_length=8)
    rappels: str = Field(min_length=1)
    tout: str = Field(min_length=1)
    bouton: str = Field(min_length=1)

    def sentences_for(self, person: Actor, *, notified: bool = False) -> list[str]:
        """Return the sentences that are true for this person: nobody follows a guest, or who made their own card.

        `notified`: reminders by SMS or e-mail are set up here, so that whoever may agree to them reads about it.
        """
        if person.role is Role.GUEST:
            return self.invite
        if person.organisation_id is None:
            return self.sans_structure
        if not notified:
            return self.phrases
        *first, last = self.phrases
        return [*first, self.rappels, last]

    def points_for(self, person: Actor) -> list[NoticePoint]:
        """Return the three that come first, for those who must read them: a guest is not stopped by the notice."""
        return self.essentiel_sans_structure if person.organisation_id is None else self.essentiel


@content.loaded_once
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
