"""The professionals: a login and a long password, with the same waits as a card after wrong tries."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from clicnjob import audit, policy, text
from clicnjob.accounts import presence, sealing
from clicnjob.accounts.codes import ALPHABET
from clicnjob.accounts.names import person_name
from clicnjob.accounts.passwords import plain, strong_password
from clicnjob.accounts.permissions import may_enrol_staff, may_give
from clicnjob.accounts.presence import Present
from clicnjob.accounts.waits import count_try
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import STAFF_ROLES, Account, Organisation, Password, Role, RoleHeld

WAIT = "Trop d’essais. Attendez {wait}, ou demandez à votre administrateur."
FIRST_LOGIN = "admin"
FIRST_STRUCTURE = "Ma structure"


class WrongPassword(Refusal):
    """Unknown login, wrong password, closed account: told in the same words and in the same time."""

    sentence = "Cet identifiant et ce mot de passe ne vont pas ensemble. Vérifiez les deux."


class RolesEnded(Refusal):
    """The password was right, and every role of the person has ended."""

    sentence = "Votre accès est terminé. Demandez à votre responsable de le prolonger."


class LoginTaken(Refusal):
    """Somebody has this login, or it is empty."""

    sentence = "Cet identifiant est déjà pris. Choisissez-en un autre."


class MayNotEnrol(Refusal):
    """Only an administrator opens staff accounts."""

    sentence = "Seul un administrateur peut ouvrir un compte de professionnel."


class AlreadyStarted(Refusal):
    """The first administrator exists."""

    sentence = "Un administrateur existe déjà. Connectez-vous avec son compte."


@dataclass(frozen=True, slots=True)
class Try:
    """A counted try: what is needed to check the password without the database."""

    account_id: str | None
    kept: str | None

    def fits(self, password: str) -> bool:
        """Whether the password is right; as long for an unknown login as for a known one."""
        return sealing.fits("password", plain(password), kept=self.kept)


def first_start(
    session: Session, *, organisation_name: str, login: str = FIRST_LOGIN, first_name: str = "Admin"
) -> str:
    """Make the structure and its first administrator, who heads it until somebody else does; gives the password once.

    Raises AlreadyStarted when an administrator exists.
    """
    password = new_password()
    sealed = seal(password)
    if session.exec(select(RoleHeld.account_id).where(RoleHeld.role == Role.ADMIN)).first():
        raise AlreadyStarted
    organisation = Organisation(name=person_name(organisation_name))
    session.add(organisation)
    session.flush()
    account = Account(organisation_id=organisation.id, role=Role.ADMIN, first_name=first_name)
    _open(session, account, login=login, sealed=sealed)
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
    """Open the account of a professional in the administrator's structure, with a password known to who opens it.

    For demonstrations and tests: people are invited (`team.invite`) and choose their own.
    Raises MayNotEnrol, EmptyName, LoginTaken and what `passwords.strong_password` raises.
    """
    place = by.organisation_id
    if not may_enrol_staff(by) or not may_give(by, role, organisation_id=place, opening=False):
        raise MayNotEnrol
    sealed = seal(strong_password(password, about=(login, first_name, last_name)))
    account = Account(
        organisation_id=by.organisation_id,
        role=role,
        first_name=person_name(first_name),
        last_name=person_name(last_name),
    )
    return _open(session, account, login=login, sealed=sealed)


def begin_try(session: Session, *, login: str, now: datetime) -> Try:
    """Count a try before it is checked. Raises TooManyTries while the account waits."""
    query = select(Password).where(col(Password.login) == login_key(login))
    return _counted(session.exec(query.with_for_update()).first(), now)


def begin_own_try(session: Session, *, account_id: str, now: datetime) -> Try:
    """The same for somebody who is signed in and gives their password again. Raises TooManyTries."""
    return _counted(session.get(Password, account_id, with_for_update=True), now)


def admit(session: Session, attempt: Try, *, now: datetime) -> Account:
    """Let in a professional whose password was right, and forgive the wrong tries. Raises WrongPassword, RolesEnded."""
    row = session.get(Password, attempt.account_id) if attempt.account_id else None
    account = session.get(Account, attempt.account_id) if attempt.account_id else None
    if row is None or account is None or account.closed_at is not None or row.hash != attempt.kept:
        raise WrongPassword
    row.wrong_tries, row.wait_until = 0, None
    session.flush()
    still_in(session, account, now=now)
    return account


def still_in(session: Session, account: Account, *, now: datetime) -> None:
    """Whether a professional's account is open and holds a role today. Raises WrongPassword, RolesEnded."""
    try:
        acting = presence.acting(session, account.id, now=now)
    except NotFound:
        raise WrongPassword from None
    if not acting.roles & STAFF_ROLES:
        raise RolesEnded


def known_of(session: Session, account: Account, *, login: str = "") -> tuple[str, ...]:
    """What a password of this person must not be made of: login, names, structure."""
    kept = session.get(Password, account.id)
    structure = session.get(Organisation, account.organisation_id) if account.organisation_id else None
    said = (
        login,
        kept.login if kept else "",
        account.first_name,
        account.last_name,
        structure.name if structure else "",
    )
    return tuple(word for word in said if word)


def change_password(session: Session, *, attempt: Try, sealed: str, now: datetime) -> Account:
    """Replace one's own password after `attempt` fitted; every sign-in ends, wherever it is. Raises WrongPassword."""
    account = admit(session, attempt, now=now)
    kept = session.get(Password, account.id)
    assert kept is not None
    kept.hash = sealed
    presence.end_all(session, account_id=account.id, reason="new password", now=now)
    acting = presence.acting(session, account.id, now=now)
    audit.note(session, by=acting, act="password changed", whom_id=account.id, now=now)
    return account


def seal(password: str) -> str:
    """The text to keep for a password that was judged strong. 25 ms: before any query."""
    return sealing.sealed("password", plain(password))


def new_password() -> str:
    """A password of 80 random bits in four groups, to be read from a screen and typed once."""
    drawn = "".join(secrets.choice(ALPHABET.lower()) for _ in range(16))
    return "-".join(drawn[at : at + 4] for at in range(0, 16, 4))


def login_key(login: str) -> str:
    """How a login is kept and looked for: without case nor outer spaces."""
    return unicodedata.normalize("NFKC", login[: policy.NAME_LENGTH]).strip().casefold()[: policy.NAME_LENGTH]


def take_login(session: Session, login: str) -> str:
    """The login as kept, if it is free. Raises LoginTaken, and what `text.name` raises for a broken one."""
    key = login_key(text.name(login))
    if not key or session.exec(select(Password.login).where(Password.login == key)).first():
        raise LoginTaken
    return key


def _counted(row: Password | None, now: datetime) -> Try:
    if row is None:
        return Try(None, None)
    row.wrong_tries, row.wait_until = count_try(row.wrong_tries, row.wait_until, now=now, sentence=WAIT)
    return Try(row.account_id, row.hash or None)


def _open(session: Session, account: Account, *, login: str, sealed: str) -> Account:
    key = take_login(session, login)
    session.add(account)
    session.flush()
    session.add(Password(account_id=account.id, login=key, hash=sealed))
    session.add(RoleHeld(account_id=account.id, role=account.role))
    session.flush()
    return account
