"""The professionals: a login and a long password, with the same waits as a card after wrong tries."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.accounts import sealing
from clicnjob.accounts.codes import ALPHABET
from clicnjob.accounts.names import person_name
from clicnjob.accounts.permissions import may_enrol_staff
from clicnjob.accounts.presence import Present
from clicnjob.accounts.waits import count_try
from clicnjob.errors import Refusal
from clicnjob.models import STAFF_ROLES, Account, Organisation, Password, Role, RoleHeld

WAIT = "Trop d’essais. Attendez {wait}, ou demandez à votre administrateur."
FIRST_LOGIN = "admin"


class WrongPassword(Refusal):
    """Unknown login, wrong password, closed account: told in the same words and in the same time."""

    sentence = "Cet identifiant et ce mot de passe ne vont pas ensemble. Vérifiez les deux."


class ShortPassword(Refusal):
    """Shorter than the CNIL asks, or too long to be hashed."""

    sentence = f"Le mot de passe doit avoir au moins {policy.PASSWORD_LENGTH} caractères."


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
        return sealing.fits("password", _password(password), kept=self.kept)


def first_start(
    session: Session, *, organisation_name: str, login: str = FIRST_LOGIN, first_name: str = "Admin"
) -> str:
    """Make the structure and its first administrator, who heads it until somebody else does; gives the password once.

    Raises AlreadyStarted when an administrator exists.
    """
    password = new_password()
    sealed = sealing.sealed("password", password)
    if session.exec(select(Account.id).where(Account.role == Role.ADMIN)).first():
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
    """Open the account of a professional in the administrator's structure.

    Raises MayNotEnrol, EmptyName, ShortPassword, LoginTaken.
    """
    if not may_enrol_staff(by) or role not in STAFF_ROLES:
        raise MayNotEnrol
    sealed = sealing.sealed("password", long_password(password))
    account = Account(
        organisation_id=by.organisation_id,
        role=role,
        first_name=person_name(first_name),
        last_name=person_name(last_name),
    )
    return _open(session, account, login=login, sealed=sealed)


def begin_try(session: Session, *, login: str, now: datetime) -> Try:
    """Count a try before it is checked. Raises TooManyTries while the account waits."""
    row = session.exec(select(Password).where(col(Password.login) == login_key(login))).first()
    if row is None:
        return Try(None, None)
    row.wrong_tries, row.wait_until = count_try(row.wrong_tries, row.wait_until, now=now, sentence=WAIT)
    session.flush()
    return Try(row.account_id, row.hash)


def admit(session: Session, attempt: Try) -> Account:
    """Let in a professional whose password was right, and forgive the wrong tries. Raises WrongPassword."""
    row = session.get(Password, attempt.account_id) if attempt.account_id else None
    account = session.get(Account, attempt.account_id) if attempt.account_id else None
    if row is None or account is None or account.closed_at is not None or row.hash != attempt.kept:
        raise WrongPassword
    row.wrong_tries, row.wait_until = 0, None
    session.flush()
    return account


def new_password() -> str:
    """A password of 80 random bits in four groups, to be read from a screen and typed once."""
    drawn = "".join(secrets.choice(ALPHABET.lower()) for _ in range(16))
    return "-".join(drawn[at : at + 4] for at in range(0, 16, 4))


def long_password(password: str) -> str:
    """The password, in one Unicode form whatever the keyboard. Raises ShortPassword."""
    if not policy.PASSWORD_LENGTH <= len(_password(password)) <= policy.PASSWORD_LONGEST:
        raise ShortPassword
    return _password(password)


def login_key(login: str) -> str:
    """How a login is kept and looked for: without case nor outer spaces."""
    return unicodedata.normalize("NFKC", login[: policy.NAME_LENGTH]).strip().casefold()[: policy.NAME_LENGTH]


def _password(password: str) -> str:
    return unicodedata.normalize("NFKC", password[: policy.PASSWORD_LONGEST + 1])


def _open(session: Session, account: Account, *, login: str, sealed: str) -> Account:
    key = login_key(login)
    if not key or session.exec(select(Password.login).where(Password.login == key)).first():
        raise LoginTaken
    session.add(account)
    session.flush()
    session.add(Password(account_id=account.id, login=key, hash=sealed))
    session.add(RoleHeld(account_id=account.id, role=account.role))
    session.flush()
    return account
