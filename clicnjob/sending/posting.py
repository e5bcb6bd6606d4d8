"""Sends a message and the CV through the structure's own mail server, when the person asks for it each time.

It takes two transactions around the sending: the first one checks everything and writes a line (« leaving »), so that the
bounds hold and an operation never leaves twice; the second one writes what became of it. Guests cannot send: whoever
can write to any address without being known would make an open relay (docs/decisions/0013-mail.md).
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.apply import letters, writing
from clicnjob.config import Settings
from clicnjob.cv.document import downloads
from clicnjob.errors import NotFound, Refusal
from clicnjob.french import contact
from clicnjob.generated_file import FileToBuild
from clicnjob.models import Actor, MailState, Organisation, Role, SentMail
from clicnjob.own_work import NotForStaff, may_have_own_work
from clicnjob.sending import letter_files

_DAY = timedelta(days=1)
_COUNTED = (MailState.LEAVING, MailState.SENT, MailState.UNKNOWN)


class MailNotOffered(Refusal):
    """Raised where no mail server is set up, and for those who may not use it."""

    sentence = "On ne peut pas envoyer d’ici. Copie le message dans ta messagerie."


class MailNotAgreed(Refusal):
    """Raised when the person did not say yes to this very message."""

    sentence = "Coche d’abord que tu veux envoyer ce message."


class NoReplyAddress(Refusal):
    """Raised without an e-mail address on the CV: the employer's answer would go to the structure, not to the person."""

    sentence = "Mets d’abord ton adresse e-mail sur ton CV. La réponse y arrivera."


class TooManyMails(Refusal):
    """Raised beyond the daily bound of one person."""

    sentence = "Tu as déjà envoyé 5 messages aujourd’hui. Continue demain, ou copie le message."


class TooManyMailsHere(Refusal):
    """Raised beyond the daily bound of the structure."""

    sentence = "Beaucoup de messages sont partis d’ici aujourd’hui. Réessaie demain, ou copie le message."


class AlreadyLeft(Refusal):
    """Raised when this very sending was already begun: nothing leaves twice."""

    sentence = "Ce message est déjà parti. Regarde dans tes candidatures."


@dataclass(frozen=True, slots=True)
class PreparedMail:
    """A message that may leave, the CV that goes with it, if any, and the id of its line."""

    id: str
    letter_id: str
    recipient: str
    to_self: bool
    words: EmailMessage
    cv: FileToBuild | None

    def whole_message(self) -> EmailMessage:
        """Return the message with its CV. Call it outside of a transaction: typesetting is slow."""
        message = deepcopy(self.words)
        if self.cv:
            main, sub = self.cv.media_type.split("/")
            message.add_attachment(self.cv.build(), maintype=main, subtype=sub, filename=self.cv.name)
        return message


@dataclass(frozen=True, slots=True)
class MailTrace:
    """One message that left, as its owner reads it."""

    recipient: str
    to_self: bool
    file_name: str
    state: MailState
    at: datetime


def may_send_mail(actor: Actor, settings: Settings) -> bool:
    """Allow young people of an organisation, who are known there, where a mail server is set up; never guests or staff."""
    return settings.sends_mail and actor.role is Role.YOUNG and actor.organisation_id is not None


def prepare_mail(
    session: Session,
    *,
    by: Actor,
    letter_id: str,
    cv_id: str,
    to: str,
    agreed: bool,
    operation: str,
    now: datetime,
    settings: Settings,
) -> PreparedMail:
    """Check one sending, write its line, and return the message. `to` is an address, or '' for the person's own.

    Raises MailNotOffered, MailNotAgreed, NoReplyAddress, french.contact.WrongEmail, TooManyMails, TooManyMailsHere,
    AlreadyLeft, NotFound.
    """
    if not may_send_mail(by, settings) or by.organisation_id is None:
        raise MailNotOffered
    if not agreed:
        raise MailNotAgreed
    letter, sender, about = letter_files.letter_facts(session, of=by, letter_id=letter_id, cv_id=cv_id)
    if not sender.email:
        raise NoReplyAddress
    own = contact.email_address(sender.email)
    recipient = contact.email_address(to) if to.strip() else own
    _check_bounds(session, by=by, organisation_id=by.organisation_id, operation=operation, now=now)
    structure = session.get(Organisation, by.organisation_id)
    text = writing.composed_message(letter, sender, about=about)
    message = _mail_message(text, sender.name, structure.name if structure else "", own, recipient, settings, now)
    with_cv = letter_files.joins_cv(letter) or not to.strip()
    file_name = sender.attachment if with_cv else ""
    cv = _attached_cv(session, by=by, cv_id=cv_id, name=file_name) if with_cv else None
    line = SentMail(
        account_id=by.id,
        organisation_id=by.organisation_id,
        operation=operation,
        recipient=recipient,
        to_self=not to.strip(),
        file_name=file_name,
        at=now,
    )
    session.add(line)
    session.flush()
    return PreparedMail(line.id, letter_id, recipient, line.to_self, message, cv)


def finish_mail(session: Session, *, by: Actor, mail_id: str, letter_id: str, state: MailState, today: date) -> None:
    """Write what became of a message; one that left to an employer also gets its line in the list of applications.

    Raises NotFound when the line is not the person's own.
    """
    line = session.get(SentMail, mail_id)
    if line is None or line.account_id != by.id:
        raise NotFound
    line.state = state
    session.add(line)
    if state is MailState.SENT and not line.to_self:
        letters.note_letter_sent(
            session,
            by=by,
            letter_id=letter_id,
            sent_by="server",
            operation=f"mail-{line.id}",
            today=today,
        )


def sent_mails(session: Session, *, of: Actor, most: int = 50) -> tuple[MailTrace, ...]:
    """Return what left from here in the person's name, latest first, in one query. Raises NotForStaff."""
    if not may_have_own_work(of):
        raise NotForStaff
    query = select(SentMail).where(SentMail.account_id == of.id).order_by(col(SentMail.at).desc()).limit(most)
    return tuple(MailTrace(one.recipient, one.to_self, one.file_name, one.state, one.at) for one in session.exec(query))


def _check_bounds(session: Session, *, by: Actor, organisation_id: str, operation: str, now: datetime) -> None:
    """Count what left within a day. The organisation's row is locked, so that two sendings cannot share the last place."""
    session.exec(select(Organisation.id).where(Organisation.id == organisation_id).with_for_update()).first()
    if session.exec(select(SentMail.id).where(SentMail.operation == operation)).first() is not None:
        raise AlreadyLeft
    counted = (col(SentMail.state).in_(_COUNTED)) & (col(SentMail.at) > now - _DAY)
    own, here = session.exec(
        select(
            select(func.count()).where(counted, col(SentMail.account_id) == by.id).scalar_subquery(),
            select(func.count()).where(counted, col(SentMail.organisation_id) == organisation_id).scalar_subquery(),
        )
    ).one()
    if own >= policy.MAILS_A_DAY:
        raise TooManyMails
    if here >= policy.MAILS_OF_A_STRUCTURE_A_DAY:
        raise TooManyMailsHere


def _mail_message(
    text: writing.Message, name: str, structure: str, own: str, recipient: str, settings: Settings, now: datetime
) -> EmailMessage:
    """Return the message. It comes from the structure's address, and answers go to the person's.

    EmailMessage refuses a line break in a header, and every part was cleaned to one line before.
    """
    user, _, domain = settings.smtp_from.partition("@")
    via = f"{name} (via {structure})" if structure else name
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(_one_line(via), user, domain)
    message["Reply-To"] = Address(_one_line(name), addr_spec=own)
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = _one_line(text.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=domain)
    message.set_content(text.text)
    return message


def _one_line(said: str) -> str:
    return " ".join(said.splitlines())


def _attached_cv(session: Session, *, by: Actor, cv_id: str, name: str) -> FileToBuild:
    return replace(downloads.cv_output(session, of=by, kind="pdf", cv_id=cv_id), name=name)
