from dataclasses import replace
from datetime import date

import pytest

from trialsim.simulation.types import Question
from trialsim.training.rules import (
    Check,
    Which,
    asked,
    faults,
    last_work_day,
    share_right,
    training_ends_on,
    which_next,
)

ONE = Question("One?", ("a", "b", "c"), (1,))
SEVERAL = Question("Several?", ("a", "b", "c"), (0, 2), several=True)
QUIZ = (ONE, SEVERAL, *[replace(ONE, text=f"{number}?") for number in range(8)])
MONDAY = date(2026, 3, 2)
CHECK = Check(
    has_quiz=True, share=0.9, ready_line=0.8, unaided=3, unaided_needed=3, training_over=False
)


def test_everybody_gets_all_questions_in_an_order_of_their_own_that_stays() -> None:
    first = asked(QUIZ, "7/0", 1)

    assert first == asked(QUIZ, "7/0", 1)
    assert sorted(one.place for one in first) == list(range(len(QUIZ)))
    assert [one.place for one in first] != [one.place for one in asked(QUIZ, "7/1", 1)]
    assert all(sorted(one.choices) == list(enumerate(one.question.choices)) for one in first)


@pytest.mark.parametrize(("chosen", "share"), [((0, 2), 1.0), ((0,), 0.5), ((0, 1, 2), 0.5)])
def test_several_answers_are_right_all_together_alone(
    chosen: tuple[int, ...], share: float
) -> None:
    assert share_right((ONE, SEVERAL), {0: (1,), 1: chosen}) == share


def test_answers_that_cannot_be_are_named_by_question() -> None:
    found = faults((ONE, SEVERAL, ONE, ONE), {0: (0, 1), 1: (0, 1), 2: (9,)})

    assert set(found) == {0, 2, 3}


@pytest.mark.parametrize(
    ("taken", "passed", "training", "last_day", "which"),
    [
        ((), False, True, False, Which.FIRST),
        ((Which.FIRST,), False, True, False, Which.AGAIN),
        ((Which.FIRST,), True, True, False, None),
        ((Which.FIRST,), True, False, False, None),
        ((Which.FIRST,), True, False, True, Which.LAST),
        ((), False, False, True, Which.LAST),
        ((Which.FIRST, Which.LAST), True, False, True, None),
    ],
)
def test_quiz_is_open_in_training_until_passed_and_on_the_last_day(
    *, taken: tuple[Which, ...], passed: bool, training: bool, last_day: bool, which: Which | None
) -> None:
    found = which_next(taken, has_passed=passed, in_training=training, is_last_day=last_day)

    assert found is which


def test_training_ends_after_the_announced_work_days_and_those_that_were_added() -> None:
    weekdays = (0, 2, 4)

    assert training_ends_on(MONDAY, weekdays, 3) == date(2026, 3, 6)
    assert training_ends_on(MONDAY, weekdays, 4) == date(2026, 3, 9)
    assert training_ends_on(MONDAY, weekdays, 0) == date(2026, 3, 1)
    assert last_work_day(date(2026, 3, 29), weekdays) == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, 0),
        ({"share": 0.79}, 1),
        ({"share": None, "unaided": 1}, 2),
        ({"share": None, "has_quiz": False}, 0),
        ({"unaided": 0, "unaided_needed": 0}, 0),
    ],
)
def test_check_names_what_is_missing(changes: dict[str, object], missing: int) -> None:
    check = replace(CHECK, **changes)  # type: ignore[arg-type]  # fields by name

    assert len(check.missing) == missing
    assert check.may_open is (missing == 0)


def test_after_the_training_days_nobody_is_locked_out() -> None:
    assert not replace(CHECK, share=None).may_open
    assert replace(CHECK, share=None, training_over=True).may_open
