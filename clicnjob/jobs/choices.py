"""Stores what a young person keeps about jobs: favourites with a reason, and the answers to the interest quiz."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from sqlmodel import Session

from clicnjob import policy
from clicnjob.errors import Refusal
from clicnjob.models import Actor, WorkKind
from clicnjob.own_work import OwnWork
from clicnjob.works import WorkBody

Liking = Literal["j_aime", "bof", "non"]


class FavouritesNotForStaff(Refusal):
    """Raised when a professional opens the choices: favourites belong to the young person."""

    sentence = "Les métiers gardés sont pour les jeunes."


class TooManyFavourites(Refusal):
    """Raised beyond `policy.FAVOURITES_AT_MOST`, so that the list stays readable."""

    sentence = "Tu as déjà gardé 12 métiers. Enlève un métier, puis recommence."


class Favourite(WorkBody):
    """A favourite job: `key` is a sheet of data/jobs/fiches, `why` the person's own reason."""

    key: str
    why: str = ""


class JobChoices(WorkBody, kind=WorkKind.JOBS):
    """The favourites, the latest last, and the quiz answers by key of the statement."""

    favourites: list[Favourite] = Field(default_factory=list)
    answers: dict[str, Liking] = Field(default_factory=dict)

    def favourite_of(self, key: str) -> Favourite | None:
        """Return the favourite of one sheet, or None."""
        return next((kept for kept in self.favourites if kept.key == key), None)


_OWN = OwnWork(WorkKind.JOBS, JobChoices, FavouritesNotForStaff)


def own_choices(session: Session, *, of: Actor) -> JobChoices:
    """Return the person's choices, empty if there are none yet, in one query. Raises FavouritesNotForStaff."""
    return _OWN.read(session, of=of)


def keep_favourite(session: Session, *, by: Actor, key: str, operation: str) -> None:
    """Add a job to the favourites; does nothing if it is one already. Raises TooManyFavourites, FavouritesNotForStaff."""

    def alter(chosen: JobChoices) -> None:
        if chosen.favourite_of(key):
            return
        if len(chosen.favourites) >= policy.FAVOURITES_AT_MOST:
            raise TooManyFavourites
        chosen.favourites.append(Favourite(key=key))

    _OWN.change(session, by=by, alter=alter, operation=operation)


def drop_favourite(session: Session, *, by: Actor, key: str, operation: str) -> None:
    """Remove a favourite; the history of the work still has the reason that was written."""

    def alter(chosen: JobChoices) -> None:
        chosen.favourites = [kept for kept in chosen.favourites if kept.key != key]

    _OWN.change(session, by=by, alter=alter, operation=operation)


def say_why(session: Session, *, by: Actor, key: str, why: str, operation: str) -> None:
    """Save the reason for a favourite, used later for the CV and the interview."""

    def alter(chosen: JobChoices) -> None:
        if kept := chosen.favourite_of(key):
            kept.why = why

    _OWN.change(session, by=by, alter=alter, operation=operation)


def answer_statement(session: Session, *, by: Actor, statement: str, liking: Liking | None, operation: str) -> None:
    """Save the answer to one statement of the quiz; None removes it."""

    def alter(chosen: JobChoices) -> None:
        others = {key: value for key, value in chosen.answers.items() if key != statement}
        chosen.answers = {**others, statement: liking} if liking else others

    _OWN.change(session, by=by, alter=alter, operation=operation)


def forget_answers(session: Session, *, by: Actor, operation: str) -> None:
    """Remove all answers, to start the quiz again."""
    _OWN.change(session, by=by, alter=lambda chosen: chosen.answers.clear(), operation=operation)
