"""What a merge of two files must not be used for, and what an undo must not bring back or lose."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import col, select

from clicnjob.accounts.reauthentication import Proof, ProofNeeded
from clicnjob.cohort.importing import enrolment
from clicnjob.cohort.importing.candidates import Candidate
from clicnjob.cohort.merging import file_merges, merge_undo
from clicnjob.cohort.merging.file_merges import MergeChoices
from clicnjob.cohort.merging.merge_undo import LaterMergeFirst
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.support import person_file
from clicnjob.learn.obstacles import KeptObstacles
from clicnjob.models import (
    Account,
    ActivityDay,
    ConsentTo,
    Enrolment,
    ErasurePlan,
    ErasureWhy,
    FileMerge,
    SharedObstacle,
    Work,
    WorkKind,
)
from clicnjob.privacy import sharing
from clicnjob.privacy.retention import rules
from tests.cohort.merging.test_file_merges import LATER, owner_of, work
from tests.cohort_people import NOW, TODAY, Place, at, place

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
PROVED = timedelta(seconds=10)


@pytest.fixture
def here(session: object) -> Place:
    return place(session)  # type: ignore[arg-type]


def merge(here: Place, kept: Account, other: Account, *, name_of: str = "", minutes: int = 0) -> FileMerge:
    now = NOW + timedelta(minutes=minutes)
    given = MergeChoices(name_of or kept.id, kept.id, kept.id, bag_of=other.id, agreed=True)
    return file_merges.merge_files(
        here.session,
        by=here.claire,
        account_id=kept.id,
        other_id=other.id,
        choices=given,
        proof=Proof(here.claire.id, now),
        today=TODAY,
        now=now,
    )


def undo(here: Place, done: FileMerge) -> None:
    merge_undo.undo_merge(here.session, by=here.claire, merge_id=done.id, today=TODAY, now=LATER)


def obstacles(here: Place, owner: Account, *keys: str, days: int = 0) -> str:
    body = KeptObstacles(kept=list(keys)).model_dump(mode="json")
    return work(here.session, owner, WorkKind.OBSTACLES, body, NOW - timedelta(days=days))


def test_private_work_moves_to_another_card_only_after_a_proof(here: Place) -> None:
    """Whoever enrols a twin and keeps its card would otherwise read, with it, what the young person keeps private."""
    twin, real = here.young("Zoé", "Ben Salah"), here.young("Zoe", "Bensalah")
    asked = {"by": here.claire, "account_id": twin.id, "other_id": real.id, "today": TODAY, "now": NOW}
    chosen = MergeChoices(twin.id, twin.id, twin.id, twin.id, agreed=True)
    for proof in (None, Proof(here.karim.id, NOW), Proof(here.claire.id, NOW - timedelta(hours=1))):
        with pytest.raises(ProofNeeded):
            file_merges.merge_files(here.session, **asked, choices=chosen, proof=proof)  # type: ignore[arg-type]


def test_a_duplicate_that_nobody_has_used_needs_no_proof(here: Place) -> None:
    kept, other = here.young("Zoé", "Bâ"), here.newcomer("Zoé", "Ba")
    chosen = MergeChoices(kept.id, kept.id, kept.id, kept.id, agreed=True)
    done = file_merges.merge_files(
        here.session, by=here.claire, account_id=kept.id, other_id=other.id, choices=chosen, today=TODAY, now=NOW
    )
    assert done.kept_id == kept.id


def test_the_last_merge_is_undone_first_in_chains_and_beside_each_other(here: Place) -> None:
    first, second, third = (here.young("Zoé", f"Bâ{end}") for end in ("", "a", "aa"))
    theirs = [work(here.session, one, WorkKind.PROFILE, {}) for one in (first, second, third)]
    inner = merge(here, second, first)
    outer = merge(here, third, second, minutes=1)
    with pytest.raises(LaterMergeFirst):
        undo(here, inner)
    shown = merge_undo.merges_of_person(here.session, by=here.claire, account_id=third.id, today=TODAY, now=LATER)
    assert [(one.id, one.may_be_undone) for one in shown] == [(outer.id, True), (inner.id, False)]
    undo(here, outer)
    undo(here, inner)
    assert [owner_of(here.session, one) for one in theirs] == [first.id, second.id, third.id]

    beside = [merge(here, first, second), merge(here, first, third, minutes=1)]
    with pytest.raises(LaterMergeFirst):
        undo(here, beside[0])
    undo(here, beside[1])
    undo(here, beside[0])
    assert [owner_of(here.session, one) for one in theirs] == [first.id, second.id, third.id]


def test_what_the_person_stopped_showing_after_a_merge_is_not_shown_by_its_undo(here: Place) -> None:
    kept, other = here.young("Zoé", "Bâ"), here.young("Zoé", "Ba")
    for one in (kept, other):
        sharing.switch_sharing(here.session, by=one, what=ConsentTo.APPLICATIONS, on=True, now=at(TODAY))
        sharing.switch_sharing(here.session, by=one, what=ConsentTo.PRACTICE, on=True, now=at(TODAY))
        obstacles(here, one, "permis", "logement", days=1 if one is kept else 0)
        for key in ("permis", "logement"):
            sharing.share_obstacle(here.session, by=one, key=key, on=True, now=at(TODAY))
    work(here.session, other, WorkKind.APPLICATIONS, {"applications": []})
    done = merge(here, kept, other)
    soon = NOW + timedelta(minutes=5)
    refreshing.change_sharing(here.session, by=kept, what=ConsentTo.APPLICATIONS, on=False, now=soon)
    sharing.share_obstacle(here.session, by=kept, key="permis", on=False, now=soon)
    undo(here, done)
    shown = sharing.shared_by(here.session, of=other.id)
    assert (shown.applications, shown.practice) == (False, True)
    assert sharing.shared_obstacles(here.session, of=other.id) == ("logement",)
    file = person_file.person_file(here.session, by=here.claire, account_id=other.id, today=TODAY)
    assert file.applications is None


def test_an_obstacle_hidden_by_a_merge_is_shown_again_by_nobody_but_its_owner(here: Place) -> None:
    kept, other = here.young("Zoé", "Bâ"), here.young("Zoé", "Ba")
    obstacles(here, kept, "permis", "logement", days=1)
    obstacles(here, other, "permis", "logement")
    for key in ("permis", "logement"):
        sharing.share_obstacle(here.session, by=kept, key=key, on=True, now=at(TODAY))
    done = merge(here, kept, other)
    assert sharing.shared_obstacles(here.session, of=kept.id) == ()
    sharing.share_obstacle(here.session, by=kept, key="permis", on=True, now=NOW + timedelta(minutes=5))
    undo(here, done)
    assert sharing.shared_obstacles(here.session, of=kept.id) == ("permis",)
    assert here.session.exec(select(SharedObstacle).where(SharedObstacle.account_id == other.id)).all() == []


def test_a_day_counted_for_the_closed_account_meanwhile_does_not_break_the_undo(here: Place) -> None:
    kept, other = here.young("Zoé", "Bâ"), here.young("Zoé", "Ba")
    here.session.add(ActivityDay(account_id=other.id, day=TODAY, kind="cv", acts=4))
    here.session.flush()
    done = merge(here, kept, other)
    here.session.add(ActivityDay(account_id=other.id, day=TODAY, kind="cv", acts=1))
    here.session.flush()
    undo(here, done)
    assert here.session.get_one(ActivityDay, (other.id, TODAY, "cv")).acts == 1


def test_what_was_corrected_after_a_merge_stays_when_it_is_undone(here: Place) -> None:
    kept, other = here.young("Zoé", "Bâ"), here.young("Zoe", "Ba")
    kept.seen_at = None
    here.session.add(Enrolment(account_id=other.id, phone="+33639981234"))
    here.session.flush()
    done = merge(here, kept, other, name_of=other.id)
    kept.last_name, kept.seen_at = "Bah", NOW + timedelta(minutes=5)
    here.session.get_one(Enrolment, kept.id).phone = "+33639985678"
    here.session.flush()
    undo(here, done)
    assert (kept.first_name, kept.last_name, kept.seen_at) == ("Zoe", "Bah", NOW + timedelta(minutes=5))
    assert here.session.get_one(Enrolment, kept.id).phone == "+33639985678"


def test_a_frozen_file_keeps_what_was_merged_into_it_and_its_undo_freezes_both(here: Place) -> None:
    kept, other = here.young("Zoé", "Bâ"), here.young("Zoé", "Ba")
    done = merge(here, kept, other)
    kept.frozen_at, kept.frozen_why = NOW, "litige"
    here.session.flush()
    rules.purge_expired(here.session, now=NOW + timedelta(days=31))
    assert here.session.get(Account, other.id, populate_existing=True) is not None
    undo(here, done)
    assert other.frozen_at is not None and other.frozen_why == "litige"


def test_a_file_announced_for_erasure_is_saved_by_the_visits_of_the_other(here: Place) -> None:
    kept, other = here.young("Zoé", "Bâ"), here.young("Zoé", "Ba")
    kept.seen_at = NOW - timedelta(days=700)
    for one in (kept, other):
        due = NOW + timedelta(days=2)
        here.session.add(
            ErasurePlan(account_id=one.id, why=ErasureWhy.IDLE, noted_at=NOW + timedelta(seconds=1), due_at=due)
        )
    here.session.flush()
    merge(here, kept, other)
    rules.purge_expired(here.session, now=NOW + timedelta(days=3))
    for one in (kept, other):  # what stayed aside waits for its thirty days
        assert here.session.get(Account, one.id, populate_existing=True) is not None


def test_an_adviser_who_left_meanwhile_gets_nobody_back(here: Place) -> None:
    kept, other = here.young("Zoé", "Bâ"), here.newcomer("Zoé", "Ba", adviser=here.karim)
    chosen = MergeChoices(kept.id, kept.id, kept.id, kept.id, agreed=True)
    done = file_merges.merge_files(
        here.session, by=here.head, account_id=kept.id, other_id=other.id, choices=chosen, today=TODAY, now=NOW
    )
    here.karim.closed_at = NOW
    here.session.flush()
    merge_undo.undo_merge(here.session, by=here.head, merge_id=done.id, today=TODAY, now=LATER)
    assert other.adviser_id == here.claire.id


def test_undoing_an_import_keeps_a_file_into_which_another_was_merged_or_that_is_frozen(here: Place) -> None:
    names = [Candidate(line, "Zoé", last) for line, last in enumerate(("Bâ", "Bah", "Ba"), start=2)]
    batch = enrolment.enrol_many(here.session, names, by=here.claire, now=NOW)
    made = {one.last_name: one for one in here.session.exec(select(Account).where(col(Account.first_name) == "Zoé"))}
    older = here.young("Zoé", "Baah")
    kept_work = work(here.session, older, WorkKind.APPLICATIONS, {})
    merge(here, made["Bâ"], older)
    made["Bah"].frozen_at = NOW
    here.session.flush()
    undone = enrolment.undo_import(here.session, batch.id, by=here.claire, now=LATER)
    assert (undone.gone, undone.kept) == (1, 2)
    assert here.session.get(Work, kept_work, populate_existing=True) is not None
