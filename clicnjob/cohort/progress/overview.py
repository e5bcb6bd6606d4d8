"""« Mes jeunes »: one page of a cohort, its figures and its lists, in three queries for any number of people."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, and_, case, false, func, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from clicnjob import policy, text
from clicnjob.cohort import definitions, permissions
from clicnjob.cohort.progress import alerts, counts
from clicnjob.cohort.progress.alerts import Alert
from clicnjob.cohort.progress.counts import CohortCounts
from clicnjob.cohort.progress.stages import STAGES
from clicnjob.french import days
from clicnjob.models import Account, Actor, AlertView, Enrolment, Membership, PeopleList, Progress, ThreadMessage

ANY_ALERT = "toutes"
NO_ADVISER = "personne"
SORTS: dict[str, str] = {
    "urgence": "Le plus urgent d’abord",
    "nom": "Par nom",
    "activite": "Sans nouvelles d’abord",
    "etape": "Par étape",
}
_LETTERS = 60  # a search is a name, not a text


@dataclass(frozen=True, slots=True)
class CohortFilters:
    """The filters of the cohort; '' filters nothing. `alert` is the key of a rule or ANY_ALERT.

    `adviser_id` is that of a colleague, or NO_ADVISER: what a head sees of one portfolio.
    """

    alert: str = ""
    stage: str = ""
    cv_state: str = ""
    activity: str = ""
    list_id: str = ""
    search: str = ""
    archived: bool = False
    adviser_id: str = ""


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One young person as a row. `practice_count` and `applications_count` are None when they are not shared.

    `phone` is in E.164 and `birth_month` is "YYYY-MM"; either is '' when the structure did not give it.
    `message_waits_since` is the day of the latest message to them that they have not read.
    """

    id: str
    first_name: str
    last_name: str
    activated: bool
    stage: str
    cv_state: str
    missing: tuple[str, ...]
    jobs_count: int
    practice_count: int | None
    applications_count: int | None
    last_activity_on: date | None
    enrolled_on: date
    alerts: tuple[Alert, ...]
    adviser_id: str | None
    adviser_name: str
    lent_until: date | None
    archived: bool
    phone: str
    birth_month: str
    message_waits_since: date | None


@dataclass(frozen=True, slots=True)
class ListCard:
    """One list, and how many of the people whom the actor may see are in it."""

    id: str
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class CohortPage:
    """One page of rows. `found` counts all the people who match the filters; `page` of `pages` starts at 1."""

    rows: tuple[CohortRow, ...]
    found: int
    page: int
    pages: int
    figures: CohortCounts
    lists: tuple[ListCard, ...]


def cohort_page(
    session: Session,
    *,
    adviser: Actor,
    today: date,
    filters: CohortFilters | None = None,
    sort: str = "urgence",
    never_first: bool = False,
    page: int = 1,
) -> CohortPage:
    """Return one page of the adviser's cohort. Three queries. Raises follow.FollowsNobody.

    People who never came are grouped after the others in every order, or before them with `never_first`. An unknown
    filter value or somebody else's list matches nobody; a page out of range gives the nearest one.
    """
    asked = filters or CohortFilters()
    scope = permissions.visible_progress(adviser, today=today)
    kept = _filter_condition(asked, adviser, today=today)
    counted, found = counts.cohort_counts(session, adviser, scope, kept, today=today)
    pages = max(1, -(-found // policy.PEOPLE_A_PAGE))
    shown = min(max(page, 1), pages)
    order = _sort_order(sort, never_first=never_first)
    some = select(Progress.account_id).select_from(counts.own_view(adviser)).where(scope, kept).order_by(*order)
    some = some.limit(policy.PEOPLE_A_PAGE).offset((shown - 1) * policy.PEOPLE_A_PAGE)
    rows = tuple(_cohort_row(row, today=today) for row in session.execute(_page_rows(some, adviser).order_by(*order)))
    return CohortPage(rows, found, shown, pages, counted, _list_cards(session, adviser, scope))


def found_people(
    session: Session, *, adviser: Actor, today: date, filters: CohortFilters, most: int
) -> tuple[str, ...]:
    """Return the ids of all whom the filters find, not only those of one page, at most `most`. One query.

    Raises FollowsNobody.
    """
    scope = permissions.visible_progress(adviser, today=today)
    found = select(Progress.account_id).select_from(counts.own_view(adviser))
    found = found.where(scope, _filter_condition(filters, adviser, today=today))
    return tuple(session.exec(found.order_by(col(Progress.name_key), col(Progress.account_id)).limit(most)))


def only_filter(**asked: Any) -> CohortFilters:
    """Return the filters that a figure opens: this one alone, dropping earlier filters."""
    return replace(CohortFilters(), **asked)


def _filter_condition(asked: CohortFilters, actor: Actor, *, today: date) -> ColumnElement[bool]:
    """Build the condition of the filters."""
    conditions = [_archived_condition(asked.archived)]
    if asked.alert:
        conditions.append(_alert_condition(asked.alert))
    if asked.stage:
        conditions.append(col(Progress.stage) == asked.stage)
    if asked.cv_state:
        conditions.append(col(Progress.cv_state) == asked.cv_state)
    if asked.activity:
        conditions.append(definitions.activity_bucket(today) == asked.activity)
    if asked.list_id:
        conditions.append(_in_list(asked.list_id, actor))
    if asked.adviser_id == NO_ADVISER:
        conditions.append(col(Progress.adviser_id).is_(None))
    elif asked.adviser_id:
        conditions.append(col(Progress.adviser_id) == asked.adviser_id)
    conditions.append(_search_condition(asked.search[:_LETTERS]))
    return and_(*conditions)


def _search_condition(typed: str) -> ColumnElement[bool]:
    """Select by parts of a name in any order, or by digits of the telephone number."""
    digits = re.sub(r"[\s.\-/()]", "", text.usual_digits(typed))
    if re.fullmatch(r"\+?\d{3,15}", digits):
        inside = digits.removeprefix("+33").removeprefix("0033").removeprefix("0")
        called = select(Enrolment.account_id).where(col(Enrolment.phone).contains(inside, autoescape=True))
        return col(Progress.account_id).in_(called)
    words = text.fold_text(typed).split()
    return and_(true(), *(col(Progress.name_key).contains(word, autoescape=True) for word in words))


def _archived_condition(wanted: bool) -> ColumnElement[bool]:
    return col(Progress.archived_at).is_not(None) if wanted else col(Progress.archived_at).is_(None)


def _alert_condition(key: str) -> ColumnElement[bool]:
    if key == ANY_ALERT:
        return counts.shown_alerts() != ""
    return counts.shown_alerts().contains(f"|{key}|", autoescape=True)


def _in_list(list_id: str, actor: Actor) -> ColumnElement[bool]:
    """Select the people of one of the actor's lists; nobody for a list that is not theirs."""
    members = select(Membership.account_id).join(PeopleList, col(PeopleList.id) == col(Membership.list_id))
    return col(Progress.account_id).in_(members.where(PeopleList.id == list_id, owned_lists(actor)))


def owned_lists(actor: Actor) -> ColumnElement[bool]:
    """Select the lists that an actor may use: their own, in their present structure, while they follow people."""
    if not permissions.may_follow(actor):
        return false()
    return and_(col(PeopleList.owner_id) == actor.id, col(PeopleList.organisation_id) == actor.organisation_id)


_ADVISER = aliased(Account)


def _page_rows(some: Any, actor: Actor) -> Any:
    """Select a page's rows with names; `some` filters and sorts on `Progress` alone, so only one page is joined.

    The columns come as they are: to make objects of them takes as long as to find the page.
    """
    found = some.subquery()
    columns: Any = (
        *sqlalchemy.inspect(Progress).columns,
        Account.first_name,
        Account.last_name,
        col(_ADVISER.first_name).label("adviser_first_name"),
        col(_ADVISER.last_name).label("adviser_last_name"),
        Enrolment.phone,
        Enrolment.birth_month,
        counts.shown_alerts().label("shown_alerts"),
        _unread_message_at().label("unread_at"),
    )
    mine = and_(col(AlertView.account_id) == found.c.account_id, col(AlertView.by_id) == actor.id)
    return (
        sqlalchemy.select(*columns)
        .select_from(found)
        .join(Progress, col(Progress.account_id) == found.c.account_id)
        .join(Account, permissions.still_true())
        .outerjoin(AlertView, mine)
        .outerjoin(Enrolment, col(Enrolment.account_id) == found.c.account_id)
        .outerjoin(_ADVISER, col(_ADVISER.id) == col(Account.adviser_id))
        .where(permissions.in_place(col(Account.organisation_id), actor))
    )


def _unread_message_at() -> Any:
    """Select when the latest message to a person was written that they have not read."""
    to_read = and_(
        col(ThreadMessage.account_id) == col(Progress.account_id),
        col(ThreadMessage.by_id) != col(ThreadMessage.account_id),
        col(ThreadMessage.read_at).is_(None),
        col(ThreadMessage.removed_at).is_(None),
    )
    return select(func.max(ThreadMessage.at)).where(to_read).correlate(Progress).scalar_subquery()


def _sort_order(sort: str, *, never_first: bool) -> tuple[Any, ...]:
    never = case((col(Progress.activated_at).is_(None), 0 if never_first else 1), else_=1 if never_first else 0)
    stage = case({key: place for place, key in enumerate(STAGES)}, value=col(Progress.stage), else_=0)
    by: dict[str, tuple[Any, ...]] = {
        "nom": (),
        "activite": (col(Progress.last_activity_at).is_(None).desc(), col(Progress.last_activity_at)),
        "etape": (stage,),
        "urgence": (
            counts.shown_urgency().desc(),
            col(Progress.last_activity_at).is_(None),
            col(Progress.last_activity_at),
        ),
    }
    return (never, *by.get(sort, by["urgence"]), col(Progress.name_key), col(Progress.account_id))


def _cohort_row(row: Any, *, today: date) -> CohortRow:
    return CohortRow(
        id=row.account_id,
        first_name=row.first_name,
        last_name=row.last_name,
        activated=row.activated_at is not None,
        stage=row.stage,
        cv_state=row.cv_state,
        missing=tuple(row.missing.split()),
        jobs_count=row.jobs_count,
        practice_count=row.practice_count,
        applications_count=row.applications_count,
        last_activity_on=days.local_day(row.last_activity_at),
        enrolled_on=row.enrolled_on,
        alerts=alerts.kept_alerts(row, keys=row.shown_alerts, today=today),
        adviser_id=row.adviser_id,
        adviser_name=text.short_name(row.adviser_first_name, row.adviser_last_name) if row.adviser_first_name else "",
        lent_until=row.lent_until if row.lent_until and row.lent_until >= today else None,
        archived=row.archived_at is not None,
        phone=row.phone or "",
        birth_month=row.birth_month or "",
        message_waits_since=days.local_day(row.unread_at),
    )


def _list_cards(session: Session, actor: Actor, scope: ColumnElement[bool]) -> tuple[ListCard, ...]:
    columns: Any = (PeopleList.id, PeopleList.name, func.count(col(Progress.account_id)))
    in_sight = and_(col(Progress.account_id) == col(Membership.account_id), scope, _archived_condition(False))
    query = (
        sqlalchemy.select(*columns)
        .select_from(PeopleList)
        .outerjoin(Membership, col(Membership.list_id) == col(PeopleList.id))
        .outerjoin(Progress, in_sight)
        .where(owned_lists(actor))
        .group_by(PeopleList.id, PeopleList.name)  # type: ignore[arg-type]
        .order_by(PeopleList.name, PeopleList.id)  # type: ignore[arg-type]
    )
    return tuple(ListCard(*row) for row in session.execute(query))
