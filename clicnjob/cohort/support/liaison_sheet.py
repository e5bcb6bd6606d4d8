"""The contact sheet that an adviser makes of a young person: only what that person shows, with since when."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from clicnjob.cohort import permissions
from clicnjob.errors import Refusal
from clicnjob.generated_file import FileToBuild
from clicnjob.learn import liaison, obstacles
from clicnjob.learn.digital_check import own_check, questions
from clicnjob.learn.liaison import LiaisonSheet
from clicnjob.models import Account, Actor, Consent, ConsentTo, Organisation
from clicnjob.privacy import sharing


class NothingShared(Refusal):
    """The person shows neither their digital check nor an obstacle."""

    sentence = "La personne ne montre rien pour l’instant. Faites la fiche avec elle, sur son écran."


def shared_liaison_file(session: Session, *, by: Actor, account_id: str, today: date, now: datetime) -> FileToBuild:
    """Make the sheet, and log it for its person to read. Raises NotFound, NothingShared."""
    person = permissions.followed_person(session, by=by, account_id=account_id, today=today)
    shown, kept = sharing.shared_by(session, of=person.id), sharing.shared_obstacles(session, of=person.id)
    check = own_check.own_check(session, of=person) if shown.digital_check else None
    if (check is None or not check.answers) and not kept:
        raise NothingShared
    themes = questions.proposed_lessons(check.answers) if check and check.answers else ()
    rows = (
        ("Prénom", person.first_name),
        ("Matériel", liaison.equipment_in_words(check) if check else ""),
        ("Connexion", liaison.connection_in_words(check) if check else ""),
        ("Thèmes", ", ".join(rule.titre for rule in themes)),
        ("Ce qui bloque", ", ".join(one.titre for one in obstacles.known_obstacles() if one.cle in kept)),
    )
    permissions.note_view(session, by=by, whom_id=person.id, what="liaison", now=now)
    return liaison.liaison_file(LiaisonSheet(rows, _sender_name(session, by), _agreement_sentence(session, person.id)))


def _sender_name(session: Session, by: Actor) -> str:
    account, structure = session.get(Account, by.id), session.get(Organisation, by.organisation_id)
    name = f"{account.first_name} {account.last_name}" if account else ""
    return f"{name}, {structure.name}" if structure else name


def _agreement_sentence(session: Session, account_id: str) -> str:
    """Say since when the person shows what is printed: the day of the latest of their open consents."""
    query = select(Consent.given_at).where(
        Consent.account_id == account_id,
        col(Consent.what).in_((ConsentTo.CHECK, ConsentTo.OBSTACLES)),
        col(Consent.withdrawn_at).is_(None),
    )
    given = max(session.exec(query), default=None)
    since = f" Accord donné dans ClicNJob le {liaison.day_in_words(given.astimezone().date())}." if given else ""
    return f"La personne a choisi de montrer ces lignes.{since}"
