"""Clocks: the product asks one for the time, tests and demos bring their own."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that tells an aware UTC instant."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)


class MovableClock:
    """A clock that starts where it is told, runs with real time and can be moved forward.

    With `running=False` it stands still between moves, which is what tests want.
    """

    def __init__(self, start: datetime, *, running: bool = False) -> None:
        self._base = start
        self._running = running
        self._since = time.monotonic()

    def now(self) -> datetime:
        """Return the start plus what has passed and been added."""
        passed = time.monotonic() - self._since if self._running else 0.0
        return self._base + timedelta(seconds=passed)

    def move(self, by: timedelta) -> datetime:
        """Move forward and return the new present; a clock never goes back."""
        if by < timedelta(0):
            raise ValueError("A clock only moves forward.")
        self._base += by
        return self.now()
