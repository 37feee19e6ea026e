from hypothesis import given
from hypothesis import strategies as st

from trialsim.committee.rules.choosing import Kind, Reviewed, choose

TEN = [Reviewed(f"t{place}", 50.0 + 5 * place) for place in range(10)]


def test_best_worst_and_chance_are_two_each_and_nothing_stands_twice() -> None:
    chosen = choose(TEN, "seed")

    assert [kind for kind, _ in chosen] == [kind for kind in Kind for _ in range(2)]
    assert {ticket for _, ticket in chosen[:2]} == {"t8", "t9"}
    assert {ticket for _, ticket in chosen[2:4]} == {"t0", "t1"}
    assert len({ticket for _, ticket in chosen}) == 6


def test_the_draw_hangs_on_the_seed_and_not_on_the_order() -> None:
    assert choose(TEN, "seed") == choose(TEN[::-1], "seed")
    assert len({choose(TEN, f"seed {number}")[4:] for number in range(20)}) > 3


def test_chance_reaches_every_conversation_that_is_left() -> None:
    drawn = {ticket for number in range(200) for _, ticket in choose(TEN, number)[4:]}

    assert drawn == {f"t{place}" for place in range(2, 8)}


def test_equal_scores_are_parted_by_lot() -> None:
    alike = [Reviewed(f"t{place}", 70.0) for place in range(8)]

    assert len({choose(alike, number)[0] for number in range(30)}) > 3


@given(st.lists(st.floats(0, 100), max_size=7))
def test_few_conversations_are_each_shown_once(scores: list[float]) -> None:
    rows = [Reviewed(f"t{place}", score) for place, score in enumerate(scores)]

    tickets = [ticket for _, ticket in choose(rows, 1)]

    assert len(tickets) == len(set(tickets)) == min(len(rows), 6)


def test_three_conversations_show_one_of_each_kind() -> None:
    assert {kind for kind, _ in choose(TEN[:3], 1)} == set(Kind)


def test_without_reviews_there_is_no_evidence() -> None:
    assert choose([], 1) == ()
