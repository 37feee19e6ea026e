"""How long somebody waited for an answer, and the three lines of a daily update."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from trialsim.kit.worktime import WorkingHours, working_minutes

_LABELS = ("Done", "Stuck", "Next")
_REFLECTED = ("Went well", "Was hard", "Will try")
_NOTHING = "Nothing"


class PostKind(StrEnum):
    """What a post is for."""

    QUESTION = "question"
    ANSWER = "answer"
    UPDATE = "update"
    HAND_OVER = "hand_over"
    MESSAGE = "message"
    REFLECTION = "reflection"


@dataclass(frozen=True, slots=True)
class Wait:
    """From a question or message to its answer, in minutes of the candidate's own working hours.

    While it is open, `minutes` is the wait so far.
    """

    post_id: int
    asked_at: datetime
    answered_at: datetime | None
    answered_by: int | None
    minutes: float
    is_overdue: bool

    @property
    def is_open(self) -> bool:
        """Whether the answer is still to come."""
        return self.answered_at is None


def minutes_waited(
    hours: WorkingHours, asked_at: datetime, answered_at: datetime | None, until: datetime
) -> float:
    """Return the own working minutes between a post and its answer, or `until` without one."""
    return working_minutes(hours, asked_at, answered_at or until)


def is_late(hours: WorkingHours, minutes: float) -> bool:
    """Whether an answer took, or takes, more than one of the candidate's own working days."""
    return minutes > day_minutes(hours)


def day_minutes(hours: WorkingHours) -> float:
    """Return the minutes of one announced working day."""
    start = timedelta(hours=hours.start.hour, minutes=hours.start.minute)
    end = timedelta(hours=hours.end.hour, minutes=hours.end.minute)
    return (end - start).total_seconds() / 60


def update_body(done: str, stuck: str, coming: str) -> str:
    """Return a daily update as stored: three lines, each with its label."""
    parts = (" ".join(part.split()) or _NOTHING for part in (done, stuck, coming))
    return "\n".join(f"{label}: {part}" for label, part in zip(_LABELS, parts, strict=True))


def reflection_body(well: str, hard: str, coming: str) -> str:
    """Return a weekly reflection as stored: three lines, each with its label."""
    parts = (" ".join(part.split()) or _NOTHING for part in (well, hard, coming))
    return "\n".join(f"{label}: {part}" for label, part in zip(_REFLECTED, parts, strict=True))


def update_lines(body: str) -> list[tuple[str, str]]:
    """Return the labels and texts of a stored daily update or weekly reflection."""
    parted = (line.partition(": ") for line in body.split("\n"))
    return [(label, text) for label, _, text in parted]
