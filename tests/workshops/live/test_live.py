"""What is sent to the screens of a session, how far people are, who is stuck, and who calls for help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from clicnjob import workshop_policy
from clicnjob.errors import NotFound
from clicnjob.learn import library
from clicnjob.models import Account, ParticipantState, PushMode, Role, Workshop, WorkshopEvent, WorkshopParticipant
from clicnjob.paths import PACKAGE
from clicnjob.workshops.live import activities, draws, help_requests, participant_screen, progress, pushing
from tests.cohort_people import NOW, Place, place
from tests.conftest import count_queries, person
from tests.workshops.live.group import running_group

MINUTE = timedelta(minutes=1)
GUIDE = "young/guide.py"
PLAN = {"etapes": [{"id": "a", "titre": "On tape", "minutes": 30, "activite": "cv.court", "consigne": "À vous."}]}


class Room:
    """A running session of the trainer, with people admitted to it."""

    def __init__(self, here: Place) -> None:
        self.session, self.trainer, self.here = here.session, here.trainer, here
        self.workshop = Workshop(
            organisation_id=here.organisation_id, by_id=here.trainer.id, kind="cv", title="CV", began_at=NOW, plan=PLAN
        )
        self.session.add(self.workshop)
        self.session.flush()

    def join(self, name: str, state: ParticipantState = ParticipantState.ADMITTED) -> Account:
        account = person(self.session, Role.GUEST)
        row = {"workshop_id": self.workshop.id, "account_id": account.id, "first_name": name, "asked_at": NOW}
        self.session.add(WorkshopParticipant(**row, state=state, alive_at=NOW))
        self.session.flush()
        return account

    def id_of(self, account: Account) -> str:
        query = select(WorkshopParticipant.id).where(WorkshopParticipant.account_id == account.id)
        return self.session.exec(query).one()

    def push(self, activity: str = "cv.court", *, now: datetime = NOW, **named: Any) -> None:
        pushing.push_activity(
            self.session, by=self.trainer, workshop_id=self.workshop.id, activity=activity, now=now, **named
        )

    def view(self, account: Account, now: datetime = NOW) -> participant_screen.ParticipantView:
        self.session.expire_all()
        found = participant_screen.participant_view(self.session, of=account, now=now)
        assert found is not None
        return found

    def board(self, now: datetime = NOW) -> tuple[progress.PersonProgress, ...]:
        self.session.expire_all()
        return progress.group_progress(self.session, by=self.trainer, workshop_id=self.workshop.id, now=now)


@pytest.fixture
def room(session: Session) -> Iterator[Room]:
    yield Room(place(session))


def todo(room: Room, account: Account) -> str:
    pushed = room.view(account).activity
    return pushed.key if pushed else ""


def test_a_push_to_some_people_leaves_the_others_at_what_they_do(room: Room) -> None:
    ana, tom, lou = room.join("Ana"), room.join("Tom"), room.join("Lou")
    room.push("cv.court")
    room.push("cv.page", to=[room.id_of(ana)])
    room.push("sac", to=[room.id_of(tom)])
    assert [todo(room, one) for one in (ana, tom, lou)] == ["cv.page", "sac", "cv.court"]
    late = room.join("Zoé")
    assert todo(room, late) == "cv.court"
    room.push("oral")
    assert {todo(room, one) for one in (ana, tom, lou, late)} == {"oral"}


def test_many_pushes_to_some_keep_the_one_to_everybody(room: Room) -> None:
    ana, tom = room.join("Ana"), room.join("Tom")
    room.push("cv.court")
    for _ in range(70):
        room.push("sac", to=[room.id_of(ana)])
    assert (todo(room, ana), todo(room, tom)) == ("sac", "cv.court")
    assert len(room.workshop.pushes) < 70


def test_a_step_of_the_plan_brings_its_words_and_becomes_the_current_one(room: Room) -> None:
    ana = room.join("Ana")
    act = {"by": room.trainer, "workshop_id": room.workshop.id, "now": NOW}
    pushing.push_step(room.session, step=0, mode=PushMode.TOGETHER, **act)
    pushed = room.view(ana).activity
    assert pushed is not None
    assert (pushed.title, pushed.instruction, pushed.page, pushed.mode) == ("On tape", "À vous.", GUIDE, "together")
    assert room.workshop.step == 0
    with pytest.raises(NotFound):
        pushing.push_step(room.session, step=1, **act)


def test_a_command_sent_twice_acts_once(room: Room) -> None:
    ana = room.join("Ana")
    for _ in range(2):
        room.push("cv.court", operation="op")
    help_requests.send_hint(
        room.session, by=room.trainer, workshop_id=room.workshop.id, participant_id=room.id_of(ana), sentence="Relis",
        operation="hint", now=NOW,
    )  # fmt: skip
    before = room.view(ana).version
    help_requests.send_hint(
        room.session, by=room.trainer, workshop_id=room.workshop.id, participant_id=room.id_of(ana), sentence="Relis",
        operation="hint", now=NOW,
    )  # fmt: skip
    assert room.workshop.activity_number == 1
    assert room.view(ana).version == before


def test_who_waits_or_was_removed_sees_nothing_of_the_session(room: Room) -> None:
    room.push("cv.court")
    waiting = room.view(room.join("Léo", ParticipantState.WAITING))
    assert (waiting.activity, waiting.timer_ends_at, waiting.help, waiting.hint) == (None, None, None, None)
    removed = room.join("Max", ParticipantState.REMOVED)
    assert participant_screen.participant_view(room.session, of=removed, now=NOW) is None
    with pytest.raises(NotFound):
        help_requests.ask_help(room.session, by=removed, reason="ecrire", now=NOW)


def test_a_pause_ends_by_itself_and_a_timer_is_taken_away(room: Room) -> None:
    ana = room.join("Ana")
    act = {"by": room.trainer, "workshop_id": room.workshop.id, "now": NOW}
    pushing.pause_group(room.session, minutes=2, **act)
    pushing.start_timer(room.session, minutes=10, **act)
    assert room.view(ana).paused_until == NOW + 2 * MINUTE
    assert room.view(ana, NOW + 3 * MINUTE).paused_until is None
    pushing.stop_timer(room.session, **act)
    pushing.resume_group(room.session, **act)
    assert (room.view(ana).timer_ends_at, room.view(ana).paused_until) == (None, None)
    for minutes in (0, -1, 61):
        with pytest.raises(pushing.WrongTime):
            pushing.start_timer(room.session, minutes=minutes, **act)


def test_the_timer_of_a_step_does_not_run_on_into_the_next(room: Room) -> None:
    ana = room.join("Ana")
    act = {"by": room.trainer, "workshop_id": room.workshop.id, "now": NOW}
    room.workshop.plan = {"etapes": [{"titre": name, "activite": "oral", "minutes": 5} for name in ("Un", "Deux")]}
    pushing.push_step(room.session, step=0, **act)
    pushing.start_timer(room.session, minutes=5, **act)
    pushing.push_step(room.session, step=1, to=[room.view(ana).participant_id], **act)  # type: ignore[union-attr]
    pushing.push_activity(room.session, activity="cv.page", **act)
    assert room.view(ana).timer_ends_at == NOW + 5 * MINUTE, "to some, or beside the plan, the group goes on"
    pushing.push_step(room.session, step=0, **act)
    assert room.view(ana).timer_ends_at == NOW + 5 * MINUTE, "the same step sent again goes on"
    pushing.push_step(room.session, step=1, **act)
    assert room.view(ana).timer_ends_at is None


def test_a_step_redraws_the_board_and_no_screen(room: Room) -> None:
    ana = room.join("Ana")
    room.push("cv.court", minutes=30)
    before = room.view(ana).version
    board = room.workshop.board_version
    progress.note_step(room.session, of=ana, page=GUIDE, step=2, steps=6, title="Le métier", now=NOW)
    (seen,) = room.board()
    assert (seen.step, seen.steps, seen.step_title, seen.opened) == (2, 6, "Le métier", True)
    assert room.view(ana).version == before
    assert room.workshop.board_version == board + 1
    progress.note_step(room.session, of=ana, page=GUIDE, step=2, steps=6, title="Le métier", now=NOW + MINUTE)
    assert room.board()[0].since_at == NOW


def test_a_page_that_was_not_sent_notes_nothing(room: Room) -> None:
    ana = room.join("Ana")
    room.push("cv.court")
    progress.note_step(room.session, of=ana, page="young/jobs.py", step=1, steps=2, now=NOW)
    assert not room.board()[0].opened


@pytest.mark.parametrize(
    ("minutes", "steps", "after"),
    [(0, 6, 3), (30, 6, 10), (6, 6, 3), (30, 0, 60)],
    ids=["no time planned", "twice a share of it", "never under three minutes", "one step is the whole"],
)
def test_stuck_is_offered_to_the_person_then_told_to_the_trainer(
    room: Room, minutes: int, steps: int, after: int
) -> None:
    ana = room.join("Ana")
    room.push("cv.court", minutes=minutes)
    progress.note_step(room.session, of=ana, page=GUIDE, step=1, steps=steps, now=NOW)
    at = NOW + after * MINUTE
    assert room.view(ana).stuck_at == at
    assert not room.board(at)[0].stuck
    assert room.board(at + MINUTE)[0].stuck
    progress.note_fine(room.session, of=ana, now=at)
    assert not room.board(at + MINUTE)[0].stuck


def test_seen_silences_for_five_minutes_and_failed_tries_count(room: Room) -> None:
    ana = room.join("Ana")
    room.push("cv.court", minutes=30)
    for _ in range(4):
        progress.note_failed_try(room.session, of=ana, page=GUIDE, now=NOW)
    assert room.board(NOW + MINUTE)[0].stuck
    progress.mark_stuck_seen(
        room.session, by=room.trainer, workshop_id=room.workshop.id, participant_id=room.id_of(ana), now=NOW + MINUTE
    )
    assert not room.board(NOW + 5 * MINUTE)[0].stuck
    assert room.board(NOW + 6 * MINUTE)[0].stuck
    progress.note_step(room.session, of=ana, page=GUIDE, step=1, steps=3, now=NOW + 6 * MINUTE)
    assert not room.board(NOW + 7 * MINUTE)[0].stuck


def test_nobody_is_stuck_before_opening_or_after_the_end(room: Room) -> None:
    ana, tom = room.join("Ana"), room.join("Tom")
    room.push("papier")
    progress.note_done(room.session, of=ana, now=NOW)
    assert [(one.first_name, one.stuck, one.done) for one in room.board(NOW + 60 * MINUTE)] == [
        ("Ana", False, True),
        ("Tom", False, False),
    ]
    finished = select(WorkshopEvent.detail).where(WorkshopEvent.kind == "finished activity")
    assert room.session.exec(finished).all() == ["papier"]
    assert tom.id


def test_help_comes_first_oldest_on_top_and_hides_the_page_at_the_end(room: Room) -> None:
    ana, tom, lou = room.join("Ana"), room.join("Tom"), room.join("Lou")
    help_requests.ask_help(room.session, by=lou, reason="ecrire", page_shown=True, now=NOW)
    help_requests.ask_help(room.session, by=tom, reason="ordinateur", now=NOW + MINUTE)
    help_requests.ask_help(room.session, by=lou, reason="comprendre", now=NOW + 2 * MINUTE)
    first, second, third = room.board()
    assert [one.first_name for one in (first, second, third)] == ["Lou", "Tom", "Ana"]
    assert first.help is not None
    assert (first.help.reason, first.help.page_shown, first.help.asked_at) == ("comprendre", False, NOW)
    help_requests.mark_help_seen(room.session, by=room.trainer, help_id=first.help.id, now=NOW)
    seen = room.view(lou).help
    assert seen is not None and seen.seen
    help_requests.mark_help_done(room.session, by=room.trainer, help_id=first.help.id, now=NOW)
    help_requests.withdraw_help(room.session, by=tom, now=NOW)
    assert [one.help for one in room.board()] == [None, None, None]
    assert ana.id


def test_a_hint_redraws_one_screen_and_is_put_away_by_its_reader_alone(room: Room) -> None:
    ana, tom = room.join("Ana"), room.join("Tom")
    before = room.view(tom).version
    about = {"by": room.trainer, "workshop_id": room.workshop.id, "participant_id": room.id_of(ana), "now": NOW}
    help_requests.send_hint(room.session, sentence="Commence par ton prénom.", **about)
    hint = room.view(ana).hint
    assert hint is not None and hint.sentence == "Commence par ton prénom."
    assert (room.view(tom).hint, room.view(tom).version) == (None, before)
    with pytest.raises(NotFound):
        help_requests.put_hint_away(room.session, by=tom, hint_id=hint.id, now=NOW)
    help_requests.put_hint_away(room.session, by=ana, hint_id=hint.id, now=NOW)
    assert room.view(ana).hint is None


def test_another_session_and_another_trainer_are_unknown(room: Room) -> None:
    ana = room.join("Ana")
    other = Room(place(room.session, "Ailleurs"))
    help_requests.ask_help(room.session, by=ana, reason="ecrire", now=NOW)
    asked = room.board()[0].help
    assert asked is not None
    tried = [
        lambda: help_requests.mark_help_done(room.session, by=other.trainer, help_id=asked.id, now=NOW),
        lambda: pushing.push_activity(
            room.session, by=other.trainer, workshop_id=room.workshop.id, activity="sac", now=NOW
        ),
        lambda: help_requests.send_hint(
            room.session, by=other.trainer, workshop_id=other.workshop.id, participant_id=room.id_of(ana),
            sentence="Bonjour", now=NOW,
        ),
        lambda: pushing.push_activity(room.session, by=ana, workshop_id=room.workshop.id, activity="sac", now=NOW),
    ]  # fmt: skip
    for act in tried:
        with pytest.raises(NotFound):
            act()
    with pytest.raises(pushing.NobodyPushed):
        other.push("sac", to=[room.id_of(ana)])


def test_reading_takes_a_fixed_number_of_queries(room: Room, engine: Any) -> None:
    ana = room.join("Ana")
    for number in range(24):
        room.join(f"P{number}")
    room.push("cv.court")
    progress.note_opened(room.session, of=ana, page=GUIDE, now=NOW)
    room.session.expire_all()
    room.session.refresh(ana)
    with count_queries(engine, 1):
        assert participant_screen.participant_view(room.session, of=ana, now=NOW) is not None
    room.session.expire_all()
    room.session.refresh(ana)
    with count_queries(engine, 1):
        assert participant_screen.session_screen(room.session, of=ana, now=NOW) is not None
    room.session.expire_all()
    room.session.refresh(room.trainer)
    with count_queries(engine, 5):
        progress.group_progress(room.session, by=room.trainer, workshop_id=room.workshop.id, now=NOW)


def test_a_push_to_others_a_shared_screen_and_a_draw_cost_one_query_each(session: Session, engine: Any) -> None:
    group = running_group(place(session), 4)
    draws.draw_people(session, **group.led, size=2)
    ana, lou = group.accounts["Ana"], group.rows["Bilal"]
    pushing.push_activity(session, **group.led, activity="cv.court")
    progress.note_done(session, of=ana, now=NOW)
    pushing.push_activity(session, **group.led, activity="sac", to=[lou.id])
    lou.seat_id = group.rows["Ana"].seat_id
    help_requests.ask_help(session, by=ana, reason="ecrire", now=NOW)
    help_requests.send_hint(
        session, **group.led, participant_id=group.rows["Ana"].id, sentence="Relis ta première ligne."
    )
    session.flush()
    session.expire_all()
    session.refresh(ana)
    with count_queries(engine, 4):
        screen = participant_screen.session_screen(session, of=ana, now=NOW)
    assert screen is not None and screen.view.activity is not None
    assert (screen.view.activity.key, screen.view.activity.done, screen.mates) == ("cv.court", True, ("Bilal",))
    assert len(screen.together) == 1
    assert (screen.view.help and screen.view.help.reason) == "ecrire"
    assert (screen.view.hint and screen.view.hint.sentence) == "Relis ta première ligne."


def test_a_screen_that_polls_is_connected_for_twenty_seconds(room: Room) -> None:
    ana = room.join("Ana")
    participant_screen.write_alive_screens(room.session, accounts={ana.id}, now=NOW + MINUTE)
    assert room.board(NOW + MINUTE)[0].connected
    assert not room.board(NOW + MINUTE + timedelta(seconds=20))[0].connected


def test_every_activity_and_reason_can_be_shown() -> None:
    assert len(activities.group_activities()) >= 19
    assert len(activities.stuck_reasons()) == 3
    assert [one.cle for one in activities.group_activities().values() if not one.consigne] == ["libre"]


def test_each_lesson_and_each_scene_can_be_pushed_and_planned() -> None:
    for kind, found in (("lecon", library.shipped_lessons()), ("scene", library.shipped_scenes())):
        for content_id in found:
            key = f"{kind}.{content_id}"
            assert activities.known_activity(key).compte
            assert activities.content_of_activity(key)[1] == content_id  # type: ignore[index]
    assert activities.content_of_activity("cv.guide") is None
    assert activities.content_of_activity("lecon.nulle-part") is None


def test_every_activity_that_counts_steps_has_a_page_that_tells_them() -> None:
    sources = {one: one.read_text("utf-8") for one in (PACKAGE / "ui" / "young").rglob("*.py")}
    rooms = {one.parent for one, source in sources.items() if "note_step(" in source}
    telling = "".join(source for one, source in sources.items() if one.parent in rooms)
    counted = {one.page for one in activities.group_activities().values() if one.compte}
    assert counted
    assert [page for page in counted if f'"{page}"' not in telling] == []


def test_every_screen_has_a_version_and_somebody_in_two_sessions_that_of_the_later_one(room: Room) -> None:
    ana, tom = room.join("Ana"), room.join("Tom", ParticipantState.WAITING)
    with count_queries(room.session.get_bind(), 1):  # type: ignore[arg-type]
        found = participant_screen.screen_versions(room.session, now=NOW)
    assert [found[one.id].tag for one in (ana, tom)] == [room.view(one).version for one in (ana, tom)]
    assert (found[ana.id].admitted, found[tom.id].admitted) == (True, False)
    room.workshop.by_id = room.here.newcomer("Lou", "Autre").id  # a person leads one session at a time
    later = Room(room.here)
    later.session.add(WorkshopParticipant(workshop_id=later.workshop.id, account_id=ana.id, asked_at=NOW + MINUTE))
    later.session.flush()
    assert participant_screen.screen_versions(room.session, now=NOW)[ana.id].tag == room.view(ana).version
    assert participant_screen.screen_versions(room.session, account_id=tom.id, now=NOW).keys() == {tom.id}


def test_a_screen_is_drawn_again_when_time_alone_changes_it(room: Room) -> None:
    ana = room.join("Ana")
    at = participant_screen.changes_at
    assert at(room.view(ana), now=NOW) is None
    room.push(mode=PushMode.TOGETHER)
    assert at(room.view(ana), now=NOW) == NOW + workshop_policy.TOGETHER_AFTER
    begun = NOW + workshop_policy.TOGETHER_AFTER
    assert at(room.view(ana), now=begun) is None
    pushing.pause_group(room.session, by=room.trainer, workshop_id=room.workshop.id, minutes=2, now=begun)
    assert at(room.view(ana, begun), now=begun) == begun + 2 * MINUTE
    progress.note_opened(room.session, of=ana, page=GUIDE, now=begun)
    help_at = room.view(ana, begun + 2 * MINUTE).stuck_at
    assert help_at is not None and at(room.view(ana, begun + 2 * MINUTE), now=begun + 2 * MINUTE) == help_at
    help_requests.ask_help(room.session, by=ana, reason="ecrire", now=begun + 2 * MINUTE)
    assert at(room.view(ana, begun + 2 * MINUTE), now=begun + 2 * MINUTE) is None
