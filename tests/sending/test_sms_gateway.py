"""The gateway, against a server on this machine: what it receives, what its answers mean, what never reaches a log."""

from __future__ import annotations

import json
import logging
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from clicnjob import policy
from clicnjob.config import Settings
from clicnjob.sending import sms_gateway
from clicnjob.sending.sms_gateway import NumberRefused, SmsRefused, SmsUnknown

NUMBER, KEY = "+33612345678", "S3cretDeLaPasserelle"


class Gateway(ThreadingHTTPServer):
    """Answers with the chosen status, and keeps what it received."""

    status, drips, body = 200, False, b"{}"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.received: list[tuple[str, dict[str, str], bytes]] = []


class _Answers(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.received.append((self.path, dict(self.headers.items()), sent))
        if self.server.drips:
            for _ in range(100):
                self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                time.sleep(0.05)
            return
        self.send_response(self.server.status)
        self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    do_GET = do_POST

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    server = Gateway()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def settings(port: int, **more: Any) -> Settings:
    return Settings(
        sms_url=f"http://127.0.0.1:{port}/send",
        sms_headers=json.dumps({"Authorization": f"Bearer {KEY}"}),
        sms_body='{"to": "{numero}", "text": "{texte}"}',
        **more,
    )


def sent(gateway: Gateway) -> None:
    sms_gateway.send_sms(NUMBER, "Tu as un message.", settings=settings(gateway.server_port))


def test_the_gateway_receives_number_text_and_key(gateway: Gateway) -> None:
    sent(gateway)
    [(path, headers, body)] = gateway.received
    assert (path, headers["Authorization"]) == ("/send", f"Bearer {KEY}")
    assert json.loads(body) == {"to": NUMBER, "text": "Tu as un message."}


@pytest.mark.parametrize(
    ("status", "refusal"),
    [(301, SmsRefused), (302, SmsRefused), (307, SmsRefused), (401, SmsRefused), (403, SmsRefused), (429, SmsRefused),
     (503, SmsRefused), (400, NumberRefused), (422, NumberRefused), (500, SmsUnknown), (502, SmsUnknown), (504, SmsUnknown)],
)  # fmt: skip
def test_what_an_answer_means(
    gateway: Gateway, status: int, refusal: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    gateway.status = status
    with caplog.at_level(logging.DEBUG), pytest.raises(refusal) as raised:
        sent(gateway)
    assert type(raised.value) is refusal
    assert len(gateway.received) == 1, "a redirect is not followed, nothing is sent twice"
    said = caplog.text + repr(raised.value) + "".join(str(record.__dict__) for record in caplog.records)
    assert not [one for one in (KEY, NUMBER, NUMBER[3:], "127.0.0.1", "message.") if one in said]


def test_an_endless_answer_is_not_read(gateway: Gateway) -> None:
    gateway.body = b"x" * 20_000_000
    begun = time.monotonic()
    sent(gateway)
    assert time.monotonic() - begun < 1


def test_a_gateway_that_drips_is_cut_in_time(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "SMS_SECONDS", 0.4)
    gateway.drips = True
    begun = time.monotonic()
    with pytest.raises(SmsUnknown):
        sent(gateway)
    assert time.monotonic() - begun < 2


def test_nothing_left_when_nobody_listens() -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    with pytest.raises(SmsRefused):
        sms_gateway.send_sms(NUMBER, "x", settings=settings(port))


def test_a_certificate_that_nobody_signed_is_refused(gateway: Gateway, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_own_certificate(tmp_path))
    gateway.socket = context.wrap_socket(gateway.socket, server_side=True)
    chosen = settings(1).model_copy(update={"sms_url": f"https://127.0.0.1:{gateway.server_port}/send"})
    with pytest.raises(SmsRefused):
        sms_gateway.send_sms(NUMBER, "x", settings=chosen)
    assert not gateway.received


def _own_certificate(folder: Path) -> Path:
    """A certificate for this machine that only its owner vouches for, with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(
            name, name, key.public_key(), x509.random_serial_number(), today, today + timedelta(days=1)
        )
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, SHA256())
    )
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    file = folder / "own.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(serialization.Encoding.PEM, form, plain)
    )
    return file
