"""The words of a packet are never more certain than its figures, and always about this one."""

from dataclasses import replace

import pytest

from trialsim.committee.figures import figures_of
from trialsim.committee.rules.assembly import cannot_say, fairness
from trialsim.committee.rules.material import CategoryFigure, Figures, Material
from trialsim.committee.rules.packets import ReviewedLine, Sample, Sources, StatementLine
from trialsim.committee.rules.questions import MOST, open_questions
from trialsim.committee.rules.sentences import (
    agreement_words,
    beside_middle,
    failure_words,
    plain_words,
    quality_headline,
    ramp_headline,
    ramp_plain,
    verdict_words,
)
from trialsim.committee.rules.words import Recommendation
from trialsim.insights.frozen import estimate_to_json
from trialsim.measurement.types import CurvePoint, Estimate, Ramp, Reached, Unit, not_yet

YES, CONDITION, NO, NOT_SURE = Recommendation


def _points(value: float, low: float, high: float, n: int = 40) -> Estimate:
    return Estimate(value, low, high, n, Unit.POINTS, "test")


def _ramp(reached: Reached | None = None, values: tuple[float, ...] = (0.3, 0.9)) -> Ramp:
    level = Estimate(values[-1], values[-1] - 0.05, values[-1] + 0.05, 100, Unit.PACE, "test")
    curve = tuple(
        CurvePoint(10.0 * place, place, value, value - 0.1, value + 0.1)
        for place, value in enumerate(values)
    )
    return Ramp("K1", 0.8, level, level, level, reached, curve, (), (), 100, 60.0)


FIGURES = Figures(
    estimates={
        "ramp": _ramp().level,
        "reply_quality": _points(85, 82, 88),
        "time_to_close": Estimate(90, 60, 130, 50, Unit.MINUTES, "test"),
    },
    middles={"reply_quality": 80, "time_to_close": 100},
    ramp=_ramp(),
    others=(),
    categories=(),
    weeks=(),
    communication=(),
    reliability=0.86,
    reviews_to_reliable=0,
    people=8,
    goal=0.8,
    pass_line=80,
)
MATERIAL = Material(
    code="K1",
    programme="Trial",
    cohort="March",
    prepared_on="2026-03-30",
    sample=Sample(28, 80.0, 100, (("email", 90), ("chat", 2)), 40, 20, 6, 3, 1),
    figures=FIGURES,
    evidence=(),
    reviewed=(),
    statements=(StatementLine("A", YES, "Good.", 20),),
    waiting_for=(),
    conversations_to_open=4,
    sources=Sources("2026-03-30", "0" * 64, "1", "1" * 64),
)


def _said(*recommendations: Recommendation) -> str:
    return verdict_words([StatementLine("A", one, "", 1) for one in recommendations])


def test_the_verdict_is_the_mentors_and_never_a_majority() -> None:
    assert _said() == "No mentor has written yet"
    assert _said(YES) == "The mentor recommends an offer"
    assert _said(YES, CONDITION) == "Mentors recommend an offer"
    assert _said(NO, NO) == "Mentors recommend no offer"
    assert _said(NOT_SURE, NOT_SURE) == "Mentors are not sure"
    assert _said(YES, YES, NO) == _said(YES, NOT_SURE) == "Mentors see it differently"


def test_a_level_is_above_the_pass_line_only_when_its_range_says_so() -> None:
    def words(estimate: Estimate) -> str:
        return plain_words("reply_quality", replace(FIGURES, estimates={"reply_quality": estimate}))

    assert ", above the pass line of 80." in words(_points(85, 82, 88))
    assert ", below the pass line of 80." in words(_points(70, 66, 74))
    assert "not clearly on either side of the pass line" in words(_points(81, 76, 86))
    assert "between nearly and good" in words(_points(50, 45, 55))


def test_a_middle_within_the_range_is_no_difference() -> None:
    within = replace(FIGURES, middles={"reply_quality": 84})

    assert beside_middle("reply_quality", FIGURES.estimates["reply_quality"], FIGURES) == (
        "Above the cohort’s middle of 80."
    )
    assert beside_middle("reply_quality", FIGURES.estimates["reply_quality"], within) == (
        "The cohort’s middle, 84, lies within the range."
    )


def test_for_time_less_is_quicker() -> None:
    slow = Estimate(150, 120, 200, 50, Unit.MINUTES, "test")

    assert beside_middle("time_to_close", slow, FIGURES).startswith("Slower than")


def test_a_figure_that_is_not_known_says_so() -> None:
    unknown = replace(FIGURES, estimates={"ramp": not_yet(3, 15, Unit.PACE, "test")})

    assert plain_words("ramp", unknown) == (
        "Not enough yet (12 more). This packet says nothing about it."
    )
    assert "not enough for ramp-up" in " ".join(cannot_say(unknown))


@pytest.mark.parametrize(
    ("reached", "headline"),
    [
        (None, "It is too early to say when the ready line was reached"),
        (
            Reached(None, None, None, None, 0.02),
            "The ready line has very likely not been reached yet",
        ),
        (
            Reached(20, None, 12, None, 0.5),
            "The ready line was reached not before day 12, if at all",
        ),
        (Reached(20, 40, 11, 16, 0.99), "The ready line was reached about day 11 to 16"),
    ],
)
def test_reaching_the_ready_line_is_a_range_of_days(reached: Reached | None, headline: str) -> None:
    assert ramp_headline(_ramp(reached)) == headline


def test_the_curve_says_whether_it_still_rises() -> None:
    assert "still rising" in ramp_plain(_ramp(values=(0.3, 0.6, 0.9)))
    assert "flat over the last ten" in ramp_plain(_ramp(values=(0.3, 0.88, 0.9)))
    assert "falling" in ramp_plain(_ramp(values=(0.3, 0.9, 0.8)))
    assert "direction is not known" in ramp_plain(_ramp(values=(0.3,)))


def test_categories_stand_out_only_beyond_their_ranges() -> None:
    strong = CategoryFigure("kind", "Kind", _points(92, 88, 96))
    weak = CategoryFigure("next", "Next step", _points(60, 50, 70), trend=_points(4, 1, 7))
    near = CategoryFigure("easy", "Easy", _points(88, 80, 95))

    assert quality_headline([strong, weak]) == (
        "“Kind” is strongest, “Next step” weakest, and improving"
    )
    assert quality_headline([strong, near]) == ("No category clearly stands out from the others")
    assert quality_headline([strong]) == "Too few ratings to tell the categories apart"


def test_failures_are_named_and_counted() -> None:
    fine = ReviewedLine("C1", "t1", "Subject", "email", 1, 80.0)
    failed = replace(fine, name="C2", week=3, failed=True)

    assert failure_words([fine]) == "None of 1 reviewed conversation failed critically."
    assert failure_words([fine, failed]).startswith(
        "One conversation of 2 failed critically: C2 in week 3."
    )


def test_of_many_failures_the_first_are_named() -> None:
    failed = [ReviewedLine(f"C{n}", f"t{n}", "S", "email", 1, 9.0, failed=True) for n in range(30)]

    assert "C7 in week 1 and 22 more. Please open some" in failure_words(failed)


def test_agreement_on_few_conversations_is_no_number() -> None:
    assert agreement_words(not_yet(12, 20, Unit.ALPHA, "test")) == (
        "12 conversations scored twice: too few to say."
    )


def test_questions_come_from_what_is_open() -> None:
    split = (StatementLine("A", YES, "", 1), StatementLine("B", NO, "", 1))
    failed = (ReviewedLine("C2", "t2", "Subject", "email", 1, 20.0, failed=True),)
    weak = (CategoryFigure("next", "Next step", _points(60, 50, 70)),)
    figures = replace(
        FIGURES,
        estimates={"reply_quality": _points(81, 76, 86)},
        categories=weak,
        reliability=0.6,
    )

    asked = open_questions(replace(MATERIAL, statements=split, reviewed=failed, figures=figures))

    assert len(asked) == MOST
    assert asked[0] == "Mentors see it differently. What did each of them look at?"
    assert "C2 failed critically" in asked[1]
    assert "Does the decision hang on it?" in asked[2]
    assert "“Next step” was 60" in asked[3]


def test_a_channel_with_few_conversations_is_asked_about() -> None:
    assert open_questions(MATERIAL) == ("The month held 2 chats. Is that enough to judge them?",)


def test_there_is_always_a_question() -> None:
    plain = replace(MATERIAL, sample=replace(MATERIAL.sample, channels=(("email", 90),)))

    assert len(open_questions(plain)) == 1


def test_fairness_says_how_it_was_drawn_and_what_was_left_out() -> None:
    said = dict(fairness(replace(MATERIAL, waiting_for=("2 statements",))))

    assert (
        "40 reviews, 20 by somebody other than the own mentor, 6 as a second"
        in (said["How were replies chosen?"])
    )
    assert "3 reviews found by a rule or picked by hand" in said["Left out"]
    assert said["Had not come"] == "2 statements."
    assert "too few to test for differences between groups" in said["What we can’t say"]


def _body(code: str, quality: float) -> dict[str, object]:
    one = estimate_to_json(_points(quality, quality - 5, quality + 5))
    share = estimate_to_json(Estimate(0.9, 0.8, 0.95, 20, Unit.SHARE, "test"))
    return {
        "code": code,
        "hours": 60.0,
        "ramp": {
            **dict.fromkeys(("level", "pace", "outcome"), share),
            "curve": [[0, 4, 0.3, 0.2, 0.4], [60, 28, 0.9, 0.8, 1.0]],
            "weeks": [[30, 14, 0.6, 0.5, 0.7, 20]],
            "reached": None,
            "tickets": 100,
        },
        "quality": {"level": one, "weeks": {"2": one, "1": one}},
        "categories": {"kind": {"level": one, "trend": one, "weeks": {"1": one}}},
        "outcome": {"good": share},
        "communication": {"answer": one, "open": 1, "updates": share, "hand_overs": share},
        **dict.fromkeys(("time_to_close", "reopened", "rating"), share),
    }


COHORT = {
    "terms": {"ready_line": 0.8, "pass_line": 80, "categories": [["kind", "Kind"], ["x", "X"]]},
    "agreement": {"overall": estimate_to_json(_points(70, 60, 80))},
    "reliability": {"now": 0.8, "more_reviews": 0},
    "curves": {"K1": [[0, 0.3]], "K2": [[0, 0.5], [60, 0.7]]},
    "trials": 3,
}


def test_the_middle_is_told_among_three_and_not_among_two() -> None:
    three = {number: _body(f"K{number}", 60.0 + 10 * number) for number in (1, 2, 3)}
    two = {number: three[number] for number in (1, 2)}

    assert figures_of(COHORT, three, 1).middles["reply_quality"] == 80
    assert figures_of(COHORT, two, 1).middles == {}


def test_other_curves_come_without_names_and_unrated_categories_not_at_all() -> None:
    found = figures_of(COHORT, {1: _body("K1", 80)}, 1)

    assert [list(one) for one in found.others] == [[(0, 0.5), (60, 0.7)]]
    assert [one.id for one in found.categories] == ["kind"]
    assert [one.week for one in found.weeks] == [1, 2]
    assert found.communication[0].value == "18 of 20"
