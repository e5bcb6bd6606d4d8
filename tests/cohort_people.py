"""A structure with its people, made by the public functions, for the tests of the cohort."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session, select

from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.progress.overview import CohortFilters, CohortRow, cohort_page
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.models import Account, Card, Organisation, Progress, Revision, Role, Sharing, SignIn, Work
from tests import make
from tests.conftest import person

NOW = datetime(2026, 3, 16, 10, 0, tzinfo=UTC)
TODAY = NOW.astimezone().date()


@dataclass
class Place:
    """One structure: its head, two advisers, a trainer."""

    session: Session
    organisation_id: str
    head: Account
    claire: Account
    karim: Account
    trainer: Account

    def young(self, first_name: str = "Zoé", last_name: str = "Bâ", **named: object) -> Account:
        """A young person whom Claire follows, signed up thirty days ago, who came once today."""
        return self.newcomer(first_name, last_name, came_on=TODAY, **named)

    def newcomer(
        self,
        first_name: str = "Zoé",
        last_name: str = "Bâ",
        *,
        came_on: date | None = None,
        enrolled: int = 30,
        adviser: Account | None = None,
    ) -> Account:
        """A young person who never came, or came once on a day."""
        follower = adviser or self.claire
        account = person(
            self.session,
            Role.YOUNG,
            organisation_id=self.organisation_id,
            first_name=first_name,
            last_name=last_name,
            adviser_id=follower.id,
        )
        account.created_at = NOW - timedelta(days=enrolled)
        card = Card(account_id=account.id, code_digest=account.id, created_at=account.created_at)
        self.session.add(card)
        if came_on is not None:
            card.pin_chosen_at = at(came_on)
            self.visit(account, came_on)
        self.session.flush()
        return account

    def visit(self, account: Account, on: date) -> None:
        """A sign-in at ten of that day."""
        when = at(on)
        count = len(self.session.exec(select(SignIn).where(SignIn.account_id == account.id)).all())
        self.session.add(
            SignIn(account_id=account.id, token_digest=f"{account.id}{count}", started_at=when, seen_at=when)
        )
        account.seen_at = when
        self.session.flush()

    def cv(self, account: Account, made: Callable[[], tuple[Profile, Cv]] = make.whole, *, on: date = TODAY) -> None:
        """Give somebody this CV, as if they had answered on that day."""
        from clicnjob.demo import people

        people.fill_bag(self.session, account, *made())
        self.dated(account, on)

    def dated(self, account: Account, on: date) -> None:
        """All that somebody saved, as if it had been on that day."""
        for work in self.session.exec(select(Work).where(Work.account_id == account.id)):
            work.changed_at = at(on) + timedelta(minutes=30)
            for revision in self.session.exec(select(Revision).where(Revision.work_id == work.id)):
                revision.at = at(on) + timedelta(minutes=30)
        self.session.flush()

    def share(self, account: Account, **what: bool) -> None:
        """What somebody chose to show."""
        self.session.add(Sharing(account_id=account.id, changed_at=NOW, **what))
        self.session.flush()

    def row(self, account: Account, *, now: datetime = NOW) -> Progress:
        """The row of somebody, brought up to date."""
        refreshing.refresh_progress(self.session, [account.id], now=now)
        kept = self.session.get(Progress, account.id)
        assert kept is not None
        return kept

    def alerts(self, account: Account, *, now: datetime = NOW) -> list[str]:
        """The keys of the alerts of somebody, as « Mes jeunes » would show them at that moment."""
        refreshing.bring_up_to_date(self.session, of=self.claire, now=now)
        found = [one for one in self.rows(today=now.astimezone().date()) if one.id == account.id]
        return [alert.key for alert in found[0].alerts]

    def rows(self, by: Account | None = None, *, today: date = TODAY, **asked: str) -> tuple[CohortRow, ...]:
        """The first page of a cohort."""
        return cohort_page(self.session, adviser=by or self.claire, today=today, filters=CohortFilters(**asked)).rows


def at(on: date) -> datetime:
    """Ten in the morning of that day."""
    return datetime(on.year, on.month, on.day, 10, tzinfo=UTC)


def place(session: Session, name: str = "Ici") -> Place:
    """A structure and its professionals."""
    organisation = Organisation(name=name)
    session.add(organisation)
    session.flush()
    here = {"organisation_id": organisation.id}
    return Place(
        session,
        organisation.id,
        head=person(session, Role.HEAD, first_name="Hélène", last_name="Roux", **here),
        claire=person(session, Role.ADVISER, first_name="Claire", last_name="Morvan", **here),
        karim=person(session, Role.ADVISER, first_name="Karim", last_name="Saïd", **here),
        trainer=person(session, Role.TRAINER, first_name="Hakim", last_name="Ouali", **here),
    )
