import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.reviews import SAID, a_card
from trialsim.reviews.rules.scoring import (
    Card,
    Rated,
    applying,
    causes_for,
    faults,
    level_points,
    score,
)
from trialsim.simulation.types import Category, Level, RootCause, Rubric

LEVELS = tuple(Level(f"anchor {number}", "") for number in range(4))
ALL = ("forum", "email", "chat", "call")


def a_category(name: str, weight: float, *, critical: bool = False) -> Category:
    return Category(name, name.title(), "?", weight, critical, ALL, LEVELS)


RUBRIC = Rubric(
    categories=(
        a_category("solves", 30, critical=True),
        a_category("accurate", 20),
        a_category("kind", 20),
        a_category("next_step", 15),
        a_category("easy", 10),
        a_category("team", 5),
    ),
    root_causes=(
        RootCause("did_not_ask", "A question was missing", "solves"),
        RootCause("unclear_material", "Our own article was unclear"),
    ),
)


@pytest.mark.parametrize(("level", "points"), [(1, 0), (2, 100 / 3), (3, 200 / 3), (4, 100)])
def test_levels_count_in_exact_thirds(level: int, points: float) -> None:
    assert level_points(level) == pytest.approx(points, abs=1e-12)
    assert score(_alike(level), RUBRIC.categories).points == pytest.approx(points, abs=1e-9)


def test_score_is_weighted() -> None:
    found = score(a_card(solves=4, accurate=1, kind=4, next_step=4, easy=4, team=4), _categories())

    assert found.points == pytest.approx(80)
    assert found.weight_share == pytest.approx(1)


def test_not_applicable_leaves_both_sides_of_the_fraction() -> None:
    found = score(
        a_card(solves=None, accurate=2, kind=4, next_step=4, easy=4, team=4), _categories()
    )

    assert found.points == pytest.approx((20 * 100 / 3 + 50 * 100) / 70)
    assert found.weight_share == pytest.approx(0.7)


def test_nothing_rated_gives_no_points() -> None:
    assert score(_alike(None), _categories()).points is None


def test_lowest_level_fails_a_critical_category_only() -> None:
    assert score(a_card(solves=1), _categories()).failed_critical
    assert not score(a_card(accurate=1), _categories()).failed_critical
    assert not score(a_card(solves=2), _categories()).failed_critical


def test_named_failure_fails_the_reply_and_keeps_its_points() -> None:
    card = Card(a_card().ratings, "words", "promise", SAID, "It was never so.")

    found = score(card, _categories())

    assert found.failed_critical
    assert found.points == pytest.approx(200 / 3)


@given(st.dictionaries(st.sampled_from(["solves", "kind", "team"]), st.sampled_from([1, 2, 3, 4])))
def test_points_lie_between_the_lowest_and_highest_level(levels: dict[str, int]) -> None:
    card = Card({name: Rated(level) for name, level in levels.items()})

    points = score(card, _categories()).points

    if points is None:
        assert not levels
    else:
        rated = [level_points(level) for level in levels.values()]
        assert min(rated) - 1e-9 <= points <= max(rated) + 1e-9


def test_category_of_another_channel_does_not_apply() -> None:
    chat_only = Category("pace", "Pace", "?", 10, critical=False, channels=("chat",), levels=LEVELS)
    rubric = Rubric((*RUBRIC.categories, chat_only), ())

    assert chat_only in applying(rubric, "chat")
    assert chat_only not in applying(rubric, "email")


def test_causes_are_the_categorys_own_and_those_of_any() -> None:
    assert [one.id for one in causes_for(RUBRIC, RUBRIC.categories[0])] == [
        "did_not_ask",
        "unclear_material",
    ]
    assert [one.id for one in causes_for(RUBRIC, RUBRIC.categories[1])] == ["unclear_material"]


def test_whole_card_lacks_nothing() -> None:
    assert faults(a_card(), RUBRIC, "email", [SAID]) == {}


def test_unrated_category_and_missing_words_are_named() -> None:
    card = Card({**a_card().ratings, "kind": Rated(None, is_rated=False)})

    found = faults(card, RUBRIC, "email", [SAID])

    assert set(found) == {"kind", "comment"}


def test_lower_level_asks_what_lay_behind_it() -> None:
    low = a_card(accurate=2)
    with_cause = a_card(accurate=Rated(2, root_cause="unclear_material"))
    wrong_cause = a_card(accurate=Rated(2, root_cause="did_not_ask"))

    assert set(faults(low, RUBRIC, "email", [SAID])) == {"accurate.cause"}
    assert faults(with_cause, RUBRIC, "email", [SAID]) == {}
    assert set(faults(wrong_cause, RUBRIC, "email", [SAID])) == {"accurate.cause"}


def test_critical_failure_needs_a_quote_and_a_reason() -> None:
    bare = a_card(solves=Rated(1, root_cause="did_not_ask"))
    whole = a_card(
        solves=Rated(1, "Nothing was done.", "It should disappear", "did_not_ask"),
    )

    assert set(faults(bare, RUBRIC, "email", [SAID])) == {"solves.quote", "solves.comment"}
    assert faults(whole, RUBRIC, "email", [SAID]) == {}


def test_named_failure_needs_a_quote_and_a_reason() -> None:
    card = Card(a_card().ratings, "words", "privacy")

    assert set(faults(card, RUBRIC, "email", [SAID])) == {"failure_quote", "failure_reason"}


def test_quote_must_stand_in_the_conversation() -> None:
    invented = a_card(kind=Rated(3, quote="You are a fool"))
    marked = a_card(kind=Rated(3, quote="“two  PAYMENTS instead of one”"))

    assert set(faults(invented, RUBRIC, "email", [SAID])) == {"kind.quote"}
    assert faults(marked, RUBRIC, "email", [f"**{SAID}**"]) == {}


def _alike(level: int | None) -> Card:
    return Card({one.id: Rated(level) for one in RUBRIC.categories}, "words")


def _categories() -> tuple[Category, ...]:
    return RUBRIC.categories
