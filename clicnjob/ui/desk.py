"""The work on the table: the person's bag and the CV in hand, and the one way in which a page changes them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import streamlit as st
from sqlmodel import Session

from clicnjob import db, works
from clicnjob.accounts.presence import Present
from clicnjob.cv import bag, compose
from clicnjob.cv.bag import Alter, Bag, CvCard
from clicnjob.cv.document import Document
from clicnjob.cv.profile import Cv, Profile
from clicnjob.cv.prompts import Prompts, prompts
from clicnjob.errors import Refusal, StaleWork
from clicnjob.ui import frame, once, pending_acts, signin, state

Making = Callable[[Session, Present], str]
_LOG = logging.getLogger(__name__)
_BAG = "bag"


@dataclass(frozen=True)
class Desk:
    """What a page of the CV reads: it is read once a run and never changed in place."""

    me: Present
    bag: Bag
    card: CvCard

    @property
    def profile(self) -> Profile:
        """The profile, shared by all CVs."""
        return self.bag.profile

    @property
    def cv(self) -> Cv:
        """The CV in hand."""
        return self.card.cv

    @property
    def words(self) -> Prompts:
        """The words offered."""
        return prompts()

    @cached_property
    def document(self) -> Document:
        """The page that this CV makes now."""
        return compose.compose(self.profile, self.cv, photo=self.bag.photo)


def opened(me: Present) -> Desk:
    """The desk of this person; the first visit starts an empty bag with one CV."""
    kept = once.read(_BAG, lambda: _read(me))
    chosen = next((card for card in kept.cvs if card.id == state.cv_id()), None)
    chosen = chosen or max(kept.cvs, key=lambda card: card.changed_at)
    state.choose_cv(chosen.id)
    state.show_versions(kept.versions)
    return Desk(me=me, bag=kept, card=chosen)


def _read(me: Present) -> Bag:
    with db.reading() as session:
        kept = bag.bag(session, of=me)
    if kept is None:
        with db.transaction() as session:
            bag.open_bag(session, by=me, operation=works.new_operation())
            kept = bag.bag(session, of=me)
    assert kept is not None
    return kept


def change(alter: Alter, *, cv_id: str = "") -> bool:
    """Save one act on the profile and the CV in hand; it is applied again to newer work saved elsewhere.

    Says whether it was kept. For callbacks: the person is asked for again, never taken from the last drawing.
    `cv_id` is another CV than the one in hand, for an act that waited.
    """
    operation, cv_id = works.new_operation(), cv_id or state.cv_id()
    for bases in (state.bases(), {}):
        try:
            return _answered(alter, cv_id, operation, bases)
        except StaleWork as newer:
            state.tell(newer.sentence)
            state.renew_widgets()
    return False


def move(place: str) -> bool:
    """Remember the question at which the person is now."""
    cv_id, known = state.cv_id(), once.peek(_BAG, Bag)
    moved = _done(lambda session, me: bag.mark_place(session, by=me, cv_id=cv_id, place=place), who=signin.here)
    if moved and known is not None:
        once.put(_BAG, known.moved(cv_id, place))
    return moved


def act(doing: Callable[[Session, Present], object]) -> bool:
    """One act in one transaction, for the person signed in now; a refusal is told and nothing is half done."""
    try:
        return _done(doing)
    except StaleWork as newer:
        state.tell(newer.sentence)
        state.renew_widgets()
        return False


def _done(doing: Callable[[Session, Present], object], *, who: Callable[[], Present | None] = signin.present) -> bool:
    """`who` is `signin.here` for what can only change one's own answers: the page that follows need not ask again."""
    once.forget(_BAG)
    try:
        me = who()
        if me is None:
            return False
        with db.transaction() as session:
            doing(session, me)
    except StaleWork:
        raise
    except Refusal as refusal:
        state.tell(refusal.sentence)
        state.mark_saved(False)
        return False
    except db.CANNOT as error:
        _LOG.warning("the database cannot write", extra={"fields": {"kind": db.reason(error)}})
        state.mark_saved(False)
        pending_acts.mark_stuck(True)
        return False
    state.mark_saved(True)
    return True


def undo() -> None:
    """Take back the latest change."""
    operation = works.new_operation()
    if act(lambda session, me: bag.undo(session, by=me, cv_id=state.cv_id(), operation=operation)):
        state.renew_widgets()
        state.tell("C’est annulé.")


def hello(now: Desk) -> str:
    """The first name, escaped for a title; '' when nobody said it yet."""
    return frame.plain(now.profile.first_name or now.me.first_name)


def saved_mark() -> None:
    """« Enregistré », only after a commit of this session."""
    match state.is_saved():
        case _ if pending_acts.is_stuck():
            words = "Pas encore enregistré… On réessaie tout seul. Garde cette page ouverte."
            st.html(f'<p class="cj-unsaved" role="alert">{words}</p>')
        case True:
            st.html('<p class="cj-saved" role="status">✓ Enregistré</p>')
        case False:
            st.html('<p class="cj-unsaved" role="alert">Pas encore enregistré. Recommence, s’il te plaît.</p>')
        case None:
            st.html('<p class="cj-saved" role="status">Tout s’enregistre tout seul.</p>')


def _answered(alter: Alter, cv_id: str, operation: str, bases: dict[str, int]) -> bool:
    made: list[Bag] = []

    def answer(session: Session, me: Present) -> None:
        made.append(bag.answer(session, by=me, cv_id=cv_id, alter=alter, bases=bases, operation=operation))

    if not _done(answer, who=signin.here):
        return False
    once.put(_BAG, made[0])
    state.show_versions(made[0].versions)  # two acts can come before the page is drawn again
    return True
