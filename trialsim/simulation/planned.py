"""The values of a plan: what is asked for, and what every candidate will meet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trialsim.kit import streams

CUSTOMER_MIX: Mapping[str, float] = {"forum": 0.25, "email": 0.40, "chat": 0.30, "call": 0.05}
OPENING_WEEKS: Mapping[str, int] = {"chat": 2, "call": 4}
# Source of the shares: the product's own choice; no data says how often these happen.
FLAG_SHARES: Mapping[str, float] = {
    "angry": 0.10,
    "multi_issue": 0.15,
    "duplicate": 0.05,
    "non_native": 0.15,
    "second_language": 0.05,
    "bait": 0.06,
    "refund_outside_policy": 0.05,
}
AREA_SHARES: Mapping[str, float] = {
    "billing": 0.16,
    "domains": 0.14,
    "checkout": 0.13,
    "conflicts": 0.13,
    "access": 0.09,
    "editor": 0.10,
    "migration": 0.06,
    "performance": 0.05,
    "privacy": 0.03,
    "ideas": 0.04,
    "bugs": 0.04,
    "elsewhere": 0.03,
}


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What a cohort's month should hold. Shares are 0 to 1, weeks count from 1.

    Tickets fall in the paid hours after training; `ticket_share` of those is spent on them, the
    rest on reviews, talks and notes. With the defaults: 68 hours, 51 of them on 122 tickets.
    """

    seed: str | int
    candidates: int
    paid_hours: float = 80.0
    training_hours: float = 12.0
    ticket_share: float = 0.75
    contacts_per_hour: float = 2.4
    weeks: int = 4
    block_hours: float = 4.0
    practice_tickets: int = 8
    anchors: int = 12
    channel_mix: Mapping[str, float] = field(default_factory=lambda: dict(CUSTOMER_MIX))
    opening_weeks: Mapping[str, int] = field(default_factory=lambda: dict(OPENING_WEEKS))
    flag_shares: Mapping[str, float] = field(default_factory=lambda: dict(FLAG_SHARES))
    area_shares: Mapping[str, float] = field(default_factory=lambda: dict(AREA_SHARES))
    second_languages: tuple[str, ...] | None = None  # None: all that the pack has
    change_share: float = 0.18
    returning_share: float = 0.30
    incident: bool = True  # where the pack has one and the month is long enough

    @property
    def scored_tickets(self) -> int:
        """Return how many scored tickets the hours after training hold, at least one."""
        live_hours = self.paid_hours - self.training_hours
        return max(1, round(live_hours * self.ticket_share * self.contacts_per_hour))

    @property
    def first_live_minute(self) -> int:
        """Return the worked minute at which training is over."""
        return round(self.training_hours * 60)

    @property
    def last_minute(self) -> int:
        """Return the last planned worked minute."""
        return round(self.paid_hours * 60)

    def week_of(self, minute: int) -> int:
        """Return the trial week of a worked minute: equal parts of the paid hours, from 1."""
        return min(self.weeks, 1 + int(minute * self.weeks / self.last_minute))

    def block_of(self, minute: int) -> int:
        """Return the work block that a worked minute falls in, from 0."""
        return int(minute // (self.block_hours * 60))


def trial_seed(seed: streams.Name, candidate: int) -> str:
    """Return the seed of one candidate's trial: the cohort's, which deals wordings, and a place."""
    return f"{seed}/{candidate}"


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """What must be equal for all: area, third of difficulty 0 to 2, and the scenario's flags."""

    area: str
    third: int
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Want:
    """The customer a plan needs: limits on the draw that hold for all their tickets."""

    plan: str
    language: str
    non_native: bool = False
    tones: tuple[str, ...] = ()
    skill: tuple[int, int] = (0, 2)
    patience: tuple[float, float] = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class PlannedTicket:
    """One ticket of one candidate, numbered from 1 in the order of `due_minute` (worked minutes).

    `form` counts the meetings of its scenario over the cohort, so wordings can be dealt without
    repeats. `customer` is a place in the candidate's customers. A twin is a second message of the
    same customer about the ticket `twin_of`, which should be merged into it.
    """

    number: int
    scenario: str
    form: int
    channel: str
    due_minute: int
    week: int
    cell: Cell
    customer: int
    seed: int
    language: str
    anchor: bool = False
    practice: bool = False
    flags: tuple[str, ...] = ()
    changes_mind: bool = False
    joined: str = ""
    joined_form: int = 0
    twin_of: int | None = None


@dataclass(frozen=True, slots=True)
class CandidatePlan:
    """One candidate's month, and the customers who will write."""

    candidate: int
    tickets: tuple[PlannedTicket, ...]
    customers: tuple[Want, ...]


@dataclass(frozen=True, slots=True)
class CohortPlan:
    """The month of a whole cohort, made from one version of a pack and one seed."""

    version: int
    pack: str
    pack_version: int
    request: PlanRequest
    candidates: tuple[CandidatePlan, ...]
