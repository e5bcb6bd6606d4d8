"""Readers that misbehave, run in the process apart: a module of its own, since that process imports little."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from clicnjob.errors import Refusal


class NotWanted(Refusal):
    """Any kind of refusal."""


def environment(_data: bytes) -> bytes:
    return json.dumps([dict(os.environ), str(Path.cwd())]).encode()


def refuse(_data: bytes) -> bytes:
    raise NotWanted("Non.")


def too_much(data: bytes) -> bytes:
    return data * 100


def swell(_data: bytes) -> bytes:
    return bytes(2_000_000_000)


def turn_round(_data: bytes) -> bytes:
    while True:
        pass


def write_a_file(_data: bytes) -> bytes:
    Path("/tmp/clicnjob-should-not-be").write_bytes(b"x")
    return b"written"


def wait(_data: bytes) -> bytes:
    time.sleep(60)
    return b""
