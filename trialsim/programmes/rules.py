"""The rules of a programme, and who may do what: decisions over plain values."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Annotated[float, Field(ge=0, le=1)]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2}$")]


class Role(StrEnum):
    """What somebody is in one cohort."""

    CANDIDATE = "candidate"
    MENTOR = "mentor"
    COMMITTEE = "committee"


class ReadingRules(BaseModel):
    """How customers read replies, frozen when the trial begins.

    The values here are those of trials that began before they were frozen.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    reader: Annotated[str, Field(max_length=20)] = "patterns"
    phrase_threshold: Share = 0.3
    trap_threshold: Share = 0.45
    phrase_margin: Share = 0.05


class ProgrammeRules(BaseModel):
    """What a candidate accepts and a trial runs by; frozen with the trial at acceptance."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    length_days: Annotated[int, Field(ge=7, le=56)] = 28
    training_days: Annotated[int, Field(ge=0, le=7)] = 3
    window_days: Annotated[int, Field(ge=7, le=84)] = 42
    cap_hours_week: Annotated[int, Field(ge=4, le=40)] = 20
    contacts_per_hour: Annotated[float, Field(ge=0.5, le=6)] = 2.4
    channels: dict[str, Share] = Field(
        default_factory=lambda: {"forum": 0.25, "email": 0.40, "chat": 0.30, "call": 0.05}
    )
    second_languages: tuple[LanguageCode, ...] = ()  # beside the pack's first
    paid: bool = True
    rate_cents: Annotated[int, Field(ge=0, le=100_000)] = 2400
    minimum_rate_cents: Annotated[int, Field(ge=0, le=100_000)] = 0
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "EUR"
    reviews_a_week: Annotated[int, Field(ge=0, le=40)] = 10
    second_share: Share = 0.15
    other_mentor_share: Share = 0.5
    pass_line: Annotated[int, Field(ge=50, le=100)] = 80
    ready_line: Share = 0.8
    has_committee: bool = True
    votes_needed: Annotated[int, Field(ge=1, le=5)] = 3
    conversations_to_open: Annotated[int, Field(ge=0, le=10)] = 4
    decision_working_days: Annotated[int, Field(ge=1, le=15)] = 5
    reading: ReadingRules = ReadingRules()

    @model_validator(mode="after")
    def _channels_add_up(self) -> "ProgrammeRules":
        total = sum(self.channels.values())
        if abs(total - 1) > 0.005:  # noqa: PLR2004 (half a percent of rounding)
            raise ValueError(f"The channels add up to {total:.0%}. Please make it 100 %.")
        return self

    @property
    def paid_hours(self) -> float:
        """Return the planned paid hours of a whole trial."""
        return self.cap_hours_week * self.length_days / 7

    @property
    def training_hours(self) -> float:
        """Return the paid hours that the training days hold."""
        return self.cap_hours_week / 5 * self.training_days


class Thing(StrEnum):
    """What permissions are about."""

    PROGRAMME = "programme"
    COHORT = "cohort"
    TRIAL = "trial"
    TICKET = "ticket"
    TRACE = "trace"
    REVIEW = "review"
    ROOM = "room"
    CHANNEL = "channel"
    HOURS = "hours"
    PAY = "pay"
    PROGRESS = "progress"
    PACKET = "packet"
    STATEMENT = "statement"
    VOTE = "vote"
    DECISION = "decision"
    LETTER = "letter"
    OUTBOX = "outbox"
    ACCOMMODATION = "accommodation"
    HALFWAY = "halfway"
    CLOSING = "closing"
    CHECKIN = "checkin"
    RATING = "rating"


class Need(StrEnum):
    """What somebody wants with a thing."""

    READ = "read"
    WRITE = "write"
    MANAGE = "manage"


class Relation(StrEnum):
    """How a person stands to a thing."""

    MANAGER = "manager"
    MENTOR = "mentor"
    COMMITTEE = "committee"
    OWN = "own"
    PEER = "peer"
    OUTSIDER = "outsider"


_R, _W, _M = Need.READ, Need.WRITE, Need.MANAGE

# Relation → thing → needs allowed. A relation that may not read a thing is told it does not exist.
ALLOWED: Final[Mapping[Relation, Mapping[Thing, frozenset[Need]]]] = {
    Relation.MANAGER: {
        Thing.PROGRAMME: frozenset({_R, _W, _M}),
        Thing.COHORT: frozenset({_R, _W, _M}),
        Thing.TRIAL: frozenset({_R, _M}),
        Thing.TICKET: frozenset({_R}),
        Thing.TRACE: frozenset({_R, _W}),
        Thing.REVIEW: frozenset({_R}),
        Thing.ROOM: frozenset({_R}),
        Thing.CHANNEL: frozenset({_R, _W}),
        Thing.HOURS: frozenset({_R}),
        Thing.PAY: frozenset({_R, _M}),
        Thing.PROGRESS: frozenset({_R}),
        Thing.PACKET: frozenset({_R, _M}),
        Thing.STATEMENT: frozenset({_R}),
        Thing.DECISION: frozenset({_R, _M}),
        Thing.LETTER: frozenset({_R, _M}),
        Thing.OUTBOX: frozenset({_R}),
        Thing.HALFWAY: frozenset({_R}),
        Thing.CLOSING: frozenset({_R}),
        Thing.CHECKIN: frozenset({_R}),
        Thing.ACCOMMODATION: frozenset({_R, _M}),
    },
    Relation.MENTOR: {
        Thing.COHORT: frozenset({_R}),
        Thing.TRIAL: frozenset({_R, _M}),
        Thing.TICKET: frozenset({_R}),
        Thing.TRACE: frozenset({_R, _W}),
        Thing.REVIEW: frozenset({_R, _W}),
        Thing.ROOM: frozenset({_R, _W}),
        Thing.CHANNEL: frozenset({_R, _W}),
        Thing.HOURS: frozenset({_R}),
        Thing.PROGRESS: frozenset({_R}),
        Thing.STATEMENT: frozenset({_R, _W}),
        Thing.HALFWAY: frozenset({_R, _W}),
        Thing.CHECKIN: frozenset({_R, _W}),
    },
    Relation.COMMITTEE: {
        Thing.PACKET: frozenset({_R}),
        Thing.VOTE: frozenset({_R, _W}),
        Thing.DECISION: frozenset({_R, _W}),
    },
    Relation.OWN: {
        Thing.TRIAL: frozenset({_R, _W}),
        Thing.TICKET: frozenset({_R, _W}),
        Thing.REVIEW: frozenset({_R}),
        Thing.ROOM: frozenset({_R, _W}),
        Thing.HOURS: frozenset({_R, _W}),
        Thing.PAY: frozenset({_R}),
        Thing.LETTER: frozenset({_R}),
        Thing.HALFWAY: frozenset({_R}),
        Thing.CLOSING: frozenset({_R, _W}),
        Thing.CHECKIN: frozenset({_R}),
        Thing.RATING: frozenset({_R, _W}),
        Thing.ACCOMMODATION: frozenset({_R, _W}),
    },
    Relation.PEER: {Thing.CHANNEL: frozenset({_R, _W})},
    Relation.OUTSIDER: {},
}


def relation(
    *, is_manager: bool, is_own: bool, role: Role | None, role_ended: bool = False
) -> Relation:
    """Return how somebody stands to a trial or cohort; an ended role counts for nothing."""
    if is_own:
        return Relation.OWN
    held = None if role_ended else role
    if held is Role.MENTOR:
        return Relation.MENTOR
    if held is Role.COMMITTEE:
        return Relation.COMMITTEE
    if is_manager:
        return Relation.MANAGER
    return Relation.PEER if held is Role.CANDIDATE else Relation.OUTSIDER


def may(standing: Relation, thing: Thing, need: Need) -> bool:
    """Whether a relation allows a need."""
    return need in ALLOWED[standing].get(thing, frozenset())
