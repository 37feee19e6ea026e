"""A customer's records on the desk: named for a ticket when it opens, and shown field by field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from trialsim.kit.streams import normal
from trialsim.simulation.matching import Records, filled_value, with_record
from trialsim.simulation.types import (
    CaseState,
    Done,
    Form,
    Kind,
    Pack,
    Record,
    Rules,
    Value,
    WorldRecord,
)

_USUAL = Rules()


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field as the desk shows it; `covered_by` is the action that would uncover it."""

    name: str
    value: Value
    covered_by: str = ""


def open_case(form: Form, records: Records, rules: Rules = _USUAL) -> tuple[CaseState, Records]:
    """Return a new ticket's state, and the customer's records as the scenario needs them.

    Fields the scenario names are overwritten, the rest stay as they are; a record that is
    missing is created. Every kind's first record can be named by its kind as well.
    """
    names: dict[str, str] = {}
    world = {"account": WorldRecord("account", {}), **form.scenario.world}
    wanted = sorted(world.items(), key=lambda item: _depth(form.pack, item[1].kind))
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
