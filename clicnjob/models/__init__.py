"""The tables. Work (a profile, a CV) is a validated JSON body with a version; everything else is plain columns."""

from clicnjob.models.columns import Instant, Record, now, random_id
from clicnjob.models.jobs import MissingWord, OfficialTitle, Synonym
from clicnjob.models.people import Account, Card, Organisation, Password, RoleHeld, Sharing, SignIn, Ticket
from clicnjob.models.traces import AuditEvent
from clicnjob.models.words import STAFF_ROLES, SUPPORT_ROLES, YOUNG_ROLES, Actor, Role, WorkKind
from clicnjob.models.work import Photo, Revision, Work

__all__ = [
    "STAFF_ROLES", "SUPPORT_ROLES", "YOUNG_ROLES", "Account", "Actor", "AuditEvent", "Card", "Instant", "MissingWord",
    "OfficialTitle", "Organisation", "Password", "Photo", "Record", "Revision", "Role", "RoleHeld", "Sharing", "SignIn",
    "Synonym", "Ticket", "Work", "WorkKind", "now", "random_id",
]  # fmt: skip
