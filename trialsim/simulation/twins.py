"""Two tickets of one customer about the same trouble, and what merging is worth, right or wrong."""

from collections.abc import Mapping
from dataclasses import replace

from trialsim.simulation.desk import merged
from trialsim.simulation.matching import Records
from trialsim.simulation.types import (
    CaseState,
    Credit,
    Form,
    OutcomeTrace,
    Part,
    Phase,
    Rules,
)
from trialsim.simulation.world import open_case, opening_mood

MERGING_MINUTES = 2.0  # paid minutes a teammate needs to see that it is the same, and to merge
_USUAL = Rules()
_WHOLE = 100.0


def open_twin(
    form: Form, original: CaseState, records: Records, rules: Rules = _USUAL
) -> tuple[CaseState, Records]:
    """Return a second ticket about the trouble of an open one: the same records, as they are now.

    What the customer told and the desk showed there is known here as well.
    """
    fresh, _ = open_case(form, records, rules)
    state = replace(
        fresh,
        names=original.names,
        mood=opening_mood(form, rules),
        facts=original.facts,
        told=original.told,
        actions=original.actions,
    )
    return state, records


def united(staying: CaseState, leaving: CaseState) -> CaseState:
    """Return the case of the ticket that stays, with what was told and said in the other one."""
    return replace(
        staying,
        facts=merged(staying.facts, leaving.facts),
        told=merged(staying.told, leaving.told),
        coming=merged(staying.coming, leaving.coming),
        points=_better(staying.points, leaving.points),
        followed=merged(staying.followed, leaving.followed),
        traps=merged(staying.traps, leaving.traps),
        broken=merged(staying.broken, leaving.broken),
        forbidden=merged(staying.forbidden, leaving.forbidden),
        actions=(*staying.actions, *(one for one in leaving.actions if one not in staying.actions)),
        empathy=staying.empathy or leaving.empathy,
        answered=staying.answered or leaving.answered,
        promises=(*staying.promises, *leaving.promises),
    )


def _better(first: Mapping[str, Credit], second: Mapping[str, Credit]) -> dict[str, Credit]:
    points = dict(first)
    for name, credit in second.items():
        if points.get(name) is not Credit.WHOLE:
            points[name] = credit
    return points


def is_over(state: CaseState) -> bool:
    """Whether nothing about this trouble is open for its customer any more."""
    return state.phase in (Phase.SOLVED, Phase.ESCALATED, Phase.GIVEN_UP, Phase.CLOSED)


def merged_trace(into: int) -> OutcomeTrace:
    """Return what a twin is worth once it is merged where it belongs: all of it."""
    text = f"merged into #{into}, which is about the same trouble"
    return OutcomeTrace(
        value=_WHOLE,
        solved=True,
        goal_share=1.0,
        points_share=1.0,
        harm=0.0,
        critical=False,
        parts=(Part("merge", "merged", True, _WHOLE, text),),
    )


def answered_twice(trace: OutcomeTrace, other: int, rules: Rules = _USUAL) -> OutcomeTrace:
    """Return a twin's trace where both tickets were answered instead of merging them: half."""
    value = round(trace.value * rules.answered_twice, 2)
    text = f"answered twice: #{other} is about the same trouble and should have been merged"
    part = Part("merge", "answered_twice", False, round(value - trace.value, 2), text)
    return replace(trace, value=value, parts=(*trace.parts, part))


def swallowed(trace: OutcomeTrace, times: int, rules: Rules = _USUAL) -> OutcomeTrace:
    """Return a trace less what it costs to have been put together with another trouble."""
    if not times:
        return trace
    value = round(max(0.0, trace.value - rules.swallowed_cost * times), 2)
    text = "merged into a conversation about something else: nobody looked at this one"
    part = Part("merge", "wrong_merge", False, round(value - trace.value, 2), text)
    return replace(trace, value=value, parts=(*trace.parts, part))
