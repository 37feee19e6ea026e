"""From a frozen snapshot to the figures of one packet. Pure; computes no measure of its own."""

from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any

from trialsim.committee.rules.material import CategoryFigure, Figures
from trialsim.committee.rules.packets import Stat, WeekFigure
from trialsim.insights.frozen import Json, curve_of, estimate_of, estimates_of
from trialsim.measurement.types import Dot, Estimate, Ramp, Reached, Unit
from trialsim.measurement.wording import figure

FEWEST_FOR_MIDDLE = 3
"""With fewer people the middle would tell what the other one has."""

_WHERE: Mapping[str, tuple[str, ...]] = {
    "ramp": ("ramp", "level"),
    "reply_quality": ("quality", "level"),
    "outcome_accuracy": ("outcome", "good"),
    "answer_time": ("communication", "answer"),
    "time_to_close": ("time_to_close",),
    "reopened": ("reopened",),
    "customer_rating": ("rating",),
}


def figures_of(cohort: Json, trials: Mapping[int, Json], trial_id: int) -> Figures:
    """Return one trial's figures from a cohort's frozen body and each trial's part of it."""
    own = trials[trial_id]
    terms = cohort["terms"]
    return Figures(
        estimates={key: estimate_of(_at(own, path)) for key, path in _WHERE.items()}
        | {"agreement": estimate_of(cohort["agreement"]["overall"])},
        middles=_middles(trials.values()),
        ramp=_ramp(own, terms["ready_line"]),
        others=tuple(
            tuple((hour, value) for hour, value in curve)
            for code, curve in sorted(cohort["curves"].items())
            if code != own["code"]
        ),
        categories=_categories(own, trials.values(), terms["categories"]),
        weeks=_weeks(own["quality"]["weeks"]),
        communication=_communication(own["communication"]),
        reliability=cohort["reliability"]["now"],
        reviews_to_reliable=cohort["reliability"]["more_reviews"],
        people=cohort["trials"],
        goal=terms["ready_line"],
        pass_line=terms["pass_line"],
    )


def _middles(trials: Iterable[Json]) -> dict[str, float]:
    bodies = list(trials)
    found = {
        key: _middle(estimate_of(_at(one, path)) for one in bodies) for key, path in _WHERE.items()
    }
    return {key: middle for key, middle in found.items() if middle is not None}


def _middle(estimates: Iterable[Estimate]) -> float | None:
    known = [one.value for one in estimates if one.value is not None]
    return median(known) if len(known) >= FEWEST_FOR_MIDDLE else None


def _ramp(own: Json, goal: float) -> Ramp:
    stored = own["ramp"]
    return Ramp(
        candidate=own["code"],
        goal=goal,
        level=estimate_of(stored["level"]),
        pace=estimate_of(stored["pace"]),
        outcome=estimate_of(stored["outcome"]),
        reached=Reached(**stored["reached"]) if stored["reached"] else None,
        curve=tuple(curve_of(stored["curve"])),
        weeks=tuple(Dot(*dot) for dot in stored["weeks"]),
        days=(),
        tickets=stored["tickets"],
        hours_so_far=own["hours"],
    )


def _categories(
    own: Json, trials: Iterable[Json], names: Iterable[tuple[str, str]]
) -> tuple[CategoryFigure, ...]:
    """Return the categories in the scorecard's order, those that nobody rated left out."""
    bodies = [one["categories"] for one in trials]
    rated = own["categories"]
    return tuple(
        CategoryFigure(
            id=category,
            name=name,
            estimate=estimate_of(rated[category]["level"]),
            middle=_middle(
                estimate_of(one[category]["level"]) for one in bodies if category in one
            ),
            trend=estimate_of(rated[category]["trend"]),
            weeks=_weeks(rated[category]["weeks"]),
        )
        for category, name in names
        if category in rated
    )


def _weeks(stored: Json) -> tuple[WeekFigure, ...]:
    return tuple(WeekFigure(week, one) for week, one in estimates_of(stored).items())


def _communication(stored: Json) -> tuple[Stat, ...]:
    left = stored["open"]
    return (
        _kept(stored["updates"], "Daily updates written"),
        _kept(stored["hand_overs"], "Hand-overs written"),
        *(_acted_on(stored["acted_on"]) if "acted_on" in stored else ()),
        Stat(str(left), "Questions still without an answer", "At the end of the month"),
    )


def _kept(stored: Mapping[str, Any], label: str) -> Stat:
    estimate = estimate_of(stored)
    if estimate.value is None:
        return Stat("–", label, "No work day to count")
    kept = f"{round(estimate.value * estimate.n)} of {estimate.n}"
    low, high = (figure(end or 0.0, Unit.SHARE) for end in (estimate.low, estimate.high))
    return Stat(kept, label, f"Of work days, likely {low} to {high}")


def _acted_on(stored: Mapping[str, Any]) -> tuple[Stat, ...]:
    """Return how often a colleague could act on a hand-over; packets sealed before hold none."""
    estimate = estimate_of(stored)
    if estimate.value is None:
        return ()
    low, high = (figure(end or 0.0, Unit.SHARE) for end in (estimate.low, estimate.high))
    kept = f"{round(estimate.value * estimate.n)} of {estimate.n}"
    label = "Hand-overs a colleague could act on"
    return (Stat(kept, label, f"Of customers who waited then, likely {low} to {high}"),)


def _at(body: Json, path: tuple[str, ...]) -> Json:
    for part in path:
        body = body[part]
    return body
