"""« Mes jeunes »: the right people, in the right order, in three queries; every number opens the list that it counts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from clicnjob import policy
from clicnjob.cohort import permissions
from clicnjob.cohort.progress import alert_silences, refreshing
from clicnjob.cohort.progress.overview import ANY_ALERT, SORTS, CohortFilters, CohortPage, cohort_page, only_filter
from clicnjob.cohort.support import lists, threads
from clicnjob.jobs import choices
from clicnjob.models import Handover, Progress, Role, ThreadMessage, Work
from tests import make
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import count_queries, person
from tests.for_each import for_each

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


@pytest.fixture
def crowd(here: Place) -> Place:
    """Sixty people at every state, one of them archived, one lent to Claire, one of Karim's."""
    for number in range(60):
        came_on = None if number % 5 == 0 else TODAY - timedelta(days=number)
        young = here.newcomer(f"Prénom{number}", f"Nom{number:02}", came_on=came_on, enrolled=70)
        if number % 3 == 1:
            here.cv(young, make.whole if number % 2 else make.half, on=TODAY - timedelta(days=number))
    gone = here.young("Parti", "Loin")
    gone.archived_at = NOW
    here.young("Autre", "Ailleurs", adviser=here.karim)
    return here


def read(here: Place, **named: object) -> CohortPage:
    refreshing.bring_up_to_date(here.session, of=here.claire, now=NOW)
    return cohort_page(here.session, adviser=here.claire, today=TODAY, **named)  # type: ignore[arg-type]


@pytest.mark.slow
@for_each("sort", [*SORTS, "inconnu"])
def test_a_page_takes_three_queries_whatever_the_number_of_people(engine: Engine, crowd: Place, sort: str) -> None:
    read(crowd)
    with count_queries(engine, 3):
        page = cohort_page(crowd.session, adviser=crowd.claire, today=TODAY, sort=sort)
    assert (len(page.rows), page.found, page.pages) == (policy.PEOPLE_A_PAGE, 60, 2)


@pytest.mark.parametrize("people", [1, 40])
def test_rows_are_computed_in_nineteen_statements_whatever_the_number_of_people(
    engine: Engine, here: Place, people: int
) -> None:
    ids = [here.young(f"Prénom{number}").id for number in range(people)]
    with count_queries(engine, 19):
        assert refreshing.refresh_progress(here.session, ids, now=NOW) == people


def test_one_work_that_cannot_be_read_leaves_everybody_else_their_row(here: Place) -> None:
    broken, other = here.young("Ana", "A"), here.young("Zoé", "B")
    for young in (broken, other):
        here.cv(young)
    for work in here.session.exec(select(Work).where(Work.account_id == broken.id)):
        work.body = {"of": ["another", "version"]}
    here.session.flush()
    shown = {row.first_name: row.cv_state for row in read(here).rows}
    assert shown == {"Ana": "rien", "Zoé": "pret"}


@pytest.mark.slow
@for_each("sort", SORTS)
def test_the_pages_hold_everybody_once(crowd: Place, sort: str) -> None:
    rows = [row.id for number in (1, 2) for row in read(crowd, sort=sort, page=number).rows]
    assert (len(rows), len(set(rows))) == (60, 60)


@pytest.mark.slow
@for_each(("asked", "shown"), [(-3, 1), (0, 1), (2, 2), (99, 2)])
def test_a_page_out_of_bounds_is_the_nearest_one(crowd: Place, asked: int, shown: int) -> None:
    page = read(crowd, page=asked)
    assert page.page == shown and page.rows


@pytest.mark.slow
def test_every_number_opens_exactly_the_list_that_it_counts(crowd: Place) -> None:
    mine = lists.make_list(crowd.session, by=crowd.claire, name="Groupe")
    people = [row.id for row in read(crowd).rows[:7]]
    lists.add_to_list(crowd.session, by=crowd.claire, list_id=mine, account_ids=people, today=TODAY)
    before = read(crowd).figures
    for account_id in people:
        alert_silences.silence_alert(crowd.session, by=crowd.claire, account_id=account_id, rule="inactif", now=NOW)
        alert_silences.silence_alert(crowd.session, by=crowd.head, account_id=account_id, rule="cv_fini", now=NOW)
    page = read(crowd)
    figures = page.figures
    assert 0 < figures.with_alert < before.with_alert
    assert figures.by_alert["inactif"] < before.by_alert["inactif"]
    opened = [
        (figures.people, only_filter()),
        (figures.archived, only_filter(archived=True)),
        (figures.with_alert, only_filter(alert=ANY_ALERT)),
        *((count, only_filter(alert=key)) for key, count in figures.by_alert.items()),
        *((count, only_filter(stage=key)) for key, count in figures.by_stage.items()),
        *((count, only_filter(cv_state=key)) for key, count in figures.by_cv_state.items()),
        *((count, only_filter(activity=key)) for key, count in figures.by_activity.items()),
        *((card.people, only_filter(list_id=card.id)) for card in page.lists),
    ]
    assert len(opened) > 20
    for count, filters in opened:
        found = read(crowd, filters=filters)
        everybody = sum(len(read(crowd, filters=filters, page=n + 1).rows) for n in range(found.pages))
        assert (found.found, everybody) == (count, count), filters


def test_what_one_professional_marked_changes_no_figure_of_another(crowd: Place) -> None:
    read(crowd)
    person_id = next(row.id for row in crowd.rows() if [one.key for one in row.alerts] == ["inactif"])
    of = {"adviser": crowd.head, "today": TODAY}
    before = cohort_page(crowd.session, **of)
    alert_silences.silence_alert(crowd.session, by=crowd.claire, account_id=person_id, rule="inactif", now=NOW)
    assert cohort_page(crowd.session, **of) == before
    alert_silences.silence_alert(crowd.session, by=crowd.head, account_id=person_id, rule="inactif", now=NOW)
    after = cohort_page(crowd.session, **of).figures
    assert after.with_alert == before.figures.with_alert - 1
    assert after.by_alert["inactif"] == before.figures.by_alert["inactif"] - 1
    assert (after.people, after.by_stage) == (before.figures.people, before.figures.by_stage)
    crowd.session.get_one(Progress, person_id).archived_at = NOW
    crowd.session.flush()
    gone = cohort_page(crowd.session, **of).figures
    assert (gone.people, gone.archived) == (after.people - 1, after.archived + 1)
    assert gone.by_alert == after.by_alert


def test_those_who_never_came_stand_apart_both_ways(crowd: Place) -> None:
    for sort in SORTS:
        after = [row.activated for number in (1, 2) for row in read(crowd, sort=sort, page=number).rows]
        before = [
            row.activated for number in (1, 2) for row in read(crowd, sort=sort, page=number, never_first=True).rows
        ]
        assert after == sorted(after, reverse=True)
        assert before == sorted(before)


@pytest.mark.parametrize("words", ["zoe ba", "BÂ zoé", "ba", "  Zoë ", "z b"])
def test_a_search_forgives_accents_case_and_order(here: Place, words: str) -> None:
    wanted = here.young("Zoé", "Bâ")
    here.young("Marc", "Petit")
    assert [row.id for row in read(here, filters=CohortFilters(search=words)).rows] == [wanted.id]


@for_each("words", ["%", "_", "\\", "' OR 1=1 --", "🙂", "x" * 5000])
def test_a_search_of_anything_finds_nobody_and_breaks_nothing(here: Place, words: str) -> None:
    here.young("Zoé", "Bâ")
    assert read(here, filters=CohortFilters(search=words)).found == 0


@for_each("asked", [{"alert": "%"}, {"stage": "x"}, {"cv_state": "x"}, {"activity": "x"}, {"list_id": "x"}])
def test_an_unknown_filter_finds_nobody(here: Place, asked: dict[str, str]) -> None:
    here.young()
    assert read(here, filters=CohortFilters(**asked)).found == 0  # type: ignore[arg-type]


def test_a_row_says_where_somebody_is(here: Place) -> None:
    young = here.young("Lina", "Morel")
    here.cv(young, make.half)
    choices.keep_favourite(here.session, by=young, key="serveur", operation="k")
    here.dated(young, TODAY)
    (row,) = read(here).rows
    assert (row.stage, row.cv_state, row.missing) == ("cv", "commence", ("etudes", "presentation"))
    assert (row.jobs_count, row.practice_count, row.applications_count) == (1, None, None)
    assert (row.last_activity_on, row.adviser_name) == (TODAY, "Claire M.")


def test_a_row_says_that_a_message_waits_until_it_is_read(here: Place) -> None:
    zoe = here.newcomer("Zoé", "Bâ", came_on=TODAY, enrolled=30)
    assert read(here).rows[0].message_waits_since is None
    here.session.add(ThreadMessage(account_id=zoe.id, by_id=here.claire.id, text="Bonjour", at=NOW))
    here.session.add(ThreadMessage(account_id=zoe.id, by_id=zoe.id, text="Oui", at=NOW + timedelta(days=2)))
    here.session.flush()
    assert read(here).rows[0].message_waits_since == TODAY
    threads.mark_read_by_young(here.session, by=zoe, now=NOW)
    assert read(here).rows[0].message_waits_since is None


def test_a_list_of_somebody_else_opens_nothing(crowd: Place) -> None:
    other = lists.make_list(crowd.session, by=crowd.karim, name="La sienne")
    assert read(crowd, filters=only_filter(list_id=other)).found == 0
    assert read(crowd).lists == ()


def test_the_head_sees_the_whole_structure_and_no_other(crowd: Place, session: Session) -> None:
    elsewhere = place(session, "Ailleurs")
    elsewhere.young("Léa", "Là")
    for who in (crowd.head, elsewhere.head):
        refreshing.bring_up_to_date(session, of=who, now=NOW)
    assert cohort_page(session, adviser=crowd.head, today=TODAY).found == 61
    assert cohort_page(session, adviser=elsewhere.head, today=TODAY).found == 1


@pytest.mark.parametrize("role", [Role.YOUNG, Role.GUEST, Role.TRAINER, Role.ADMIN])
def test_others_have_no_cohort(session: Session, here: Place, role: Role) -> None:
    with pytest.raises(permissions.FollowsNobody):
        cohort_page(session, adviser=person(session, role, organisation_id=here.organisation_id), today=TODAY)


def test_an_adviser_without_a_structure_has_no_cohort(session: Session) -> None:
    with pytest.raises(permissions.FollowsNobody):
        cohort_page(session, adviser=person(session, Role.ADVISER), today=TODAY)


def test_who_was_handed_over_in_a_hurry_is_seen_by_nobody_wrongly(here: Place) -> None:
    """The account alone is believed: a copy that lags behind shows nobody to somebody who no longer follows them."""
    young = here.young()
    read(here)
    young.adviser_id = here.karim.id
    here.session.flush()
    assert cohort_page(here.session, adviser=here.claire, today=TODAY).rows == ()
    refreshing.bring_up_to_date(here.session, of=here.karim, now=NOW)
    assert [row.id for row in cohort_page(here.session, adviser=here.karim, today=TODAY).rows] == [young.id]


def test_a_list_gives_those_whom_one_still_follows(here: Place) -> None:
    hers, gone, given, lent = (here.young(name) for name in ("Zoé", "Léa", "Ali", "Inès"))
    lent.adviser_id = here.karim.id
    here.session.add(Handover(account_id=lent.id, by_id=here.karim.id, to_id=here.claire.id, until=TODAY))
    here.session.flush()
    made = lists.make_list(here.session, by=here.claire, name="Groupe")
    people = [one.id for one in (hers, gone, given, lent)]
    lists.add_to_list(here.session, by=here.claire, list_id=made, account_ids=people, today=TODAY)
    gone.archived_at, given.adviser_id = NOW, here.karim.id
    here.session.flush()
    asked = {"of": here.claire, "list_id": made}
    assert set(lists.list_members(here.session, today=TODAY, **asked)) == {hers.id, lent.id}
    assert lists.list_members(here.session, today=TODAY + timedelta(days=1), **asked) == (hers.id,)
