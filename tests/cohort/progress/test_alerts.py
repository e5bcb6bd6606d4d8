"""The alerts: each rule raised on its day and not the day before, its reason, silenced, heard again when something changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from clicnjob import models, policy
from clicnjob.apply import applications
from clicnjob.cohort.progress import alert_silences, alerts, refreshing
from clicnjob.cohort.progress.alert_silences import BadNumber, NotYourNumbers
from clicnjob.cohort.support import help_requests
from clicnjob.errors import NotFound
from clicnjob.models import (
    Account,
    Appointment,
    AppointmentRequest,
    Card,
    Comment,
    ContactNote,
    HelpAsked,
    NextStep,
    Progress,
    ThreadMessage,
    Work,
)
from tests import make
from tests.cohort_people import NOW, TODAY, Place, at, place
from tests.conftest import count_queries

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]

Raise = Callable[[Place, int], Account]


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


def days_ago(count: int) -> date:
    return TODAY - timedelta(days=count)


def came(here: Place, count: int = 0) -> Account:
    return here.newcomer(came_on=days_ago(count))


def never_came(here: Place, count: int) -> Account:
    young = here.newcomer(enrolled=count)
    here.session.add(Card(account_id=young.id, code_digest="new", created_at=NOW))  # a card made anew today
    return young


def card_ran_out(here: Place, count: int) -> Account:
    return here.newcomer(enrolled=count)


def with_cv(here: Place, count: int) -> Account:
    young = came(here)
    here.cv(young, on=days_ago(count))
    return young


def stuck(here: Place, count: int) -> Account:
    young = here.newcomer(came_on=days_ago(10))
    here.cv(young, make.half, on=days_ago(10))
    for visit in range(count - 1):
        here.visit(young, days_ago(9 - visit))
    return young


def asked_for_help(here: Place, count: int) -> Account:
    young = came(here)
    here.session.add(HelpAsked(account_id=young.id, word="Je suis perdue", at=at(days_ago(count))))
    return young


def comment_waits(here: Place, count: int) -> Account:
    young = came(here)
    said = Comment(
        account_id=young.id, by_id=here.claire.id, section="experiences", text="Bravo", at=at(days_ago(count))
    )
    here.session.add(said)
    return young


def comment_answered(here: Place, count: int) -> Account:
    young = comment_waits(here, count)
    here.session.flush()
    for said in here.session.exec(select(Comment)):
        said.answer, said.answered_at = "Merci", at(days_ago(count))
    return young


def declined(here: Place, count: int) -> Account:
    young = came(here)
    when = at(days_ago(count))
    one = Appointment(
        account_id=young.id, by_id=here.claire.id, words="Mardi", day=TODAY, accepted=False, answered_at=when
    )
    here.session.add(one)
    return young


def step_done(here: Place, count: int) -> Account:
    young = came(here)
    here.session.add(NextStep(account_id=young.id, by_id=here.claire.id, key="cv", done_at=at(days_ago(count))))
    return young


def wrote(here: Place, count: int) -> Account:
    young = came(here)
    here.session.add(ThreadMessage(account_id=young.id, by_id=young.id, text="Bonjour", at=at(days_ago(count))))
    return young


def asked_for_an_appointment(here: Place, count: int) -> Account:
    young = came(here)
    half_days = "2026-03-17:matin 2026-03-18:matin"
    asked = AppointmentRequest(account_id=young.id, half_days=half_days, reasons="x", at=at(days_ago(count)))
    here.session.add(asked)
    return young


def to_call_again(here: Place, count: int) -> Account:
    young = came(here)
    here.session.add(
        ContactNote(
            account_id=young.id, by_id=here.claire.id, outcome="message", at=at(days_ago(count + 3)),
            remind_on=days_ago(count),
        )
    )  # fmt: skip
    return young


def applied(here: Place, state: applications.State, on: date) -> tuple[Account, str]:
    young = came(here)
    here.share(young, applications=True)
    one = applications.add_application(here.session, by=young, title="Serveuse", operation=f"{on}", today=on)
    applications.move_application(here.session, by=young, application_id=one, state=state, operation=f"{on}s", today=on)
    return young, one


def to_follow_up(here: Place, count: int) -> Account:
    return applied(here, "sent", days_ago(count + 10))[0]


def interview(here: Place, count: int) -> Account:
    """An interview `count` days after the last day on which it is not near yet."""
    young, one = applied(here, "interview", days_ago(5))
    day = TODAY + timedelta(days=3 - count)
    applications.plan_dates(here.session, by=young, application_id=one, operation="p", interview_on=day)
    return young


def said_yes(here: Place, count: int) -> Account:
    return applied(here, "answer_yes", days_ago(count))[0]


# rule → who raises it after so many days or visits, from which number on, up to which, what it says then
CASES: dict[str, tuple[Raise, int, int, str]] = {
    "jamais_venu": (never_came, 7, 300, "Inscription il y a 7 jours, jamais connecté."),
    "carte_perimee": (card_ran_out, 15, 300, "Ne s’est jamais connecté, et sa carte n’est plus valable."),
    "inactif": (came, 14, 300, "Rien depuis 14 jours."),
    "cv_bloque": (stuck, 3, 9, "CV arrêté à «\u00a0formation\u00a0» depuis 3 visites."),
    "cv_sans_candidature": (with_cv, 14, 300, "Aucune candidature connue depuis 14 jours."),
    "cv_fini": (with_cv, 0, 7, "CV prêt aujourd’hui."),
    "relance": (to_follow_up, 0, 300, "Une candidature est à relancer depuis aujourd’hui."),
    "entretien": (interview, 0, 3, "Entretien d’embauche dans 3 jours."),
    "aide": (asked_for_help, 0, 300, "A demandé de l’aide aujourd’hui. «\u00a0Je suis perdue\u00a0»"),
    "commentaire": (comment_waits, 7, 300, "Un commentaire attend une réponse depuis 7 jours."),
    "reponse": (comment_answered, 0, 300, "A répondu à un commentaire aujourd’hui."),
    "rendez_vous": (declined, 0, 300, "A refusé le rendez-vous aujourd’hui."),
    "rendez_vous_demande": (asked_for_an_appointment, 0, 300, "A demandé un rendez-vous aujourd’hui."),
    "reponse_positive": (said_yes, 0, 14, "Un employeur a dit oui aujourd’hui."),
    "message": (wrote, 0, 300, "A écrit un message aujourd’hui."),
    "rappel": (to_call_again, 0, 300, "À rappeler, c’était prévu aujourd’hui."),
    "etape_faite": (step_done, 0, 300, "A fait l’étape proposée aujourd’hui."),
}


def test_every_rule_has_its_case() -> None:
    assert set(CASES) == set(alerts.alert_rules())


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_is_raised_from_its_day_on_with_its_reason(here: Place, rule: str) -> None:
    make_one, first, _, reason = CASES[rule]
    young = make_one(here, first)
    here.session.flush()
    assert rule in here.alerts(young)
    (row,) = here.rows(alert=rule)
    assert {alert.key: alert.reason for alert in row.alerts}[rule] == reason


@pytest.mark.parametrize("rule", [rule for rule, case in CASES.items() if case[1] > 0 or rule == "entretien"])
def test_a_rule_is_not_raised_the_day_before(here: Place, rule: str) -> None:
    make_one, first, _, _ = CASES[rule]
    young = make_one(here, first - 1)
    here.session.flush()
    assert rule not in here.alerts(young)


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_holds_to_its_last_day(here: Place, rule: str) -> None:
    make_one, _, last, _ = CASES[rule]
    young = make_one(here, last)
    here.session.flush()
    assert rule in here.alerts(young)


@pytest.mark.parametrize("rule", ["cv_fini", "entretien", "reponse_positive"])
def test_a_rule_with_an_end_ends_the_day_after(here: Place, rule: str) -> None:
    make_one, _, last, _ = CASES[rule]
    young = make_one(here, last + 1)
    here.session.flush()
    assert rule not in here.alerts(young)


@pytest.mark.parametrize("rule", CASES)
def test_a_silenced_rule_stays_silent_as_time_goes_by(here: Place, rule: str) -> None:
    make_one, first, _, _ = CASES[rule]
    young = make_one(here, first)
    here.session.flush()
    assert rule in here.alerts(young)
    alert_silences.silence_alert(here.session, by=here.claire, account_id=young.id, rule=rule, now=NOW)
    assert rule not in here.alerts(young)
    assert here.rows(alert=rule) == ()
    assert rule not in here.alerts(young, now=NOW + timedelta(days=1))


AGAIN: dict[str, Raise] = {
    "inactif": lambda here, _: _seen_then_gone(here),
    "cv_bloque": lambda here, _: _visited_again(here),
    "aide": lambda here, _: _asked_again(here),
    "relance": lambda here, _: _followed_up(here),
}


def _only(here: Place) -> Account:
    return here.session.get(Account, here.rows()[0].id)  # type: ignore[return-value]


def _seen_then_gone(here: Place) -> Account:
    young = _only(here)
    here.visit(young, days_ago(-1))
    return young


def _visited_again(here: Place) -> Account:
    young = _only(here)
    here.visit(young, days_ago(0))
    return young


def _asked_again(here: Place) -> Account:
    young = _only(here)
    here.session.add(HelpAsked(account_id=young.id, word="Encore", at=NOW + timedelta(hours=1)))
    refreshing.mark_outdated(here.session, account_id=young.id)
    return young


def _followed_up(here: Place) -> Account:
    young = _only(here)
    one = applications.own_applications(here.session, of=young).applications[0].id
    applications.move_application(
        here.session, by=young, application_id=one, state="followed_up", operation="f", today=TODAY
    )
    return young


@pytest.mark.parametrize("rule", AGAIN)
def test_a_silenced_rule_is_heard_again_when_something_changed(here: Place, rule: str) -> None:
    make_one, first, _, _ = CASES[rule]
    young = make_one(here, first)
    here.session.flush()
    assert rule in here.alerts(young)
    alert_silences.silence_alert(here.session, by=here.claire, account_id=young.id, rule=rule, now=NOW)
    AGAIN[rule](here, 0)
    here.session.flush()
    assert rule in here.alerts(young, now=NOW + timedelta(days=20))


def test_time_alone_raises_what_was_refreshed_before(here: Place) -> None:
    young = came(here)
    assert here.alerts(young) == []
    assert here.alerts(young, now=NOW + timedelta(days=13)) == []
    assert here.alerts(young, now=NOW + timedelta(days=14)) == ["inactif"]


def test_nothing_is_due_after_a_refresh(here: Place) -> None:
    came(here)
    later = NOW + timedelta(hours=1)
    assert refreshing.is_due(here.session, of=here.claire, now=later)
    refreshing.bring_up_to_date(here.session, of=here.claire, now=later)
    assert not refreshing.is_due(here.session, of=here.claire, now=later)


def test_the_rules_read_no_column_that_a_refresh_leaves_out() -> None:
    read: set[str] = set()

    class Row:
        def __getattr__(self, name: str) -> date:
            read.add(name)
            return TODAY

    alerts.raised_alerts(Row(), numbers={}, today=TODAY)
    for condition in alerts._CONDITIONS.values():
        condition(Row())
    assert read <= {column.key for column in alerts.judged_columns()}


@pytest.mark.parametrize("people", [2, 40])
def test_alerts_of_one_result_are_written_in_one_statement_whatever_the_number_of_people(
    engine: Engine, here: Place, people: int
) -> None:
    young = [came(here, 20 * (number % 2)) for number in range(people)]
    refreshing.refresh_progress(here.session, [one.id for one in young], now=NOW)
    before = _stored(here)
    here.session.execute(update(Progress).values(alerts="|aide|", urgency=0, next_change_on=TODAY))
    with count_queries(engine, 5):  # the due, the marked, the numbers of the place, and a write for each of two results
        assert refreshing.refresh_alerts(here.session, today=TODAY, now=NOW) == people
    assert _stored(here) == before
    assert len(set(before.values())) == 2


def test_a_second_refresh_of_a_day_writes_nothing(engine: Engine, here: Place) -> None:
    here.alerts(came(here, 20))
    here.session.execute(update(Progress).values(next_change_on=TODAY))
    refreshing.refresh_alerts(here.session, today=TODAY, now=NOW)
    with count_queries(engine, 2):
        assert refreshing.refresh_alerts(here.session, today=TODAY, now=NOW) == 0


def test_rows_that_a_session_already_holds_are_refreshed_too(here: Place) -> None:
    young = came(here)
    kept = here.row(young)
    refreshing.refresh_alerts(here.session, today=TODAY + timedelta(days=14), now=NOW + timedelta(days=14))
    assert (kept.alerts, kept.urgency > 0) == ("|inactif|", True)


def _stored(here: Place) -> dict[str, tuple[object, ...]]:
    columns = (Progress.account_id, Progress.alerts, Progress.urgency, Progress.next_change_on)
    return {row[0]: tuple(row[1:]) for row in here.session.exec(select(*columns))}


def test_what_loses_most_by_waiting_comes_first(here: Place) -> None:
    quiet, lost, near = came(here, 20), asked_for_help(here, 0), interview(here, 0)
    here.session.flush()
    here.alerts(quiet)
    assert [row.id for row in here.rows()] == [lost.id, near.id, quiet.id]


def test_of_two_reasons_the_heavier_is_told_first(here: Place) -> None:
    young = asked_for_help(here, 0)
    here.cv(young)
    assert here.alerts(young) == ["aide", "cv_fini"]


def test_what_is_not_shared_raises_nothing(here: Place) -> None:
    young = came(here)
    one = applications.add_application(here.session, by=young, title="Serveuse", operation="a", today=TODAY)
    applications.move_application(
        here.session, by=young, application_id=one, state="interview", operation="b", today=TODAY
    )
    applications.plan_dates(here.session, by=young, application_id=one, operation="c", interview_on=TODAY)
    assert here.alerts(young) == []


def test_a_structure_chooses_its_numbers(here: Place) -> None:
    young = came(here, 5)
    assert here.alerts(young) == []
    alert_silences.choose_number(
        here.session, by=here.head, rule="inactif", number=5, today=TODAY, now=models.utc_now()
    )
    assert here.alerts(young) == ["inactif"]


def test_the_numbers_of_another_structure_change_nothing_here(here: Place, session: Session) -> None:
    young = came(here, 5)
    alert_silences.choose_number(
        session, by=place(session, "Là").head, rule="inactif", number=1, today=TODAY, now=models.utc_now()
    )
    assert here.alerts(young) == []


@pytest.mark.parametrize("number", [-1, 366, True, 10**9])
def test_a_number_makes_sense(here: Place, number: int) -> None:
    with pytest.raises(BadNumber):
        alert_silences.choose_number(
            here.session, by=here.head, rule="inactif", number=number, today=TODAY, now=models.utc_now()
        )


@pytest.mark.parametrize(("rule", "least"), [("inactif", 1), ("cv_bloque", 2)])
def test_a_number_is_not_so_low_that_everybody_is_alerted(here: Place, rule: str, least: int) -> None:
    chosen = {"by": here.head, "rule": rule, "today": TODAY}
    alert_silences.choose_number(here.session, number=least, **chosen, now=models.utc_now())
    with pytest.raises(BadNumber):
        alert_silences.choose_number(here.session, number=least - 1, **chosen, now=models.utc_now())


def test_how_long_a_card_is_valid_is_no_choice(here: Place) -> None:
    assert alerts.alert_rules()["carte_perimee"].nombre > policy.FIRST_CARD_LASTS.days
    with pytest.raises(NotFound):
        alert_silences.choose_number(
            here.session, by=here.head, rule="carte_perimee", number=5, today=TODAY, now=models.utc_now()
        )


def test_help_asked_once_more_is_heard_again_without_a_word(here: Place) -> None:
    young = came(here)
    help_requests.ask_for_help(here.session, by=young, word="Je suis perdue", now=NOW - timedelta(hours=1))
    assert here.alerts(young) == ["aide"]
    hearing_of = {"by": here.claire, "account_id": young.id, "rule": "aide", "now": NOW}
    alert_silences.silence_alert(here.session, **hearing_of)
    assert here.alerts(young) == []
    help_requests.ask_for_help(here.session, by=young, now=NOW + timedelta(days=1))
    assert here.alerts(young, now=NOW + timedelta(days=1)) == ["aide"]
    kept = here.session.exec(select(HelpAsked)).one()
    assert kept.word == "Je suis perdue"


def test_who_is_followed_no_more_is_told_whom_to_ask(here: Place) -> None:
    young = came(here)
    young.archived_at = NOW
    with pytest.raises(help_requests.SupportEnded):
        help_requests.ask_for_help(here.session, by=young, word="Je suis perdue", now=NOW)
    assert here.session.exec(select(HelpAsked)).all() == []


def test_an_answer_to_an_older_comment_is_heard_after_the_newer_was_seen(here: Place) -> None:
    young = came(here)
    older, newer = (
        Comment(account_id=young.id, by_id=here.claire.id, section="experiences", text="Bravo", at=at(days_ago(ago)))
        for ago in (5, 4)
    )
    here.session.add_all([older, newer])
    newer.answer, newer.answered_at = "Merci", at(days_ago(3))
    here.session.flush()
    assert here.alerts(young) == ["reponse"]
    alert_silences.silence_alert(here.session, by=here.claire, account_id=young.id, rule="reponse", now=NOW)
    older.answer, older.answered_at = "Je veux arrêter", at(days_ago(1))
    refreshing.mark_outdated(here.session, account_id=young.id)
    assert here.alerts(young) == ["reponse"]


def test_an_older_appointment_refused_later_is_heard_too(here: Place) -> None:
    young = declined(here, 2)
    here.session.flush()
    assert here.alerts(young) == ["rendez_vous"]
    alert_silences.silence_alert(here.session, by=here.claire, account_id=young.id, rule="rendez_vous", now=NOW)
    before = Appointment(account_id=young.id, by_id=here.claire.id, words="Lundi", day=TODAY, at=at(days_ago(9)))
    before.accepted, before.answered_at = False, at(days_ago(1))
    here.session.add(before)
    refreshing.mark_outdated(here.session, account_id=young.id)
    assert here.alerts(young) == ["rendez_vous"]


def test_a_card_made_later_is_known_without_a_visit(here: Place) -> None:
    young = card_ran_out(here, 40)
    assert here.alerts(young) == ["carte_perimee"]
    later = NOW + timedelta(hours=1)
    for card in here.session.exec(select(Card)).all():
        card.voided_at = later
    here.session.add(Card(account_id=young.id, code_digest="neuve", created_at=later))
    here.session.flush()
    assert here.alerts(young, now=later + timedelta(days=1)) == ["jamais_venu"]


def test_the_first_cv_stays_the_first_when_it_is_changed_again(here: Place) -> None:
    young = with_cv(here, 100)
    assert here.row(young).cv_done_on == days_ago(100)
    here.session.exec(update(Work).where(col(Work.account_id) == young.id).values(deleted_at=NOW))
    assert here.row(young).cv_state != "pret"
    here.session.exec(update(Work).where(col(Work.account_id) == young.id).values(deleted_at=None, changed_at=NOW))
    assert here.row(young).cv_done_on == days_ago(100)


def test_the_visit_in_which_a_question_was_reached_counts_however_often_one_looks(here: Place) -> None:
    young = came(here, 10)
    here.row(young)
    here.cv(young, make.half, on=days_ago(10))
    for ago in (9, 8):
        here.row(young)
        here.visit(young, days_ago(ago))
    assert here.row(young).step_visits == 3


def test_only_the_head_chooses_numbers(here: Place) -> None:
    with pytest.raises(NotYourNumbers):
        alert_silences.choose_number(
            here.session, by=here.claire, rule="inactif", number=5, today=TODAY, now=models.utc_now()
        )


@pytest.mark.parametrize("who", ["karim", "trainer"])
def test_who_does_not_follow_somebody_silences_nothing(here: Place, who: str) -> None:
    young = asked_for_help(here, 0)
    here.row(young)
    with pytest.raises(NotFound):
        alert_silences.silence_alert(here.session, by=getattr(here, who), account_id=young.id, rule="aide", now=NOW)


def test_an_unknown_rule_is_not_found(here: Place) -> None:
    young = came(here)
    here.row(young)
    with pytest.raises(NotFound):
        alert_silences.silence_alert(here.session, by=here.claire, account_id=young.id, rule="inconnue", now=NOW)
