"""A client address is slowed a little after many failures, and never refused."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from starlette.requests import Request

from clicnjob import policy
from clicnjob.web.auth import slowing
from tests.for_each import for_each

GROUP = "203.0.113.7"


@pytest.fixture(autouse=True)
def nobody_failed() -> Iterator[None]:
    slowing._failed.clear()
    yield
    slowing._failed.clear()


def test_sixty_honest_sign_ins_in_five_minutes_wait_nothing() -> None:
    """A group of twelve on one address: each mistypes two times out of five."""
    waited = 0.0
    for number in range(60):
        at = number * 5.0
        waited += slowing.try_delay(GROUP, clock=at)
        if number % 5 < 2:
            slowing.note_failure(GROUP, clock=at)
    assert waited == 0


def test_ten_thousand_failures_slow_more_and_more_up_to_a_bound() -> None:
    delays = []
    for number in range(10_000):
        slowing.note_failure(GROUP, clock=number * 0.01)
        delays.append(slowing.try_delay(GROUP, clock=number * 0.01))
    assert delays == sorted(delays)
    assert delays[0] == 0 and delays[-1] == policy.ADDRESS_SLOWED_AT_MOST


def test_another_address_is_not_slowed_and_time_forgets() -> None:
    for _ in range(100):
        slowing.note_failure(GROUP, clock=0)
    assert slowing.try_delay("203.0.113.8", clock=0) == 0
    assert slowing.try_delay(GROUP, clock=0) == policy.ADDRESS_SLOWED_AT_MOST
    assert slowing.try_delay(GROUP, clock=2 * policy.ADDRESS_FORGETS.total_seconds()) == 0


def test_the_memory_of_addresses_is_bounded() -> None:
    for number in range(policy.ADDRESSES_REMEMBERED + 50):
        slowing.note_failure(str(number), clock=number)
    assert len(slowing._failed) == policy.ADDRESSES_REMEMBERED
    assert "49" not in slowing._failed and "50" in slowing._failed


@for_each(
    ("host", "known_as"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:a:b:c:d", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        ("x" * 500, "x" * 64),
    ],
)
def test_an_ipv6_subscriber_is_one_address(host: str, known_as: str) -> None:
    request = Request({"type": "http", "client": (host, 1), "headers": []})
    assert slowing.client_address(request) == known_as


@pytest.mark.parametrize(("spent", "told_after"), [(0.004, 0.1), (0.0999, 0.1), (0.131, 0.2)])
def test_a_refusal_is_told_at_a_full_tenth_of_a_second_whatever_was_checked(
    spent: float, told_after: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, waited = [100.0], []

    async def noted(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(slowing, "sleep", noted)
    monkeypatch.setattr(slowing.time, "monotonic", lambda: clock[0])
    request = Request({"type": "http", "client": (GROUP, 1)})

    async def refused() -> None:
        await slowing.slow_down(request)
        clock[0] += spent
        await slowing.count_failure(request)

    asyncio.run(refused())

    assert spent + sum(waited) == pytest.approx(told_after)
