"""The words of the tables: what a person is here, what a piece of work is, and who acts."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """What a person is here. A guest is a young person without a card, whose work goes with the session.

    HEAD answers for a structure; ADMIN keeps the installation running and reads no content of young people.
    """

    YOUNG = "young"
    GUEST = "guest"
    ADVISER = "adviser"
    TRAINER = "trainer"
    HEAD = "head"
    ADMIN = "admin"


YOUNG_ROLES = frozenset({Role.YOUNG, Role.GUEST})
SUPPORT_ROLES = frozenset({Role.ADVISER, Role.TRAINER, Role.HEAD})  # those who support young people
STAFF_ROLES = SUPPORT_ROLES | {Role.ADMIN}


class WorkKind(StrEnum):
    """What a piece of work is: the profile, one of the CVs, what is kept of the jobs, the applications, the interviews.

    There is one a person of each, except CVs.
    """

    PROFILE = "profile"
    CV = "cv"
    JOBS = "jobs"
    APPLICATIONS = "applications"
    INTERVIEW = "interview"


class ConsentTo(StrEnum):
    """What a young person may say yes to, one by one: a photo, and each thing that they show to their adviser."""

    PHOTO = "photo"
    PRACTICE = "practice"
    APPLICATIONS = "applications"


class ErasureWhy(StrEnum):
    """Why an erasure is to come."""

    ASKED = "asked"
    IDLE = "idle"


class Actor(Protocol):
    """Who acts: what every feature asks of the person it is called for."""

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
        """The person's structure; a guest has none."""
