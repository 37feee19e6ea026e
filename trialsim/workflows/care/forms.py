"""What the pages of care send."""

from datetime import date, time
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from trialsim.trials.care.rules import Allowances

WAITS = ((100, "As usual"), (150, "Half as long again"), (200, "Twice as long"))
Words = Annotated[str, StringConstraints(min_length=3, max_length=2000)]


class PauseForm(BaseModel):
    """The first and last day of a pause; no reason is asked."""

    first: date
    last: date
    version: int


class EndPauseForm(BaseModel):
    """Which pause ends, by its first day."""

    first: date
    version: int


class HoursForm(BaseModel):
    """Other days and hours."""

    weekdays: list[Annotated[int, Field(ge=0, le=6)]]
    day_starts: time
    day_ends: time
    version: int


class DropForm(BaseModel):
    """The day to drop."""

    day: date
    version: int


class AskForm(BaseModel):
    """What should be different, in the candidate's own words."""

    words: Words


class LeaveForm(BaseModel):
    """The version of the trial that was read before leaving it."""

    version: int


class DecideForm(BaseModel):
    """What a manager grants, with a few words for the candidate."""

    wait_percent: Annotated[int, Field(ge=100, le=300)] = 100
    no_chat: bool = False
    no_call: bool = False
    more_days: Annotated[int, Field(ge=0, le=28)] = 0
    answer: Words
    version: int

    @property
    def granted(self) -> Allowances:
        """Return what is granted."""
        return Allowances(self.wait_percent, self.no_chat, self.no_call, self.more_days)
