"""The private calendar: what it holds and what never leaves, how it ends, and that it needs a proof to be made."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from icalendar import Calendar
from sqlmodel import Session, select

from clicnjob import policy
from clicnjob.accounts import presence, team
from clicnjob.accounts.reauthentication import Proof, ProofNeeded
from clicnjob.cohort.permissions import FollowsNobody
from clicnjob.cohort.support import agenda, appointments, calendar_feed
from clicnjob.cohort.support.appointments import AppointmentPlan
from clicnjob.errors import NotFound
from clicnjob.models import Account, AuditEvent, CalendarFeed, Role, RoleHeld
from clicnjob.privacy.erasure import replay, rows
from tests.cohort_people import NOW, TODAY, Place, place

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


def meet(here: Place, young: Account, day: date = TOMORROW, **more: str) -> str:
    asked = {"kind": "sur_place", "place": "Bureau 12", "words": "Apporte tes papiers"} | more
    plan = AppointmentPlan(day, time(14), 30, **asked)
    return appointments.propose_appointment(
        here.session, by=here.claire, account_id=young.id, plan=plan, today=TODAY, now=NOW
    )


def made_feed(here: Place, by: Account | None = None, names: str = "aucun") -> str:
    who = by or here.claire
    return calendar_feed.make_feed(here.session, by=who, names=names, proof=Proof(who.id, NOW), now=NOW)


def read(here: Place, token: str, *, now: datetime = NOW) -> bytes:
    owner = calendar_feed.feed_owner(here.session, token=token, now=now)
    return calendar_feed.feed_file(here.session, owner=owner, now=now)


def events(content: bytes) -> list[dict[str, str]]:
    return [
        {key: str(one[key]) for key in ("summary", "location", "uid")} | {"start": one.decoded("dtstart").isoformat()}
        for one in Calendar.from_ical(content).walk("VEVENT")
    ]


def test_by_default_it_names_nobody_and_holds_no_words(here: Place) -> None:
    young = here.young("Kadiatou", "Hassani")
    kept = meet(here, young)
    content = read(here, made_feed(here))
    [one] = events(content)
    assert one["summary"] == "Rendez-vous" and one["location"] == "Bureau 12" and one["uid"] == f"{kept}@clicnjob"
    assert datetime.fromisoformat(one["start"]) == appointments.start_instant(TOMORROW, time(14))
    said = content.decode()
    assert not [word for word in ("Kadiatou", "Hassani", "papiers", "Claire", young.id, "Ici") if word in said]


def test_where_its_owner_chose_so_it_says_first_name_and_initial(here: Place) -> None:
    meet(here, here.young("Kadiatou", "Hassani"))
    content = read(here, made_feed(here, names="prenom"))
    assert events(content)[0]["summary"] == "Rendez-vous avec Kadiatou H."
    assert b"Hassani" not in content


@pytest.mark.parametrize(
    ("kind", "place_typed", "shown"),
    [
        ("telephone", "06 12 34 56 78", "Au téléphone"),
        ("visio", "https://visio.exemple.fr/secret", "En visio"),
        ("sur_place", "Chez M. HASSANI, 3e", "Sur place"),
    ],
)
def test_a_number_a_link_or_the_name_typed_as_a_place_stays_here(
    here: Place, kind: str, place_typed: str, shown: str
) -> None:
    meet(here, here.young("Kadiatou", "Hassani"), kind=kind, place=place_typed)
    content = read(here, made_feed(here, names="prenom"))
    assert events(content)[0]["location"] == shown
    assert not [one for one in (b"06 12", b"https", b"HASSANI") if one in content]


@pytest.mark.parametrize(
    ("typed", "without_names", "with_names"),
    [
        ("Chez KADIATOU, 3e", "Sur place", "Chez KADIATOU, 3e"),
        ("Foyer Kadiatourie", "Foyer Kadiatourie", "Foyer Kadiatourie"),
    ],
)
def test_a_first_name_typed_as_a_place_stays_here_where_no_name_leaves(
    here: Place, typed: str, without_names: str, with_names: str
) -> None:
    meet(here, here.young("Kadiatou", "Hassani"), place=typed)
    shown = [events(read(here, made_feed(here, names=names)))[0]["location"] for names in ("aucun", "prenom")]
    assert shown == [without_names, with_names]


def test_it_holds_only_ones_own_and_neither_cancelled_nor_refused(here: Place) -> None:
    young = here.young()
    gone, refused = meet(here, young), meet(here, young)
    appointments.withdraw_appointment(here.session, by=here.claire, appointment_id=gone, today=TODAY, now=NOW)
    appointments.answer_appointment(here.session, by=young, appointment_id=refused, accepted=False, now=NOW)
    assert events(read(here, made_feed(here))) == []
    meet(here, young)
    assert events(read(here, made_feed(here, here.head))) == [], "the head has their own, not everybody's"


def test_a_person_handed_over_is_in_it_no_more(here: Place) -> None:
    young = here.young()
    meet(here, young)
    token = made_feed(here)
    young.adviser_id = here.karim.id
    here.session.flush()
    assert events(read(here, token)) == []


def test_the_window_is_bounded(here: Place) -> None:
    young = here.young()
    meet(here, young, TODAY + timedelta(days=1))
    token = made_feed(here)
    assert len(events(read(here, token, now=NOW + policy.CALENDAR_BEFORE + timedelta(days=1)))) == 1
    assert events(read(here, token, now=NOW + policy.CALENDAR_BEFORE + timedelta(days=2))) == []


def test_the_same_appointments_give_the_same_bytes(here: Place) -> None:
    young = here.young()
    meet(here, young)
    token = made_feed(here)
    before = read(here, token)
    assert read(here, token, now=NOW + timedelta(hours=2)) == before
    meet(here, young)
    assert read(here, token, now=NOW + timedelta(hours=2)) != before


def test_only_a_digest_is_stored_and_it_is_not_exported(here: Place) -> None:
    token = made_feed(here)
    [kept] = here.session.exec(select(CalendarFeed))
    assert token not in repr(kept) and kept.token_digest == presence.token_digest(token)
    assert "token_digest" not in rows.plain_rows(here.session, here.claire.id)["calendarfeed"][0]


def test_a_new_address_ends_the_one_before_and_stopping_ends_it(here: Place) -> None:
    first, second = made_feed(here), made_feed(here)
    with pytest.raises(NotFound):
        read(here, first)
    assert read(here, second)
    calendar_feed.stop_feed(here.session, by=here.claire, now=NOW)
    with pytest.raises(NotFound):
        read(here, second)
    said = [one.act for one in here.session.exec(select(AuditEvent).order_by(AuditEvent.id))]
    assert said == ["calendar address made", "calendar address made", "calendar address stopped"]


def test_it_needs_a_proof_a_role_and_a_known_choice(here: Place) -> None:
    for proof in (None, Proof(here.karim.id, NOW), Proof(here.claire.id, NOW - timedelta(minutes=2))):
        with pytest.raises(ProofNeeded):
            calendar_feed.make_feed(here.session, by=here.claire, names="aucun", proof=proof, now=NOW)
    with pytest.raises(FollowsNobody):
        made_feed(here, here.trainer)
    with pytest.raises(NotFound):
        made_feed(here, names="nom_entier")


@pytest.mark.parametrize(
    "how", ["closed", "frozen", "role ended", "role gone", "password", "second factor", "new link"]
)
def test_it_ends_when_its_owner_leaves_or_changes_how_they_sign_in(here: Place, how: str) -> None:
    meet(here, here.young())
    token = made_feed(here)
    assert read(here, token)
    held = here.session.get(RoleHeld, (here.claire.id, Role.ADVISER))
    assert held is not None
    if how == "closed":
        team.close_account(here.session, by=here.head, account_id=here.claire.id, now=NOW)
        team.reopen_account(here.session, by=here.head, account_id=here.claire.id, now=NOW)
    elif how == "frozen":
        here.claire.frozen_at = NOW
    elif how == "role ended":
        held.until = TODAY - timedelta(days=1)
    elif how == "role gone":
        held.role = Role.TRAINER
    elif how == "new link":
        proof = Proof(here.head.id, NOW)
        team.new_link(here.session, by=here.head, account_id=here.claire.id, proof=proof, now=NOW)
    else:
        presence.end_all(here.session, account_id=here.claire.id, reason=how, now=NOW)
    here.session.flush()
    with pytest.raises(NotFound):
        read(here, token)


def test_a_restored_backup_brings_no_address_back(here: Place) -> None:
    made_feed(here)
    replay.after_restore(here.session, now=NOW)
    assert here.session.exec(select(CalendarFeed)).all() == []


@pytest.mark.parametrize("token", ["", "x", "a" * 42, "a" * 44, "é" * 43, "a" * 42 + "/", "a" * 42 + "\n"])
def test_what_has_not_the_form_of_a_token_costs_no_query(session: Session, token: str) -> None:
    assert not calendar_feed.may_be_token(token)
    with pytest.raises(NotFound):
        calendar_feed.feed_owner(session, token=token, now=NOW)


def test_the_agenda_of_the_screen_keeps_its_own_bound(here: Place) -> None:
    meet(here, here.young())
    assert len(agenda.own_agenda(here.session, of=here.claire, first=TODAY, last=TOMORROW, today=TODAY)) == 1
