"""The tables. A work (a profile, a CV) is a validated JSON body with a version; everything else is in plain columns."""

from clicnjob.models.cohort import (
    ActivityDay,
    AlertThreshold,
    Appointment,
    Archive,
    Comment,
    Handover,
    HelpAsked,
    Membership,
    NextStep,
    Note,
    PeopleList,
    Progress,
    SilencedAlert,
    Watermark,
)
from clicnjob.models.columns import Instant, Record, fixed_clock, random_id, utc_now
from clicnjob.models.enrolment import Enrolment, ImportBatch
from clicnjob.models.gatherings import Attendance, Gathering
from clicnjob.models.jobs import MissingWord, OfficialTitle, Synonym
from clicnjob.models.people import Account, Card, Organisation, Password, RoleHeld, Sharing, SignIn, Ticket, WrongTries
from clicnjob.models.privacy import Consent, ErasurePlan
from clicnjob.models.staff import Invitation, OutsideIdentity, RecoveryCode, SecondFactor, StructureSettings
from clicnjob.models.traces import AuditEvent, AuditSeal, InstallationMark, Tombstone
from clicnjob.models.words import STAFF_ROLES, SUPPORT_ROLES, YOUNG_ROLES, Actor, ConsentTo, ErasureWhy, Role, WorkKind
from clicnjob.models.work import Photo, Revision, Work

__all__ = [
    "Account",
    "ActivityDay",
    "Actor",
    "AlertThreshold",
    "Appointment",
    "Archive",
    "Attendance",
    "AuditEvent",
    "AuditSeal",
    "Card",
    "Comment",
    "Consent",
    "ConsentTo",
    "Enrolment",
    "ErasurePlan",
    "ErasureWhy",
    "Gathering",
    "Handover",
    "HelpAsked",
    "ImportBatch",
    "InstallationMark",
    "Instant",
    "Invitation",
    "Membership",
    "MissingWord",
    "NextStep",
    "Note",
    "OfficialTitle",
    "Organisation",
    "OutsideIdentity",
    "Password",
    "PeopleList",
    "Photo",
    "Progress",
    "Record",
    "RecoveryCode",
    "Revision",
    "Role",
    "RoleHeld",
    "STAFF_ROLES",
    "SUPPORT_ROLES",
    "SecondFactor",
    "Sharing",
    "SignIn",
    "SilencedAlert",
    "StructureSettings",
    "Synonym",
    "Ticket",
    "Tombstone",
    "Watermark",
    "Work",
    "WorkKind",
    "WrongTries",
    "YOUNG_ROLES",
    "fixed_clock",
    "utc_now",
    "random_id",
]
