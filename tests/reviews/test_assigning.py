from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialsim.reviews.rules.assigning import Assignment, Sampled, Wish, assign, stand_in
from trialsim.reviews.rules.linking import Place, groups, link
from trialsim.reviews.rules.sampling import Drawable, replacement, sample


def a_week(count: int = 30) -> tuple[Drawable, ...]:
    return tuple(Drawable(f"t{number:03d}", number % 3) for number in range(1, count + 1))


def some_candidates(count: int, mentors: tuple[int, ...], tickets: int = 30) -> list[Sampled]:
    return [
        Sampled(
            100 + place, f"K{place}", mentors[place % len(mentors)], f"s{place}", a_week(tickets)
        )
        for place in range(count)
    ]


def drawn(candidates: int = 8, mentors: int = 4, tickets: int = 30, **wish: float) -> Assignment:
    people = tuple(range(1, mentors + 1))
    return assign(
        some_candidates(candidates, people, tickets),
        Wish(week=1, seed=5, mentors=people, **wish),  # type: ignore[arg-type]  # shares and counts
    )


def loads(found: Assignment) -> Counter[int]:
    return Counter(one for place in found.places for one in place.reviewers())


def test_sample_is_spread_over_the_thirds() -> None:
    found = sample(a_week(), 10, "seed", 1)

    assert len(found) == 10
    assert sorted(Counter(one.third for one in found).values()) == [3, 3, 4]


def test_sample_takes_all_when_there_are_fewer() -> None:
    assert len(sample(a_week(6), 10, "seed", 1)) == 6


def test_short_third_is_made_up_for_by_the_others() -> None:
    lopsided = [Drawable(f"t{number:03d}", 0 if number < 3 else 2) for number in range(1, 20)]

    found = sample(lopsided, 10, "seed", 1)

    assert Counter(one.third for one in found) == {0: 2, 2: 8}


def test_every_ticket_has_the_same_chance() -> None:
    times = Counter(one.key for seed in range(3000) for one in sample(a_week(), 10, seed, 1))

    assert len(times) == 30
    assert all(abs(count / 3000 - 1 / 3) < 0.045 for count in times.values())


def test_replacement_is_what_a_longer_draw_had_taken() -> None:
    first = {one.key for one in sample(a_week(), 9, "seed", 1)}

    found = replacement(a_week(), first, 1, "seed", 1)

    assert found is not None
    assert found.third == 1
    assert found in sample(a_week(), 12, "seed", 1)


def test_replacement_comes_from_another_third_when_its_own_is_used_up() -> None:
    found = replacement([Drawable("t001", 0)], set(), 2, "seed", 1)

    assert found == Drawable("t001", 0)
    assert replacement([Drawable("t001", 0)], {"t001"}, 2, "seed", 1) is None


@settings(max_examples=40, deadline=None)
@given(
    candidates=st.integers(1, 14),
    mentors=st.integers(2, 7),
    quota=st.integers(2, 12),
    seed=st.integers(0, 10_000),
)
def test_every_rule_is_kept_whatever_the_cohort(
    candidates: int, mentors: int, quota: int, seed: int
) -> None:
    people = tuple(range(1, mentors + 1))
    group = some_candidates(candidates, people)
    found = assign(group, Wish(week=1, seed=seed, mentors=people, quota=quota))

    reviews = Counter(place.candidate for place in found.places)
    twice = sum(place.second is not None for place in found.places)
    own = {one.candidate: one.own_mentor for one in group}
    by_others = sum(
        one != own[place.candidate] for place in found.places for one in place.reviewers()
    )
    busy = loads(found)

    assert set(reviews.values()) == {quota}
    assert twice >= 0.15 * len(found.places)
    assert by_others >= 0.5 * sum(busy.values())
    assert all(place.second != place.reviewer for place in found.places)
    assert max(busy.values()) - min(busy.get(one, 0) for one in people) <= 2
    assert len(groups(found.places, {})) == 1


def test_each_candidate_gets_half_or_more_from_others() -> None:
    found = drawn(8, 2)
    own = {one.candidate: one.own_mentor for one in some_candidates(8, (1, 2))}

    for candidate, mentor in own.items():
        names = [
            one
            for place in found.places
            if place.candidate == candidate
            for one in place.reviewers()
        ]
        assert names.count(mentor or 0) <= len(names) / 2


def test_mentors_are_alike_busy() -> None:
    busy = loads(drawn(8, 4))

    assert sum(busy.values()) == 80 + 12
    assert max(busy.values()) - min(busy.values()) <= 1


def test_draw_is_the_same_for_the_same_seed_in_any_order() -> None:
    people = (1, 2, 3)
    group = some_candidates(5, people)

    one = assign(group, Wish(week=2, seed=9, mentors=people))
    other = assign(group[::-1], Wish(week=2, seed=9, mentors=people[::-1]))
    next_week = assign(group, Wish(week=3, seed=9, mentors=people))

    assert one == other
    assert one.places != next_week.places


def test_late_candidate_goes_to_who_has_least_to_do() -> None:
    found = assign(
        some_candidates(1, (1,)), Wish(week=1, seed=5, mentors=(1, 2, 3), busy={2: 20, 3: 0})
    )

    assert set(loads(found)) <= {1, 3}
    assert loads(found)[1] <= len(found.places) / 2 + 1


def test_without_mentors_nothing_is_drawn_and_it_is_said() -> None:
    found = assign(some_candidates(2, (1,)), Wish(week=1, seed=5, mentors=()))

    assert found.places == ()
    assert "nobody mentors this cohort" in found.explanation
    assert found.shortfalls


def test_one_mentor_draws_all_and_says_what_is_missing() -> None:
    found = drawn(3, 1)

    assert len(found.places) == 30
    assert any("another mentor is needed" in one for one in found.shortfalls)
    assert any("twice" in one for one in found.shortfalls)


def test_explanation_tells_how_it_came_out() -> None:
    found = drawn(8, 4)

    assert found.shortfalls == ()
    assert "80 conversations of 8 candidates" in found.explanation
    assert "12 of them are scored twice and blind" in found.explanation
    assert "Each mentor has 23." in found.explanation


def test_islands_are_linked_by_an_exchange() -> None:
    apart = [
        Place(1, Drawable("t001", 0), 11),
        Place(1, Drawable("t002", 0), 11),
        Place(2, Drawable("t001", 0), 12),
        Place(2, Drawable("t002", 0), 12),
    ]

    linked = link(apart, {}, own={}, own_caps={}, busy={})

    assert len(groups(apart, {})) == 2
    assert len(groups(linked, {})) == 1
    assert Counter(one.reviewer for one in linked) == {11: 2, 12: 2}


def test_exchange_never_breaks_the_share_of_others() -> None:
    apart = [
        Place(1, Drawable("t001", 0), 11),
        Place(1, Drawable("t002", 0), 11),
        Place(2, Drawable("t001", 0), 12),
        Place(2, Drawable("t002", 0), 12),
    ]

    linked = link(apart, {}, own={1: 12, 2: 11}, own_caps={1: 0, 2: 0}, busy={})

    assert linked == apart


def test_candidates_that_cannot_be_linked_are_named() -> None:
    found = drawn(4, 4, quota=1, second_share=0)

    assert any("share no reviewer" in one for one in found.shortfalls)


def test_earlier_weeks_count_as_links() -> None:
    places = [Place(1, Drawable("t001", 0), 11), Place(2, Drawable("t001", 0), 12)]

    assert len(groups(places, {(1, 12): 3})) == 1


@pytest.mark.parametrize(("busy", "chosen"), [({2: 1, 3: 0}, 3), ({2: 0, 3: 1}, 2)])
def test_stand_in_is_the_least_busy_other(busy: dict[int, int], chosen: int) -> None:
    assert stand_in([1, 2, 3], own=1, barred=[], busy=busy, seed=("s",)) == chosen


def test_own_mentor_stands_in_only_when_nobody_else_can() -> None:
    assert stand_in([1, 2], own=1, barred=[2], busy={}, seed=("s",)) == 1
    assert stand_in([1, 2], own=1, barred=[1, 2], busy={}, seed=("s",)) is None
