"""What each figure of a packet means in plain words, never more certain than its range."""

from collections.abc import Sequence

from trialsim.committee.rules.material import CategoryFigure, Figures
from trialsim.committee.rules.packets import ReviewedLine, StatementLine
from trialsim.committee.rules.words import Recommendation
from trialsim.measurement.types import CurvePoint, Estimate, Ramp, Unit
from trialsim.measurement.wording import (
    Verdict,
    count_word,
    counted,
    estimate_text,
    figure,
    needs_text,
    reached_text,
    trend_word,
    verdict,
)

MOST_NAMED = 8  # conversations in a sentence; the list of all is a page of its own
_FLAT = 0.05  # of an experienced pace: less than this in ten paid hours is no rise
_LATELY_HOURS = 10.0
_LEVELS = ((67, "between good and excellent"), (33, "between nearly and good"))
_LOWEST_LEVEL = "between not yet and nearly"
_YES = {Recommendation.YES, Recommendation.CONDITION}


def verdict_words(statements: Sequence[StatementLine]) -> str:
    """Return what the mentors together recommend, in a few words; it is theirs and no score."""
    said = {one.recommendation for one in statements}
    who = "The mentor recommends" if len(statements) == 1 else "Mentors recommend"
    if not said:
        return "No mentor has written yet"
    if said <= _YES:
        return f"{who} an offer"
    if said == {Recommendation.NO}:
        return f"{who} no offer"
    if said == {Recommendation.NOT_SURE}:
        return "The mentor is not sure" if len(statements) == 1 else "Mentors are not sure"
    return "Mentors see it differently"


def plain_words(key: str, figures: Figures) -> str:
    """Return one or two sentences on a measure."""
    estimate = figures.estimates[key]
    if not estimate.is_known:
        return f"{needs_text(estimate).capitalize()}. This packet says nothing about it."
    said = {
        "ramp": _ramp,
        "reply_quality": _quality,
        "outcome_accuracy": _outcome,
        "answer_time": _answers,
        "time_to_close": _close,
        "customer_rating": _rating,
    }[key](estimate, figures)
    return " ".join(part for part in (said, beside_middle(key, estimate, figures)) if part)


def beside_middle(key: str, estimate: Estimate, figures: Figures) -> str:
    """Return where a figure stands to the cohort's middle; a gap within the range is chance."""
    middle = figures.middles.get(key)
    if middle is None or estimate.low is None or estimate.high is None:
        return ""
    shown = figure(middle, estimate.unit)
    if estimate.low <= middle <= estimate.high:
        return f"The cohort’s middle, {shown}, lies within the range."
    is_above = estimate.low > middle
    if estimate.unit is Unit.MINUTES:
        return f"{'Slower' if is_above else 'Quicker'} than the cohort’s middle of {shown}."
    return f"{'Above' if is_above else 'Below'} the cohort’s middle of {shown}."


def ramp_headline(ramp: Ramp) -> str:
    """Return the finding of the ramp chart."""
    said = reached_text(ramp)
    if said == "too early to say":
        return "It is too early to say when the ready line was reached"
    if said == "not yet":
        return "The ready line has very likely not been reached yet"
    if said.startswith("not before"):
        return f"The ready line was reached {said}, if at all"
    return f"The ready line was {said}"


def ramp_plain(ramp: Ramp) -> str:
    """Return how the curve went: where it began, where it is, whether it still rises."""
    if not ramp.curve:
        return f"{needs_text(ramp.level).capitalize()}."
    first, last = ramp.curve[0], ramp.curve[-1]
    began = f"From about {_pace(first.value)} at the first scored hour to {_pace(last.value)} now."
    return f"{began} {_lately(ramp.curve)}"


def quality_headline(categories: Sequence[CategoryFigure]) -> str:
    """Return which categories stand out, when their ranges say so."""
    known = [one for one in categories if one.estimate.low is not None]
    if len(known) < 2:  # noqa: PLR2004 (one alone stands out from nothing)
        return "Too few ratings to tell the categories apart"
    ordered = sorted(known, key=lambda one: (one.estimate.value or 0.0, one.id))
    weak, strong = ordered[0], ordered[-1]
    if (strong.estimate.low or 0.0) <= (weak.estimate.high or 0.0):
        return "No category clearly stands out from the others"
    rest = f"“{strong.name}” is strongest, “{weak.name}” weakest"
    if weak.trend is None or weak.trend.low is None:
        return rest
    word = trend_word(weak.trend)
    return f"{rest}, and {word}" if word in ("improving", "falling") else rest


def failure_words(reviewed: Sequence[ReviewedLine]) -> str:
    """Return how many reviewed replies failed a critical category, and which."""
    failed = [one for one in reviewed if one.failed]
    if not failed:
        return f"None of {counted(len(reviewed), 'reviewed conversation')} failed critically."
    named = first_few([f"{one.name} in week {one.week}" for one in failed])
    noun = "conversation" if len(failed) == 1 else "conversations"
    return (
        f"{count_word(len(failed)).capitalize()} {noun} of {len(reviewed)} failed critically: "
        f"{named}. Please open {'it' if len(failed) == 1 else 'some'} and judge what followed."
    )


def first_few(names: Sequence[str]) -> str:
    """Return ``C1, C2 and C3``; of many the first, and how many more there are."""
    shown = list(names[:MOST_NAMED])
    if len(names) > len(shown):
        return f"{', '.join(shown)} and {len(names) - len(shown)} more"
    *first, last = shown
    return f"{', '.join(first)} and {last}" if first else last


def agreement_words(agreement: Estimate | None) -> str:
    """Return whether reviewers agree, with what it rests on; too few get no number."""
    if agreement is None or agreement.value is None:
        n = agreement.n if agreement else 0
        return f"{counted(n, 'conversation')} scored twice: too few to say."
    twice = counted(agreement.n, "conversation")
    return f"Agreement {estimate_text(agreement)} on {twice} scored twice, blind; 1 is perfect."


def _ramp(estimate: Estimate, figures: Figures) -> str:
    bar = figure(figures.goal, Unit.PACE)
    found = verdict(estimate, figures.goal)
    now = {
        Verdict.ABOVE: f"Now works above the ready line of {bar} of an experienced pace.",
        Verdict.BELOW: f"Now works below the ready line of {bar} of an experienced pace.",
        Verdict.OPEN: f"The range holds the ready line of {bar}: either side of it is possible.",
    }[found]
    said = reached_text(figures.ramp) if figures.ramp else ""
    return f"{now} {said.capitalize()}." if said.startswith("reached") else now


def _quality(estimate: Estimate, figures: Figures) -> str:
    value = estimate.value or 0.0
    word = next((words for bar, words in _LEVELS if value >= bar), _LOWEST_LEVEL)
    bar = figures.pass_line
    stands = {
        Verdict.ABOVE: f"above the pass line of {bar:.0f}",
        Verdict.BELOW: f"below the pass line of {bar:.0f}",
        Verdict.OPEN: f"not clearly on either side of the pass line of {bar:.0f}",
    }[verdict(estimate, bar)]
    return f"An average reply on the last day sits {word}, {stands}."


def _outcome(estimate: Estimate, figures: Figures) -> str:
    del figures
    share = estimate.value or 0.0
    return f"About {_in_ten(share)} tickets ended right, read from facts and not from opinions."


def _answers(estimate: Estimate, figures: Figures) -> str:
    del figures
    half = figure(estimate.value or 0.0, Unit.MINUTES)
    return f"Half of colleagues’ questions had an answer within {half} of own working hours."


def _close(estimate: Estimate, figures: Figures) -> str:
    half = figure(estimate.value or 0.0, Unit.MINUTES)
    said = f"Half of all conversations close within {half} of paid time."
    again = figures.estimates.get("reopened")
    if again is None or not again.is_known:
        return said
    return f"{said} {estimate_text(again)} came back after being solved."


def _rating(estimate: Estimate, figures: Figures) -> str:
    del estimate, figures
    return "Simulated customers are a rough guide, so please weigh this least."


def _lately(curve: Sequence[CurvePoint]) -> str:
    last = curve[-1]
    before = [point for point in curve if point.hour <= last.hour - _LATELY_HOURS]
    if not before:
        return "The curve is short, so its direction is not known."
    change = last.value - before[-1].value
    if change > _FLAT:
        return "It was still rising at the end."
    if change < -_FLAT:
        return "It was falling at the end."
    return "It was flat over the last ten paid hours, so expect this pace to hold."


def _pace(share: float) -> str:
    return figure(share, Unit.PACE)


def _in_ten(share: float) -> str:
    return f"{count_word(round(share * 10))} in ten"
