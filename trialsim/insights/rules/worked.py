"""Paid time as a clock of its own: how much of it lies before an instant, or between two."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime

from trialsim.trials.rules import Block

_MINUTE = 60.0


class PaidTime:
    """The paid minutes of one trial. Whole minutes a block, as they are paid."""

    def __init__(self, blocks: Iterable[Block], now: datetime) -> None:
        """Read blocks in any order; a running one counts until `now`."""
        ordered = sorted(blocks, key=lambda block: block.started_at)
        self._blocks = [(block.started_at, block.minutes(now)) for block in ordered]
        self._starts = [start for start, _ in self._blocks]
        self._before = [0.0]
        for _, minutes in self._blocks:
            self._before.append(self._before[-1] + minutes)

    @property
    def minutes(self) -> float:
        """Return all of it."""
        return self._before[-1]

    def until(self, instant: datetime) -> float:
        """Return the paid minutes before an instant."""
        number = bisect_right(self._starts, instant) - 1
        if number < 0:
            return 0.0
        start, minutes = self._blocks[number]
        inside = (instant - start).total_seconds() / _MINUTE
        return self._before[number] + min(inside, minutes)

    def between(self, first: datetime, last: datetime) -> float:
        """Return the paid minutes between two instants; 0 when reversed."""
        return max(0.0, self.until(last) - self.until(first))
