"""« Qui a vu mon dossier »: who looked at what and when, logged at most once a day and shown in French."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from clicnjob import audit, policy
from clicnjob.models import Account, Actor, AuditEvent, Role
from clicnjob.privacy.machine import MACHINE

SEEN = "file opened"

# What was looked at: the logged code, and how the young person reads it.
WHAT = {
    "file": "a ouvert ton dossier",
    "cv": "a regardé ton CV",
    "progress": "a regardé où tu en es",
    "jobs": "a regardé tes métiers",
    "applications": "a regardé tes candidatures",
    "practice": "a regardé tes entraînements",
    "liaison": "a fait une fiche de liaison avec ce que tu montres",
    "list": "a vu ton nom dans une liste",
    "printed": "a imprimé ta fiche",
    "export": "a téléchargé une liste avec ton nom",
}
# Other acts of professionals and rules on a file. An unknown act is shown too, as ELSE.
DONE = {
    "young person signed up": "t’a ouvert un compte ici",
    "young person taken": "a commencé à te suivre",
    "card printed": "a imprimé ta carte",
    "card cancelled": "a annulé ta carte, jamais utilisée",
    "card renewed": "t’a fait une nouvelle carte",
    "card unlocked": "a débloqué ta carte",
    "file frozen": "a gelé ton dossier",
    "file unfrozen": "a dégelé ton dossier",
    "archived": "a archivé ton dossier",
    "files merged": "a réuni tes deux dossiers",
    "file merge undone": "a séparé tes deux dossiers, réunis par erreur",
    "brought back": "a rouvert ton dossier archivé",
    "lent": "a confié ton dossier à quelqu’un pour un temps",
    "taken back": "a repris ton dossier",
    "handover undone": "a gardé ton dossier finalement",
    "handed over": "a confié ton dossier à quelqu’un d’autre",
    "erasure announced": "a prévu d’effacer ton dossier, faute de visite",
}
ELSE = "a fait un changement dans ton dossier"
_ROLES = {
    Role.ADVISER: "qui conseille des jeunes",
    Role.TRAINER: "qui anime des ateliers",
    Role.HEAD: "qui dirige la structure",
    Role.ADMIN: "qui s’occupe de l’informatique",
}


@dataclass(frozen=True, slots=True)
class View:
    """One line of the page: « Claire, qui te suit » « a regardé ton CV »."""

    who: str
    did: str
    at: datetime


def note_view(session: Session, *, by: Actor, whom_id: str, what: str, now: datetime) -> None:
    """Log that a professional looked at a part of somebody's file, once a day for each (who, whom, what).

    `what` is a key of WHAT. Looking at one's own file is not logged. Call it in a transaction that can write.
    """
    if by.id == whom_id:
        return
    told = _told_today(by, what, now).where(AuditEvent.whom_id == whom_id)
    if session.exec(told.limit(1)).first() is None:
        audit.note_act(session, by=by, act=SEEN, whom_id=whom_id, why=what, now=now)


def note_views(session: Session, *, by: Actor, whom_ids: Iterable[str], what: str, now: datetime) -> None:
    """Do `note_view` for many people at once; one query finds who has today's line already."""
    ids = list(whom_ids)
    of_them = col(AuditEvent.whom_id).in_(ids)  # by its index, while the lines of a structure are hundreds of thousands
    of_structure = col(AuditEvent.organisation_id) == by.organisation_id
    few = len(ids) <= audit.LINES_NOTED_AT_ONCE
    told = set(session.exec(_told_today(by, what, now).where(of_them if few else of_structure)))
    fresh = [whom_id for whom_id in ids if whom_id not in told and whom_id != by.id]
    audit.note_all(session, by=by, act=SEEN, whom_ids=fresh, why=what, now=now)


def file_views(session: Session, *, of: Actor, now: datetime, most: int = 200) -> tuple[View, ...]:
    """List what others did with the person's own file in the last 90 days, latest first. Two queries."""
    mine = select(Account.adviser_id).where(Account.id == of.id)
    adviser_id = session.exec(mine).first()
    query = (
        select(AuditEvent, Account)
        .join(Account, col(Account.id) == AuditEvent.by_id, isouter=True)
        .where(AuditEvent.whom_id == of.id, AuditEvent.by_id != of.id, AuditEvent.at >= now - policy.VIEWS_SHOWN)
        .order_by(col(AuditEvent.id).desc())
        .limit(most)
    )
    rows = session.exec(query)
    return tuple(View(_viewer_name(line, account, adviser_id), _act_in_words(line), line.at) for line, account in rows)


def _told_today(by: Actor, what: str, at: datetime) -> SelectOfScalar[str]:
    """Select the people for whom this look is already logged today."""
    day = at.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return select(AuditEvent.whom_id).where(
        AuditEvent.by_id == by.id, AuditEvent.act == SEEN, AuditEvent.why == what, AuditEvent.at >= day
    )


def _viewer_name(line: AuditEvent, account: Account | None, adviser_id: str | None) -> str:
    if line.by_id == MACHINE.id:
        return "ClicNJob, tout seul,"
    if account is None:
        return "Un professionnel qui n’est plus ici"
    role = "qui te suit" if account.id == adviser_id else _ROLES.get(account.role, "")
    return f"{account.first_name}, {role}" if role else account.first_name


def _act_in_words(line: AuditEvent) -> str:
    return WHAT.get(line.why, WHAT["file"]) if line.act == SEEN else DONE.get(line.act, ELSE)
