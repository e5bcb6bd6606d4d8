"""What the server answers: signing in, leaving, documents, the gate, and a page of Streamlit behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from clicnjob import config, db, models
from clicnjob.accounts import codes, presence, tickets
from clicnjob.cv.model import bag
from clicnjob.demo import people
from clicnjob.errors import NotFound
from clicnjob.generated_file import FileToBuild, GeneratedFile
from clicnjob.models import Account, Role, SignIn
from clicnjob.web import COOKIE, PAGE_ADDRESSES
from clicnjob.web.documents.serving import MAKERS, WRITING, disposition_header
from clicnjob.web.middleware.gate import Gate
from tests.for_each import for_each

pytest_plugins = ["tests.sign_in_pages"]
PIN = "482915"  # of tests.sign_in_pages.card
STREAM = "/_stcore/stream"
OURS = {"origin": "http://testserver"}


def sign_in(browser: TestClient, card: str, pin: str = PIN) -> None:
    """Through the form."""
    assert browser.post("/connexion", data={"numero": card, "code": pin}).status_code == 303


def run_page(browser: TestClient, page: str = "") -> list[ForwardMsg]:
    """One run of the app's script over its own socket."""
    with browser.websocket_connect(STREAM, subprotocols=["streamlit", "x"], headers=OURS) as socket:
        asked = BackMsg()
        asked.rerun_script.page_name = page
        socket.send_bytes(asked.SerializeToString())
        return list(until_finished(socket))


def until_finished(socket: object) -> Iterator[ForwardMsg]:
    """The messages of the run in progress."""
    while True:
        told = ForwardMsg()
        told.ParseFromString(socket.receive_bytes())  # type: ignore[attr-defined]
        yield told
        if told.WhichOneof("type") == "script_finished":
            return


# --- signing in


def test_a_card_and_its_code_open_the_app(browser: TestClient, card: str) -> None:
    answer = browser.post("/connexion", data={"numero": codes.printed_code(card).lower(), "code": PIN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert re.fullmatch(rf"{COOKIE}=[\w-]{{43}}; HttpOnly; Path=/; SameSite=strict", answer.headers["set-cookie"])
    assert browser.get("/").status_code == 200


def test_a_new_card_leads_to_the_choice_of_a_code(browser: TestClient, new_card: str) -> None:
    asked = browser.post("/connexion", data={"numero": new_card, "code": ""})
    assert "Choisis ton code secret" in asked.text and COOKIE not in browser.cookies
    chosen = browser.post("/connexion/code-secret", data={"numero": new_card, "code": PIN, "encore": PIN})
    assert chosen.status_code == 303 and browser.get("/").status_code == 200


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [("482915", "482916", "pas pareils"), ("123456", "123456", "trop facile"), ("12", "12", "6 chiffres")],
)
def test_a_code_that_does_not_do_is_asked_again(
    browser: TestClient, new_card: str, first: str, second: str, told: str
) -> None:
    fields = {"numero": new_card, "code": first, "encore": second}
    answer = browser.post("/connexion/code-secret", data=fields)
    assert answer.status_code == 400 and told in answer.text
    assert f'value="{first}"' not in answer.text


def test_a_typing_error_is_told_without_counting(browser: TestClient, card: str) -> None:
    for _ in range(20):
        wrong = card[:-1] + ("A" if card[-1] != "A" else "B")
        answer = browser.post("/connexion", data={"numero": wrong, "code": PIN})
        assert answer.status_code == 400 and "Erreur de frappe" in answer.text
    sign_in(browser, card)


def test_an_unknown_card_and_a_wrong_code_get_the_same_page(browser: TestClient, card: str) -> None:
    unknown = codes.new_code()
    pages = [browser.post("/connexion", data={"numero": n, "code": "739164"}) for n in (card, unknown)]
    assert [page.status_code for page in pages] == [403, 403]
    assert pages[0].text.replace(card, "") == pages[1].text.replace(unknown, "")


def test_wrong_codes_are_counted_although_they_are_refused(browser: TestClient, card: str) -> None:
    for _ in range(5):
        browser.post("/connexion", data={"numero": card, "code": "739164"})
    answer = browser.post("/connexion", data={"numero": card, "code": PIN})
    assert answer.status_code == 429 and "Attends 1 minute" in answer.text


def test_what_is_typed_is_shown_as_text(browser: TestClient) -> None:
    answer = browser.post("/connexion", data={"numero": '"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.text and "&lt;script&gt;" in answer.text


@for_each("body", [b"", b"numero", b"\xff\xfe", b"a=1&" * 500, b"numero=%ED%A0%80"])
def test_a_broken_form_is_a_typing_error(browser: TestClient, body: bytes) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert browser.post("/connexion", content=body, headers=kind).status_code == 400


def test_a_form_longer_than_any_of_ours_is_not_read(browser: TestClient) -> None:
    answer = browser.post("/connexion", content=b"numero=" + b"a" * 20_000)
    assert answer.status_code == 413 and "trop long" in answer.text


def test_a_guest_enters_without_a_card(browser: TestClient) -> None:
    assert browser.post("/connexion/essai").headers["location"] == "/"
    assert browser.get("/").status_code == 200


def test_a_professional_enters_with_a_password(browser: TestClient, chief: Account) -> None:
    from clicnjob.accounts import staff

    with db.write_transaction() as session:
        fields = {"first_name": "Claire", "last_name": "M", "password": "quatre mots assez longs"}
        staff.enrol_staff(session, by=chief, role=Role.ADVISER, login="claire.essai", **fields)
    wrong = browser.post("/connexion/pro", data={"identifiant": "claire.essai", "mot_de_passe": "x"})
    assert wrong.status_code == 403 and "ne vont pas ensemble" in wrong.text
    right = {"identifiant": "claire.essai", "mot_de_passe": "quatre mots assez longs"}
    assert browser.post("/connexion/pro", data=right).status_code == 303


def test_after_sign_in_one_lands_on_the_page_one_wanted(browser: TestClient, card: str) -> None:
    wanted = sorted(PAGE_ADDRESSES)[0]
    assert browser.get(wanted).headers["location"] == f"/connexion?retour={wanted}"
    answer = browser.post("/connexion", data={"numero": card, "code": PIN, "retour": wanted})
    assert answer.headers["location"] == wanted


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil", "/connexion", "/jean-dupont", "/?a=1"]
)
def test_one_never_lands_elsewhere(browser: TestClient, card: str, back: str) -> None:
    answer = browser.post("/connexion", data={"numero": card, "code": PIN, "retour": back})
    assert answer.headers["location"] == "/"


def test_a_new_sign_in_ends_the_one_this_browser_had(browser: TestClient, card: str) -> None:
    browser.post("/connexion/essai")
    earlier = browser.cookies[COOKIE]
    sign_in(browser, card)
    with db.read_transaction() as session:
        assert presence.present_person(session, earlier, now=models.utc_now()) is None


def test_the_next_person_is_told_that_somebody_is_signed_in(browser: TestClient, card: str) -> None:
    sign_in(browser, card)
    page = browser.get("/connexion").text
    assert "Une personne est déjà connectée" in page and "Canari" not in page


# --- leaving


def test_leaving_ends_the_sign_in_and_clears_the_browser(browser: TestClient, card: str) -> None:
    sign_in(browser, card)
    token = browser.cookies[COOKIE]
    answer = browser.get("/sortie")
    assert answer.headers["clear-site-data"] == '"cookies", "storage"'
    assert answer.headers["cache-control"] == "no-store"
    assert "Téléchargements" not in answer.text and "À bientôt" in answer.text and "Ta carte" in answer.text
    with db.read_transaction() as session:
        assert presence.present_person(session, token, now=models.utc_now()) is None


def test_a_guest_who_leaves_is_erased(browser: TestClient) -> None:
    browser.post("/connexion/essai")
    with db.read_transaction() as session:
        me = presence.present_person(session, browser.cookies[COOKIE], now=models.utc_now())
    browser.get("/sortie")
    with db.read_transaction() as session:
        assert me is not None and session.get(Account, me.id) is None


def test_whoever_took_a_file_is_told_where_it_lies(browser: TestClient, ticket: str) -> None:
    assert browser.get(f"/document/{ticket}").status_code == 200
    said = browser.get("/sortie").text
    assert all(words in said for words in ("Ta clé USB", "Téléchargements", "Ton téléphone", "Ta carte"))


def test_a_visit_that_ran_out_is_told_so_too(browser: TestClient, ticket: str) -> None:
    browser.get(f"/document/{ticket}")
    _move_back(minutes=15)
    assert "Téléchargements" in browser.get("/sortie").text


def _move_back(*, minutes: int) -> None:
    """Everybody’s visit is this much older."""
    with db.write_transaction() as session:
        for row in session.exec(select(SignIn)).all():
            row.seen_at -= timedelta(minutes=minutes)


def test_a_page_of_an_earlier_visit_does_not_end_the_next_one(browser: TestClient, card: str) -> None:
    sign_in(browser, card)
    visit = browser.get("/present").json()["visit"]
    assert browser.get("/sortie?visite=0123456789abcdef").headers["location"] == "/"
    assert browser.get("/present").status_code == 200
    assert "À bientôt" in browser.get(f"/sortie?visite={visit}").text
    assert browser.get("/present").status_code == 403


def test_each_visit_has_its_own_mark(browser: TestClient, card: str) -> None:
    marks = []
    for _ in range(2):
        sign_in(browser, card)
        marks.append(browser.get("/present").json()["visit"])
        assert browser.get("/present").json()["visit"] == marks[-1]
    assert len(set(marks)) == 2 and all(re.fullmatch("[0-9a-f]{16}", mark) for mark in marks)


def test_leaving_twice_is_no_mistake(browser: TestClient) -> None:
    assert [browser.get("/sortie").status_code for _ in range(2)] == [200, 200]


# --- staying


def test_staying_starts_the_idle_time_anew(browser: TestClient, card: str) -> None:
    sign_in(browser, card)
    told = browser.post("/present").json()
    assert told["young"] and (told["masked_after"], told["idle_limit"], told["warned"]) == (285, 900, 120)
    assert 895 < told["idle"] <= 900 and 14_000 < told["whole"] <= 14_400


def test_nobody_cannot_stay(browser: TestClient) -> None:
    assert browser.post("/present").status_code == 403


# --- health


def test_health_tells_the_state_and_the_version(browser: TestClient) -> None:
    answer = browser.get("/sante/pret")
    assert answer.status_code == 200 and answer.json()["state"] == "ready" and answer.json()["version"]


# --- documents


@pytest.fixture
def ticket(browser: TestClient, card: str) -> str:
    """A ticket for a document that the test makes."""
    MAKERS["essai"] = lambda _session, taken: GeneratedFile(
        "Mon CV – été.pdf", "application/pdf", taken.work_id.encode()
    )
    sign_in(browser, card)
    with db.write_transaction() as session:
        me = presence.present_person(session, browser.cookies[COOKIE], now=models.utc_now())
        assert me is not None
        return tickets.issue_ticket(session, present=me, document="essai", work_id="w1", now=models.utc_now())


def test_a_document_comes_once_to_its_browser(browser: TestClient, ticket: str) -> None:
    answer = browser.get(f"/document/{ticket}")
    assert (answer.status_code, answer.content, answer.headers["cache-control"]) == (200, b"w1", "no-store")
    assert answer.headers["content-disposition"].startswith('attachment; filename="Mon CV')
    again = browser.get(f"/document/{ticket}")
    assert again.status_code == 404 and "demande le document à nouveau" in again.text


def test_a_file_is_built_while_others_can_write(browser: TestClient, ticket: str) -> None:
    def build() -> bytes:
        with db.write_transaction():
            return b"pendant ce temps"

    MAKERS["essai"] = lambda _session, _taken: FileToBuild("liste.csv", "text/csv", build)
    WRITING.add("essai")
    try:
        assert browser.get(f"/document/{ticket}").content == b"pendant ce temps"
    finally:
        WRITING.discard("essai")


def test_what_is_noted_of_a_file_is_committed_part_by_part_once_it_is_built(browser: TestClient, ticket: str) -> None:
    done: list[str] = []

    def note(session: Session, word: str) -> None:
        db.after_commit(session, word, lambda: done.append(word))

    def build() -> bytes:
        done.append("la page")
        return b"..."

    notes = tuple(partial(note, word=word) for word in ("un", "deux"))
    MAKERS["essai"] = lambda _session, _taken: FileToBuild("liste.csv", "text/csv", build, notes)
    assert browser.get(f"/document/{ticket}").content == b"..."
    assert done == ["la page", "un", "deux"]


def test_nothing_is_noted_of_a_file_that_cannot_be_built(browser: TestClient, ticket: str) -> None:
    done: list[str] = []

    def build() -> bytes:
        raise NotFound

    MAKERS["essai"] = lambda _session, _taken: FileToBuild(
        "liste.csv", "text/csv", build, (lambda _session: done.append("un"),)
    )
    assert browser.get(f"/document/{ticket}").status_code >= 400
    assert done == []


def test_looking_at_the_head_does_not_use_the_ticket(browser: TestClient, ticket: str) -> None:
    assert browser.head(f"/document/{ticket}").status_code == 405
    assert browser.get(f"/document/{ticket}").status_code == 200


def test_another_browser_gets_no_document(browser: TestClient, ticket: str) -> None:
    browser.cookies.clear()
    browser.post("/connexion/essai")
    assert browser.get(f"/document/{ticket}").status_code == 404


def test_nobody_gets_no_document(browser: TestClient, ticket: str) -> None:
    browser.get("/sortie")
    assert browser.get(f"/document/{ticket}").status_code == 403


@for_each("name", ['a"b\r\nX: y.pdf', "é.pdf", "../../etc/passwd", "😀" * 300, ""])
def test_a_file_name_cannot_break_the_header(name: str) -> None:
    header = disposition_header(name)
    assert header.isascii() and header.isprintable() and header.count('"') == 2


# --- on one's own telephone


@pytest.fixture
def computer(browser: TestClient, card: str) -> str:
    """The token of the computer where somebody signed in; the browser has become a telephone, without any cookie."""
    sign_in(browser, card)
    token = browser.cookies[COOKIE]
    browser.cookies.clear()
    return token


@pytest.fixture
def link(computer: str) -> str:
    """The address in the square, for a document that the test makes."""
    MAKERS["essai"] = lambda _session, taken: GeneratedFile("mon-cv.pdf", "application/pdf", taken.work_id.encode())
    with db.write_transaction() as session:
        me = presence.present_person(session, computer, now=models.utc_now())
        assert me is not None
        made = tickets.issue_ticket(
            session, present=me, document="essai", work_id="w1", by_phone=True, now=models.utc_now()
        )
    return f"/telephone/{made}"


def test_a_telephone_takes_the_file_once_after_saying_yes(browser: TestClient, link: str) -> None:
    for _ in range(3):  # a program that looks at links ahead, then the person
        asked = browser.get(link)
        assert asked.status_code == 200 and "Prendre mon fichier" in asked.text and "Canari" not in asked.text
        assert browser.head(link).status_code == 200
    answer = browser.post(link, headers={"origin": "null", "sec-fetch-site": "same-origin"})
    assert (answer.status_code, answer.content) == (200, b"w1")
    assert answer.headers["content-disposition"].startswith('attachment; filename="mon-cv.pdf"')
    for again in (browser.get(link), browser.post(link)):
        assert again.status_code == 404 and "Ce lien ne marche plus" in again.text
    assert COOKIE not in browser.cookies


def test_a_telephone_is_told_to_keep_and_index_nothing(browser: TestClient, link: str) -> None:
    for answer in (browser.get(link), browser.post(link), browser.get(link)):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"


def test_the_link_is_void_when_the_person_has_left(browser: TestClient, computer: str, link: str) -> None:
    browser.get("/sortie", headers={"cookie": f"{COOKIE}={computer}"})
    assert browser.get(link).status_code == 404
    assert browser.post(link).status_code == 404


def test_another_site_cannot_take_the_file(browser: TestClient, link: str) -> None:
    assert browser.post(link, headers={"origin": "http://evil.example"}).status_code == 403
    assert browser.post(link).status_code == 200


@for_each("token", ["x", "é", "a" * 5_000, "..%2F..%2Fsortie", "%00"])
def test_an_unknown_link_says_how_to_ask_again(browser: TestClient, token: str) -> None:
    answers = [browser.get(f"/telephone/{token}"), browser.post(f"/telephone/{token}")]
    assert {answer.status_code for answer in answers} <= {404, 400}


def test_only_the_files_for_an_employer_say_whose_they_are() -> None:
    """An employer files a CV by its name; a shared computer keeps the name of whatever else was downloaded."""
    from clicnjob.cv.document import downloads
    from tests import make

    with db.write_transaction() as session:
        account = Account(role=Role.YOUNG, first_name="Canari", last_name="Essai")
        session.add(account)
        session.flush()
        people.fill_bag(session, account, *make.whole())
        kept = bag.own_bag(session, of=account)
        assert kept is not None
        names = [
            downloads.cv_output(session, of=account, kind=kind, cv_id=kept.cvs[0].id).name for kind in downloads.KINDS
        ]
    stem = downloads.cv_file_name(kept.profile, kept.cvs[0].cv).removesuffix(".pdf")
    assert names == [f"{stem}.pdf", f"{stem}.docx", "mon-cv-json-resume.json"]


# --- the gate


@for_each("path", ["/", "/media/x", "/_stcore/upload_file/a/b", "/document/x", "/present"])
def test_nothing_of_the_app_is_served_to_nobody(browser: TestClient, path: str) -> None:
    assert browser.get(path).status_code in (303, 403)


@for_each(
    "path",
    ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp", "/x/_stcore/health",
     "/auth/login", "/nimporte",
     "/static/../server.py", "/statique/../policy.py", "/connexion/autre", "/.env"],
)  # fmt: skip
def test_the_rest_does_not_exist(browser: TestClient, card: str, path: str) -> None:
    sign_in(browser, card)
    assert browser.get(path).status_code == 404


def test_a_forged_cookie_is_taken_away(browser: TestClient) -> None:
    browser.cookies.set(COOKIE, "forged")
    answer = browser.get("/")
    assert answer.status_code == 303 and f'{COOKIE}=""' in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
)
def test_another_site_cannot_send_our_forms(browser: TestClient, headers: dict[str, str]) -> None:
    assert browser.post("/connexion/essai", headers=headers).status_code == 403


def test_our_own_form_is_sent_without_an_origin(browser: TestClient) -> None:
    ours = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert browser.post("/connexion/essai", headers=ours).status_code == 303


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "http://evil.example"}, {"origin": "http://localhost"}, {"origin": "null"}]
)
def test_the_socket_must_come_from_our_page(browser: TestClient, card: str, headers: dict[str, str]) -> None:
    sign_in(browser, card)
    with pytest.raises(WebSocketDisconnect) as refused, browser.websocket_connect(STREAM, headers=headers):
        pass
    assert refused.value.code == 1008


def test_the_socket_needs_a_sign_in(browser: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), browser.websocket_connect(STREAM, headers=OURS):
        pass


@pytest.mark.parametrize("path", ["/signal", "/sante", f"/calendrier/{'A' * 43}.ics", "/static/x", "/document/x"])
def test_a_socket_anywhere_else_is_refused_before_anything_looks_at_it(browser: TestClient, path: str) -> None:
    """Anybody could fill the log with traces: what limits messages asked who sends them, where nobody is asked."""
    with pytest.raises(WebSocketDisconnect) as refused, browser.websocket_connect(path, headers=OURS):
        pass
    assert refused.value.code == 1008


@pytest.mark.parametrize("folder", ["telephone", "document", "tableau", "video", "lecon-video"])
def test_nothing_is_below_our_own_addresses(browser: TestClient, card: str, folder: str) -> None:
    """Streamlit would answer any of them with its own page."""
    sign_in(browser, card)
    assert [browser.get(f"/{folder}/{rest}").status_code for rest in ("a/b", "/evil.example/", "a/")] == [404] * 3


async def _reached(_scope: object, _receive: object, send: object) -> None:
    from starlette.responses import PlainTextResponse

    await PlainTextResponse("reached")(_scope, _receive, send)  # type: ignore[arg-type]


def test_a_foreign_host_is_refused_where_the_public_address_is_known() -> None:
    here = TestClient(Gate(_reached, public_url="https://clicnjob.example"), base_url="https://clicnjob.example")
    assert here.get("/connexion").text == "reached"
    assert here.get("/connexion", headers={"host": "evil.example"}).status_code == 421
    for path in ("/sante", "/sante/pret"):
        assert here.get(path, headers={"host": "127.0.0.1:8501"}).text == "reached"


@for_each(
    ("host", "answers"),
    [("127.0.0.1:8501", 200), ("localhost:8501", 200), ("LOCALHOST", 200), ("[::1]:8501", 200), ("192.168.1.20", 200),
     ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("localhost.evil.example", 421), ("", 421), ("[", 421),
     ("a b", 421), ("127.0.0.1:8501@evil.example", 421)],
)  # fmt: skip
def test_without_a_public_address_only_this_machine_is_called(host: str, answers: int) -> None:
    """A name of somebody else's that leads to this machine would let their pages read our answers (DNS rebinding)."""
    here = TestClient(Gate(_reached, public_url=""), base_url="http://localhost")
    assert here.get("/connexion", headers={"host": host}).status_code == answers


def test_the_name_it_listens_at_is_its_own() -> None:
    here = TestClient(Gate(_reached, public_url="", listens_at="clic.local"), base_url="http://clic.local")
    assert here.get("/connexion").text == "reached"


@for_each(
    ("public", "origin", "passes"),
    [
        ("https://clicnjob.example", "https://clicnjob.example", True),
        ("https://clicnjob.example", "http://clicnjob.example", False),
        ("https://clicnjob.example", "https://clicnjob.example:444", False),
        ("https://clicnjob.example", "https://clicnjob.example.evil.example", False),
        ("https://clicnjob.example", "ftp://clicnjob.example", False),
        ("", "http://localhost", True),
        ("", "https://localhost", False),
        ("", "http://localhost:8501", False),
    ],
)
def test_an_origin_is_ours_with_its_scheme_only(public: str, origin: str, passes: bool) -> None:
    here = TestClient(Gate(_reached, public_url=public), base_url=public or "http://localhost")
    assert here.post("/connexion", headers={"origin": origin}).status_code == (200 if passes else 403)


def test_the_socket_refuses_the_other_scheme(browser: TestClient, card: str) -> None:
    sign_in(browser, card)
    other = {"origin": "https://testserver"}
    with pytest.raises(WebSocketDisconnect), browser.websocket_connect(STREAM, headers=other):
        pass


def test_no_other_site_is_said_to_be_a_host_of_ours(browser: TestClient) -> None:
    assert browser.get("/_stcore/host-config").json()["allowedOrigins"] == []


@pytest.mark.parametrize("how", ["cross-site", "same-site"])
def test_another_site_can_neither_end_a_visit_nor_empty_the_browser(browser: TestClient, card: str, how: str) -> None:
    """From there the strict cookie does not come along: clearing it would leave the visit alive on the server."""
    sign_in(browser, card)
    token = browser.cookies[COOKIE]
    browser.cookies.clear()
    answer = browser.get("/sortie", headers={"sec-fetch-site": how})
    assert answer.status_code == 200 and "Oui, finir" in answer.text
    assert "clear-site-data" not in answer.headers and "set-cookie" not in answer.headers
    browser.cookies.set(COOKIE, token)
    assert browser.get("/present").status_code == 200
    for ours in ("same-origin", "none"):
        assert "À bientôt" in browser.get("/sortie", headers={"sec-fetch-site": ours}).text
    assert browser.get("/present").status_code == 403


def test_looking_at_the_head_of_the_way_out_ends_nothing(browser: TestClient, card: str) -> None:
    sign_in(browser, card)
    assert "clear-site-data" not in browser.head("/sortie").headers
    assert browser.get("/present").status_code == 200


# --- a page


def test_a_page_runs_for_the_person_of_the_cookie(browser: TestClient, card: str) -> None:
    sign_in(browser, card)
    told = run_page(browser)
    drawn = b"".join(message.SerializeToString() for message in told)
    assert b"Canari" in drawn and b"/sortie" in drawn
    assert not any(message.delta.new_element.HasField("exception") for message in told)


def test_a_page_shows_nothing_after_leaving(browser: TestClient, card: str) -> None:
    sign_in(browser, card)
    with browser.websocket_connect(STREAM, subprotocols=["streamlit", "x"], headers=OURS) as socket:
        browser.get("/sortie")
        asked = BackMsg()
        asked.rerun_script.page_name = ""
        socket.send_bytes(asked.SerializeToString())
        drawn = b"".join(message.SerializeToString() for message in until_finished(socket))
    assert b"Canari" not in drawn


def test_the_configuration_beside_the_script_is_read(browser: TestClient) -> None:
    from streamlit import config as streamlit_config

    read = {name: streamlit_config.get_option(name) for name in ("runner.postScriptGC", "browser.gatherUsageStats")}
    assert read == dict.fromkeys(read, False)
    assert streamlit_config.get_option("theme.primaryColor") == "#0B6B61"
    assert config.current_settings().mode == "development"


@pytest.fixture
def over_https(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The same browser where the settings say that the address is https."""
    monkeypatch.setenv("CLICNJOB_PUBLIC_URL", "https://clicnjob.example")
    config.current_settings.cache_clear()
    yield browser
    monkeypatch.undo()
    config.current_settings.cache_clear()


def test_over_https_the_cookie_is_never_sent_in_clear_nor_written_by_another_host(
    over_https: TestClient, chief: Account, card: str
) -> None:
    sent = over_https.post("/connexion", data={"numero": card, "code": PIN}).headers["set-cookie"]
    assert sent.startswith(f"__Host-{COOKIE}=") and sent.endswith("; Secure")
    assert "; Path=/;" in sent and "Domain" not in sent
    token = sent.split("=", 1)[1].split(";")[0]
    assert over_https.get("/present", headers={"cookie": f"__Host-{COOKIE}={token}"}).status_code == 200
    assert over_https.get("/present", headers={"cookie": f"{COOKIE}={token}"}).status_code == 403
    gone = over_https.get("/sortie", headers={"cookie": f"__Host-{COOKIE}={token}"}).headers.get_list("set-cookie")
    assert gone and all("; Secure" in one and "; Path=/" in one and "Max-Age=0" in one for one in gone)
    assert any(one.startswith(f"__Host-{COOKIE}=") for one in gone)


def test_over_https_every_cookie_of_ours_is_for_this_host_only() -> None:
    """No cookie is set but through web/auth/cookies.py."""
    from clicnjob.paths import PACKAGE

    code = {path: path.read_text(encoding="utf-8") for path in (PACKAGE / "web").rglob("*.py")}
    others = [path.name for path, text in code.items() if ".set_cookie(" in text or ".delete_cookie(" in text]
    assert others == ["cookies.py"]


def test_streamlit_s_own_cookie_is_secure_too() -> None:
    async def streamlit(scope: object, receive: object, send: object) -> None:
        from starlette.responses import PlainTextResponse

        answer = PlainTextResponse("")
        answer.set_cookie("_streamlit_xsrf", "x", samesite="strict")
        answer.set_cookie("other", "x", secure=True)
        await answer(scope, receive, send)  # type: ignore[arg-type]

    from clicnjob.web.middleware.headers import Headers

    for secure in (True, False):
        cookies = TestClient(Headers(streamlit, policy="x", secure=secure)).get("/").headers.get_list("set-cookie")
        assert [one.count("; Secure") for one in cookies] == [int(secure), 1]
