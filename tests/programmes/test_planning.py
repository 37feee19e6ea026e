import pytest

from trialsim.programmes.planning import plan_request, preview, reliability
from trialsim.programmes.rules import ProgrammeRules


def test_hours_of_every_week_fill_the_cap_and_no_more() -> None:
    asked = preview(ProgrammeRules())

    assert [week.total for week in asked.weeks] == pytest.approx([20, 20, 20, 20])
    assert [week.training for week in asked.weeks] == [12, 0, 0, 0]


def test_the_usual_trial_asks_for_what_its_rules_say() -> None:
    asked = preview(ProgrammeRules())

    assert asked.pay_cents == 80 * 2400
    assert (asked.tickets, asked.practice) == (122, 8)
    assert (asked.reviews, asked.second_reviews) == (40, 6)
    assert asked.mentor_minutes_week == pytest.approx(51.75)


def test_a_broken_last_week_holds_its_share_of_hours() -> None:
    asked = preview(ProgrammeRules(length_days=10, window_days=10))

    assert [week.total for week in asked.weeks] == pytest.approx([20, 20 * 3 / 7])


def test_a_programme_without_pay_costs_nothing() -> None:
    assert preview(ProgrammeRules(paid=False)).pay_cents == 0


def test_more_reviews_bring_the_reliable_day_forward() -> None:
    few, usual, many = (
        preview(ProgrammeRules(reviews_a_week=count)).reliable_day for count in (5, 10, 20)
    )

    assert usual is not None
    assert many is not None
    assert many < usual
    assert few is None or few > usual


def test_without_reviews_no_day_is_reliable() -> None:
    rules = ProgrammeRules(reviews_a_week=0)

    assert preview(rules).reliable_day is None
    assert reliability(rules, 28) == 0


def test_nothing_is_known_while_training_lasts() -> None:
    assert reliability(ProgrammeRules(), 3) == 0


def test_customers_write_only_the_languages_that_a_programme_asks_for() -> None:
    assert plan_request(ProgrammeRules(), 1, 1).second_languages == ()
    asked = plan_request(ProgrammeRules(second_languages=("it",)), 1, 1)
    assert asked.second_languages == ("it",)


def test_customers_of_closed_channels_write_email() -> None:
    first, second, _, fourth = (dict(one.channels) for one in preview(ProgrammeRules()).weeks)

    assert first["chat"] == first["call"] == second["call"] == 0
    assert second["chat"] > 0
    assert fourth["call"] > 0
    assert second["email"] > fourth["email"]
