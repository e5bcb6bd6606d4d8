"""« Mes candidatures »: its states and dates, what counts as progress, official places, what to say."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import Session

from clicnjob import policy, works
from clicnjob.apply import applications, words
from clicnjob.apply.applications import STATES, Application, Applications
from clicnjob.errors import NotFound
from clicnjob.jobs import finder
from clicnjob.models import STAFF_ROLES, Account, Role
from tests import french_sentences as french
from tests.conftest import person
from tests.for_each import for_each
from tests.make import TODAY

SOON = TODAY + policy.FOLLOW_UP_AFTER


def added(session: Session, by: Account, **named: str) -> str:
    wanted = {"title": "Serveuse"} | named
    return applications.add_application(session, by=by, operation=works.new_operation(), today=TODAY, **wanted)  # type: ignore[arg-type]


def moved(session: Session, by: Account, one: str, state: str, *, days: int = 0) -> Application:
    applications.move_application(
        session,
        by=by,
        application_id=one,
        state=state,  # type: ignore[arg-type]
        operation=works.new_operation(),
        today=TODAY + timedelta(days=days),
    )
    return applications.own_applications(session, of=by).application_with_id(one)


def test_nothing_is_there_at_first(session: Session, young: Account) -> None:
    assert applications.own_applications(session, of=young) == Applications()


def test_what_was_sent_is_followed_up_ten_days_later(session: Session, young: Account) -> None:
    one = moved(session, young, added(session, young), "sent")
    assert (one.sent_on, one.follow_up_on) == (TODAY, TODAY + timedelta(days=10))
    assert not applications.is_due(one, today=SOON - timedelta(days=1))
    assert applications.is_due(one, today=SOON)


def test_a_follow_up_moves_the_next_one_and_keeps_the_day_of_sending(session: Session, young: Account) -> None:
    one = added(session, young)
    moved(session, young, one, "sent")
    again = moved(session, young, one, "followed_up", days=11)
    assert (again.sent_on, again.follow_up_on) == (TODAY, TODAY + timedelta(days=21))


@pytest.mark.parametrize("state", ["interview", "answer_yes", "answer_no", "declined"])
def test_nothing_is_followed_up_once_they_answered(session: Session, young: Account, state: str) -> None:
    one = added(session, young)
    moved(session, young, one, "sent")
    answered = moved(session, young, one, state, days=30)
    assert answered.follow_up_on is None
    assert not applications.is_due(answered, today=TODAY + timedelta(days=300))


def test_going_back_to_send_forgets_the_dates(session: Session, young: Account) -> None:
    one = added(session, young)
    moved(session, young, one, "sent")
    back = moved(session, young, one, "to_send")
    assert (back.sent_on, back.follow_up_on, back.answered_on) == (None, None, None)


def test_an_answer_taken_back_is_no_longer_dated(session: Session, young: Account) -> None:
    one = added(session, young)
    assert moved(session, young, one, "answer_yes").answered_on == TODAY
    assert moved(session, young, one, "sent").answered_on is None


def test_a_day_can_be_chosen_and_an_application_completed_dropped_and_brought_back(
    session: Session, young: Account
) -> None:
    one = added(session, young)
    applications.plan_dates(session, by=young, application_id=one, interview_on=SOON, operation="p")
    applications.describe_application(
        session, by=young, application_id=one, employer="Brasserie", town="Lille", note="Demander Mme Li", operation="d"
    )
    kept = applications.own_applications(session, of=young).application_with_id(one)
    assert (kept.interview_on, kept.employer, kept.town, kept.note) == (SOON, "Brasserie", "Lille", "Demander Mme Li")
    applications.drop_application(session, by=young, application_id=one, operation="x")
    assert applications.own_applications(session, of=young).applications == []
    applications.undo_application_change(session, by=young, operation="u")
    assert applications.own_applications(session, of=young).application_with_id(one) == kept


def test_a_summary_counts_what_was_sent_and_says_what_comes_next(session: Session, young: Account) -> None:
    ids = [added(session, young, employer=f"Lieu {n}") for n in range(5)]
    moved(session, young, ids[1], "sent")
    moved(session, young, ids[2], "followed_up", days=3)
    moved(session, young, ids[3], "interview", days=1)
    applications.plan_dates(session, by=young, application_id=ids[3], interview_on=SOON, operation="p")
    moved(session, young, ids[4], "answer_yes", days=2)
    told = applications.applications_summary(applications.own_applications(session, of=young), today=TODAY)
    assert (told.sent, told.last_on) == (4, TODAY + timedelta(days=3))
    assert (told.next_follow_up_on, told.interview_on, told.yes_on) == (SOON, SOON, TODAY + timedelta(days=2))


def test_an_interview_that_is_past_is_no_longer_ahead(session: Session, young: Account) -> None:
    one = added(session, young)
    moved(session, young, one, "interview")
    applications.plan_dates(session, by=young, application_id=one, interview_on=TODAY, operation="p")
    kept = applications.own_applications(session, of=young)
    assert applications.applications_summary(kept, today=TODAY).interview_on == TODAY
    assert applications.applications_summary(kept, today=TODAY + timedelta(days=1)).interview_on is None


def test_an_application_names_a_job_or_an_employer(session: Session, young: Account) -> None:
    with pytest.raises(applications.NothingWanted):
        added(session, young, title="")
    assert added(session, young, title="", employer="Brasserie")


def test_there_is_a_bound(session: Session, young: Account) -> None:
    full = [Application(title="x", added_on=TODAY) for _ in range(policy.APPLICATIONS_AT_MOST)]
    works.start_work(
        session,
        by=young,
        kind=applications.WorkKind.APPLICATIONS,
        body=Applications(applications=full).model_dump(mode="json"),
        operation="full",
    )
    with pytest.raises(applications.TooManyApplications):
        added(session, young)


def test_anothers_applications_are_neither_seen_nor_moved(session: Session, young: Account) -> None:
    one = added(session, young)
    other = person(session, Role.YOUNG)
    assert applications.own_applications(session, of=other) == Applications()
    with pytest.raises(NotFound):
        moved(session, other, one, "sent")


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_professionals_keep_no_list(session: Session, role: Role) -> None:
    with pytest.raises(applications.ApplicationsNotForStaff):
        applications.own_applications(session, of=person(session, role))


def test_repeating_an_act_adds_nothing(session: Session, young: Account) -> None:
    for _ in range(2):
        applications.add_application(session, by=young, title="Serveuse", operation="same", today=TODAY)
    assert len(applications.own_applications(session, of=young).applications) == 1


@for_each("place", words.offer_places())
@for_each("job", ["Serveur & <b>barman</b>", "été#1?x=2", "", "‮"])
def test_a_place_opens_on_its_own_site_whatever_the_job(place: words.OfficialPlace, job: str) -> None:
    opened = urlsplit(place.address_for(job=job, rome="G1803"))
    assert (opened.scheme, opened.netloc) == ("https", urlsplit(place.adresse).netloc)
    assert not opened.fragment
    if job and place.avec_metier:
        assert [job] in parse_qs(opened.query).values()


def test_the_places_of_the_field_are_there() -> None:
    keys = {place.cle for place in words.offer_places()}
    assert {
        "france-travail",
        "la-bonne-alternance",
        "1jeune1solution",
        "immersion-facilitee",
        "service-civique",
    } <= keys


def test_a_script_says_what_is_known_and_leaves_out_what_is_not() -> None:
    script = next(one for one in words.employer_scripts() if one.cle == "relance-message")
    known = Application(title="Serveuse", added_on=TODAY, sent_on=TODAY)
    said = words.script_lines(script, known, name="Zoé Bâ")
    assert said[1:3] == ("Je vous ai envoyé ma candidature le 16 mars.", "C’était pour un poste de serveuse.")
    assert said[-1] == "Zoé Bâ"
    bare = words.script_lines(script, Application(employer="Brasserie", added_on=TODAY), name="Zoé")
    assert bare[1:3] == ("Je vous ai envoyé ma candidature.", "Ce travail m’intéresse toujours beaucoup.")


@pytest.mark.parametrize(
    ("title", "said"),
    [("Serveuse", "de serveuse"), ("Ouvrière", "d’ouvrière"), ("Élagueur", "d’élagueur"), ("ATSEM", "d’ATSEM")],
)
def test_a_job_is_said_with_its_small_word(title: str, said: str) -> None:
    script = next(one for one in words.employer_scripts() if one.cle == "relance-message")
    assert f"C’était pour un poste {said}." in words.script_lines(
        script, Application(title=title, added_on=TODAY), name="Zoé"
    )


@for_each("script", words.employer_scripts())
@for_each("job", [job.nom_f for job in finder.job_catalogue().categories[:5]])
def test_no_field_and_no_bracket_is_left_and_sentences_are_short(script: words.Script, job: str) -> None:
    for line in words.script_lines(script, Application(title=job, added_on=TODAY, sent_on=TODAY), name="Zoé Bâ"):
        assert not re.search(r"[{}\[\]]", line), line
        french.check_sentences(line, words=15)


def test_every_state_has_its_words() -> None:
    assert list(STATES) == ["to_send", "sent", "followed_up", "interview", "answer_yes", "answer_no", "declined"]
