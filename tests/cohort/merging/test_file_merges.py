"""Two files of one young person made one: what is kept, what stays private, what is told, and the way back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from clicnjob import consents, works
from clicnjob.accounts import cards
from clicnjob.accounts.reauthentication import Proof
from clicnjob.cohort.merging import file_merges, likely_files, merge_undo, moved_rows, own_merges
from clicnjob.cohort.merging.file_merges import FileCannotMerge, MergeChoices, NotAgreedToMerge
from clicnjob.cohort.merging.merge_undo import MergeTooOld
from clicnjob.cohort.support import notes, person_file, threads
from clicnjob.errors import NotFound
from clicnjob.models import (
    Account,
    ActivityDay,
    AuditEvent,
    Card,
    ConsentTo,
    Enrolment,
    ErasurePlan,
    ErasureWhy,
    FileMerge,
    Membership,
    NextStep,
    PeopleList,
    Record,
    SharedObstacle,
    Sharing,
    SignIn,
    Tombstone,
    Work,
    WorkKind,
)
from clicnjob.privacy import sharing, views
from clicnjob.privacy.erasure import erasure_request, rows
from clicnjob.privacy.machine import MACHINE
from clicnjob.privacy.retention import rules
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import count_queries

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


@pytest.fixture
def pair(here: Place) -> tuple[Account, Account]:
    """Zoé as she comes now, and an older account of hers that was used once."""
    kept, other = here.young("Zoé", "Ben Salah"), here.young("Zoe", "Bensalah")
    here.session.add(Enrolment(account_id=kept.id, birth_month="2006-03"))
    here.session.add(Enrolment(account_id=other.id, phone="+33639981234"))
    here.row(kept), here.row(other)
    here.session.flush()
    return kept, other


def choices(kept: Account, other: Account, **given: str) -> MergeChoices:
    named = {"name_of": kept.id, "phone_of": other.id, "month_of": kept.id, "bag_of": kept.id} | given
    return MergeChoices(**named, agreed=True)  # type: ignore[arg-type]


def merged(here: Place, pair: tuple[Account, Account], by: Account | None = None, **given: str) -> FileMerge:
    kept, other = pair
    return file_merges.merge_files(
        here.session,
        by=by or here.claire,
        account_id=kept.id,
        other_id=other.id,
        choices=choices(kept, other, **given),
        proof=Proof((by or here.claire).id, NOW),
        today=TODAY,
        now=NOW,
    )


def work(session: Session, owner: Account, kind: WorkKind, body: dict[str, object], at: datetime = NOW) -> str:
    made = works.start_work(session, by=owner, kind=kind, body=body, operation=works.new_operation())
    session.get_one(Work, made.id).changed_at = at
    session.flush()
    return made.id


def owner_of(session: Session, work_id: str) -> str:
    session.expire_all()
    return session.get_one(Work, work_id).account_id


def test_every_table_of_a_person_is_moved_filled_in_or_stays_on_purpose() -> None:
    named = (*moved_rows.MOVED, *moved_rows.FILLED, *moved_rows.OF_WORK, *moved_rows.STAYING, *moved_rows.OF_STAFF)
    owned = {
        table.name
        for table in Record.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "account" and key.ondelete == "CASCADE"
    }
    assert (sorted(owned - set(named)), len(named)) == ([], len(set(named)))


def test_what_was_said_and_done_around_both_is_in_one_file_afterwards(
    here: Place, pair: tuple[Account, Account]
) -> None:
    kept, other = pair
    by = {"by": here.claire, "account_id": other.id, "today": TODAY}
    notes.write_note(here.session, **by, words="Cherche une alternance", now=NOW)  # type: ignore[arg-type]
    threads.write_to_young(here.session, by=here.claire, account_id=other.id, words="Bonjour", today=TODAY, now=NOW)
    here.session.add(ActivityDay(account_id=other.id, day=TODAY - timedelta(days=3), kind="cv", acts=4))
    here.session.add(ActivityDay(account_id=other.id, day=TODAY, kind="cv", acts=4))
    here.session.add(ActivityDay(account_id=kept.id, day=TODAY, kind="cv", acts=2))
    group = PeopleList(organisation_id=here.organisation_id, owner_id=here.claire.id, name="Lundi")
    here.session.add(group)
    here.session.flush()
    here.session.add(Membership(list_id=group.id, account_id=other.id))
    merged(here, pair)
    file = person_file.person_file(here.session, by=here.claire, account_id=kept.id, today=TODAY)
    assert [note.text for note in file.notes] == ["Cherche une alternance"]
    assert (file.phone, file.birth_month, file.last_name) == ("+33639981234", "2006-03", "Ben Salah")
    assert here.session.get(Membership, (group.id, kept.id)) is not None
    assert here.session.get_one(ActivityDay, (kept.id, TODAY, "cv")).acts == 2
    assert here.session.get(ActivityDay, (kept.id, TODAY - timedelta(days=3), "cv")) is not None
    with pytest.raises(NotFound):
        person_file.person_file(here.session, by=here.claire, account_id=other.id, today=TODAY)
    assert other.id not in {row.id for row in here.rows()}


def test_the_card_of_the_other_account_opens_nothing_any_more_and_its_sign_ins_end(
    here: Place, pair: tuple[Account, Account]
) -> None:
    kept, other = pair
    code = cards.issue_card(here.session, account=other, now=NOW)
    cards.choose_pin(here.session, code=code, pin="482915", now=NOW)
    here.visit(other, TODAY)
    merge = merged(here, pair)
    with pytest.raises(cards.WrongCard):
        cards.admit_card_holder(here.session, cards.begin_try(here.session, code=code, now=LATER))
    open_still = select(SignIn.id).where(SignIn.account_id == other.id, col(SignIn.ended_at).is_(None))
    assert here.session.exec(open_still).all() == []
    assert here.session.exec(select(Card.id).where(Card.account_id == kept.id, col(Card.voided_at).is_(None))).all()

    merge_undo.undo_merge(here.session, by=here.claire, merge_id=merge.id, today=TODAY, now=LATER)
    assert cards.admit_card_holder(here.session, cards.begin_try(here.session, code=code, now=LATER)).id == other.id


def test_of_each_work_the_chosen_or_the_newest_stays_and_the_rest_is_for_its_owner(
    here: Place, pair: tuple[Account, Account]
) -> None:
    kept, other = pair
    here.cv(kept), here.cv(other)
    old = work(here.session, kept, WorkKind.APPLICATIONS, {}, NOW - timedelta(days=9))
    new = work(here.session, other, WorkKind.APPLICATIONS, {}, NOW)
    alone = work(here.session, other, WorkKind.INTERVIEW, {})
    merged(here, pair, bag_of=other.id)
    bags = {kind: owner_of(here.session, found.id) for kind, found in _bag_of(here.session, kept).items()}
    assert bags == {WorkKind.PROFILE: kept.id, WorkKind.CV: kept.id}
    assert [owner_of(here.session, one) for one in (old, new, alone)] == [other.id, kept.id, kept.id]
    told = own_merges.unread_merge(here.session, of=kept)
    assert told is not None and told.has_work_aside
    assert own_merges.work_aside(here.session, of=kept, merge_id=told.id, now=LATER)
    for stranger in (here.claire, other):
        with pytest.raises(NotFound):
            own_merges.work_aside(here.session, of=stranger, merge_id=told.id, now=LATER)


def _bag_of(session: Session, owner: Account) -> dict[WorkKind, Work]:
    found = session.exec(select(Work).where(Work.account_id == owner.id)).all()
    return {one.kind: one for one in found if one.kind in (WorkKind.PROFILE, WorkKind.CV)}


def test_nothing_that_one_of_the_accounts_did_not_show_becomes_visible(
    here: Place, pair: tuple[Account, Account]
) -> None:
    kept, other = pair
    here.share(kept, applications=True, practice=True)
    here.share(other, practice=True)
    for what in (ConsentTo.APPLICATIONS, ConsentTo.PRACTICE):
        consents.give_consent(here.session, by=kept, what=what, now=NOW)
    work(here.session, other, WorkKind.APPLICATIONS, {"applications": []})
    work(here.session, kept, WorkKind.OBSTACLES, {}, NOW - timedelta(days=2))
    work(here.session, other, WorkKind.OBSTACLES, {}, NOW)
    here.session.add(SharedObstacle(account_id=kept.id, obstacle="permis"))
    here.session.flush()
    merge = merged(here, pair)
    shown = sharing.shared_by(here.session, of=kept.id)
    assert (shown.applications, shown.practice) == (False, True)
    assert not consents.has_consented(here.session, of=kept.id, what=ConsentTo.APPLICATIONS)
    assert here.session.get(SharedObstacle, (kept.id, "permis")) is None
    file = person_file.person_file(here.session, by=here.claire, account_id=kept.id, today=TODAY)
    assert file.applications is None and file.obstacles == ()

    merge_undo.undo_merge(here.session, by=here.claire, merge_id=merge.id, today=TODAY, now=LATER)
    assert here.session.get(SharedObstacle, (kept.id, "permis")) is None
    assert not sharing.shared_by(here.session, of=kept.id).applications  # only they may show it again


def test_a_duplicate_that_was_never_used_changes_nothing_of_what_is_shown(here: Place) -> None:
    kept, other = here.young("Zoé", "Bâ"), here.newcomer("Zoé", "Ba")
    here.row(kept), here.row(other)
    here.share(kept, applications=True)
    merged(here, (kept, other))
    assert sharing.shared_by(here.session, of=kept.id) == sharing.SharedChoices(applications=True)
    assert here.session.get(Sharing, other.id) is None


def test_a_person_has_one_open_step_afterwards(here: Place, pair: tuple[Account, Account]) -> None:
    kept, other = pair
    done = NextStep(account_id=other.id, by_id=here.claire.id, key="cv", done_at=NOW)
    open_there = NextStep(account_id=other.id, by_id=here.claire.id, key="cv")
    here.session.add_all([done, open_there, NextStep(account_id=kept.id, by_id=here.claire.id, key="metier")])
    here.session.flush()
    merged(here, pair)
    found = {one.id: one.account_id for one in here.session.exec(select(NextStep))}
    assert (found[done.id], found[open_there.id]) == (kept.id, other.id)


def test_undone_within_a_day_each_file_has_its_own_again(here: Place, pair: tuple[Account, Account]) -> None:
    kept, other = pair
    before = _everything(here.session, kept), _everything(here.session, other)
    merge = merged(here, pair, name_of=other.id)
    assert _everything(here.session, kept) != before[0]
    merge_undo.undo_merge(here.session, by=here.claire, merge_id=merge.id, today=TODAY, now=LATER)
    after = _everything(here.session, kept), _everything(here.session, other)
    assert after == before
    assert {kept.id, other.id} <= {row.id for row in here.rows()}
    with pytest.raises(NotFound):
        merge_undo.undo_merge(here.session, by=here.claire, merge_id=merge.id, today=TODAY, now=LATER)


COMPUTED = {"progress", "filemerge", "auditevent"}


def _everything(session: Session, owner: Account) -> dict[str, object]:
    session.flush()
    session.expire_all()
    found = rows.plain_rows(session, owner.id)
    for account in found["account"]:
        account.pop("seen_at")
    return {name: some for name, some in found.items() if name not in COMPUTED | {"signin"}}


def test_after_a_day_two_files_stay_one(here: Place, pair: tuple[Account, Account]) -> None:
    merge = merged(here, pair)
    with pytest.raises(MergeTooOld):
        merge_undo.undo_merge(
            here.session, by=here.claire, merge_id=merge.id, today=TODAY, now=NOW + timedelta(hours=25)
        )


def test_only_who_follows_both_may_make_them_one(here: Place, pair: tuple[Account, Account]) -> None:
    kept, other = pair
    other.adviser_id = here.karim.id
    here.session.flush()
    for actor in (here.claire, here.karim, here.trainer, kept):
        with pytest.raises(NotFound):
            merged(here, pair, by=actor)
    assert merged(here, pair, by=here.head).kept_id == kept.id


@pytest.mark.parametrize("held", ["frozen", "archived", "erasure asked"])
def test_a_file_that_must_stay_as_it_is_is_not_merged(here: Place, pair: tuple[Account, Account], held: str) -> None:
    kept, other = pair
    if held == "frozen":
        other.frozen_at = NOW
    elif held == "archived":
        kept.archived_at = NOW
    else:
        here.session.add(ErasurePlan(account_id=other.id, why=ErasureWhy.ASKED, due_at=LATER))
    here.session.flush()
    with pytest.raises(FileCannotMerge):
        merged(here, pair)


def test_without_the_word_of_the_young_person_nothing_is_merged(here: Place, pair: tuple[Account, Account]) -> None:
    kept, other = pair
    given = MergeChoices(kept.id, kept.id, kept.id, kept.id)
    with pytest.raises(NotAgreedToMerge):
        file_merges.merge_files(
            here.session, by=here.claire, account_id=kept.id, other_id=other.id, choices=given, today=TODAY, now=NOW
        )


def test_the_journal_and_the_young_person_are_told(here: Place, pair: tuple[Account, Account]) -> None:
    kept, other = pair
    merge = merged(here, pair)
    lines = here.session.exec(select(AuditEvent).where(AuditEvent.act == "files merged")).all()
    assert {line.whom_id for line in lines} == {kept.id, other.id}
    assert "a réuni tes deux dossiers" in {view.did for view in views.file_views(here.session, of=kept, now=LATER)}
    told = own_merges.unread_merge(here.session, of=kept)
    assert told is not None and (told.id, told.has_work_aside) == (merge.id, False)
    with pytest.raises(NotFound):
        own_merges.mark_merge_read(here.session, by=here.claire, merge_id=merge.id, now=LATER)
    own_merges.mark_merge_read(here.session, by=kept, merge_id=merge.id, now=LATER)
    assert own_merges.unread_merge(here.session, of=kept) is None


def test_what_is_taken_along_and_what_is_erased_is_all_of_both(here: Place, pair: tuple[Account, Account]) -> None:
    kept, other = pair
    aside = work(here.session, other, WorkKind.JOBS, {}, NOW - timedelta(days=5))
    work(here.session, kept, WorkKind.JOBS, {}, NOW)
    merged(here, pair)
    assert aside in {row["id"] for row in rows.plain_rows(here.session, kept.id)["work"]}
    erasure_request.erase_account(here.session, kept.id, by=MACHINE, why="asked", now=LATER)
    assert here.session.get(Account, other.id, populate_existing=True) is None
    assert len(here.session.exec(select(Tombstone)).all()) == 2


def test_what_stayed_aside_is_erased_after_thirty_days(here: Place, pair: tuple[Account, Account]) -> None:
    kept, other = pair
    merged(here, pair)
    rules.purge_expired(here.session, now=NOW + timedelta(days=29))
    assert here.session.get(Account, other.id, populate_existing=True) is not None
    rules.purge_expired(here.session, now=NOW + timedelta(days=31))
    assert here.session.get(Account, other.id, populate_existing=True) is None
    assert here.session.get(Account, kept.id, populate_existing=True) is not None


def test_likely_files_are_one_s_own_with_the_reason_in_few_queries(here: Place, pair: tuple[Account, Account]) -> None:
    kept, other = pair
    here.newcomer("Zoé", "Ben Salah", adviser=here.karim)
    here.newcomer("Ali", "Kaci")
    with count_queries(here.session.get_bind(), 4):  # type: ignore[arg-type]
        found = likely_files.likely_files(here.session, by=here.claire, account_id=kept.id, today=TODAY)
    assert [(one.id, one.why) for one in found] == [(other.id, "même nom")]
    assert len(likely_files.likely_files(here.session, by=here.head, account_id=kept.id, today=TODAY)) == 2


def test_the_file_whose_card_the_person_has_in_hand_is_proposed_to_stay(here: Place) -> None:
    held, fresh = here.newcomer("Zoé", "Bâ"), here.newcomer("Zoé", "Ba", enrolled=1)
    code = cards.issue_card(here.session, account=held, now=NOW)
    cards.choose_pin(here.session, code=code, pin="482915", now=NOW)
    sides = file_merges.merge_sides(here.session, by=here.claire, account_id=fresh.id, other_id=held.id, today=TODAY)
    assert [side.id for side in sides] == [held.id, fresh.id]


def test_the_file_that_was_used_last_is_proposed_to_stay(here: Place) -> None:
    never, used = here.newcomer("Zoé", "Bâ", enrolled=1), here.young("Zoé", "Ba")
    first, second = file_merges.merge_sides(
        here.session, by=here.claire, account_id=never.id, other_id=used.id, today=date(2026, 3, 16)
    )
    assert (first.id, second.id) == (used.id, never.id)
    assert datetime(2026, 3, 16, tzinfo=UTC) < (first.seen_at or NOW)
