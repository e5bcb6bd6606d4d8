"""The program that reads one untrusted file under resource limits. `apart` starts it by its path.

Arguments: `MODULE:FUNCTION SECONDS MEMORY LONGEST`, then those of the function. The file is read from standard input; the
function's result, or its refusal as JSON, is written to standard output. The exit status tells them apart.
"""

from __future__ import annotations

import importlib
import json
import math
import os
import sys
import time
from pathlib import Path
from typing import Any

MADE, REFUSED, TOO_LONG = 0, 3, 4
_ROOT = Path(__file__).parents[2]


def limit_process(*, seconds: int, memory: int) -> None:
    """Limit the CPU seconds and the memory in bytes of this process. On Windows only the timer of `apart` applies.

    The memory limit covers the data segment, not the libraries that are mapped.
    """
    try:
        import resource  # noqa: PLC0415 - absent from Windows
    except ImportError:
        return
    end = math.ceil(time.process_time()) + seconds
    bounds = {"CPU": end, "DATA": memory, "AS": 4 * memory, "FSIZE": 0, "CORE": 0, "NOFILE": 64}
    for name, most in bounds.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))
    os.nice(5)  # the server's requests go first


def task_answer(task: str, data: bytes, *arguments: str, longest: int) -> tuple[int, bytes]:
    """Call the function; return (exit status, output). Raises whatever the function raises that is not a refusal."""
    module, _, function = task.partition(":")
    read: Any = getattr(importlib.import_module(module), function)
    try:
        made: bytes = read(data, *arguments)
    except Exception as error:
        if (sentence := getattr(error, "sentence", None)) is None:
            raise
        return REFUSED, json.dumps({"kind": type(error).__name__, "sentence": sentence}).encode()
    return (TOO_LONG, b"") if len(made) > longest else (MADE, made)


def main() -> int:
    """Read the file and write the answer; return the exit status."""
    task, seconds, memory, longest, *arguments = sys.argv[1:]
    sys.path.append(str(_ROOT))
    # openpyxl would import numpy, which takes memory and is not needed here.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    importlib.import_module(task.partition(":")[0])
    limit_process(seconds=int(seconds), memory=int(memory))
    status, made = task_answer(task, sys.stdin.buffer.read(), *arguments, longest=int(longest))
    sys.stdout.buffer.write(made)
    return status


if __name__ == "__main__":
    sys.exit(main())
