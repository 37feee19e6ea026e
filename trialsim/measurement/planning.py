"""How many reviews a trial needs before its result may carry a decision (a D-study).

Source: Brennan 2001, Generalizability Theory: error variance falls with the number of reviews.
"""

import math

from trialsim.measurement.weekly import DAYS_A_WEEK

RELIABLE = 0.80
"""Reliability from which a cohort's levels may carry a decision."""

MOST_REVIEWS = 200
"""Beyond so many more reviews two people are too alike to be told apart."""

ERROR_REVIEWS = 4.3
"""Reviews at which half of the spread is error, before a cohort is seen.

From simulated cohorts with half of the reviews by other than the own mentor: reliability .71 after
10 reviews, .82 after 20, .90 after 40. Depends on assumed variances: replaced by the cohort's own
reliability as soon as there is one.
"""


def expected_reliability(reviews: float) -> float:
    """Return the reliability (0-1) to expect once each candidate has so many reviews."""
    return reviews / (reviews + ERROR_REVIEWS)


def reliable_day(reviews_per_week: float, first_day: float = 0.0) -> int | None:
    """Return the trial day on which a plan reaches .80; None without reviews.

    `first_day` is the day on which reviews begin.
    """
    if reviews_per_week <= 0:
        return None
    needed = ERROR_REVIEWS * RELIABLE / (1 - RELIABLE)
    return math.ceil(first_day + DAYS_A_WEEK * needed / reviews_per_week)


def reviews_to_reliable(now: float | None, reviews: float) -> int | None:
    """Return about how many more reviews each brings reliability to .80; None when out of reach.

    Optimistic where one reviewer's own leaning towards a candidate makes up much of the error.
    """
    if now is None or now <= 0:
        return None
    more = math.ceil(reviews * ((1 - now) / now * RELIABLE / (1 - RELIABLE) - 1))
    return max(more, 0) if more <= MOST_REVIEWS else None


def reliability_after(now: float, reviews: float, more: float) -> float:
    """Return the reliability expected once each candidate has `more` reviews beside `reviews`."""
    if now <= 0:
        return 0.0
    return 1 / (1 + (1 - now) / now * reviews / (reviews + more))
