"""What a packet holds: plain frozen values that go to JSON and back unchanged.

Nothing here names a person, a place, a zone, pay or a time of day. People are the candidate's
code, and mentors by letter. Work is placed by paid hour and trial week, never by the day, because
days would show who was away and when.
"""

from dataclasses import dataclass

from trialsim.committee.rules.choosing import Kind
from trialsim.committee.rules.words import Recommendation
from trialsim.measurement.types import Estimate, Ramp

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Sample:
    """What the figures rest on, and how it was chosen."""

    days: int
    paid_hours: float
    conversations: int
    channels: tuple[tuple[str, int], ...]
    reviews: int
    by_others: int
    twice: int
    kept_out: int
    rubric: int


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure: its figure, the cohort's middle, what it means, and its card's version."""

    key: str
    title: str
    estimate: Estimate
    middle: float | None
    plain: str
    version: str


@dataclass(frozen=True, slots=True)
class RampPoint:
    """A level at a paid hour with its 90 % band; a raw week has the tickets behind it as `n`."""

    hour: float
    value: float
    low: float | None
    high: float | None
    n: int = 0


@dataclass(frozen=True, slots=True)
class RampFigure:
    """The ramp-up curve over paid hours, the raw weeks, and the others' curves without names."""

    curve: tuple[RampPoint, ...]
    weeks: tuple[RampPoint, ...]
    others: tuple[tuple[tuple[float, float], ...], ...]
    goal: float
    level: Estimate
    pace: Estimate
    outcome: Estimate
    headline: str
    plain: str


def ramp_points(ramp: Ramp) -> tuple[RampPoint, ...]:
    """Return a curve without its days."""
    return tuple(RampPoint(one.hour, one.value, one.low, one.high) for one in ramp.curve)


def ramp_weeks(ramp: Ramp) -> tuple[RampPoint, ...]:
    """Return the raw weeks without their days."""
    return tuple(RampPoint(one.hour, one.value, one.low, one.high, one.n) for one in ramp.weeks)


@dataclass(frozen=True, slots=True)
class WeekFigure:
    """A mean of one trial week."""

    week: int
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One category of the scorecard over the whole trial and week by week."""

    id: str
    name: str
    estimate: Estimate
    middle: float | None
    trend: str
    weeks: tuple[WeekFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Quality:
    """Reply quality by category and week, and what failed."""

    categories: tuple[CategoryLine, ...]
    weeks: tuple[WeekFigure, ...]
    pass_line: float
    headline: str
    failures: str


@dataclass(frozen=True, slots=True)
class Stat:
    """One figure of communication with its meaning and the count behind it."""

    value: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One conversation quoted in the packet."""

    name: str
    ticket: str
    kind: Kind
    channel: str
    week: int
    score: float
    quote: str
    said: str


@dataclass(frozen=True, slots=True)
class ReviewedLine:
    """One conversation whose drawn reviews enter the figures; `name` is C1, C2 … in time."""

    name: str
    ticket: str
    subject: str
    channel: str
    week: int
    score: float
    failed: bool = False


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What a mentor wrote, and how many replies they reviewed."""

    mentor: str
    recommendation: Recommendation
    text: str
    replies: int


@dataclass(frozen=True, slots=True)
class Sources:
    """What the packet was made from, so that it can be made again and compared."""

    snapshot_at: str
    snapshot_hash: str
    formulas: str
    pack: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A packet's whole content. Dates are ISO days."""

    code: str
    programme: str
    cohort: str
    prepared_on: str
    sample: Sample
    verdict: str
    measures: tuple[MeasureLine, ...]
    ramp: RampFigure | None
    quality: Quality
    communication: tuple[Stat, ...]
    evidence: tuple[Evidence, ...]
    reviewed: tuple[ReviewedLine, ...]
    statements: tuple[StatementLine, ...]
    waiting_for: tuple[str, ...]
    questions: tuple[str, ...]
    fairness: tuple[tuple[str, str], ...]
    conversations_to_open: int
    sources: Sources
    version: str = VERSION

    def names(self) -> dict[str, str]:
        """Return the name in the packet of each reviewed conversation, by ticket."""
        return {one.ticket: one.name for one in self.reviewed}

    def drawn(self) -> tuple[str, ...]:
        """Return the tickets drawn by chance; every member opens these."""
        return tuple(one.ticket for one in self.evidence if one.kind is Kind.CHANCE)

    def citable(self) -> dict[str, str]:
        """Return everything a reason may point to: key to how it is called on a page."""
        return (
            {one.name: f"Conversation {one.name}, week {one.week}" for one in self.reviewed}
            | {f"measure-{one.key}": one.title for one in self.measures}
            | {f"mentor-{one.mentor}": f"Mentor {one.mentor}" for one in self.statements}
        )
