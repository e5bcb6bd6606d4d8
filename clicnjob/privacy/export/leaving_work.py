"""What a guest would lose by leaving now: the work that no file downloaded during the visit holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from clicnjob import works
from clicnjob.cv.model import bag
from clicnjob.models import (
    Account,
    Actor,
    ParticipantState,
    PortfolioLine,
    Role,
    SignIn,
    Work,
    WorkKind,
    WorkshopParticipant,
)
from clicnjob.works import SavedWork


@dataclass(frozen=True, slots=True)
class WorkAtRisk:
    """The work that would be lost. `cv_id` is the CV changed last, or '' when the work holds no CV; the names are its own.

    `only_page`: nothing but the page of a group session, of which no file downloaded keeps a note.
    """

    cv_id: str
    first_name: str
    last_name: str
    only_page: bool = False

    @property
    def document(self) -> str:
        """The kind of document that takes it along: the CV as a PDF, which can be reopened here, else all the work."""
        if self.only_page:
            return "portfolio"
        return "pdf" if self.cv_id else "work"


def work_at_risk(session: Session, *, of: Actor, taken_at: datetime | None) -> WorkAtRisk | None:
    """Return what leaving would delete; None for somebody with a card, and when a file taken since holds it all.

    `taken_at` is `presence.work_taken_at`.
    """
    if of.role is not Role.GUEST:
        return None
    kept = bag.own_bag(session, of=of)
    has_cv = kept is not None and not bag.is_empty(kept)
    said = [work for work in works.own_works(session, of=of) if (has_cv if _is_of_bag(work) else _says_something(work))]
    if not said or (taken_at is not None and max(work.changed_at for work in said) <= taken_at):
        return WorkAtRisk("", "", "", only_page=True) if _has_written_page(session, of) else None
    if kept is None or not has_cv:
        return WorkAtRisk("", "", "")
    latest = max(kept.cvs, key=lambda card: card.changed_at)
    return WorkAtRisk(latest.id, kept.profile.first_name, kept.profile.last_name)


def guests_at_risk(session: Session, account_ids: Collection[str]) -> frozenset[str]:
    """Return which of these guests, still signed in, would lose work by leaving now. Two queries, for a group's trainer."""
    signed_in = select(SignIn.account_id, SignIn.work_taken_at).join(Account, col(Account.id) == col(SignIn.account_id))
    signed_in = signed_in.where(
        col(SignIn.account_id).in_(sorted(account_ids)), col(SignIn.ended_at).is_(None), Account.role == Role.GUEST
    )
    taken = dict(session.exec(signed_in).all())
    written = select(Work).where(col(Work.account_id).in_(sorted(taken)), col(Work.deleted_at).is_(None))
    return frozenset(
        work.account_id
        for work in session.exec(written)
        if _says_something(work) and ((at := taken[work.account_id]) is None or at < work.changed_at)
    )


def _has_written_page(session: Session, of: Actor) -> bool:
    query = select(PortfolioLine).join(WorkshopParticipant).where(WorkshopParticipant.account_id == of.id)
    query = query.where(WorkshopParticipant.state == ParticipantState.ADMITTED)
    return any(one.did or one.gained or one.reuse or one.competences or one.next_step for one in session.exec(query))


def _is_of_bag(work: SavedWork) -> bool:
    return work.kind in (WorkKind.PROFILE, WorkKind.CV)


def _says_something(work: SavedWork | Work) -> bool:
    model = works.BODIES[work.kind]
    return model.model_validate(work.body) != model()
