import numpy as np
import pytest

from trialsim.measurement import agreement
from trialsim.measurement.agreement import Rating

# Krippendorff's example with three observers; a point is a missing rating.
OBSERVERS = (
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
)

# Shrout and Fleiss 1979, table 2: six targets by four judges.
JUDGED = ((9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7))


def example() -> list[Rating]:
    return [
        Rating(f"t{ticket}", f"r{rater}", float(value))
        for rater, line in enumerate(OBSERVERS)
        for ticket, value in enumerate(line.split())
        if value != "."
    ]


@pytest.mark.parametrize(
    ("distance", "expected"),
    [(agreement.nominal, 0.691), (agreement.ordinal, 0.807), (agreement.interval, 0.811)],
)
def test_alpha_gives_the_published_values(distance: agreement.Distance, expected: float) -> None:
    assert agreement.alpha(example(), distance) == pytest.approx(expected, abs=5e-4)


def test_intraclass_correlations_give_the_published_values() -> None:
    found = agreement.intraclass(JUDGED)

    assert (found.single, found.mean) == pytest.approx((0.29, 0.62), abs=5e-3)


def test_intraclass_refuses_a_single_rater() -> None:
    with pytest.raises(ValueError, match="two raters"):
        agreement.intraclass([[1.0], [2.0]])


def noisy(tickets: int, noise: float) -> list[Rating]:
    rng = np.random.default_rng(11)
    return [
        Rating(f"t{t}", f"r{r}", float(np.clip(np.round(2.5 + true + rng.normal(0, noise)), 1, 4)))
        for t, true in enumerate(rng.normal(0, 1, tickets))
        for r in range(3)
    ]


def test_nineteen_tickets_give_no_number() -> None:
    estimate = agreement.agreement(noisy(19, 0.3))

    assert estimate.value is None
    assert estimate.needs_more == 1


def test_twenty_tickets_give_a_number_with_its_range() -> None:
    estimate = agreement.agreement(noisy(20, 0.3))

    assert estimate.value is not None
    assert estimate.low is not None
    assert estimate.high is not None
    assert 0 < estimate.low < estimate.value < estimate.high <= 1


def test_the_range_is_the_same_every_time_and_in_any_order() -> None:
    ratings = noisy(25, 0.3)

    assert agreement.agreement(ratings[::-1]) == agreement.agreement(ratings)


def test_a_wider_range_goes_with_fewer_tickets() -> None:
    widths = [
        (estimate.high or 0) - (estimate.low or 0)
        for estimate in (agreement.agreement(noisy(n, 0.7)) for n in (20, 200))
    ]

    assert widths[0] > 1.5 * widths[1]


@pytest.mark.parametrize(
    ("tickets", "noise", "word"),
    [
        (9, 0.1, "too few tickets scored twice to say"),
        (10, 0.1, "reviewers agree well enough"),
        (40, 2.0, "not for decisions"),
    ],
)
def test_agreement_gets_a_word_from_ten_tickets(tickets: int, noise: float, word: str) -> None:
    assert agreement.agreement_word(noisy(tickets, noise)) == word


def test_ratings_all_alike_have_no_alpha() -> None:
    alike = [Rating(f"t{t}", f"r{r}", 3.0) for t in range(30) for r in range(2)]

    assert agreement.alpha(alike) is None
    assert agreement.agreement(alike).value is None
    assert "same" in agreement.agreement_word(alike)


def test_tickets_rated_once_do_not_count() -> None:
    once = [Rating(f"u{t}", "r0", float(t % 4)) for t in range(9)]

    assert agreement.alpha(example() + once) == agreement.alpha(example())
    assert agreement.alpha(once) is None


def test_weighted_kappa_is_one_for_equals_and_hurt_more_by_far_misses() -> None:
    first = [1, 2, 3, 4, 2, 3]

    near = agreement.weighted_kappa(first, [1, 2, 3, 3, 2, 3])
    far = agreement.weighted_kappa(first, [1, 2, 3, 1, 2, 3])
    assert agreement.weighted_kappa(first, first) == 1
    assert near is not None
    assert far is not None
    assert far < near < 1
