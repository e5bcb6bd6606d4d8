"""A running session with a group of guests, for the tests of what happens live."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from clicnjob.models import (
    Account,
    ParticipantState,
    Role,
    Workshop,
    WorkshopHelp,
    WorkshopParticipant,
    WorkshopProgress,
    WorkshopSeat,
)
from clicnjob.workshops import lifecycle
from tests.cohort_people import NOW, Place
from tests.conftest import person

NAMES = ("Ana", "Bilal", "Chloé", "Driss", "Emma", "Farid", "Gaëlle", "Hugo", "Inès", "Jules", "Kenza", "Lou")
MINUTE = timedelta(minutes=1)


@dataclass
class Group:
    """A session that the place's trainer runs. `accounts` and `rows` are by first name."""

    place: Place
    workshop_id: str
    accounts: dict[str, Account] = field(default_factory=dict)
    rows: dict[str, WorkshopParticipant] = field(default_factory=dict)

    @property
    def workshop(self) -> Workshop:
        """Its row as it is now."""
        found = self.place.session.get(Workshop, self.workshop_id)
        assert found is not None
        self.place.session.refresh(found)
        return found

    @property
    def led(self) -> dict[str, Any]:
        """What a trainer's act starts with."""
        return {"by": self.place.trainer, "workshop_id": self.workshop_id, "now": NOW}

    def join(self, name: str, *, state: ParticipantState = ParticipantState.ADMITTED, seat: int = 0) -> None:
        """Somebody comes, sits down and is connected."""
        session = self.place.session
        account = person(session, Role.GUEST, first_name=name)
        row = WorkshopParticipant(
            workshop_id=self.workshop_id, account_id=account.id, first_name=name, guest=True, state=state,
            asked_at=NOW, admitted_at=NOW, alive_at=NOW, seat_id=self._seat(seat),
        )  # fmt: skip
        session.add(row)
        session.flush()
        self.accounts[name], self.rows[name] = account, row

    def _seat(self, number: int) -> str | None:
        if not number:
            return None
        made = WorkshopSeat(id=f"seat-{number}", workshop_id=self.workshop_id, number=number, label="")
        seat_id = self.place.session.merge(made).id
        self.place.session.flush()  # a row that names the seat comes after it
        return seat_id

    def work(self, name: str, **at: Any) -> WorkshopProgress:
        """Somebody is in the current activity."""
        row = WorkshopProgress(
            participant_id=self.rows[name].id, activity_number=self.workshop.activity_number, activity="cv.court",
            **{"opened_at": NOW, "since_at": NOW, "step": 2, "steps": 8, **at},
        )  # fmt: skip
        self.place.session.add(row)
        self.place.session.flush()
        return row

    def call(self, name: str, **at: Any) -> WorkshopHelp:
        """Somebody asks for help."""
        row = WorkshopHelp(
            workshop_id=self.workshop_id, participant_id=self.rows[name].id, reason="pas_compris",
            **{"asked_at": NOW, **at},
        )  # fmt: skip
        self.place.session.add(row)
        self.place.session.flush()
        return row


def running_group(place: Place, count: int = 4) -> Group:
    """A session with so many people admitted, at seats of their own."""
    workshop_id = lifecycle.begin_workshop(place.session, by=place.trainer, kind="cv", now=NOW)
    made = Group(place, workshop_id)
    for seat, name in enumerate(NAMES[:count], start=1):
        made.join(name, seat=seat)
    return made
