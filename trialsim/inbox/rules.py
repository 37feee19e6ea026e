"""What may happen to a ticket, and what counts as time on it: decisions over plain values."""

from datetime import datetime, timedelta

from trialsim.inbox.states import Status
from trialsim.trials.rules import TrialState, WorkKind

RUNNING = (TrialState.TRAINING, TrialState.LIVE)
DESK_WORK = (WorkKind.TICKETS, WorkKind.TRAINING)  # while other work runs, nothing arrives
LONGEST_GAP = timedelta(minutes=10)
LOW_WATER = 3
RATING_AFTER = timedelta(hours=24)
PRESSING_AFTER = timedelta(hours=18)  # the most impatient customer waits longer
LONGEST_TEXT = 60_000
SENDABLE = (Status.PENDING, Status.SOLVED, Status.HOLD, Status.OPEN)


def may_write(status: Status) -> bool:
    """Whether a reply can still be sent; a closed ticket stays closed."""
    return status is not Status.CLOSED


def counted_seconds(now: datetime, *earlier: datetime | None) -> int:
    """Return the seconds of work since the latest earlier step, a gap counting ten minutes at most.

    Without any earlier step nothing is counted. Source: the product's own rule, so that a break
    with the clock running weighs little.
    """
    known = [one for one in earlier if one is not None]
    if not known:
        return 0
    gap = now - max(known)
    return int(max(timedelta(0), min(gap, LONGEST_GAP)).total_seconds())
