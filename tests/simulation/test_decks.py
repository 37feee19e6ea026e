"""Dealing lines and their alternatives."""

from trialsim.simulation.decks import alternated, dealt, order_of

LINES = ("one [a|b] thing", "two [c|d] things", "three things")


def test_every_line_is_dealt_once_before_any_comes_again() -> None:
    first_words = {dealt(LINES, form, "seed", "deck").split()[0] for form in range(3)}

    assert first_words == {"one", "two", "three"}


def test_a_line_that_comes_again_has_other_alternatives() -> None:
    said = [dealt(LINES, form, "seed", "deck") for form in range(6)]

    assert len({text for text in said if text.startswith("one")}) == 2


def test_the_first_two_uses_of_a_line_share_no_alternative() -> None:
    line = "[a|b] and [c|d] and [e|f]"
    first, second = (alternated(line, turn, 5).split(" and ") for turn in (0, 1))

    assert not set(first) & set(second)


def test_a_line_without_alternatives_stays_as_it_is() -> None:
    assert alternated("a [note] stays", 3, 8) == "a [note] stays"


def test_two_decks_of_other_strides_bring_the_same_two_lines_together_once() -> None:
    lines = [str(number) for number in range(8)]
    pairs = {
        (dealt(lines, form, 1, "context", stride=1), dealt(lines, form, 1, "impact", stride=3))
        for form in range(32)
    }

    assert len(pairs) == 32


def test_no_lines_give_nothing() -> None:
    assert dealt((), 4, "seed") == ""


def test_decks_of_two_seeds_are_shuffled_apart() -> None:
    orders = {order_of(8, seed, "deck") for seed in range(20)}

    assert len(orders) == 20
