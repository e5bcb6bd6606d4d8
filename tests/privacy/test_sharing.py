"""What the adviser sees, and who looked."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from clicnjob import audit, models, policy
from clicnjob.learn import obstacles
from clicnjob.models import Account, AuditEvent, Consent, ConsentTo, Role
from clicnjob.privacy import sharing, views
from clicnjob.privacy.sharing import NOTHING, SharedChoices
from tests.conftest import count_queries, person
from tests.for_each import for_each

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")

NOON = datetime(2026, 3, 16, 12, tzinfo=ZoneInfo("Europe/Paris"))


def test_nothing_is_shown_until_the_person_says_so(session: Session, young: Account, engine: Engine) -> None:
    with count_queries(engine, 1):
        assert sharing.shared_by(session, of=young.id) == NOTHING == SharedChoices()


def test_a_switch_shows_one_thing_and_takes_it_back(session: Session, young: Account) -> None:
    sharing.switch_sharing(session, by=young, what=ConsentTo.PRACTICE, on=True, now=NOON)
    assert sharing.shared_by(session, of=young.id) == SharedChoices(practice=True)
    sharing.switch_sharing(session, by=young, what=ConsentTo.PRACTICE, on=False, now=NOON + timedelta(days=1))
    assert sharing.shared_by(session, of=young.id) == NOTHING
    row = session.exec(select(Consent)).one()
    assert (row.what, row.given_at, row.withdrawn_at) == (ConsentTo.PRACTICE, NOON, NOON + timedelta(days=1))


def test_each_change_leaves_a_line_without_content(session: Session, young: Account) -> None:
    for on in (True, True, False):
        sharing.switch_sharing(session, by=young, what=ConsentTo.APPLICATIONS, on=on, now=models.utc_now())
    lines = session.exec(select(AuditEvent).order_by(col(AuditEvent.id))).all()
    assert [(line.act, line.why) for line in lines] == [("sharing on", "applications"), ("sharing off", "applications")]


def test_yes_is_bounded_within_a_day_and_no_is_not(session: Session, young: Account) -> None:
    def switch(*, on: bool, now: datetime = NOON) -> None:
        sharing.switch_sharing(session, by=young, what=ConsentTo.LESSONS, on=on, now=now)

    for _ in range(policy.SHARED_A_DAY - 1):
        switch(on=True)
        switch(on=False)
    switch(on=True)
    obstacles.keep_obstacle(session, by=young, key="permis", keep=True, operation="permis")
    for refused in (
        lambda: sharing.switch_sharing(session, by=young, what=ConsentTo.CHECK, on=True, now=NOON),
        lambda: sharing.share_obstacle(session, by=young, key="permis", on=True, now=NOON),
    ):
        with pytest.raises(sharing.SharedTooOften):
            refused()
    switch(on=False)
    assert sharing.shared_by(session, of=young.id) == NOTHING
    switch(on=True, now=NOON + timedelta(days=1))


@for_each("role", [role for role in Role if role is not Role.YOUNG])
def test_only_a_young_person_with_a_card_shares(session: Session, role: Role) -> None:
    with pytest.raises(sharing.NobodyToShareWith):
        sharing.switch_sharing(
            session, by=person(session, role), what=ConsentTo.PRACTICE, on=True, now=models.utc_now()
        )


def test_a_photo_is_not_a_thing_to_share(session: Session, young: Account) -> None:
    with pytest.raises(sharing.NobodyToShareWith):
        sharing.switch_sharing(session, by=young, what=ConsentTo.PHOTO, on=True, now=models.utc_now())


@pytest.fixture
def claire(session: Session, young: Account) -> Account:
    adviser = person(session, Role.ADVISER, first_name="Claire", last_name="Morvan")
    young.adviser_id = adviser.id
    session.flush()
    return adviser


def test_a_look_is_told_once_a_day_for_each_part(session: Session, young: Account, claire: Account) -> None:
    for hour in (0, 1, 5):
        views.note_view(session, by=claire, whom_id=young.id, what="cv", now=NOON + timedelta(hours=hour))
    views.note_view(session, by=claire, whom_id=young.id, what="applications", now=NOON)
    views.note_view(session, by=claire, whom_id=young.id, what="cv", now=NOON + timedelta(days=1))
    seen = views.file_views(session, of=young, now=NOON + timedelta(days=2))
    assert [(view.who, view.did, view.at.day) for view in seen] == [
        ("Claire, qui te suit", "a regardé ton CV", 17),
        ("Claire, qui te suit", "a regardé tes candidatures", 16),
        ("Claire, qui te suit", "a regardé ton CV", 16),
    ]


def test_a_day_is_a_day_of_paris(session: Session, young: Account, claire: Account) -> None:
    midnight = NOON.replace(hour=0, minute=5)
    views.note_view(session, by=claire, whom_id=young.id, what="cv", now=midnight - timedelta(minutes=10))
    views.note_view(session, by=claire, whom_id=young.id, what="cv", now=midnight)
    assert len(views.file_views(session, of=young, now=NOON)) == 2


def test_names_stay_first_names_and_roles_are_plain(session: Session, young: Account) -> None:
    for role in (Role.ADVISER, Role.TRAINER, Role.HEAD):
        views.note_view(
            session,
            by=person(session, role, first_name="Sam", last_name="Canari"),
            whom_id=young.id,
            what="file",
            now=models.utc_now(),
        )
    told = " ".join(view.who for view in views.file_views(session, of=young, now=NOON + timedelta(days=9999)))
    assert told == ""
    seen = views.file_views(session, of=young, now=session.exec(select(AuditEvent.at)).first() or NOON)
    told = " / ".join(view.who for view in seen)
    assert "Canari" not in told
    assert "qui dirige la structure" in told
    assert "qui anime des ateliers" in told


def test_other_acts_on_the_file_are_told_too_even_unknown_ones(
    session: Session, young: Account, claire: Account
) -> None:
    for act in ("card renewed", "something new"):
        audit.note_act(session, by=claire, act=act, whom_id=young.id, now=NOON)
    told = [view.did for view in views.file_views(session, of=young, now=NOON)]
    assert told == [views.ELSE, "t’a fait une nouvelle carte"]


def test_what_one_does_oneself_is_not_a_look(session: Session, young: Account) -> None:
    views.note_view(session, by=young, whom_id=young.id, what="cv", now=models.utc_now())
    sharing.switch_sharing(session, by=young, what=ConsentTo.PRACTICE, on=True, now=models.utc_now())
    assert views.file_views(session, of=young, now=NOON + timedelta(days=1)) == ()


def test_looks_of_others_files_and_old_ones_are_not_shown(session: Session, young: Account, claire: Account) -> None:
    views.note_view(session, by=claire, whom_id=person(session, Role.YOUNG).id, what="cv", now=NOON)
    views.note_view(session, by=claire, whom_id=young.id, what="cv", now=NOON - timedelta(days=91))
    assert views.file_views(session, of=young, now=NOON) == ()


def test_a_professional_who_left_is_still_told(session: Session, young: Account, claire: Account) -> None:
    views.note_view(session, by=claire, whom_id=young.id, what="cv", now=NOON)
    young.adviser_id = None
    session.delete(claire)
    session.flush()
    assert views.file_views(session, of=young, now=NOON)[0].who == "Un professionnel qui n’est plus ici"
