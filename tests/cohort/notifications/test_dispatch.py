"""Notifications leave once, to who agreed, in the day, within bounds; what fails is said and tried a few times."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from clicnjob import db, policy
from clicnjob.apply import applications
from clicnjob.cohort.notifications import channels, dispatch, due, outcomes, sentences
from clicnjob.cohort.notifications.channels import ChangedTooOften, ChannelNotOffered, NoAddressGiven
from clicnjob.cohort.notifications.due import DueNotification
from clicnjob.cohort.support import appointments, case_closure, threads
from clicnjob.cohort.support.appointments import AppointmentPlan
from clicnjob.config import Settings
from clicnjob.consents import has_consented
from clicnjob.errors import NotFound, Refusal
from clicnjob.french.contact import NotMobile, WrongEmail, WrongPhone
from clicnjob.models import (
    Account,
    Consent,
    ConsentTo,
    MailState,
    NotificationAddress,
    NotificationChannel,
    NotificationReason,
    Role,
    SentNotification,
    Work,
    WorkKind,
)
from clicnjob.privacy.erasure import erasure_request, rows
from clicnjob.privacy.export import stored_work
from clicnjob.privacy.machine import MACHINE
from clicnjob.sending import mail_server, sms_gateway
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import person
from tests.operations.test_sms_template import URL

SMS, MAIL = NotificationChannel.SMS, NotificationChannel.MAIL
BOTH = Settings(
    sms_url=URL, sms_body="to={numero}&text={texte}", smtp_host="smtp.exemple.fr", smtp_from="contact@ml.fr",
    mail_notifications=True,
)  # fmt: skip
TOMORROW = TODAY + timedelta(days=1)
Left = list[tuple[str, str]]


@pytest.fixture
def here(session: Session, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(db, "shared_engine", lambda: engine)
    return place(session)


@pytest.fixture
def zoe(here: Place) -> Account:
    """Zoé came yesterday, so that a message of today is new to her; she wants SMS."""
    young = here.newcomer(came_on=TODAY - timedelta(days=1))
    agree(here, young)
    return young


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> Left:
    """What the two servers were handed: where to, and the words."""
    found: Left = []
    monkeypatch.setattr(sms_gateway, "send_sms", lambda number, words, settings: found.append((number, words)))
    monkeypatch.setattr(
        mail_server,
        "send_mail",
        lambda message, sender, recipient, settings: found.append((recipient, message.get_content())),
    )
    return found


def agree(
    here: Place, young: Account, typed: str = "06 12 34 56 78", channel: NotificationChannel = SMS, **at: Any
) -> None:
    asked = {"now": NOW - timedelta(days=2), "settings": BOTH} | at
    channels.agree_to_channel(here.session, by=young, channel=channel, typed=typed, **asked)


def meet(here: Place, young: Account, day: date = TOMORROW, *, now: datetime = NOW) -> str:
    plan = AppointmentPlan(day, time(14), 30, "sur_place", "Bureau 12", "Apporte ta carte")
    return appointments.propose_appointment(
        here.session, by=here.claire, account_id=young.id, plan=plan, today=now.astimezone().date(), now=now
    )


def write(here: Place, young: Account, *, now: datetime = NOW) -> None:
    threads.write_to_young(here.session, by=here.claire, account_id=young.id, words="Viens", today=TODAY, now=now)


def apply_somewhere(here: Place, young: Account) -> None:
    """An application that is to be followed up today."""
    ten_days_ago = TODAY - policy.FOLLOW_UP_AFTER
    one = applications.add_application(
        here.session, by=young, title="Serveuse", employer="Brasserie", operation="a", today=ten_days_ago
    )
    applications.move_application(
        here.session, by=young, application_id=one, state="sent", operation="b", today=ten_days_ago
    )


def sweep(here: Place, *, at: datetime = NOW, settings: Settings = BOTH) -> int:
    here.session.commit()
    count = dispatch.send_due(now=lambda: at, settings=settings)
    here.session.expire_all()
    return count


def lines(here: Place) -> list[SentNotification]:
    return list(here.session.exec(select(SentNotification).order_by(SentNotification.at)))


def refuse(monkeypatch: pytest.MonkeyPatch, refusal: type[Exception], tries: list[str]) -> None:
    def refused(number: str, words: str, settings: Settings) -> None:
        tries.append(number)
        raise refusal

    monkeypatch.setattr(sms_gateway, "send_sms", refused)


def test_an_appointment_of_tomorrow_leaves_once_and_says_nothing_of_it(here: Place, zoe: Account, left: Left) -> None:
    meet(here, zoe)
    assert [sweep(here), sweep(here), sweep(here, at=NOW + timedelta(minutes=5))] == [1, 0, 0]
    [(number, words)] = left
    assert number == "+33612345678" and "demain" in words and "Mes rappels" in words
    hidden = ("14", "Bureau", "carte", "Claire", "Zoé", "Ici", "mission", "http", "Bâ")
    assert not [one for one in hidden if one in words]
    assert [(one.state, one.attempts) for one in lines(here)] == [(MailState.SENT, 1)]


def test_only_the_first_says_how_to_stop(here: Place, zoe: Account, left: Left) -> None:
    meet(here, zoe)
    write(here, zoe)
    sweep(here, at=NOW + timedelta(minutes=20))
    assert ["Mes rappels" in words for _, words in left] == [True, False]


def test_each_channel_is_agreed_to_apart(here: Place, zoe: Account, left: Left) -> None:
    meet(here, zoe)
    agree(here, zoe, "zoe@exemple.fr", MAIL)
    assert sweep(here) == 2
    assert {where for where, _ in left} == {"+33612345678", "zoe@exemple.fr"}
    assert all("Claire" not in words and "14" not in words for _, words in left)


def test_an_e_mail_says_no_more_than_an_sms() -> None:
    made = sentences.mail_message(
        NotificationReason.APPOINTMENT, day=TOMORROW, recipient="zoe@exemple.fr", sender="contact@ml.fr", now=NOW
    )
    assert (made["To"], made["From"], made["Subject"]) == (
        "zoe@exemple.fr",
        "ClicNJob <contact@ml.fr>",
        "Un rappel de ClicNJob",
    )
    assert "Reply-To" not in made and not list(made.iter_attachments())
    assert "demain" in made.get_content() and "Mes rappels" in made.get_content() and "http" not in made.as_string()


def test_nobody_who_did_not_agree_is_notified(here: Place, left: Left) -> None:
    other = here.young()
    meet(here, other)
    write(here, other)
    assert (sweep(here, at=NOW + timedelta(hours=1)), left) == (0, [])


def test_nothing_leaves_where_nothing_is_set_up(here: Place, zoe: Account, left: Left) -> None:
    meet(here, zoe)
    assert (sweep(here, settings=Settings()), left) == (0, [])


# Paris in March is one hour ahead of UTC; NOW is a Monday.
@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        (datetime(2026, 3, 16, 7, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 16, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 16, 17, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 16, 18, 0, tzinfo=UTC), False),
        (datetime(2026, 3, 15, 12, 0, tzinfo=UTC), False),
        (datetime(2026, 4, 6, 12, 0, tzinfo=UTC), False),
        (datetime(2026, 7, 14, 12, 0, tzinfo=UTC), False),
    ],
)
def test_hours_sundays_and_public_holidays(at: datetime, leaves: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Paris")
    import time as clock

    clock.tzset()
    try:
        assert due.may_leave_at(at) is leaves
    finally:
        monkeypatch.undo()
        clock.tzset()


def test_before_a_sunday_monday_is_reminded_of_by_its_name(here: Place, zoe: Account, left: Left) -> None:
    saturday = NOW + timedelta(days=5)
    meet(here, zoe, TODAY + timedelta(days=7))
    assert [sweep(here, at=saturday - timedelta(days=1)), sweep(here, at=saturday)] == [0, 1]
    assert "rendez-vous lundi." in left[0][1]


@pytest.mark.parametrize("what", ["cancelled", "refused", "stopped", "closed", "today"])
def test_what_is_not_true_any_more_notifies_nobody(here: Place, zoe: Account, left: Left, what: str) -> None:
    kept = meet(here, zoe)
    later = NOW + timedelta(minutes=1)
    if what == "cancelled":
        appointments.withdraw_appointment(here.session, by=here.claire, appointment_id=kept, today=TODAY, now=later)
    elif what == "refused":
        appointments.answer_appointment(here.session, by=zoe, appointment_id=kept, accepted=False, now=later)
    elif what == "stopped":
        channels.stop_channel(here.session, by=zoe, channel=SMS, now=later)
    elif what == "closed":
        case_closure.close_case(here.session, by=here.claire, account_id=zoe.id, reason="cdi", today=TODAY, now=later)
    at = NOW + timedelta(days=1) if what == "today" else later
    assert (sweep(here, at=at), left) == (0, [])


def test_stopping_between_reading_and_claiming_stops(here: Place, zoe: Account) -> None:
    meet(here, zoe)
    [one] = due.due_notifications(here.session, channels=[SMS], now=NOW)
    channels.stop_channel(here.session, by=zoe, channel=SMS, now=NOW)
    assert dispatch.claim_notification(here.session, due_one=one, now=NOW) is None


def test_a_claim_that_a_process_left_behind_is_never_sent_again(here: Place, zoe: Account, left: Left) -> None:
    meet(here, zoe)
    [one] = due.due_notifications(here.session, channels=[SMS], now=NOW)
    assert dispatch.claim_notification(here.session, due_one=one, now=NOW) is not None
    assert dispatch.claim_notification(here.session, due_one=one, now=NOW) is None, (
        "a second process has nothing to send"
    )
    for hours in (1, 3, 6):
        assert sweep(here, at=NOW + timedelta(hours=hours)) == 0
    assert not left
    seen = channels.reached_person(here.session, by=here.claire, account_id=zoe.id, today=TODAY)
    assert "on ne sait pas" in outcomes.outcome_said(seen.latest[0], now=NOW + timedelta(hours=1))
    assert [outcomes.has_failed(seen.latest[0], now=NOW + timedelta(minutes=one)) for one in (1, 60)] == [False, True]


def test_a_message_waits_ten_minutes_and_notifies_once_until_it_is_read(here: Place, zoe: Account, left: Left) -> None:
    write(here, zoe)
    write(here, zoe, now=NOW + timedelta(minutes=1))
    minutes = (5, 11, 12, 60)
    assert [sweep(here, at=NOW + timedelta(minutes=one)) for one in minutes] == [0, 1, 0, 0]
    threads.mark_read_by_young(here.session, by=zoe, now=NOW + timedelta(hours=2))
    write(here, zoe, now=NOW + timedelta(hours=3))
    assert sweep(here, at=NOW + timedelta(hours=4)) == 1
    assert all("Viens" not in words for _, words in left)


def test_who_read_it_or_came_since_is_not_notified(here: Place, zoe: Account, left: Left) -> None:
    write(here, zoe)
    zoe.seen_at = NOW + timedelta(minutes=2)
    assert sweep(here, at=NOW + timedelta(minutes=20)) == 0
    zoe.seen_at = NOW - timedelta(days=1)
    threads.mark_read_by_young(here.session, by=zoe, now=NOW)
    assert (sweep(here, at=NOW + timedelta(minutes=20)), left) == (0, [])


def test_a_message_of_before_they_agreed_does_not_notify(here: Place, left: Left) -> None:
    young = here.newcomer(came_on=TODAY - timedelta(days=1))
    write(here, young)
    agree(here, young, now=NOW + timedelta(minutes=2))
    assert (sweep(here, at=NOW + timedelta(minutes=20)), left) == (0, [])


def test_a_day_that_the_person_noted_notifies_once(here: Place, zoe: Account, left: Left) -> None:
    apply_somewhere(here, zoe)
    assert [sweep(here), sweep(here), sweep(here, at=NOW + timedelta(days=1))] == [1, 0, 0]
    assert "Brasserie" not in left[0][1] and "relanc" not in left[0][1].lower()


def test_one_work_that_cannot_be_read_stops_nobody(here: Place, zoe: Account, left: Left) -> None:
    here.session.add(Work(account_id=zoe.id, kind=WorkKind.APPLICATIONS, body={"applications": "cassé"}))
    meet(here, zoe)
    assert sweep(here) == 1


def test_a_person_has_a_bound_a_week(here: Place, zoe: Account, left: Left) -> None:
    for _ in range(policy.NOTIFICATIONS_A_WEEK + 2):
        meet(here, zoe)
    assert sweep(here) == policy.NOTIFICATIONS_A_WEEK
    assert sweep(here, at=NOW + timedelta(hours=2)) == 0


def test_a_number_has_a_bound_whoever_gives_it(here: Place, left: Left) -> None:
    for _ in range(policy.NOTIFICATIONS_OF_AN_ADDRESS + 2):
        young = here.young()
        agree(here, young)
        meet(here, young)
    assert sweep(here) == policy.NOTIFICATIONS_OF_AN_ADDRESS


def test_a_structure_has_a_bound_a_day(here: Place, left: Left, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "NOTIFICATIONS_OF_A_STRUCTURE_A_DAY", 2)
    for number in range(4):
        young = here.young()
        agree(here, young, f"06 12 34 56 7{number}")
        meet(here, young)
    assert sweep(here) == 2
    assert sweep(here, at=NOW + timedelta(hours=1)) == 0


def test_one_round_is_bounded_and_the_next_goes_on(here: Place, left: Left, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "NOTIFICATIONS_AT_ONCE", 2)
    for number in range(3):
        young = here.young()
        agree(here, young, f"06 12 34 56 7{number}")
        meet(here, young)
    assert [sweep(here), sweep(here), sweep(here)] == [2, 1, 0]


def test_what_surely_did_not_leave_is_tried_three_times(
    here: Place, zoe: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []
    refuse(monkeypatch, sms_gateway.SmsRefused, tries)
    meet(here, zoe)
    for minutes in range(0, 120, 5):
        sweep(here, at=NOW + timedelta(minutes=minutes))
    assert len(tries) == policy.NOTIFICATION_TRIES
    seen = channels.reached_person(here.session, by=here.claire, account_id=zoe.id, today=TODAY)
    assert "pas parti" in outcomes.outcome_said(seen.latest[0], now=NOW)


@pytest.mark.parametrize("refusal", [sms_gateway.SmsUnknown, sms_gateway.NumberRefused])
def test_what_may_have_left_and_a_wrong_number_are_not_tried_again(
    here: Place, zoe: Account, monkeypatch: pytest.MonkeyPatch, refusal: type[Exception]
) -> None:
    tries: list[str] = []
    refuse(monkeypatch, refusal, tries)
    meet(here, zoe)
    for minutes in range(0, 120, 20):
        sweep(here, at=NOW + timedelta(minutes=minutes))
    assert len(tries) == 1


def test_a_dead_gateway_costs_one_wait_a_round(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []
    refuse(monkeypatch, sms_gateway.SmsRefused, tries)
    for number in range(5):
        young = here.young()
        agree(here, young, f"06 12 34 56 7{number}")
        meet(here, young)
    sweep(here)
    assert len(tries) == 1


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [("", NoAddressGiven), ("01 42 34 56 78", NotMobile), ("+44 7400 123456", NotMobile), ("08 99 12 34 56", NotMobile),
     ("3615", WrongPhone), ("06 12 34 56", WrongPhone)],
)  # fmt: skip
def test_only_a_french_mobile_is_taken(here: Place, typed: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        agree(here, here.young(), typed)


@pytest.mark.parametrize(
    "typed", ["0612345678", "+33 7 56 78 90 12", "0692 12 34 56", "0690 12 34 56", "06 94 12 34 56", "0696123456"]
)
def test_mobiles_of_france_and_overseas_are_taken(here: Place, typed: str) -> None:
    young = here.young()
    agree(here, young, typed)
    assert here.session.get(NotificationAddress, (young.id, SMS)) is not None


def test_a_header_or_a_second_address_is_no_address(here: Place) -> None:
    for typed in ("a@b.fr\nBcc: c@d.fr", "a@b.fr, c@d.fr", "pas une adresse"):
        with pytest.raises(WrongEmail):
            agree(here, here.young(), typed, MAIL)


@pytest.mark.parametrize("role", [Role.GUEST, Role.ADVISER, Role.TRAINER, Role.HEAD, Role.ADMIN])
def test_only_a_card_of_a_structure_may_agree(here: Place, role: Role) -> None:
    with pytest.raises(ChannelNotOffered):
        agree(here, person(here.session, role, organisation_id=here.organisation_id))
    with pytest.raises(ChannelNotOffered):
        agree(here, person(here.session, Role.YOUNG))
    with pytest.raises(ChannelNotOffered):
        agree(here, here.young(), settings=Settings())


def test_yes_and_stop_are_kept_with_their_dates_and_the_number_goes(here: Place, zoe: Account) -> None:
    assert has_consented(here.session, of=zoe.id, what=ConsentTo.SMS)
    channels.stop_channel(here.session, by=zoe, channel=SMS, now=NOW)
    assert not has_consented(here.session, of=zoe.id, what=ConsentTo.SMS)
    [kept] = here.session.exec(select(Consent).where(Consent.account_id == zoe.id))
    assert (kept.given_at, kept.withdrawn_at) == (NOW - timedelta(days=2), NOW)
    assert here.session.exec(select(NotificationAddress)).all() == []


def test_saying_yes_is_bounded_and_stopping_never(here: Place, zoe: Account) -> None:
    for number in range(policy.SHARED_A_DAY):
        agree(here, zoe, f"06 12 34 {number:02} 00", now=NOW)
    with pytest.raises(ChangedTooOften):
        agree(here, zoe, "06 99 99 99 99", now=NOW)
    channels.stop_channel(here.session, by=zoe, channel=SMS, now=NOW)


def test_an_adviser_knows_that_they_are_reached_never_where(here: Place, zoe: Account) -> None:
    seen = channels.reached_person(here.session, by=here.claire, account_id=zoe.id, today=TODAY)
    assert seen.channels == (SMS,) and "612345678" not in repr(seen)
    with pytest.raises(NotFound):
        channels.reached_person(here.session, by=here.karim, account_id=zoe.id, today=TODAY)


def test_an_adviser_does_not_learn_that_somebody_noted_something(here: Place, zoe: Account, left: Left) -> None:
    """A line without a reason would say it: who applies somewhere is shown by consent alone."""
    apply_somewhere(here, zoe)
    meet(here, zoe)
    assert sweep(here) == 2
    seen = channels.reached_person(here.session, by=here.claire, account_id=zoe.id, today=TODAY)
    assert [one.reason for one in seen.latest] == [NotificationReason.APPOINTMENT]
    own = channels.own_notifications(here.session, of=zoe, settings=BOTH)
    assert len(own.latest) == 2, "the person sees all"


def test_it_is_exported_and_erased_with_the_person(here: Place, zoe: Account, left: Left) -> None:
    meet(here, zoe)
    sweep(here)
    exported = rows.plain_rows(here.session, zoe.id)
    assert exported["notificationaddress"][0]["address"] == "+33612345678"
    assert "address_digest" not in exported["sentnotification"][0]
    [said] = [one for one in stored_work.stored_groups(here.session, of=zoe) if one.key == "notifications"]
    assert "06 12 34 56 78" in said.lines[0] and len(said.lines) == 2
    erasure_request.erase_account(here.session, zoe.id, by=MACHINE, why="asked", now=NOW)
    assert not here.session.exec(select(NotificationAddress)).all() and not lines(here)


def test_an_operation_names_nobody() -> None:
    one = DueNotification("a", "o", SMS, "+33612345678", NotificationReason.MESSAGE, "m1")
    assert one.operation == "sms:message:m1"
