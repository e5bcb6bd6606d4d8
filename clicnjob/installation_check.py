"""Whether the secret is the one of this database, and whether the audit log fits its anchors: asked before anything is sealed.

A secret that was lost and replaced in silence made every card void and broke the audit log for good.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from datetime import datetime

from sqlalchemy import inspect
from sqlmodel import Session, select

from clicnjob import anchors, audit, config, db, policy, private_files
from clicnjob.config import settings
from clicnjob.errors import Refusal
from clicnjob.models import Account, InstallationMark

PEPPER, ANCHORS = "pepper", "anchors"
_LOG = logging.getLogger(__name__)


class ForeignSecret(Refusal):
    """The database was sealed with another secret."""

    sentence = (
        "Le secret (fichier «\u00a0secret\u00a0» du dossier, ou CLICNJOB_PEPPER) n’est pas celui de cette base. "
        "Remettez celui de votre sauvegarde, puis recommencez."
    )


def settle_installation(*, now: datetime) -> None:
    """What is done before anything else with a migrated database. Raises HomeNotWritable, SecretMissing, ForeignSecret."""
    private_files.make_new_files_private()
    private_files.require_writable_home(settings())
    with db.transaction() as session:
        require_own_secret(session, now=now)
        begin_anchors(session, now=now)
    if closed := private_files.close_to_others(settings()):
        _LOG.warning("files that others could read are closed to them", extra={"fields": {"files": closed}})


def require_own_secret(session: Session, *, now: datetime) -> None:
    """Make the secret of an installation without people, or check that it is the one its people were sealed with.

    Raises SecretMissing, ForeignSecret.
    """
    if not inspect(session.connection()).has_table("installationmark"):
        return  # a database of an earlier release, which only a copy reads
    mark = session.get(InstallationMark, PEPPER)
    if session.exec(select(Account.id).limit(1)).first() is None:
        config.make_secret()
    elif not _is_own_secret(session, mark):
        raise ForeignSecret
    if mark is None or mark.value != _check_value():
        session.merge(InstallationMark(name=PEPPER, value=_check_value(), at=now))
        session.flush()


def begin_anchors(session: Session, *, now: datetime, anew: bool = False) -> None:
    """Begin the file of anchors once an installation, or `anew` by whoever answers for the one that is lost."""
    begun = session.get(InstallationMark, ANCHORS)
    if begun is None or anew:
        session.merge(InstallationMark(name=ANCHORS, value="", at=now))
        session.flush()
        anchors.append_anchor(audit.end_of_log(session, now=now), begin=True)


def anchor_restored_log(session: Session, *, now: datetime) -> None:
    """After a backup was put back: the log that goes on from it is anchored, on a new machine in a new file.

    A file that was there stays: the line « backup restored » of the log says why its last anchors are met no more.
    """
    begin_anchors(session, now=now, anew=not anchors.anchor_file().exists())
    anchors.append_anchor(audit.end_of_log(session, now=now))


def keep_anchors(session: Session, *, now: datetime) -> None:
    """Once a day: anchor the log even if nothing was written, leave one anchor a day, say what fits no more."""
    try:
        anchors.append_anchor(audit.end_of_log(session, now=now))
        anchors.thin_out(before=now - policy.AUDIT_KEPT, today=now)
    except OSError:
        _LOG.error("the anchors of the audit log could not be kept")
    report_lost_anchors(session)


def report_lost_anchors(session: Session) -> None:
    """Say in the log that the audit log was emptied, cut or put back: at each start and once a day, without being asked."""
    try:
        unmet = audit.first_unmet(session, anchors.read_anchors().anchors)
    except OSError:
        _LOG.error("the anchors of the audit log are missing")
        return
    if unmet is not None:
        _LOG.error("the audit log does not fit its anchors", extra={"fields": {"line": unmet.line_id}})


def _is_own_secret(session: Session, mark: InstallationMark | None) -> bool:
    """An installation from before this check has no mark: the audit log's seals tell, and without any the secret is trusted."""
    if mark is None:
        return audit.marks_fit(session) is not False
    return hmac.compare_digest(mark.value, _check_value())


def _check_value() -> str:
    return hmac.new(config.pepper(), b"check of the pepper", hashlib.sha256).hexdigest()
