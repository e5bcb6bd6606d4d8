"""Group sessions: begun, measured, corrected, cancelled; who may be noted; what it hides, tells i-milo and leaves behind."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from clicnjob import audit, models, policy, workshop_policy
from clicnjob.accounts import presence
from clicnjob.accounts.own_secret import OwnSecretGiven
from clicnjob.cohort import vocabulary
from clicnjob.cohort.progress import activity, refreshing
from clicnjob.cohort.reports import imilo
from clicnjob.cohort.support import person_file, timeline
from clicnjob.errors import NotFound, Refusal
from clicnjob.french import days
from clicnjob.models import Account, Attendance, AuditEvent, ErasurePlan, Handover, Role, Workshop
from clicnjob.privacy.erasure import erasure_request, rows
from clicnjob.privacy.export import archive, stored_work
from clicnjob.privacy.retention import freezing, rules
from clicnjob.text import count_graphemes
from clicnjob.workshops import attendance, lifecycle
from clicnjob.workshops.lifecycle import (
    AlreadyRunning,
    NeedsTitle,
    SomebodyNoted,
    StillRunning,
    WrongMinutes,
)
from clicnjob.workshops.permissions import RunsNone
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import count_queries, person

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]

MINUTE = timedelta(minutes=1)


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


def begun(here: Place, by: Account | None = None, kind: str = "cv", title: str = "") -> str:
    return lifecycle.begin_workshop(here.session, by=by or here.trainer, kind=kind, title=title, now=NOW)


def lasted(here: Place, minutes: float, by: Account | None = None, **named: str) -> str:
    """A session that began at NOW and ended so many minutes later."""
    made = begun(here, by, **named)
    lifecycle.end_workshop(here.session, by=by or here.trainer, workshop_id=made, now=NOW + minutes * MINUTE)
    return made


def note(here: Place, workshop_id: str, who: Account, by: Account | None = None) -> None:
    attendance.note_attendance(
        here.session,
        by=by or here.trainer,
        workshop_id=workshop_id,
        account_id=who.id,
        today=TODAY,
        now=models.utc_now(),
    )


def lines(here: Place, who: Account, by: Account | None = None) -> tuple[imilo.ImiloLine, ...]:
    week = {"start": TODAY - timedelta(days=7), "end": TODAY, "today": TODAY}
    return imilo.lines_of(here.session, by=by or here.claire, account_id=who.id, **week, now=models.utc_now())


# --- beginning and ending


def test_a_session_is_measured_from_its_beginning_to_its_end(here: Place) -> None:
    made = begun(here)
    found = lifecycle.running_workshop(here.session, of=here.trainer, now=NOW + 32.9 * MINUTE)
    assert found is not None and (found.id, found.title, found.minutes) == (made, "Les CV", 32)
    lifecycle.end_workshop(here.session, by=here.trainer, workshop_id=made, now=NOW + 89.9 * MINUTE)
    assert lifecycle.running_workshop(here.session, of=here.trainer, now=NOW + 90 * MINUTE) is None
    (one,) = lifecycle.past_workshops(here.session, of=here.trainer, now=NOW + 90 * MINUTE)
    assert (one.id, one.minutes, one.people) == (made, 89, 0)


def test_ended_twice_the_first_time_counts(here: Place) -> None:
    made = lasted(here, 60)
    lifecycle.end_workshop(here.session, by=here.trainer, workshop_id=made, now=NOW + 80 * MINUTE)
    assert lifecycle.own_workshop(here.session, by=here.trainer, workshop_id=made).minutes == 60


def test_one_person_runs_one_session_at_a_time_and_a_colleague_another(here: Place) -> None:
    begun(here)
    with pytest.raises(AlreadyRunning):
        begun(here)
    assert begun(here, here.claire)


def test_a_session_forgotten_open_ends_by_itself(here: Place) -> None:
    made = begun(here)
    late = NOW + workshop_policy.WORKSHOP_ENDS_AFTER
    assert lifecycle.running_workshop(here.session, of=here.trainer, now=late - MINUTE) is not None
    assert lifecycle.running_workshop(here.session, of=here.trainer, now=late) is None
    assert [one.minutes for one in lifecycle.past_workshops(here.session, of=here.trainer, now=late)] == [240]
    assert lifecycle.close_forgotten(here.session, now=late - MINUTE) == 0
    assert lifecycle.close_forgotten(here.session, now=late + 600 * MINUTE) == 1
    kept = here.session.get(Workshop, made)
    assert kept is not None and (kept.minutes, kept.ended_at) == (240, late)


def test_a_forgotten_session_is_no_hindrance_the_next_day(here: Place) -> None:
    first = begun(here)
    second = lifecycle.begin_workshop(here.session, by=here.trainer, kind="cv", now=NOW + timedelta(days=1))
    assert first != second
    assert lifecycle.own_workshop(here.session, by=here.trainer, workshop_id=first).minutes == 240


@pytest.mark.parametrize(("minutes", "kept"), [(4, False), (5, True), (240, True), (241, False)])
def test_minutes_are_corrected_within_bounds(here: Place, minutes: int, kept: bool) -> None:
    made = lasted(here, 2)
    correct = {"by": here.trainer, "workshop_id": made, "minutes": minutes}
    if not kept:
        with pytest.raises(WrongMinutes):
            lifecycle.correct_minutes(here.session, **correct, now=models.utc_now())
        return
    lifecycle.correct_minutes(here.session, **correct, now=models.utc_now())
    assert lifecycle.own_workshop(here.session, by=here.trainer, workshop_id=made).minutes == minutes


def test_minutes_are_corrected_once_it_is_over(here: Place) -> None:
    with pytest.raises(StillRunning):
        lifecycle.correct_minutes(
            here.session, by=here.trainer, workshop_id=begun(here), minutes=60, now=models.utc_now()
        )


def test_own_words_are_asked_for_one_kind_only(here: Place) -> None:
    with pytest.raises(NeedsTitle):
        begun(here, kind="autre", title=" ")
    with pytest.raises(Refusal):
        begun(here, kind="autre", title="x" * 61)
    with pytest.raises(NotFound):
        begun(here, kind="inconnu")
    begun(here, kind="autre", title="Visite du CFA")
    begun(here, here.claire, kind="test", title="oublié")
    titles = here.session.exec(select(Workshop.title).order_by(Workshop.title)).all()
    assert titles == ["Le test des métiers", "Visite du CFA"]


def test_a_session_begun_by_mistake_goes_unless_somebody_is_in_it(here: Place) -> None:
    made = begun(here)
    zoe = here.young()
    note(here, made, zoe)
    with pytest.raises(SomebodyNoted):
        lifecycle.cancel_workshop(here.session, by=here.trainer, workshop_id=made, now=models.utc_now())
    attendance.take_off(here.session, by=here.trainer, workshop_id=made, account_id=zoe.id, now=models.utc_now())
    lifecycle.cancel_workshop(here.session, by=here.trainer, workshop_id=made, now=models.utc_now())
    assert lifecycle.past_workshops(here.session, of=here.trainer, now=NOW + timedelta(days=1)) == ()


@pytest.mark.parametrize("role", [Role.YOUNG, Role.GUEST, Role.ADMIN])
def test_who_meets_no_group_runs_none(here: Place, role: Role) -> None:
    who = person(here.session, role, organisation_id=here.organisation_id)
    for act in (
        lambda: begun(here, who),
        lambda: lifecycle.running_workshop(here.session, of=who, now=models.utc_now()),
        lambda: lifecycle.past_workshops(here.session, of=who, now=models.utc_now()),
        lambda: attendance.attendance_candidates(here.session, of=who, today=TODAY),
    ):
        with pytest.raises(RunsNone):
            act()


def test_a_session_of_somebody_else_answers_like_an_unknown_one(here: Place) -> None:
    made, zoe = lasted(here, 60), here.young()
    elsewhere = place(here.session, "Ailleurs")
    for by in (here.claire, here.head, elsewhere.trainer, zoe):
        for workshop_id in (made, "inconnue"):
            named = {"by": by, "workshop_id": workshop_id}
            for act in (
                lambda named=named: lifecycle.end_workshop(here.session, **named, now=models.utc_now()),
                lambda named=named: lifecycle.own_workshop(here.session, **named),
                lambda named=named: lifecycle.cancel_workshop(here.session, **named, now=models.utc_now()),
                lambda named=named: lifecycle.correct_minutes(here.session, **named, minutes=60, now=models.utc_now()),
                lambda named=named: attendance.noted_as_present(here.session, **named),
                lambda named=named: attendance.note_attendance(
                    here.session, **named, account_id=zoe.id, today=TODAY, now=models.utc_now()
                ),
                lambda named=named: attendance.take_off(here.session, **named, account_id=zoe.id, now=models.utc_now()),
            ):
                with pytest.raises(NotFound):
                    act()


# --- who was there


def test_who_may_be_noted_is_who_may_be_seen(here: Place) -> None:
    hers, his = here.young("Zoé"), here.newcomer("Ali", adviser=here.karim)
    foreign = place(here.session, "Ailleurs").young("Inès")
    everybody = {hers.id, his.id}
    may = ((here.trainer, everybody), (here.head, everybody), (here.claire, {hers.id}), (here.karim, {his.id}))
    for by, allowed in may:
        made = lasted(here, 60, by)
        for who in (hers, his, foreign, here.claire):
            if who.id in allowed:
                note(here, made, who, by)
            else:
                with pytest.raises(NotFound):
                    note(here, made, who, by)
        assert {one.id for one in attendance.attendance_candidates(here.session, of=by, today=TODAY)} == allowed
        assert {one.id for one in attendance.noted_as_present(here.session, by=by, workshop_id=made)} == allowed


@pytest.mark.parametrize(("days", "seen"), [(0, True), (-1, False)])
def test_a_young_person_lent_may_be_noted_to_the_last_day(here: Place, days: int, seen: bool) -> None:
    zoe, until = here.young(), TODAY + timedelta(days=days)
    here.session.add(Handover(account_id=zoe.id, by_id=here.claire.id, to_id=here.karim.id, until=until))
    here.session.flush()
    assert bool(attendance.attendance_candidates(here.session, of=here.karim, today=TODAY)) is seen


def test_a_closed_account_is_not_noted_and_an_archived_one_not_offered(here: Place) -> None:
    gone, archived, made = here.young(), here.young("Léa"), lasted(here, 60)
    gone.closed_at = archived.archived_at = NOW
    here.session.flush()
    assert attendance.attendance_candidates(here.session, of=here.trainer, today=TODAY) == ()
    with pytest.raises(NotFound):
        note(here, made, gone)


def test_a_name_is_found_without_accents_before_and_after_the_sweep(here: Place) -> None:
    zoe = here.young("Zoé", "Bâ")
    here.young("Ali", "Kaci")
    here.row(zoe)
    for search, found in (("ba zoe", ["Zoé"]), ("KACI", ["Ali"]), ("zoe kaci", [])):
        offered = attendance.attendance_candidates(here.session, of=here.claire, today=TODAY, search=search)
        assert [one.first_name for one in offered] == found


def test_who_came_last_time_is_offered_first(here: Place) -> None:
    here.young("Ali", "Aa")
    zoe = here.young("Zoé", "Zz")
    note(here, lasted(here, 60), zoe)
    offered = attendance.attendance_candidates(here.session, of=here.trainer, today=TODAY)
    assert [one.first_name for one in offered] == ["Zoé", "Ali"]


def test_the_order_stays_while_one_ticks(here: Place) -> None:
    here.young("Ali", "Aa")
    zoe, made = here.young("Zoé", "Zz"), lasted(here, 60)
    note(here, made, zoe)
    offered = attendance.attendance_candidates(here.session, of=here.trainer, today=TODAY, apart_from=made)
    assert [one.first_name for one in offered] == ["Ali", "Zoé"]


def test_noted_twice_is_there_once_and_taken_off_is_gone(here: Place) -> None:
    zoe, made = here.young(), lasted(here, 60)
    note(here, made, zoe)
    note(here, made, zoe)
    assert lifecycle.own_workshop(here.session, by=here.trainer, workshop_id=made).people == 1
    attendance.take_off(here.session, by=here.trainer, workshop_id=made, account_id=zoe.id, now=models.utc_now())


def test_reading_takes_one_query_each(here: Place) -> None:
    zoe, made = here.young(), lasted(here, 60)
    note(here, made, zoe)
    engine = here.session.get_bind()
    with count_queries(engine, 1):  # type: ignore[arg-type]
        lifecycle.past_workshops(here.session, of=here.trainer, now=NOW)
    with count_queries(engine, 1):  # type: ignore[arg-type]
        attendance.attendance_candidates(here.session, of=here.trainer, today=TODAY, search="z")


# --- the screen shown to the group


def projected(here: Place, token: str, minutes: float = 1) -> bool:
    found = presence.recognised_person(here.session, token, now=NOW + minutes * MINUTE)
    assert found is not None
    return found.projected


def test_names_are_hidden_from_the_beginning_to_the_end(here: Place) -> None:
    token, other = (presence.begin_sign_in(here.session, account=who, now=NOW) for who in (here.trainer, here.claire))
    assert not projected(here, token)
    made = begun(here)
    elsewhere = presence.begin_sign_in(here.session, account=here.trainer, now=NOW)  # the computer of the projector
    assert projected(here, token) and projected(here, elsewhere) and not projected(here, other)
    lifecycle.end_workshop(here.session, by=here.trainer, workshop_id=made, now=NOW + MINUTE)
    assert not projected(here, token) and not projected(here, elsewhere)


def test_the_switch_still_switches_and_is_remembered_for_this_session(here: Place) -> None:
    token, other = (presence.begin_sign_in(here.session, account=here.trainer, now=NOW) for _ in range(2))
    made = begun(here)
    sign_in = presence.present_person(here.session, token, now=NOW)
    assert sign_in is not None
    presence.set_projection(here.session, sign_in.sign_in_id, on=False)
    assert not projected(here, token) and projected(here, other)
    lifecycle.end_workshop(here.session, by=here.trainer, workshop_id=made, now=NOW + MINUTE)
    lifecycle.begin_workshop(here.session, by=here.trainer, kind="test", now=NOW + 2 * MINUTE)
    assert projected(here, token, 3)


def test_who_hid_the_names_before_finds_them_hidden_after(here: Place) -> None:
    token = presence.begin_sign_in(here.session, account=here.trainer, now=NOW)
    sign_in = presence.present_person(here.session, token, now=NOW)
    assert sign_in is not None
    presence.set_projection(here.session, sign_in.sign_in_id, on=True)
    lasted(here, 1)
    assert projected(here, token)


def test_a_forgotten_session_hides_names_no_longer(here: Place) -> None:
    begun(here)
    late = NOW + workshop_policy.WORKSHOP_ENDS_AFTER
    token = presence.begin_sign_in(here.session, account=here.trainer, now=late)
    found = presence.present_person(here.session, token, now=late)
    assert found is not None and not found.projected


# --- i-milo


@pytest.mark.parametrize(("minutes", "shown"), [(14.9, 0), (15, 15), (89.9, 75), (90, 90)])
def test_a_session_is_a_line_rounded_down(here: Place, minutes: float, shown: int) -> None:
    zoe = here.young()
    note(here, lasted(here, minutes), zoe)
    found = lines(here, zoe)
    assert [line.minutes for line in found] == ([shown] if shown else [])


def test_each_session_has_a_line_of_its_own_beside_the_weeks_of_work(here: Place) -> None:
    zoe = here.young()
    for by in (here.trainer, here.claire):
        note(here, lasted(here, 60, by), zoe, by)
    week, *sessions = (
        *imilo.imilo_lines([imilo.CountedDay(TODAY, "cv", 3, 40)], start=TODAY, end=TODAY),
        *lines(here, zoe),
    )
    assert week.on is None
    assert [(line.on, line.category, line.minutes) for line in sessions] == [(TODAY, "Projet professionnel", 60)] * 2
    assert sessions[0].comment == "Séance de groupe, travail sur le CV (16 mars). À vérifier avec le jeune."


def test_what_was_done_during_a_session_is_not_counted_twice(here: Place) -> None:
    zoe = here.young()
    for kind, minutes in (("cv", 70), ("jobs", 50)):
        activity.note_activity(here.session, account_id=zoe.id, kind=kind, at=NOW, seconds=60 * minutes)
    note(here, lasted(here, 90), zoe)
    week, session = lines(here, zoe)
    assert [(line.on, line.minutes) for line in (week, session)] == [(None, 30), (TODAY, 90)]
    assert week.comment == "Recherche de métiers (16 mars). À vérifier avec le jeune."


def test_a_session_outside_the_period_or_without_them_is_no_line(here: Place) -> None:
    zoe = here.young()
    lasted(here, 60)
    assert lines(here, zoe) == ()
    note(here, lasted(here, 60), zoe)
    before = {"start": TODAY - timedelta(days=9), "end": TODAY - timedelta(days=1), "today": TODAY}
    assert imilo.lines_of(here.session, by=here.claire, account_id=zoe.id, **before, now=models.utc_now()) == ()  # type: ignore[arg-type]


def test_own_words_are_said_and_never_too_long() -> None:
    made = {"kind": "autre", "on": date(2026, 3, 1), "minutes": 60}
    line = imilo.workshop_line(title="Visite du CFA", **made)  # type: ignore[arg-type]
    assert line is not None
    assert line.comment == "Séance de groupe, Visite du CFA (1er mars). À vérifier avec le jeune."
    long = imilo.workshop_line(title="é" * 60, **made)  # type: ignore[arg-type]
    short = imilo.imilo_rule().model_copy(update={"longueur": 100})
    cut = imilo.workshop_line(title="é" * 60, by=short, **made)  # type: ignore[arg-type]
    assert long is not None and count_graphemes(long.comment) <= 255 and "é" * 60 in long.comment
    assert cut is not None and count_graphemes(cut.comment) <= 100 and cut.comment.endswith(short.mention)


def test_every_kind_of_session_goes_somewhere() -> None:
    assert [one.cle for one in imilo.imilo_rule().seances] == list(vocabulary.workshop_kinds())
    assert imilo.workshop_line(kind="unknown", title="x", on=TODAY, minutes=60) is None


def test_the_sheet_tells_of_it(here: Place) -> None:
    zoe = here.young()
    note(here, lasted(here, 90), zoe)
    here.row(zoe)
    file = person_file.person_file(here.session, by=here.claire, account_id=zoe.id, today=TODAY)
    said = [event.words for event in timeline.timeline_events(file, today=TODAY)]
    assert "Séance de groupe\u00a0: Les CV, 90 min." in said


def test_who_was_at_a_session_gave_news(here: Place) -> None:
    zoe = here.newcomer(came_on=TODAY - timedelta(days=40))
    assert "inactif" in here.alerts(zoe)
    made = lasted(here, 90)
    note(here, made, zoe)
    assert refreshing.is_due(here.session, of=here.claire, now=NOW)
    assert "inactif" not in here.alerts(zoe)
    (row,) = here.rows()
    assert row.last_activity_on == TODAY
    attendance.take_off(here.session, by=here.trainer, workshop_id=made, account_id=zoe.id, now=models.utc_now())
    assert "inactif" in here.alerts(zoe)
    assert here.rows()[0].last_activity_on == TODAY - timedelta(days=40)


def test_the_latest_session_counts_and_an_old_one_says_nothing_new(here: Place) -> None:
    zoe = here.newcomer(came_on=TODAY - timedelta(days=20))
    for ago in (3, 30):
        began = NOW - timedelta(days=ago)
        made = lifecycle.begin_workshop(here.session, by=here.trainer, kind="cv", now=began)
        lifecycle.end_workshop(here.session, by=here.trainer, workshop_id=made, now=began + 60 * MINUTE)
        note(here, made, zoe)
    assert here.row(zoe).last_activity_at == NOW - timedelta(days=3)
    here.visit(zoe, TODAY - timedelta(days=1))
    assert days.local_day(here.row(zoe).last_activity_at) == TODAY - timedelta(days=1)


def test_who_never_signed_in_is_still_said_so_after_a_session(here: Place) -> None:
    zoe = here.newcomer()
    note(here, lasted(here, 90), zoe)
    assert here.alerts(zoe) == ["carte_perimee"]
    (row,) = here.rows()
    assert (row.stage, row.alerts[0].reason) == (
        "jamais_venu",
        "Ne s’est jamais connecté, et sa carte n’est plus valable.",
    )


# --- what is kept, told, taken along, erased


def test_who_was_at_a_session_is_not_taken_for_gone(here: Place) -> None:
    """Neither for somebody never seen, nor for somebody to announce, nor after the announcement."""
    never, long_gone = here.newcomer("Léa"), here.young("Zoé")
    later = NOW + policy.KEPT_AFTER_LAST_CONTACT - policy.ERASURE_ANNOUNCED
    rules.purge_expired(here.session, now=NOW + timedelta(days=59))
    note(here, lasted(here, 60), never)
    rules.purge_expired(here.session, now=NOW + policy.NEVER_ACTIVATED_KEPT - MINUTE)
    assert here.session.get(Account, never.id) is not None
    rules.purge_expired(here.session, now=later)
    assert here.session.get(ErasurePlan, long_gone.id) is not None
    made = lifecycle.begin_workshop(here.session, by=here.trainer, kind="cv", now=later + timedelta(days=3))
    note(here, made, long_gone)
    rules.purge_expired(here.session, now=later + timedelta(days=40))
    assert here.session.get(Account, long_gone.id) is not None
    assert here.session.get(ErasurePlan, long_gone.id) is None
    assert here.session.get(Account, never.id) is None


def test_a_young_person_reads_and_takes_along_the_sessions_they_were_at(here: Place) -> None:
    zoe, made = here.young(), lasted(here, 90)
    note(here, made, zoe)
    told = {group.key: group.lines for group in stored_work.stored_groups(here.session, of=zoe)}
    assert told["workshops"] == ("Les CV, le 16 mars 2026\u00a0: 90 minutes",)
    assert rows.plain_rows(here.session, zoe.id)["attendance"] == [{"workshop_id": made, "account_id": zoe.id}]
    with zipfile.ZipFile(io.BytesIO(archive.export_archive(here.session, of=zoe, now=NOW))) as taken:
        assert "Les CV, le 16 mars 2026" in taken.read(archive.PAGE).decode()
        assert made in taken.read(archive.EVERYTHING).decode()


def test_an_erased_person_leaves_no_attendance_and_the_session_stays(here: Place) -> None:
    zoe, lea, made = here.young(), here.young("Léa"), lasted(here, 90)
    note(here, made, zoe)
    note(here, made, lea)
    erasure_request.erase_at_once(here.session, by=zoe, proof=OwnSecretGiven(zoe.id), now=NOW)
    assert [one.account_id for one in here.session.exec(select(Attendance))] == [lea.id]


def test_sessions_go_after_twelve_months_but_for_a_frozen_file(here: Place) -> None:
    zoe, lea = here.young(), here.young("Léa")
    for by in (here.trainer, here.claire):
        made = lasted(here, 60, by)
        note(here, made, lea, by)
    note(here, made, zoe, here.claire)
    freezing.freeze_file(here.session, by=here.head, account_id=zoe.id, why="dispute", now=NOW)
    rule = next(rule for rule in rules.RULES if rule.words.startswith("séances de groupe"))
    assert rule.apply(here.session, NOW + policy.WORKSHOPS_KEPT - MINUTE) == 0
    assert rule.apply(here.session, NOW + policy.WORKSHOPS_KEPT) == 1
    assert [one.account_id for one in here.session.exec(select(Attendance))] == [zoe.id]


@pytest.mark.long
@pytest.mark.slow
def test_who_came_to_a_session_is_kept_two_years_after_it_although_the_session_goes(here: Place) -> None:
    zoe, came = here.young(), NOW + timedelta(days=500)
    made = lifecycle.begin_workshop(here.session, by=here.trainer, kind="cv", now=came)
    note(here, made, zoe)
    gone_at = came + policy.KEPT_AFTER_LAST_CONTACT
    for day in range(500, (gone_at - NOW).days, 10):
        rules.purge_expired(here.session, now=NOW + timedelta(days=day))
        assert here.session.get(Account, zoe.id) is not None, day
    assert here.session.get(Workshop, made) is None
    assert here.session.get_one(ErasurePlan, zoe.id).due_at >= gone_at


def test_each_act_is_written_down(here: Place) -> None:
    zoe, made = here.young(), lasted(here, 60)
    note(here, made, zoe)
    lifecycle.correct_minutes(here.session, by=here.trainer, workshop_id=made, minutes=60, now=models.utc_now())
    attendance.take_off(here.session, by=here.trainer, workshop_id=made, account_id=zoe.id, now=models.utc_now())
    lifecycle.cancel_workshop(here.session, by=here.trainer, workshop_id=made, now=models.utc_now())
    acts = [(line.act, line.whom_id) for line in here.session.exec(select(AuditEvent))]
    assert acts == [
        ("group session begun", ""),
        ("group session ended", ""),
        ("attendance noted", zoe.id),
        ("group session corrected", ""),
        ("attendance taken off", zoe.id),
        ("group session cancelled", ""),
    ]
    assert audit.first_broken(here.session) is None


def test_somebody_is_taken_off_the_list_once_and_the_second_time_is_no_fault(here: Place) -> None:
    zoe, made = here.young(), lasted(here, 60, here.claire)
    note(here, made, zoe, here.claire)
    for _ in range(2):
        attendance.take_off(here.session, by=here.claire, workshop_id=made, account_id=zoe.id, now=models.utc_now())
        assert attendance.noted_as_present(here.session, by=here.claire, workshop_id=made) == ()
    with pytest.raises(NotFound):
        attendance.take_off(here.session, by=here.claire, workshop_id=made, account_id="inconnu", now=models.utc_now())
