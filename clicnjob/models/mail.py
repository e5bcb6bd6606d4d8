"""The table of e-mails that left through the structure's mail server, for the person's trace and the daily bounds."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from clicnjob.models.columns import Record, instant_column, one_of, random_id, utc_now
from clicnjob.models.words import MailState


class SentMail(Record, table=True):
    """One e-mail: to whom, with which file, and what became of it; never its text."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", ondelete="CASCADE", index=True, max_length=32)
    operation: str = Field(unique=True, max_length=64)
    recipient: str = Field(max_length=254)
    to_self: bool = False
    file_name: str = Field(default="", max_length=120)
    state: MailState = Field(default=MailState.LEAVING, sa_type=one_of(MailState))
    at: datetime = instant_column(default_factory=utc_now, index=True)
