"""The console when nobody can sign in: staff, card, backup and restore; everything audited as « console »."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from clicnjob import __main__, config, db, models
from clicnjob.accounts import cards, invitations, staff
from clicnjob.models import Account, AuditEvent, Card, Organisation, Role, RoleHeld, WrongTries
from clicnjob.operations import running
from tests.conftest import PEPPER

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, inhabited: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation of its own, with the demonstration people."""
    for name, value in (("HOME", str(tmp_path / "home")), ("PEPPER", PEPPER), ("DATABASE_URL", "")):
        monkeypatch.setenv(f"CLICNJOB_{name}", value)
    config.current_settings.cache_clear()
    db.shared_engine.cache_clear()
    (tmp_path / "home").mkdir()
    shutil.copy(inhabited, tmp_path / "home" / "clicnjob.sqlite3")
    yield
    db.shared_engine().dispose()
    monkeypatch.undo()
    config.current_settings.cache_clear()
    db.shared_engine.cache_clear()


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """One command; gives its status, what it said, and what it complained of."""

    def said(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["clicnjob", *words])
        with pytest.raises(SystemExit) as ended:
            __main__.main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return said


def link(out: str) -> str:
    found = re.search(r"/invitation#([\w-]{43})", out)
    assert found, out
    return found[1]


def acts() -> list[tuple[str, str]]:
    with db.read_transaction() as session:
        return [
            (row.by_id, row.act)
            for row in session.exec(select(AuditEvent).order_by(AuditEvent.id))
            if row.by_id == "console"
        ]


def account(login: str) -> Account:
    with db.read_transaction() as session:
        return session.exec(select(Account).join(models.Password).where(models.Password.login == login)).one()


def test_staff_are_listed_without_a_password(say: Said) -> None:
    status, out, _err = say("staff", "list")
    assert status == 0 and "claire" in out and "argon2" not in out


def test_a_professional_is_added_with_a_link_and_roles_with_an_end(say: Said) -> None:
    status, out, err = say("staff", "add", "Nour", "Attia", "--role", "head", "--role", "adviser:2099-12-31")
    assert status == 0, err
    with db.write_transaction() as session:
        opening = invitations.invitation_opening(session, link(out), now=models.utc_now())
        held = {
            row.role: row.until
            for row in session.exec(select(RoleHeld).where(RoleHeld.account_id == opening.account_id))
        }
    assert opening.first_name == "Nour"
    assert str(held[Role.ADVISER]) == "2099-12-31" and held[Role.HEAD] is None
    assert acts() == [("console", "professional invited")]


@pytest.mark.parametrize("role", ["young", "chef", "adviser:demain", ""])
def test_an_unknown_role_is_said(say: Said, role: str) -> None:
    status, _out, err = say("staff", "add", "Nour", "Attia", "--role", role)
    assert status == 2 and err.strip() and "Traceback" not in err


def test_a_structure_must_be_named_where_there_are_several(say: Said) -> None:
    with db.write_transaction() as session:
        session.add(Organisation(name="École de la 2e chance"))
    status, _out, err = say("staff", "add", "Nour", "Attia", "--role", "head")
    assert status == 2 and "École de la 2e chance" in err
    assert say("staff", "add", "Nour", "Attia", "--role", "head", "--structure", "ecole")[0] == 0


def test_the_administrator_s_own_password_is_reset_at_the_console(say: Said) -> None:
    status, out, err = say("staff", "reset", staff.FIRST_LOGIN, "--second-factor")
    assert status == 0, err
    with db.write_transaction() as session:
        assert invitations.accept_invitation(
            session,
            link(out),
            login="",
            sealed=staff.seal_password("sept lanternes sous la pluie"),
            now=models.utc_now(),
        )
    assert acts() == [("console", "second factor reset"), ("console", "password reset")]


def test_roles_are_replaced_and_an_account_closed(say: Said) -> None:
    assert say("staff", "roles", "hakim", "--role", "adviser")[0] == 0
    assert say("staff", "close", "hakim")[0] == 0
    assert account("hakim").closed_at is not None
    assert acts() == [("console", "roles changed"), ("console", "account closed")]


def test_the_last_administrator_stays_even_at_the_console(say: Said) -> None:
    status, _out, err = say("staff", "close", staff.FIRST_LOGIN)
    assert status == 2 and "Il doit rester" in err
    assert account(staff.FIRST_LOGIN).closed_at is None


def test_an_unknown_login_is_said(say: Said) -> None:
    for words in (("reset", "personne"), ("close", "Lina Morel"), ("roles", "x", "--role", "head")):
        assert say("staff", *words)[0] == 2


def test_a_card_is_made_and_unlocked_by_name(say: Said) -> None:
    with db.write_transaction() as session:
        lina = session.exec(select(Account).where(Account.first_name == "Lina")).one()
        card = session.exec(select(Card).where(Card.account_id == lina.id)).one()
        session.add(WrongTries(key=card.code_digest, wrong=10))
    assert say("card", "unlock", "lina MOREL")[0] == 0
    with db.read_transaction() as session:
        assert session.exec(select(WrongTries)).all() == []
    status, out, _err = say("card", "new", "Lina Morel")
    number = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]", out)
    assert status == 0 and number
    with db.read_transaction() as session:
        assert cards.first_use(session, code=cards.read_code(number[0]), now=models.utc_now())
    assert acts() == [("console", "card unlocked"), ("console", "card renewed")]


def test_two_people_of_one_name_are_told_apart_by_their_number(say: Said) -> None:
    with db.write_transaction() as session:
        lina = session.exec(select(Account).where(Account.first_name == "Lina")).one()
        twin = Account(role=Role.YOUNG, organisation_id=lina.organisation_id, first_name="Lina", last_name="Morel")
        session.add(twin)
    status, _out, err = say("card", "new", "Lina Morel")
    assert status == 2 and twin.id in err and lina.id in err
    assert say("card", "new", twin.id)[0] == 0


def test_a_professional_has_no_card(say: Said) -> None:
    assert say("card", "new", "Claire Morvan")[0] == 2


def test_a_copy_is_made_and_put_back(say: Said, tmp_path: Path) -> None:
    file = tmp_path / "copie"
    status, out, err = say("backup", str(file))
    assert status == 0, err
    assert file.exists() and "secret" in out
    assert acts() == [("console", "backup made")]
    with db.write_transaction() as session:
        session.exec(select(Account).where(Account.first_name == "Lina")).one().first_name = "Changée"
    db.shared_engine().dispose()
    status, out, err = say("restore", str(file), "--yes")
    assert status == 0, err
    with db.read_transaction() as session:
        assert session.exec(select(Account).where(Account.first_name == "Lina")).one()


def test_a_restore_is_refused_while_the_app_runs(say: Said, tmp_path: Path) -> None:
    file = tmp_path / "copie"
    assert say("backup", str(file))[0] == 0
    db.shared_engine().dispose()
    with running.hold_running_file():
        status, _out, err = say("restore", str(file), "--yes")
    assert status == 2 and "L’application tourne" in err


def test_a_copy_that_is_not_there_is_said(say: Said, tmp_path: Path) -> None:
    for words in (("restore", str(tmp_path / "absent"), "--yes"), ("backup", str(tmp_path / "absent" / "copie"))):
        status, _out, err = say(*words)
        assert status == 2 and err.strip() and "Traceback" not in err


def test_who_was_erased_since_the_copy_stays_erased(say: Said, tmp_path: Path) -> None:
    from clicnjob.privacy.erasure import erasure_request
    from clicnjob.privacy.machine import MACHINE

    file = tmp_path / "copie"
    assert say("backup", str(file))[0] == 0
    with db.write_transaction() as session:
        lina = session.exec(select(Account).where(Account.first_name == "Lina")).one()
        erasure_request.erase_account(session, lina.id, by=MACHINE, why="asked", now=models.utc_now())
    db.shared_engine().dispose()
    status, out, err = say("restore", str(file), "--yes")
    assert status == 0 and "effacées de nouveau : 1" in out, err
    with db.read_transaction() as session:
        assert not session.exec(select(Account).where(Account.first_name == "Lina")).first()
        assert session.exec(select(Account).where(Account.first_name == "Yanis")).one()
