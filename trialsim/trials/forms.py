"""What the pages of a trial send."""

from datetime import date, time
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from trialsim.trials.rules import WorkKind

ZONES = tuple(sorted(available_timezones()))
_KNOWN = frozenset(ZONES)


def _known_zone(value: str) -> str:
    if value not in _KNOWN:
        raise ValueError("Please choose one of the time zones.")
    return value


def _ticked(value: str) -> str:
    if value != "yes":
        raise ValueError("Please tick this box to accept the terms.")
    return value


def _on_one_line(value: str) -> str:
    return " ".join(value.split())


class ClockForm(BaseModel):
    """Clocking in: for which kind of work, and the page to go back to."""

    kind: WorkKind
    next: str = ""


class TermsForm(BaseModel):
    """Accepting the terms: announced days and hours, and the version that was read."""

    weekdays: list[Annotated[int, Field(ge=0, le=6)]]
    day_starts: time
    day_ends: time
    zone: Annotated[str, AfterValidator(_known_zone)]
    version: int
    agreed: Annotated[str, AfterValidator(_ticked), Field(validate_default=True)] = ""


class BlockForm(BaseModel):
    """A block of paid work as its worker types it: local day, from, to (past midnight is allowed).

    `version` is that of the block which is corrected; a forgotten block has none.
    """

    day: date
    starts: time
    ends: time
    kind: WorkKind
    reason: Annotated[
        str, StringConstraints(min_length=3, max_length=300), AfterValidator(_on_one_line)
    ]
    version: int = 0


class LiveForm(BaseModel):
    """Opening the live queue: why, in one line."""

    reason: Annotated[
        str, AfterValidator(_on_one_line), StringConstraints(min_length=1, max_length=200)
    ]
