"""What a packet is put together from, before any sentence is written. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass

from trialsim.committee.rules.packets import (
    Evidence,
    ReviewedLine,
    Sample,
    Sources,
    Stat,
    StatementLine,
    WeekFigure,
)
from trialsim.measurement.types import Estimate, Ramp


@dataclass(frozen=True, slots=True)
class CategoryFigure:
    """One category as measured; `trend` is points a week."""

    id: str
    name: str
    estimate: Estimate
    middle: float | None = None
    trend: Estimate | None = None
    weeks: tuple[WeekFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """What a snapshot says of one trial: estimates and the cohort's middle by measure key.

    `others` are the other candidates' ramp curves as (paid hour, level), without names and in an
    order that tells nothing. `goal` is the ready line (0-1), `pass_line` in points.
    """

    estimates: Mapping[str, Estimate]
    middles: Mapping[str, float]
    ramp: Ramp | None
    others: tuple[tuple[tuple[float, float], ...], ...]
    categories: tuple[CategoryFigure, ...]
    weeks: tuple[WeekFigure, ...]
    communication: tuple[Stat, ...]
    reliability: float | None
    reviews_to_reliable: int | None
    people: int
    goal: float
    pass_line: float


@dataclass(frozen=True, slots=True)
class Material:
    """Everything one packet is made of. Texts are scrubbed before they come here.

    `waiting_for` names what had not come when the packet was sealed.
    """

    code: str
    programme: str
    cohort: str
    prepared_on: str
    sample: Sample
    figures: Figures
    evidence: tuple[Evidence, ...]
    reviewed: tuple[ReviewedLine, ...]
    statements: tuple[StatementLine, ...]
    waiting_for: tuple[str, ...]
    conversations_to_open: int
    sources: Sources
