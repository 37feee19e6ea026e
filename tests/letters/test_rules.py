"""What a half-way letter lacks, and what of ratings is told."""

import pytest

from trialsim.letters.rules import (
    WHOLE,
    Forecast,
    Given,
    HalfWayText,
    letter_faults,
    rateable,
    told,
    told_words,
)
from trialsim.measurement.catalogue import MEASURES
from trialsim.workflows.my_trial.measured import PLAIN

WHOLE_LETTER = HalfWayText(("a", "b", "c"), ("d", "e"), Forecast.OPEN, "f", 3)


def given(people: int, week: int = 1) -> list[Given]:
    return [Given(one, week, 4, f"words {one}") for one in range(people)]


def test_a_whole_letter_lacks_nothing_and_an_empty_one_everything() -> None:
    assert letter_faults(WHOLE_LETTER) == {}
    assert set(letter_faults(HalfWayText())) == {
        "strength_1", "strength_2", "strength_3", "gap_1", "gap_2",
        "forecast", "change", "confidence",
    }  # fmt: skip


@pytest.mark.parametrize(("people", "mean"), [(4, None), (5, 4.0)])
def test_an_average_is_told_from_five_answers_on(people: int, mean: float | None) -> None:
    (found,) = told(given(people), [1], asked=8)

    assert (found.answered, found.asked, found.mean) == (people, 8, mean)


def test_words_are_told_from_five_people_on_in_an_order_that_tells_nothing() -> None:
    by_four = given(4) + given(4, week=2)
    by_five = given(5)

    assert told_words(by_four) == ()
    assert told_words(by_five) == told_words(by_five[::-1]) == tuple(f"words {n}" for n in range(5))


@pytest.mark.parametrize(
    ("day", "weeks"), [(0, ()), (3, (1,)), (9, (1, 2)), (21, (2, 3)), (22, (3, 4, WHOLE))]
)
def test_this_week_and_the_last_can_be_rated_and_the_whole_near_the_end(
    day: int, weeks: tuple[int, ...]
) -> None:
    assert rateable(day, 28, is_over=False) == weeks


def test_every_measure_of_the_catalogue_is_told_in_plain_words() -> None:
    assert set(PLAIN) == {card.key for card in MEASURES}
