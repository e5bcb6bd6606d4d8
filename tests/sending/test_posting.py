"""Sending through the structure's mail server: consent, bounds, no relay, nothing twice, nothing injected, nothing logged."""

from __future__ import annotations

import email
import logging
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlmodel import Session, select

from clicnjob import policy, typeset, works
from clicnjob.apply import applications, letters
from clicnjob.config import Settings
from clicnjob.cv.model import bag
from clicnjob.demo import people
from clicnjob.errors import NotFound, Refusal
from clicnjob.french.contact import WrongEmail
from clicnjob.models import Account, MailState, Organisation, Role, SentMail
from clicnjob.sending import mail_server, posting
from clicnjob.sending.mail_server import AddressRefused, MailRefused, MailUnknown
from clicnjob.sending.posting import (
    AlreadyLeft,
    MailNotAgreed,
    MailNotOffered,
    NoReplyAddress,
    PreparedMail,
    TooManyMails,
    TooManyMailsHere,
)
from tests import make
from tests.apply.test_letters import letter
from tests.cohort_people import NOW
from tests.conftest import person
from tests.for_each import for_each
from tests.make import TODAY

EMPLOYER = "recrutement@brasserie-du-parc.fr"


class Inbox:
    """What a mail server received; it refuses the addresses that begin with « refuse »."""

    def __init__(self) -> None:
        self.envelopes: list[Any] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address.startswith("refuse"):
            return "550 unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return "250 OK"


@pytest.fixture(scope="module")
def inbox() -> Iterator[tuple[Inbox, Settings]]:
    handler = Inbox()
    server = Controller(handler, hostname="127.0.0.1", port=_free_port())
    server.start()
    yield handler, _settings(server.port)
    server.stop()


@pytest.fixture
def sender(session: Session) -> tuple[Account, str, str]:
    """A young person of an organisation, the ids of their message and of their CV."""
    place = Organisation(name="Mission locale du Parc")
    session.add(place)
    session.flush()
    return _writer(session, place.id)


def _writer(session: Session, place_id: str) -> tuple[Account, str, str]:
    me = Account(role=Role.YOUNG, organisation_id=place_id, first_name="Lina", last_name="Morel")
    session.add(me)
    session.flush()
    people.fill_bag(session, me, *make.whole())
    kept = bag.own_bag(session, of=me)
    assert kept is not None
    one = letter()
    letters.start_letter(session, by=me, letter=one, operation=works.new_operation())
    return me, one.id, kept.cvs[0].id


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _settings(port: int, **more: Any) -> Settings:
    return Settings(
        smtp_host="127.0.0.1", smtp_port=port, smtp_security="none", smtp_from="cv@mission-locale.fr", **more
    )


def prepared(session: Session, sender: tuple[Account, str, str], settings: Settings, **more: Any) -> PreparedMail:
    me, letter_id, cv_id = sender
    asked = {"to": EMPLOYER, "agreed": True, "operation": works.new_operation(), "now": NOW}
    return posting.prepare_mail(session, by=me, letter_id=letter_id, cv_id=cv_id, settings=settings, **(asked | more))


def handed_over(one: PreparedMail, settings: Settings) -> None:
    mail_server.send_mail(one.whole_message(), sender=settings.smtp_from, recipient=one.recipient, settings=settings)


def received(inbox: Inbox) -> EmailMessage:
    found = email.message_from_bytes(inbox.envelopes[-1].content, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_message_arrives_whole_with_its_cv_and_answers_go_to_the_person(
    session: Session, sender: tuple[Account, str, str], inbox: tuple[Inbox, Settings]
) -> None:
    handed_over(prepared(session, sender, inbox[1]), inbox[1])
    mail, envelope = received(inbox[0]), inbox[0].envelopes[-1]
    assert (envelope.mail_from, envelope.rcpt_tos) == ("cv@mission-locale.fr", [EMPLOYER])
    assert mail["From"] == '"Lina Morel (via Mission locale du Parc)" <cv@mission-locale.fr>'
    assert mail["Reply-To"].addresses[0].addr_spec == "lina.morel@exemple.fr" and mail["To"] == EMPLOYER
    assert mail["Subject"] == "Candidature\u00a0: poste de serveuse – Lina Morel" and mail["Bcc"] is None
    (cv,) = mail.iter_attachments()
    assert cv.get_filename() == "CV-Lina-Morel-serveuse.pdf" and cv.get_payload(decode=True).startswith(b"%PDF")  # type: ignore[union-attr]
    body = mail.get_body(("plain",))
    assert body is not None and "J’ai fait un stage comme serveuse" in body.get_content()


def test_what_left_is_in_the_list_and_in_the_trace_once(
    session: Session, sender: tuple[Account, str, str], inbox: tuple[Inbox, Settings]
) -> None:
    one = prepared(session, sender, inbox[1])
    for _ in range(2):
        posting.finish_mail(
            session, by=sender[0], mail_id=one.id, letter_id=one.letter_id, state=MailState.SENT, today=TODAY
        )
    (line,) = applications.own_applications(session, of=sender[0]).applications
    assert (line.state, line.follow_up_on) == ("sent", TODAY + policy.FOLLOW_UP_AFTER)
    (trace,) = posting.sent_mails(session, of=sender[0])
    assert (trace.recipient, trace.file_name, trace.state) == (EMPLOYER, "CV-Lina-Morel-serveuse.pdf", MailState.SENT)


def test_the_cv_is_typeset_after_the_transaction_that_prepares_the_message(
    session: Session, sender: tuple[Account, str, str], inbox: tuple[Inbox, Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(typeset.Sheet, "_new_compiler", lambda _sheet: pytest.fail("typeset while the writer is held"))
        one = prepared(session, sender, inbox[1])
    assert [part.get_filename() for part in one.whole_message().iter_attachments()] == ["CV-Lina-Morel-serveuse.pdf"]


def test_what_did_not_leave_writes_no_application(
    session: Session, sender: tuple[Account, str, str], inbox: tuple[Inbox, Settings]
) -> None:
    one = prepared(session, sender, inbox[1])
    posting.finish_mail(
        session, by=sender[0], mail_id=one.id, letter_id=one.letter_id, state=MailState.REFUSED, today=TODAY
    )
    assert applications.own_applications(session, of=sender[0]).applications == []
    assert posting.sent_mails(session, of=sender[0])[0].state is MailState.REFUSED


def test_a_copy_goes_to_the_address_of_the_cv_and_is_no_application(
    session: Session, sender: tuple[Account, str, str], inbox: tuple[Inbox, Settings]
) -> None:
    one = prepared(session, sender, inbox[1], to="")
    posting.finish_mail(
        session, by=sender[0], mail_id=one.id, letter_id=one.letter_id, state=MailState.SENT, today=TODAY
    )
    assert (one.recipient, one.to_self) == ("lina.morel@exemple.fr", True)
    assert applications.own_applications(session, of=sender[0]).applications == []


def test_nothing_leaves_without_a_yes_or_twice(
    session: Session, sender: tuple[Account, str, str], inbox: tuple[Inbox, Settings]
) -> None:
    with pytest.raises(MailNotAgreed):
        prepared(session, sender, inbox[1], agreed=False)
    prepared(session, sender, inbox[1], operation="same")
    with pytest.raises(AlreadyLeft):
        prepared(session, sender, inbox[1], operation="same")


def test_guests_staff_and_installations_without_mail_send_nothing(
    session: Session, sender: tuple[Account, str, str], inbox: tuple[Inbox, Settings]
) -> None:
    others = [person(session, role) for role in Role if role is not Role.YOUNG]
    alone = person(session, Role.YOUNG)
    for who in (*others, alone):
        with pytest.raises(MailNotOffered):
            prepared(session, (who, sender[1], sender[2]), inbox[1])
    with pytest.raises(MailNotOffered):
        prepared(session, sender, Settings())


def test_somebody_else_s_message_cannot_be_sent(
    session: Session, sender: tuple[Account, str, str], inbox: tuple[Inbox, Settings]
) -> None:
    other = _writer(session, str(sender[0].organisation_id))
    for letter_id, cv_id in ((other[1], sender[2]), (sender[1], other[2]), ("x", "y")):
        with pytest.raises(NotFound):
            prepared(session, (sender[0], letter_id, cv_id), inbox[1])
    one = prepared(session, other, inbox[1])
    with pytest.raises(NotFound):
        posting.finish_mail(
            session, by=sender[0], mail_id=one.id, letter_id=one.letter_id, state=MailState.SENT, today=TODAY
        )


def test_one_person_sends_five_a_day(
    session: Session, sender: tuple[Account, str, str], inbox: tuple[Inbox, Settings]
) -> None:
    for _ in range(policy.MAILS_A_DAY):
        prepared(session, sender, inbox[1])
    with pytest.raises(TooManyMails):
        prepared(session, sender, inbox[1])
    assert str(policy.MAILS_A_DAY) in TooManyMails.sentence
    assert prepared(session, sender, inbox[1], now=NOW + timedelta(days=1, seconds=1))


def test_a_refused_message_does_not_count(
    session: Session, sender: tuple[Account, str, str], inbox: tuple[Inbox, Settings]
) -> None:
    for _ in range(policy.MAILS_A_DAY + 1):
        one = prepared(session, sender, inbox[1])
        posting.finish_mail(
            session, by=sender[0], mail_id=one.id, letter_id=one.letter_id, state=MailState.REFUSED, today=TODAY
        )


def test_a_structure_has_a_bound_of_its_own(
    session: Session,
    sender: tuple[Account, str, str],
    inbox: tuple[Inbox, Settings],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(policy, "MAILS_OF_A_STRUCTURE_A_DAY", 2)
    other = _writer(session, str(sender[0].organisation_id))
    prepared(session, sender, inbox[1])
    prepared(session, other, inbox[1])
    with pytest.raises(TooManyMailsHere):
        prepared(session, sender, inbox[1])


@for_each(
    "to",
    [
        "pas une adresse", "a@b.fr, c@d.fr", "a@b.fr;c@d.fr", "a@b.fr\r\nBcc: c@d.fr", "Paul <a@b.fr>", "a@b.fr\nc@d.fr",
        "a@[127.0.0.1]", "@b.fr", "a@localhost", '"a b"@b.fr', "a" * 300 + "@b.fr",
    ],
)  # fmt: skip
def test_only_one_plain_address_is_taken(
    session: Session, sender: tuple[Account, str, str], inbox: tuple[Inbox, Settings], to: str
) -> None:
    with pytest.raises(Refusal) as refused:
        prepared(session, sender, inbox[1], to=to)
    assert isinstance(refused.value, WrongEmail) or "trop long" in refused.value.sentence


@for_each("said", ["Objet\r\nBcc: x@y.fr", "Objet\nX: 1", "a\x00b", "é" * 90, "=?utf-8?q?a?=", "«\u00a0🎉\u00a0»"])
def test_no_header_can_be_injected(
    session: Session, sender: tuple[Account, str, str], inbox: tuple[Inbox, Settings], said: str
) -> None:
    me, letter_id, _ = sender
    letters.describe_letter(session, by=me, letter_id=letter_id, operation=works.new_operation(), subject=said)
    one = prepared(session, sender, inbox[1])
    one_state = session.get(SentMail, one.id)
    assert one_state is not None
    session.delete(one_state)  # so that the daily bound does not end the cases
    handed_over(one, inbox[1])
    mail, envelope = received(inbox[0]), inbox[0].envelopes[-1]
    assert envelope.rcpt_tos == [EMPLOYER] and mail["Bcc"] is None and mail["X"] is None
    assert sorted(mail.keys()) == sorted(
        ["From", "Reply-To", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
    )


def test_without_an_own_address_the_answer_would_be_lost(
    session: Session, sender: tuple[Account, str, str], inbox: tuple[Inbox, Settings]
) -> None:
    me, _, cv_id = sender
    bag.save_answer(
        session,
        by=me,
        cv_id=cv_id,
        alter=lambda profile, cv: setattr(profile, "email", ""),
        bases={},
        operation=works.new_operation(),
    )
    with pytest.raises(NoReplyAddress):
        prepared(session, sender, inbox[1])


def test_a_refused_address_a_silent_and_an_absent_server_are_told_in_french(
    session: Session,
    sender: tuple[Account, str, str],
    inbox: tuple[Inbox, Settings],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(AddressRefused):
        handed_over(prepared(session, sender, inbox[1], to="refuse@brasserie.fr"), inbox[1])
    absent = _settings(_free_port())
    with pytest.raises(MailRefused):
        handed_over(prepared(session, sender, absent), absent)
    monkeypatch.setattr(policy, "MAIL_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        waiting = _settings(silent.getsockname()[1])
        with pytest.raises(MailRefused):
            handed_over(prepared(session, sender, waiting), waiting)
    said = " ".join(
        f"{line.getMessage()} {line.__dict__}" for line in caplog.records if line.name.startswith("clicnjob")
    )
    assert said and not any(word in said for word in ("Lina", "Morel", "brasserie", "exemple.fr"))


def test_a_server_that_falls_silent_at_the_end_leaves_a_doubt(
    session: Session, sender: tuple[Account, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "MAIL_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_answer_until_the_text, args=(server,), daemon=True).start()
        settings = _settings(server.getsockname()[1])
        with pytest.raises(MailUnknown):
            handed_over(prepared(session, sender, settings), settings)


def _answer_until_the_text(server: socket.socket) -> None:
    client, _ = server.accept()
    with client, client.makefile("rwb", buffering=0) as line:
        line.write(b"220 ready\r\n")
        for answer in (b"250 hello\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"):
            line.readline()
            line.write(answer)
        while line.readline() not in (b".\r\n", b""):
            pass
        threading.Event().wait(2)  # the text was received, and the answer never comes


def test_too_many_connections_wait_and_are_then_told(
    session: Session,
    sender: tuple[Account, str, str],
    inbox: tuple[Inbox, Settings],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(policy, "MAIL_SECONDS", 0.1)
    monkeypatch.setattr(mail_server, "_TURN", threading.BoundedSemaphore(1))
    mail_server._TURN.acquire()
    with pytest.raises(MailRefused) as told:
        handed_over(prepared(session, sender, inbox[1]), inbox[1])
    assert "minute" in told.value.sentence


def test_an_erased_person_leaves_no_trace_of_mails(
    session: Session, sender: tuple[Account, str, str], inbox: tuple[Inbox, Settings]
) -> None:
    prepared(session, sender, inbox[1])
    session.delete(sender[0])
    session.flush()
    session.expire_all()
    assert session.exec(select(SentMail)).all() == []
