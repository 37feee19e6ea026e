"""What was planted in a ghost cohort: levels, pace and severities to hold measures against."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from trialsim.simulation.ghost_reviewers import GhostReviewer, Work, expected_score
from trialsim.simulation.ghosts import Ghost, Quality, chances, pace
from trialsim.simulation.types import Category

_GOAL = 0.80
_EXPERIENCED_OUTCOME = 0.90  # of an experienced teammate, whose minutes are par by definition


@dataclass(frozen=True, slots=True)
class Sample:
    """One played ticket as truth remembers it; `share` is its outcome, 0 to 1."""

    quality: Quality
    difficulty: float
    share: float
    harm: bool


@dataclass(frozen=True, slots=True)
class Truth:
    """The planted truth on the last day.

    Args:
        levels: By candidate, the expected score of a neutral mentor on a middling ticket.
        productivity: By candidate, expected outcome x par per minute, as a share of an
            experienced teammate's.
        severities: By mentor, in points from their mean; positive is strict.
        reached: By candidate, the first paid hour at which productivity is .80, or None.
    """

    levels: Mapping[str, float]
    productivity: Mapping[str, float]
    severities: Mapping[str, float]
    reached: Mapping[str, float | None]


def planted(
    ghosts: Sequence[Ghost],
    reviewers: Sequence[GhostReviewer],
    samples: Sequence[Sample],
    categories: Sequence[Category],
    paid_hours: float,
) -> Truth:
    """Return the truth at a paid hour.

    What a quality of work is worth is taken from all tickets of the run, the chance of each
    quality from the ghost's planted skill, so one ghost's luck does not enter its level. All are
    given the difficulties of all tickets.
    """
    mean = fmean(reviewer.severity for reviewer in reviewers)
    month = _month_of(samples)
    return Truth(
        levels={ghost.name: _level(ghost, month, categories, paid_hours) for ghost in ghosts},
        productivity={ghost.name: _productivity(ghost, month, paid_hours) for ghost in ghosts},
        severities={one.name: one.severity - mean for one in reviewers},
        reached={ghost.name: _reached(ghost, month, paid_hours) for ghost in ghosts},
    )


@dataclass(frozen=True, slots=True)
class _Month:
    """All tickets of a run, counted: what each quality was worth, and the difficulties met."""

    worth: Mapping[Quality, Mapping[tuple[float, bool], int]]
    mean_share: Mapping[Quality, float]
    difficulties: Mapping[float, int]

    def chances(self, ghost: Ghost, paid_hours: float) -> Iterator[tuple[Quality, float]]:
        """Yield the chance of each quality that occurred, over the month's difficulties."""
        total = sum(self.difficulties.values())
        by_difficulty = [
            (count / total, chances(ghost, paid_hours, difficulty))
            for difficulty, count in self.difficulties.items()
        ]
        for quality in self.worth:
            yield quality, sum(share * found[quality] for share, found in by_difficulty)


def _month_of(samples: Sequence[Sample]) -> _Month:
    met = [one for one in Quality if any(sample.quality is one for sample in samples)]
    by_quality = {one: [sample for sample in samples if sample.quality is one] for one in met}
    return _Month(
        worth={
            one: Counter((round(sample.share, 2), sample.harm) for sample in held)
            for one, held in by_quality.items()
        },
        mean_share={
            one: fmean(sample.share for sample in held) for one, held in by_quality.items()
        },
        difficulties=Counter(sample.difficulty for sample in samples),
    )


def _level(ghost: Ghost, month: _Month, categories: Sequence[Category], paid_hours: float) -> float:
    total = 0.0
    for quality, chance in month.chances(ghost, paid_hours):
        worth = month.worth[quality]
        expected = sum(
            count * _expected(ghost, share, categories, harm=harm)
            for (share, harm), count in worth.items()
        )
        total += chance * expected / sum(worth.values())
    return total


def _expected(
    ghost: Ghost, outcome_share: float, categories: Sequence[Category], *, harm: bool
) -> float:
    """Return the expected score of one ticket by this ghost, warm and cold in their shares."""
    return sum(
        share * expected_score(_work(ghost, outcome_share, kind=kind, harm=harm), categories)
        for kind, share in ((True, ghost.kindness), (False, 1 - ghost.kindness))
    )


def _work(ghost: Ghost, outcome_share: float, *, kind: bool, harm: bool) -> Work:
    return Work(
        outcome=100 * outcome_share,
        harm=harm,
        kind=kind,
        kindness=ghost.kindness,
        care=ghost.care,
        communication=ghost.communication,
    )


def _productivity(ghost: Ghost, month: _Month, paid_hours: float) -> float:
    share = sum(
        chance * month.mean_share[quality] for quality, chance in month.chances(ghost, paid_hours)
    )
    return share * pace(ghost, paid_hours) / _EXPERIENCED_OUTCOME


def _reached(ghost: Ghost, month: _Month, until: float) -> float | None:
    hours = (step / 2 for step in range(int(until * 2) + 1))
    return next((hour for hour in hours if _productivity(ghost, month, hour) >= _GOAL), None)
