"""The configuration of HAProxy in front of several processes of one machine: a browser stays with its process."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from clicnjob.config import Settings
from clicnjob.errors import Refusal

_PAGE = Path(__file__).with_name("502.http")
_NEEDED = ("PATH", "LANG", "LC_ALL", "TZ")
_HERE = "127.0.0.0/8 ::1"
_ANYBODY = "0.0.0.0/0 ::/0"
# Three failed checks, two seconds apart: after that, no new request comes to a process that drains.
DRAINED_AFTER = 8.0

_TEXT = """\
# Written at each start by `python -m clicnjob run --processes`: changes are lost.
global
    log stdout format raw local0 warning
    # It would make room for as many connections as the system allows, which may be a thousand million.
    fd-hard-limit 20000

defaults
    mode http
    timeout connect 5s
    timeout client 60s
    timeout server 60s
    timeout check 3s
    timeout http-request 15s
    timeout tunnel 1h
    # No log of requests: addresses of calendars, invitations and documents are private.
    option dontlognull
    errorfile 502 "{page}"
    errorfile 503 "{page}"
    errorfile 504 "{page}"

frontend public
    bind {listens_at}
    # What a browser claims about itself is replaced; a proxy with https before this one is believed.
    acl believed src {believed}
    http-request set-header X-Forwarded-For %[src] unless believed {{ req.hdr(X-Forwarded-For) -m found }}
    http-request set-header X-Forwarded-Proto http unless believed {{ req.hdr(X-Forwarded-Proto) -m found }}
    http-request deny deny_status 404 if {{ path,url_dec -m str /sante/pret }} !{{ src {here} }}
    # Where none can save, one that lives still clears a browser at « J’ai fini » and keeps what is typed.
    use_backend living if {{ nbsrv(clicnjob) eq 0 }}
    default_backend clicnjob

backend clicnjob
    balance leastconn
    option httpchk
    http-check send meth GET uri /sante/pret
    http-check expect status 200
    # A tab and its files stay with their process. Without it, another one answers.
    cookie cj_processus insert indirect nocache httponly {secure}attr SameSite=Lax
    retries 3
    option redispatch 1
    # What a process that was killed left unanswered is asked of another one, unless it may have written something.
    retry-on conn-failure empty-response
    http-request disable-l7-retry unless {{ method GET HEAD }}
    default-server check inter 2s fall 3 rise 1
{servers}
backend living
    balance leastconn
    option httpchk
    http-check send meth GET uri /sante
    http-check expect status 200
    cookie cj_processus insert indirect nocache httponly {secure}attr SameSite=Lax
    option redispatch 1
    default-server check inter 2s fall 3 rise 1
{servers}"""


class NotOurFolder(Refusal):
    """Somebody else made the folder of HAProxy's configuration, which says what HAProxy runs."""


class ProxyMissing(Refusal):
    """HAProxy is not installed."""

    sentence = "HAProxy manque\u00a0: installez-le (apt install haproxy), ou démarrez sans --processes."


def haproxy_program() -> str:
    """Return the path of the system's HAProxy. Raises ProxyMissing."""
    folders = os.environ.get("PATH", os.defpath) + ":/usr/sbin:/usr/local/sbin"  # often not in a user's PATH
    if found := shutil.which("haproxy", path=folders):
        return found
    raise ProxyMissing


def haproxy_text(chosen: Settings, *, ports: list[int], page: Path, believed: str = "") -> str:
    """Return the configuration. `believed` is FORWARDED_ALLOW_IPS: whose headers count; '' for this machine only."""
    host = f"[{chosen.host}]" if ":" in chosen.host else chosen.host
    servers = [f"    server p{number} 127.0.0.1:{port} cookie p{number}" for number, port in enumerate(ports, 1)]
    return _TEXT.format(
        page=page,
        listens_at=f"{host}:{chosen.port}",
        believed=_ANYBODY if believed.strip() == "*" else believed.replace(",", " ").strip() or _HERE,
        here=_HERE,
        secure="secure " if chosen.secure else "",
        servers="\n".join(servers) + "\n",
    )


def write_haproxy_files(chosen: Settings, *, ports: list[int], believed: str = "") -> Path:
    """Write the configuration and the page shown while no process answers; return the configuration's path.

    Raises NotOurFolder.
    """
    folder = chosen.home.resolve() / "devant"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise NotOurFolder(f"{folder} est à quelqu’un d’autre\u00a0: retirez-le, ou changez CLICNJOB_HOME.")
    folder.chmod(0o700)
    page, file = folder / "502.http", folder / "haproxy.cfg"
    for each in (page, file):
        each.unlink(missing_ok=True)  # never through a link that somebody put there
    shutil.copyfile(_PAGE, page)
    file.write_text(haproxy_text(chosen, ports=ports, page=page, believed=believed), encoding="utf-8")
    return file


def haproxy_environment() -> dict[str, str]:
    """Return the environment of HAProxy. It meets the internet and needs no secret of ours or of the database."""
    return {name: value for name, value in os.environ.items() if name in _NEEDED}
