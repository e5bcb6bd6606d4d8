"""Every wrong setting or unusable database, for every command: one French line, status 2, no trace, no secret."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from clicnjob.paths import ROOT
from tests.conftest import PEPPER
from tests.forked import Ended, run_command, run_program
from tests.small_disk import fill_disk, small_disk

pytestmark = pytest.mark.slow

SECRET = "S3cretTresLongEtTresSecret"  # stands for the pepper, the provider's secret and the database's password
DATABASE = f"postgresql+psycopg://clicnjob:{SECRET}@127.0.0.1:1/clicnjob"
PRODUCTION = {"CLICNJOB_MODE": "production", "CLICNJOB_PUBLIC_URL": "https://clicnjob.example"}
MAIL = {"CLICNJOB_SMTP_HOST": "smtp.exemple.fr", "CLICNJOB_SMTP_FROM": "cv@exemple.fr"}
ON = {"CLICNJOB_MAIL_NOTIFICATIONS": "true"}
SMS = {
    "CLICNJOB_SMS_URL": "https://sms.exemple.fr/",
    "CLICNJOB_SMS_HEADERS": f'{{"X-Key": "{SECRET}"}}',
    "CLICNJOB_SMS_BODY": "to={numero}&text={texte}",
}
SECRETS = {"CLICNJOB_PEPPER": SECRET, "CLICNJOB_OIDC_CLIENT_SECRET": SECRET, "CLICNJOB_DATABASE_URL": DATABASE}


def nothing(_home: Path) -> None:
    """The folder as it is."""


def a_later_database(home: Path) -> None:
    with sqlite3.connect(home / "clicnjob.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def a_corrupt_database(home: Path) -> None:
    (home / "clicnjob.sqlite3").write_bytes(b"SQLite format 3\0" + os.urandom(9000))


def not_a_database(home: Path) -> None:
    (home / "clicnjob.sqlite3").write_text("bonjour\n" * 900, encoding="utf-8")


def a_folder_in_its_place(home: Path) -> None:
    (home / "clicnjob.sqlite3").unlink()
    (home / "clicnjob.sqlite3").mkdir()


@dataclass(frozen=True)
class Case:
    """A setting that is wrong, and what the line must say."""

    name: str
    says: tuple[str, ...]
    settings: dict[str, str] = field(default_factory=dict)
    spoil: Callable[[Path], None] = nothing
    command: tuple[str, ...] = ("migrate",)


CASES = (
    Case("production without an address", ("CLICNJOB_PUBLIC_URL", "https"), {"CLICNJOB_MODE": "production"} | SECRETS),
    Case("an address without scheme", ("CLICNJOB_PUBLIC_URL",), SECRETS | {"CLICNJOB_PUBLIC_URL": "clicnjob.example"}),
    Case("an address that is none", ("CLICNJOB_PUBLIC_URL",), {"CLICNJOB_PUBLIC_URL": "https://x:y:z"}),
    Case("an address in http", ("CLICNJOB_PUBLIC_URL",), PRODUCTION | {"CLICNJOB_PUBLIC_URL": "http://x.fr"}),
    Case("an unknown mode", ("CLICNJOB_MODE", "production"), SECRETS | {"CLICNJOB_MODE": "prod"}),
    Case("an unknown name", ("CLICNJOB_MODEE", "CLICNJOB_MODE"), SECRETS | {"CLICNJOB_MODEE": "production"}),
    Case("a name like none", ("CLICNJOB_ZZZ",), SECRETS | {"CLICNJOB_ZZZ": "1"}),
    Case("a pepper of one letter", ("CLICNJOB_PEPPER", "16"), PRODUCTION | {"CLICNJOB_PEPPER": "s"}),
    Case("a provider in http", ("CLICNJOB_OIDC_URL",), PRODUCTION | SECRETS | {"CLICNJOB_OIDC_URL": "http://x.fr"}),
    Case("a provider without scheme", ("CLICNJOB_OIDC_URL",), SECRETS | {"CLICNJOB_OIDC_URL": "x.fr"}),
    Case("a mail server with a scheme", ("CLICNJOB_SMTP_HOST",), SECRETS | {"CLICNJOB_SMTP_HOST": "smtp://x y"}),
    Case("mail from nobody", ("CLICNJOB_SMTP_FROM",), SECRETS | {"CLICNJOB_SMTP_HOST": "smtp.exemple.fr"}),
    Case("mail in clear", ("CLICNJOB_SMTP_SECURITY", "starttls"), SECRETS | MAIL | {"CLICNJOB_SMTP_SECURITY": "none"}),
    Case("a mail user alone", ("CLICNJOB_SMTP_PASSWORD",), SECRETS | MAIL | {"CLICNJOB_SMTP_USER": "cv"}),
    Case("a mail password alone", ("CLICNJOB_SMTP_USER",), SECRETS | MAIL | {"CLICNJOB_SMTP_PASSWORD": SECRET}),
    Case("a mail port in words", ("CLICNJOB_SMTP_PORT", "65535"), SECRETS | MAIL | {"CLICNJOB_SMTP_PORT": "mille"}),
    Case("reminders without mail", ("CLICNJOB_MAIL_NOTIFICATIONS", "CLICNJOB_SMTP_HOST"), ON),
    Case("a gateway's key alone", ("CLICNJOB_SMS_URL",), SMS | {"CLICNJOB_SMS_URL": ""}),
    Case("a gateway in clear", ("CLICNJOB_SMS_URL", "https"), SMS | {"CLICNJOB_SMS_URL": f"http://x.fr/?key={SECRET}"}),
    Case("a gateway without scheme", ("CLICNJOB_SMS_URL",), SMS | {"CLICNJOB_SMS_URL": f"sms.exemple.fr/{SECRET}"}),
    Case("a header that is no JSON", ("CLICNJOB_SMS_HEADERS", "JSON"), SMS | {"CLICNJOB_SMS_HEADERS": f"X-Key: {SECRET}"}),
    Case("a body without number", ("CLICNJOB_SMS_BODY", "{numero}"), SMS | {"CLICNJOB_SMS_BODY": f"key={SECRET}&text={{texte}}"}),
    Case("a body that is broken", ("CLICNJOB_SMS_BODY", "JSON"), SMS | {"CLICNJOB_SMS_BODY": f'{{"key": "{SECRET}", "to": '}),
    Case("a body with another mark", ("CLICNJOB_SMS_BODY", "{texte}"), SMS | {"CLICNJOB_SMS_BODY": "a={numero}{texte}{nom}"}),
    Case("an unknown method", ("CLICNJOB_SMS_METHOD", "POST"), SMS | {"CLICNJOB_SMS_METHOD": "BREW"}),
    Case("a demonstration that sends", ("CLICNJOB_SMS_URL", "démonstration"), SMS | {"CLICNJOB_MODE": "demo"}),
    Case("a demonstration by mail", ("CLICNJOB_MAIL_NOTIFICATIONS",), MAIL | ON | {"CLICNJOB_MODE": "demo"}),
    Case("a bad log level", ("CLICNJOB_LOG_LEVEL", "warning"), SECRETS | {"CLICNJOB_LOG_LEVEL": "bavard"}),
    Case("a bad second factor", ("CLICNJOB_SECOND_FACTOR",), SECRETS | {"CLICNJOB_SECOND_FACTOR": "parfois"}),
    Case("measures without a port", ("CLICNJOB_METRICS", "9464"), SECRETS | {"CLICNJOB_METRICS": "127.0.0.1"}),
    Case("measures elsewhere", ("CLICNJOB_METRICS",), {"CLICNJOB_METRICS": "192.0.2.1:9464"}, command=("run",)),
    Case("a port in words", ("CLICNJOB_PORT", "65535"), SECRETS | {"CLICNJOB_PORT": "mille"}),
    Case("people at once in words", ("CLICNJOB_PEOPLE_AT_ONCE", "entier"), SECRETS | {"CLICNJOB_PEOPLE_AT_ONCE": "beaucoup"}),
    Case("fewer people than none", ("CLICNJOB_PEOPLE_AT_ONCE", "entier"), SECRETS | {"CLICNJOB_PEOPLE_AT_ONCE": "-1"}),
    Case("a port too high", ("CLICNJOB_PORT", "65535"), SECRETS | {"CLICNJOB_PORT": "70000"}),
    Case("two at once", ("CLICNJOB_PORT", "CLICNJOB_MODE"), SECRETS | {"CLICNJOB_PORT": "0", "CLICNJOB_MODE": "x"}),
    Case("another database", ("CLICNJOB_DATABASE_URL",), {"CLICNJOB_DATABASE_URL": f"mysql://u:{SECRET}@h/b"}),
    Case("postgres://", ("CLICNJOB_DATABASE_URL",), {"CLICNJOB_DATABASE_URL": f"postgres://u:{SECRET}@h/b"}),
    Case("postgresql://", ("CLICNJOB_DATABASE_URL",), {"CLICNJOB_DATABASE_URL": f"postgresql://u:{SECRET}@h/b"}),
    Case("no address at all", ("CLICNJOB_DATABASE_URL",), {"CLICNJOB_DATABASE_URL": f"{SECRET}"}),
    Case("a port of letters", ("CLICNJOB_DATABASE_URL",), {"CLICNJOB_DATABASE_URL": f"postgresql+psycopg://u:{SECRET}@h:x/b"}),
    Case("PostgreSQL away", ("PostgreSQL", "CLICNJOB_DATABASE_URL"), SECRETS),
    Case("a database elsewhere", ("CLICNJOB_DATABASE_URL",), {"CLICNJOB_DATABASE_URL": "sqlite:////proc/rien/x.sqlite3"}),
    Case("a home nobody may write", ("CLICNJOB_HOME",), {"CLICNJOB_HOME": "/proc/clicnjob", "CLICNJOB_PEPPER": SECRET}),
    Case("a home that is a file", ("CLICNJOB_HOME",), {"CLICNJOB_HOME": str(ROOT / "Makefile")}),
    Case("a missing secret", ("secret", "sauvegarde"), {"CLICNJOB_PEPPER": ""}),
    Case("a foreign secret", ("secret", "sauvegarde"), {"CLICNJOB_PEPPER": SECRET}),
    Case("a later database", ("plus récente",), spoil=a_later_database),
    Case("a corrupt database", ("abîmée", "restore"), spoil=a_corrupt_database),
    Case("not a database", ("abîmée", "restore"), spoil=not_a_database),
    Case("a folder in its place", ("CLICNJOB_HOME",), spoil=a_folder_in_its_place),
    Case("a host of elsewhere", ("CLICNJOB_HOST",), {"CLICNJOB_HOST": "192.0.2.1"}, command=("run",)),
    Case("a host that is no name", ("CLICNJOB_HOST",), {"CLICNJOB_HOST": "pas une adresse"}, command=("run",)),
    Case("a demonstration on a database", ("CLICNJOB_DATABASE_URL",), SECRETS, command=("demo",)),
)  # fmt: skip
COMMANDS = (
    ("run",), ("migrate",), ("purge", "--dry-run"), ("check",), ("backup", "x"), ("restore", "x", "--yes"), ("staff", "list"),
    ("staff", "close", "x"), ("card", "unlock", "x"), ("audit", "verify"), ("audit", "anchor"), ("privacy", "missing"),
    ("jobs", "search", "maçon"), ("proofread", "bonjour"), ("cv", "advice", "x"),
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, inhabited: Path) -> Path:
    """A folder with people in it."""
    shutil.copy(inhabited, tmp_path / "clicnjob.sqlite3")
    return tmp_path


def ended(home: Path, command: tuple[str, ...], settings: dict[str, str]) -> Ended:
    ours = {"CLICNJOB_HOME": str(home), "CLICNJOB_PEPPER": PEPPER, "CLICNJOB_PORT": str(_free_port())}
    return run_command(*command, folder=home, settings=ours | settings)


def mistakes(done: Ended, says: tuple[str, ...]) -> list[str]:
    """What is wrong with how it ended."""
    lines = [line for line in done.err.splitlines() if line.strip()]
    found = [f"status {done.status}"] if done.status != 2 else []
    found += [f"{len(lines)} lines"] if len(lines) != 1 else []
    found += ["a trace"] if "Traceback" in done.err or "│" in done.err else []
    found += ["a secret"] if SECRET in done.out + done.err else []
    found += [f"not « {word} »" for word in says if word not in done.err]
    return [f"{mistake}: {done.err[-300:]}" for mistake in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_wrong_setting_is_one_line(home: Path, case: Case) -> None:
    case.spoil(home)
    done = ended(home, case.command, case.settings)
    print(f"{case.name} | {done.err.strip()} | {done.status}")
    assert not mistakes(done, case.says)


def test_every_command_refuses_alike(home: Path) -> None:
    wrong = SECRETS | {"CLICNJOB_MODEE": "production", "CLICNJOB_DATABASE_URL": ""}
    found = {" ".join(command): mistakes(ended(home, command, wrong), ("CLICNJOB_MODEE",)) for command in COMMANDS}
    assert not {command: told for command, told in found.items() if told}


def test_a_full_disk_is_one_line(tmp_path: Path, inhabited: Path) -> None:
    with small_disk(tmp_path / "disk", megabytes=8) as disk:
        shutil.copy(inhabited, disk / "clicnjob.sqlite3")
        fill_disk(disk)
        found = {
            " ".join(words): mistakes(
                run_command(*words, folder=tmp_path, settings=full_disk_settings(disk)), ("place",)
            )
            for words in (("migrate",), ("run",), ("purge",), ("backup", str(disk / "copie")))
        }
    assert not {command: told for command, told in found.items() if told}


def full_disk_settings(disk: Path) -> dict[str, str]:
    return {"CLICNJOB_HOME": str(disk), "CLICNJOB_PEPPER": PEPPER, "CLICNJOB_PORT": str(_free_port())}


def test_a_missing_right_is_one_line(tmp_path: Path, inhabited: Path) -> None:
    home = tmp_path / "maison"
    home.mkdir()
    shutil.copy(inhabited, home / "clicnjob.sqlite3")
    home.chmod(0o500)
    done = run_program(WITHOUT_ROOT, "migrate", folder=tmp_path, settings=full_disk_settings(home))
    home.chmod(0o700)
    assert not mistakes(done, ("CLICNJOB_HOME", "droit"))


# Root may write everywhere, so this becomes nobody first.
WITHOUT_ROOT = """
import os, sys
from clicnjob import __main__
if os.geteuid() == 0:
    os.seteuid(65534)
__main__.main()
"""


@pytest.mark.parametrize("command", [("run",), ("demo",)], ids=" ".join)
def test_a_port_that_is_taken_is_said_before_anything_is_changed(home: Path, command: tuple[str, ...]) -> None:
    shown = home / "var" / "demo" / "clicnjob.sqlite3"
    shown.parent.mkdir(parents=True)
    shown.write_bytes(b"the demonstration that runs")
    before = (home / "clicnjob.sqlite3").read_bytes()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = ended(home, command, {"CLICNJOB_PORT": port})
    assert not mistakes(done, ("CLICNJOB_PORT", port))
    assert (home / "clicnjob.sqlite3").read_bytes() == before
    assert shown.read_bytes() == b"the demonstration that runs"


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
