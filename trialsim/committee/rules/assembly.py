"""From material to a packet: every sentence and every figure of the four sheets, pure."""

from trialsim.committee.rules.material import CategoryFigure, Figures, Material
from trialsim.committee.rules.packets import (
    CategoryLine,
    MeasureLine,
    Quality,
    RampFigure,
    Summary,
    ramp_points,
    ramp_weeks,
)
from trialsim.committee.rules.questions import open_questions
from trialsim.committee.rules.sentences import (
    agreement_words,
    failure_words,
    plain_words,
    quality_headline,
    ramp_headline,
    ramp_plain,
    verdict_words,
)
from trialsim.measurement.catalogue import measure
from trialsim.measurement.planning import RELIABLE
from trialsim.measurement.types import Estimate, Ramp
from trialsim.measurement.wording import count_word, counted, reliability_text, trend_word

KEY_MEASURES = (
    "ramp",
    "reply_quality",
    "outcome_accuracy",
    "answer_time",
    "time_to_close",
    "customer_rating",
)
"""What stands on the first sheet, in this order; customer rating last."""


def assemble(material: Material) -> Summary:
    """Return the packet; the same material gives the same packet."""
    figures = material.figures
    return Summary(
        code=material.code,
        programme=material.programme,
        cohort=material.cohort,
        prepared_on=material.prepared_on,
        sample=material.sample,
        verdict=verdict_words(material.statements),
        measures=tuple(_measure(key, figures) for key in KEY_MEASURES if key in figures.estimates),
        ramp=_ramp(figures.ramp, figures) if figures.ramp else None,
        quality=Quality(
            categories=tuple(_category(one) for one in figures.categories),
            weeks=figures.weeks,
            pass_line=figures.pass_line,
            headline=quality_headline(figures.categories),
            failures=failure_words(material.reviewed),
        ),
        communication=figures.communication,
        evidence=material.evidence,
        reviewed=material.reviewed,
        statements=material.statements,
        waiting_for=material.waiting_for,
        questions=open_questions(material),
        fairness=fairness(material),
        conversations_to_open=material.conversations_to_open,
        sources=material.sources,
    )


def fairness(material: Material) -> tuple[tuple[str, str], ...]:
    """Return how far the figures may be trusted, as question and answer."""
    figures, sample = material.figures, material.sample
    reviews = counted(sample.reviews, "review")
    rows = [
        (
            "How sure can we be?",
            reliability_text(figures.reliability, figures.reviews_to_reliable),
        ),
        ("Do reviewers agree?", agreement_words(figures.estimates.get("agreement"))),
        (
            "How were replies chosen?",
            (
                f"By chance within difficulty thirds, before the work was done: {reviews}, "
                f"{sample.by_others} by somebody other than the own mentor, {sample.twice} as a "
                "second and blind scoring."
            ),
        ),
        ("Same chances?", _same_chances(figures)),
        (
            "Who saw whom?",
            (
                "Reviewers and committee read a code. Names, addresses and places are taken out "
                "of every text."
            ),
        ),
        (
            "Hours",
            "Speed is counted per paid hour. Time of day, days off and pauses are in no figure.",
        ),
        ("Left out", _left_out(sample.kept_out)),
        ("What we can’t say", " ".join(cannot_say(figures))),
    ]
    if material.waiting_for:
        missing = "; ".join(material.waiting_for)
        rows.append(("Had not come", f"{missing}."))
    return tuple(rows)


def cannot_say(figures: Figures) -> tuple[str, ...]:
    """Return what the packet makes no claim about."""
    people = count_word(figures.people).capitalize()
    noun = "person is" if figures.people == 1 else "people are"
    said = [f"{people} {noun} too few to test for differences between groups."]
    if figures.reliability is None or figures.reliability < RELIABLE:
        said.append("Small differences between candidates are not to be trusted.")
    unknown = [
        measure(key).title.lower()
        for key in KEY_MEASURES
        if key in figures.estimates and not figures.estimates[key].is_known
    ]
    if unknown:
        said.append(f"There was not enough for {', '.join(unknown)}.")
    said.append("Nothing here foresees how somebody works after the first month.")
    return tuple(said)


def _measure(key: str, figures: Figures) -> MeasureLine:
    card = measure(key)
    return MeasureLine(
        key=key,
        title="Communication" if key == "answer_time" else card.title,
        estimate=figures.estimates[key],
        middle=figures.middles.get(key),
        plain=plain_words(key, figures),
        version=card.version,
    )


def _ramp(ramp: Ramp, figures: Figures) -> RampFigure:
    return RampFigure(
        curve=ramp_points(ramp),
        weeks=ramp_weeks(ramp),
        others=figures.others,
        goal=figures.goal,
        level=ramp.level,
        pace=ramp.pace,
        outcome=ramp.outcome,
        headline=ramp_headline(ramp),
        plain=ramp_plain(ramp),
    )


def _category(one: CategoryFigure) -> CategoryLine:
    return CategoryLine(
        one.id, one.name, one.estimate, one.middle, _trend(one.trend), weeks=one.weeks
    )


def _trend(trend: Estimate | None) -> str:
    return trend_word(trend) if trend is not None else "too early to say"


def _same_chances(figures: Figures) -> str:
    if figures.people == 1:
        return "The month was planned by the programme’s mix of areas, difficulty and channels."
    whole = count_word(figures.people)
    return (
        f"All {whole} candidates got the same mix of areas, difficulty and channels each week, "
        "in wordings of their own. Scores are adjusted for scenario and reviewer."
    )


def _left_out(kept_out: int) -> str:
    practice = "All practice"
    if not kept_out:
        return f"{practice}: it is for learning and enters no figure."
    reviews = counted(kept_out, "review")
    return (
        f"{practice}, and {reviews} found by a rule or picked by hand: "
        "they are for feedback and enter no figure."
    )
