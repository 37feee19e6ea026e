"""Was it right, and what did customers say: shares and means with their range."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trialsim.measurement.intervals import mean_estimate, share_estimate
from trialsim.measurement.types import Estimate, Unit

GOOD_OUTCOME = 60.0
"""Outcome from which a ticket counts as resolved well; also the bar of the channel ladder."""

FEWEST = 5

FEW_ANSWERS = 10
"""Under so many answers a customer rating carries a caveat."""


@dataclass(frozen=True, slots=True)
class OutcomeAccuracy:
    """Mean outcome in points, and the share of tickets resolved well."""

    mean: Estimate
    good: Estimate


def outcome_accuracy(outcomes: Sequence[float]) -> OutcomeAccuracy:
    """Return how right the tickets were by their end state (0-100 each); not yet under five.

    Assumes that the tickets are those of the cohort's common mix; a person's own mix of
    difficulty is not taken out.
    """
    good = sum(outcome >= GOOD_OUTCOME for outcome in outcomes)
    return OutcomeAccuracy(
        mean_estimate(outcomes, Unit.POINTS, (0.0, 100.0), FEWEST),
        share_estimate(good, len(outcomes), FEWEST),
    )


def customer_rating(good: int, answered: int, asked: int) -> Estimate:
    """Return the share of good ratings among those answered; not yet under five answers.

    Who answers is not a random draw, so the share of answers is told with it. Raises ValueError
    unless good <= answered <= asked.
    """
    if not 0 <= good <= answered <= asked:
        raise ValueError(f"{good} good of {answered} answered of {asked} asked cannot be")
    caveats = [f"{answered} of {asked} asked have answered", "customers are simulated"]
    if answered < FEW_ANSWERS:
        caveats.append("few answers")
    return replace(share_estimate(good, answered, FEWEST), caveats=tuple(caveats))


def gold_distance(given: Sequence[float], gold: Sequence[float]) -> Estimate:
    """Return the mean distance in points between scores given to gold tickets and the known ones.

    Not yet under three gold tickets. Raises ValueError when the lengths differ.
    """
    distances = [abs(mine - known) for mine, known in zip(given, gold, strict=True)]
    return mean_estimate(distances, Unit.POINTS, (0.0, 100.0))
