"""The security and cache headers of every response."""

from __future__ import annotations

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# A first load fetches a hundred files: the long headers would add 80 KB and protect nothing.
_FILE = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'",
}
_HSTS = "max-age=31536000; includeSubDomains"

PLAIN_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def app_policy(shell: str) -> str:
    """Return the Content-Security-Policy of Streamlit's pages: no other host, no eval, no inline script but `shell`'s.

    Components v2 need `blob:` scripts, the microphone `blob:` connections, and Emotion inline styles.
    """
    hashes = " ".join(_script_hash(script) for script in _INLINE_SCRIPT.findall(shell))
    return (
        f"default-src 'self'; script-src 'self' blob: {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob: data:; "
        "connect-src 'self' blob:; worker-src 'self' blob:; frame-src 'self' blob: data:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


def _script_hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


class Headers:
    """ASGI middleware that adds the headers; a response keeps a policy of its own, and only files may be cached."""

    def __init__(self, app: ASGIApp, *, policy: str, secure: bool) -> None:
        self.app = app
        self.policy = policy
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, adding the headers to its response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [self._kept_secure(each) for each in message.get("headers", [])]
                self._complete_headers(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self.app(scope, receive, completed)

    def _kept_secure(self, header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
        """Add Secure, where the public address is https, to cookies that lack it, such as Streamlit's own."""
        name, value = header
        lacks = self.secure and name.lower() == b"set-cookie" and b"; secure" not in value.lower()
        return (name, value + b"; Secure") if lacks else header

    def _complete_headers(self, headers: MutableHeaders, path: str) -> None:
        if path.startswith(("/static/", "/statique/")):
            headers.update(_FILE)
            return
        headers.update(_ALWAYS)
        headers.setdefault("Content-Security-Policy", self.policy)
        if self.secure:
            headers["Strict-Transport-Security"] = _HSTS
        headers["Cache-Control"] = "private, no-store" if path.startswith("/media/") else "no-store"
