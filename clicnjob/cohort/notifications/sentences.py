"""What a notification says, from data/prevenir: that something waits, never what, from whom, where or at which hour."""

from __future__ import annotations

from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Self

from pydantic import Field, model_validator

from clicnjob import content
from clicnjob.content import ContentModel
from clicnjob.french.gsm7 import ONE_PART, OutsideGsm7, gsm7_length, gsm7_text
from clicnjob.french.moments import DAYS as WEEKDAYS
from clicnjob.models import NotificationReason
from clicnjob.paths import DATA

FILE = DATA / "prevenir" / "textes.yaml"
_DAY = "{jour}"
_TOMORROW = "demain"


class NotificationWords(ContentModel):
    """One kind of notification: its text, the same in an SMS and in an e-mail, and the subject of the e-mail."""

    texte: str = Field(min_length=1, max_length=ONE_PART)
    objet: str = Field(min_length=1, max_length=60)


class NotificationTexts(ContentModel):
    """The content of data/prevenir/textes.yaml."""

    rendez_vous: NotificationWords
    message: NotificationWords
    a_faire: NotificationWords
    arreter_sms: str = Field(min_length=1, max_length=ONE_PART)
    arreter_mail: str = Field(min_length=1, max_length=200)

    def words_of(self, reason: NotificationReason) -> NotificationWords:
        """Return the words of one reason."""
        return {
            NotificationReason.APPOINTMENT: self.rendez_vous,
            NotificationReason.MESSAGE: self.message,
            NotificationReason.FOLLOW_UP: self.a_faire,
        }[reason]

    @model_validator(mode="after")
    def _fits_one_sms(self) -> Self:
        for reason in NotificationReason:
            for day in (_TOMORROW, *WEEKDAYS):
                said = f"{self.words_of(reason).texte.replace(_DAY, day)} {self.arreter_sms}"
                try:
                    length = gsm7_length(gsm7_text(said))
                except OutsideGsm7 as outside:
                    raise ValueError(f"un SMS ne peut pas contenir\u00a0: {outside}") from None
                if length > ONE_PART:
                    raise ValueError(f"un SMS a {ONE_PART} signes au plus, et «\u00a0{said}\u00a0» en a {length}")
        return self


@content.loaded_once
def notification_texts() -> NotificationTexts:
    """The texts. Raises content.ContentMistakes."""
    return content.read_content(NotificationTexts, FILE)


def sms_text(reason: NotificationReason, *, day: date | None, today: date, first: bool) -> str:
    """Return an SMS of one part; the first one tells how to stop them."""
    texts = notification_texts()
    said = _with_day(texts.words_of(reason).texte, day, today)
    return gsm7_text(f"{said} {texts.arreter_sms}" if first else said)


def mail_message(
    reason: NotificationReason, *, day: date | None, recipient: str, sender: str, now: datetime
) -> EmailMessage:
    """Return an e-mail from the structure's address, named « ClicNJob »; `recipient` is one plain address."""
    texts = notification_texts()
    words = texts.words_of(reason)
    user, _, domain = sender.partition("@")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("ClicNJob", user, domain)
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = words.objet
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{_with_day(words.texte, day, now.astimezone().date())}\n\n{texts.arreter_mail}\n")
    return message


def _with_day(words: str, day: date | None, today: date) -> str:
    if day is None:
        return words
    return words.replace(_DAY, _TOMORROW if (day - today).days == 1 else WEEKDAYS[day.weekday()])
