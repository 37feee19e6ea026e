"""A customer's records: naming them for a ticket, comparing them, changing them, showing them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

from trialsim.kit.streams import normal
from trialsim.simulation.types import (
    CaseState,
    Change,
    ChangeKind,
    Changes,
    Condition,
    Done,
    FieldTest,
    Form,
    Kind,
    Pack,
    Record,
    Rules,
    Slots,
    TestKind,
    Tests,
    Value,
)

Records: TypeAlias = tuple[Record, ...]

_USUAL = Rules()

_OFFSET = re.compile(r"(-?\d+)d")
_WHOLE_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field as the desk shows it; `covered_by` is the action that would uncover it."""

    name: str
    value: Value
    covered_by: str = ""


# --- opening a ticket ------------------------------------------------------------------------


def open_case(form: Form, records: Records, rules: Rules = _USUAL) -> tuple[CaseState, Records]:
    """Return a new ticket's state, and the customer's records as the scenario needs them.

    Fields the scenario names are overwritten, the rest stay as they are; a record that is
    missing is created. Every kind's first record can be named by its kind as well.
    """
    names: dict[str, str] = {}
    wanted = sorted(form.scenario.world.items(), key=lambda item: _depth(form.pack, item[1].kind))
    for name, record in wanted:
        found, records = _found_or_made(form, records, names, name, record.kind)
        names[name] = found.id
        fields = {key: filled_value(value, form) for key, value in record.fields.items()}
        records = with_record(records, replace(found, fields={**found.fields, **fields}))
    for kind in sorted(form.pack.kinds, key=lambda kind: _depth(form.pack, kind)):
        if kind not in names:
            first = _first(form.pack, records, names, kind)
            if first is not None:
                names[kind] = first.id
    scenario = form.scenario
    mood = opening_mood(form, rules)
    return CaseState(scenario.id, scenario.version, names=names, mood=mood), records


def opening_mood(form: Form, rules: Rules = _USUAL) -> float:
    """Return the mood a customer comes with, -1.5 to 1: the scenario's, spread by person."""
    start = form.scenario.mood.start
    if form.persona.tone == "irritated":
        start += rules.irritated
    drawn = normal(start, rules.mood_sd, form.seed, form.key, "mood") if rules.mood_sd else start
    return round(max(-1.5, min(1.0, drawn)), 4)


def _depth(pack: Pack, kind: str) -> int:
    depth, above = 0, pack.kinds[kind].belongs_to
    while above is not None:
        depth, above = depth + 1, pack.kinds[above].belongs_to
    return depth


def _found_or_made(
    form: Form,
    records: Records,
    names: Mapping[str, str],
    name: str,
    kind: str,
) -> tuple[Record, Records]:
    found = _first(form.pack, records, names, kind)
    if found is not None:
        return found, records
    parent = _parent_id(form.pack, records, names, kind)
    blank = {field.name: field.default for field in form.pack.kinds[kind].fields.values()}
    made = Record(id=f"{form.key}.{name}", kind=kind, parent=parent, fields=blank)
    return made, (*records, made)


def _first(pack: Pack, records: Records, names: Mapping[str, str], kind: str) -> Record | None:
    """Find the first record of a kind not named yet, below the named records it belongs to."""
    taken = set(names.values())
    free = [record for record in records if record.kind == kind and record.id not in taken]
    parent = _parent_id(pack, records, names, kind)
    under = [record for record in free if record.parent == parent]
    if under or pack.kinds[kind].belongs_to in names:
        return under[0] if under else None
    return free[0] if free else None


def _parent_id(pack: Pack, records: Records, names: Mapping[str, str], kind: str) -> str | None:
    above = pack.kinds[kind].belongs_to
    if above is None:
        return None
    if above in names:
        return names[above]
    return next((record.id for record in records if record.kind == above), None)


# --- values ----------------------------------------------------------------------------------


def filled_value(value: Value, form: Form, params: Mapping[str, Value] | None = None) -> Value:
    """Return a value with slots and params filled; `-20d` becomes a date before the ticket's.

    A text that is one slot alone keeps the slot's type, so money stays a number.
    """
    words: dict[str, Value] = {**form.slots, **(params or {})}
    if isinstance(value, tuple):
        return tuple(_filled_text(part, words) for part in value)
    if not isinstance(value, str):
        return value
    days = _OFFSET.fullmatch(value)
    if days is not None:
        return (date.fromisoformat(form.opened_on) + timedelta(days=int(days[1]))).isoformat()
    alone = _WHOLE_SLOT.fullmatch(value)
    if alone is not None and alone[1] in words:
        return words[alone[1]]
    return _filled_text(value, words)


def _filled_text(text: str, words: Mapping[str, Value] | Slots) -> str:
    return _WHOLE_SLOT.sub(lambda found: str(words.get(found[1], found[0])), text)


# --- matching --------------------------------------------------------------------------------


def matches(tests: Tests, fields: Mapping[str, Value], form: Form) -> bool:
    """Return whether every test holds; a field that is absent fails all but `not`, `lacks`."""
    return all(
        _holds(test, fields.get(name), form) for name, tested in tests.items() for test in tested
    )


def _holds(test: FieldTest, value: Value, form: Form) -> bool:
    wanted = filled_value(test.value, form)
    match test.kind:
        case TestKind.EQUALS:
            return _same(value, wanted)
        case TestKind.NOT:
            return not _same(value, wanted)
        case TestKind.IN:
            return isinstance(wanted, tuple) and str(value) in wanted
        case TestKind.HAS:
            return isinstance(value, tuple) and wanted in value
        case TestKind.LACKS:
            return not (isinstance(value, tuple) and wanted in value)
        case _:
            return _compares(test.kind, value, wanted, form)


def _same(value: Value, wanted: Value) -> bool:
    if isinstance(value, tuple) and isinstance(wanted, tuple):
        return sorted(value) == sorted(wanted)
    return value == wanted


def _compares(kind: TestKind, value: Value, wanted: Value, form: Form) -> bool:
    if kind in (TestKind.DAYS_AGO_AT_LEAST, TestKind.DAYS_AGO_AT_MOST):
        value = _days_ago(value, form.opened_on)
    if isinstance(value, str) and isinstance(wanted, str):  # dates as ISO text
        return value >= wanted if kind is TestKind.AT_LEAST else value <= wanted
    if not isinstance(value, int | float) or not isinstance(wanted, int | float):
        return False
    if kind in (TestKind.AT_LEAST, TestKind.DAYS_AGO_AT_LEAST):
        return value >= wanted
    return value <= wanted


def _days_ago(value: Value, opened_on: str) -> int | None:
    if not isinstance(value, str) or not value:
        return None
    return (date.fromisoformat(opened_on) - date.fromisoformat(value)).days


def holds(condition: Condition, records: Records, record: Record, form: Form) -> bool:
    """Return whether a condition holds on a record and on those it belongs to."""
    if not matches(condition.own, record.fields, form):
        return False
    chain = {above.kind: above for above in records_above(records, record)}
    return all(
        kind in chain and matches(tests, chain[kind].fields, form)
        for kind, tests in condition.above.items()
    )


def records_above(records: Records, record: Record) -> Iterator[Record]:
    """Yield the records a record belongs to, nearest first."""
    by_id = {other.id: other for other in records}
    above = record.parent
    while above is not None and above in by_id:
        yield by_id[above]
        above = by_id[above].parent


def world_matches(
    tests: Mapping[str, Tests], names: Mapping[str, str], records: Records, form: Form
) -> bool:
    """Return whether every named record passes its tests."""
    return all(
        name in names and matches(part, record_of(records, names[name]).fields, form)
        for name, part in tests.items()
    )


# --- setting ---------------------------------------------------------------------------------


def changed(
    record: Record, changes: Changes, form: Form, params: Mapping[str, Value] | None = None
) -> Record:
    """Return a record with changes made."""
    fields = dict(record.fields)
    for name, change in changes.items():
        fields[name] = _changed(fields.get(name), change, filled_value(change.value, form, params))
    return replace(record, fields=fields)


def _changed(before: Value, change: Change, operand: Value) -> Value:
    if change.kind is ChangeKind.PUT:
        return operand
    if isinstance(before, tuple):
        return _changed_list(before, change.kind, operand)
    if isinstance(before, int | float) and isinstance(operand, int | float):
        return before + operand if change.kind is ChangeKind.ADD else before - operand
    return before


def _changed_list(before: tuple[str, ...], kind: ChangeKind, operand: Value) -> tuple[str, ...]:
    parts = operand if isinstance(operand, tuple) else (str(operand),)
    if kind is ChangeKind.REMOVE:
        return tuple(part for part in before if part not in parts)
    return (*before, *(part for part in parts if part not in before))


def with_effect(
    effect: Mapping[str, Changes], names: Mapping[str, str], records: Records, form: Form
) -> Records:
    """Return the records after what a point or trap changes, by name of a record."""
    for name, changes in effect.items():
        if name in names:
            record = record_of(records, names[name])
            records = with_record(records, changed(record, changes, form))
    return records


def with_record(records: Records, record: Record) -> Records:
    """Return the records with one of them replaced."""
    return tuple(record if other.id == record.id else other for other in records)


def record_of(records: Records, record_id: str) -> Record:
    """Return a record by id; raises KeyError when it is not there."""
    for record in records:
        if record.id == record_id:
            return record
    raise KeyError(record_id)


# --- showing ---------------------------------------------------------------------------------


def shown_fields(
    pack: Pack, records: Records, done: Iterable[Done]
) -> dict[str, tuple[ShownField, ...]]:
    """Return what the desk shows, by id of a record; fields not uncovered yet have no value.

    An action uncovers the fields of the record it was used on; fields of another kind than the
    action's are uncovered on every record.
    """
    used = {(one.action, one.record) for one in done}
    return {record.id: tuple(_shown(pack, record, used)) for record in records}


def _shown(pack: Pack, record: Record, used: set[tuple[str, str]]) -> Iterator[ShownField]:
    kind: Kind = pack.kinds[record.kind]
    for field in kind.fields.values():
        value = record.fields.get(field.name)
        if field.shown is True:
            yield ShownField(field.name, value)
        elif isinstance(field.shown, str):
            is_open = _is_uncovered(pack, field.shown, record, used)
            yield (
                ShownField(field.name, value)
                if is_open
                else ShownField(field.name, None, covered_by=field.shown)
            )


def _is_uncovered(pack: Pack, action: str, record: Record, used: set[tuple[str, str]]) -> bool:
    if action not in pack.actions:
        return False
    if pack.actions[action].on == record.kind:
        return (action, record.id) in used
    return any(name == action for name, _ in used)
