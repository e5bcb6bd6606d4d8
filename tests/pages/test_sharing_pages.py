"""The professionals' pages, before and after work that the young person does not show: they say the same; shown, they say it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from clicnjob import db, models
from clicnjob.accounts import people
from clicnjob.apply import applications
from clicnjob.cohort.progress import activity, refreshing
from clicnjob.demo import people as demo
from clicnjob.interview import notebook
from clicnjob.interview.notebook import InterviewDay, Practised, WrittenAnswer
from clicnjob.jobs import choices
from clicnjob.learn import library, records
from clicnjob.models import Account, ConsentTo, LearningKind, Revision, Role, Sharing
from clicnjob.ui.shell import navigation
from tests import make
from tests.pages.conftest import EVERY_PAGE_FOR_ANYBODY, check, html, texts

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
SignInAs = Callable[[Role | None], Account | None]

CANARY = "Canaribus"
PARTS = ("suivi", "cv", "candidatures", "echanges", "imilo", "dossier")
PAGES = [
    (page.file, role)
    for page in navigation.EVERY_PAGE
    for role in (Role.ADVISER, Role.TRAINER, Role.HEAD)
    if role in page.roles and page.file != "adviser/person.py"
]


def young(by: Account, *shown: ConsentTo) -> str:
    """A young person of this professional, with a CV, who shows these things."""
    with db.write_transaction() as session:
        account, _ = people.enrol_young(session, by=by, first_name="Lina", last_name="Morel", now=models.utc_now())
        demo.fill_bag(session, account, *make.whole())
        if shown:
            session.add(Sharing(account_id=account.id, **{what.value: True for what in shown}))
        _counted(session, account)
        return account.id


def works(account_id: str) -> None:
    """Applications, practice, an interview to come and the quiz, all with a canary."""
    today = date.today()
    with db.write_transaction() as session:
        by = session.get_one(Account, account_id)
        known = set(session.exec(select(Revision.id)))
        sent = applications.add_application(
            session, by=by, title=CANARY, employer=CANARY, operation="a", today=today - timedelta(days=20)
        )
        applications.move_application(session, by=by, application_id=sent, state="sent", operation="b", today=today)
        for number in range(4):
            notebook.change_notebook(session, by=by, alter=_practised(today), operation=f"n{number}")
        choices.answer_statement(session, by=by, statement="reparer", liking="j_aime", operation="q")
        _learn(session, by)
        session.flush()
        midnight = models.utc_now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        for minute, row in enumerate(one for one in session.exec(select(Revision)) if one.id not in known):
            row.at = max(row.at - timedelta(minutes=8 * minute), midnight)  # yesterday may be another week
        _counted(session, by)


def _learn(session, by: Account) -> None:  # type: ignore[no-untyped-def]
    """A lesson to its end, with a file named after the canary."""
    lesson = "joindre-un-fichier"
    typed = (f"CV-{CANARY}.pdf",)
    records.keep_answer(session, by=by, lesson_id=lesson, exercise_id="e4", answer=typed, now=models.utc_now())
    records.finish_content(session, by=by, kind=LearningKind.LESSON, content_id=lesson, now=models.utc_now())


def _practised(today: date) -> Callable[[notebook.Notebook], None]:
    def alter(book: notebook.Notebook) -> None:
        book.practised.append(Practised(on=today.isoformat(), themes=[CANARY]))
        book.answers[f"q{len(book.answers)}"] = WrittenAnswer(asked=CANARY, text=CANARY, on=today.isoformat())
        tomorrow = (today + timedelta(days=1)).isoformat()
        book.days = [InterviewDay(employer=CANARY, job=CANARY, date=tomorrow, time="10:00")]

    return alter


def _counted(session, account: Account) -> None:  # type: ignore[no-untyped-def]
    for row in (*session.exec(select(activity.Watermark)), *session.exec(select(activity.ActivityDay))):
        session.delete(row)  # so that everything is counted anew
    session.flush()
    activity.count_new(session, now=models.utc_now() + timedelta(minutes=1))
    refreshing.refresh_progress(session, [account.id], now=models.utc_now())


def words(file: str, role: Role, **kept: str) -> str:
    """All that a page says."""
    page = AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file=file), default_timeout=30)
    if kept:
        page.run()  # the first run of a visit keeps nothing that was set before it
    for key, value in kept.items():
        page.session_state[key] = value
    page.run()
    check(page, role)
    return "\n".join([*texts(page), html(page)])


@pytest.mark.slow
@pytest.mark.parametrize(("file", "role"), PAGES)
def test_a_page_says_the_same_whatever_is_not_shown(sign_in: SignInAs, file: str, role: Role) -> None:
    me = sign_in(role)
    assert me is not None
    who = young(me)
    before = words(file, role)
    works(who)
    assert words(file, role) == before


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.ADVISER, Role.HEAD])
def test_a_sheet_says_the_same_whatever_is_not_shown(sign_in: SignInAs, role: Role) -> None:
    me = sign_in(role)
    assert me is not None
    who = young(me)
    before = [words("adviser/person.py", role, person=who, person_part=part) for part in PARTS]
    works(who)
    after = [words("adviser/person.py", role, person=who, person_part=part) for part in PARTS]
    assert after == before
    assert [part for part, said in zip(PARTS, after, strict=True) if CANARY in said or "Ce qui bloque" in said] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("what", "said"),
    [
        (ConsentTo.PRACTICE, ("S’entraîne à l’entretien", "4 faits.")),
        (ConsentTo.APPLICATIONS, ("Note ses candidatures", CANARY, "Entretien d’embauche demain.")),
        (ConsentTo.LESSONS, (library.lesson_with_id("joindre-un-fichier").titre,)),
    ],
)
def test_a_sheet_says_what_is_shown_and_nothing_else(sign_in: SignInAs, what: ConsentTo, said: tuple[str, ...]) -> None:
    me = sign_in(Role.ADVISER)
    assert me is not None
    who = young(me, what)
    works(who)
    shown = "\n".join(words("adviser/person.py", Role.ADVISER, person=who, person_part=part) for part in PARTS)
    assert [one for one in said if one not in shown] == []
    others = {
        ConsentTo.PRACTICE: "S’entraîne à l’entretien",
        ConsentTo.APPLICATIONS: "Note ses candidatures",
        ConsentTo.LESSONS: library.lesson_with_id("joindre-un-fichier").titre,
    }
    assert [one for kind, one in others.items() if kind is not what and one in shown] == []
    assert f"CV-{CANARY}.pdf" not in shown


def test_the_young_person_is_asked_only_what_shows_something(sign_in: SignInAs) -> None:
    sign_in(Role.YOUNG)
    page = AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file="young/sharing.py"), default_timeout=30).run()
    check(page, Role.YOUNG)
    assert [box.label for box in page.checkbox] == [
        "Montrer quand je m’entraîne à l’entretien, et combien de fois",
        "Montrer mes candidatures, et le jour de mes entretiens d’embauche",
        "Montrer le titre des leçons que j’ai finies",
        "Montrer mon point numérique, avec mes réponses et mes leçons",
    ]
