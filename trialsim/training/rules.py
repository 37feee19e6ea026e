"""The quiz and the readiness check: decisions over plain values."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias

from trialsim.kit import streams
from trialsim.simulation.types import Question

UNAIDED_NEEDED = 3
_WEEK = 7

# The chosen places of a question's choices, by the question's place in the pack.
Answers: TypeAlias = Mapping[int, Collection[int]]


class Which(StrEnum):
    """Why the quiz is taken: for the first time, once more in training, on the last day."""

    FIRST = "first"
    AGAIN = "again"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is put to one person: `choices` are places in the pack with their words."""

    place: int
    question: Question
    choices: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Check:
    """Where somebody's readiness stands; `share` is the best of the quiz in training, if any."""

    has_quiz: bool
    share: float | None
    ready_line: float
    unaided: int
    unaided_needed: int
    training_over: bool

    @property
    def has_passed(self) -> bool:
        """Whether the quiz is passed; a pack without one asks for none."""
        return not self.has_quiz or (self.share is not None and self.share >= self.ready_line)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what is still missing, in words; nothing when the check is whole."""
        found = []
        if not self.has_passed:
            taken = "not taken yet" if self.share is None else f"{self.share:.0%} so far"
            found.append(f"the quiz with {self.ready_line:.0%} of the answers right ({taken})")
        if (lacking := self.unaided_needed - self.unaided) > 0:
            tickets = "practice ticket" if lacking == 1 else "practice tickets"
            found.append(f"{lacking} more {tickets} solved without a hint")
        return tuple(found)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    @property
    def may_open(self) -> bool:
        """Whether a mentor may decide to open: nothing is missing, or training days are over."""
        return self.is_whole or self.training_over


def asked(quiz: Sequence[Question], seed: streams.Name, number: int) -> tuple[Asked, ...]:
    """Return the questions and their choices in the order of somebody's attempt."""
    order = list(range(len(quiz)))
    streams.stream(seed, "quiz", number).shuffle(order)
    return tuple(Asked(place, quiz[place], _choices(quiz[place], seed, place)) for place in order)


def _choices(question: Question, seed: streams.Name, place: int) -> tuple[tuple[int, str], ...]:
    choices = list(enumerate(question.choices))
    streams.stream(seed, "quiz choices", place).shuffle(choices)
    return tuple(choices)


def is_right(question: Question, chosen: Collection[int]) -> bool:
    """Whether exactly the right choices were chosen."""
    return set(chosen) == set(question.right)


def share_right(quiz: Sequence[Question], answers: Answers) -> float:
    """Return the share of questions that were answered right."""
    right = sum(is_right(one, answers.get(place, ())) for place, one in enumerate(quiz))
    return right / max(1, len(quiz))


def faults(quiz: Sequence[Question], answers: Answers) -> dict[int, str]:
    """Return what is wrong with answers as they were sent, by the question's place."""
    found = {}
    for place, question in enumerate(quiz):
        chosen = answers.get(place, ())
        if not chosen or any(one not in range(len(question.choices)) for one in chosen):
            found[place] = "Please choose an answer."
        elif len(chosen) > 1 and not question.several:
            found[place] = "Please choose one answer."
    return found


def which_next(
    taken: Iterable[Which], *, has_passed: bool, in_training: bool, is_last_day: bool
) -> Which | None:
    """Return which attempt may be made now, or None.

    In training as often as one likes until it is passed, once more on the last day of a trial
    that runs. Who never took it has nothing to compare, and is asked all the same.
    """
    held = set(taken)
    if in_training:
        if not held:
            return Which.FIRST
        return None if has_passed else Which.AGAIN
    return Which.LAST if is_last_day and Which.LAST not in held else None


def training_ends_on(starts_on: date, weekdays: Collection[int], days: int) -> date:
    """Return the last of the first announced work days, or the eve of the start for none."""
    day, left = starts_on - timedelta(days=1), days if weekdays else 0
    while left:
        day += timedelta(days=1)
        left -= day.weekday() in weekdays
    return day


def last_work_day(ends_on: date, weekdays: Collection[int]) -> date:
    """Return the last announced work day of a trial."""
    week = [ends_on - timedelta(days=back) for back in range(_WEEK)]
    return next((day for day in week if day.weekday() in weekdays), ends_on)
