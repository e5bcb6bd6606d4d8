"""Which lesson a stage of « Mon chemin » proposes: one at most, for what is going on, and none that is done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from clicnjob.apply.applications import Application, Applications
from clicnjob.interview.notebook import Notebook
from clicnjob.jobs.choices import JobChoices
from clicnjob.learn import on_the_way
from clicnjob.learn.records import OwnRecord
from clicnjob.models import LearningKind
from clicnjob.ui.young.learn.proposing import current_situations

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
TODAY = date(2026, 11, 30)
ATTACHING = "joindre-un-fichier"


def done(*, due_at: datetime | None) -> dict[tuple[LearningKind, str], OwnRecord]:
    record = OwnRecord(LearningKind.LESSON, ATTACHING, "", MappingProxyType({}), NOW, due_at)
    return {(LearningKind.LESSON, ATTACHING): record}


def asking(*, ready: bool, **more: object) -> frozenset[str]:
    sent = Applications(applications=[Application(added_on=TODAY, **more)] if more else [])  # type: ignore[arg-type]
    return current_situations(JobChoices(), sent, Notebook(), page_ready=ready, today=TODAY)


def test_the_first_cv_to_send_proposes_to_attach_it() -> None:
    found = on_the_way.proposed_lessons({"page_prete"}, {}, now=NOW)
    assert found["cv"].lesson.gestes[0] == "mail.joindre"


def test_nothing_is_proposed_when_it_is_done_and_again_when_it_is_due() -> None:
    def ids(due_at: datetime | None) -> list[str]:
        found = on_the_way.proposed_lessons({"page_prete"}, done(due_at=due_at), now=NOW)
        return [one.lesson.id for one in found.values()]

    assert ATTACHING not in ids(None) and ATTACHING not in ids(NOW + timedelta(days=1))
    assert ATTACHING in ids(NOW)


def test_nobody_who_does_nothing_yet_gets_a_lesson() -> None:
    assert on_the_way.proposed_lessons(asking(ready=False), {}, now=NOW) == {}  # type: ignore[arg-type]


def test_an_interview_by_video_next_week_is_told_from_another_one() -> None:
    week = TODAY + timedelta(days=6)
    assert "entretien_en_video" in asking(ready=True, state="interview", interview_on=week, note="En visio, avec Nadia")
    assert "entretien_en_video" not in asking(ready=True, state="interview", interview_on=week, note="Sur place")
    assert asking(ready=True, state="interview", interview_on=TODAY + timedelta(days=30), note="visio") == frozenset()


def test_no_lesson_is_proposed_by_two_stages() -> None:
    every = {rule.quand for rule in on_the_way.proposal_rules()}
    found = on_the_way.proposed_lessons(every, {}, now=NOW)
    assert len({one.lesson.id for one in found.values()}) == len(found)
