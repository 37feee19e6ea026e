"""Who is meant by an @name: decisions over plain values."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Handle:
    """Somebody who can be mentioned in a place, under the name they show there."""

    person_id: int
    name: str


def mentioned(body: str, handles: Sequence[Handle]) -> tuple[Handle, ...]:
    """Return who a text mentions: by the whole name, or by a first name that only one bears."""
    return tuple(
        one
        for one in handles
        if any(_stands_in(body, name) for name in _names(one, handles) if name)
    )


def with_names(body: str, names: Iterable[str]) -> str:
    """Return a text that begins with the names ticked beside it, but for those it holds already."""
    fresh = [f"@{name}" for name in names if not _stands_in(body, name)]
    return " ".join([*fresh, body]) if fresh else body


def _names(one: Handle, handles: Sequence[Handle]) -> tuple[str, ...]:
    first = one.name.split(" ")[0]
    bearers = sum(other.name.split(" ")[0].lower() == first.lower() for other in handles)
    return (one.name, first) if bearers == 1 else (one.name,)


def _stands_in(body: str, name: str) -> bool:
    return re.search(rf"(?<![\w@.])@{re.escape(name)}(?!\w)", body, re.IGNORECASE) is not None
