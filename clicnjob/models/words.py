"""The enums that the tables use, and the protocol of an acting person."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """The role of a person. A guest is a young person without a card, whose work is deleted with the visit.

    HEAD is responsible for an organisation; ADMIN keeps the installation running and reads no content of young people.
    """

    YOUNG = "young"
    GUEST = "guest"
    ADVISER = "adviser"
    TRAINER = "trainer"
    HEAD = "head"
    ADMIN = "admin"


YOUNG_ROLES = frozenset({Role.YOUNG, Role.GUEST})
SUPPORT_ROLES = frozenset({Role.ADVISER, Role.TRAINER, Role.HEAD})  # the staff who support young people
STAFF_ROLES = SUPPORT_ROLES | {Role.ADMIN}
FOLLOWING_ROLES = frozenset({Role.ADVISER, Role.HEAD})  # the staff who follow young people over months
MANAGING_ROLES = frozenset({Role.HEAD, Role.ADMIN})  # the staff who answer for the team and the settings


class WorkKind(StrEnum):
    """The kind of a work: profile, CV, favourite jobs, applications, letters, interviews, rehearsal mailbox, what blocks, check,
    contact sheet, first visit.

    A person has one of each, but many CVs.
    """

    PROFILE = "profile"
    CV = "cv"
    JOBS = "jobs"
    APPLICATIONS = "applications"
    LETTERS = "letters"
    INTERVIEW = "interview"
    MAILBOX = "mailbox"
    OBSTACLES = "obstacles"
    CHECK = "check"
    LIAISON = "liaison"
    FIRST_VISIT = "first_visit"


class ConsentTo(StrEnum):
    """What a young person consents to, one by one: a photo, each thing shown to their adviser, each way to be notified."""

    PHOTO = "photo"
    PRACTICE = "practice"
    APPLICATIONS = "applications"
    LESSONS = "lessons"
    CHECK = "digital_check"
    OBSTACLES = "obstacles"
    SMS = "sms"
    MAIL = "mail"


class LearningKind(StrEnum):
    """What a person learns with: a lesson, or a scene that is played."""

    LESSON = "lesson"
    SCENE = "scene"


class MailState(StrEnum):
    """What became of an e-mail or an SMS: leaving, sent, refused by the server, or unknown when it fell silent at the end."""

    LEAVING = "leaving"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class NotificationChannel(StrEnum):
    """How a young person can be notified."""

    SMS = "sms"
    MAIL = "mail"


class NotificationReason(StrEnum):
    """Why a young person is notified: an appointment comes, a message waits, they noted something for today."""

    APPOINTMENT = "appointment"
    MESSAGE = "message"
    FOLLOW_UP = "follow_up"


class ErasureWhy(StrEnum):
    """Why an erasure is planned: the person asked for it, or did not come for a long time."""

    ASKED = "asked"
    IDLE = "idle"


class Actor(Protocol):
    """The person who acts, as every feature sees them."""

    @property
    def id(self) -> str:
        """The account's identifier."""

    @property
    def role(self) -> Role:
        """The person's main role."""

    @property
    def roles(self) -> frozenset[Role]:
        """Every role that the person holds today; a young person has one."""

    @property
    def organisation_id(self) -> str | None:
        """The person's organisation; a guest has none."""


class ParticipantState(StrEnum):
    """Where a participant stands: waiting to be admitted, admitted for the whole session, or removed from it."""

    WAITING = "waiting"
    ADMITTED = "admitted"
    REMOVED = "removed"


class PushMode(StrEnum):
    """How the current activity reaches the screens: a banner to accept, or together after a countdown."""

    PROPOSE = "propose"
    TOGETHER = "together"


class QuestionState(StrEnum):
    """The life of a question to the group. Only a shown question has its answers on the projector."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    SHOWN = "shown"


class AnswerState(StrEnum):
    """An answer is held until the trainer shows it; a hidden one never reaches the projector."""

    HELD = "held"
    SHOWN = "shown"
    HIDDEN = "hidden"
