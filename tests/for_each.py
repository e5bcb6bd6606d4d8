"""A check over many cases as one test, which reports every offender: `@for_each` is written like `parametrize`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pytest

SHOWN = 160  # characters of a case in the report


def for_each(
    names: str | tuple[str, ...], cases: Iterable[Any]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Call the test with each case; fail at the end, with every case that failed and its reason.

    All cases share the fixtures of the test, so a check that changes one of them needs `parametrize` instead.
    """
    several = isinstance(names, tuple)
    cases = list(cases)
    assert cases, "a check over nothing always passes"

    def decorate(check: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(check)
        own = set(names) if several else {names}

        @wraps(check)
        def test(**fixtures: Any) -> None:
            offenders = []
            for case in cases:
                given = dict(zip(names, case, strict=True)) if several else {names: case}
                try:
                    check(**fixtures, **given)
                except (Exception, pytest.fail.Exception) as fault:  # a failed `raises` is no Exception
                    offenders.append(f"{_shown(case)}\n    {_reason(fault)}")
            assert not offenders, f"{len(offenders)} of {len(cases)} cases:\n" + "\n".join(offenders)

        rest = [each for name, each in signature.parameters.items() if name not in own]
        test.__signature__ = signature.replace(parameters=rest)  # type: ignore[attr-defined]  # pytest reads it for fixtures
        return test

    return decorate


def _shown(case: object) -> str:
    text = repr(case)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _reason(fault: BaseException) -> str:
    line = inspect.getinnerframes(fault.__traceback__)[1].lineno if fault.__traceback__ else 0
    return f"line {line}: {type(fault).__name__}: {fault}".replace("\n", "\n    ")
