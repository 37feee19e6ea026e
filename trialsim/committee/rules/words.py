"""The closed sets of the committee, and how each value reads on a page."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Recommendation(StrEnum):
    """What a mentor recommends."""

    YES = "yes"
    CONDITION = "condition"
    NO = "no"
    NOT_SURE = "not_sure"


class Choice(StrEnum):
    """What a committee member may vote."""

    STRONG_YES = "strong_yes"
    YES = "yes"
    NO = "no"
    STRONG_NO = "strong_no"
    NOT_ENOUGH = "not_enough"


class Outcome(StrEnum):
    """What a committee may decide."""

    HIRE = "hire"
    NO_HIRE = "no_hire"
    MORE_EVIDENCE = "more_evidence"


RECOMMENDATION_WORDS: Final[Mapping[Recommendation, str]] = {
    Recommendation.YES: "Yes",
    Recommendation.CONDITION: "Yes, with a condition",
    Recommendation.NO: "No",
    Recommendation.NOT_SURE: "Not sure",
}

# Each choice with the sentence that stands below it on the ballot.
CHOICE_WORDS: Final[Mapping[Choice, tuple[str, str]]] = {
    Choice.STRONG_YES: ("Strong yes", "Ready for the role now"),
    Choice.YES: ("Yes", "Ready, with something to learn"),
    Choice.NO: ("No", "Not ready, and more is missing than time"),
    Choice.STRONG_NO: ("Strong no", "The evidence is clear enough to say no"),
    Choice.NOT_ENOUGH: ("Not enough evidence", "Name what is missing in your reason"),
}

OUTCOME_WORDS: Final[Mapping[Outcome, tuple[str, str]]] = {
    Outcome.HIRE: ("Hire", "An offer goes out with the letter"),
    Outcome.NO_HIRE: ("No hire", "The letter says why, and when to try again"),
    Outcome.MORE_EVIDENCE: ("More evidence", "A named question is still open"),
}
