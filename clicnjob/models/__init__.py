"""The tables. Work (a profile, a CV) is a validated JSON body with a version; everything else is plain columns."""

from clicnjob.models.columns import Instant, Record, now, random_id
from clicnjob.models.jobs import MissingWord, OfficialTitle, Synonym
from clicnjob.models.people import Account, Card, Organisation, Password, RoleHeld, Sharing, SignIn, Ticket
from clicnjob.models.privacy import Consent, ErasurePlan
from clicnjob.models.traces import AuditEvent, AuditSeal, Tombstone
from clicnjob.models.words import STAFF_ROLES, SUPPORT_ROLES, YOUNG_ROLES, Actor, ConsentTo, ErasureWhy, Role, WorkKind
from clicnjob.models.work import Photo, Revision, Work

__all__ = [
    "STAFF_ROLES", "SUPPORT_ROLES", "YOUNG_ROLES", "Account", "Actor", "AuditEvent", "AuditSeal", "Card", "Consent",
    "ConsentTo", "ErasurePlan", "ErasureWhy", "Instant", "MissingWord", "OfficialTitle", "Organisation", "Password",
    "Photo", "Record", "Revision", "Role", "RoleHeld", "Sharing", "SignIn", "Synonym", "Ticket", "Tombstone", "Work",
    "WorkKind", "now", "random_id",
]  # fmt: skip
