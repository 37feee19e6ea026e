"""What a ticket with one matter or two was worth: their mean, and a trace that names both."""

from collections.abc import Sequence
from dataclasses import replace

from trialsim.simulation.matching import Records
from trialsim.simulation.outcome import Standing, outcome, rated, standing
from trialsim.simulation.types import CaseState, Form, OutcomeTrace, Part, RatingTrace, Rules

_USUAL = Rules()


def worth(
    forms: Sequence[Form], cases: Sequence[CaseState], records: Records, rules: Rules = _USUAL
) -> OutcomeTrace:
    """Return what the whole ticket was worth, 0 to 100: the mean over its matters."""
    traces = [outcome(form, case, records, rules) for form, case in zip(forms, cases, strict=True)]
    if len(traces) == 1:
        return traces[0]
    count = len(traces)
    return OutcomeTrace(
        value=round(sum(trace.value for trace in traces) / count, 2),
        solved=all(trace.solved for trace in traces),
        goal_share=round(sum(trace.goal_share for trace in traces) / count, 4),
        points_share=round(sum(trace.points_share for trace in traces) / count, 4),
        harm=sum(trace.harm for trace in traces),
        critical=any(trace.critical for trace in traces),
        parts=tuple(
            part
            for place, (form, trace) in enumerate(zip(forms, traces, strict=True), start=1)
            for part in _parts(place, count, form, trace)
        ),
    )


def _parts(place: int, count: int, form: Form, trace: OutcomeTrace) -> list[Part]:
    """Return one matter's lines; its amounts are its share of the ticket's."""
    name = form.scenario.id.replace("-", " ")
    heading = Part(
        kind="matter",
        name=f"matter_{place}",
        met=trace.solved,
        amount=0.0,
        text=f"{name}: {trace.value:g} of 100, one of {count} matters in this ticket",
    )
    lines = [
        replace(part, amount=round(part.amount / count, 2), text=f"{name}: {part.text}")
        for part in trace.parts
    ]
    return [heading, *lines]


def rating(
    forms: Sequence[Form],
    cases: Sequence[CaseState],
    records: Records,
    hours_to_close: float,
    rules: Rules = _USUAL,
) -> RatingTrace:
    """Return the one rating a customer gives for all their matters together."""
    found = [standing(form, case, records, rules) for form, case in zip(forms, cases, strict=True)]
    count = len(found)
    together = Standing(
        solved=all(one.solved for one in found),
        share=sum(one.share for one in found) / count,
        harm=sum(one.harm for one in found),
        mood=round(sum(one.mood for one in found) / count, 4),
        turns=max(one.turns for one in found),
    )
    reopened = max(case.reopened for case in cases)
    return rated(forms[0], reopened, together, hours_to_close, rules)
