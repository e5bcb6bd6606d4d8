"""What the log says of a whole visit, and what it never says; what a person sees when something breaks."""

from __future__ import annotations

import asyncio
import importlib
import io
import json
import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send
from streamlit import logger as streamlit_logger

from clicnjob import db, models
from clicnjob.accounts import cards, people, presence, tickets
from clicnjob.errors import NotFound
from clicnjob.models import Account, Role
from clicnjob.privacy import notice
from clicnjob.ui.shell import open_work
from clicnjob.web import COOKIE, logs
from clicnjob.web.documents.serving import MAKERS
from clicnjob.web.middleware.requests import Requests
from tests.conftest import person
from tests.tabs import tab

pytest_plugins = ["tests.sign_in_pages"]

PIN = "482915"
NAME, SECRET = "Canaria", "zz-canari-zz"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The log of this process as `run` configures it; everything is put back afterwards."""
    written = io.StringIO()
    before = {name: _state(logging.getLogger(name)) for name in ("", *logging.root.manager.loggerDict)}
    monkeypatch.setattr(streamlit_logger, "setup_formatter", streamlit_logger.setup_formatter)
    monkeypatch.setattr("threading.excepthook", sys.__excepthook__)
    with monkeypatch.context() as writing:
        writing.setattr(sys, "stderr", written)
        logs.configure_logs("debug")
    yield written
    logging.captureWarnings(False)
    for name, (handlers, propagate, level, disabled, filters) in before.items():
        logger = logging.getLogger(name)
        logger.handlers[:], logger.filters[:] = handlers, filters
        logger.propagate, logger.disabled = propagate, disabled
        logger.setLevel(level)


def _state(logger: logging.Logger) -> tuple[list[logging.Handler], bool, int, bool, list]:  # type: ignore[type-arg]
    return [*logger.handlers], logger.propagate, logger.level, logger.disabled, [*logger.filters]


def lines(log: io.StringIO) -> list[dict[str, object]]:
    """Every line, read as JSON: one that is not fails here."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_what_the_framework_says_of_what_we_do_ourselves_is_not_told(log: io.StringIO) -> None:
    """The words are looked for in Streamlit, which may change them."""
    for name, words in logs._NOT_TOLD.items():
        assert words in Path(importlib.import_module(name).__file__ or "").read_text(encoding="utf-8")
        logging.getLogger(name).warning(f"{words} And what to do.")
        logging.getLogger(name).warning("Something else.")
    assert [line["said"] for line in lines(log)] == ["Something else."] * len(logs._NOT_TOLD)


@pytest.fixture
def young(chief: Account) -> tuple[Account, str]:
    """Somebody whose name is a canary, and the number of their card."""
    with db.write_transaction() as session:
        adviser = person(session, Role.ADVISER, organisation_id=chief.organisation_id)
        account, code = people.enrol_young(
            session, by=adviser, first_name=NAME, last_name="Essai", now=models.utc_now()
        )
        cards.choose_pin(session, code=code, pin=PIN, now=models.utc_now())
        notice.accept_notice(session, by=account, version=notice.current_notice().version)
    return account, code


# --- what is never written


def _breaks(*_args: object, **_named: object) -> None:
    raise IntegrityError("INSERT INTO account VALUES (?)", {"first_name": NAME, "word": SECRET}, ValueError(SECRET))


def test_nothing_of_a_person_is_in_the_log_of_a_whole_visit(
    browser: TestClient, young: tuple[Account, str], log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    account, code = young
    browser.post("/connexion", data={"numero": code, "code": "739164"})
    browser.post("/connexion", data={"numero": code, "code": PIN, "retour": "/mes-cv"})
    token = browser.cookies[COOKIE]
    with db.write_transaction() as session:
        me = presence.present_person(session, token, now=models.utc_now())
        assert me is not None
        ticket, link = (
            tickets.issue_ticket(session, present=me, document="questionnaire", by_phone=phone, now=models.utc_now())
            for phone in (False, True)
        )
    browser.get(f"/document/{ticket}")
    browser.post(f"/telephone/{link}")
    browser.get(f"/{NAME}/{SECRET}?nom={SECRET}")
    browser.get(f"/media/{SECRET}.png")
    browser.get("/mes-cv", headers={"x-forwarded-for": "203.0.113.7", "user-agent": SECRET})
    with tab(browser, token) as hers:
        hers.visit("mes-cv")
        monkeypatch.setattr(open_work.bag, "own_bag", _breaks)
        hers.visit("mes-cv")
    monkeypatch.setitem(MAKERS, "questionnaire", _breaks)  # type: ignore[arg-type]
    with db.write_transaction() as session:
        ticket = tickets.issue_ticket(session, present=me, document="questionnaire", now=models.utc_now())
    browser.get(f"/document/{ticket}")
    browser.get("/sortie")
    written = log.getvalue()
    for canary in (NAME, SECRET, account.id, code, cards.printed_code(code), PIN, token, ticket, link, me.sign_in_id):
        assert canary not in written, canary
    for address in ("testclient", "203.0.113.7"):
        assert address not in written
    assert sorted(str(line["said"]) for line in lines(log)) == ["mishap"] * 2 + ["request"] * 9


@pytest.mark.parametrize(
    ("name", "message", "values"),
    [
        ("uvicorn.error", '%s - "WebSocket %s" [accepted]', (("203.0.113.7", 4), f"/{SECRET}")),
        ("streamlit.runtime.state", "Session with id %s is already connected!", (SECRET,)),
        ("asyncio", f"Task exception was never retrieved\nfuture: <Task exception=ValueError('{SECRET}')>", ()),
        ("sqlalchemy.engine", "%s", (SECRET,)),
    ],
)
def test_what_a_library_puts_in_its_words_is_left_out(
    log: io.StringIO, name: str, message: str, values: tuple[object, ...]
) -> None:
    logging.getLogger(name).error(message, *values)
    assert SECRET not in log.getvalue() and "203.0.113.7" not in log.getvalue()
    assert lines(log)[-1]["by"] == name


def test_an_exception_is_told_by_its_kind_and_its_place_only(log: io.StringIO) -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise ValueError(f"{NAME} {SECRET}") from cause
    except ValueError as error:
        code = logs.log_mishap(error)
    told = lines(log)[-1]
    assert (told["error"], told["because"], told["code"]) == ("ValueError", "KeyError", code)
    assert re.fullmatch(r"tests/web/test_logs.py:\d+ test_an_exception_is_told\w+", told["where"][-1])  # type: ignore[index]
    assert SECRET not in log.getvalue() and NAME not in log.getvalue()


@pytest.mark.parametrize("text", ["one\ntwo", 'a "quote"', "\u2028\u0085\r\n", "é\x00\x1b[31m", '{"level": "error"}'])
def test_no_text_can_forge_a_line(log: io.StringIO, text: str) -> None:
    logging.getLogger("clicnjob.essai").warning(text)
    assert [line["said"] for line in lines(log)] == [text]
    assert log.getvalue().isascii() and log.getvalue().count("\n") == 1


# --- what is written


def test_the_lines_of_one_request_have_one_id(
    browser: TestClient, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clicnjob.web.auth.signing_in._begin_visit", _breaks)
    browser.post("/connexion/essai")
    browser.get("/connexion")
    told = lines(log)
    assert [line["said"] for line in told] == ["mishap", "request", "request"]
    ids = [line["request"] for line in told]
    assert ids[0] == ids[1] != ids[2]
    assert (told[1]["method"], told[1]["address"], told[1]["status"]) == ("POST", "/connexion/essai", 500)


@pytest.mark.parametrize(
    ("path", "shown"),
    [("/document/x", "/document/…"), ("/telephone/x", "/telephone/…"), ("/mes-cv", "/mes-cv"), ("/jean-dupont", "…")],
)
def test_an_address_is_written_without_what_is_personal(
    browser: TestClient, log: io.StringIO, path: str, shown: str
) -> None:
    browser.get(path)
    assert lines(log)[-1]["address"] == shown


def test_the_people_who_stay_and_the_probes_do_not_fill_the_log(browser: TestClient, log: io.StringIO) -> None:
    logging.getLogger("clicnjob").setLevel("INFO")
    for path in ("/sante", "/sante/pret", "/present", "/statique/clicnjob.css", "/statique/none"):
        browser.get(path)
    assert not log.getvalue()


# --- what the person sees


def test_a_route_that_breaks_shows_a_code_and_no_trace(
    browser: TestClient, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clicnjob.web.auth.signing_in._begin_visit", _breaks)
    answer = browser.post("/connexion/essai")
    code = lines(log)[0]["code"]
    assert answer.status_code == 500 and f"{code}</strong>" in answer.text
    assert "Quelque chose s’est mal passé" in answer.text and "Retour à l’accueil" in answer.text
    assert SECRET not in answer.text and "Traceback" not in answer.text and "IntegrityError" not in answer.text
    assert answer.headers["cache-control"] == "no-store" and "content-security-policy" in answer.headers


def test_a_page_that_breaks_shows_a_code_and_no_trace(
    browser: TestClient, young: tuple[Account, str], log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.post("/connexion", data={"numero": young[1], "code": PIN})
    monkeypatch.setattr(open_work.bag, "own_bag", _breaks)
    with tab(browser, browser.cookies[COOKIE]) as hers:
        came = hers.visit("mes-cv")
        code = next(line["code"] for line in lines(log) if line["said"] == "mishap")
        assert f"Code\u00a0: {code}".encode() in came and "Retour à l’accueil".encode() in came
        assert SECRET.encode() not in came and b"IntegrityError" not in came and hers.errors == 0


def test_a_refusal_that_a_page_lets_through_says_its_own_sentence(
    browser: TestClient, young: tuple[Account, str], log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_args: object, **_named: object) -> None:
        raise NotFound

    browser.post("/connexion", data={"numero": young[1], "code": PIN})
    monkeypatch.setattr(open_work.bag, "own_bag", refuses)
    with tab(browser, browser.cookies[COOKIE]) as hers:
        assert NotFound.sentence.encode() in hers.visit("mes-cv")
    assert not [line for line in lines(log) if line["said"] == "mishap"]


def test_who_goes_in_the_middle_of_a_form_leaves_no_trace(log: io.StringIO) -> None:
    """Anybody can open a connection and close it again: that is no mishap of ours."""

    async def reading(scope: Scope, receive: Receive, _send: Send) -> None:
        await Request(scope, receive).body()

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": "POST", "path": "/connexion", "headers": []}
    asyncio.run(Requests(reading)(scope, gone, send))
    assert sent == []
    assert [line["level"] for line in lines(log)] == ["info"]


def test_a_code_can_be_read_aloud() -> None:
    codes = {logs.log_mishap(ValueError()) for _ in range(50)}
    assert len(codes) == 50 and all(re.fullmatch("[2-9A-HJ-NP-Z]{6}", code) for code in codes)
