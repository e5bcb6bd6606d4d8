"""The lines for i-milo of everybody whom a professional follows, over whole weeks, and which of them are typed already.

i-milo stays the system of record: ticking a line here says who typed it there and when, and sends nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import or_, true
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.cohort import permissions
from clicnjob.cohort.progress import activity
from clicnjob.cohort.reports import imilo
from clicnjob.cohort.reports.imilo import ImiloLine
from clicnjob.cohort.support.attended import workshops_by_person
from clicnjob.cohort.support.comments import SOMEBODY
from clicnjob.cohort.support.support_actions import support_actions
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Account, Actor, ImiloEntry, Progress, Sharing
from clicnjob.privacy import sharing, views
from clicnjob.privacy.sharing import NOTHING, SharedChoices

_WEEK = timedelta(days=7)
_ID = re.compile(r"[\w-]{1,32}", re.ASCII)


class WrongWeeks(Refusal):
    """The end is before the start, the start is to come, or the weeks are too many."""

    sentence = "Choisissez un début avant la fin, et treize semaines au plus."


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One line of somebody. `entered` are the minutes already typed into i-milo, None if the line never was."""

    line: ImiloLine
    entered: int | None
    entered_by: str
    entered_at: datetime | None

    @property
    def is_left(self) -> bool:
        """Whether the line is still to type, wholly or for what was added since."""
        return self.entered is None or self.entered < self.line.minutes

    @property
    def left_minutes(self) -> int:
        """The minutes still to type."""
        return max(0, self.line.minutes - (self.entered or 0))

    @property
    def to_copy(self) -> ImiloLine:
        """The line with the minutes that are left, as it is copied."""
        return replace(self.line, minutes=self.left_minutes) if self.is_left else self.line


@dataclass(frozen=True, slots=True)
class WeekPerson:
    """A young person with their lines, earliest first."""

    id: str
    first_name: str
    last_name: str
    lines: tuple[WeekLine, ...]


@dataclass(frozen=True, slots=True)
class ImiloWeek:
    """The lines of whole weeks, by name. `more` counts the people beyond those shown."""

    start: date
    end: date
    people: tuple[WeekPerson, ...]
    more: int

    @property
    def lines(self) -> tuple[WeekLine, ...]:
        """All lines."""
        return tuple(line for person in self.people for line in person.lines)


@dataclass(frozen=True, slots=True)
class LineToEnter:
    """A line as the screen showed it when somebody ticked it."""

    account_id: str
    key: str
    minutes: int


def whole_weeks(start: date, end: date, *, today: date) -> tuple[date, date]:
    """Return the Monday and the Sunday around a period, so that no line is cut in two. Raises WrongWeeks."""
    first = start - timedelta(days=start.weekday())
    last = end + timedelta(days=6 - end.weekday())
    if not start <= end or start > today or last - first > _WEEK * policy.IMILO_WEEKS:
        raise WrongWeeks
    return first, last


def week_lines(
    session: Session, *, of: Actor, start: date, end: date, today: date, now: datetime, adviser_id: str = ""
) -> ImiloWeek:
    """Return the lines of the people whom the actor may see, and log who was looked at. Seven queries.

    With `adviser_id` only that adviser's people, for a head. Raises FollowsNobody, WrongWeeks.
    """
    first, last = whole_weeks(start, end, today=today)
    people = session.execute(_people_query(of, first, today=today, adviser_id=adviser_id)).all()
    shared = {row[0]: sharing.choices_of_row(row[3]) if row[3] else NOTHING for row in people}
    lines = _lines_by_person(session, shared, first, last)
    found = [row for row in people if lines.get(row[0])]
    shown = found[: policy.IMILO_PEOPLE]
    entries = _entries_in_force(session, [row[0] for row in shown])
    views.note_views(session, by=of, whom_ids=[row[0] for row in shown], what="progress", now=now)
    return ImiloWeek(
        first,
        last,
        tuple(
            WeekPerson(
                row[0],
                row[1],
                row[2],
                tuple(_week_line(one, entries.get((row[0], one.key), ())) for one in lines[row[0]]),
            )
            for row in shown
        ),
        len(found) - len(shown),
    )


def mark_entered(session: Session, *, by: Actor, chosen: Sequence[LineToEnter], today: date, now: datetime) -> int:
    """Note that the actor typed these lines into i-milo; returns how many were not noted before.

    Raises NotFound when the actor may not read one of the files, or for a line that no screen shows.
    """
    chosen = chosen[: policy.IMILO_ENTRIES_AT_ONCE]
    allowed = _readable_people(session, by, {one.account_id for one in chosen}, today=today)
    entries = _entries_in_force(session, sorted(allowed))
    made = 0
    for one in {(one.account_id, one.key): one for one in chosen}.values():
        if one.account_id not in allowed or not _is_line_key(one.key) or not 0 <= one.minutes <= policy.IMILO_MINUTES:
            raise NotFound
        before = entries.get((one.account_id, one.key), ())
        typed = sum(entry.minutes for entry, _ in before)
        if before and typed >= one.minutes:
            continue  # a colleague was faster
        rest = one.minutes - typed
        session.add(ImiloEntry(account_id=one.account_id, line=one.key, minutes=rest, by_id=by.id, at=now))
        made += 1
    session.flush()
    return made


def undo_entered(session: Session, *, by: Actor, account_id: str, key: str, today: date, now: datetime) -> None:
    """Take back that a line was typed, for whoever may read the file. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    found = [entry for entry, _ in _entries_in_force(session, [account_id]).get((account_id, key), ())]
    if not found:
        raise NotFound
    for entry in found:
        entry.undone_at = now
    session.flush()


def undo_entered_at(session: Session, *, by: Actor, at: datetime, now: datetime) -> int:
    """Take back all that the actor ticked at one moment (« Tout noter »); returns how many lines. Raises FollowsNobody."""
    if not permissions.may_follow(by):
        raise permissions.FollowsNobody
    query = select(ImiloEntry).where(
        ImiloEntry.by_id == by.id, ImiloEntry.at == at, col(ImiloEntry.undone_at).is_(None)
    )
    found = session.exec(query).all()
    for entry in found:
        entry.undone_at = now
    session.flush()
    return len(found)


def _people_query(of: Actor, first: date, *, today: date, adviser_id: str) -> Any:
    since = datetime.combine(first, time.min).astimezone()
    return (
        columns(*map(col, (Account.id, Account.first_name, Account.last_name)), Sharing)
        .join(Progress, permissions.still_true())
        .outerjoin(Sharing, col(Sharing.account_id) == col(Account.id))
        .where(
            permissions.visible_progress(of, today=today),
            or_(col(Progress.archived_at).is_(None), col(Progress.archived_at) >= since),
            col(Progress.adviser_id) == adviser_id if adviser_id else true(),
        )
        .order_by(col(Progress.name_key), col(Account.id))
        .limit(policy.IMILO_READ)
    )


def _lines_by_person(
    session: Session, shared: Mapping[str, SharedChoices], first: date, last: date
) -> dict[str, tuple[ImiloLine, ...]]:
    ids = list(shared)
    done = activity.of_people(session, shared=shared, since=first, until=last)
    attended = workshops_by_person(session, account_ids=ids, since=first, until=last)
    actions = support_actions(session, account_ids=ids, since=first, until=last)
    return {
        one: imilo.person_lines(done.get(one, ()), attended.get(one, ()), actions.get(one, ()), start=first, end=last)
        for one in ids
        if one in done or one in attended or one in actions
    }


def _entries_in_force(session: Session, ids: Sequence[str]) -> dict[tuple[str, str], list[tuple[ImiloEntry, str]]]:
    """Return the entries in force by person and line, oldest first, each with who made it. One query."""
    query = (
        select(ImiloEntry, Account.first_name)
        .outerjoin(Account, col(Account.id) == col(ImiloEntry.by_id))
        .where(col(ImiloEntry.account_id).in_(ids), col(ImiloEntry.undone_at).is_(None))
        .order_by(col(ImiloEntry.at), ImiloEntry.id)
    )
    found: dict[tuple[str, str], list[tuple[ImiloEntry, str]]] = defaultdict(list)
    for entry, name in session.exec(query):
        found[(entry.account_id, entry.line)].append((entry, name or SOMEBODY))
    return found


def _week_line(line: ImiloLine, entries: Sequence[tuple[ImiloEntry, str]]) -> WeekLine:
    if not entries:
        return WeekLine(line, None, "", None)
    latest, name = entries[-1]
    return WeekLine(line, sum(entry.minutes for entry, _ in entries), name, latest.at)


def _readable_people(session: Session, by: Actor, ids: Iterable[str], *, today: date) -> set[str]:
    query = select(Account.id).where(col(Account.id).in_(sorted(ids)), permissions.may_be_read(by, today=today))
    return set(session.exec(query))


def _is_line_key(key: str) -> bool:
    """Whether a text is a key of a line: of a week and a category, of a session or of one action."""
    head, _, tail = key.partition(":")
    if head in ("seance", "action"):
        return bool(_ID.fullmatch(tail))
    try:
        return date.fromisoformat(head).weekday() == 0 and tail in imilo.work_categories()
    except ValueError:
        return False
