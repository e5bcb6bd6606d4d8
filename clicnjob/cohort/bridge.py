"""The bridge to i-milo: what a young person did, as lines that an adviser copies, each to be checked with them.

A week of work makes a line a category; a group session makes a line of its own.

i-milo stays the record: nothing is sent, and no hours are claimed. The rule is content (data/pont/imilo.yaml).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from pydantic import Field
from sqlmodel import Session

from clicnjob import content
from clicnjob.cohort import activity, attendance, follow, vocabulary
from clicnjob.cohort.activity import Day
from clicnjob.cohort.attendance import Attended
from clicnjob.content import Words
from clicnjob.cv.dates import MONTHS
from clicnjob.models import Actor
from clicnjob.paths import DATA
from clicnjob.privacy import sharing
from clicnjob.text import graphemes

RULE = DATA / "pont" / "imilo.yaml"


class RuleActivity(Words):
    """One kind of activity: the category of i-milo that it goes to, and how it is said there."""

    cle: str
    categorie: str
    fait: str = Field(max_length=80)


class Rule(Words):
    """The rule as written: `arrondi` in minutes, `longueur` in characters (source: i-milo's comment field).

    `seances` are by kind of group session (data/conseiller/seances.yaml).
    """

    mention: str
    regle: str
    arrondi: int = Field(ge=1, le=60)
    longueur: int = Field(ge=100, le=255)
    activites: tuple[RuleActivity, ...]
    seances: tuple[RuleActivity, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line to copy: the week it is about, the category, minutes rounded down, a comment short enough.

    `on` is the day of a group session, None for a week of work.
    """

    monday: date
    category: str
    minutes: int
    comment: str
    on: date | None = None


@cache
def rule() -> Rule:
    """The rule of data/pont/imilo.yaml. Raises content.ContentMistakes."""
    return content.read(Rule, RULE)


def lines(done: Iterable[Day], *, start: date, end: date, by: Rule | None = None) -> tuple[Line, ...]:
    """The lines of a period, both days included, by week then category; what rounds down to nothing is no line.

    An activity that the rule does not know is left out: nobody can say where it goes.
    """
    rule_ = by or rule()
    known = {activity.cle: activity for activity in rule_.activites}
    groups: dict[tuple[date, str], list[Day]] = {}
    for one in done:
        if one.kind in known and start <= one.day <= end:
            groups.setdefault((_monday(one.day), known[one.kind].categorie), []).append(one)
    made = []
    for (monday, category), parts in sorted(groups.items()):
        minutes = _rounded(sum(part.minutes for part in parts), rule_)
        if minutes:
            made.append(Line(monday, category, minutes, _comment(parts, known, rule_)))
    return tuple(made)


def gathering_line(*, kind: str, title: str, on: date, minutes: int, by: Rule | None = None) -> Line | None:
    """The line of one group session, the same for everybody who was there; None when it rounds down to nothing.

    A kind that the rule does not know has no line either.
    """
    rule_ = by or rule()
    said = next((one for one in rule_.seances if one.cle == kind), None)
    rounded = _rounded(minutes, rule_)
    if said is None or not rounded:
        return None
    known = vocabulary.gathering_kinds().get(kind)
    named = f"{said.fait}, {title}" if known and known.propre else said.fait
    comments = (f"{done} ({_days([on])}). {rule_.mention}" for done in (named, said.fait))
    comment = next((one for one in comments if graphemes(one) <= rule_.longueur), rule_.mention)
    return Line(_monday(on), said.categorie, rounded, comment, on)


def _rounded(minutes: int, rule_: Rule) -> int:
    return minutes // rule_.arrondi * rule_.arrondi


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _comment(parts: list[Day], known: dict[str, RuleActivity], rule_: Rule) -> str:
    """« Travail sur le CV (12 et 14 mars). À vérifier avec le jeune. »; days go first when it is too long."""
    days_of: dict[str, set[date]] = {}
    for part in sorted(parts, key=lambda part: part.day):
        days_of.setdefault(part.kind, set()).add(part.day)
    whole = [f"{known[kind].fait} ({_days(sorted(days))})" for kind, days in days_of.items()]
    short = [known[kind].fait for kind in days_of]
    for said in (", ".join(whole), ", ".join(short), known[next(iter(days_of))].fait):
        comment = f"{said}. {rule_.mention}"
        if graphemes(comment) <= rule_.longueur:
            return comment
    return rule_.mention


def _days(days: list[date]) -> str:
    """« 12 et 14 mars », « 30 mars, 1er avril »: days of one week, so at most two months."""
    by_month: dict[int, list[str]] = {}
    for one in days:
        by_month.setdefault(one.month, []).append("1er" if one.day == 1 else str(one.day))
    return ", ".join(f"{_and(numbers)} {MONTHS[month - 1]}" for month, numbers in by_month.items())


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} et {words[-1]}"


def lines_of(session: Session, *, by: Actor, account_id: str, start: date, end: date, today: date) -> tuple[Line, ...]:
    """The lines of one young person whom the actor follows, week by week; the look is written down. Raises NotFound.

    Work of a kind that they do not show is in no line. What was done during a session is taken off what is shown only, or
    the minutes left would say that there was more.
    """
    follow.followed(session, by=by, account_id=account_id, today=today)
    follow.note_view(session, by=by, whom_id=account_id, what="progress")
    shown = sharing.shared(session, of=account_id)
    done = activity.of_person(session, account_id=account_id, shared=shown, since=start, until=end)
    attended = attendance.of_person(session, account_id=account_id, since=start, until=end)
    said = [(a, gathering_line(kind=a.kind, title=a.title, on=a.on, minutes=a.minutes)) for a in reversed(attended)]
    alone = _apart_from(done, [one for one, line in said if line])
    found = [*lines(alone, start=start, end=end), *(line for _, line in said if line)]
    return tuple(sorted(found, key=lambda line: (line.monday, line.on or line.monday - timedelta(days=1))))


def _apart_from(done: Iterable[Day], attended: Iterable[Attended]) -> Iterator[Day]:
    """The work of each day without the minutes of its sessions: what was done during them is in their own lines."""
    during: Counter[date] = Counter()
    for one in attended:
        during[one.on] += one.minutes
    for part in done:
        taken = min(part.minutes, during[part.day])
        during[part.day] -= taken
        if part.minutes > taken:
            yield replace(part, minutes=part.minutes - taken)
