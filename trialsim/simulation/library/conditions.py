"""Tests, changes and values as authors write them, checked against the fields they name."""

import re
from collections.abc import Collection, Mapping

from trialsim.simulation.library.tables import Table, nearest, value_of
from trialsim.simulation.types import (
    Change,
    ChangeKind,
    Changes,
    Comparison,
    Condition,
    Field,
    FieldTest,
    FieldType,
    Kind,
    Tests,
    Value,
)

_TESTS = {kind.value: kind for kind in Comparison if kind is not Comparison.EQUALS}
_PLACEHOLDER = re.compile(r"\{\w+\}")
_OFFSET = re.compile(r"-?\d+d")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def read_tests(table: Table, fields: Mapping[str, Field]) -> Tests:
    """Return the tests of a table whose keys are fields."""
    tests: dict[str, tuple[FieldTest, ...]] = {}
    for name in table.names:
        raw = table.any(name)
        field = known_field(table, name, fields)
        if field is not None:
            tests[name] = _field_tests(table, field, raw)
    return tests


def _field_tests(table: Table, field: Field, raw: object) -> tuple[FieldTest, ...]:
    if not isinstance(raw, dict):
        return (FieldTest(Comparison.EQUALS, checked_value(table, field, raw)),)
    found = []
    for word, operand in raw.items():
        kind = _TESTS.get(word)
        if kind is None:
            table.fault(field.name, f"{word!r} is no test{nearest(word, _TESTS)}")
        else:
            found.append(FieldTest(kind, _operand(table, field, kind, operand)))
    return tuple(found)


def _operand(table: Table, field: Field, kind: Comparison, raw: object) -> Value:
    if kind in (Comparison.DAYS_AGO_AT_LEAST, Comparison.DAYS_AGO_AT_MOST):
        if field.type is not FieldType.DATE or not isinstance(raw, int):
            table.fault(field.name, "days_ago tests compare a date with a whole number of days")
        return value_of(raw)
    if kind in (Comparison.HAS, Comparison.LACKS):
        if field.type is not FieldType.LIST:
            table.fault(field.name, f"{kind.value!r} looks into a list; use a plain value here")
        return value_of(raw)
    if kind is Comparison.IN:
        if not isinstance(raw, list):
            table.fault(field.name, "'in' takes a list of values")
        return value_of(raw)
    return checked_value(table, field, raw)


def read_condition(table: Table, kind: Kind, kinds: Mapping[str, Kind]) -> Condition:
    """Return a condition on a record of a kind and on the kinds it belongs to."""
    above = kinds_above(kind, kinds)
    parts = {name: table.table(name) for name in table.names if name in above}
    own = {name: raw for name, raw in table.raw.items() if name not in parts}
    return Condition(
        own=read_tests(Table(table.file, table.path, own, table.faults), kind.fields),
        above={name: read_tests(part, kinds[name].fields) for name, part in parts.items()},
    )


def read_changes(table: Table, fields: Mapping[str, Field]) -> Changes:
    """Return the changes of a table whose keys are fields."""
    changes: dict[str, Change] = {}
    for name in table.names:
        raw = table.any(name)
        field = known_field(table, name, fields)
        if field is not None:
            changes[name] = _change(table, field, raw)
    return changes


def _change(table: Table, field: Field, raw: object) -> Change:
    if not isinstance(raw, dict):
        return Change(ChangeKind.PUT, checked_value(table, field, raw))
    if len(raw) != 1 or not set(raw) <= {"add", "remove"}:
        table.fault(field.name, "write a plain value, { add = … } or { remove = … }")
        return Change(ChangeKind.PUT, field.default)
    if field.type not in (FieldType.LIST, FieldType.NUMBER, FieldType.MONEY):
        table.fault(field.name, "only lists and numbers can be added to; write a plain value")
    word, operand = next(iter(raw.items()))
    return Change(ChangeKind(word), value_of(operand))


def known_field(table: Table, name: str, fields: Mapping[str, Field]) -> Field | None:
    """Find a field by name; a fault when there is none."""
    field = fields.get(name)
    if field is None:
        table.fault(name, f"is no field here{nearest(name, tuple(fields))}")
    return field


def checked_value(table: Table, field: Field, raw: object) -> Value:
    """Return a value of a field; a fault when it does not fit. A text with a slot fits any."""
    value = value_of(raw)
    if isinstance(value, str) and _PLACEHOLDER.search(value):
        return value
    if not _fits(field, value):
        table.fault(field.name, _advice(field, raw))
    return value


def _fits(field: Field, value: Value) -> bool:
    match field.type:
        case FieldType.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case FieldType.BOOL:
            return isinstance(value, bool)
        case FieldType.DATE:
            return isinstance(value, str) and bool(
                _ISO.fullmatch(value) or _OFFSET.fullmatch(value)
            )
        case FieldType.MONEY:
            return isinstance(value, int) and not isinstance(value, bool)
        case FieldType.CHOICE:
            return value in field.values
        case _:
            wanted = tuple if field.type is FieldType.LIST else str
            return isinstance(value, wanted)


def _advice(field: Field, raw: object) -> str:
    if field.type is FieldType.CHOICE:
        return f"{raw!r} is not among its values{nearest(str(raw), field.values)}"
    if field.type is FieldType.MONEY:
        return f"write minor units as a whole number (1250 for 12.50), not {raw!r}"
    if field.type is FieldType.DATE:
        return f"write a date, or days before the ticket such as '-20d', not {raw!r}"
    return f"write a {field.type.value}, not {raw!r}"


def kinds_above(kind: Kind, kinds: Mapping[str, Kind]) -> tuple[str, ...]:
    """Return the kinds a kind belongs to, nearest first."""
    chain: list[str] = []
    above = kind.belongs_to
    while above is not None and above in kinds and above not in chain:
        chain.append(above)
        above = kinds[above].belongs_to
    return tuple(chain)


def known(table: Table, key: str, names: Collection[str], known_names: Collection[str]) -> None:
    """Report each name under a key that is not known."""
    for name in names:
        if name not in known_names:
            table.fault(key, f"{name!r} is unknown{nearest(name, known_names)}")
