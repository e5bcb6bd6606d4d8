"""The acts that are written while something breaks: those of a young person and of the adviser who follows them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from clicnjob import db, models, works
from clicnjob.accounts import people
from clicnjob.apply import applications
from clicnjob.cohort import vocabulary
from clicnjob.cohort.support import contacts, notes, threads
from clicnjob.cv.model import bag
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.models import Account
from tests.faults.ledger import Ledger

_ROUNDS_A_PERSON = 9  # a thread holds ten unread messages, a day twelve calls
_RETRIED = ("answer", "application")  # the page keeps these and tries again, with the same operation
Clock = Callable[[], datetime]


@dataclass
class Writer:
    """Somebody at work: enrols a person, acts for them and about them, then goes on to the next person."""

    ledger: Ledger
    now: Clock = models.utc_now
    pause: float = 0.0
    person_id: str = ""
    _adviser_id: str = ""
    _left: int = 0
    _outcome: str = field(default_factory=lambda: next(iter(vocabulary.contact_outcomes())))

    def write_forever(self) -> None:
        """Write one act after the other, until this process is killed."""
        while True:
            self.write_round()

    def write_round(self) -> None:
        """Write each kind of act once, for the present person or a new one."""
        if not self._left:
            self._try_act("enrolment", self._enrol_person)
            return
        self._left -= 1
        for act, done in (
            ("answer", self._save_answer),
            ("application", self._add_application),
            ("message", self._write_message),
            ("note", self._write_note),
            ("call", self._note_call),
        ):
            self._try_act(act, done)

    def _try_act(self, act: str, done: Callable[[Session, str], str]) -> None:
        """Do it in a transaction of its own; what the page would keep and try again is tried until it is stored."""
        operation = works.new_operation()
        while True:
            try:
                with db.write_transaction() as session:
                    mark = done(session, operation)
            except IntegrityError as collided:  # PostgreSQL: two who first compute somebody’s progress at once
                self.ledger.note_refusal(db.error_reason(collided))
                return
            except db.CANNOT as refused:
                self.ledger.note_refusal(db.error_reason(refused))
                time.sleep(0.1)  # as the page waits, only less long
                if act in _RETRIED:
                    continue
                return
            self.ledger.append_act(act, mark=mark, person_id=self.person_id)
            time.sleep(self.pause)  # 0 unless a fault lasts long: the ledger would be huge
            return

    def _enrol_person(self, session: Session, _operation: str) -> str:
        adviser = session.exec(select(Account).where(Account.first_name == "Claire")).one()
        young, _code = people.enrol_young(session, by=adviser, first_name="Essai", last_name="Panne", now=self.now())
        bag.open_bag(session, by=young, operation=works.new_operation())
        self._adviser_id, self.person_id, self._left = adviser.id, young.id, _ROUNDS_A_PERSON
        return young.id

    def _save_answer(self, session: Session, operation: str) -> str:
        """One answer that changes both works: a half of it alone would be a half-written act."""

        def alter(profile: Profile, cv: Cv) -> None:
            profile.town = cv.job_wanted = f"acte {operation}"

        young = session.get_one(Account, self.person_id)
        kept = bag.own_bag(session, of=young)
        assert kept is not None
        bag.save_answer(
            session, by=young, cv_id=kept.cvs[0].id, alter=alter, bases=kept.versions, operation=operation[:12]
        )
        return f"acte {operation}"

    def _add_application(self, session: Session, operation: str) -> str:
        young = session.get_one(Account, self.person_id)
        applications.add_application(
            session, by=young, title=f"acte {operation}", operation=operation, today=self._today()
        )
        return f"acte {operation}"

    def _write_message(self, session: Session, _operation: str) -> str:
        words = f"acte {secrets.token_hex(12)}"
        threads.write_to_adviser(session, by=session.get_one(Account, self.person_id), words=words, now=self.now())
        return words

    def _write_note(self, session: Session, _operation: str) -> str:
        words, adviser = f"acte {secrets.token_hex(12)}", session.get_one(Account, self._adviser_id)
        notes.write_note(
            session, by=adviser, account_id=self.person_id, words=words, today=self._today(), now=self.now()
        )
        return words

    def _note_call(self, session: Session, _operation: str) -> str:
        adviser = session.get_one(Account, self._adviser_id)
        return contacts.note_contact(
            session,
            by=adviser,
            account_id=self.person_id,
            outcome=self._outcome,
            remind_on=None,
            today=self._today(),
            now=self.now(),
        )

    def _today(self) -> date:
        return self.now().astimezone().date()
