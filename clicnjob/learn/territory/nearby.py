"""Finds the services of a territory by theme and by town: those in the town, and those elsewhere that are open to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Select, and_, case, func, or_
from sqlmodel import Session, col

from clicnjob.learn.territory.rows import town_key
from clicnjob.models import LocalService, LocalServiceTheme, LocalStructure

_FIVE_SIGNS = re.compile(r"\d[\dAB]\d{3}")
_OLD_DAYS = 365
_CODES_AT_MOST = 20  # of towns that share a name or a postcode
_SHOWN = ("id", "name", "description", "link", "fee", "remote", "updated_on")
_PLACELESS = (col(LocalService.town_key) == "") & (col(LocalService.postcode) == "") & (col(LocalService.insee) == "")


@dataclass(frozen=True, slots=True)
class NearbyService:
    """One service as it is shown. `alone`: a young person may go there by themselves. `link` is text, never a link."""

    id: str
    name: str
    description: str
    structure: str
    address: str
    town: str
    phone: str
    link: str
    hours: str
    fee: str
    alone: bool
    remote: bool
    updated_on: date

    def is_old(self, *, today: date) -> bool:
        """Whether the information is so old that one should call first."""
        return (today - self.updated_on).days > _OLD_DAYS


@dataclass(frozen=True, slots=True)
class _Town:
    """A town as somebody typed it: its code or its name, and the columns that may hold it."""

    columns: tuple[str, ...]
    key: str

    def names_row(self, table: type[LocalService | LocalStructure]) -> ColumnElement[bool]:
        """Select the rows that this town names."""
        return or_(*(_table_of(table).c[name] == self.key for name in self.columns))


def nearby_services(session: Session, *, themes: Sequence[str], town: str, most: int = 4) -> tuple[NearbyService, ...]:
    """Return at most `most` services of these themes for a town, given by its name, postcode or Insee code.

    Those for which no adviser is needed come first, then those in the town itself, then the latest information. A
    service elsewhere is for the town when its `zone_eligibilite` says so. What a service does not say (place, telephone,
    hours) is that of its structure. Two queries.
    """
    typed = _town_of(town)
    if typed is None or not themes:
        return ()
    service, structure = _table_of(LocalService), _table_of(LocalStructure)
    here = _in_town(typed)
    of_theme = sqlalchemy.select(col(LocalServiceTheme.service_id)).where(col(LocalServiceTheme.theme).in_(themes))
    query = (
        sqlalchemy.select(
            *(service.c[name] for name in _SHOWN),
            *(_or_of_structure(name).label(name) for name in ("phone", "hours")),
            *(
                case((_PLACELESS, _of_structure(name)), else_=service.c[name]).label(name)
                for name in ("address", "town")
            ),
            service.c.for_users.label("alone"),
            _of_structure("name").label("structure"),
        )
        .outerjoin(structure, structure.c.id == service.c.structure_id)
        .where(
            service.c.gone_on.is_(None), service.c.id.in_(of_theme), or_(here, _open_to(_town_codes(session, typed)))
        )
        .order_by(
            service.c.for_users.desc(),
            case((here, 0), else_=1),
            service.c.remote,
            service.c.updated_on.desc(),
            service.c.name,
            service.c.id,
        )
        .limit(most)
    )
    return tuple(NearbyService(**row) for row in session.execute(query).mappings())


def has_territory(session: Session) -> bool:
    """Whether any service was imported. One query."""
    return session.execute(sqlalchemy.select(_table_of(LocalService).c.id).limit(1)).first() is not None


def _town_of(typed: str) -> _Town | None:
    """Return the town that was typed; a postcode or an Insee code may stand before or after its name."""
    bare = typed.strip()[:100]
    for word in re.split(r"[\s,()]+", bare):
        if _FIVE_SIGNS.fullmatch(word):
            return _Town(("postcode", "insee"), word)
    key = town_key(bare)
    return _Town(("town_key",), key) if key else None


def _in_town(town: _Town) -> ColumnElement[bool]:
    """Select the services in a town, and those without a place whose structure is there."""
    structures = sqlalchemy.select(col(LocalStructure.id)).where(town.names_row(LocalStructure))
    return or_(town.names_row(LocalService), and_(_PLACELESS, col(LocalService.structure_id).in_(structures)))


def _of_structure(name: str) -> ColumnElement[Any]:
    return func.coalesce(_table_of(LocalStructure).c[name], "")


def _or_of_structure(name: str) -> ColumnElement[Any]:
    """Return what the service says, else what its structure says."""
    return func.coalesce(func.nullif(_table_of(LocalService).c[name], ""), _of_structure(name))


def _town_codes(session: Session, town: _Town) -> list[str]:
    """Return the Insee codes that the services and structures in a town write beside its name."""
    written: list[Select[str]] = [
        sqlalchemy.select(col(table.insee).label("code")).where(town.names_row(table), col(table.insee) != "")
        for table in (LocalService, LocalStructure)
    ]
    return list(session.scalars(sqlalchemy.union(*written).order_by("code").limit(_CODES_AT_MOST)))


def _open_to(codes: Sequence[str]) -> ColumnElement[bool]:
    """Select the services whose zone names one of these towns or its département (« 61 », « 2A », « 974 »)."""
    names = {part for code in codes for part in (code, code[:3] if code.startswith("97") else code[:2])}
    return or_(sqlalchemy.false(), *(col(LocalService.zone).contains(f" {one} ") for one in sorted(names)))


def _table_of(of: Any) -> Any:
    return of.__table__
