"""What makes a conversation worth a look for feedback, whatever chance has drawn."""

from dataclasses import dataclass

MOST_A_WEEK = 4
LOW_RATING = 2
LONG_BY = 2


@dataclass(frozen=True, slots=True)
class Work:
    """One finished conversation: minutes are active ones, `rating` 1-5 or None."""

    reopened: int
    rating: int | None
    minutes: float
    par_minutes: float
    is_critical: bool


def notice(work: Work) -> str:
    """Return the first reason for a look as a sentence, empty when there is none.

    None of these conversations enters a measure: sampling on trouble biases the level.
    """
    if work.is_critical:
        return "A step in it may have done harm."
    if work.reopened:
        return "The customer came back after it was solved."
    if work.rating is not None and work.rating <= LOW_RATING:
        return "The customer was not happy."
    if work.minutes > LONG_BY * work.par_minutes:
        return "It took much longer than most."
    return ""
