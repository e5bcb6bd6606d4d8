"""Makes the demonstration's 136 fictitious young people: the cohorts of three advisers over ten months.

The app's own functions create their history. A fixed seed always makes the same people, with dates relative to today, so
that every state can be seen at any time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from sqlmodel import Session, select

from clicnjob import content, models, works
from clicnjob.accounts import cards, people, presence
from clicnjob.cohort import vocabulary
from clicnjob.cohort.progress import activity, refreshing
from clicnjob.cohort.support import contacts
from clicnjob.content import ContentModel
from clicnjob.cv.model import bag, phrases
from clicnjob.cv.model.profile import Cv, Experience, Interest, Language, Period, Profile, Quality, Study
from clicnjob.cv.model.prompts import Activity, cv_prompts
from clicnjob.demo import exchanges
from clicnjob.jobs import choices, finder
from clicnjob.models import Account, Role
from clicnjob.paths import DATA
from clicnjob.workshops import attendance, lifecycle

SEED = 2024
HOW_MANY = 136  # 140 young people, with the four whose cards are printed
_OLDEST = 300  # days
_WITH_NUMBER = 0.85

_FILE = DATA / "demonstration" / "foule.yaml"
_PIN = "274916"

Alter = Callable[[Profile, Cv], None]
Act = Callable[[Session, Account], None]


class Cast(ContentModel):
    """The names, towns and places from which fictitious people are made."""

    prenoms: tuple[str, ...]
    noms: tuple[str, ...]
    villes: tuple[str, ...]
    lieux: dict[str, tuple[str, ...]]
    etudes: tuple[dict[str, str], ...]


@cache
def demonstration_cast() -> Cast:
    """Read data/demonstration/foule.yaml. Raises ContentMistakes."""
    return content.read_content(Cast, _FILE)


@dataclass(frozen=True, slots=True)
class Story:
    """One person's history: enrolled so many days ago, visits (days ago), CV steps done, favourite jobs."""

    enrolled: int
    visits: tuple[int, ...]
    steps: int
    jobs: int


def make_cohorts(
    session: Session,
    *,
    now: datetime,
    how_many: int = HOW_MANY,
    done: Callable[[int, int], None] = lambda _done, _all: None,
) -> tuple[Account, ...]:
    """Create the people, shared among the existing advisers; `done(count, total)` is called after each."""
    advisers = session.exec(select(Account).where(Account.role == Role.ADVISER).order_by(Account.first_name)).all()
    drawn = random.Random(SEED)  # noqa: S311 - fictitious people, not secrets
    made = []
    for number in range(how_many):
        story = _drawn_story(drawn, number)
        made.append(_live_story(session, advisers[number % len(advisers)], story, drawn, now))
        done(number + 1, how_many)
    _hold_workshops(session, made, now)
    exchanges.make_exchanges(session, made, now=now)
    while activity.count_new(session, now=now):
        pass
    refreshing.sweep_progress(session, now=now)
    return tuple(made)


def _hold_workshops(session: Session, crowd_: Sequence[Account], now: datetime) -> None:
    """Create past group sessions of a trainer and an adviser, attended by people who had signed in before."""
    drawn = random.Random(SEED + 1)  # noqa: S311 - fictitious people, not secrets
    kinds = [kind.cle for kind in vocabulary.workshop_kinds().values() if not kind.propre]
    for role in (Role.TRAINER, Role.ADVISER):
        query = select(Account).where(Account.role == role).order_by(Account.first_name)
        if (runner := session.exec(query).first()) is None:
            continue
        mine = [one for one in crowd_ if role is Role.TRAINER or one.adviser_id == runner.id]
        for number, days in enumerate((3, 10, 24, 45, 80)):
            start = _working_instant(now, days, drawn)
            came = [one for one in mine if one.seen_at is not None and one.created_at < start]
            with models.fixed_clock(start):
                made = lifecycle.begin_workshop(session, by=runner, kind=kinds[number % len(kinds)], now=start)
                for one in drawn.sample(came, k=min(len(came), drawn.randint(6, 11))):
                    attendance.note_attendance(
                        session, by=runner, workshop_id=made, account_id=one.id, today=now.date(), now=now
                    )
            lasted = timedelta(minutes=drawn.randint(70, 105))
            with models.fixed_clock(start + lasted):
                lifecycle.end_workshop(session, by=runner, workshop_id=made, now=start + lasted)


def _drawn_story(drawn: random.Random, number: int) -> Story:
    """Draw a history: one person in seven never came, a third stopped, the others are at every step."""
    enrolled = min(_OLDEST, 2 + int(drawn.expovariate(1 / 90)))
    if number % 7 == 3:
        return Story(enrolled, (), 0, 0)
    first = max(0, enrolled - drawn.randint(0, min(6, enrolled)))
    last = drawn.choice((0, 1, 2, 3, 5, 9, 13, 16, 24, 40, 75))
    count = drawn.randint(1, 8)
    span = sorted(
        {max(0, first - round(step * (first - min(last, first)) / max(1, count - 1))) for step in range(count)}
    )
    return Story(
        enrolled, tuple(reversed(span)), drawn.choice((1, 2, 3, 4, 5, 6, 6, 7, 7, 7)), drawn.choice((0, 0, 1, 1, 2, 3))
    )


def _live_story(session: Session, adviser: Account, story: Story, drawn: random.Random, now: datetime) -> Account:
    first, last = drawn.choice(demonstration_cast().prenoms), drawn.choice(demonstration_cast().noms)
    start = _working_instant(now, story.enrolled, drawn)
    with models.fixed_clock(start):
        account, code = people.enrol_young(session, by=adviser, first_name=first, last_name=last, now=start)
    if drawn.random() < _WITH_NUMBER:
        number = f"+3363998{drawn.randint(0, 9999):04}"  # numbers that Arcep keeps for fiction
        contacts.change_phone(session, by=adviser, account_id=account.id, typed=number, today=now.date())
    acts = list(_actions_of_story(drawn, account, now.date(), story))
    share = len(story.visits)
    for position, days in enumerate(story.visits):
        come = max(start, _working_instant(now, days, drawn))
        part = acts[position * len(acts) // share : (position + 1) * len(acts) // share]
        _make_visit(session, account, code if position == 0 else "", come, part)
    return account


def _make_visit(session: Session, account: Account, code: str, come: datetime, acts: list[Act]) -> None:
    """Sign in, act every two and a half minutes, sign out."""
    with models.fixed_clock(come):
        if code:
            cards.choose_pin(session, code=code, pin=_PIN, now=come)
        token = presence.begin_sign_in(session, account=account, now=come)
        bag.open_bag(session, by=account, operation=works.new_operation())
    moment = come
    for act in acts:
        moment += timedelta(seconds=150)
        with models.fixed_clock(moment):
            act(session, account)
    presence.end_sign_in(session, token, reason="done", now=moment + timedelta(seconds=90))


def _actions_of_story(drawn: random.Random, account: Account, today: date, story: Story) -> Iterator[Act]:
    """Yield this person's actions over all their visits, in order."""
    activity = drawn.choice(list(cv_prompts().activities.values()))
    for key in drawn.sample([one.cle for one in finder.job_catalogue().categories], k=story.jobs):
        yield _keep_act(key)
    for alter in _cv_alterations(drawn, account, activity, today)[: story.steps]:
        yield _answer_act(alter)


def _keep_act(key: str) -> Act:
    return lambda session, account: choices.keep_favourite(
        session, by=account, key=key, operation=works.new_operation()
    )


def _answer_act(alter: Alter) -> Act:
    def act(session: Session, account: Account) -> None:
        kept = bag.own_bag(session, of=account)
        assert kept is not None
        bag.save_answer(
            session,
            by=account,
            cv_id=kept.cvs[0].id,
            alter=alter,
            bases=kept.versions,
            operation=works.new_operation(),
        )

    return act


def _cv_alterations(drawn: random.Random, account: Account, activity: Activity, today: date) -> list[Alter]:
    """Return the seven steps of a CV: identity, job, experience, studies, languages, qualities and interests, opening."""
    town, months = drawn.choice(demonstration_cast().villes), drawn.randint(2, 30)

    def who(profile: Profile, cv: Cv) -> None:
        profile.first_name, profile.last_name, profile.town = account.first_name, account.last_name, town
        profile.phone = f"+3363998{drawn.randint(1000, 9999)}" if drawn.random() < 0.8 else ""

    def wanted(profile: Profile, cv: Cv) -> None:
        cv.job_wanted, cv.model = (
            phrases.title_text(activity.intitules[0]),
            drawn.choice(("sobre", "colonnes", "couleur")),
        )

    def done(profile: Profile, cv: Cv) -> None:
        place = drawn.choice(demonstration_cast().lieux.get(activity.genres[0], ("",)))
        profile.experiences = [_drawn_experience(activity, place, town)]
        profile.experiences[0].period = Period(start=_month_before(today, months + 2), end=_month_before(today, months))

    return [who, wanted, done, *_last_alters(drawn, months, today)]


def _last_alters(drawn: random.Random, months: int, today: date) -> list[Alter]:
    quality, study = drawn.choice(list(cv_prompts().qualities.values())), drawn.choice(demonstration_cast().etudes)

    def studied(profile: Profile, cv: Cv) -> None:
        profile.studies = [Study(**study, period=Period(end=_month_before(today, months + 8)))]  # type: ignore[arg-type]

    def spoken(profile: Profile, cv: Cv) -> None:
        profile.languages = [Language(key="francais", can_do=["maternelle"])]

    def liked(profile: Profile, cv: Cv) -> None:
        proof = phrases.phrase_text(quality.preuves[0])
        profile.qualities = [Quality(key=quality.cle, label=quality.nom_m.capitalize(), proof=proof)]
        profile.interests = [Interest(key="football", label="Le football", detail="Football entre amis chaque semaine")]

    def opened(profile: Profile, cv: Cv) -> None:
        cv.opening = [quality.phrase]

    return [studied, spoken, liked, opened]


def _drawn_experience(activity: Activity, place: str, town: str) -> Experience:
    said = [phrases.phrase_text(one, phrases.example_number(one)) for one in activity.phrases[:3]]
    kind, title = activity.genres[0], phrases.title_text(activity.intitules[0])
    return Experience(kind=kind, activity=activity.cle, title=title, place=place, town=town, phrases=said)


def _working_instant(now: datetime, days: int, drawn: random.Random) -> datetime:
    """Return an instant in office hours so many days ago; for 0 days, one to two hours ago at any time of day."""
    hour, minute = drawn.randint(9, 16), drawn.randint(0, 59)
    if not days:
        return now - timedelta(minutes=60 + minute)
    return datetime.combine(now.date() - timedelta(days=days), time(hour, minute), UTC)


def _month_before(today: date, months: int) -> str:
    count = today.year * 12 + today.month - 1 - months
    return f"{count // 12}-{count % 12 + 1:02}"
