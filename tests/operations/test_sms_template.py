"""What is asked of an SMS gateway: JSON, forms, queries; nothing that is put in changes the request; wrong settings."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from clicnjob.operations import sms_template
from clicnjob.operations.sms_template import SmsRequest, WrongSmsSetting

URL = "https://sms.exemple.fr/v1/send?account=7"
HARD = 'Tu as "un" message & plus=1 {numero}\n\\ é'


def asked(template: str, *, method: str = "POST", headers: str = "", words: str = HARD) -> SmsRequest:
    return sms_template.sms_request(
        url=URL, method=method, headers=headers, template=template, number="+33612345678", words=words
    )


def test_a_json_body_holds_the_values_whatever_they_are() -> None:
    made = asked('{"to": ["{numero_sans_plus}"], "sms": {"text": "{texte}"}, "flash": false}')
    assert json.loads(made.body) == {"to": ["33612345678"], "sms": {"text": HARD}, "flash": False}
    assert made.headers["Content-Type"] == "application/json"
    assert (made.host, made.target, made.secure) == ("sms.exemple.fr", "/v1/send?account=7", True)


def test_a_form_holds_the_values_whatever_they_are() -> None:
    made = asked("to={numero}&text={texte}&sender=ClicNJob")
    assert parse_qs(made.body.decode()) == {"to": ["+33612345678"], "text": [HARD], "sender": ["ClicNJob"]}


def test_a_get_puts_the_form_into_the_address() -> None:
    made = asked("to={numero}&text={texte}", method="GET")
    assert parse_qs(urlsplit(made.target).query) == {"account": ["7"], "to": ["+33612345678"], "text": [HARD]}
    assert made.body == b"" and "\n" not in made.target


def test_a_request_shows_neither_key_nor_number() -> None:
    made = asked("to={numero}&text={texte}", headers='{"X-Key": "S3cret"}')
    assert made.headers["X-Key"] == "S3cret"
    assert "S3cret" not in repr(made) and "336" not in repr(made)


@pytest.mark.parametrize(
    "template",
    ["", "to={numero}", "text={texte}", '{"to": "{numero}"}', '{"{texte}": "{numero}"}', '{"a": "{numero}{texte}"', "[" * 3000,
     "to={numero}&text={texte}&x={nom}"],
)  # fmt: skip
def test_a_body_without_its_parts_is_refused(template: str) -> None:
    with pytest.raises(WrongSmsSetting):
        sms_template.checked_template(template, method="POST")


@pytest.mark.parametrize(
    "headers",
    [
        "Authorization: x",
        "[]",
        '{"Authorization": 1}',
        '{"A": "x\\r\\nB: y"}',
        '{"A b": "x"}',
        '{"Host": "x"}',
        '{"A": ""}',
    ],
)
def test_headers_that_would_break_the_request_are_refused(headers: str) -> None:
    with pytest.raises(WrongSmsSetting):
        sms_template.checked_headers(headers)


@pytest.mark.parametrize(
    "url",
    ["sms.exemple.fr", "ftp://x.fr", "http://sms.exemple.fr/", "https://u:p@x.fr/", "https://x.fr/#a", "https://x:y/", "http://8.8.8.8/",
     "https://x.fr/a b", "https://x.fr/\r\nX: y"],
)  # fmt: skip
def test_an_address_that_is_not_whole_or_not_safe_is_refused(url: str) -> None:
    with pytest.raises(WrongSmsSetting):
        sms_template.checked_address(url)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080/", "http://192.168.1.20/send", "http://passerelle/", "http://sms.lan/x"]
)
def test_a_gateway_nearby_needs_no_encryption(url: str) -> None:
    assert sms_template.checked_address(url).scheme == "http"
