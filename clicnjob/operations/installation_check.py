"""Checks, before anything is written, that the secret belongs to this database and that the audit log fits its anchors.

A lost secret that was silently replaced would void every card and break the audit log for good.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from datetime import datetime

from sqlalchemy import inspect
from sqlmodel import Session, select

from clicnjob import audit, config, db, policy
from clicnjob.config import current_settings
from clicnjob.errors import Refusal
from clicnjob.models import Account, InstallationMark
from clicnjob.operations import anchors, private_files

PEPPER, ANCHORS = "pepper", "anchors"
_LOG = logging.getLogger(__name__)


class ForeignSecret(Refusal):
    """The database was created with another secret."""

    sentence = (
        "Le secret (fichier «\u00a0secret\u00a0» du dossier, ou CLICNJOB_PEPPER) n’est pas celui de cette base. "
        "Remettez celui de votre sauvegarde, puis recommencez."
    )


def settle_installation(*, now: datetime) -> None:
    """Check the home folder, the secret and the anchor file of a migrated database, before any other use of it.

    Raises HomeNotWritable, SecretMissing, ForeignSecret.
    """
    private_files.make_new_files_private()
    private_files.require_writable_home(current_settings())
    with db.write_transaction() as session:
        require_own_secret(session, now=now)
        begin_anchors(session, now=now)
    if closed := private_files.close_to_others(current_settings()):
        _LOG.warning("files that others could read are closed to them", extra={"fields": {"files": closed}})


def require_own_secret(session: Session, *, now: datetime) -> None:
    """Create the secret of an installation without accounts, or check that it is the one of this database.

    Raises SecretMissing when there is none, ForeignSecret when it is another one.
    """
    if not inspect(session.connection()).has_table("installationmark"):
        return  # the schema of an earlier release, which only `backup` opens without migrating it
    mark = session.get(InstallationMark, PEPPER)
    if session.exec(select(Account.id).limit(1)).first() is None:
        config.make_secret()
    elif not _is_own_secret(session, mark):
        raise ForeignSecret
    if mark is None or mark.value != _check_value():
        session.merge(InstallationMark(name=PEPPER, value=_check_value(), at=now))
        session.flush()


def begin_anchors(session: Session, *, now: datetime, anew: bool = False) -> None:
    """Create the anchor file, once for an installation; with `anew`, again after the operator confirmed its loss."""
    begun = session.get(InstallationMark, ANCHORS)
    if begun is None or anew:
        session.merge(InstallationMark(name=ANCHORS, value="", at=now))
        session.flush()
        anchors.append_anchor(audit.end_of_log(session, now=now), begin=True)


def anchor_restored_log(session: Session, *, now: datetime) -> None:
    """Anchor the log after a restore, in a new file on a new machine.

    An existing file is continued: the line « backup restored » in the log explains why its last anchors no longer match.
    """
    begin_anchors(session, now=now, anew=not anchors.anchor_file().exists())
    anchors.append_anchor(audit.end_of_log(session, now=now))


def keep_anchors(session: Session, *, now: datetime) -> None:
    """Do the daily upkeep: anchor the log even if nothing was written, thin out old anchors, report mismatches."""
    try:
        anchors.append_anchor(audit.end_of_log(session, now=now))
        anchors.thin_out(before=now - policy.AUDIT_KEPT, today=now)
    except OSError:
        _LOG.error("the anchors of the audit log could not be kept")
    report_lost_anchors(session)


def report_lost_anchors(session: Session) -> None:
    """Log an error when the audit log was emptied, truncated or replaced. It runs at each start and once a day."""
    try:
        unmet = audit.first_unmet(session, anchors.read_anchors().anchors)
    except OSError:
        _LOG.error("the anchors of the audit log are missing")
        return
    if unmet is not None:
        _LOG.error("the audit log does not fit its anchors", extra={"fields": {"line": unmet.line_id}})


def _is_own_secret(session: Session, mark: InstallationMark | None) -> bool:
    """Return whether the secret fits. Older installations have no mark: the audit log's seals decide, if it has any."""
    if mark is None:
        return audit.marks_fit(session) is not False
    return hmac.compare_digest(mark.value, _check_value())


def _check_value() -> str:
    return hmac.new(config.secret_pepper(), b"check of the pepper", hashlib.sha256).hexdigest()
