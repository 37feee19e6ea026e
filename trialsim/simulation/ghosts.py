"""Ghosts: scripted candidates and mentors whose true skill is planted, for demos and tests.

A ghost's work is drawn from its skill at the paid hour; what comes out is measured like anybody
else's, so that a measure can be held against the truth.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from trialsim.kit import streams

_DIFFICULTY_FELT = 0.6  # how much of a logit of difficulty a ghost feels, [assumed]
_PACE_NOISE = 0.22  # standard deviation of ln(minutes), [assumed]
_LEAST_PACE = 0.2


class Quality(StrEnum):
    """What a ghost's work on a ticket is to be: the planted outcome."""

    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    HARMFUL = "harmful"


@dataclass(frozen=True, slots=True)
class Skill:
    """How a ghost learns: chances of right work on a middling ticket, from `start` to `plateau`.

    Learning has the constant `tau_hours` and begins at `onset_hours`. From `drift_from_hours` on,
    the chance falls by `drift` for each 40 paid hours.
    """

    start: float
    plateau: float
    tau_hours: float
    onset_hours: float = 0.0
    drift: float = 0.0
    drift_from_hours: float = 30.0


@dataclass(frozen=True, slots=True)
class Ghost:
    """One scripted candidate. Shares are 0 to 1; pace is a share of an experienced teammate's.

    Pace grows from `pace_start` to `pace` as the skill is learnt.
    """

    name: str
    learns: Skill
    pace_start: float
    pace: float
    care: float
    communication: float
    kindness: float


GHOSTS = (
    Ghost(
        "excellent",
        Skill(0.7, 0.96, tau_hours=12),
        pace_start=0.6,
        pace=1.05,
        care=0.95,
        communication=0.92,
        kindness=0.9,
    ),
    Ghost(
        "average",
        Skill(0.45, 0.78, tau_hours=16),
        pace_start=0.45,
        pace=0.82,
        care=0.75,
        communication=0.65,
        kindness=0.65,
    ),
    Ghost(
        "fast but wrong",
        Skill(0.22, 0.34, tau_hours=14),
        pace_start=0.95,
        pace=1.3,
        care=0.3,
        communication=0.45,
        kindness=0.45,
    ),
    Ghost(
        "slow but careful",
        Skill(0.55, 0.9, tau_hours=18),
        pace_start=0.32,
        pace=0.55,
        care=0.97,
        communication=0.8,
        kindness=0.75,
    ),
    Ghost(
        "late bloomer",
        Skill(0.25, 0.92, tau_hours=12, onset_hours=22),
        pace_start=0.35,
        pace=0.95,
        care=0.8,
        communication=0.7,
        kindness=0.7,
    ),
    Ghost(
        "drifting",
        Skill(0.65, 0.86, tau_hours=10, drift=0.90, drift_from_hours=26),
        pace_start=0.6,
        pace=0.95,
        care=0.7,
        communication=0.6,
        kindness=0.6,
    ),
    Ghost(
        "kind but inaccurate",
        Skill(0.18, 0.28, tau_hours=16),
        pace_start=0.45,
        pace=0.75,
        care=0.45,
        communication=0.85,
        kindness=0.98,
    ),
    Ghost(
        "silent",
        Skill(0.45, 0.82, tau_hours=14),
        pace_start=0.5,
        pace=0.9,
        care=0.75,
        communication=0.2,
        kindness=0.45,
    ),
)


def skill(ghost: Ghost, paid_hours: float) -> float:
    """Return the chance of right work on a ticket of middling difficulty, .02 to .98."""
    learns = ghost.learns
    grown = learns.plateau - (learns.plateau - learns.start) * _to_learn(ghost, paid_hours)
    lost = learns.drift * max(0.0, paid_hours - learns.drift_from_hours) / 40
    return min(0.98, max(0.02, grown - lost))


def pace(ghost: Ghost, paid_hours: float) -> float:
    """Return the expected share of an experienced teammate's pace."""
    grown = ghost.pace - (ghost.pace - ghost.pace_start) * _to_learn(ghost, paid_hours)
    return max(_LEAST_PACE, grown)


def _to_learn(ghost: Ghost, paid_hours: float) -> float:
    """Return the share still to be learnt, 1 at the onset."""
    return math.exp(-max(0.0, paid_hours - ghost.learns.onset_hours) / ghost.learns.tau_hours)


def chances(ghost: Ghost, paid_hours: float, difficulty: float = 0.0) -> dict[Quality, float]:
    """Return the chance of each quality on a ticket of a difficulty in logits; they sum to 1.

    What is not right is harmful or wrong the more, the less care a ghost takes; else partial.
    """
    known = skill(ghost, paid_hours)
    right = _logistic(math.log(known / (1 - known)) - _DIFFICULTY_FELT * difficulty)
    harmful = 0.45 * (1 - ghost.care)
    wrong = 0.15 + 0.35 * (1 - ghost.care)
    return {
        Quality.RIGHT: right,
        Quality.PARTIAL: (1 - right) * (1 - harmful - wrong),
        Quality.WRONG: (1 - right) * wrong,
        Quality.HARMFUL: (1 - right) * harmful,
    }


def quality(
    ghost: Ghost, paid_hours: float, difficulty: float, seed: streams.Name, *names: streams.Name
) -> Quality:
    """Draw the quality of one ticket's work; the names are the ticket's."""
    left = streams.unit(seed, "quality", *names)
    for one, chance in chances(ghost, paid_hours, difficulty).items():
        left -= chance
        if left < 0:
            return one
    return Quality.PARTIAL


def minutes_spent(
    ghost: Ghost, par_minutes: float, paid_hours: float, seed: streams.Name, *names: streams.Name
) -> float:
    """Draw the paid minutes that a ticket takes, all its replies together; the mean keeps pace."""
    noise = streams.normal(-(_PACE_NOISE**2) / 2, _PACE_NOISE, seed, "minutes", *names)
    return par_minutes / pace(ghost, paid_hours) * math.exp(noise)


def is_kind(ghost: Ghost, seed: streams.Name, *names: streams.Name) -> bool:
    """Draw whether a ticket's replies are warm rather than cold."""
    return streams.unit(seed, "kind", *names) < ghost.kindness


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))
