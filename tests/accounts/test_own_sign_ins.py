"""A professional's own sign-ins: at most five, recognised, ended; what was tried on the account, told to its owner."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from clicnjob import policy
from clicnjob.accounts import journal, own_sign_ins, presence, second_factor, staff
from clicnjob.accounts.own_sign_ins import UnknownSignIn
from clicnjob.models import Account, AuditEvent, Organisation, Role, SignIn
from clicnjob.web.auth.browsers import browser_words
from tests.conftest import person
from tests.for_each import for_each

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
AGENTS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0": ("Firefox", "Windows"),
    CHROME: ("Chrome", "Linux"),
    CHROME.replace("X11; Linux x86_64", "X11; CrOS x86_64 14541.0.0"): ("Chrome", "Chromebook"),
    CHROME.replace("X11; Linux x86_64", "Linux; Android 14; Pixel 8"): ("Chrome", "Android"),
    CHROME.replace("X11; Linux x86_64", "Windows NT 10.0") + " Edg/126.0.0.0": ("Edge", "Windows"),
    CHROME + " OPR/111.0.0.0": ("Opera", "Linux"),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1": ("Safari", "iPhone"),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15": ("Safari", "Mac"),
    "curl/8.5.0": ("", ""),
    "": ("", ""),
    "<script>alert(1)</script>" * 1000: ("", ""),
}  # fmt: skip


@pytest.fixture
def claire(session: Session) -> Account:
    structure = Organisation(name="Ici")
    session.add(structure)
    session.flush()
    return person(session, Role.ADVISER, organisation_id=structure.id, first_name="Claire", last_name="Morvan")


def enter(session: Session, account: Account, at: datetime = NOW, **words: str) -> presence.Present:
    found = presence.present_person(session, presence.begin_sign_in(session, account=account, now=at, **words), now=at)
    assert found is not None
    return found


def listed(session: Session, me: presence.Present, at: datetime = NOW) -> tuple[own_sign_ins.OwnSignIn, ...]:
    return own_sign_ins.own_sign_ins(session, of=me, sign_in_id=me.sign_in_id, now=at)


@for_each("agent", AGENTS)
def test_a_browser_is_two_plain_words(agent: str) -> None:
    assert browser_words(agent) == AGENTS[agent]


def test_a_sixth_sign_in_of_a_professional_ends_the_oldest_and_says_so(session: Session, claire: Account) -> None:
    tokens = [presence.begin_sign_in(session, account=claire, now=NOW + at * MINUTE) for at in range(6)]
    later = NOW + 6 * MINUTE
    assert [presence.recognised_person(session, token, now=later) is not None for token in tokens] == [False] + 5 * [
        True
    ]
    assert policy.STAFF_SESSIONS_AT_ONCE == 5
    assert "oldest sign-in ended" in session.exec(select(AuditEvent.act)).all()


def test_one_that_ran_out_does_not_count_among_them(session: Session, claire: Account) -> None:
    for at in range(5):
        enter(session, claire, NOW + at * MINUTE)
    much_later = NOW + presence.STAFF.idle + 10 * MINUTE
    kept = [enter(session, claire, much_later) for _ in range(5)]
    assert all(presence.sign_in_lasts(session, one.sign_in_id, now=much_later) for one in kept)


def test_the_words_of_the_browser_are_kept_of_professionals_only(session: Session, claire: Account) -> None:
    young = person(session, Role.YOUNG)
    for account in (claire, young):
        presence.begin_sign_in(session, account=account, browser="Firefox", computer="Windows", now=NOW)
    kept = {row.account_id: (row.browser, row.computer) for row in session.exec(select(SignIn))}
    assert kept == {claire.id: ("Firefox", "Windows"), young.id: ("", "")}


def test_they_are_listed_newest_first_with_the_one_that_asks(session: Session, claire: Account) -> None:
    enter(session, claire, browser="Firefox", computer="Windows")
    me = enter(session, claire, NOW + MINUTE, browser="Chrome", computer="Android")
    enter(session, person(session, Role.HEAD, organisation_id=claire.organisation_id))
    assert [(one.browser, one.computer, one.here) for one in listed(session, me, NOW + MINUTE)] == [
        ("Chrome", "Android", True),
        ("Firefox", "Windows", False),
    ]


def test_one_is_ended_and_only_one_s_own(session: Session, claire: Account) -> None:
    other, me = enter(session, claire), enter(session, claire, NOW + MINUTE)
    stranger = enter(session, person(session, Role.HEAD, organisation_id=claire.organisation_id))
    own_sign_ins.end_own_sign_in(session, by=me, sign_in_id=other.sign_in_id, now=NOW + MINUTE)
    assert [one.id for one in listed(session, me, NOW + MINUTE)] == [me.sign_in_id]
    for sign_in_id in (other.sign_in_id, stranger.sign_in_id, "unknown", ""):
        with pytest.raises(UnknownSignIn):
            own_sign_ins.end_own_sign_in(session, by=me, sign_in_id=sign_in_id, now=NOW)
    assert presence.sign_in_lasts(session, stranger.sign_in_id, now=NOW)


def test_all_others_are_ended(session: Session, claire: Account) -> None:
    others = [enter(session, claire) for _ in range(3)]
    me = enter(session, claire, NOW + MINUTE)
    assert own_sign_ins.end_other_sign_ins(session, by=me, sign_in_id=me.sign_in_id, now=NOW + MINUTE) == 3
    assert not any(presence.sign_in_lasts(session, one.sign_in_id, now=NOW + MINUTE) for one in others)
    assert presence.sign_in_lasts(session, me.sign_in_id, now=NOW + MINUTE)


def test_failures_are_counted_since_the_sign_in_before_this_one(session: Session, claire: Account) -> None:
    attempt = staff.PasswordAttempt("key", claire.id, None)
    staff.note_refused(session, attempt, now=NOW - MINUTE)
    first = enter(session, claire)
    assert _failures(session, first) == (1, None)
    for minute in (1, 2, 3):
        staff.note_refused(session, attempt, now=NOW + minute * MINUTE)
    me = enter(session, claire, NOW + 5 * MINUTE)
    assert _failures(session, me) == (3, NOW)
    again = enter(session, claire, NOW + 6 * MINUTE)
    assert _failures(session, again) == (0, NOW + 5 * MINUTE)


def _failures(session: Session, me: presence.Present) -> tuple[int, datetime | None]:
    found = own_sign_ins.own_history(session, of=me, sign_in_id=me.sign_in_id)
    return found.failures, found.since


def test_a_refused_password_is_told_to_its_owner_and_to_the_head_and_to_nobody_else(
    session: Session, claire: Account
) -> None:
    head = person(session, Role.HEAD, organisation_id=claire.organisation_id)
    staff.note_refused(session, staff.PasswordAttempt("key", claire.id, None), now=NOW)
    me = enter(session, claire, NOW + MINUTE)
    said = [one.said for one in own_sign_ins.own_history(session, of=me, sign_in_id=me.sign_in_id).traces]
    assert said == ["Entrée réussie", "Mot de passe refusé"]
    told = [f"{line.by} {line.did}" for line in journal.journal_page(session, of=head).lines]
    assert told == [
        "Claire Morvan a ouvert une connexion",
        "Quelqu’un a tapé un mot de passe faux pour le compte de Claire Morvan",
    ]
    colleague = person(session, Role.ADVISER, organisation_id=claire.organisation_id)
    assert own_sign_ins.own_history(session, of=colleague, sign_in_id="").traces == ()


def test_an_unknown_login_leaves_no_line(session: Session, claire: Account) -> None:
    attempt = staff.begin_try(session, login="mon mot de passe tapé ici", now=NOW)
    staff.note_refused(session, attempt, now=NOW)
    assert session.exec(select(AuditEvent)).all() == []


def test_every_trace_is_a_line_of_the_journal_too() -> None:
    assert set(own_sign_ins._ACTS) <= set(journal.act_sentences())


def test_the_mark_of_a_sequence_changes_with_every_step_and_every_way_in(session: Session, claire: Account) -> None:
    marks = [second_factor.sequence_mark(session, claire.id)]
    for act in (_first_password, _begin, _confirm, _begin, _other_password):
        act(session, claire)
        marks.append(second_factor.sequence_mark(session, claire.id))
    assert len(set(marks)) == len(marks)


def _first_password(session: Session, account: Account) -> None:
    from clicnjob.models import Password

    session.add(Password(account_id=account.id, login="claire", hash="one"))
    session.flush()


def _begin(session: Session, account: Account) -> None:
    second_factor._begin_factor(session, account, NOW)


def _confirm(session: Session, account: Account) -> None:
    import pyotp

    found = pyotp.parse_uri(second_factor.set_up_address(session, account=account, now=NOW))
    assert second_factor.confirm_change(session, account=account, code=found.at(NOW), now=NOW)  # type: ignore[attr-defined]


def _other_password(session: Session, account: Account) -> None:
    from clicnjob.models import Password

    kept = session.get(Password, account.id)
    assert kept is not None
    kept.hash = "two"
