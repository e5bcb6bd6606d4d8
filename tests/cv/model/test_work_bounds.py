"""What one person may keep: so much text over all works, so many rows a list; nothing typed is lost by a refusal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from clicnjob import models, policy, works
from clicnjob.apply import applications
from clicnjob.bounded.body import ListFull, SpaceFull, stored_size
from clicnjob.cv.exchange.work_file import CarriedWork
from clicnjob.cv.model import bag
from clicnjob.cv.model.profile import Cv, Experience, Profile
from clicnjob.interview import notebook
from clicnjob.interview.notebook import Notebook, WrittenAnswer
from clicnjob.jobs import missing
from clicnjob.jobs.query import read_query
from clicnjob.models import Account, Revision, Role, Work, WorkKind
from clicnjob.privacy.export import archive, reopening
from tests.conftest import person

pytestmark = pytest.mark.slow

LONG = "a" * (policy.WORK_CHARACTERS // 4)


def started(session: Session, by: Account, body: dict[str, Any], kind: WorkKind = WorkKind.CV) -> works.SavedWork:
    return works.start_work(session, by=by, kind=kind, body=body, operation=works.new_operation())


def saved(session: Session, work: works.SavedWork, by: Account, body: dict[str, Any]) -> works.SavedWork:
    return works.save_work(session, work.id, by=by, body=body, base=work.version, operation=works.new_operation())


def test_all_works_of_a_person_together_are_bounded(session: Session, young: Account) -> None:
    first = [started(session, young, {"t": LONG}) for _ in range(3)][0]
    with pytest.raises(SpaceFull, match="Enlève"):
        started(session, young, {"t": LONG * 2})
    last = started(session, young, {"t": ""})
    with pytest.raises(SpaceFull):
        saved(session, last, young, {"t": LONG * 2})
    assert works.own_work(session, last.id, of=young).body == {"t": ""}, "what was kept is kept"
    works.remove_work(session, first.id, by=young)
    assert saved(session, last, young, {"t": LONG}).version == 2
    with pytest.raises(SpaceFull):
        works.bring_back(session, first.id, by=young)


def test_others_do_not_count(session: Session, young: Account) -> None:
    other = person(session, Role.YOUNG)
    for _ in range(3):
        started(session, other, {"t": LONG})
    assert started(session, young, {"t": LONG * 3})


def test_accented_and_foreign_letters_leave_room_for_a_rich_bag() -> None:
    rich = Profile(experiences=[Experience(phrases=["هذه جملة طويلة جدا لوصف العمل اليومي"] * 6)] * 40)
    assert stored_size(rich.model_dump(mode="json")) < policy.WORK_CHARACTERS


def test_who_already_has_more_can_still_make_it_shorter(session: Session, young: Account) -> None:
    old = Work(account_id=young.id, kind=WorkKind.CV, body={"t": LONG * 8, "l": [1] * 500})
    session.add(old)
    session.flush()
    work = works.own_work(session, old.id, of=young)
    assert saved(session, work, young, {"t": LONG * 7, "l": [1] * 499}).version == 2


@pytest.mark.parametrize(
    "body", [{"l": ["mot"] * (policy.CARRIED_ITEMS + 1)}, {"d": {str(n): 1 for n in range(policy.CARRIED_ITEMS + 1)}}]
)
def test_a_list_is_bounded(session: Session, young: Account, body: dict[str, Any]) -> None:
    with pytest.raises(ListFull):
        started(session, young, body)


def test_levels_are_bounded(session: Session, young: Account) -> None:
    deep: Any = []
    for _ in range(policy.BODY_DEPTH + 1):
        deep = [deep]
    with pytest.raises(ListFull):
        started(session, young, {"l": deep, "t": LONG})


def _experiences(session: Session, me: Account) -> None:
    kept = bag.own_bag(session, of=me)
    assert kept is not None
    bag.save_answer(
        session, by=me, cv_id=kept.cvs[0].id, alter=lambda profile, cv: profile.experiences.append(Experience(title="x")),
        bases={}, operation=works.new_operation(),
    )  # fmt: skip


def _answers(session: Session, me: Account) -> None:
    def alter(book: Notebook) -> None:
        book.answers[works.new_operation()] = WrittenAnswer(asked="Pourquoi ?", text="Parce que")

    notebook.change_notebook(session, by=me, alter=alter, operation=works.new_operation())


def _applications(session: Session, me: Account) -> None:
    applications.add_application(session, by=me, title="Vente", operation=works.new_operation(), today=date(2026, 3, 2))


def _cvs(session: Session, me: Account) -> None:
    bag.new_cv(session, by=me, cv=Cv(), operation=works.new_operation())


@pytest.mark.long
@pytest.mark.parametrize("add", [_experiences, _answers, _applications, _cvs], ids=lambda add: add.__name__.strip("_"))
def test_every_list_that_a_person_can_grow_ends_with_a_sentence(session: Session, young: Account, add: Any) -> None:
    from clicnjob.errors import Refusal

    bag.open_bag(session, by=young, operation=works.new_operation())
    with pytest.raises(Refusal, match=r"puis recommence\.$"):
        for _ in range(policy.CARRIED_ITEMS + 1):
            add(session, young)
    assert stored_size([work.body for work in works.own_works(session, of=young)]) < policy.WORK_CHARACTERS


def test_a_cv_brought_back_counts_among_the_cvs(session: Session, young: Account) -> None:
    bag.open_bag(session, by=young, operation=works.new_operation())
    first = bag.own_bag(session, of=young).cvs[0].id  # type: ignore[union-attr]
    bag.delete_cv(session, by=young, cv_id=first)
    for _ in range(policy.CVS_AT_MOST - 1):
        _cvs(session, young)
    with pytest.raises(bag.TooManyCvs):
        bag.bring_back(session, by=young, cv_id=first)


def test_what_was_put_aside_does_not_grow_without_end(session: Session, young: Account) -> None:
    for _ in range(policy.WORKS_PUT_ASIDE + 5):
        works.remove_work(session, started(session, young, {"t": 1}).id, by=young)
    kept = session.exec(select(Work.id).where(Work.account_id == young.id)).all()
    assert len(kept) == policy.WORKS_PUT_ASIDE
    assert len(session.exec(select(Revision.id)).all()) == policy.WORKS_PUT_ASIDE


def test_of_a_very_long_work_fewer_versions_stay(session: Session, young: Account) -> None:
    work = started(session, young, {"t": LONG * 3, "n": 0})
    for number in range(60):
        work = saved(session, work, young, {"t": LONG * 3, "n": number})
    assert len(session.exec(select(Revision.id).where(Revision.work_id == work.id)).all()) < 40


def test_a_full_bag_reopens_in_place_of_itself(session: Session, young: Account) -> None:
    """What it replaces leaves room first; a file that holds more than one may keep is refused, and nothing changes."""
    rows = [Experience(title=f"n{n}", phrases=["b" * 3_000]) for n in range(30)]
    carried = CarriedWork(Profile(first_name="Zoé", experiences=rows), (Cv(job_wanted="Vente"),))
    for _ in range(2):
        bag.adopt_carried_file(
            session, by=young, carried=carried, operation=works.new_operation(), now=models.utc_now()
        )
        _applications(session, young)
    brought = reopening.read_brought_file(_zip(session, young))
    reopening.adopt_brought_work(
        session, by=young, brought=brought, operation=works.new_operation(), now=models.utc_now()
    )
    before = [work.body for work in works.own_works(session, of=young)]
    more = CarriedWork(
        Profile(experiences=[row.model_copy(update={"phrases": ["b" * 9_000]}) for row in rows]), (Cv(),)
    )
    with pytest.raises(SpaceFull), session.begin_nested():
        bag.adopt_carried_file(session, by=young, carried=more, operation=works.new_operation(), now=models.utc_now())
    assert [work.body for work in works.own_works(session, of=young)] == before


def _zip(session: Session, me: Account) -> bytes:
    import io
    import json
    import zipfile

    from clicnjob import models

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr(archive.REOPENS, json.dumps(archive.reopening_content(session, of=me, now=models.utc_now())))
    return made.getvalue()


def test_unknown_words_are_counted_up_to_a_bound(
    session: Session, young: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "MISSING_WORDS_AT_MOST", 3)
    said = [
        missing.count_missing_words(session, by=young, query=read_query(f"mot {'abcde'[n]}"), today=date(2026, 3, 2))
        for n in range(5)
    ]
    assert said == [True] * 3 + [False] * 2
    assert missing.count_missing_words(session, by=young, query=read_query("mot a"), today=date(2026, 3, 2))
