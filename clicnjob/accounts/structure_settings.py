"""The settings of a structure: typed, and stored by version so that the log can say who changed what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import func, tuple_
from sqlmodel import Session, col, select

from clicnjob import audit, policy
from clicnjob.accounts.permissions import may_manage_staff
from clicnjob.errors import Refusal, StaleWork
from clicnjob.models import Actor, Organisation, Role, StructureSettings


class MayNotSet(Refusal):
    """The actor is neither the head of the structure nor an administrator."""

    sentence = "Seul le responsable de la structure peut changer ces réglages."


class SettingsChanged(StaleWork):
    """Somebody else saved the settings meanwhile."""

    sentence = "Quelqu’un vient de changer ces réglages. Regardez, puis recommencez."


Competence = Annotated[
    str, StringConstraints(min_length=1, max_length=policy.NAME_LENGTH * policy.CODE_POINTS_PER_CHARACTER)
]


class SettingsBody(BaseModel):
    """What a structure can set. A new setting needs a default, which earlier versions then take."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    second_factor: bool = False  # professionals must have a second factor
    town: str = ""  # where services are looked for first
    first_questions: bool = False  # « on se connaît en 2 minutes » opens the first visit of a young person
    competences: tuple[Competence, ...] = Field(default=(), max_length=policy.COMPETENCES_AT_MOST)  # ours while empty


@dataclass(frozen=True, slots=True)
class CurrentSettings:
    """The settings in force. Version 0 means that nobody has set anything yet."""

    body: SettingsBody
    version: int


def current_settings(session: Session, *, organisation_id: str | None) -> CurrentSettings:
    """Return the settings of a structure, or the defaults for a new one and for None. One query."""
    if organisation_id is None:
        return CurrentSettings(SettingsBody(), 0)
    query = select(StructureSettings).where(StructureSettings.organisation_id == organisation_id)
    found = session.exec(query.order_by(col(StructureSettings.version).desc()).limit(1)).first()
    return (
        CurrentSettings(SettingsBody.model_validate(found.body), found.version)
        if found
        else CurrentSettings(SettingsBody(), 0)
    )


def asks_first_questions(session: Session, *, of: Actor) -> bool:
    """Whether the questions of the first visit are wished for this person. At most two queries.

    A guest belongs to no structure, so every structure of the installation must wish them.
    """
    if of.organisation_id is not None or of.role is not Role.GUEST:
        return current_settings(session, organisation_id=of.organisation_id).body.first_questions
    latest = select(StructureSettings.organisation_id, func.max(StructureSettings.version)).group_by(
        col(StructureSettings.organisation_id)
    )
    here = tuple_(col(StructureSettings.organisation_id), col(StructureSettings.version)).in_(latest)
    wishes = [
        SettingsBody.model_validate(body).first_questions
        for body in session.exec(select(StructureSettings.body).where(here))
    ]
    structures = session.exec(select(func.count()).select_from(Organisation)).one()
    return len(wishes) == structures > 0 and all(wishes)


def change_settings(
    session: Session, body: SettingsBody, *, by: Actor, organisation_id: str, base: int, now: datetime
) -> int:
    """Save a new version over version `base` and return its number. Raises MayNotSet, SettingsChanged."""
    if not may_manage_staff(by, organisation_id=organisation_id) or session.get(Organisation, organisation_id) is None:
        raise MayNotSet
    before = current_settings(session, organisation_id=organisation_id)
    if before.version != base:
        raise SettingsChanged
    kept = SettingsBody.model_validate(body.model_dump()).model_dump(mode="json")  # a copy of a model is unchecked
    session.add(StructureSettings(organisation_id=organisation_id, version=base + 1, body=kept, by_id=by.id, at=now))
    session.flush()
    changed = sorted(name for name, value in body.model_dump().items() if value != getattr(before.body, name))
    audit.note_act(session, by=by, act="settings changed", why=", ".join(changed)[:200], now=now)
    return base + 1
