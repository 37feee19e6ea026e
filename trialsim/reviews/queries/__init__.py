"""Reading reviews: what waits, one page each for reviewer and candidate, and rows for measures."""

from trialsim.reviews.queries.measuring import (
    Debt,
    ObservationRow,
    feedback_debt,
    observation_rows,
)
from trialsim.reviews.queries.waiting import unread_count, waiting_count

__all__ = [
    "Debt",
    "ObservationRow",
    "feedback_debt",
    "observation_rows",
    "unread_count",
    "waiting_count",
]
