"""What is measured and what is not, measure by measure, in words for those who are measured."""

from collections.abc import Mapping
from dataclasses import dataclass

from trialsim.measurement.catalogue import MEASURES, Measure


@dataclass(frozen=True, slots=True)
class Plain:
    """What a measure looks at, and what it does not hold against anybody."""

    words: str
    limits: str


PLAIN: Mapping[str, Plain] = {
    "ramp": Plain(
        "How many tickets you resolve well in an hour that you logged, next to what an experienced "
        "teammate makes of the same tickets, from the first week to the last.",
        "Counted in paid hours, so days off, pauses and short weeks cost nothing.",
    ),
    "reply_quality": Plain(
        "How mentors score your replies with the scorecard you know. Ten conversations a week are "
        "drawn by chance before you answer them; some are scored twice, blind.",
        "Hard tickets and strict reviewers are allowed for. What a mentor picks by hand is "
        "feedback and never counts.",
    ),
    "category_scores": Plain(
        "The same scores by category: where your replies are strong, and where they get better.",
        "Used to help you, never to compare people.",
    ),
    "outcome_accuracy": Plain(
        "Whether the customer’s trouble was solved, what you said was true, and it was allowed. "
        "Read from what happened, before anybody’s opinion.",
        "Kind words earn nothing here, and cost nothing. A ticket you flag counts only once a "
        "manager has ruled.",
    ),
    "answer_time": Plain(
        "How long a colleague waits for your answer, in your own announced hours.",
        "The hour of the day does not matter, nor how many messages you write.",
    ),
    "communication": Plain(
        "Whether daily updates, check-ins and hand-over notes are there, and helped whoever "
        "came next.",
        "Shown side by side, never as one number. Asking is never held against you.",
    ),
    "time_to_close": Plain(
        "How long a customer waits from the first message until it is solved.",
        "Not how fast you answer first. Time you wait on the customer is not counted.",
    ),
    "reopened": Plain(
        "How many of the tickets you solved came back.",
        "Read beside the outcome: a customer with a second question is no fault of yours.",
    ),
    "coachability": Plain(
        "Whether something a review named appears less often in later, comparable tickets.",
        "Never compares people. One slip more or less means nothing.",
    ),
    "reviewing_judgement": Plain(
        "How near your scores come to known ones when you review a peer’s reply.",
        "Says nothing about how you write yourself.",
    ),
    "agreement": Plain(
        "Whether reviewers who score the same conversation agree. This measures us, not you.",
        "When they do not agree, every page says so, and the figures count for less.",
    ),
    "severity": Plain(
        "How strict each reviewer is, so that a strict one does not cost you points. This measures "
        "us, not you.",
        "A mentor sees their own, and it is taken out of your level.",
    ),
    "reliability": Plain(
        "Whether the same month, repeated, would turn out alike. This measures the trial, not you.",
        "Below the line, pages say that it is too early to tell people apart.",
    ),
    "customer_rating": Plain(
        "What customers say when they are asked a day later, looked at as a whole.",
        "Never one by one, never a target, always shown last.",
    ),
}
NEVER = (
    "Which hours of the day you work, or how you spread them",
    "Keystrokes, typing speed, mouse or screen",
    "Drafts, deleted text, or how many questions you ask",
    "Pauses, days off, or what you need in order to work",
    "Practice tickets, hints you took, or the quiz",
    "Accent, or grammar slips that don’t change the meaning",
    "Your face, voice or mood",
    "How you rate this trial",
)


def cards() -> tuple[tuple[Measure, Plain], ...]:
    """Return every measure with what it looks at and what it is not, customer rating last."""
    return tuple((card, PLAIN[card.key]) for card in MEASURES)
