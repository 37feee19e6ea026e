import pytest

from trialsim.measurement.outcomes import customer_rating, gold_distance, outcome_accuracy


def test_sixty_points_count_as_resolved_well() -> None:
    accuracy = outcome_accuracy([60, 59.9, 100, 80, 0])

    assert accuracy.good.value == 0.6
    assert accuracy.mean.value == pytest.approx(59.98)


def test_four_tickets_have_no_accuracy() -> None:
    accuracy = outcome_accuracy([60, 70, 80, 90])

    assert (accuracy.good.value, accuracy.mean.value) == (None, None)
    assert accuracy.mean.needs_more == 1


def test_a_customer_rating_tells_who_answered() -> None:
    rating = customer_rating(8, 10, 40)

    assert rating.value == 0.8
    assert (rating.low, rating.high) == pytest.approx((0.5408, 0.9314), abs=1e-4)
    assert "10 of 40 asked" in rating.caveats[0]


def test_few_answers_are_said_to_be_few() -> None:
    assert "few answers" in customer_rating(5, 9, 9).caveats
    assert "few answers" not in customer_rating(5, 10, 10).caveats


def test_more_answers_than_questions_cannot_be() -> None:
    with pytest.raises(ValueError, match="cannot be"):
        customer_rating(1, 3, 2)


def test_distance_from_gold_ignores_its_direction() -> None:
    assert gold_distance([60, 80, 70], [70, 70, 70]).value == pytest.approx(20 / 3)
