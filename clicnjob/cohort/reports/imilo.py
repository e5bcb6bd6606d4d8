"""Drafts lines for i-milo from a young person's activity, which an adviser checks with them and copies.

Work gives one line per week and category; a group session, an appointment and a contact each have a line of their own.
i-milo stays the system of record: nothing is sent to it, and no hours are claimed. The rules are in data/pont/imilo.yaml.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pydantic import Field
from sqlmodel import Session

from clicnjob import content
from clicnjob.cohort import permissions, vocabulary
from clicnjob.cohort.progress import activity
from clicnjob.cohort.progress.activity import CountedDay
from clicnjob.cohort.support.attended import AttendedWorkshop, attended_workshops
from clicnjob.cohort.support.support_actions import SupportAction, support_actions
from clicnjob.content import ContentModel
from clicnjob.french.dates import MONTHS
from clicnjob.french.durations import minutes_shown
from clicnjob.models import Actor
from clicnjob.paths import DATA
from clicnjob.privacy import sharing
from clicnjob.text import count_graphemes

RULE = DATA / "pont" / "imilo.yaml"
_ACTION = "action:"  # how the keys of calls and appointments begin
_BEFORE_COMMENT = 45  # characters for the category and the minutes


class RuleActivity(ContentModel):
    """One kind of activity: its i-milo category, and the words used there."""

    cle: str
    categorie: str
    fait: str = Field(max_length=80)


class RuleAction(ContentModel):
    """What the adviser did, and its i-milo category."""

    categorie: str
    fait: str = Field(max_length=80)


class ImiloRule(ContentModel):
    """The rules: `arrondi` is in minutes, `longueur` in characters (source: i-milo's comment field).

    `seances` are keyed by kind of group session (data/conseiller/seances.yaml). `rendez_vous` is an appointment to
    which the young person came, `contact` a contact noted on the sheet, which takes no minutes.
    """

    mention: str
    regle: str
    arrondi: int = Field(ge=1, le=60)
    longueur: int = Field(ge=100, le=255)
    activites: tuple[RuleActivity, ...]
    seances: tuple[RuleActivity, ...]
    rendez_vous: RuleAction
    contact: RuleAction


@dataclass(frozen=True, slots=True)
class ImiloLine:
    """One line to copy: its week, category, minutes rounded down, and a comment; `copied` fits `Rule.longueur`.

    `on` is the day of what happened on one day, None for a week of work. `key` tells the lines of one person apart.
    """

    monday: date
    category: str
    minutes: int
    comment: str
    on: date | None = None
    key: str = ""

    @property
    def is_session(self) -> bool:
        """Whether the line is that of a group session, not of a call or an appointment."""
        return self.on is not None and not self.key.startswith(_ACTION)

    @property
    def copied(self) -> str:
        """The whole line as it is copied: category, minutes and comment."""
        spent = f", {minutes_shown(self.minutes)}" if self.minutes else ""
        return f"{self.category}{spent}. {self.comment}"


@content.loaded_once
def imilo_rule() -> ImiloRule:
    """Return the rules of data/pont/imilo.yaml. Raises content.ContentMistakes."""
    return content.read_content(ImiloRule, RULE)


def work_categories() -> frozenset[str]:
    """Return the categories of the lines of a week's work."""
    return frozenset(one.categorie for one in imilo_rule().activites)


def imilo_lines(
    done: Iterable[CountedDay], *, start: date, end: date, by: ImiloRule | None = None
) -> tuple[ImiloLine, ...]:
    """Return the lines of a period, both days included, by week then category, without those that round to zero.

    An activity that the rules do not know is left out, since it has no category.
    """
    rule_ = by or imilo_rule()
    known = {activity.cle: activity for activity in rule_.activites}
    groups: dict[tuple[date, str], list[CountedDay]] = {}
    for one in done:
        if one.kind in known and start <= one.day <= end:
            groups.setdefault((_monday_of(one.day), known[one.kind].categorie), []).append(one)
    made = []
    for (monday, category), parts in sorted(groups.items()):
        minutes = _rounded_minutes(sum(part.minutes for part in parts), rule_)
        if minutes:
            key = f"{monday.isoformat()}:{category}"
            made.append(ImiloLine(monday, category, minutes, _line_comment(parts, known, rule_), key=key))
    return tuple(made)


def workshop_line(*, kind: str, title: str, on: date, minutes: int, by: ImiloRule | None = None) -> ImiloLine | None:
    """Return the line of one group session, the same for every participant; None if it rounds to zero.

    A kind that the rules do not know has no line either.
    """
    rule_ = by or imilo_rule()
    said = next((one for one in rule_.seances if one.cle == kind), None)
    rounded = _rounded_minutes(minutes, rule_)
    if said is None or not rounded:
        return None
    known = vocabulary.workshop_kinds().get(kind)
    named = f"{said.fait}, {title}" if known and known.propre else said.fait
    comments = (f"{done} ({_days_in_words([on])}). {rule_.mention}" for done in (named, said.fait))
    comment = next((one for one in comments if _comment_fits(one, rule_)), rule_.mention)
    return ImiloLine(_monday_of(on), said.categorie, rounded, comment, on)


def _comment_fits(comment: str, rule_: ImiloRule) -> bool:
    """Whether a comment leaves room for its category and minutes in the field of i-milo."""
    return count_graphemes(comment) <= rule_.longueur - _BEFORE_COMMENT


def _rounded_minutes(minutes: int, rule_: ImiloRule) -> int:
    return minutes // rule_.arrondi * rule_.arrondi


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _line_comment(parts: list[CountedDay], known: dict[str, RuleActivity], rule_: ImiloRule) -> str:
    """Compose « Travail sur le CV (12 et 14 mars). À vérifier avec le jeune. »; days are dropped first if too long."""
    days_of: dict[str, set[date]] = {}
    for part in sorted(parts, key=lambda part: part.day):
        days_of.setdefault(part.kind, set()).add(part.day)
    whole = [f"{known[kind].fait} ({_days_in_words(sorted(days))})" for kind, days in days_of.items()]
    short = [known[kind].fait for kind in days_of]
    for said in (", ".join(whole), ", ".join(short), known[next(iter(days_of))].fait):
        comment = f"{said}. {rule_.mention}"
        if _comment_fits(comment, rule_):
            return comment
    return rule_.mention


def _days_in_words(days: list[date]) -> str:
    """Format the days of one week: « 12 et 14 mars », « 30 mars, 1er avril »."""
    by_month: dict[int, list[str]] = {}
    for one in days:
        by_month.setdefault(one.month, []).append("1er" if one.day == 1 else str(one.day))
    return ", ".join(f"{_joined_with_and(numbers)} {MONTHS[month - 1]}" for month, numbers in by_month.items())


def _joined_with_and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} et {words[-1]}"


def lines_of(
    session: Session, *, by: Actor, account_id: str, start: date, end: date, today: date, now: datetime
) -> tuple[ImiloLine, ...]:
    """Return the lines of one young person whom the actor follows, by week, and log the view. Raises NotFound.

    Kinds that are not shared are in no line. Session minutes are subtracted from shared kinds only: otherwise the rest
    would reveal that there was more.
    """
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    permissions.note_view(session, by=by, whom_id=account_id, what="progress", now=now)
    shown = sharing.shared_by(session, of=account_id)
    here = {"since": start, "until": end}
    one = [account_id]
    return person_lines(
        activity.of_person(session, account_id=account_id, shared=shown, **here),
        attended_workshops(session, account_id=account_id, **here),
        support_actions(session, account_ids=one, **here).get(account_id, ()),
        start=start,
        end=end,
    )


def person_lines(
    done: Iterable[CountedDay],
    attended: Iterable[AttendedWorkshop],
    actions: Iterable[SupportAction],
    *,
    start: date,
    end: date,
) -> tuple[ImiloLine, ...]:
    """Return the lines of one person from what was read of them, by week and day: one definition for every screen."""
    said = [(a, workshop_line(kind=a.kind, title=a.title, on=a.on, minutes=a.minutes)) for a in attended]
    alone = _apart_from(done, [one for one, line in said if line])
    found = [
        *imilo_lines(alone, start=start, end=end),
        *(replace(line, key=f"seance:{one.id}") for one, line in said if line),
        *map(_action_line, actions),
    ]
    return tuple(sorted(found, key=lambda line: (line.monday, line.on or line.monday - timedelta(days=1), line.key)))


def _action_line(action: SupportAction) -> ImiloLine:
    rule_ = imilo_rule()
    said = rule_.contact if action.outcome else rule_.rendez_vous
    known = vocabulary.contact_outcomes().get(action.outcome)
    ended = f"\u00a0: {known.libelle.lower()}" if known else ""
    comment = f"{said.fait}{ended} ({_days_in_words([action.on])}). {rule_.mention}"
    return ImiloLine(_monday_of(action.on), said.categorie, action.minutes, comment, action.on, f"{_ACTION}{action.id}")


def _apart_from(done: Iterable[CountedDay], attended: Iterable[AttendedWorkshop]) -> Iterator[CountedDay]:
    """Yield each day's work without the minutes of its group sessions, which have their own lines."""
    during: Counter[date] = Counter()
    for one in attended:
        during[one.on] += one.minutes
    for part in done:
        taken = min(part.minutes, during[part.day])
        during[part.day] -= taken
        if part.minutes > taken:
            yield replace(part, minutes=part.minutes - taken)
