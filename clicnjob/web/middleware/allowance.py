"""Rate limiting per visit, by a token bucket."""

from __future__ import annotations

_REMEMBERED = 10_000


class Allowance:
    """Token buckets in memory, one per visit: capacity `at_once`, refilled by `a_second`.

    `now` is a reading of any monotonic clock, in seconds.
    """

    def __init__(self, *, at_once: float, a_second: float) -> None:
        self._most, self._rate = at_once, a_second
        self._left: dict[str, tuple[float, float]] = {}  # visit → (tokens left, time of that count)

    def take_amount(self, visit: str, amount: float, *, now: float) -> bool:
        """Take `amount` tokens when there are enough; return whether there were."""
        if (left := self._left_now(visit, now)) < amount:
            return False
        self._left[visit] = left - amount, now
        return True

    def wait_after(self, visit: str, amount: float, *, now: float) -> float:
        """Take `amount` tokens even when there are too few; return the seconds until the debt is refilled."""
        left = self._left_now(visit, now) - amount
        self._left[visit] = left, now
        return max(0.0, -left / self._rate)

    def _left_now(self, visit: str, now: float) -> float:
        if len(self._left) > _REMEMBERED:
            self._left = {key: one for key, one in self._left.items() if self._filled_up(*one, now) < self._most}
        return self._filled_up(*self._left.get(visit, (self._most, now)), now)

    def _filled_up(self, left: float, at: float, now: float) -> float:
        return min(self._most, left + (now - at) * self._rate)
