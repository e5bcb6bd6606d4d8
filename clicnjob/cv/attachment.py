"""Takes one attachment out of a PDF, as a program of its own: a hostile file only hurts itself.

Run by path, the PDF on standard input, with `NAME LONGEST SECONDS MEMORY` as arguments (sizes in bytes);
the attachment goes to standard output. The exit status says the rest: see the constants.
"""

from __future__ import annotations

import io
import sys
from typing import Any

FOUND, NO_ATTACHMENT, ENCRYPTED, TOO_LONG = 0, 3, 4, 5
_NODES = 500


def attachment(data: bytes, name: str) -> bytes | None:
    """The bytes attached under this name, or None. Raises whatever pypdf raises on a damaged file."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        sys.exit(ENCRYPTED)
    names = reader.root_object.get("/Names")
    waiting: list[Any] = [names.get_object().get("/EmbeddedFiles")] if names is not None else []
    for _ in range(_NODES):
        node = waiting.pop().get_object() if waiting and waiting[-1] is not None else None
        if node is None:
            return None
        waiting += list(reversed(node.get("/Kids", ())))
        if found := _named(node.get("/Names", ()), name):
            return found
    return None


def _named(pairs: Any, name: str) -> bytes | None:
    for key, value in zip(pairs[::2], pairs[1::2], strict=False):
        if str(key.get_object()) == name:
            stream = value.get_object()["/EF"]["/F"].get_object()
            return bytes(stream.get_data())
    return None


def limit(seconds: int, most: int) -> None:
    """Bounds this process; where the system cannot (Windows), the parent's clock still does."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main() -> int:
    """The exit status: FOUND, NO_ATTACHMENT, ENCRYPTED, TOO_LONG; Python's own 1 for a broken file."""
    name, longest, seconds, memory = sys.argv[1:5]
    limit(int(seconds), int(memory))
    found = attachment(sys.stdin.buffer.read(), name)
    if found is None:
        return NO_ATTACHMENT
    if len(found) > int(longest):
        return TOO_LONG
    sys.stdout.buffer.write(found)
    return FOUND


if __name__ == "__main__":
    sys.exit(main())
