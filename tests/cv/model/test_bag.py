"""A young person's bag: the profile and the CVs, for their owner only."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from clicnjob import consents, models, policy, works
from clicnjob.cv.exchange.work_file import CarriedWork
from clicnjob.cv.model import bag
from clicnjob.cv.model.bag import Bag
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.errors import NotFound
from clicnjob.models import Account, ConsentTo, Role
from clicnjob.own_work import NotForStaff
from tests import make
from tests.conftest import count_queries, person


def opened(session: Session, owner: Account) -> Bag:
    bag.open_bag(session, by=owner, operation=works.new_operation())
    found = bag.own_bag(session, of=owner)
    assert found is not None
    return found


def test_the_first_visit_opens_one_profile_and_one_cv_once(session: Session, young: Account) -> None:
    opened(session, young)
    assert len(opened(session, young).cvs) == 1


def test_a_bag_is_read_in_two_queries_however_many_cvs(session: Session, young: Account, engine: Engine) -> None:
    opened(session, young)
    for _ in range(5):
        bag.new_cv(session, by=young, cv=Cv(), operation=works.new_operation())
    session.commit()
    session.expunge_all()
    with count_queries(engine, 2):
        bag.own_bag(session, of=young)


@pytest.mark.parametrize("role", [Role.ADVISER, Role.TRAINER, Role.ADMIN])
def test_professionals_have_no_bag(session: Session, role: Role) -> None:
    with pytest.raises(NotForStaff):
        bag.own_bag(session, of=person(session, role))


def test_anothers_cv_answers_like_an_unknown_one(session: Session, young: Account) -> None:
    opened(session, young)
    theirs = opened(session, person(session, Role.YOUNG)).cvs[0].id
    for doing in (bag.delete_cv, bag.bring_back):
        with pytest.raises(NotFound):
            doing(session, by=young, cv_id=theirs)
    with pytest.raises(NotFound):
        bag.duplicate_cv(session, by=young, cv_id=theirs, operation="x")


def test_a_copy_has_its_own_life(session: Session, young: Account) -> None:
    first = opened(session, young).cvs[0]
    copy = bag.duplicate_cv(session, by=young, cv_id=first.id, operation="copy")

    def rename(profile: Profile, cv: Cv) -> None:
        cv.name = "Autre"

    bag.save_answer(session, by=young, cv_id=copy, alter=rename, bases={}, operation="rename")
    names = [card.cv.name for card in opened(session, young).cvs]
    assert names == ["Mon CV", "Autre"]


def test_deleting_the_last_cv_leaves_an_empty_one_and_can_be_undone(session: Session, young: Account) -> None:
    first = opened(session, young).cvs[0].id
    bag.delete_cv(session, by=young, cv_id=first)
    assert first not in [card.id for card in opened(session, young).cvs]
    bag.bring_back(session, by=young, cv_id=first)
    assert first in [card.id for card in opened(session, young).cvs]


def test_there_is_a_bound_to_the_number_of_cvs(session: Session, young: Account) -> None:
    opened(session, young)
    for _ in range(policy.CVS_AT_MOST - 1):
        bag.new_cv(session, by=young, cv=Cv(), operation=works.new_operation())
    with pytest.raises(bag.TooManyCvs):
        bag.new_cv(session, by=young, cv=Cv(), operation=works.new_operation())


def test_an_answer_that_changes_nothing_saves_nothing(session: Session, young: Account) -> None:
    before = opened(session, young)
    after = bag.save_answer(
        session, by=young, cv_id=before.cvs[0].id, alter=lambda p, c: None, bases=before.versions, operation="none"
    )
    assert after == before


def test_a_file_carried_away_replaces_the_work_and_undo_brings_it_back(session: Session, young: Account) -> None:
    first = opened(session, young).cvs[0].id

    def name(profile: Profile, cv: Cv) -> None:
        profile.first_name = "Avant"

    bag.save_answer(session, by=young, cv_id=first, alter=name, bases={}, operation="name")
    profile, cv = make.whole()
    taken = bag.adopt_carried_file(
        session, by=young, carried=CarriedWork(profile=profile, cvs=(cv,)), operation="adopt", now=models.utc_now()
    )
    kept = opened(session, young)
    assert (kept.profile, [card.cv for card in kept.cvs]) == (profile, [cv])
    bag.undo_cv_change(session, by=young, cv_id=taken[0], operation="undo")
    assert opened(session, young).profile.first_name == "Avant"


def test_the_photo_is_kept_once_and_can_be_forgotten(session: Session, young: Account) -> None:
    opened(session, young)
    consents.give_consent(session, by=young, what=ConsentTo.PHOTO, now=models.utc_now())
    bag.keep_photo(session, by=young, jpeg=b"first", now=models.utc_now())
    bag.keep_photo(session, by=young, jpeg=b"second", now=models.utc_now())
    assert opened(session, young).photo == b"second"
    bag.remove_photo(session, by=young, now=models.utc_now())
    assert opened(session, young).photo is None


def test_an_empty_bag_is_known_as_empty(session: Session, young: Account) -> None:
    kept = opened(session, young)
    assert bag.is_empty(kept)
