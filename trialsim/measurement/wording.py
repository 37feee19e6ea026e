"""Figures in words: never more certain than their range, never a digit too many."""

import math
from collections.abc import Iterable, Sequence
from enum import StrEnum

from trialsim.measurement.intervals import TAIL, normal_cdf, normal_quantile
from trialsim.measurement.planning import RELIABLE
from trialsim.measurement.types import Call, Estimate, PairCall, Ramp, Reached, Unit

SURE = 0.90
"""Chance from which something is said outright, and below one minus which its opposite is."""

RANGE_WORDS = "likely range, 9 times in 10"

_WORDS = (
    *("none", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_PERCENT = {Unit.SHARE, Unit.PACE}


class Verdict(StrEnum):
    """Where a level stands to a bar."""

    ABOVE = "above"
    BELOW = "below"
    OPEN = "not enough evidence yet"


def chance_above(estimate: Estimate, bar: float) -> float | None:
    """Return the chance (0-1) that the true value lies above the bar; None without a range.

    Reads a normal off the half of the range that faces the bar, so skewed ranges are respected.
    """
    value, low, high = estimate.value, estimate.low, estimate.high
    if value is None or low is None or high is None:
        return None
    half = high - value if bar > value else value - low
    if half <= 0:
        return 0.5 if value == bar else float(value > bar)
    return normal_cdf((value - bar) / half * normal_quantile(TAIL))


def verdict(estimate: Estimate, bar: float) -> Verdict:
    """Return above from a chance of .90, below up to .10, else not enough evidence yet."""
    chance = chance_above(estimate, bar)
    if chance is None or 1 - SURE < chance < SURE:
        return Verdict.OPEN
    return Verdict.ABOVE if chance >= SURE else Verdict.BELOW


def verdict_text(estimate: Estimate, bar: float, more: int | None = None) -> str:
    """Return the verdict as shown, with how many more reviews would settle it when known."""
    found = verdict(estimate, bar)
    if found is not Verdict.OPEN:
        return f"{found} {figure(bar, estimate.unit)}"
    return f"{found} (about {counted(more, 'more review')})" if more else str(found)


def decimals(estimate: Estimate) -> int:
    """Return how many decimals the range allows, in the unit as shown (a share as percent).

    The last digit is worth at least half the standard error; a figure without a range gets none.
    """
    if estimate.low is None or estimate.high is None or estimate.high <= estimate.low:
        return 0
    scale = 100 if estimate.unit in _PERCENT else 1
    error = (estimate.high - estimate.low) * scale / (2 * normal_quantile(TAIL))
    return max(0, math.floor(-math.log10(error / 2)))


def estimate_text(estimate: Estimate) -> str:
    """Return a figure with its likely range: "72 (likely range 66 to 78)"."""
    value, low, high, unit = estimate.value, estimate.low, estimate.high, estimate.unit
    if value is None:
        return needs_text(estimate)
    places = decimals(estimate)
    shown = figure(value, unit, places)
    if low is None or high is None:
        return shown
    return f"{shown} (likely range {figure(low, unit, places)} to {figure(high, unit, places)})"


def needs_text(estimate: Estimate) -> str:
    """Return what is shown where there is no figure yet."""
    return f"not enough yet ({estimate.needs_more} more)" if estimate.needs_more else "not known"


def figure(value: float, unit: Unit, places: int = 0) -> str:
    """Return one number in its unit; shares as percent, minutes over an hour as hours."""
    if unit in _PERCENT:
        return f"{value * 100:.{places}f}%"
    if unit is Unit.ALPHA:
        return f"{value:.2f}"
    if unit is Unit.MINUTES:
        return _duration(value)
    text = f"{value:.{places}f}"
    return text.removeprefix("-") if float(text) == 0 else text.replace("-", "−")


def count_word(n: int) -> str:
    """Return a number as written in a sentence: a word up to twelve."""
    return _WORDS[n] if 0 <= n < len(_WORDS) else str(n)


def counted(n: int, noun: str) -> str:
    """Return a number with its noun: "1 review", "6 reviews"."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def pair_text(pair: PairCall, first: str, second: str) -> str:
    """Return what may be said about two people by name."""
    if pair.call is Call.NOT_COMPARABLE:
        return f"{first} and {second} cannot be compared: no shared reviewers or scenarios."
    if pair.call is Call.OPEN:
        more = pair.more_reviews
        rest = f" (about {counted(more, 'more review')} each)" if more else ""
        return f"Not enough evidence to tell {first} and {second} apart{rest}."
    better, other = (first, second) if pair.call is Call.FIRST else (second, first)
    low, high = sorted((abs(pair.low or 0.0), abs(pair.high or 0.0)))
    return f"{better} replies better than {other}, by {low:.0f} to {high:.0f} points."


def reached_text(ramp: Ramp) -> str:
    """Return when the ready line was reached, as a range of days and never as one day."""
    if ramp.reached is None:
        return "too early to say"
    low, high = ramp.reached.day_low, ramp.reached.day_high
    if low is None:
        return "not yet"
    if high is None:
        return f"not before day {low:.0f}"
    if round(low) == round(high):
        return f"reached by day {math.ceil(high)}"
    return f"reached about day {low:.0f} to {high:.0f}"


def has_reached(reached: Reached | None) -> Verdict:
    """Return whether the ready line has been reached by now."""
    if reached is None or 1 - SURE < reached.probability < SURE:
        return Verdict.OPEN
    return Verdict.ABOVE if reached.probability >= SURE else Verdict.BELOW


def ready_headline(ramps: Iterable[Ramp]) -> str:
    """Return "Five of eight people have reached the ready line.", and how many are open."""
    verdicts = [has_reached(ramp.reached) for ramp in ramps]
    if not verdicts:
        return "Nobody has a scored ticket yet."
    done, unsure = verdicts.count(Verdict.ABOVE), verdicts.count(Verdict.OPEN)
    sentence = f"{_some_of(done, len(verdicts))} reached the ready line"
    if not unsure:
        return f"{sentence}."
    return f"{sentence}; for {count_word(unsure)} it is too early to say."


def trend_word(trend: Estimate) -> str:
    """Return improving or falling where the range of a trend leaves out zero."""
    if trend.low is None or trend.high is None:
        return "too early to say"
    if trend.low > 0:
        return "improving"
    return "falling" if trend.high < 0 else "no clear change"


def trend_headline(trends: Sequence[Estimate]) -> str:
    """Return "Replies are improving for seven of eight."; of those whose trend is known."""
    known = [trend_word(trend) for trend in trends if trend.low is not None]
    if not known:
        return "It is too early to say whether replies improve."
    better = known.count("improving")
    if not better:
        return "Nobody’s replies are clearly improving yet."
    return f"Replies are clearly improving for {count_word(better)} of {count_word(len(known))}."


def reliability_text(reliability: float | None, more: int | None) -> str:
    """Return how far the result may be trusted, against the line for deciding."""
    if reliability is None:
        return "Reliability is not known yet: it needs three people with reviews."
    now = f"Reliability {reliability:.2f}, where {RELIABLE:.2f} is the line for deciding"
    if reliability >= RELIABLE:
        return f"{now}."
    if more is None:
        return f"{now}; more reviews alone will hardly get there."
    return f"{now}; about {counted(more, 'more review')} each would reach it."


def _some_of(part: int, whole: int) -> str:
    verb = "has" if 1 in (part, whole) else "have"
    people = "person" if whole == 1 else "people"
    return f"{count_word(part).capitalize()} of {count_word(whole)} {people} {verb}"


def _duration(minutes: float) -> str:
    whole = round(minutes)
    return f"{whole} min" if whole < 60 else f"{whole // 60} h {whole % 60:02d}"  # noqa: PLR2004
