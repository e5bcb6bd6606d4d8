"""Accounts of professionals: a login and a long password, with the same waits as a card after wrong tries."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from clicnjob import audit, policy, text
from clicnjob.accounts import presence, sealing
from clicnjob.accounts.codes import ALPHABET
from clicnjob.accounts.console import UnknownPerson
from clicnjob.accounts.names import person_name
from clicnjob.accounts.passwords import normal_password, strong_password
from clicnjob.accounts.permissions import may_enrol_staff, may_give
from clicnjob.accounts.presence import Present
from clicnjob.accounts.waits import count_keyed_try, forgive_tries, tries_key
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import STAFF_ROLES, Account, Organisation, Password, Role, RoleHeld

WAIT = "Trop d’essais. Attendez {wait}, ou demandez à votre administrateur."
FIRST_LOGIN = "admin"
FIRST_STRUCTURE = "Ma structure"


class WrongPassword(Refusal):
    """The login is unknown, the password wrong, or the account closed; same answer and timing for all."""

    sentence = "Cet identifiant et ce mot de passe ne vont pas ensemble. Vérifiez les deux."


class RolesEnded(Refusal):
    """The password was right, but every role of the person has ended."""

    sentence = "Votre accès est terminé. Demandez à votre responsable de le prolonger."


class LoginTaken(Refusal):
    """The login is empty or belongs to another account."""

    sentence = "Cet identifiant est déjà pris. Choisissez-en un autre."


class MayNotOpenStaff(Refusal):
    """The actor may not open an account of a professional with this role."""

    sentence = "Seul un administrateur peut ouvrir un compte de professionnel."


class AlreadyStarted(Refusal):
    """The installation already has an administrator."""

    sentence = "Un administrateur existe déjà. Connectez-vous avec son compte."


@dataclass(frozen=True, slots=True)
class Device:
    """A browser in which a professional has signed in before: whose it is, and its random mark."""

    account_id: str
    mark: str


@dataclass(frozen=True, slots=True)
class PasswordAttempt:
    """A counted try, with what is needed to check the password without the database."""

    key: str
    account_id: str | None
    kept: str | None

    def secret_fits(self, password: str) -> bool:
        """Whether the password is right. It takes as long for an unknown login as for a known one."""
        return sealing.secret_fits("password", normal_password(password), kept=self.kept)


def first_start(
    session: Session, *, organisation_name: str, login: str = FIRST_LOGIN, first_name: str = "Admin"
) -> str:
    """Create the structure and its first administrator, also its head for now. Returns the password, shown once.

    Raises AlreadyStarted when an administrator exists.
    """
    password = new_password()
    sealed = seal_password(password)
    if session.exec(select(RoleHeld.account_id).where(RoleHeld.role == Role.ADMIN)).first():
        raise AlreadyStarted
    organisation = Organisation(name=person_name(organisation_name))
    session.add(organisation)
    session.flush()
    account = Account(organisation_id=organisation.id, role=Role.ADMIN, first_name=first_name)
    _add_password(session, account, login=login, sealed=sealed)
    session.add(RoleHeld(account_id=account.id, role=Role.HEAD))
    session.flush()
    return password


def enrol_staff(
    session: Session,
    *,
    by: Account | Present,
    role: Role,
    first_name: str,
    last_name: str,
    login: str,
    password: str,
) -> Account:
    """Open a professional's account in the actor's structure, with a password that the actor knows.

    For demonstrations and tests: real professionals are invited (`team.invite_professional`) and choose their own
    password. Raises
    MayNotOpenStaff, EmptyName, LoginTaken and what `passwords.strong_password` raises.
    """
    place = by.organisation_id
    if not may_enrol_staff(by) or not may_give(by, role, organisation_id=place, opening=False):
        raise MayNotOpenStaff
    sealed = seal_password(strong_password(password, about=(login, first_name, last_name)))
    account = Account(
        organisation_id=by.organisation_id,
        role=role,
        first_name=person_name(first_name),
        last_name=person_name(last_name),
    )
    return _add_password(session, account, login=login, sealed=sealed)


def begin_try(session: Session, *, login: str, device: Device | None = None, now: datetime) -> PasswordAttempt:
    """Count a try before it is checked, whether the login exists or not. Raises TooManyTries while it waits.

    A browser where the owner signed in before has its own count, so that nobody elsewhere can lock them out.
    """
    row = session.exec(select(Password).where(col(Password.login) == login_key(login))).first()
    if row is not None and device is not None and device.account_id == row.account_id:
        return _counted_attempt(session, row, tries_key("device", row.account_id, device.mark), now)
    return _counted_attempt(session, row, _login_tries_key(login), now)


def begin_own_try(session: Session, *, account_id: str, now: datetime) -> PasswordAttempt:
    """As `begin_try`, with its own count, for a signed-in person who retypes their password. Raises TooManyTries."""
    return _counted_attempt(session, session.get(Password, account_id), tries_key("own", account_id), now)


def forgive_tries_at(session: Session, *, login: str) -> None:
    """End the wait of a login: somebody with a link from the head must not be blocked by tries made elsewhere."""
    forgive_tries(session, key=_login_tries_key(login))


def admit_professional(session: Session, attempt: PasswordAttempt, *, now: datetime) -> Account:
    """Return a professional whose password was right, and reset wrong tries. Raises WrongPassword, RolesEnded."""
    row = session.get(Password, attempt.account_id) if attempt.account_id else None
    account = session.get(Account, attempt.account_id) if attempt.account_id else None
    if row is None or account is None or account.closed_at is not None or row.hash != attempt.kept:
        raise WrongPassword
    forgive_tries(session, key=attempt.key)
    still_in(session, account, now=now)
    return account


def note_refused(session: Session, attempt: PasswordAttempt, *, now: datetime) -> None:
    """Log a wrong password for an existing account. Nothing is logged for an unknown login, nor what was typed."""
    account = session.get(Account, attempt.account_id) if attempt.account_id else None
    if account is not None:
        by = UnknownPerson(account.organisation_id)
        audit.note_act(session, by=by, act="password refused", whom_id=account.id, now=now)


def still_in(session: Session, account: Account, *, now: datetime) -> None:
    """Check that a professional's account is open and holds a role today. Raises WrongPassword, RolesEnded."""
    try:
        acting = presence.acting_person(session, account.id, now=now)
    except NotFound:
        raise WrongPassword from None
    if not acting.roles & STAFF_ROLES:
        raise RolesEnded


def known_of(session: Session, account: Account) -> tuple[str, ...]:
    """Return what a password of this person must not contain: login and names."""
    kept = session.get(Password, account.id)
    said = (kept.login if kept else "", account.first_name, account.last_name)
    return tuple(word for word in said if word)


def change_password(session: Session, *, attempt: PasswordAttempt, sealed: str, now: datetime) -> Account:
    """Replace a password after `attempt` fitted, and end all sign-ins. Raises WrongPassword, RolesEnded."""
    account = admit_professional(session, attempt, now=now)
    kept = session.get(Password, account.id)
    assert kept is not None
    kept.hash = sealed
    presence.end_all(session, account_id=account.id, reason="new password", now=now)
    acting = presence.acting_person(session, account.id, now=now)
    audit.note_act(session, by=acting, act="password changed", whom_id=account.id, now=now)
    return account


def seal_password(password: str) -> str:
    """Return the hash to store for a password that was checked. It takes 25 ms: call it before any query."""
    return sealing.sealed_secret("password", normal_password(password))


def new_password() -> str:
    """Return a password of 80 random bits in four groups, to be read from a screen and typed once."""
    drawn = "".join(secrets.choice(ALPHABET.lower()) for _ in range(16))
    return "-".join(drawn[at : at + 4] for at in range(0, 16, 4))


def login_key(login: str) -> str:
    """Return a login as it is stored and looked up: NFKC, case-folded, without outer spaces."""
    return unicodedata.normalize("NFKC", login[: policy.NAME_LENGTH]).strip().casefold()[: policy.NAME_LENGTH]


def take_login(session: Session, login: str) -> str:
    """Return the login as stored, if it is free. Raises LoginTaken, and what `text.clean_name` raises for an invalid one."""
    key = login_key(text.clean_name(login))
    if not key or session.exec(select(Password.login).where(Password.login == key)).first():
        raise LoginTaken
    return key


def _login_tries_key(login: str) -> str:
    return tries_key("login", login_key(login))


def _counted_attempt(session: Session, row: Password | None, key: str, now: datetime) -> PasswordAttempt:
    count_keyed_try(session, key=key, now=now, sentence=WAIT)
    return PasswordAttempt(key, row.account_id, row.hash or None) if row else PasswordAttempt(key, None, None)


def _add_password(session: Session, account: Account, *, login: str, sealed: str) -> Account:
    key = take_login(session, login)
    session.add(account)
    session.flush()
    session.add(Password(account_id=account.id, login=key, hash=sealed))
    session.add(RoleHeld(account_id=account.id, role=account.role))
    session.flush()
    return account
