"""A TOML table read key by key: wrong types and unknown keys become faults that name the fix."""

import difflib
from collections.abc import Callable, Collection
from datetime import date
from typing import TypeVar

from trialsim.simulation.types import Fault, Value

T = TypeVar("T")


class Table:
    """One table of a file; `close` reports the keys nobody asked for."""

    def __init__(self, file: str, path: str, raw: object, faults: list[Fault]) -> None:
        self.file = file
        self.path = path
        self.faults = faults
        self._read: set[str] = set()
        self.raw: dict[str, object] = {}
        if isinstance(raw, dict):
            self.raw = raw
        else:
            self.fault("", "write a table of keys here")

    def __contains__(self, key: str) -> bool:
        return key in self.raw

    def fault(self, key: str, message: str) -> None:
        """Report something wrong with a key of this table."""
        self.faults.append(Fault(self.file, self.where(key), message))

    def where(self, key: str) -> str:
        """Return the full name of a key."""
        return ".".join(part for part in (self.path, key) if part)

    @property
    def names(self) -> tuple[str, ...]:
        """Every key in the order of the file."""
        return tuple(self.raw)

    def any(self, key: str) -> object:
        """Return what stands there as it is, None when absent."""
        self._read.add(key)
        return self.raw.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; a fault when it is missing and has no default."""
        return self._typed(key, default, "", "text in quotes", _is_text)

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number."""
        return self._typed(key, default, 0, "a whole number", _is_whole)

    def number(self, key: str, default: float | None = None) -> float:
        """Return a number."""
        return float(self._typed(key, default, 0.0, "a number", _is_number))

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        return self._typed(key, default, False, "true or false", lambda raw: isinstance(raw, bool))

    def _typed(
        self,
        key: str,
        default: T | None,
        empty: T,
        wanted: str,
        is_right: Callable[[object], bool],
    ) -> T:
        raw = self.any(key)
        if raw is None:
            if default is None:
                self.fault(key, f"is missing: write {wanted}")
            return empty if default is None else default
        if not is_right(raw):
            self.fault(key, f"write {wanted}, not {raw!r}")
            return empty
        return raw  # type: ignore[return-value]  # `is_right` has looked

    def one_of(self, key: str, options: Collection[str], default: str | None = None) -> str:
        """Return a text that is one of the options; the default, or the first one, on a fault."""
        found = self.text(key, default)
        if found in options:
            return found
        if found:
            self.fault(key, f"{found!r} is unknown{nearest(found, options)}")
        return default or next(iter(options))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty when absent; a single text counts as a list of one."""
        raw = self.any(key)
        if raw is None:
            return ()
        rows = [raw] if isinstance(raw, str) else raw
        if not isinstance(rows, list) or not all(isinstance(row, str) for row in rows):
            self.fault(key, "write a list of texts in quotes")
            return ()
        return tuple(rows)

    def pair(self, key: str, default: tuple[float, float]) -> tuple[float, float]:
        """Return two numbers, the smaller first."""
        raw = self.any(key)
        if raw is None:
            return default
        if not isinstance(raw, list) or len(raw) != len(default) or not all(map(_is_number, raw)):
            self.fault(key, "write two numbers, such as [1, 3]")
            return default
        if raw[0] > raw[1]:
            self.fault(key, "write the smaller number first")
            return default
        return raw[0], raw[1]

    def whole_pair(self, key: str, default: tuple[int, int]) -> tuple[int, int]:
        """Return two whole numbers, the smaller first."""
        low, high = self.pair(key, default)
        return int(low), int(high)

    def numbers(self, key: str) -> dict[str, float]:
        """Return a table of numbers by name, empty when absent."""
        raw = self.any(key)
        if raw is None:
            return {}
        if not isinstance(raw, dict) or not all(map(_is_number, raw.values())):
            self.fault(key, "write a table of numbers, such as { email = 11 }")
            return {}
        return {name: float(number) for name, number in raw.items()}

    def table(self, key: str) -> "Table":
        """Return the table under a key; an empty one when absent."""
        return Table(
            self.file, self.where(key), {} if self.any(key) is None else self.raw[key], self.faults
        )

    def tables(self, key: str) -> dict[str, "Table"]:
        """Return the named tables under a key, in the order of the file."""
        inner = self.table(key)
        return {name: inner.table(name) for name in inner.names}

    def rows(self, key: str) -> list["Table"]:
        """Return a list of tables; empty when absent."""
        raw = self.any(key)
        if raw is None:
            return []
        if not isinstance(raw, list):
            self.fault(key, "write a list of tables")
            return []
        return [
            Table(self.file, f"{self.where(key)}[{place}]", row, self.faults)
            for place, row in enumerate(raw)
        ]

    def close(self) -> None:
        """Report every key that was not read."""
        for key in self.raw:
            if key not in self._read:
                self.fault(key, f"is no key here{nearest(key, self._read)}")


def nearest(word: str, options: Collection[str]) -> str:
    """Return how a message goes on: the option that was meant, or all of a short list."""
    close = difflib.get_close_matches(word, sorted(options), n=1)
    if close:
        return f": did you mean {close[0]!r}?"
    if len(options) <= 12:  # noqa: PLR2004 (a longer list helps nobody)
        return f": choose among {', '.join(sorted(options))}" if options else ": remove it"
    return ": remove it or correct its spelling"


def value_of(raw: object) -> Value:
    """Return a TOML value as a value of a record: dates as ISO text, lists as tuples."""
    if isinstance(raw, date):
        return raw.isoformat()[:10]
    if isinstance(raw, list):
        return tuple(str(part) for part in raw)
    if isinstance(raw, str | int | float | bool):
        return raw
    return None


def _is_text(raw: object) -> bool:
    return isinstance(raw, str)


def _is_whole(raw: object) -> bool:
    return isinstance(raw, int) and not isinstance(raw, bool)


def _is_number(raw: object) -> bool:
    return isinstance(raw, int | float) and not isinstance(raw, bool)
