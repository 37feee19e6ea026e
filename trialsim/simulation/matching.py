"""Records compared and changed: tests, conditions, settings, and the slots that fill them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeAlias

from trialsim.simulation.types import (
    Change,
    ChangeKind,
    Changes,
    Comparison,
    Condition,
    FieldTest,
    Form,
    Record,
    Slots,
    Tests,
    Value,
)

Records: TypeAlias = tuple[Record, ...]

_OFFSET = re.compile(r"(-?\d+)d")
_WHOLE_SLOT = re.compile(r"\{(\w+)\}")


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


def matches(tests: Tests, fields: Mapping[str, Value], form: Form) -> bool:
    """Return whether every test holds; a field that is absent fails all but `not`, `lacks`."""
    return all(
        _holds(test, fields.get(name), form) for name, tested in tests.items() for test in tested
    )


def _holds(test: FieldTest, value: Value, form: Form) -> bool:
    wanted = filled_value(test.value, form)
    match test.kind:
        case Comparison.EQUALS:
            return _same(value, wanted)
        case Comparison.NOT:
            return not _same(value, wanted)
        case Comparison.IN:
            return isinstance(wanted, tuple) and str(value) in wanted
        case Comparison.HAS:
            return isinstance(value, tuple) and wanted in value
        case Comparison.LACKS:
            return not (isinstance(value, tuple) and wanted in value)
        case _:
            return _compares(test.kind, value, wanted, form)


def _same(value: Value, wanted: Value) -> bool:
    if isinstance(value, tuple) and isinstance(wanted, tuple):
        return sorted(value) == sorted(wanted)
    return value == wanted


def _compares(kind: Comparison, value: Value, wanted: Value, form: Form) -> bool:
    if kind in (Comparison.DAYS_AGO_AT_LEAST, Comparison.DAYS_AGO_AT_MOST):
        value = _days_ago(value, form.opened_on)
    if isinstance(value, str) and isinstance(wanted, str):  # dates as ISO text
        return value >= wanted if kind is Comparison.AT_LEAST else value <= wanted
    if not isinstance(value, int | float) or not isinstance(wanted, int | float):
        return False
    if kind in (Comparison.AT_LEAST, Comparison.DAYS_AGO_AT_LEAST):
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
