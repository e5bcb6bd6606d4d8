"""The bag and the selected CV of the person, and the only functions through which a page changes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import streamlit as st
from sqlmodel import Session

from clicnjob import db, works
from clicnjob.accounts.presence import Present
from clicnjob.cv.document import compose
from clicnjob.cv.document.page_content import Document
from clicnjob.cv.model import bag
from clicnjob.cv.model.bag import Alter, Bag, CvCard
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.cv.model.prompts import Prompts, cv_prompts
from clicnjob.errors import StaleWork
from clicnjob.models import Role
from clicnjob.ui.shell import layout, pending_actions, run_cache, session_state, signed_in, transactions

Making = Callable[[Session, Present], str]


@dataclass(frozen=True)
class Desk:
    """What a CV page reads: loaded once a run and never changed in place."""

    me: Present
    bag: Bag
    card: CvCard

    @property
    def profile(self) -> Profile:
        """The profile, shared by all CVs."""
        return self.bag.profile

    @property
    def cv(self) -> Cv:
        """The selected CV."""
        return self.card.cv

    @property
    def words(self) -> Prompts:
        """The phrases and lists that the guided CV offers."""
        return cv_prompts()

    @cached_property
    def document(self) -> Document:
        """The document composed from the profile and this CV."""
        return compose.compose_document(self.profile, self.cv, photo=self.bag.photo)


def opened_desk(me: Present) -> Desk:
    """Load the bag and select a CV: the one of this session, else the one changed last.

    A first visit creates an empty bag with one CV.
    """
    kept = run_cache.read_once(transactions.BAG, lambda: _read_bag(me))
    chosen = next((card for card in kept.cvs if card.id == session_state.cv_id()), None)
    chosen = chosen or max(kept.cvs, key=lambda card: card.changed_at)
    session_state.choose_cv(chosen.id)
    session_state.show_versions(kept.versions)
    return Desk(me=me, bag=kept, card=chosen)


def _read_bag(me: Present) -> Bag:
    with db.read_transaction() as session:
        kept = bag.own_bag(session, of=me)
    if kept is None:
        with db.write_transaction() as session:
            bag.open_bag(session, by=me, operation=works.new_operation())
            kept = bag.own_bag(session, of=me)
    assert kept is not None
    return kept


def change_cv(alter: Alter, *, cv_id: str = "") -> bool:
    """Save one change of the profile and the selected CV; return whether it was saved.

    If newer work was saved elsewhere, `alter` is applied again to that. Call it from callbacks: the signed-in person is
    read again, never taken from the previous run. `cv_id` names another CV than the selected one, for an action that
    was waiting.
    """
    operation, cv_id = works.new_operation(), cv_id or session_state.cv_id()
    for bases in (session_state.screen_versions(), {}):
        try:
            return _save_answer(alter, cv_id, operation, bases)
        except StaleWork as newer:
            session_state.tell_once(newer.sentence)
            session_state.renew_widgets()
    return False


def move_to(place: str) -> bool:
    """Save which question the person is at; return whether it was saved. A first step alone is no « Enregistré »."""
    typed_before = session_state.is_saved() is not None
    cv_id, known = session_state.cv_id(), run_cache.peek_read(transactions.BAG, Bag)
    moved = transactions.save_or_raise(
        lambda session, me: bag.mark_place(session, by=me, cv_id=cv_id, place=place), who=signed_in.person_here
    )
    if moved and not typed_before:
        session_state.forget_saved()
    if moved and known is not None:
        run_cache.put_read(transactions.BAG, known.with_place(cv_id, place))
    return moved is not None


def undo_change() -> None:
    """Undo the latest change of the selected CV or the profile."""
    operation = works.new_operation()
    if transactions.run_action(
        lambda session, me: bag.undo_cv_change(session, by=me, cv_id=session_state.cv_id(), operation=operation)
    ):
        session_state.renew_widgets()
        session_state.tell_once("C’est annulé.")


def greeting_name(now: Desk) -> str:
    """Return the first name, escaped for a title, or '' if it is unknown."""
    return layout.escape_markdown(now.profile.first_name or now.me.first_name)


def saved_mark() -> None:
    """Show whether the last action was saved: « Enregistré » appears only after a commit in this session."""
    match session_state.is_saved():
        case _ if pending_actions.is_stuck():
            words = "Pas encore enregistré… On réessaie tout seul. Garde cette page ouverte."
            st.html(f'<p class="cj-unsaved" role="alert">{words}</p>')
        case True:
            st.html(f'<p class="cj-saved" role="status">✓ Enregistré{_until_when()}</p>')
        case False:
            st.html('<p class="cj-unsaved" role="alert">Pas encore enregistré. Recommence, s’il te plaît.</p>')
        case None:
            st.html('<p class="cj-saved" role="status">Tout s’enregistre tout seul.</p>')


def _until_when() -> str:
    """Say how long the work of a guest is kept: « Enregistré » alone would promise more."""
    me = signed_in.person_here()
    return " jusqu’à la fin de ta visite" if me is not None and me.role is Role.GUEST else ""


def _save_answer(alter: Alter, cv_id: str, operation: str, bases: dict[str, int]) -> bool:
    saved = transactions.save_or_raise(
        lambda session, me: bag.save_answer(session, by=me, cv_id=cv_id, alter=alter, bases=bases, operation=operation),
        who=signed_in.person_here,
    )
    if saved is None:
        return False
    run_cache.put_read(transactions.BAG, saved.result)
    session_state.show_versions(saved.result.versions)  # a second callback can run before the page is rendered again
    return True
