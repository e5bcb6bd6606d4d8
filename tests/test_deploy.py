"""deploy/: each file is checked by the program that reads it, and the proxies and scripts are run where these are installed."""

from __future__ import annotations

import http.server
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from clicnjob import db
from clicnjob.config import Settings
from clicnjob.paths import ROOT
from tests import postgres
from tests.conftest import PEPPER
from tests.test_databases import postgres_address  # noqa: F401 - a fixture

pytestmark = pytest.mark.slow
DEPLOY = ROOT / "deploy"
WORDS = "ClicNJob revient dans un instant."


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not found:
        pytest.skip(f"{name} is not installed on this machine")
    return found


def ran(*words: str, **named: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, timeout=300, **named)  # type: ignore[call-overload,no-any-return]


# --- systemd


@pytest.fixture
def units(tmp_path: Path) -> list[str]:
    """The units, with paths of this machine: systemd-analyze refuses programs that are not there."""
    for unit in (DEPLOY / "systemd").glob("*"):
        if unit.is_file():
            copy_unit(unit, tmp_path)
    return [str(unit) for unit in sorted(tmp_path.iterdir())]


def copy_unit(unit: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    text = unit.read_text(encoding="utf-8").replace("/opt/clicnjob/.venv/bin/python", sys.executable)
    (folder / unit.name).write_text(text.replace("/opt/clicnjob", str(ROOT)), encoding="utf-8")


def test_the_units_are_understood_by_systemd(units: list[str]) -> None:
    done = ran(program("systemd-analyze"), "verify", "--man=no", *units)
    assert len(units) == 5
    assert done.returncode == 0 and not [line for line in done.stderr.splitlines() if "clicnjob" in line], done.stderr


def test_the_unit_of_several_processes_is_understood_by_systemd(units: list[str], tmp_path: Path) -> None:
    copy_unit(DEPLOY / "systemd" / "clicnjob.service.d" / "plusieurs.conf", tmp_path / "clicnjob.service.d")
    (server,) = [unit for unit in units if unit.endswith("/clicnjob.service")]
    done = ran(program("systemd-analyze"), "verify", "--man=no", server)
    assert done.returncode == 0 and not [line for line in done.stderr.splitlines() if "clicnjob" in line], done.stderr
    spoilt = tmp_path / "clicnjob.service.d" / "plusieurs.conf"
    spoilt.write_text(spoilt.read_text(encoding="utf-8").replace("/bin/kill", "/nowhere/kill"), encoding="utf-8")
    assert "/nowhere/kill" in ran(program("systemd-analyze"), "verify", "--man=no", server).stderr, "it is read"


def test_the_server_is_closed_in_by_systemd(units: list[str]) -> None:
    (server,) = [unit for unit in units if unit.endswith("/clicnjob.service")]
    done = ran(program("systemd-analyze"), "security", "--offline=true", "--threshold=25", "--no-pager", server)
    if "unrecognized" in done.stderr:
        pytest.skip("this systemd-analyze has no --offline")
    print(done.stdout.strip().splitlines()[-1])
    assert done.returncode == 0, done.stdout[-600:]


# --- proxies


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate signed by itself, its key, and both in one file."""
    folder, key, now = tmp_path_factory.mktemp("tls"), ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "clicnjob.exemple.fr")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=2))
    public = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    kind = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    private = key.private_bytes(*kind)
    for file, content in (("fullchain.pem", public), ("privkey.pem", private), ("clicnjob.pem", public + private)):
        (folder / file).write_bytes(content)
    return folder


def free_ports(count: int) -> list[int]:
    held = [socket.socket() for _ in range(count)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def haproxy_file(folder: Path, certificate: Path, ports: list[int], name: str = "haproxy.cfg") -> Path:
    text = (DEPLOY / "haproxy" / name).read_text(encoding="utf-8")
    for there, here in (
        ("/etc/haproxy/clicnjob.pem", str(certificate / "clicnjob.pem")),
        ("/etc/haproxy/502.http", str(DEPLOY / "haproxy" / "502.http")),
        ("bind :80\n", f"bind 127.0.0.1:{ports[0]}\n"), ("bind :443 ", f"bind 127.0.0.1:{ports[1]} "),
        ("127.0.0.1:8501", f"127.0.0.1:{ports[2]}"), ("maxconn 8192", "maxconn 100"), ("inter 3s", "inter 200ms"),
    ):  # fmt: skip
        text = text.replace(there, here)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def nginx_file(folder: Path, certificate: Path, ports: list[int]) -> Path:
    text = (DEPLOY / "nginx" / "clicnjob.conf").read_text(encoding="utf-8")
    for there, here in (
        ("/etc/ssl/clicnjob/", f"{certificate}/"), ("/usr/share/clicnjob", str(folder)),
        ("listen 80;", f"listen 127.0.0.1:{ports[0]};"), ("listen 443 ssl;", f"listen 127.0.0.1:{ports[1]} ssl;"),
        ("127.0.0.1:8501", f"127.0.0.1:{ports[2]}"),
    ):  # fmt: skip
        text = text.replace(there, here)
    shutil.copy(DEPLOY / "nginx" / "502.html", folder)
    folder.chmod(0o755)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = (
        f"pid {folder}/pid; error_log stderr; daemon off; master_process off; events {{}} http {{ {temporary}\n{text}}}"
    )
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    return folder / "nginx.conf"


def proxy_command(kind: str, folder: Path, certificate: Path, ports: list[int], *, check: bool) -> list[str]:
    if kind == "nginx":
        return [program("nginx"), *(["-t"] if check else []), "-c", str(nginx_file(folder, certificate, ports))]
    name = "haproxy-compose.cfg" if kind == "compose" else "haproxy.cfg"
    return [program("haproxy"), *(["-c"] if check else []), "-f", str(haproxy_file(folder, certificate, ports, name))]


@pytest.mark.parametrize("kind", ["haproxy", "compose", "nginx"])
def test_the_proxies_understand_their_files(kind: str, tmp_path: Path, certificate: Path) -> None:
    done = ran(*proxy_command(kind, tmp_path, certificate, free_ports(3), check=True))
    assert done.returncode == 0, done.stderr
    assert "warn" not in (done.stdout + done.stderr).lower(), done.stderr


class _Echo(http.server.BaseHTTPRequestHandler):
    """Says which headers came."""

    def do_GET(self) -> None:
        said = [f"{name}: {value}" for name, value in self.headers.items()]
        body = "\n".join([*said, f"port: {self.connection.getsockname()[1]}"]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(ConnectionError):  # HAProxy closes a check when it has its status
            self.wfile.write(body)

    def log_message(self, *_rest: object) -> None:
        """Nobody reads it."""


@contextmanager
def behind(port: int) -> Iterator[None]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), _Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def answer_of(port: int, wanted: set[int], path: str = "/") -> httpx.Response:
    """What the proxy says, once it says one of these."""
    until, last = time.monotonic() + 20, None
    while time.monotonic() < until:
        with suppress(httpx.TransportError):
            last = httpx.get(
                f"https://127.0.0.1:{port}{path}", verify=False, trust_env=False,
                headers={"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"},
            )  # fmt: skip
            if last.status_code in wanted:
                return last
        time.sleep(0.1)
    raise AssertionError(last)


@pytest.mark.parametrize("kind", ["haproxy", "nginx"])
def test_while_the_server_is_away_its_page_is_french_and_afterwards_it_serves(
    kind: str, tmp_path: Path, certificate: Path
) -> None:
    ports = free_ports(3)
    proxy = subprocess.Popen(
        proxy_command(kind, tmp_path, certificate, ports, check=False),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        away = answer_of(ports[1], {502, 503})
        assert WORDS in away.text and away.headers["cache-control"] == "no-store"
        with behind(ports[2]):
            told = answer_of(ports[1], {200}).text.lower()
        assert "x-forwarded-for: 127.0.0.1" in told and "203.0.113.9" not in told, "what a browser claims is replaced"
        assert "x-forwarded-proto: https" in told
    finally:
        proxy.terminate()
        proxy.wait(20)


# --- containers


def test_a_browser_stays_with_its_container_and_goes_to_another_when_it_is_gone(
    tmp_path: Path, certificate: Path
) -> None:
    ports = free_ports(4)
    file = haproxy_file(tmp_path, certificate, ports, "haproxy-compose.cfg")
    text, template = (
        file.read_text(encoding="utf-8"),
        "server-template p 8 application:8501 check resolvers docker init-addr none",
    )
    assert template in text
    options = text.partition(template)[2].partition("\n")[0]
    two = f"server p1 127.0.0.1:{ports[2]} check{options}\n    server p2 127.0.0.1:{ports[3]} check"
    file.write_text(text.replace(template, two), encoding="utf-8")
    proxy = subprocess.Popen(
        [program("haproxy"), "-f", str(file)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    browser = httpx.Client(verify=False, trust_env=False)

    def containers(*, new: bool) -> set[str]:
        return {port_of(httpx.Client(verify=False, trust_env=False) if new else browser, ports[1]) for _ in range(20)}

    try:
        with behind(ports[2]):
            answer_of(ports[1], {200})
            with behind(ports[3]):
                until = time.monotonic() + 20
                while len(containers(new=True)) < 2:
                    assert time.monotonic() < until
                while (at := containers(new=False)) != {str(ports[3])}:
                    assert len(at) == 1 and time.monotonic() < until, "a browser stays"
                    browser.cookies.clear()
            assert containers(new=False) == {str(ports[2])}, "the other one answers"
    finally:
        proxy.terminate()
        proxy.wait(20)


def port_of(browser: httpx.Client, public: int) -> str:
    """Which container answers this browser."""
    return browser.get(f"https://127.0.0.1:{public}/").text.rpartition("port: ")[2]


def test_what_is_set_is_a_setting_and_the_container_has_what_a_server_needs() -> None:
    known = {f"CLICNJOB_{name.upper()}" for name in Settings.model_fields}
    text = {file: file.read_text(encoding="utf-8") for file in DEPLOY.rglob("*") if file.is_file()}
    named = {(file.name, name) for file, said in text.items() for name in re.findall(r"\bCLICNJOB_[A-Z_]+", said)}
    assert named and not [one for one in named if one[1] not in known]
    container = text[DEPLOY / "containers" / "Containerfile"]
    spared = re.search(r"^SPARED := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert spared and all(container.count(f"--no-install-package {name}") == 2 for name in spared[1].split())
    assert "\nUSER 10001\n" in container
    copied = set(re.findall(r"^COPY (\w+) \1$", container, re.MULTILINE))
    assert copied == {"clicnjob", "pages", "cv_templates", "data"}


def test_the_compose_file_is_whole() -> None:
    said = yaml.safe_load((DEPLOY / "containers" / "compose.yaml").read_text(encoding="utf-8"))
    assert set(said["services"]) == {"application", "base", "devant"}
    for name, service in said["services"].items():
        assert set(service["networks"]) <= set(said["networks"]), name
        assert "no-new-privileges:true" in service["security_opt"] and service["logging"]["options"]["max-size"], name
        assert ("ports" in service) == (name == "devant"), "only HAProxy is reached from outside"
        for volume in service["volumes"]:
            source = volume.partition(":")[0]
            there = (DEPLOY / "containers" / source).exists() or source == "./clicnjob.pem"
            assert source in said["volumes"] or there, volume
    assert said["services"]["application"]["read_only"] and said["networks"]["dedans"]["internal"]


# --- the backup and the drill


@pytest.fixture
def installation(tmp_path: Path, inhabited: Path) -> dict[str, str]:
    """The environment of an installation in use, whose secret is in its file."""
    home = tmp_path / "maison"
    home.mkdir()
    (tmp_path / "sauvegardes").mkdir()
    shutil.copy(inhabited, home / "clicnjob.sqlite3")
    (home / "secret").write_text(PEPPER, encoding="utf-8")
    own = {name: value for name, value in os.environ.items() if not name.startswith("CLICNJOB_")}
    return own | {"CLICNJOB_HOME": str(home), "PYTHON_DE_CLICNJOB": sys.executable, "TMPDIR": str(tmp_path)}


@pytest.mark.long
def test_a_backup_goes_elsewhere_and_a_drill_proves_it(installation: dict[str, str], tmp_path: Path) -> None:
    folder, home = tmp_path / "sauvegardes", Path(installation["CLICNJOB_HOME"])
    (folder / "clicnjob-20200101-000000.sauvegarde").touch()
    os.utime(folder / "clicnjob-20200101-000000.sauvegarde", (0, 0))
    (folder / ".clicnjob-20200102-000000.sauvegarde.part").touch()  # what a backup that was killed leaves behind
    os.utime(folder / ".clicnjob-20200102-000000.sauvegarde.part", (0, 0))
    elsewhere = {"SAUVEGARDE_AILLEURS": f"{tmp_path / 'ailleurs'}/"} if shutil.which("rsync") else {}
    made = ran(str(DEPLOY / "sauvegarde.sh"), str(folder), env=installation | elsewhere)
    assert made.returncode == 0, made.stderr
    (backup,) = folder.iterdir()
    assert "20200101" not in backup.name and backup.stat().st_mode & 0o077 == 0
    assert not elsewhere or (tmp_path / "ailleurs" / backup.name).read_bytes() == backup.read_bytes()
    before = (home / "clicnjob.sqlite3").read_bytes()
    drill = ran(str(DEPLOY / "exercice-de-restauration.sh"), str(folder), env=installation)
    assert drill.returncode == 0 and "Exercice de restauration réussi" in drill.stdout, drill
    assert (home / "clicnjob.sqlite3").read_bytes() == before
    assert not list(tmp_path.glob("tmp.*")), "nothing personal is left"
    (home / "secret").write_text("un autre poivre, assez long", encoding="utf-8")
    without = ran(str(DEPLOY / "exercice-de-restauration.sh"), str(folder), env=installation)
    assert without.returncode == 1 and "Exercice de restauration raté" in without.stderr
    (home / "secret").write_text(PEPPER, encoding="utf-8")
    backup.write_bytes(backup.read_bytes()[:20_000])
    assert ran(str(DEPLOY / "exercice-de-restauration.sh"), str(folder), env=installation).returncode == 1
    assert ran(str(DEPLOY / "exercice-de-restauration.sh"), str(home), env=installation).returncode == 1


@pytest.mark.long
@pytest.mark.postgres
def test_a_drill_with_postgresql_leaves_its_database_empty(
    installation: dict[str, str],
    postgres_address: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    folder, programs = tmp_path / "sauvegardes", postgres.programs()
    assert programs is not None
    here = str(tmp_path / "maison" / "clicnjob.sqlite3")
    assert (
        ran(sys.executable, "-m", "clicnjob", "move", here, postgres_address, env=installation, cwd=ROOT).returncode
        == 0
    )
    served = installation | {"CLICNJOB_DATABASE_URL": postgres_address}
    made = ran(str(DEPLOY / "sauvegarde.sh"), str(folder), env=served)
    assert made.returncode == 0, made
    same = ran(
        str(DEPLOY / "exercice-de-restauration.sh"),
        str(folder),
        env=served | {"EXERCICE_DATABASE_URL": postgres_address},
    )
    assert same.returncode == 1 and "en service" in same.stderr
    with postgres.new_database(programs) as apart:
        drill = ran(
            str(DEPLOY / "exercice-de-restauration.sh"), str(folder), env=served | {"EXERCICE_DATABASE_URL": apart}
        )
        assert drill.returncode == 0 and "réussi" in drill.stdout, drill
        engine = db.connect_engine(apart)
        assert sa.inspect(engine).get_table_names() == []
        engine.dispose()
    engine = db.connect_engine(postgres_address)
    assert "account" in sa.inspect(engine).get_table_names()
    engine.dispose()


def test_the_scripts_are_plain_shell() -> None:
    scripts = [str(script) for script in DEPLOY.glob("*.sh")]
    assert len(scripts) == 2 and all(os.access(script, os.X_OK) for script in scripts)
    done = ran(program("shellcheck"), *scripts)
    assert done.returncode == 0, done.stdout
