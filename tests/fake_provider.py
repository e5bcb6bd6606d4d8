"""A small identity provider (OIDC) on loopback, in this process: it signs what a test tells it to."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "clicnjob-essai", "secret-essai"


@dataclass
class Provider:
    """What it will say of the next person, and what it was asked."""

    url: str = ""
    key: Any = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1"}))
    says: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    userinfo_signed: bool = False
    signed_by: Any = None
    asked: dict[str, str] = field(default_factory=dict)
    broken: bool = False

    def agrees(self, address: str) -> tuple[str, str]:
        """The person says yes on the provider's page: the state to send back, and a code."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return self.asked["state"], "code-1"

    def described(self) -> dict[str, Any]:
        paths = {
            "authorization_endpoint": "/authorize",
            "token_endpoint": "/token",
            "jwks_uri": "/jwks",
            "userinfo_endpoint": "/userinfo",
        }
        return {"issuer": self.url, **{name: self.url + path for name, path in paths.items()}}

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        """The answer to the exchange of a code; checks PKCE and the client as a real one does."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=")
        assert challenge.decode() == self.asked["code_challenge"] and self.asked["code_challenge_method"] == "S256"
        assert (form["code"], form["client_id"], form["client_secret"]) == ("code-1", CLIENT, SECRET)
        assert form["redirect_uri"] == self.asked["redirect_uri"]
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "nonce": self.asked["nonce"], "iat": now, "exp": now + 60}
        return {"access_token": "a", "token_type": "Bearer", "id_token": self.sign(claims | self.says | self.lies)}

    def sign(self, claims: dict[str, Any]) -> str:
        claims = {name: value for name, value in claims.items() if value is not None}
        return str(jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.signed_by or self.key))


class Answers(BaseHTTPRequestHandler):
    """What the provider of this server answers."""

    provider: Provider

    def do_GET(self) -> None:
        made = self.provider
        said = {
            "/.well-known/openid-configuration": made.described,
            "/jwks": lambda: KeySet([made.key]).as_dict(),
            "/userinfo": lambda: made.userinfo,
        }
        if made.broken:
            self.send_error(500)
        elif self.path == "/userinfo" and made.userinfo_signed:
            self._send(made.sign(made.userinfo), "application/jwt")
        else:
            self._send(json.dumps(said[self.path]()), "application/json")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        said = self.provider.token({name: values[0] for name, values in parse_qs(body).items()})
        self._send(json.dumps(said), "application/json")

    def _send(self, said: str, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(said.encode())

    def log_message(self, *_said: object) -> None:
        """Nothing."""


@contextmanager
def provider() -> Iterator[Provider]:
    """One that listens until the block ends."""
    made = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (Answers,), {"provider": made}))
    made.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
