"""Draws pairs and trios: nobody alone, nobody with whom they should not be, and rarely the same people twice."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from itertools import combinations
from random import Random

from sqlalchemy import update
from sqlmodel import Session, col, select

from clicnjob import workshop_policy
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Actor, ParticipantState, Workshop, WorkshopParticipant
from clicnjob.workshops import events, permissions

PAIR, TRIO = SIZES = (2, 3)
Pairs = frozenset[frozenset[str]]
_TRIES = 400  # draws among which the best is taken; ten people with five pairs apart need a dozen


class TooFewPeople(Refusal):
    """There is nobody to put together."""

    sentence = "Il faut au moins deux personnes dans la séance pour tirer des groupes."


class NoSuchDraw(Refusal):
    """Every draw puts together two people who must be apart."""

    sentence = "Aucun tirage ne sépare tout le monde. Enlevez une séparation, ou changez la taille des groupes."


class TooManyApart(Refusal):
    """So many pairs are apart that no draw would be left."""

    sentence = "Il y a déjà beaucoup de séparations. Enlevez-en une d’abord."


def group_sizes(count: int, *, size: int) -> tuple[int, ...]:
    """Return the sizes of the groups for `count` people. Nobody is left alone.

    One too many for pairs makes a trio. One or two too many for trios become a second observer in one or two groups,
    as trainers do in an interview by three; five people are a trio and a pair.
    """
    whole, over = divmod(count, size)
    if count <= size:
        return (count,)
    if whole < over:
        return (*[size] * whole, over)
    return (*[size] * (whole - over), *[size + 1] * over)


def drawn_groups(
    people: Sequence[str], *, size: int, apart: Pairs, before: Pairs, chance: Random
) -> tuple[tuple[str, ...], ...]:
    """Draw groups of `size` people. `before` are the pairs of the last draw, repeated only when there is no other way.

    Raises TooFewPeople, NoSuchDraw.
    """
    if len(people) < PAIR:
        raise TooFewPeople
    best: tuple[tuple[str, ...], ...] = ()
    fewest = len(before) + 1
    for _ in range(_TRIES):
        groups = _shuffled_groups(people, size, chance)
        together = {frozenset(pair) for group in groups for pair in combinations(group, 2)}
        again = len(together & before)
        if together & apart or again >= fewest:
            continue
        best, fewest = groups, again
        if not again:
            break
    if not best:
        raise NoSuchDraw
    return best


def draw_people(session: Session, *, by: Actor, workshop_id: str, size: int, now: datetime) -> None:
    """Draw groups among the people of the session, and tell each on their own screen with whom they work.

    Raises NotFound, TooFewPeople, NoSuchDraw.
    """
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    if size not in SIZES:
        raise NotFound
    rows = {row.id: row for row in _people_here(session, workshop)}
    groups = drawn_groups(
        tuple(rows),
        size=size,
        apart=frozenset(frozenset(pair) for pair in workshop.keep_apart),
        before=_pairs_together(list(rows.values())),
        chance=secrets.SystemRandom(),
    )
    _forget_groups(session, workshop)
    for number, group in enumerate(groups, start=1):
        numbered = update(WorkshopParticipant).where(col(WorkshopParticipant.id).in_(group))
        session.exec(numbered.values(group_number=number))
    events.change_screens(session, workshop_id=workshop.id)


def forget_draw(session: Session, *, by: Actor, workshop_id: str, now: datetime) -> None:
    """Take the groups off every screen. Raises NotFound."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    _forget_groups(session, workshop)
    events.change_screens(session, workshop_id=workshop.id)


def keep_apart(
    session: Session, *, by: Actor, workshop_id: str, participant_ids: tuple[str, str], apart: bool, now: datetime
) -> None:
    """Keep two people apart in the next draws, or no longer. Nobody else is told. Raises NotFound, TooManyApart."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    first, second = (
        permissions.participant_in(session, workshop=workshop, participant_id=one).id for one in participant_ids
    )
    if first == second:
        raise NotFound
    pair = sorted((first, second))
    others = [one for one in workshop.keep_apart if one != pair]
    if apart and len(others) >= workshop_policy.KEPT_APART_AT_MOST:
        raise TooManyApart
    workshop.keep_apart = [*others, pair] if apart else others
    session.add(workshop)
    session.flush()
    events.change_board(session, workshop_id=workshop.id)


def group_at(session: Session, *, workshop_id: str, group_number: int, participant_id: str) -> tuple[str, ...]:
    """Return with whom an admitted person was drawn, by first name; () without a draw. One query at most."""
    if not group_number:
        return ()
    query = select(WorkshopParticipant.first_name).where(
        WorkshopParticipant.workshop_id == workshop_id,
        WorkshopParticipant.state == ParticipantState.ADMITTED,
        col(WorkshopParticipant.left_at).is_(None),
        WorkshopParticipant.group_number == group_number,
        WorkshopParticipant.id != participant_id,
    )
    return tuple(session.exec(query.order_by(WorkshopParticipant.first_name, WorkshopParticipant.id)))


def _shuffled_groups(people: Sequence[str], size: int, chance: Random) -> tuple[tuple[str, ...], ...]:
    left = list(people)
    chance.shuffle(left)
    groups: list[tuple[str, ...]] = []
    for count in group_sizes(len(left), size=size):
        groups.append(tuple(left[:count]))
        left = left[count:]
    return tuple(groups)


def _people_here(session: Session, workshop: Workshop) -> Sequence[WorkshopParticipant]:
    query = select(WorkshopParticipant).where(
        WorkshopParticipant.workshop_id == workshop.id,
        WorkshopParticipant.state == ParticipantState.ADMITTED,
        col(WorkshopParticipant.left_at).is_(None),
    )
    return session.exec(query.order_by(WorkshopParticipant.id)).all()


def _pairs_together(rows: Sequence[WorkshopParticipant]) -> Pairs:
    drawn = [row for row in rows if row.group_number]
    return frozenset(
        frozenset((first.id, second.id))
        for first, second in combinations(drawn, 2)
        if first.group_number == second.group_number
    )


def _forget_groups(session: Session, workshop: Workshop) -> None:
    session.flush()
    rows = update(WorkshopParticipant).where(col(WorkshopParticipant.workshop_id) == workshop.id)
    session.exec(rows.values(group_number=0))
