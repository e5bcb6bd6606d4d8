"""Reads and changes a young person's own CV work, the profile (« mon sac ») and the CVs, through `works.save_work`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from clicnjob import consents, db, policy, works
from clicnjob.cv.exchange.work_file import CarriedWork
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Actor, ConsentTo, Photo, WorkKind
from clicnjob.own_work import NotForStaff, may_have_own_work
from clicnjob.works import SavedWork

Alter = Callable[[Profile, Cv], None]
B = TypeVar("B", Profile, Cv)
_PHOTO = select(Photo.__table__.c.jpeg).where(col(Photo.account_id) == bindparam("owner"))  # type: ignore[attr-defined]


class TooManyCvs(Refusal):
    """Raised beyond `policy.CVS_AT_MOST`, so that the list stays readable."""

    sentence = "Tu as déjà 20 CV. Supprime un CV que tu n’utilises plus, puis recommence."


class PhotoNotAgreed(Refusal):
    """Raised when a photo would be stored without the person's consent."""

    sentence = "Coche d’abord «\u00a0Je veux bien qu’on garde ma photo\u00a0»."


@dataclass(frozen=True, slots=True)
class CvCard:
    """One CV in the list."""

    id: str
    cv: Cv
    changed_at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class Bag:
    """The profile, the CVs (oldest first), the version of each work by id, and the photo of one person."""

    profile_id: str
    profile: Profile
    cvs: tuple[CvCard, ...]
    versions: Mapping[str, int]
    photo: bytes | None

    def cv_card(self, cv_id: str) -> CvCard:
        """Return one CV by its id. Raises NotFound."""
        found = next((card for card in self.cvs if card.id == cv_id), None)
        if found is None:
            raise NotFound
        return found

    def with_place(self, cv_id: str, place: str) -> Bag:
        """Return a copy in which one CV is at another question."""
        return replace(self, cvs=tuple(replace(one, place=place) if one.id == cv_id else one for one in self.cvs))


def own_bag(session: Session, *, of: Actor) -> Bag | None:
    """Return the person's bag, or None before `open_bag`, in two queries. Raises NotForStaff."""
    _check_actor(of)
    kept = works.own_works(session, of=of)
    profile = next((work for work in kept if work.kind is WorkKind.PROFILE), None)
    if profile is None:
        return None
    photo = session.connection().execute(_PHOTO, {"owner": of.id}).scalar()
    return Bag(
        profile_id=profile.id,
        profile=Profile.model_validate(profile.body),
        cvs=tuple(_cv_card(work) for work in kept if work.kind is WorkKind.CV),
        versions={work.id: work.version for work in kept if work.kind in (WorkKind.PROFILE, WorkKind.CV)},
        photo=photo,
    )


def open_bag(session: Session, *, by: Actor, operation: str) -> None:
    """Create an empty profile and a first CV if there is no bag yet. Raises NotForStaff."""
    _check_actor(by)
    if own_bag(session, of=by) is None:
        works.start_work(
            session, by=by, kind=WorkKind.PROFILE, body=_stored_body(Profile()), operation=f"{operation}-profile"
        )
        works.start_work(session, by=by, kind=WorkKind.CV, body=_stored_body(Cv()), operation=f"{operation}-cv")


def save_answer(
    session: Session, *, by: Actor, cv_id: str, alter: Alter, bases: Mapping[str, int], operation: str
) -> Bag:
    """Apply one change to the profile and one CV, save what differs, and return the new bag.

    `bases` maps work ids to the versions that the person was looking at. Raises StaleWork when a newer one was saved.
    """
    kept = _opened_bag(session, by)
    card = kept.cv_card(cv_id)
    profile, cv = _copy_of(kept.profile), _copy_of(card.cv)
    alter(profile, cv)
    versions = dict(kept.versions)
    for work_id, before, after in ((kept.profile_id, kept.profile, profile), (cv_id, card.cv, cv)):
        if (body := _stored_body(after)) != _stored_body(before):
            saved = works.save_work(
                session,
                work_id,
                by=by,
                body=body,
                base=bases.get(work_id, versions[work_id]),
                operation=f"{operation}-{_operation_part(after)}",
            )
            versions[work_id] = saved.version
            if after is cv:
                card = replace(card, cv=cv, changed_at=saved.changed_at)
    cards = tuple(card if one.id == cv_id else one for one in kept.cvs)
    return replace(kept, profile=profile, cvs=cards, versions=versions)


def _copy_of(body: B) -> B:
    """Return a copy that can be changed. Rebuilding it from its fields is six times faster than a deep copy."""
    return type(body).model_validate(body.model_dump())


def _operation_part(body: Profile | Cv) -> str:
    """Return the suffix that keeps the operation ids of the two works apart, since one change may touch both."""
    return "profile" if isinstance(body, Profile) else "cv"


def undo_cv_change(session: Session, *, by: Actor, cv_id: str, operation: str) -> None:
    """Revert the latest change of the profile or of this CV. Raises works.NothingToUndo."""
    kept = _opened_bag(session, by)
    works.undo_change(session, [kept.profile_id, kept.cv_card(cv_id).id], by=by, operation=operation)


def new_cv(session: Session, *, by: Actor, cv: Cv, operation: str) -> str:
    """Add a CV and return its id. Raises TooManyCvs."""
    kept = _opened_bag(session, by)
    if len(kept.cvs) >= policy.CVS_AT_MOST:
        raise TooManyCvs
    return works.start_work(session, by=by, kind=WorkKind.CV, body=_stored_body(cv), operation=operation).id


def duplicate_cv(session: Session, *, by: Actor, cv_id: str, operation: str) -> str:
    """Copy a CV under the name « … (copie) » and return the id of the copy. Raises NotFound, TooManyCvs."""
    original = _opened_bag(session, by).cv_card(cv_id).cv
    copied = original.model_copy(update={"name": f"{original.name[:80]} (copie)"}, deep=True)
    return new_cv(session, by=by, cv=copied, operation=operation)


def delete_cv(session: Session, *, by: Actor, cv_id: str) -> None:
    """Remove a CV; `bring_back` restores it. A bag always has a CV, so an empty one replaces the last."""
    kept = _opened_bag(session, by)
    works.remove_work(session, kept.cv_card(cv_id).id, by=by)
    if len(kept.cvs) == 1:
        works.start_work(session, by=by, kind=WorkKind.CV, body=_stored_body(Cv()), operation=works.new_operation())


def bring_back(session: Session, *, by: Actor, cv_id: str) -> None:
    """Restore a deleted CV. Raises TooManyCvs."""
    if len(_opened_bag(session, by).cvs) >= policy.CVS_AT_MOST:
        raise TooManyCvs
    works.bring_back(session, cv_id, by=by)


def mark_place(session: Session, *, by: Actor, cv_id: str, place: str) -> None:
    """Remember the question at which the person is."""
    _check_actor(by)
    works.mark_place(session, cv_id, by=by, place=place)


def adopt_carried_file(
    session: Session, *, by: Actor, carried: CarriedWork, operation: str, now: datetime
) -> tuple[str, ...]:
    """Replace the profile and the CVs by those of a file and return the ids of the new CVs, in order.

    The history keeps what was there before. The photo is stored only if the person agreed to that.
    """
    open_bag(session, by=by, operation=operation)
    kept = _opened_bag(session, by)
    for card in kept.cvs:  # first, since this frees space under the person's limit
        works.remove_work(session, card.id, by=by)
    works.save_work(
        session,
        kept.profile_id,
        by=by,
        body=_stored_body(carried.profile),
        base=kept.versions[kept.profile_id],
        operation=f"{operation}-adopt",
    )
    if carried.photo and consents.has_consented(session, of=by.id, what=ConsentTo.PHOTO):
        keep_photo(session, by=by, jpeg=carried.photo, now=now)
    cvs = carried.cvs or (Cv(),)
    return tuple(
        works.start_work(
            session, by=by, kind=WorkKind.CV, body=_stored_body(cv), operation=f"{operation}-{position}"
        ).id
        for position, cv in enumerate(cvs)
    )


def keep_photo(session: Session, *, by: Actor, jpeg: bytes, now: datetime) -> None:
    """Store the person's one photo, already re-encoded by `photo.checked_photo`. Raises PhotoNotAgreed."""
    _check_actor(by)
    if not consents.has_consented(session, of=by.id, what=ConsentTo.PHOTO):
        raise PhotoNotAgreed
    kept = session.get(Photo, by.id) or Photo(account_id=by.id, jpeg=jpeg)
    kept.jpeg, kept.changed_at = jpeg, now
    session.add(kept)


def remove_photo(session: Session, *, by: Actor, now: datetime) -> None:
    """Delete the photo and withdraw the consent to it."""
    _check_actor(by)
    consents.withdraw_consent(session, by=by, what=ConsentTo.PHOTO, now=now)
    if kept := session.get(Photo, by.id):
        session.delete(kept)
        db.forget_erased_text(session)


def is_empty(kept: Bag) -> bool:
    """Tell whether nothing has been answered yet."""
    return kept.profile == Profile() and not any(c.cv.job_wanted or c.cv.wish or c.cv.aim for c in kept.cvs)


def _check_actor(actor: Actor) -> None:
    if not may_have_own_work(actor):
        raise NotForStaff


def _opened_bag(session: Session, actor: Actor) -> Bag:
    kept = own_bag(session, of=actor)
    if kept is None:
        raise NotFound
    return kept


def _cv_card(work: SavedWork) -> CvCard:
    return CvCard(id=work.id, cv=Cv.model_validate(work.body), changed_at=work.changed_at, place=work.place)


def _stored_body(body: Profile | Cv) -> dict[str, object]:
    return body.model_dump(mode="json")
