"""Talks to the SMS gateway of the settings over HTTP; the only module that imports http.client.

Its status alone is read, so that no answer is too long, and a timer ends a connection that falls silent or drips. Redirects
are not followed: the key would go along. Neither number, text, address nor key reaches a log or an exception.
"""

from __future__ import annotations

import http.client
import logging
import socket
import ssl
import threading
from contextlib import suppress

from clicnjob import policy
from clicnjob.config import Settings
from clicnjob.errors import Refusal
from clicnjob.operations import sms_template
from clicnjob.operations.sms_template import SmsRequest

_LOG = logging.getLogger(__name__)
_ACCEPTED = range(200, 300)
_NOT_NOW = (429, 503)
_FAULTS = range(500, 600)  # a proxy says so, too, when it lost an answer: it may have left
_NUMBER_REFUSED = (400, 404, 422)


class SmsRefused(Refusal):
    """Nothing left: the gateway does not answer, or refuses us."""

    sentence = "Le SMS n’est pas parti."


class NumberRefused(SmsRefused):
    """Nothing left: the gateway refuses this number."""


class SmsUnknown(Refusal):
    """The gateway fell silent after it had the request: the SMS may have left."""

    sentence = "On ne sait pas si le SMS est parti."


def send_sms(number: str, words: str, *, settings: Settings) -> None:
    """Ask the gateway to send one SMS. Raises NumberRefused, SmsRefused, SmsUnknown."""
    asked = sms_template.sms_request(
        url=settings.sms_url,
        method=settings.sms_method,
        headers=settings.sms_headers.get_secret_value(),
        template=settings.sms_body.get_secret_value(),
        number=number,
        words=words,
    )
    connection = _open_connection(asked)
    timer = threading.Timer(policy.SMS_SECONDS, _cut_connection, args=(connection,))
    timer.daemon = True
    timer.start()
    try:
        _check_status(_status_of(connection, asked))
    finally:
        timer.cancel()
        connection.close()


def _open_connection(asked: SmsRequest) -> http.client.HTTPConnection:
    if not asked.secure:
        return http.client.HTTPConnection(asked.host, asked.port, timeout=policy.SMS_SECONDS)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(asked.host, asked.port, timeout=policy.SMS_SECONDS, context=context)


def _status_of(connection: http.client.HTTPConnection, asked: SmsRequest) -> int:
    try:
        connection.connect()
    except (OSError, http.client.HTTPException) as fault:
        _log_warning("the SMS gateway cannot be reached", type(fault).__name__)
        raise SmsRefused from None
    try:
        connection.request(asked.method, asked.target, body=asked.body or None, headers=asked.headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as fault:
        _log_warning("the SMS gateway stopped answering", type(fault).__name__)
        raise SmsUnknown from None


def _check_status(status: int) -> None:
    if status in _ACCEPTED:
        return
    _log_warning("the SMS gateway refuses", str(status))
    if status in _FAULTS and status not in _NOT_NOW:
        raise SmsUnknown
    raise NumberRefused if status in _NUMBER_REFUSED else SmsRefused


def _cut_connection(connection: http.client.HTTPConnection) -> None:
    """End a connection from outside, which wakes who waits for it."""
    if connection.sock is not None:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _log_warning(said: str, kind: str) -> None:
    _LOG.warning(said, extra={"fields": {"kind": kind}})
