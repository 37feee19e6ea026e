"""A scenario: one root cause with its facts, points, traps, goal and texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from trialsim.simulation.types.values import Value
from trialsim.simulation.types.worlds import Changes, Tests


class Use(StrEnum):
    """What a scenario is for; the plan takes scored ones only."""

    SCORED = "scored"
    PRACTICE = "practice"
    GOLD = "gold"


@dataclass(frozen=True, slots=True)
class Slot:
    """How a slot is drawn: kind is words, faker, domain, money, number or days_ago."""

    name: str
    kind: str
    words: tuple[str, ...] = ()
    faker: str = ""
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Opening:
    """The parts of a first message; a part left empty comes from the pack's phrases."""

    symptom: tuple[str, ...]
    context: tuple[str, ...] = ()
    impact: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrasing:
    """How a fact is asked for, or a point or trap is said, in one language."""

    lines: tuple[str, ...]
    pattern: str
    answers: tuple[str, ...] = ()
    unless: str | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything of a scenario that is language: one per language, never mixed in a ticket."""

    language: str
    subject: tuple[str, ...]
    opening: Opening
    words: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, Phrasing]
    points: Mapping[str, Phrasing]
    traps: Mapping[str, Phrasing]
    change_says: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    harmful: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """What the customer knows; below `needs_trust` of mood they answer vaguely once."""

    id: str
    volunteer: float = 0.0
    needs_trust: float | None = None
    found_by: str | None = None


# By name of a record, what changes on it.
Effect: TypeAlias = Mapping[str, Changes]


@dataclass(frozen=True, slots=True)
class Point:
    """What the candidate should say, worth `weight`; before all of `after` it counts half."""

    id: str
    weight: float
    after: tuple[str, ...] = ()
    effect: Effect = field(default_factory=dict)
    policy: str | None = None


@dataclass(frozen=True, slots=True)
class Trap:
    """What the candidate should never say."""

    id: str
    harm: float
    policy: str | None = None
    effect: Effect = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Goal:
    """What must hold when it is over; `forbidden` lists states that must never have been true."""

    world: Mapping[str, Tests] = field(default_factory=dict)
    points: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    forbidden: tuple[Mapping[str, Tests], ...] = ()


@dataclass(frozen=True, slots=True)
class Escalation:
    """To which teams it is right to escalate, and which facts the note must hold."""

    to: tuple[str, ...]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MindChange:
    """The customer wants something else from their `after_turn`-th answer on."""

    after_turn: int
    goal: Goal


@dataclass(frozen=True, slots=True)
class PersonaLimits:
    """Who may meet this scenario; an empty tuple limits nothing. Patience is 0 to 1."""

    tones: tuple[str, ...] = ()
    skill: tuple[int, int] = (0, 2)
    patience: tuple[float, float] = (0.0, 1.0)
    plans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mood:
    """Where mood starts on average and what an hour of waiting costs, by channel."""

    start: float = -0.2
    late_per_hour: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ends:
    """When a customer stops."""

    give_up_below: float = -1.0
    ask_for_manager_below: float = -0.7
    max_customer_turns: int = 8
    reopen_if_wrong: float = 0.6


@dataclass(frozen=True, slots=True)
class ReferenceAction:
    """A step of the reference on the desk: an action on a named record, or an escalation."""

    action: str
    on: str = ""
    params: Mapping[str, Value] = field(default_factory=dict)
    escalate_to: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One root cause with its world, facts, points, traps and goal."""

    id: str
    version: int
    family: str
    area: str
    languages: tuple[str, ...]
    use: Use
    flags: tuple[str, ...]
    par_minutes: Mapping[str, float]
    channels: Mapping[str, float]
    difficulty: float
    difficulty_sd: float
    articles: tuple[str, ...]
    policies: tuple[str, ...]
    persona: PersonaLimits
    joins: tuple[str, ...]
    slots: Mapping[str, Slot]
    world: Mapping[str, "WorldRecord"]
    goal: Goal
    facts: Mapping[str, Fact]
    points: Mapping[str, Point]
    traps: Mapping[str, Trap]
    escalation: Escalation | None
    change: MindChange | None
    mood: Mood
    ends: Ends
    reference_actions: tuple[tuple[ReferenceAction, ...], ...]
    texts: Mapping[str, Texts]

    def text(self, language: str) -> Texts:
        """Return the texts in a language; the first language where it has none."""
        return self.texts.get(language) or self.texts[self.languages[0]]


@dataclass(frozen=True, slots=True)
class WorldRecord:
    """A record a scenario needs under a name, with the fields it overwrites.

    `further` is False for the customer's first record of the kind, True for one more.
    """

    kind: str
    fields: Mapping[str, Value]
    further: bool = False
