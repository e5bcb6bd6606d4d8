"""Everything held about a person, in French and grouped: shown by « Mon dossier » and first in the export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from clicnjob import works
from clicnjob.french import contact
from clicnjob.learn import library, reports
from clicnjob.learn.own import published
from clicnjob.models import (
    Account,
    Actor,
    Attendance,
    AuditEvent,
    Card,
    Consent,
    ConsentTo,
    Enrolment,
    LearningRecord,
    LessonReport,
    NotificationAddress,
    NotificationChannel,
    Organisation,
    Photo,
    Role,
    SentMail,
    SentNotification,
    SignIn,
    WorkKind,
    Workshop,
)
from clicnjob.privacy.export import readable_work
from clicnjob.privacy.export.staff_writings import written_on_file

SAID_YES = {
    ConsentTo.PHOTO: "garder ta photo",
    ConsentTo.PRACTICE: "montrer tes entraînements",
    ConsentTo.APPLICATIONS: "montrer tes candidatures",
    ConsentTo.LESSONS: "montrer le titre de tes leçons",
    ConsentTo.CHECK: "montrer ton point numérique",
    ConsentTo.OBSTACLES: "montrer une partie de ce qui te bloque",
    ConsentTo.SMS: "être prévenu par SMS",
    ConsentTo.MAIL: "être prévenu par e-mail",
}


@dataclass(frozen=True, slots=True)
class StoredGroup:
    """One group of held data. `page` is where it can be corrected; when it is '', `how` says how instead."""

    key: str
    title: str
    lines: tuple[str, ...]
    page: str = ""
    how: str = ""


def stored_groups(session: Session, *, of: Actor) -> tuple[StoredGroup, ...]:
    """Return the groups, without empty ones. The number of queries does not depend on the amount of work."""
    groups = (
        _person_group(session, of),
        *_work_groups(session, of),
        _written_group(session, of),
        _workshop_group(session, of),
        _photo_group(session, of),
        _learning_group(session, of),
        _report_group(session, of),
        _choice_group(session, of),
        _mail_group(session, of),
        _notification_group(session, of),
        _trace_group(session, of),
    )
    return tuple(group for group in groups if group.lines)


def full_day(at: datetime) -> str:
    """Return a date in French: « 3 mai 2026 »."""
    here = at.astimezone()
    return f"{'1er' if here.day == 1 else here.day} {_MONTHS[here.month - 1]} {here.year}"


def _person_group(session: Session, of: Actor) -> StoredGroup:
    if of.role is Role.GUEST:
        return StoredGroup(
            "person", "Qui tu es", ("Tu viens sans carte\u00a0: aucun nom n’est demandé.",), how="Rien à corriger ici."
        )
    adviser = aliased(Account)
    query = select(Account, Organisation.name, adviser.first_name, Enrolment).where(Account.id == of.id)
    query = query.join(Enrolment, col(Enrolment.account_id) == Account.id, isouter=True)
    query = query.join(Organisation, col(Organisation.id) == Account.organisation_id, isouter=True)
    row = session.exec(query.join(adviser, col(adviser.id) == Account.adviser_id, isouter=True)).first()
    if row is None:
        return StoredGroup("person", "Qui tu es", ())
    account, place, followed_by, given = row
    lines = (
        f"Prénom\u00a0: {account.first_name}",
        f"Nom\u00a0: {account.last_name}",
        f"Structure\u00a0: {place}" if place else "",
        f"Qui te suit\u00a0: {followed_by}" if followed_by else "",
        f"Inscription le {full_day(account.created_at)}",
        f"Téléphone donné à l’inscription\u00a0: {given.phone}" if given and given.phone else "",
        f"Mois de naissance\u00a0: {given.birth_month}" if given and given.birth_month else "",
    )
    how = "Une erreur\u00a0? Dis-le à ton conseiller, il la corrige."
    return StoredGroup("person", "Qui tu es", tuple(line for line in lines if line), how=how)


def _work_groups(session: Session, of: Actor) -> tuple[StoredGroup, ...]:
    """Return one group per kind of work, in the order of WorkKind; undescribed kinds are listed text by text."""
    found: dict[WorkKind, list[str]] = {}
    for work in works.own_works(session, of=of):
        found.setdefault(work.kind, []).extend(readable_work.kind_of_work(work.kind).lines(work.body))
    order = [kind for kind in WorkKind if kind in found]
    return tuple(
        StoredGroup(
            kind.value,
            readable_work.kind_of_work(kind).title,
            tuple(found[kind]),
            page=readable_work.kind_of_work(kind).page,
        )
        for kind in order
    )


def _written_group(session: Session, of: Actor) -> StoredGroup:
    said = written_on_file(session, account_id=of.id)
    lines = tuple(f"{what}, le {full_day(at)}\u00a0: {words}" for what, at, words in said)
    how = "Une erreur\u00a0? Dis-le à ton conseiller, il la corrige."
    return StoredGroup("written", "Ce que ta structure a écrit", lines, how=how)


def _workshop_group(session: Session, of: Actor) -> StoredGroup:
    query = select(Workshop).join(Attendance, col(Attendance.workshop_id) == Workshop.id)
    rows = session.exec(query.where(Attendance.account_id == of.id).order_by(col(Workshop.began_at), Workshop.id))
    lines = tuple(f"{one.title}, le {full_day(one.began_at)}\u00a0: {one.minutes} minutes" for one in rows)
    how = "Tu n’y étais pas\u00a0? Dis-le à ton conseiller, il le corrige."
    return StoredGroup("workshops", "Tes séances de groupe", lines, how=how)


def _photo_group(session: Session, of: Actor) -> StoredGroup:
    changed = session.exec(select(Photo.changed_at).where(Photo.account_id == of.id)).first()
    lines = (f"Une photo, mise le {full_day(changed)}",) if changed else ()
    return StoredGroup("photo", "Ma photo", lines, page="young/sheet.py")


def _learning_group(session: Session, of: Actor) -> StoredGroup:
    row = LearningRecord
    rows = session.exec(select(row).where(row.account_id == of.id).order_by(col(row.started_at), row.content_id)).all()
    titles = {key: one.titre for key, one in library.shipped_lessons().items()}
    titles |= {key: one.titre for key, one in library.shipped_scenes().items()}
    titles |= published.own_titles(session, ids=frozenset(one.content_id for one in rows))
    lines = tuple(
        f"{titles.get(one.content_id, 'Une leçon qui n’existe plus')}\u00a0: "
        + (f"finie le {full_day(one.finished_at)}" if one.finished_at else f"ouverte le {full_day(one.started_at)}")
        for one in rows
    )
    return StoredGroup("learning", "Mes leçons et mes situations", lines, page="young/learn.py")


def _report_group(session: Session, of: Actor) -> StoredGroup:
    row = LessonReport
    rows = session.exec(select(row).where(row.account_id == of.id).order_by(col(row.at), row.id))
    lines = tuple(f"Le {full_day(one.at)}\u00a0: {reports.said_reasons(one)}" for one in rows)
    how = "Ta structure lit ces lignes sans ton nom."
    return StoredGroup("reports", "Ce que tu as signalé dans une leçon", lines, how=how)


def _choice_group(session: Session, of: Actor) -> StoredGroup:
    query = select(Consent).where(Consent.account_id == of.id).order_by(col(Consent.given_at), Consent.id)
    return StoredGroup(
        "choices", "Mes accords", tuple(_consent_line(row) for row in session.exec(query)), page="young/sharing.py"
    )


def _consent_line(row: Consent) -> str:
    until = f", repris le {full_day(row.withdrawn_at)}" if row.withdrawn_at else ""
    return f"Oui pour {SAID_YES.get(row.what, row.what)}, le {full_day(row.given_at)}{until}"


def _mail_group(session: Session, of: Actor) -> StoredGroup:
    rows = session.exec(select(SentMail).where(SentMail.account_id == of.id).order_by(col(SentMail.at), SentMail.id))
    lines = tuple(
        f"Le {full_day(one.at)}\u00a0: " + " · ".join(part for part in (one.recipient, one.file_name) if part)
        for one in rows
    )
    how = "Ces lignes disent ce qui est parti. Elles s’effacent après 6 mois."
    return StoredGroup("mails", "Tes messages partis d’ici", lines, how=how)


def _notification_group(session: Session, of: Actor) -> StoredGroup:
    places, left = NotificationAddress, SentNotification
    chosen = session.exec(select(places).where(places.account_id == of.id).order_by(col(places.channel)))
    query = select(left).where(left.account_id == of.id).order_by(col(left.at), left.id)
    names = {NotificationChannel.SMS: "un SMS", NotificationChannel.MAIL: "un e-mail"}
    lines = (
        *(f"On te prévient ici\u00a0: {contact.phone_shown(one.address)}" for one in chosen),
        *(f"Le {full_day(one.at)}\u00a0: {names[one.channel]}" for one in session.exec(query)),
    )
    return StoredGroup("notifications", "Mes rappels", lines, page="young/notifications.py")


def _trace_group(session: Session, of: Actor) -> StoredGroup:
    cards, visits, latest, lines = session.exec(
        select(
            select(func.count()).where(col(Card.account_id) == of.id).scalar_subquery(),
            select(func.count()).where(col(SignIn.account_id) == of.id).scalar_subquery(),
            select(func.max(SignIn.started_at)).where(col(SignIn.account_id) == of.id).scalar_subquery(),
            select(func.count()).where(col(AuditEvent.whom_id) == of.id).scalar_subquery(),
        )
    ).one()
    said = (
        _count_in_words(cards, "carte") + "\u00a0: ni son numéro ni ton code ne sont lisibles" if cards else "",
        _count_in_words(visits, "visite") + (f", la dernière le {full_day(latest)}" if latest else "")
        if visits
        else "",
        _count_in_words(lines, "ligne") + " dans le journal (qui a fait quoi, jamais tes textes)" if lines else "",
    )
    how = "Ces traces protègent ton compte. Elles s’effacent toutes seules."
    return StoredGroup("traces", "Tes cartes et tes visites", tuple(line for line in said if line), how=how)


def _count_in_words(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 else ''}"


_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
