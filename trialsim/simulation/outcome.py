"""What the work on a ticket was worth, and how the customer would rate it: sums with every part.

Both are read when the ticket is closed or the trial ends. Constants are assumed, not measured.
"""

import math
from dataclasses import dataclass

from trialsim.kit.streams import unit
from trialsim.simulation import goals, policies
from trialsim.simulation.matching import Records
from trialsim.simulation.types import (
    CaseState,
    Credit,
    Form,
    OutcomeTrace,
    Part,
    RatingTrace,
    Rules,
)

_USUAL = Rules()
_CREDIT = {Credit.HALF: 0.5, Credit.WHOLE: 1.0}


def outcome(form: Form, case: CaseState, records: Records, rules: Rules = _USUAL) -> OutcomeTrace:
    """Return 0 to 100.

    0 if nothing was answered, a forbidden state was ever true or a critical clause broken; else
    60 x share of goal parts met + 40 x points share - 20 for each other clause broken, at most 40
    when harm >= 2 or the customer gave up, never under 0.
    """
    progress = goals.progress(form, case, records)
    share, harm = points_share(form, case), harm_done(form, case)
    critical = policies.is_critical(form, case.broken)
    parts = [
        *_goal_parts(progress, rules),
        *_point_parts(form, case, rules),
        *_clause_parts(form, case, rules),
    ]
    broken = sum(part.amount for part in parts if part.kind == "clause")
    total = rules.goal_worth * progress.share + rules.points_worth * share + broken
    limits = _limits(case, harm, total, rules, critical=critical)
    value = max(0.0, min([total, *(limit for limit, _ in limits)]))
    return OutcomeTrace(
        value=round(value, 2),
        solved=is_solved(form, case, records, rules),
        goal_share=round(progress.share, 4),
        points_share=round(share, 4),
        harm=harm,
        critical=critical,
        parts=(*parts, *(part for _, part in limits)),
    )


def is_solved(form: Form, case: CaseState, records: Records, rules: Rules = _USUAL) -> bool:
    """Return whether the whole goal is met, with little harm and nothing that voids it."""
    is_whole = goals.progress(form, case, records).is_whole
    return is_whole and harm_done(form, case) < rules.harm_limit and not _voids(form, case)


def _voids(form: Form, case: CaseState) -> bool:
    return bool(case.forbidden) or policies.is_critical(form, case.broken) or not _answered(case)


def _answered(case: CaseState) -> bool:
    return case.answered or (case.handover is not None and case.handover.right)


def points_share(form: Form, case: CaseState) -> float:
    """Return the weighted share of points earned, 0 to 1; a guess counts half."""
    points = form.scenario.points
    total = sum(point.weight for point in points.values())
    earned = sum(points[name].weight * _CREDIT[credit] for name, credit in case.points.items())
    return earned / total if total else 0.0


def harm_done(form: Form, case: CaseState) -> float:
    """Return the harm of every trap entered."""
    return sum(form.scenario.traps[name].harm for name in case.traps)


def _goal_parts(progress: goals.Progress, rules: Rules) -> list[Part]:
    each = rules.goal_worth / max(1, len(progress.parts))
    return [
        Part(part.kind, part.name, part.met, round(each if part.met else 0.0, 2), part.text)
        for part in progress.parts
    ]


def _point_parts(form: Form, case: CaseState, rules: Rules) -> list[Part]:
    points = form.scenario.points
    total = sum(point.weight for point in points.values()) or 1.0
    parts = []
    for point in points.values():
        credit = case.points.get(point.id)
        amount = _CREDIT[credit] * point.weight / total * rules.points_worth if credit else 0.0
        word = {None: "not said", Credit.HALF: "a guess, half", Credit.WHOLE: "said"}[credit]
        text = f"{point.id.replace('_', ' ')}: {word}"
        parts.append(Part("credit", point.id, credit is Credit.WHOLE, round(amount, 2), text))
    return parts


def _clause_parts(form: Form, case: CaseState, rules: Rules) -> list[Part]:
    return [
        Part("clause", name, False, -rules.clause_cost, f"breaks {name}")
        for name in case.broken
        if not form.pack.clauses[name].critical
    ]


def _limits(
    case: CaseState, harm: float, total: float, rules: Rules, *, critical: bool
) -> list[tuple[float, Part]]:
    """Return what caps the sum: each cap with the part that explains it."""
    found: list[tuple[float, str, str]] = []
    if not _answered(case):
        found.append((0.0, "unanswered", "nothing was answered"))
    if case.forbidden:
        found.append((0.0, "forbidden", "something that must never happen was true"))
    if critical:
        found.append((0.0, "critical", "breaks a critical clause"))
    if harm >= rules.harm_limit:
        found.append((rules.harmed_at_most, "harm", f"harm {harm:g}"))
    if case.given_up:
        found.append((rules.harmed_at_most, "given_up", "the customer gave up"))
    return [
        (limit, Part("limit", name, False, round(min(0.0, limit - total), 2), text))
        for limit, name, text in found
    ]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a customer rates: what was solved, said and spoilt, and how they feel about it."""

    solved: bool
    share: float
    harm: float
    mood: float
    turns: int


def standing(form: Form, case: CaseState, records: Records, rules: Rules = _USUAL) -> Standing:
    """Return how one matter stands for its customer."""
    return Standing(
        solved=is_solved(form, case, records, rules),
        share=points_share(form, case),
        harm=harm_done(form, case),
        mood=case.mood,
        turns=case.customer_turns,
    )


def rating(
    form: Form,
    case: CaseState,
    records: Records,
    hours_to_close: float,
    rules: Rules = _USUAL,
) -> RatingTrace:
    """Return the customer's rating, 1 to 5, whether they sent it, and why."""
    found = standing(form, case, records, rules)
    return rated(form, case.reopened, found, hours_to_close, rules)


def rated(
    form: Form, reopened: int, found: Standing, hours_to_close: float, rules: Rules = _USUAL
) -> RatingTrace:
    """Return the rating of a standing.

    z = -1.1 + 3.2 solved + 1.1 (points share - .6) + 1.0 mood - .18 max(0, turns - 3) - .9 harm
    - .25 ln(1 + hours / 24); good with p = logistic(z): 5 when p > .8, else 4; not good: 3 when
    p > .4, 2 when p > .15, else 1. Answered with chance .35 + .15 |2p - 1|.
    """
    share, harm, solved = found.share, found.harm, found.solved
    turns = max(0, found.turns - 3)
    hours = max(0.0, hours_to_close)
    parts = (
        _rated("start", True, rules.rating_start, "where every rating begins"),
        _rated("solved", solved, 3.2 * solved, "it is solved" if solved else "it is not solved"),
        _rated("points", share >= 0.6, 1.1 * (share - 0.6), f"{share:.0%} of what helps was said"),  # noqa: PLR2004 (the formula's own middle)
        _rated("mood", found.mood >= 0, 1.0 * found.mood, _mood_words(found.mood)),
        _rated("turns", not turns, -0.18 * turns, f"wrote {found.turns} times"),
        _rated("harm", not harm, -0.9 * harm, "no harm done" if not harm else f"harm {harm:g}"),
        _rated("hours", True, -0.25 * math.log(1 + hours / 24), f"took {hours:.1f} hours"),
    )
    good = 1 / (1 + math.exp(-sum(part.amount for part in parts)))
    drawn = unit(form.seed, form.key, "rating", reopened)
    sent = unit(form.seed, form.key, "rating sent", reopened)
    return RatingTrace(
        answered=sent < 0.35 + 0.15 * abs(2 * good - 1),
        value=_value(good, is_good=drawn < good),
        good=round(good, 4),
        parts=parts,
    )


def _rated(name: str, met: bool, amount: float, text: str) -> Part:  # noqa: FBT001 (a column of the trace)
    return Part("rating", name, met, round(amount, 3), text)


def _mood_words(mood: float) -> str:
    if mood >= 0:
        return "felt well treated"
    return "a little annoyed" if mood > -0.5 else "annoyed"  # noqa: PLR2004 (words for a trace)


def _value(good: float, *, is_good: bool) -> int:
    if is_good:
        return 5 if good > 0.8 else 4  # noqa: PLR2004 (formula above)
    if good > 0.4:  # noqa: PLR2004 (formula above)
        return 3
    return 2 if good > 0.15 else 1  # noqa: PLR2004 (formula above)
