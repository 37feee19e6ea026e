"""Observations to figures: every measure of a cohort, as it is frozen. Pure, and heavy.

Only this module loads the estimators (numpy); it is imported where a snapshot is taken.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from trialsim.insights import frozen
from trialsim.insights.observed import Observations, ObservedTrial, Scored, Terms
from trialsim.insights.rules.change import fell
from trialsim.insights.rules.talking import acted_on
from trialsim.measurement.agreement import Rating, agreement, agreement_word
from trialsim.measurement.intervals import share_estimate
from trialsim.measurement.outcomes import customer_rating, outcome_accuracy
from trialsim.measurement.planning import reliable_day
from trialsim.measurement.quality import FEWEST_REVIEWS, fair_scores
from trialsim.measurement.ramp import FEWEST_TICKETS, ramp_curves
from trialsim.measurement.speed import answer_time, reopened_share, time_to_close
from trialsim.measurement.types import (
    FairScores,
    Ramp,
    RaterSeverity,
    ReviewRow,
    Unit,
    not_yet,
)
from trialsim.measurement.weekly import (
    category_scores,
    category_trends,
    weekly_category_scores,
    weekly_scores,
)
from trialsim.measurement.wording import (
    has_reached,
    reached_text,
    ready_headline,
    reliability_text,
    trend_headline,
)

SCORE_STEP = 5
"""Scores are compared in steps of five points: finer ones would agree by accident of weights."""

MOST_CURVES = 40
"""How many curves of a cohort are kept to stand faintly behind one person's."""

Json = frozen.Json


@dataclass(frozen=True, slots=True)
class Figures:
    """What a snapshot holds: of the cohort, and of each trial by its row id."""

    cohort: Json
    trials: Mapping[int, Json]


def figures(seen: Observations) -> Figures:
    """Return every measure of a cohort; the same observations give the same bytes.

    A figure that cannot be given yet is an estimate without value that says what it needs.
    """
    scores = fair_scores(seen.reviews)
    ramps = ramp_curves(
        [row for one in seen.trials for row in one.tickets],
        _cap_hours(seen),
        goal=seen.terms.ready_line,
        hours_so_far={one.code: one.hours_so_far for one in seen.trials},
        timesheets={one.code: one.timesheet for one in seen.trials if one.timesheet},
    )
    of_one = _Parts(seen.reviews, scores, ramps)
    parts = {one.trial_id: of_one.of(one) for one in seen.trials}
    fallen = {str(key): part["quality"]["fell"] for key, part in parts.items()}
    cohort = _cohort(seen, scores, ramps)
    cohort["fallen"] = {key: figures for key, figures in fallen.items() if figures}
    return Figures(cohort, parts)


class _Parts:
    """The figures of single trials, from what the cohort gave together."""

    def __init__(
        self, reviews: Sequence[ReviewRow], scores: FairScores, ramps: Mapping[str, Ramp]
    ) -> None:
        self._scores, self._ramps = scores, ramps
        self._weeks = weekly_scores(reviews, scores)
        self._categories = category_scores(reviews)
        self._category_weeks = weekly_category_scores(reviews)
        self._trends = category_trends(reviews)

    def of(self, one: ObservedTrial) -> Json:
        return {
            "code": one.code,
            "hours": frozen.rounded(one.hours_so_far),
            "ramp": self._ramp(one),
            "quality": self._quality(one.code),
            "categories": self._by_category(one.code),
            "outcome": _outcome(one),
            "communication": _communication(one),
            "time_to_close": frozen.estimate_to_json(time_to_close(one.spans)),
            "reopened": frozen.estimate_to_json(
                reopened_share(one.reopened.tickets, one.reopened.solved)
            ),
            "rating": frozen.estimate_to_json(
                customer_rating(one.rated.good, one.rated.answered, one.rated.asked)
            ),
        }

    def _ramp(self, one: ObservedTrial) -> Json:
        ramp = self._ramps.get(one.code)
        if ramp is None:
            none = frozen.estimate_to_json(not_yet(0, FEWEST_TICKETS, Unit.PACE, "no ticket yet"))
            empty: Json = {"curve": [], "weeks": [], "days": [], "reached": None, "tickets": 0}
            words = {"words": "too early to say", "verdict": str(has_reached(None))}
            return {"level": none, "pace": none, "outcome": none, **empty, **words}
        return {
            "level": frozen.estimate_to_json(ramp.level),
            "pace": frozen.estimate_to_json(ramp.pace),
            "outcome": frozen.estimate_to_json(ramp.outcome),
            "curve": frozen.curve_to_json(ramp.curve),
            "weeks": frozen.dots_to_json(ramp.weeks),
            "days": frozen.dots_to_json(ramp.days),
            "reached": frozen.reached_to_json(ramp.reached),
            "tickets": ramp.tickets,
            "words": reached_text(ramp),
            "verdict": str(has_reached(ramp.reached)),
        }

    def _quality(self, code: str) -> Json:
        weeks = self._weeks.get(code, {})
        found = self._scores.candidates.get(code)
        none = not_yet(0, FEWEST_REVIEWS, Unit.POINTS, "no review yet")
        level, naive, gain = (found.level, found.naive, found.gain) if found else (none,) * 3
        return {
            "level": frozen.estimate_to_json(level),
            "naive": frozen.estimate_to_json(naive),
            "gain": frozen.estimate_to_json(gain),
            "reviews": found.reviews if found else 0,
            "raters": found.raters if found else 0,
            "weeks": frozen.estimates_to_json(weeks),
            "fell": fell(weeks),
        }

    def _by_category(self, code: str) -> Json:
        weeks, trends = self._category_weeks.get(code, {}), self._trends.get(code, {})
        return {
            category: {
                "level": frozen.estimate_to_json(level),
                "trend": frozen.estimate_to_json(trends[category]),
                "weeks": frozen.estimates_to_json(weeks[category]),
            }
            for category, level in sorted(self._categories.get(code, {}).items())
        }


def _cohort(seen: Observations, scores: FairScores, ramps: Mapping[str, Ramp]) -> Json:
    gains = [one.gain for one in scores.candidates.values()]
    return {
        "day": seen.day,
        "terms": _terms(seen.terms),
        "trials": len(seen.trials),
        "left_out": seen.left_out,
        "headline": [ready_headline(ramps.values()), trend_headline(gains)],
        "reliability": _reliability(seen, scores),
        "agreement": _agreement(seen.scored),
        "severity": {
            rater: _severity(one) for rater, one in sorted(scores.raters.items(), key=_by_number)
        },
        "warnings": list(scores.warnings),
        "spread": {name: frozen.rounded(sd) for name, sd in sorted(scores.spread.items())},
        "curves": _faint_curves(ramps),
        "overlap": _overlap(ramps.values()),
    }


def _terms(terms: Terms) -> Json:
    return {
        "length_days": terms.length_days,
        "paid_hours": terms.paid_hours,
        "ready_line": terms.ready_line,
        "pass_line": terms.pass_line,
        "categories": [list(pair) for pair in terms.categories],
    }


def _reliability(seen: Observations, scores: FairScores) -> Json:
    more = scores.reviews_to_reliable
    return {
        "now": frozen.rounded(scores.reliability),
        "more_reviews": more,
        "expected_day": reliable_day(seen.terms.reviews_a_week, seen.terms.first_review_day),
        "words": reliability_text(scores.reliability, more),
    }


def _agreement(scored: Sequence[Scored]) -> Json:
    overall = [Rating(one.ticket, one.rater, _stepped(one.score)) for one in scored]
    by_category: dict[str, list[Rating]] = defaultdict(list)
    for one in scored:
        for category, level in one.levels:
            by_category[category].append(Rating(one.ticket, one.rater, level))
    return {
        "overall": _agreed(overall),
        "categories": {name: _agreed(ratings) for name, ratings in sorted(by_category.items())},
    }


def _agreed(ratings: Sequence[Rating]) -> Json:
    return {
        **frozen.estimate_to_json(agreement(ratings)),
        "words": agreement_word(ratings),
    }


def _stepped(score: float) -> float:
    return float(SCORE_STEP * round(score / SCORE_STEP))


def _severity(rater: RaterSeverity) -> Json:
    return {
        **frozen.estimate_to_json(rater.severity),
        "fit": frozen.rounded(rater.fit),
        "reviews": rater.reviews,
    }


def _by_number(item: tuple[str, Any]) -> tuple[int, str]:
    return (len(item[0]), item[0])


def _faint_curves(ramps: Mapping[str, Ramp]) -> Json:
    known = [(code, ramp) for code, ramp in ramps.items() if ramp.curve][:MOST_CURVES]
    return {
        code: [
            [frozen.rounded(point.hour), frozen.rounded(point.value)]
            for point in [*frozen.thinned(ramp.curve)[::3], ramp.curve[-1]]
        ]
        for code, ramp in known
    }


def _overlap(ramps: Iterable[Ramp]) -> float | None:
    """Return the share of all pairs whose likely ranges of ramp-up overlap; None without a pair."""
    ranges = [(one.level.low, one.level.high) for one in ramps]
    known = [(low, high) for low, high in ranges if low is not None and high is not None]
    pairs = list(combinations(known, 2))
    if not pairs:
        return None
    return frozen.rounded(sum(a[0] <= b[1] and b[0] <= a[1] for a, b in pairs) / len(pairs))


def _outcome(one: ObservedTrial) -> Json:
    found = outcome_accuracy(one.outcomes)
    return {
        "mean": frozen.estimate_to_json(found.mean),
        "good": frozen.estimate_to_json(found.good),
    }


def _communication(one: ObservedTrial) -> Json:
    days = one.work_days
    return {
        "answer": frozen.estimate_to_json(
            answer_time(asked.minutes for asked in one.asked if asked.is_answered)
        ),
        "open": sum(not asked.is_answered for asked in one.asked),
        "updates": _kept(day.update for day in days),
        "hand_overs": _kept(day.hand_over for day in days),
        "acted_on": frozen.estimate_to_json(acted_on(one.nights)),
        "strip": _strip(one),
    }


def _kept(found: Iterable[bool | None]) -> Json:
    known = [one for one in found if one is not None]
    return frozen.estimate_to_json(share_estimate(sum(known), len(known)))


def _strip(one: ObservedTrial) -> list[list[float | bool | None]]:
    """Return [day, minutes until an answer, update written] of days on which either is known.

    Of several questions on one day the slowest stands for all: the strip is there to be looked at.
    """
    waits: dict[int, float] = {}
    for asked in one.asked:
        waits[asked.day] = max(waits.get(asked.day, 0.0), asked.minutes)
    updates = {day.day: day.update for day in one.work_days}
    return [
        [day, frozen.rounded(waits.get(day)), updates.get(day)]
        for day in sorted(waits.keys() | updates.keys())
    ]


def _cap_hours(seen: Observations) -> float:
    """Return the programme's paid hours, or the most anybody has worked if that is more."""
    return max([seen.terms.paid_hours, *(one.hours_so_far for one in seen.trials)])
