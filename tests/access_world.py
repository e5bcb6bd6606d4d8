"""Two structures with people of every role, and one case of the access table: who acts, and on whom."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from sqlalchemy import Engine, event, update
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, create_engine

from clicnjob import db, models
from clicnjob.accounts import presence
from clicnjob.accounts.reauthentication import Proof
from clicnjob.apply import applications, letters
from clicnjob.apply.letters import Letter
from clicnjob.cohort import permissions
from clicnjob.cohort.progress import refreshing
from clicnjob.cv.model import bag
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.models import (
    STAFF_ROLES,
    Account,
    Appointment,
    Attendance,
    Card,
    Comment,
    Enrolment,
    GroupAnswer,
    GroupQuestion,
    Handover,
    HelpAsked,
    ImportBatch,
    Membership,
    NextStep,
    Note,
    ParticipantState,
    PeopleList,
    QuestionState,
    Role,
    RoleHeld,
    SentMail,
    Synonym,
    WorkKind,
    Workshop,
    WorkshopParticipant,
)
from clicnjob.works import own_works
from clicnjob.workshops.live import questions
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import person

ENDED = "ended"  # an adviser whose role ended yesterday
ROLES = (*(role.value for role in Role), ENDED)
OWN, SAME, OTHER, UNKNOWN = RELATIONS = ("siens", "structure", "ailleurs", "inconnu")


@dataclass(frozen=True, slots=True)
class Things:
    """The identifiers of one young person and of what hangs on them; of who follows them, and of the structure."""

    whom: str
    member: str
    organisation: str
    list: str
    batch: str = ""
    comment: str = ""
    note: str = ""
    appointment: str = ""
    step: str = ""
    cv: str = ""
    application: str = ""
    synonym: str = ""
    workshop: str = ""
    letter: str = ""
    mail: str = ""


class World:
    """Everything that a table needs, made once; every case leaves it as it was."""

    def __init__(self) -> None:
        self.engine = _engine()
        self.people: dict[str, Account] = {}
        self.things: dict[tuple[str, str], Things] = {}
        with Session(self.engine, expire_on_commit=False) as session:
            here, there = place(session, "Ici"), place(session, "Ailleurs")
            self.colleague, self.head = here.karim.id, here.head.id
            self._people(here)
            foreign = _things(session, there.newcomer("Inès", "Loin", came_on=None), there.claire)
            known = _things(session, here.newcomer("Léo", "Près", adviser=here.karim), here.karim)
            unknown = Things(*(models.random_id() for _ in Things.__slots__))
            for role, actor in self.people.items():
                own = actor if actor.role not in STAFF_ROLES else here.newcomer("Zoé", role, adviser=actor)
                follower = here.claire if own is actor else actor
                made = _things(session, own, follower, member=actor.id)
                for relation, one in zip(RELATIONS, (made, known, foreign, unknown), strict=True):
                    self.things[role, relation] = one
            session.commit()

    def _people(self, here: Place) -> None:
        session, inside = here.session, {"organisation_id": here.organisation_id}
        self.people = {
            Role.YOUNG.value: here.newcomer("Tom", "Soi"),
            Role.GUEST.value: person(session, Role.GUEST),
            Role.ADVISER.value: here.claire,
            Role.TRAINER.value: here.trainer,
            Role.HEAD.value: here.head,
            Role.ADMIN.value: person(session, Role.ADMIN, **inside),
            ENDED: person(session, Role.ADVISER, **inside),
        }
        held = session.get(RoleHeld, (self.people[ENDED].id, Role.ADVISER))
        assert held is not None
        held.until = TODAY - timedelta(days=1)

    @contextmanager
    def case(self, role: str, relation: str) -> Iterator[Case]:
        """One case; what it writes is taken back."""
        with Session(self.engine, expire_on_commit=False) as session:
            me = presence.acting_person(session, self.people[role].id, now=NOW)
            yield Case(self, session, me, self.things[role, relation])
            session.rollback()


@dataclass(frozen=True, slots=True)
class Case:
    """Who acts (`me`), and the things of the person on whom they act (`it`)."""

    world: World
    session: Session
    me: Any
    it: Things

    @property
    def by(self) -> dict[str, Any]:
        """The actor of an act on somebody."""
        return {"by": self.me, "account_id": self.it.whom}

    @property
    def today(self) -> dict[str, Any]:
        """The same, with the day."""
        return {**self.by, "today": TODAY}

    @property
    def at(self) -> dict[str, Any]:
        """The same, with the hour."""
        return {**self.by, "now": NOW}

    @property
    def ticked(self) -> dict[str, Any]:
        """The actor of an act on many people, who ticked this one."""
        return {"by": self.me, "account_ids": [self.it.whom], "today": TODAY}

    @property
    def staff(self) -> dict[str, Any]:
        """The actor of an act on a professional."""
        return {"by": self.me, "account_id": self.it.member, "now": NOW}

    @property
    def proof(self) -> Proof:
        """The actor has just proved who they are."""
        return Proof(self.me.id, NOW)

    def there(self) -> Case:
        """The actor runs a session now; their own person is noted present, and nobody else."""
        if self.me.organisation_id is None:
            return self
        row = Workshop(organisation_id=self.me.organisation_id, by_id=self.me.id, kind="cv", title="CV", began_at=NOW)
        self.session.add(row)
        self.session.flush()
        if self.it is self.world.things.get((self.me.role.value, OWN)):
            self.session.add(Attendance(workshop_id=row.id, account_id=self.it.whom))
            self.session.flush()
        return self

    def running(self) -> Case:
        """The session of the case runs now. An unknown one stays unknown."""
        if workshop := self.session.get(Workshop, self.it.workshop):
            workshop.began_at, workshop.ended_at, workshop.minutes = NOW, None, 0
            self.session.flush()
        return self

    def taking_part(self, state: ParticipantState = ParticipantState.ADMITTED) -> Case:
        """The actor takes part in the running session of the case."""
        self.running()
        row = {"workshop_id": self.it.workshop, "account_id": self.me.id, "first_name": "Tom", "asked_at": NOW}
        self.session.add(WorkshopParticipant(**row, state=state))
        self.session.flush()
        return self

    def taking_part_in_own(self) -> Session:
        """The actor takes part in the session of their own person, whatever the case is about."""
        Case(self.world, self.session, self.me, self.world.things[self.me.role.value, OWN]).taking_part()
        return self.session

    def open_door(self) -> Session:
        """The session of the case runs, and the code ABCDEF lets people ask to join it."""
        if workshop := self.running().session.get(Workshop, self.it.workshop):
            workshop.joining_open, workshop.code = True, "ABCDEF"
            workshop.code_expires_at = NOW + timedelta(minutes=15)
            self.session.flush()
        return self.session

    def participant(self) -> str:
        """Somebody admitted to the running session of the case. Their identifier, or an unknown one."""
        self.running()
        if self.session.get(Workshop, self.it.workshop) is None:
            return self.it.workshop
        admitted = {"state": ParticipantState.ADMITTED, "first_name": "Ana", "asked_at": NOW}
        row = WorkshopParticipant(workshop_id=self.it.workshop, **admitted)
        self.session.add(row)
        self.session.flush()
        return row.id

    def question(self) -> str:
        """An open question in the running session of the case. Its identifier, or an unknown one."""
        if self.session.get(Workshop, self.it.workshop) is None:
            return self.it.workshop
        asked = {"kind": "texte", "question": "Un mot ?", "state": QuestionState.OPEN, "asked_at": NOW}
        row = GroupQuestion(id=f"q-{self.it.workshop}"[:32], workshop_id=self.it.workshop, **asked)
        self.session.merge(row)
        self.session.flush()
        return row.id

    def asked(self) -> Session:
        """The same, for who reads it."""
        self.question()
        return self.session

    def answer_key(self) -> str:
        """The key of somebody's answer to it, or an unknown one."""
        participant_id = self.participant()
        if participant_id == self.it.workshop:
            return participant_id
        row = GroupAnswer(question_id=self.question(), participant_id=participant_id, text="Oui", answered_at=NOW)
        self.session.add(row)
        self.session.flush()
        return questions.answer_key(row)

    def with_pair(self, *, drawn: bool = False) -> Session:
        """Two people are in the running session of the case; `drawn` with everybody of it in one group."""
        for _ in range(2):
            self.participant()
        if drawn:
            self.session.exec(update(WorkshopParticipant).values(group_number=1))
        return self.session

    def remade_card(self) -> Case:
        """The actor came with a card that somebody made anew."""
        made = {"created_at": NOW, "pin_chosen_at": NOW, "remade_by_id": self.world.colleague}
        self.session.add(Card(account_id=self.me.id, code_digest=f"remade {self.me.id}", **made))
        self.session.flush()
        return self

    def held_card(self) -> Case:
        """The person holds a card that was never used."""
        if self.session.get(Account, self.it.whom) is not None:
            self.session.add(Card(account_id=self.it.whom, code_digest=f"held {self.it.whom}", created_at=NOW))
            self.session.flush()
        return self

    def set(self, **changed: Any) -> Case:
        """The person otherwise, when there is one: archived, without an adviser."""
        if account := self.session.get(Account, self.it.whom):
            for name, value in changed.items():
                setattr(account, name, value)
            self.session.flush()
        return self

    def handed(self, **named: Any) -> str:
        """A handover of the person, by who follows them; its id, or an unknown one."""
        if self.session.get(Account, self.it.whom) is None:
            return self.it.whom
        who, to = self.it.member, self.world.head
        row = Handover(account_id=self.it.whom, by_id=who, from_id=who or None, to_id=to, at=NOW, **named)
        self.session.add(row)
        self.session.flush()
        return row.id

    def ran(self, *, whom: bool = False) -> str:
        """A session that the actor ran; `whom` was there if they are of the same structure. Its id, or an unknown one."""
        if self.me.organisation_id is None:
            return self.it.workshop
        row = Workshop(organisation_id=self.me.organisation_id, by_id=self.me.id, kind="cv", title="CV", **_HOUR)
        self.session.add(row)
        self.session.flush()
        account = self.session.get(Account, self.it.whom)
        if whom and account and account.organisation_id == self.me.organisation_id:
            self.session.add(Attendance(workshop_id=row.id, account_id=account.id))
            self.session.flush()
        return row.id


_HOUR: dict[str, Any] = {"began_at": NOW - timedelta(hours=1), "ended_at": NOW, "minutes": 60}


def _engine() -> Engine:
    made = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    event.listen(made, "connect", db._prepare_sqlite)
    event.listen(made, "begin", db._begin_sqlite)
    models.Record.metadata.create_all(made)
    return made


def _things(session: Session, whom: Account, follower: Account, *, member: str = "") -> Things:
    place_id = follower.organisation_id
    assert place_id is not None
    mine = {"account_id": whom.id, "by_id": follower.id, "at": NOW}
    said = Comment(**mine, section="identite", text="Bien")
    note = Note(**mine, text="Vu")
    meeting = Appointment(**mine, words="Mardi", day=TODAY, start=time(9), minutes=30)
    step = NextStep(**mine, key="test")
    people = PeopleList(organisation_id=place_id, owner_id=member or follower.id, name=whom.id)
    batch = ImportBatch(organisation_id=place_id, by_id=member or follower.id, made_at=NOW, people=1)
    words = Synonym(organisation_id=place_id, words=whom.id, job="jardinier", by_id=follower.id)
    group = Workshop(organisation_id=place_id, by_id=member or follower.id, kind="cv", title="CV", **_HOUR)
    session.add(group)
    session.add_all([said, note, meeting, step, people, batch, words, HelpAsked(account_id=whom.id, at=NOW)])
    session.flush()
    session.add_all(
        [Enrolment(account_id=whom.id, batch_id=batch.id), Membership(list_id=people.id, account_id=whom.id)]
    )
    bag.open_bag(session, by=whom, operation=whom.id)
    named = {"title": "Jardinier", "operation": f"{whom.id}-a", "today": TODAY}
    application = applications.add_application(session, by=whom, **named)  # type: ignore[arg-type]
    letter = Letter(title="Jardinier", started_on=TODAY)
    letters.start_letter(session, by=whom, letter=letter, operation=f"{whom.id}-l")
    mail = SentMail(account_id=whom.id, organisation_id=place_id, operation=f"{whom.id}-m", recipient="a@b.fr", at=NOW)
    session.add(mail)
    cv = next(work.id for work in own_works(session, of=whom) if work.kind is WorkKind.CV)
    bag.save_answer(session, by=whom, cv_id=cv, alter=_with_address, bases={}, operation=f"{whom.id}-e")
    permissions.note_view(session, by=follower, whom_id=whom.id, what="file", now=models.utc_now())
    if whom.role is Role.YOUNG:
        refreshing.refresh_progress(session, [whom.id], now=NOW)
    return Things(
        whom.id, member or follower.id, place_id, people.id, batch.id, said.id, note.id, meeting.id, step.id, cv,
        application, words.id, group.id, letter.id, mail.id,
    )  # fmt: skip


def _with_address(profile: Profile, cv: Cv) -> None:
    profile.email = "essai@exemple.fr"
