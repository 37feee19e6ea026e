"""The desk: what a candidate may do to records, what it does, and what it gives away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from trialsim.simulation import goals, matching, notes, policies
from trialsim.simulation.matching import Records
from trialsim.simulation.types import (
    ActionBarred,
    CaseState,
    Condition,
    DeskAction,
    Done,
    Field,
    FieldType,
    Form,
    Handover,
    Pack,
    Phase,
    Record,
    Rules,
    Value,
)

_USUAL = Rules()


@dataclass(frozen=True, slots=True)
class Offer:
    """A button on a record; `barred` says why it cannot be pressed now, empty when it can."""

    action: DeskAction
    record: str
    barred: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What a candidate does: which action on which record, with which params; `at` is ISO text."""

    action: str
    record: str
    params: Mapping[str, Value]
    at: str


@dataclass(frozen=True, slots=True)
class ActResult:
    """What an action led to; `tells` is what the candidate reads."""

    case: CaseState
    records: Records
    tells: str
    broke: tuple[str, ...] = ()


def offers(form: Form, records: Records) -> tuple[Offer, ...]:
    """Return every action on every record, in the order of the pack."""
    return tuple(
        Offer(action, record.id, _barred(form, action, records, record))
        for record in records
        for action in form.pack.actions.values()
        if action.on == record.kind
    )


def _barred(form: Form, action: DeskAction, records: Records, record: Record) -> str:
    if matching.holds(action.requires, records, record, form):
        return ""
    return f"Not possible now: {_needed(action.requires)}."


def _needed(condition: Condition) -> str:
    parts = [
        *condition.own,
        *(f"{kind} {name}" for kind in condition.above for name in condition.above[kind]),
    ]
    return "it depends on " + " and ".join(part.replace("_", " ") for part in parts)


def act(form: Form, case: CaseState, records: Records, act: Act) -> ActResult:
    """Do a desk action: change the world, log it, and note what it broke and gave away.

    Raises:
        ActionBarred: When the action is impossible on this record, or a param does not fit.
    """
    action, record = _checked(form, records, act)
    broke = policies.broken_by_action(form, case, records, action.id, record, act.params)
    outcome = next(
        part for part in action.outcomes if matching.holds(part.when, records, record, form)
    )
    records = matching.with_record(
        records, matching.changed(record, outcome.change, form, act.params)
    )
    for above in tuple(matching.records_above(records, record)):
        if above.kind in outcome.above:
            changes = outcome.above[above.kind]
            records = matching.with_record(
                records, matching.changed(above, changes, form, act.params)
            )
    tells = str(matching.filled_value(outcome.tells, form, act.params))
    done = Done(action.id, record.id, dict(act.params), act.at, tells, broke)
    case = replace(
        case,
        actions=(*case.actions, done),
        broken=merged(case.broken, broke),
        facts=merged(case.facts, _found(form, action.id)),
    )
    case = goals.with_forbidden(form, case, records)
    return ActResult(case, records, tells, broke)


def _checked(form: Form, records: Records, act: Act) -> tuple[DeskAction, Record]:
    action = form.pack.actions.get(act.action)
    record = next((one for one in records if one.id == act.record), None)
    if action is None or record is None or record.kind != action.on:
        raise ActionBarred("This record has no such action. Reload the page and try again.")
    barred = _barred(form, action, records, record)
    if barred:
        raise ActionBarred(barred)
    for field in action.params.values():
        if not _param_fits(field, act.params.get(field.name)):
            raise ActionBarred(f"Please give a valid {field.name.replace('_', ' ')}.")
    return action, record


def _param_fits(field: Field, value: Value) -> bool:
    if field.type is FieldType.CHOICE:
        return value in field.values
    if field.type in (FieldType.NUMBER, FieldType.MONEY):
        return isinstance(value, int | float) and not isinstance(value, bool)
    if field.type is FieldType.BOOL:
        return isinstance(value, bool)
    return bool(value)


def _found(form: Form, action: str) -> tuple[str, ...]:
    return tuple(fact.id for fact in form.scenario.facts.values() if fact.found_by == action)


def merged(before: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    """Return both without repeats, in order."""
    return tuple(dict.fromkeys((*before, *new)))


# --- escalating ------------------------------------------------------------------------------


def escalate(
    form: Form,
    case: CaseState,
    records: Records,
    handover: Handover,
    rules: Rules = _USUAL,
) -> ActResult:
    """Hand a ticket over: right when the scenario says so, to that team, with its facts noted.

    Only `team`, `reason`, `note` and `at` of the handover are read; the rest is filled in.
    """
    wanted = form.scenario.escalation
    if wanted is None or handover.team not in wanted.to:
        handover = replace(handover, right=False, facts=(), missing=())
        case = replace(case, handover=handover, mood=case.mood + rules.empty)
        return ActResult(case, records, _sent_back(form.pack, handover.team))
    facts = tuple(name for name in wanted.facts if notes.holds_fact(form, name, handover.note))
    missing = tuple(name for name in wanted.facts if name not in facts)
    handover = replace(handover, right=not missing, facts=facts, missing=missing)
    case = replace(case, handover=handover)
    if goals.progress(form, case, records).is_whole:
        case = replace(case, phase=Phase.ESCALATED)
    if missing:
        return ActResult(case, records, f"{handover.team} asks for more: the note lacks a fact.")
    return ActResult(case, records, f"{handover.team} took it over.")


def _sent_back(pack: Pack, team: str) -> str:
    if team not in pack.teams:
        return "There is no such team."
    return f"{team} sent it back: nothing in it is theirs to do."
