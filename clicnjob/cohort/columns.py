"""The columns of « Mes jeunes » beside the name and the reason to call: each professional chooses theirs, for good."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from clicnjob.cohort import permissions
from clicnjob.errors import NotFound
from clicnjob.models import Actor, CohortView

COLUMNS: dict[str, str] = {
    "telephone": "Téléphone",
    "etape": "Étape",
    "cv": "CV",
    "metiers": "Métiers",
    "entrainements": "Entraînements",
    "candidatures": "Candidatures",
    "activite": "Dernière activité",
    "conseiller": "Conseiller",
}
DEFAULT = ("telephone", "etape", "cv", "activite", "conseiller")


def offered_columns(actor: Actor) -> tuple[str, ...]:
    """Return the columns that the actor can choose: only who sees several advisers' people needs the adviser's."""
    return tuple(key for key in COLUMNS if key != "conseiller" or permissions.may_see_all(actor))


def shown_columns(session: Session, *, of: Actor) -> tuple[str, ...]:
    """Return the actor's columns, in the order of COLUMNS. One query. Raises FollowsNobody."""
    if not permissions.may_follow(of):
        raise permissions.FollowsNobody
    kept = session.get(CohortView, of.id)
    chosen = kept.columns.split() if kept else DEFAULT
    return tuple(key for key in offered_columns(of) if key in chosen)


def choose_columns(session: Session, *, by: Actor, chosen: Sequence[str]) -> None:
    """Keep the actor's choice, also an empty one. Raises FollowsNobody, NotFound for a column that is not offered."""
    if not permissions.may_follow(by):
        raise permissions.FollowsNobody
    if not set(chosen) <= set(offered_columns(by)):
        raise NotFound
    kept = session.get(CohortView, by.id) or CohortView(account_id=by.id)
    kept.columns = " ".join(key for key in COLUMNS if key in chosen)
    session.add(kept)
    session.flush()
