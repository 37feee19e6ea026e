"""Values of records, closed lists of words, faults and the engine's constants."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from trialsim.kit.errors import Conflict

# What a record's field may hold. Money is minor units, dates are ISO text, lists are sorted by
# their author.
Value: TypeAlias = str | int | float | bool | tuple[str, ...] | None
# What was drawn for one form: text as it is written, numbers and money as numbers, dates as ISO.
Slots: TypeAlias = Mapping[str, str | int]

TONES = ("warm", "plain", "terse", "anxious", "irritated")
CHANNELS = ("forum", "email", "chat", "call")
AREAS = (
    "billing",
    "domains",
    "checkout",
    "conflicts",
    "access",
    "editor",
    "migration",
    "performance",
    "privacy",
    "ideas",
    "bugs",
    "elsewhere",
)
# Flags a scenario carries itself; the plan lays the others on any scenario.
BUILT_IN_FLAGS = ("bait", "refund_outside_policy", "escalation", "wrong_place", "refusal")
LAID_ON_FLAGS = ("angry", "multi_issue", "duplicate", "non_native", "second_language")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a pack: which file, which key, and what to do about it."""

    file: str
    field: str
    message: str
    warning: bool = False


class PackInvalid(ValueError):  # noqa: N818 (reads as what is so, like the other domain errors)
    """The files are no pack; carries every fault found, not only the first."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep the faults and make a message of the first few."""
        self.faults = faults
        shown = "; ".join(f"{fault.file}: {fault.field}: {fault.message}" for fault in faults[:3])
        super().__init__(shown)


class ActionBarred(Conflict):
    """The desk action is impossible now; the message says why."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The engine's constants; frozen with the trial. Source: all [assumed] but the delays.

    Delays: chat lognormal fitted to real chats, asynchronous to 42 real tweet replies.
    """

    mood_sd: float = 0.15
    irritated: float = -0.25
    empathy: float = 0.15
    harsh: float = -0.3
    unanswered: float = -0.15
    repeated: float = -0.3
    empty: float = -0.25
    harm: float = -0.2
    long_words: int = 220
    long: float = -0.15
    copied_share: float = 0.8
    copied: float = -0.1
    asks_per_chat_turn: int = 3
    questions_that_open: int = 2
    reader: str = "patterns"
    phrase_threshold: float = 0.22
    trap_threshold: float = 0.33
    phrase_margin: float = 0.02
    late: Mapping[str, float] = field(
        default_factory=lambda: {"chat": -0.6, "call": -0.6, "email": -0.01, "forum": -0.01},
    )
    chat_delay: tuple[float, float] = (2.90, 0.74)
    slow_delay: tuple[float, float] = (6.7, 2.0)
    slow_delay_hours: float = 72.0
    nudge_hours: Mapping[str, float] = field(
        default_factory=lambda: {"chat": 0.1, "call": 0.1, "email": 30.0, "forum": 48.0},
    )
    nudges: int = 2
    late_said_hours: Mapping[str, float] = field(
        default_factory=lambda: {"chat": 0.1, "call": 0.1, "email": 8.0, "forum": 12.0},
    )
    remembered_bad: float = -0.25
    remembered_good: float = 0.15
    swallowed: float = -0.3
    swallowed_cost: float = 20.0
    answered_twice: float = 0.5
    goal_worth: float = 60.0
    points_worth: float = 40.0
    clause_cost: float = 20.0
    harmed_at_most: float = 40.0
    harm_limit: float = 2.0
    # calibrated so that references over the bank please 85 to 95 %: `trialsim scenarios rate`
    rating_start: float = -1.1
