"""The figures of a period: of everybody whom the actor may see, of one list or one adviser, by week, list and adviser.

What each figure means is said in `cohort.definitions`, which counts them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.cohort import definitions, permissions, vocabulary
from clicnjob.cohort.definitions import FigurePeriod, PeriodCounts, PersonFacts
from clicnjob.cohort.progress.overview import owned_lists
from clicnjob.cohort.progress.stages import STAGES
from clicnjob.cohort.reports.facts import facts_of_people
from clicnjob.errors import Refusal
from clicnjob.models import Account, Actor, Membership, PeopleList

NOBODY = "Sans conseiller"
_REACHED = tuple(key for key in STAGES if key != "jamais_venu")


class WrongPeriod(Refusal):
    """The end is before the start, or the period is longer than a year."""

    sentence = "La fin doit venir après le début, et la période durer un an au plus."


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a period. `funnel` counts who has reached at least each stage today, since stages have no dates.

    `exits` are by reason. `lists` are the actor's own, `advisers` those of the people, each with its name; a person can be
    in several lists, but has one adviser. `days_to_first_cv` is None for too few to say.
    """

    period: FigurePeriod
    counts: PeriodCounts
    came: int
    funnel: tuple[tuple[str, int], ...]
    exits: tuple[tuple[str, int], ...]
    weeks: tuple[tuple[FigurePeriod, PeriodCounts], ...]
    lists: tuple[tuple[str, PeriodCounts], ...]
    advisers: tuple[tuple[str, PeriodCounts], ...]
    days_to_first_cv: int | None


def cohort_figures(
    session: Session, *, of: Actor, start: date, end: date, today: date, list_id: str = "", adviser_id: str = ""
) -> Figures:
    """Return the figures of the people whom the actor may see, both days included. Seven queries.

    People whose support ended in the period are included. Raises FollowsNobody, WrongPeriod.
    """
    period, facts = period_facts(
        session, of=of, start=start, end=end, today=today, list_id=list_id, adviser_id=adviser_id
    )
    weeks = tuple(period.each_week())
    return Figures(
        period=period,
        counts=definitions.count_facts(facts, period),
        came=sum(one.came for one in facts),
        funnel=_stage_funnel([one.stage for one in facts]),
        exits=_named_exits(facts, period),
        weeks=tuple(zip(weeks, definitions.count_parts(facts, weeks), strict=True)),
        lists=_by_list(session, of, facts, period),
        advisers=_by_adviser(session, of, facts, period),
        days_to_first_cv=definitions.days_to_first_cv(facts, period),
    )


def period_facts(
    session: Session, *, of: Actor, start: date, end: date, today: date, list_id: str = "", adviser_id: str = ""
) -> tuple[FigurePeriod, tuple[PersonFacts, ...]]:
    """Return the period and the facts of who was followed in it. Five queries. Raises FollowsNobody, WrongPeriod."""
    if not start <= end <= start + timedelta(days=policy.FIGURES_DAYS):
        raise WrongPeriod
    period = FigurePeriod(start, end)
    found = facts_of_people(session, of=of, period=period, today=today, list_id=list_id, adviser_id=adviser_id)
    return period, tuple(one for one in found if one.was_followed(period))


def lists_by_name(session: Session, *, of: Actor) -> tuple[tuple[str, str], ...]:
    """Return the actor's lists as (id, name), by name. One query."""
    query = select(PeopleList).where(owned_lists(of)).order_by(PeopleList.name, PeopleList.id)
    return tuple((kept.id, kept.name) for kept in session.exec(query))


def _stage_funnel(stages: Sequence[str]) -> tuple[tuple[str, int], ...]:
    places = [_REACHED.index(stage) for stage in stages if stage in _REACHED]
    return tuple((STAGES[key], sum(place >= at for place in places)) for at, key in enumerate(_REACHED))


def _named_exits(facts: Iterable[PersonFacts], period: FigurePeriod) -> tuple[tuple[str, int], ...]:
    known = vocabulary.closure_reasons()
    found = definitions.exits_by_reason(facts, period)
    return tuple((known[key].libelle if key in known else "Autre", count) for key, count in found.items())


def _by_list(
    session: Session, of: Actor, facts: Sequence[PersonFacts], period: FigurePeriod
) -> tuple[tuple[str, PeriodCounts], ...]:
    query = (
        select(PeopleList.id, PeopleList.name, Membership.account_id)
        .outerjoin(Membership, col(Membership.list_id) == col(PeopleList.id))
        .where(owned_lists(of))
        .order_by(PeopleList.name, PeopleList.id)
    )
    members: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    for list_id, name, account_id in session.exec(query):
        members[(name, list_id)].add(account_id)
    return tuple(
        (name, definitions.count_facts((one for one in facts if one.id in kept), period))
        for (name, _), kept in members.items()
    )


def _by_adviser(
    session: Session, of: Actor, facts: Sequence[PersonFacts], period: FigurePeriod
) -> tuple[tuple[str, PeriodCounts], ...]:
    """Return the figures of each adviser, by name, for a head; an adviser has only their own."""
    if not permissions.may_see_all(of):
        return ()
    whose: dict[str | None, list[PersonFacts]] = defaultdict(list)
    for one in facts:
        whose[one.adviser_id].append(one)
    query = select(Account.id, Account.first_name, Account.last_name).where(
        col(Account.organisation_id) == of.organisation_id, col(Account.id).in_([key for key in whose if key])
    )
    named = session.exec(query.order_by(Account.last_name, Account.first_name, Account.id)).all()
    found = [(f"{first} {last}", definitions.count_facts(whose.pop(key), period)) for key, first, last in named]
    rest = [one for some in whose.values() for one in some]
    return (*found, *(((NOBODY, definitions.count_facts(rest, period)),) if rest else ()))
