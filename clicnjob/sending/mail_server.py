"""Talks to the structure's mail server; the only module that imports smtplib.

Every wait is bounded, few connections are open at once, and nothing that a person wrote reaches a log.
"""

from __future__ import annotations

import logging
import smtplib
import ssl
import threading
from email.message import EmailMessage

from clicnjob import policy
from clicnjob.config import Settings
from clicnjob.errors import Refusal

_LOG = logging.getLogger(__name__)
_TURN = threading.BoundedSemaphore(policy.MAILS_AT_ONCE)
_CREATED = 250


class MailRefused(Refusal):
    """Nothing left: the server does not answer, or refuses the sender."""

    sentence = "Le courrier ne marche pas pour l’instant. Rien n’est parti. Copie le message, ou réessaie plus tard."


class AddressRefused(MailRefused):
    """Nothing left: the server refuses this address."""

    sentence = "Cette adresse e-mail ne marche pas. Rien n’est parti. Vérifie chaque lettre."


class MailBusy(MailRefused):
    """Nothing left: too many messages are leaving at this moment."""

    sentence = "Beaucoup de messages partent en même temps. Rien n’est parti. Réessaie dans une minute."


class MailUnknown(Refusal):
    """The server stopped answering after the whole message was handed over: it may have left."""

    sentence = "On ne sait pas si le message est parti. Ne le renvoie pas tout de suite\u00a0: attends la réponse."


def send_mail(message: EmailMessage, *, sender: str, recipient: str, settings: Settings) -> None:
    """Hand one message over to the mail server. Raises AddressRefused, MailBusy, MailRefused, MailUnknown."""
    if not _TURN.acquire(timeout=policy.MAIL_SECONDS):
        raise MailBusy
    try:
        _hand_over(message, sender, recipient, settings)
    finally:
        _TURN.release()


def _hand_over(message: EmailMessage, sender: str, recipient: str, settings: Settings) -> None:
    try:
        connection = _opened_connection(settings)
    except (OSError, smtplib.SMTPException) as fault:
        _LOG.warning("the mail server cannot be used", extra={"fields": {"kind": type(fault).__name__}})
        raise MailRefused from None
    try:
        _check_addresses(connection, sender, recipient)
        _give_text(connection, message)
    finally:
        connection.close()


def _opened_connection(settings: Settings) -> smtplib.SMTP:
    """Connect, encrypt and sign in. A connection that fails half-way is closed."""
    host, port = settings.smtp_host, settings.smtp_port
    ours, wait = settings.smtp_from.partition("@")[2], policy.MAIL_SECONDS
    connection: smtplib.SMTP
    if settings.smtp_security == "tls":
        context = ssl.create_default_context()
        connection = smtplib.SMTP_SSL(host, port, local_hostname=ours, timeout=wait, context=context)
    else:
        connection = smtplib.SMTP(host, port, local_hostname=ours, timeout=wait)
    try:
        if settings.smtp_security == "starttls":
            connection.starttls(context=ssl.create_default_context())
        connection.ehlo_or_helo_if_needed()
        if settings.smtp_user:
            connection.login(settings.smtp_user, settings.smtp_password.get_secret_value())
    except (OSError, smtplib.SMTPException):
        connection.close()
        raise
    return connection


def _check_addresses(connection: smtplib.SMTP, sender: str, recipient: str) -> None:
    try:
        accepted, _ = connection.mail(sender)
        known, _ = connection.rcpt(recipient)
    except (OSError, smtplib.SMTPException) as fault:
        _LOG.warning("the mail server stopped answering", extra={"fields": {"kind": type(fault).__name__}})
        raise MailRefused from None
    if accepted != _CREATED:
        _LOG.warning("the mail server refuses the sender", extra={"fields": {"kind": str(accepted)}})
        raise MailRefused
    if known not in (_CREATED, 251):
        raise AddressRefused


def _give_text(connection: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        answer, _ = connection.data(message.as_bytes())
    except smtplib.SMTPDataError:  # refused before the text was given
        raise MailRefused from None
    except (OSError, smtplib.SMTPException) as fault:
        _LOG.warning("the mail server stopped answering", extra={"fields": {"kind": type(fault).__name__}})
        raise MailUnknown from None
    if answer != _CREATED:
        _LOG.warning("the mail server refuses the message", extra={"fields": {"kind": str(answer)}})
        raise MailRefused
