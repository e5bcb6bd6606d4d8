"""The code of the telephone: once, around now, counted; the recovery codes; the secret kept unreadable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlmodel import Session, select

from clicnjob import config, models, policy
from clicnjob.accounts import presence, recovery_codes, second_factor, staff, structure_settings, vault
from clicnjob.accounts.console import UNKNOWN_PERSON
from clicnjob.accounts.second_factor import MustStay, NotBegun, SignInStep
from clicnjob.accounts.structure_settings import SettingsBody
from clicnjob.accounts.waits import TooManyTries
from clicnjob.models import Account, AuditEvent, RecoveryCode, SecondFactor
from tests.for_each import for_each

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
NOW = datetime(2026, 3, 2, 9, 0, 10, tzinfo=UTC)
STEP = timedelta(seconds=policy.SECOND_FACTOR_STEP)


@pytest.fixture
def account(session: Session) -> Account:
    staff.first_start(session, organisation_name="Mission locale")
    return session.exec(select(Account)).one()


@pytest.fixture
def phone(session: Session, account: Account) -> pyotp.TOTP:
    """The application of the telephone, already known here."""
    made = telephone(session, account)
    assert second_factor.confirm_change(session, account=account, code=made.at(NOW - 4 * STEP), now=NOW - 4 * STEP)
    return made


def telephone(session: Session, account: Account) -> pyotp.TOTP:
    """What scanning the square gives."""
    second_factor._begin_factor(session, account, NOW)
    found = pyotp.parse_uri(second_factor.set_up_address(session, account=account, now=NOW))
    assert isinstance(found, pyotp.TOTP)
    return found


def passes(session: Session, account: Account, code: str, now: datetime = NOW) -> bool:
    return second_factor.code_passes(session, account_id=account.id, code=code, now=now)


def test_nothing_is_asked_before_the_first_right_code(session: Session, account: Account) -> None:
    telephone(session, account)
    assert second_factor.next_sign_in_step(session, account) is SignInStep.NONE
    assert second_factor.confirm_change(session, account=account, code="000000", now=NOW) is None
    assert second_factor.next_sign_in_step(session, account) is SignInStep.NONE


def test_the_first_right_code_turns_it_on_and_gives_ten_codes(session: Session, account: Account) -> None:
    codes = second_factor.confirm_change(session, account=account, code=telephone(session, account).at(NOW), now=NOW)
    assert codes is not None and len(set(codes)) == 10
    assert second_factor.next_sign_in_step(session, account) is SignInStep.CODE
    assert second_factor.second_factor_state(session, account).codes_left == 10


def test_without_a_beginning_nothing_is_confirmed(session: Session, account: Account) -> None:
    with pytest.raises(NotBegun):
        second_factor.confirm_change(session, account=account, code="123456", now=NOW)


def test_the_square_stays_the_same_until_it_is_confirmed_and_is_another_one_each_time(
    session: Session, account: Account
) -> None:
    first = telephone(session, account).secret
    shown = [second_factor.set_up_address(session, account=account, now=NOW) for _ in range(2)]
    assert shown[0] == shown[1] and pyotp.parse_uri(shown[0]).secret == first
    assert telephone(session, account).secret != first


@pytest.mark.parametrize(("away", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_wrong(
    session: Session, account: Account, phone: pyotp.TOTP, away: int, fits: bool
) -> None:
    assert passes(session, account, phone.at(NOW + away * STEP)) is fits


def test_a_code_serves_once(session: Session, account: Account, phone: pyotp.TOTP) -> None:
    assert passes(session, account, phone.at(NOW))
    assert not passes(session, account, phone.at(NOW))
    assert not passes(session, account, phone.at(NOW - STEP))
    assert passes(session, account, phone.at(NOW + STEP), NOW + STEP)


def test_the_code_that_confirmed_does_not_serve_again(session: Session, account: Account) -> None:
    made = telephone(session, account)
    assert second_factor.confirm_change(session, account=account, code=made.at(NOW), now=NOW)
    assert not passes(session, account, made.at(NOW))


@pytest.mark.parametrize("shape", [lambda c: f" {c[:3]} {c[3:]} ", lambda c: "".join(chr(ord(d) + 0xFEE0) for d in c)])
def test_a_code_is_read_from_any_keyboard(session: Session, account: Account, phone: pyotp.TOTP, shape) -> None:  # type: ignore[no-untyped-def]
    assert passes(session, account, shape(phone.at(NOW)))


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "½" * 6, "\ud83d", "x" * 10_000, "1' OR 1=1", "K7QM2-XHP9D"]
)
def test_what_is_no_code_is_wrong(session: Session, account: Account, phone: pyotp.TOTP, typed: str) -> None:
    assert not passes(session, account, typed)


def test_a_recovery_code_serves_once_whatever_its_writing(session: Session, account: Account) -> None:
    made = telephone(session, account)
    codes = second_factor.confirm_change(session, account=account, code=made.at(NOW), now=NOW)
    assert codes is not None
    assert passes(session, account, f" {codes[3].lower().replace('-', ' ')} ")
    assert not passes(session, account, codes[3])
    assert second_factor.second_factor_state(session, account).codes_left == 9
    assert "recovery code used" in session.exec(select(AuditEvent.act)).all()


def test_fresh_recovery_codes_void_the_earlier_ones(session: Session, account: Account) -> None:
    old = second_factor.confirm_change(session, account=account, code=telephone(session, account).at(NOW), now=NOW)
    assert old is not None
    new = second_factor.renew_recovery_codes(session, account=account, code=old[1], sign_in_id="", now=NOW)
    assert new is not None and not passes(session, account, old[0])
    assert passes(session, account, new[0])


def test_somebody_else_s_recovery_code_is_wrong(session: Session, account: Account) -> None:
    codes = second_factor.confirm_change(session, account=account, code=telephone(session, account).at(NOW), now=NOW)
    other = staff.enrol_staff(
        session, by=account, role=account.role, first_name="B", last_name="C", login="bc", password="quatre mots assez longs"
    )  # fmt: skip
    second_factor.confirm_change(session, account=other, code=telephone(session, other).at(NOW), now=NOW)
    assert codes is not None and not passes(session, other, codes[0])


@pytest.mark.long
@pytest.mark.slow
def test_ten_thousand_tries_in_a_day_check_fifty_six_codes(
    session: Session, account: Account, phone: pyotp.TOTP
) -> None:
    checked = 0
    for second in range(0, 24 * 3600, 9):
        try:
            second_factor.code_passes(session, account_id=account.id, code="x", now=NOW + timedelta(seconds=second))
            checked += 1
        except TooManyTries:
            pass
    assert checked <= 57


def test_the_right_code_waits_like_the_others(session: Session, account: Account, phone: pyotp.TOTP) -> None:
    for _ in range(5):
        assert not passes(session, account, "x")
    with pytest.raises(TooManyTries, match="Attendez 1 minute"):
        passes(session, account, phone.at(NOW))
    later = NOW + timedelta(minutes=2)
    assert passes(session, account, phone.at(later), later)
    assert session.exec(select(SecondFactor.wrong_tries)).one() == 0


def test_the_telephone_in_use_goes_on_until_the_new_one_gave_a_code(
    session: Session, account: Account, phone: pyotp.TOTP
) -> None:
    new = telephone(session, account)
    assert new.secret != phone.secret
    assert passes(session, account, phone.at(NOW))
    assert not passes(session, account, new.at(NOW))
    later = NOW + 2 * STEP
    assert second_factor.confirm_change(session, account=account, code=new.at(later), now=later)
    assert not passes(session, account, phone.at(later + STEP), later + STEP)
    assert passes(session, account, new.at(later + STEP), later + STEP)


def test_nothing_readable_is_kept(session: Session, account: Account, phone: pyotp.TOTP) -> None:
    kept = session.exec(select(SecondFactor)).one()
    codes = recovery_codes.new_recovery_codes(session, account_id=account.id)
    assert phone.secret not in kept.secret
    digests = set(session.exec(select(RecoveryCode.code_digest)))
    assert not digests & {code.replace("-", "") for code in codes} and all(len(digest) == 64 for digest in digests)


def test_what_is_locked_opens_only_for_its_purpose_with_its_pepper_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    locked = vault.locked_text("one", "secret", now=NOW)
    assert vault.opened_text("one", locked, now=NOW) == "secret"
    assert vault.opened_text("two", locked, now=NOW) is None
    assert vault.opened_text("one", locked[:-4] + "AAAA", now=NOW) is None
    assert vault.opened_text("one", "", now=NOW) is None and vault.opened_text("one", "é", now=NOW) is None
    minute = timedelta(minutes=1)
    assert vault.opened_text("one", locked, now=NOW + minute, within=minute) == "secret"
    assert vault.opened_text("one", locked, now=NOW + 2 * minute, within=minute) is None
    monkeypatch.setenv("CLICNJOB_PEPPER", "un autre poivre")
    config.current_settings.cache_clear()
    assert vault.opened_text("one", locked, now=NOW) is None


def test_the_installation_or_the_structure_may_require_it(
    session: Session, account: Account, phone: pyotp.TOTP, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert second_factor.remove_second_factor(session, account=account, code=phone.at(NOW), sign_in_id="", now=NOW)
    assert second_factor.next_sign_in_step(session, account) is SignInStep.NONE
    body = SettingsBody(second_factor=True)
    structure_settings.change_settings(
        session, body, by=account, organisation_id=account.organisation_id or "", base=0, now=models.utc_now()
    )
    assert second_factor.next_sign_in_step(session, account) is SignInStep.SET_UP
    with pytest.raises(MustStay):
        second_factor.remove_second_factor(session, account=account, code="", sign_in_id="", now=NOW)
    structure_settings.change_settings(
        session, SettingsBody(), by=account, organisation_id=account.organisation_id or "", base=1, now=models.utc_now()
    )
    assert second_factor.next_sign_in_step(session, account) is SignInStep.NONE
    monkeypatch.setenv("CLICNJOB_SECOND_FACTOR", "required")
    config.current_settings.cache_clear()
    assert second_factor.next_sign_in_step(session, account) is SignInStep.SET_UP


@for_each(
    ("mode", "said", "required"),
    [("production", "", True), ("production", "offered", False), ("production", "required", True),
     ("development", "", False), ("demo", "", False), ("demo", "required", True)],
)  # fmt: skip
def test_it_is_required_in_production_unless_the_settings_say_otherwise(mode: str, said: str, required: bool) -> None:
    chosen = config.Settings(mode=mode, second_factor=said, public_url="https://clicnjob.exemple.fr")  # type: ignore[arg-type]
    assert chosen.second_factor_required is required


def gestures(session: Session, account: Account, phone: pyotp.TOTP, stays: str) -> dict[str, Callable[[], object]]:
    """Everything that changes the second factor of somebody who is signed in."""
    given = {"account": account, "sign_in_id": stays, "now": NOW}

    def another_telephone() -> object:
        assert second_factor.begin_change(session, account=account, code=phone.at(NOW), now=NOW)
        found = pyotp.parse_uri(second_factor.set_up_address(session, account=account, now=NOW))
        return second_factor.confirm_change(session, code=found.at(NOW), **given)  # type: ignore[arg-type, attr-defined]

    return {
        "another telephone": another_telephone,
        "fresh codes": lambda: second_factor.renew_recovery_codes(session, code=phone.at(NOW), **given),  # type: ignore[arg-type]
        "none": lambda: second_factor.remove_second_factor(session, code=phone.at(NOW), **given),  # type: ignore[arg-type]
    }


@pytest.mark.parametrize("gesture", ["another telephone", "fresh codes", "none"])
def test_a_changed_factor_ends_the_other_sign_ins(
    session: Session, account: Account, phone: pyotp.TOTP, gesture: str
) -> None:
    here, elsewhere = (presence.begin_sign_in(session, account=account, now=NOW) for _ in range(2))
    me = presence.present_person(session, here, now=NOW)
    assert me is not None
    assert gestures(session, account, phone, me.sign_in_id)[gesture]()
    assert presence.present_person(session, here, now=NOW) is not None
    assert presence.present_person(session, elsewhere, now=NOW) is None


def test_a_wrong_code_is_in_the_log_without_the_code(session: Session, account: Account, phone: pyotp.TOTP) -> None:
    assert not passes(session, account, "314159")
    written = session.exec(select(AuditEvent).where(AuditEvent.act == "code refused")).one()
    assert (written.by_id, written.whom_id, written.why) == (UNKNOWN_PERSON, account.id, "")
