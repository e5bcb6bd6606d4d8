"""Handing over, taking back, ending a support, and undoing each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from clicnjob import models
from clicnjob.cohort import permissions, vocabulary
from clicnjob.cohort.progress.overview import cohort_page
from clicnjob.cohort.support import case_closure, handovers, help_requests, person_file, timeline
from clicnjob.errors import NotFound
from clicnjob.models import Account, AuditEvent, Role
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import person

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]

SOON = TODAY + timedelta(days=10)


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


@pytest.fixture
def zoe(here: Place) -> Account:
    young = here.young()
    here.row(young)
    return young


def hand(here: Place, zoe: Account, **changed: Any) -> None:
    shown = handovers.of_person(here.session, by=here.head, account_id=zoe.id, today=TODAY)
    given = {"by": here.claire, "to_id": here.karim.id, "note": "Congé", "agreed": True, "today": TODAY, "now": NOW}
    given["shown_id"] = shown[0].id if shown else ""
    handovers.hand_over(here.session, account_id=zoe.id, **(given | changed))  # type: ignore[arg-type]


def take_back(here: Place, zoe: Account, *, by: Account) -> None:
    shown = handovers.of_person(here.session, by=here.head, account_id=zoe.id, today=TODAY)
    loan_id = shown[0].id if shown else "none"
    handovers.take_back(here.session, by=by, handover_id=loan_id, today=TODAY, now=models.utc_now())


def seen_by(here: Place, who: Account) -> int:
    return cohort_page(here.session, adviser=who, today=TODAY).found


def test_a_loan_shows_the_person_to_both_until_they_are_taken_back(here: Place, zoe: Account) -> None:
    hand(here, zoe, until=SOON)
    assert (zoe.adviser_id, seen_by(here, here.claire), seen_by(here, here.karim)) == (here.claire.id, 1, 1)
    (given,) = handovers.of_person(here.session, by=here.karim, account_id=zoe.id, today=TODAY)
    assert (given.to_name, given.from_name, given.note, given.until) == ("Karim", "Claire", "Congé", SOON)
    take_back(here, zoe, by=here.claire)
    assert (seen_by(here, here.claire), seen_by(here, here.karim)) == (1, 0)


def test_a_colleague_gives_back_and_does_not_pass_on(here: Place, zoe: Account) -> None:
    hand(here, zoe, until=SOON)
    with pytest.raises(NotFound):
        hand(here, zoe, by=here.karim, to_id=here.claire.id)
    take_back(here, zoe, by=here.karim)
    with pytest.raises(NotFound):
        permissions.followed_person(here.session, by=here.karim, account_id=zoe.id, today=TODAY)


def test_a_loan_ends_by_itself_after_its_last_day(here: Place, zoe: Account) -> None:
    hand(here, zoe, until=SOON)
    for day, found in ((SOON, 1), (SOON + timedelta(days=1), 0)):
        assert cohort_page(here.session, adviser=here.karim, today=day).found == found


def test_for_good_changes_the_adviser_and_can_be_undone_within_a_day(here: Place, zoe: Account) -> None:
    hand(here, zoe)
    assert (zoe.adviser_id, seen_by(here, here.claire), seen_by(here, here.karim)) == (here.karim.id, 0, 1)
    (given,) = handovers.handovers_to_undo(here.session, by=here.claire, now=NOW)
    handovers.undo_handover(
        here.session, by=here.claire, handover_id=given.id, today=TODAY, now=NOW + timedelta(hours=24)
    )
    assert (zoe.adviser_id, seen_by(here, here.claire), seen_by(here, here.karim)) == (here.claire.id, 1, 0)
    assert handovers.handovers_to_undo(here.session, by=here.claire, now=NOW) == ()


def test_undoing_gives_the_loan_back_to_whom_it_was_made(here: Place, zoe: Account) -> None:
    lea = person(here.session, Role.ADVISER, organisation_id=here.organisation_id, first_name="Léa")
    hand(here, zoe, until=SOON)
    later = NOW + timedelta(hours=1)
    hand(here, zoe, to_id=lea.id, now=later)
    assert seen_by(here, here.karim) == 0
    (given,) = handovers.handovers_to_undo(here.session, by=here.claire, now=later)
    handovers.undo_handover(
        here.session, by=here.claire, handover_id=given.id, today=TODAY, now=later + timedelta(minutes=5)
    )
    assert (seen_by(here, here.claire), seen_by(here, here.karim), seen_by(here, lea)) == (1, 1, 0)


def test_undoing_ends_what_the_colleague_lent_since(here: Place, zoe: Account) -> None:
    lea = person(here.session, Role.ADVISER, organisation_id=here.organisation_id, first_name="Léa")
    hand(here, zoe)
    hand(here, zoe, by=here.karim, to_id=lea.id, until=SOON, now=NOW + timedelta(hours=1))
    assert seen_by(here, lea) == 1
    (given,) = handovers.handovers_to_undo(here.session, by=here.claire, now=NOW)
    handovers.undo_handover(
        here.session, by=here.claire, handover_id=given.id, today=TODAY, now=NOW + timedelta(hours=2)
    )
    assert (seen_by(here, here.claire), seen_by(here, lea)) == (1, 0)


def test_the_timeline_tells_the_return_on_its_day_and_what_was_undone(here: Place, zoe: Account) -> None:
    hand(here, zoe, until=SOON)
    hand(here, zoe, to_id=here.karim.id, today=SOON + timedelta(days=5), now=NOW + timedelta(days=15))
    (given,) = handovers.handovers_to_undo(here.session, by=here.claire, now=NOW + timedelta(days=15))
    undone = {"handover_id": given.id, "today": SOON + timedelta(days=5), "now": NOW + timedelta(days=15)}
    handovers.undo_handover(here.session, by=here.claire, **undone)  # type: ignore[arg-type]
    file = person_file.person_file(here.session, by=here.claire, account_id=zoe.id, today=SOON + timedelta(days=5))
    said = [(event.day, event.words) for event in timeline.timeline_events(file, today=SOON + timedelta(days=5))]
    assert (SOON + timedelta(days=1), "Retour auprès de Claire.") in said
    assert (SOON + timedelta(days=5), "Annulé\u00a0: reste auprès de Claire.") in said
    assert len([words for _, words in said if words.startswith("Retour")]) == 1


def test_a_day_later_it_is_the_colleague_who_decides(here: Place, zoe: Account) -> None:
    hand(here, zoe)
    (given,) = handovers.handovers_to_undo(here.session, by=here.claire, now=NOW)
    late = NOW + timedelta(hours=24, seconds=1)
    assert handovers.handovers_to_undo(here.session, by=here.claire, now=late) == ()
    with pytest.raises(handovers.HandoverTooOld):
        handovers.undo_handover(here.session, by=here.claire, handover_id=given.id, today=TODAY, now=late)
    with pytest.raises(NotFound):
        handovers.undo_handover(here.session, by=here.karim, handover_id=given.id, today=TODAY, now=NOW)


def test_what_was_handed_on_is_not_undone_behind_anybodys_back(here: Place, zoe: Account) -> None:
    hand(here, zoe)
    (given,) = handovers.handovers_to_undo(here.session, by=here.claire, now=NOW)
    hand(here, zoe, by=here.karim, to_id=here.claire.id)
    with pytest.raises(NotFound):
        handovers.undo_handover(here.session, by=here.claire, handover_id=given.id, today=TODAY, now=NOW)


def test_who_went_on_to_a_third_and_came_back_to_the_colleague_stays_there(here: Place, zoe: Account) -> None:
    third = person(here.session, Role.ADVISER, organisation_id=here.organisation_id)
    hand(here, zoe)
    (given,) = handovers.handovers_to_undo(here.session, by=here.claire, now=NOW)
    for hours, by, to_one in ((1, here.karim, third), (2, third, here.karim)):
        hand(here, zoe, by=by, to_id=to_one.id, now=NOW + timedelta(hours=hours))
    later = NOW + timedelta(hours=3)
    assert handovers.handovers_to_undo(here.session, by=here.claire, now=later) == ()
    with pytest.raises(NotFound):
        handovers.undo_handover(here.session, by=here.claire, handover_id=given.id, today=TODAY, now=later)
    assert zoe.adviser_id == here.karim.id


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"agreed": False}, handovers.NotAgreed),
        ({"until": TODAY - timedelta(days=1)}, handovers.EndGone),
        ({"note": " "}, Exception),
        ({"to_id": "unknown"}, NotFound),
    ],
)
def test_a_handover_is_agreed_dated_and_to_somebody(here: Place, zoe: Account, changed: dict, refusal: type) -> None:
    with pytest.raises(refusal):
        hand(here, zoe, **changed)
    assert zoe.adviser_id == here.claire.id


def test_nobody_is_handed_to_another_structure_a_trainer_or_themselves(
    here: Place, zoe: Account, session: Session
) -> None:
    for to, refusal in (
        (place(session, "Ailleurs").claire, NotFound),
        (here.trainer, NotFound),
        (here.claire, handovers.SameAdviser),
    ):
        with pytest.raises(refusal):
            hand(here, zoe, to_id=to.id)


def test_the_head_hands_over_for_an_adviser_who_left(here: Place, zoe: Account) -> None:
    hand(here, zoe, by=here.head)
    assert zoe.adviser_id == here.karim.id


@pytest.mark.parametrize("who", ["karim", "trainer"])
def test_who_does_not_follow_somebody_hands_over_and_archives_nobody(here: Place, zoe: Account, who: str) -> None:
    by = getattr(here, who)
    for act in (
        lambda: hand(here, zoe, by=by, to_id=here.karim.id),
        lambda: take_back(here, zoe, by=by),
        lambda: case_closure.close_case(
            here.session, by=by, account_id=zoe.id, reason="cdi", today=TODAY, now=models.utc_now()
        ),
        lambda: case_closure.bring_back(here.session, by=by, account_id=zoe.id, today=TODAY, now=models.utc_now()),
    ):
        with pytest.raises(NotFound):
            act()


def test_there_is_nothing_to_take_back_without_a_loan(here: Place, zoe: Account) -> None:
    with pytest.raises(NotFound):
        take_back(here, zoe, by=here.claire)


def test_who_is_archived_leaves_the_cohort_and_comes_back(here: Place, zoe: Account) -> None:
    case_closure.close_case(here.session, by=here.claire, account_id=zoe.id, reason="cdi", today=TODAY, now=NOW)
    assert seen_by(here, here.claire) == 0
    told = case_closure.case_ending(here.session, by=here.claire, account_id=zoe.id, today=TODAY)
    assert told is not None and (told.reason, told.by, told.at) == ("CDI", "Claire", NOW)
    case_closure.bring_back(here.session, by=here.claire, account_id=zoe.id, today=TODAY, now=models.utc_now())
    assert seen_by(here, here.claire) == 1
    assert case_closure.case_ending(here.session, by=here.claire, account_id=zoe.id, today=TODAY) is None


def test_a_call_for_help_does_not_wait_for_somebody_who_no_longer_looks(here: Place, zoe: Account) -> None:
    help_requests.ask_for_help(here.session, by=zoe, word="Je suis perdue", now=NOW)
    case_closure.close_case(here.session, by=here.claire, account_id=zoe.id, reason="cdi", today=TODAY, now=NOW)
    call = help_requests.latest_help_request(here.session, of=zoe)
    assert call is not None and (call.settled_at, call.seen_by) == (NOW, "Claire")


def test_another_reason_needs_its_words(here: Place, zoe: Account) -> None:
    with pytest.raises(case_closure.CommentMissing):
        case_closure.close_case(
            here.session, by=here.claire, account_id=zoe.id, reason="autre", today=TODAY, now=models.utc_now()
        )
    case_closure.close_case(
        here.session,
        by=here.claire,
        account_id=zoe.id,
        reason="autre",
        comment="Armée",
        today=TODAY,
        now=models.utc_now(),
    )
    assert zoe.archived_at is not None


def test_a_support_ends_once_and_for_a_known_reason(here: Place, zoe: Account) -> None:
    with pytest.raises(NotFound):
        case_closure.close_case(
            here.session, by=here.claire, account_id=zoe.id, reason="x", today=TODAY, now=models.utc_now()
        )
    case_closure.close_case(
        here.session, by=here.claire, account_id=zoe.id, reason="cdi", today=TODAY, now=models.utc_now()
    )
    with pytest.raises(case_closure.JustChanged):
        case_closure.close_case(
            here.session, by=here.claire, account_id=zoe.id, reason="cdi", today=TODAY, now=models.utc_now()
        )
    with pytest.raises(NotFound):
        hand(here, zoe)


def test_the_reasons_of_the_field_are_there() -> None:
    keys = set(vocabulary.closure_reasons())
    assert {"cdi", "cdd-6-mois", "alternance", "formation", "service-civique", "abandon", "autre"} <= keys


def test_each_act_on_a_file_is_written_down(here: Place, zoe: Account) -> None:
    hand(here, zoe, until=SOON)
    take_back(here, zoe, by=here.claire)
    case_closure.close_case(
        here.session, by=here.claire, account_id=zoe.id, reason="cdi", today=TODAY, now=models.utc_now()
    )
    case_closure.bring_back(here.session, by=here.claire, account_id=zoe.id, today=TODAY, now=models.utc_now())
    acts = here.session.exec(select(AuditEvent.act).where(AuditEvent.whom_id == zoe.id).order_by(AuditEvent.id))
    assert list(acts) == ["lent", "taken back", "archived", "brought back"]
