"""What is asked of an SMS gateway over HTTP, made from the administrator's settings; nothing here talks to the network.

The body is JSON, or a form (`to={numero}&text={texte}`), which becomes the query of a GET. The number and the text are put
into the values after these were parsed, so that no quote or ampersand can change the request.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

NUMBER, BARE_NUMBER, TEXT = "{numero}", "{numero_sans_plus}", "{texte}"
_MARKS = re.compile(r"\{(?:numero|numero_sans_plus|texte)\}")
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}")
_HEADER_VALUE = re.compile(r"[\x21-\x7e]([\x20-\x7e]{0,2000}[\x21-\x7e])?")
_NOT_GIVEN = ("host", "content-length", "transfer-encoding", "connection", "expect", "te", "upgrade")
_ENDS_NEARBY = (".local", ".lan", ".internal", ".home.arpa")


class WrongSmsSetting(ValueError):
    """What is wrong with a setting, as the end of a French sentence; never its value."""


@dataclass(frozen=True, slots=True)
class SmsRequest:
    """One HTTP request to the gateway. `repr` shows neither the key nor the number."""

    method: str
    secure: bool
    host: str
    port: int | None
    target: str = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)


def sms_request(*, url: str, method: str, headers: str, template: str, number: str, words: str) -> SmsRequest:
    """Return the request that sends `words` to `number`, in E.164. Raises WrongSmsSetting."""
    parts = checked_address(url)
    given = checked_headers(headers)
    fill = _mark_filler({NUMBER: number, BARE_NUMBER: number.removeprefix("+"), TEXT: words})
    parsed = checked_template(template, method=method)
    target, query = parts.path or "/", parts.query
    if isinstance(parsed, tuple):
        form = urlencode([(name, fill(value)) for name, value in parsed])
        kind, body = "application/x-www-form-urlencoded", form.encode()
    else:
        kind, body = "application/json", json.dumps(_filled_values(parsed, fill)).encode()
    if method == "GET":
        query, body = "&".join(part for part in (query, body.decode()) if part), b""
    elif "content-type" not in {name.lower() for name in given}:
        given["Content-Type"] = kind
    full = f"{target}?{query}" if query else target
    return SmsRequest(method, parts.scheme == "https", parts.hostname or "", parts.port, full, given, body)


def checked_address(url: str) -> Any:
    """Return the parts of the gateway's address. Without encryption it must be near, since the key goes along."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        raise WrongSmsSetting("écrivez l’adresse entière, par exemple https://sms.exemple.fr/envoyer") from None
    plain = url.isascii() and url.isprintable() and " " not in url
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.fragment or not plain:
        raise WrongSmsSetting("écrivez l’adresse entière, par exemple https://sms.exemple.fr/envoyer")
    if parts.scheme == "http" and not _is_nearby(parts.hostname):
        raise WrongSmsSetting("choisissez https pour une passerelle qui est ailleurs")
    return parts


def checked_headers(headers: str) -> dict[str, str]:
    """Return the headers, given as a JSON object of texts; '' for none."""
    asked = 'écrivez du JSON, par exemple {"Authorization": "Bearer …"}'
    try:
        given = json.loads(headers) if headers.strip() else {}
    except (ValueError, RecursionError):
        raise WrongSmsSetting(asked) from None
    if not isinstance(given, dict):
        raise WrongSmsSetting(asked)
    for name, value in given.items():
        fits = isinstance(value, str) and _HEADER_NAME.fullmatch(name) and _HEADER_VALUE.fullmatch(value)
        if not fits or name.lower() in _NOT_GIVEN:
            raise WrongSmsSetting(asked)
    return dict(given)


def checked_template(template: str, *, method: str) -> Any:
    """Return the parsed body: pairs of a form, else a JSON object or list."""
    if template.lstrip().startswith(("{", "[")):
        try:
            parsed = json.loads(template)
        except (ValueError, RecursionError):
            raise WrongSmsSetting("ce n’est pas du JSON") from None
        if method == "GET":
            raise WrongSmsSetting("GET demande un formulaire, par exemple to={numero}&text={texte}")
    else:
        parsed = tuple(parse_qsl(template, keep_blank_values=True))
    values = "".join(_text_values(parsed))
    if TEXT not in values or (NUMBER not in values and BARE_NUMBER not in values):
        raise WrongSmsSetting("il faut {numero} et {texte}, chacun dans une valeur")
    if set(re.findall(r"\{\w*\}", values)) - {NUMBER, BARE_NUMBER, TEXT}:
        raise WrongSmsSetting("seuls {numero}, {numero_sans_plus} et {texte} sont remplacés")
    return parsed


def _is_nearby(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(_ENDS_NEARBY)


def _mark_filler(marks: dict[str, str]) -> Callable[[str], str]:
    return lambda value: _MARKS.sub(lambda found: marks[found[0]], value)


def _filled_values(parsed: Any, fill: Callable[[str], str]) -> Any:
    if isinstance(parsed, str):
        return fill(parsed)
    if isinstance(parsed, dict):
        return {name: _filled_values(value, fill) for name, value in parsed.items()}
    return [_filled_values(value, fill) for value in parsed] if isinstance(parsed, list) else parsed


def _text_values(parsed: Any) -> list[str]:
    if isinstance(parsed, str):
        return [parsed]
    if isinstance(parsed, tuple):
        return [value for _, value in parsed]
    inside = parsed.values() if isinstance(parsed, dict) else parsed if isinstance(parsed, list) else ()
    return [found for one in inside for found in _text_values(one)]
