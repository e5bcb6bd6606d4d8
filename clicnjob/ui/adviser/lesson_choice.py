"""The lessons and scenes that a professional can propose: those that the structure published, then ours."""

from __future__ import annotations

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.learn import library
from clicnjob.learn.own import published
from clicnjob.models import LearningKind

_KINDS = {LearningKind.LESSON: "Leçon", LearningKind.SCENE: "Situation"}


def offered_lessons(me: Present) -> dict[tuple[LearningKind, str], str]:
    """Return the title to choose by the kind and the id."""
    with db.read_transaction() as session:
        written = published.published_entries(session, of=me, now=models.utc_now())
    own = {key: f"Chez vous\u00a0: {one.titre}" for key, one in written.items()}
    ours = {(LearningKind.LESSON, key): one.titre for key, one in library.shipped_lessons().items()}
    ours |= {(LearningKind.SCENE, key): one.titre for key, one in library.shipped_scenes().items()}
    return own | {key: f"{_KINDS[key[0]]}\u00a0: {title}" for key, title in ours.items()}
