"""What a young person keeps of the jobs: favourites with their reason, and the answers to the interest quiz."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pydantic import Field
from sqlmodel import Session

from clicnjob import policy, works
from clicnjob.errors import Refusal
from clicnjob.models import YOUNG_ROLES, Actor, WorkKind
from clicnjob.works import Body, SavedWork

Liking = Literal["j_aime", "bof", "non"]


class NotForStaff(Refusal):
    """Professionals look at the sheets; favourites are a young person's own."""

    sentence = "Les métiers gardés sont pour les jeunes."


class TooManyFavourites(Refusal):
    """A list that stays readable."""

    sentence = "Tu as déjà gardé 12 métiers. Enlève un métier, puis recommence."


class Favourite(Body):
    """A job kept: `key` is a sheet of data/jobs/fiches, `why` the person's own reason."""

    key: str
    why: str = ""


class JobChoices(Body, kind=WorkKind.JOBS):
    """Favourites, latest last, and the quiz answers by statement."""

    favourites: list[Favourite] = Field(default_factory=list)
    answers: dict[str, Liking] = Field(default_factory=dict)

    def favourite(self, key: str) -> Favourite | None:
        """The favourite of one sheet, if kept."""
        return next((kept for kept in self.favourites if kept.key == key), None)


def choices(session: Session, *, of: Actor) -> JobChoices:
    """The person's choices; empty before any. One query. Raises NotForStaff."""
    kept = _kept(session, of)
    return JobChoices.model_validate(kept.body) if kept else JobChoices()


def keep(session: Session, *, by: Actor, key: str, operation: str) -> None:
    """Keep a job as a favourite; once is enough. Raises TooManyFavourites."""

    def alter(chosen: JobChoices) -> None:
        if chosen.favourite(key):
            return
        if len(chosen.favourites) >= policy.FAVOURITES_AT_MOST:
            raise TooManyFavourites
        chosen.favourites.append(Favourite(key=key))

    _change(session, by, alter, operation)


def drop(session: Session, *, by: Actor, key: str, operation: str) -> None:
    """No longer keep a job; the history keeps the reason that was written."""

    def alter(chosen: JobChoices) -> None:
        chosen.favourites = [kept for kept in chosen.favourites if kept.key != key]

    _change(session, by, alter, operation)


def say_why(session: Session, *, by: Actor, key: str, why: str, operation: str) -> None:
    """« Pourquoi ce métier »: kept for the CV and the interview. Raises a refusal of `text`."""

    def alter(chosen: JobChoices) -> None:
        if kept := chosen.favourite(key):
            kept.why = why

    _change(session, by, alter, operation)


def answer(session: Session, *, by: Actor, statement: str, liking: Liking | None, operation: str) -> None:
    """Answer one statement of the quiz, or take the answer back."""

    def alter(chosen: JobChoices) -> None:
        others = {key: value for key, value in chosen.answers.items() if key != statement}
        chosen.answers = {**others, statement: liking} if liking else others

    _change(session, by, alter, operation)


def forget_answers(session: Session, *, by: Actor, operation: str) -> None:
    """Begin the quiz anew."""
    _change(session, by, lambda chosen: chosen.answers.clear(), operation)


def _kept(session: Session, actor: Actor) -> SavedWork | None:
    if actor.role not in YOUNG_ROLES:
        raise NotForStaff
    return next((work for work in works.works(session, of=actor) if work.kind is WorkKind.JOBS), None)


def _change(session: Session, by: Actor, alter: Callable[[JobChoices], None], operation: str) -> None:
    """One act on the latest choices: the write transaction holds the row, so the base read here is the latest."""
    kept = _kept(session, by)
    chosen = JobChoices.model_validate(kept.body) if kept else JobChoices()
    alter(chosen)
    body = chosen.model_dump(mode="json")
    if kept is None:
        works.start(session, by=by, kind=WorkKind.JOBS, body=body, operation=operation)
    elif body != kept.body:
        works.save(session, kept.id, by=by, body=body, base=kept.version, operation=operation)
