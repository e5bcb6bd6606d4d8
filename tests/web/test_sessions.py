"""A Streamlit session belongs to one sign-in: nobody else takes it over, acts in it, or fetches what it made."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime import Runtime, media_file_manager

from clicnjob import db, models, works
from clicnjob.accounts import people, presence
from clicnjob.accounts.reauthentication import Proof
from clicnjob.cv.model import bag
from clicnjob.models import Account, Card, Role, WrongTries
from clicnjob.paths import PACKAGE, PAGES
from clicnjob.privacy import notice
from clicnjob.web import COOKIE
from clicnjob.web.streamlit_patches import session_ownership
from tests.conftest import count_queries, person
from tests.tabs import OURS, STREAM, Tab, tab

pytest_plugins = ["tests.sign_in_pages"]


@dataclass(frozen=True)
class Seated:
    """Somebody signed in: the account, the token of their browser, a word that only they may see."""

    account: Account
    token: str
    canary: str

    @property
    def sign_in_id(self) -> str:
        found = _there(self)
        assert found is not None
        return found.sign_in_id


def _there(one: Seated) -> presence.Present | None:
    with db.read_transaction() as session:
        return presence.present_person(session, one.token, now=models.utc_now())


def seated(chief: Account, canary: str) -> Seated:
    """A young person of the structure with a CV that holds the canary."""
    with db.write_transaction() as session:
        adviser = person(session, Role.ADVISER, organisation_id=chief.organisation_id)
        account, _ = people.enrol_young(session, by=adviser, first_name=canary, last_name="Abel", now=models.utc_now())
        notice.accept_notice(session, by=account, version=notice.current_notice().version)
        bag.open_bag(session, by=account, operation=works.new_operation())
        return Seated(account, presence.begin_sign_in(session, account=account, now=models.utc_now()), canary)


def works_of(one: Seated) -> list[tuple[str, int]]:
    """What this person has, and at which version."""
    with db.read_transaction() as session:
        return [(work.id, work.version) for work in works.own_works(session, of=one.account)]


@pytest.fixture
def lea(chief: Account) -> Seated:
    return seated(chief, "Canari-Léa")


@pytest.fixture
def tom(chief: Account) -> Seated:
    return seated(chief, "Canari-Tom")


# --- the session itself


@pytest.mark.parametrize("pretending", [False, True], ids=["plainly", "with a forged header"])
def test_another_person_cannot_take_a_session_over(
    browser: TestClient, lea: Seated, tom: Seated, pretending: bool
) -> None:
    forged = {"x-clicnjob-sign-in": lea.sign_in_id} if pretending else {}
    with tab(browser, lea.token) as hers:
        hers.visit()
        with tab(browser, tom.token, resuming=hers.session_id, **forged) as his:
            his.visit()
            assert his.session_id != hers.session_id
            assert lea.canary.encode() not in his.shown
            assert lea.canary.encode() in hers.visit()


def test_a_session_left_for_a_moment_is_not_taken_over_either(browser: TestClient, lea: Seated, tom: Seated) -> None:
    with tab(browser, lea.token) as hers:
        hers.visit()
    with tab(browser, tom.token, resuming=hers.session_id) as his:
        his.visit()
        assert his.session_id != hers.session_id and lea.canary.encode() not in his.shown


def test_the_same_person_elsewhere_begins_a_session_of_their_own(browser: TestClient, lea: Seated) -> None:
    with db.write_transaction() as session:
        elsewhere = presence.begin_sign_in(session, account=lea.account, now=models.utc_now())
    with tab(browser, lea.token) as hers, tab(browser, elsewhere, resuming=hers.session_id) as there:
        there.visit()
        hers.visit()
        assert there.session_id != hers.session_id


def test_nobody_cannot_take_a_session_over(browser: TestClient, lea: Seated) -> None:
    with tab(browser, lea.token) as hers:
        hers.visit()
        for cookie in ("", f"{COOKIE}=", f"{COOKIE}=forged"):
            asked = {"origin": OURS, "cookie": cookie, "x-clicnjob-sign-in": lea.sign_in_id}
            spoken = ["streamlit", "x", hers.session_id]
            with (
                pytest.raises(WebSocketDisconnect),
                browser.websocket_connect(STREAM, subprotocols=spoken, headers=asked),
            ):
                pass
        assert lea.canary.encode() in hers.visit()


def test_her_own_tab_finds_its_session_again(browser: TestClient, lea: Seated) -> None:
    with tab(browser, lea.token) as before:
        before.visit()
    with tab(browser, lea.token, resuming=before.session_id) as after:
        after.visit()
        assert after.session_id == before.session_id


# --- revocation: what ends a sign-in ends every open tab of it at its next run


def _done(lea: Seated) -> None:
    with db.write_transaction() as session:
        people.leave_for_good(session, lea.token, reason="done", now=models.utc_now())


def _new_card(lea: Seated) -> None:
    with db.write_transaction() as session:
        adviser = session.get_one(Account, session.get_one(Account, lea.account.id).adviser_id)
        adviser.role = Role.ADVISER
        people.renew_card(
            session,
            by=adviser,
            account_id=lea.account.id,
            proof=Proof(adviser.id, models.utc_now()),
            now=models.utc_now(),
        )


def _closed(lea: Seated) -> None:
    with db.write_transaction() as session:
        session.get_one(Account, lea.account.id).closed_at = models.utc_now()


def _erased(lea: Seated) -> None:
    with db.write_transaction() as session:
        session.delete(session.get_one(Account, lea.account.id))


@pytest.mark.parametrize(("page", "button"), [("mes-cv", "new-cv"), ("construire", "next")])
@pytest.mark.parametrize("end", [_done, _new_card, _closed, _erased], ids=lambda end: end.__name__.strip("_"))
def test_every_open_tab_is_closed_at_its_next_run(
    browser: TestClient, lea: Seated, end: Callable[[Seated], None], page: str, button: str
) -> None:
    with tab(browser, lea.token) as one, tab(browser, lea.token) as two:
        before = [each.visit(page) for each in (one, two)]
        assert all(lea.canary.encode() in came for came in before)
        end(lea)
        for came in (one.visit(page), two.press(two.widgets[button])):
            assert "À bientôt".encode() in came and lea.canary.encode() not in came
    with pytest.raises(WebSocketDisconnect), tab(browser, lea.token):
        pass


# --- forged messages


@pytest.mark.parametrize("act", ["open", "copy", "delete"])
def test_the_buttons_of_another_do_nothing(browser: TestClient, lea: Seated, tom: Seated, act: str) -> None:
    before = works_of(lea), works_of(tom)
    with tab(browser, lea.token) as hers, tab(browser, tom.token) as his:
        hers.visit("mes-cv")
        his.visit("mes-cv")
        button = next(widget for key, widget in hers.widgets.items() if key.startswith(f"{act}-"))
        his.press(button)
        assert lea.canary.encode() not in his.shown
        assert (works_of(lea), works_of(tom)) == before
        hers.press(button)
    assert (works_of(lea) == before[0]) is (act == "open"), "her own press does something"


def test_the_values_of_another_are_nobodys(browser: TestClient, lea: Seated, tom: Seated) -> None:
    before = works_of(lea), works_of(tom)
    with tab(browser, lea.token) as hers, tab(browser, tom.token) as his:
        hers.visit("mes-cv")
        his.visit("mes-cv")
        box = next(widget for key, widget in hers.widgets.items() if key.startswith("kept·cv-"))
        his.set(WidgetState(id=box, string_value="Volé"))
        assert lea.canary.encode() not in his.shown and "Volé".encode() not in hers.visit("mes-cv")
    assert (works_of(lea), works_of(tom)) == before


def _adviser(chief: Account) -> str:
    with db.write_transaction() as session:
        adviser = person(session, Role.ADVISER, organisation_id=chief.organisation_id)
        return presence.begin_sign_in(session, account=adviser, now=models.utc_now())


@pytest.mark.parametrize("by", ["address", "hash", "both"])
def test_a_page_of_another_role_does_not_open(
    browser: TestClient, chief: Account, lea: Seated, tom: Seated, by: str
) -> None:
    with tab(browser, _adviser(chief)) as theirs:
        assert lea.canary.encode() in theirs.visit("cartes")
    asked = BackMsg()
    asked.rerun_script.page_name = "cartes" if by != "hash" else ""
    asked.rerun_script.page_script_hash = theirs.script if by != "address" else ""
    with tab(browser, tom.token) as his:
        his.send(asked)
        assert lea.canary.encode() not in his.shown
        assert not [key for key in his.widgets if key.startswith("card-")]


def test_an_act_of_another_role_does_nothing(browser: TestClient, chief: Account, lea: Seated, tom: Seated) -> None:
    with db.write_transaction() as session:
        card = session.exec(select(Card).where(Card.account_id == lea.account.id)).one()
        waits = models.utc_now() + timedelta(hours=1)
        session.add(WrongTries(key=card.code_digest, wrong=9, wait_until=waits, last_at=models.utc_now()))
    with tab(browser, _adviser(chief)) as theirs, tab(browser, tom.token) as his:
        theirs.visit("cartes")
        his.visit()
        button = theirs.widgets[f"unlock-{lea.account.id}"]
        his.set(WidgetState(id=button, trigger_value=True), page_script_hash=theirs.script, page_name="cartes")
        assert _wrong_pins(lea) == 9
        theirs.press(button)
        assert _wrong_pins(lea) == 0, "the adviser's own press unlocks the card"


def _wrong_pins(one: Seated) -> int:
    with db.read_transaction() as session:
        query = select(WrongTries.wrong).join(Card, col(Card.code_digest) == WrongTries.key)
        return session.exec(query.where(Card.account_id == one.account.id)).first() or 0


@pytest.mark.parametrize("fragment", ["forged", "0" * 32, "'; --"])
def test_a_forged_fragment_draws_nothing_of_another(
    browser: TestClient, lea: Seated, tom: Seated, fragment: str
) -> None:
    asked = BackMsg()
    asked.rerun_script.fragment_id = fragment
    with tab(browser, lea.token) as hers, tab(browser, tom.token) as his:
        hers.visit("mes-cv")
        his.visit("mes-cv")
        his.say(asked)
        his.visit("mes-cv")
        assert lea.canary.encode() not in his.shown


def test_a_part_drawn_by_itself_asks_first_who_is_there() -> None:
    """A fragment’s run passes neither the router nor the guard of its page."""
    for path in (*PAGES.rglob("*.py"), *(PACKAGE / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any("st.fragment" in ast.unparse(d) for d in node.decorator_list):
                said = [line for line in node.body if not isinstance(getattr(line, "value", None), ast.Constant)]
                assert "signed_in.still_present(" in ast.unparse(said[0]), f"{path.name}: {node.name}"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{}", b"\x0a\xff\xff\xff\xff\x0f", b"A" * 10_000])
def test_a_broken_message_hurts_only_its_own_socket(browser: TestClient, lea: Seated, content: bytes) -> None:
    with tab(browser, lea.token) as hers:
        hers.visit()
        with browser.websocket_connect(
            STREAM, subprotocols=["streamlit", "x"], headers={"origin": OURS, "cookie": f"{COOKIE}={lea.token}"}
        ) as other:
            other.send_bytes(content)
        assert lea.canary.encode() in hers.visit()


# --- files in memory


@pytest.fixture
def picture(browser: TestClient, lea: Seated, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Her open page, which holds a picture; gives the page and the address of the picture."""
    with tab(browser, lea.token) as hers:
        hers.visit()
        monkeypatch.setattr(media_file_manager, "_get_session_id", lambda: hers.session_id)
        yield hers, Runtime.instance().media_file_mgr.add(b"her picture", "image/png", "canary")


def _fetch(browser: TestClient, path: str, token: str) -> tuple[int, bytes]:
    answer = browser.get(path, headers={"cookie": f"{COOKIE}={token}"})
    return answer.status_code, answer.content


def test_a_picture_comes_to_the_sign_in_that_shows_it_only(
    browser: TestClient, lea: Seated, tom: Seated, picture: tuple[Tab, str]
) -> None:
    _, address = picture
    with db.write_transaction() as session:
        elsewhere = presence.begin_sign_in(session, account=lea.account, now=models.utc_now())
    assert _fetch(browser, address, lea.token) == (200, b"her picture")
    for other in (tom.token, elsewhere):
        assert _fetch(browser, address, other) == (404, b"")
        assert _fetch(browser, address.replace(".png", ""), other) == (404, b"")
    assert _fetch(browser, "/media/" + "0" * 56 + ".png", lea.token) == (404, b"")
    assert _fetch(browser, address, "")[0] == 403


def test_after_leaving_a_picture_comes_to_nobody(browser: TestClient, lea: Seated, picture: tuple[Tab, str]) -> None:
    _done(lea)
    assert _fetch(browser, picture[1], lea.token)[0] == 403


def _send(browser: TestClient, token: str, session_id: str, *, erase: bool = False) -> int:
    browser.get("/_stcore/health")
    proof = browser.cookies["_streamlit_xsrf"]
    headers = {"cookie": f"{COOKIE}={token}; _streamlit_xsrf={proof}", "x-xsrftoken": proof}
    path = f"/_stcore/upload_file/{session_id}/a-file"
    if erase:
        return browser.delete(path, headers=headers).status_code
    return browser.put(path, headers=headers, files={"file": ("cv.pdf", b"%PDF-")}).status_code


def test_only_she_sends_files_to_her_session(browser: TestClient, lea: Seated, tom: Seated) -> None:
    with tab(browser, lea.token) as hers, tab(browser, tom.token) as his:
        hers.visit("reprendre")
        his.visit("reprendre")
        assert _send(browser, tom.token, hers.session_id) == 404
        assert _send(browser, tom.token, hers.session_id, erase=True) == 404
        assert _send(browser, tom.token, "unknown") == 404
        assert _send(browser, lea.token, hers.session_id) == 204
        assert _send(browser, tom.token, his.session_id) == 204


# --- what it costs


def test_a_request_reads_the_database_once(browser: TestClient, lea: Seated) -> None:
    jar = {"cookie": f"{COOKIE}={lea.token}"}
    for path in ("/connexion", "/present", "/", "/mes-cv", "/media/x", "/document/x/y", "/sante", "/sante/pret"):
        with count_queries(db.shared_engine(), 2 if path == "/sante/pret" else 1):  # this probe writes
            browser.get(path, headers=jar)


def test_a_run_reads_the_database_a_fixed_number_of_times(browser: TestClient, lea: Seated) -> None:
    with tab(browser, lea.token) as hers:
        hers.visit("mes-cv")
        with count_queries(db.shared_engine(), 4):
            hers.visit("mes-cv")


def test_streamlit_compares_the_sign_in_that_the_gate_writes() -> None:
    from streamlit import config

    assert config.get_option("server.trustedUserHeaders") == session_ownership.TRUSTED
