"""« Mon compte » of a professional: where they are signed in, recent activity on the account, and ending a sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import audit, policy
from clicnjob.accounts import presence
from clicnjob.errors import NotFound
from clicnjob.models import Actor, AuditEvent, SignIn

_FAILURES = {"password refused": "Mot de passe refusé", "code refused": "Code refusé"}
_ACTS = _FAILURES | {
    "signed in": "Entrée réussie",
    "sign-in ended": "Une connexion fermée ici",
    "other sign-ins ended": "Les autres connexions fermées ici",
    "oldest sign-in ended": "Connexion la plus ancienne fermée, il y en avait trop",
    "password chosen": "Mot de passe choisi",
    "password changed": "Mot de passe changé",
    "password reset": "Mot de passe annulé, nouveau lien donné",
    "second factor set up": "Double vérification activée",
    "second factor removed": "Double vérification arrêtée",
    "second factor reset": "Double vérification réinitialisée pour vous",
    "recovery code used": "Entrée avec un code de secours",
    "recovery codes renewed": "Codes de secours refaits",
    "outside identity linked": "Compte relié au fournisseur d’identité",
    "roles changed": "Rôles changés",
}


class UnknownSignIn(NotFound):
    """The sign-in has already ended or belongs to somebody else. The answer is the same for both."""

    sentence = "Cette connexion est déjà fermée."


@dataclass(frozen=True, slots=True)
class OwnSignIn:
    """One browser in which a professional is signed in. `here` marks the browser that asks."""

    id: str
    browser: str
    computer: str
    started_at: datetime
    seen_at: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class OwnTrace:
    """One thing that was done or tried on an account, in French."""

    at: datetime
    said: str


@dataclass(frozen=True, slots=True)
class OwnHistory:
    """Recent activity, latest first. `failures` counts since the previous sign-in, at `since` (None if none)."""

    traces: tuple[OwnTrace, ...]
    failures: int
    since: datetime | None


def own_sign_ins(session: Session, *, of: Actor, sign_in_id: str, now: datetime) -> tuple[OwnSignIn, ...]:
    """Return where the actor is signed in, newest first; `sign_in_id` is the sign-in that asks. Two queries."""
    rows = presence.lasting_sign_ins(session, account_id=of.id, now=now)
    return tuple(
        OwnSignIn(row.id, row.browser, row.computer, row.started_at, row.seen_at, row.id == sign_in_id) for row in rows
    )


def own_history(session: Session, *, of: Actor, sign_in_id: str) -> OwnHistory:
    """Return what was done and tried on the actor's own account. Three queries."""
    row, line = SignIn, AuditEvent
    began = select(row.started_at).where(row.id == sign_in_id).scalar_subquery()
    earlier = select(func.max(row.started_at)).where(row.account_id == of.id, col(row.started_at) < began)
    since = session.exec(earlier).one()
    mine = col(line.whom_id) == of.id
    failed = select(func.count()).where(mine, col(line.act).in_(_FAILURES))
    failures = session.exec(failed.where(line.at > since) if since else failed).one()
    latest = select(line).where(mine, col(line.act).in_(_ACTS)).order_by(col(line.id).desc()).limit(policy.OWN_TRACES)
    traces = tuple(OwnTrace(one.at, _ACTS[one.act]) for one in session.exec(latest))
    return OwnHistory(traces, failures, since)


def end_own_sign_in(session: Session, *, by: Actor, sign_in_id: str, now: datetime) -> None:
    """End one of the actor's own sign-ins. Raises UnknownSignIn."""
    kept = session.get(SignIn, sign_in_id)
    if kept is None or kept.account_id != by.id or kept.ended_at is not None:
        raise UnknownSignIn
    kept.ended_at, kept.end_reason = now, "by its owner"
    session.flush()
    audit.note_act(session, by=by, act="sign-in ended", whom_id=by.id, now=now)


def end_other_sign_ins(session: Session, *, by: Actor, sign_in_id: str, now: datetime) -> int:
    """End all the actor's sign-ins except the one named. Returns how many ended."""
    ended = presence.end_all(session, account_id=by.id, reason="by its owner", but=sign_in_id, now=now)
    if ended:
        audit.note_act(session, by=by, act="other sign-ins ended", whom_id=by.id, now=now)
    return ended
