"""The desk's part of a reference: what an experienced teammate does before each reply."""

from collections.abc import Mapping

from trialsim.simulation.library.conditions import checked_value, known, known_field
from trialsim.simulation.library.tables import Table
from trialsim.simulation.types import DeskAction, ReferenceAction, Value

_ESCALATE = "escalate"


def read_reference(
    table: Table,
    actions: Mapping[str, DeskAction],
    kinds: Mapping[str, str],
) -> tuple[tuple[ReferenceAction, ...], ...]:
    """Return the actions before each reply.

    A reply is a text, or `{ text, actions }`. `reference.actions` come before the last reply.
    An action is its name, `{ action, on, params }`, or `{ escalate, note }`.
    """
    steps = [_steps(table, place, actions, kinds) for place in range(_count(table))]
    last = _read_all(table, actions, kinds)
    if steps:
        steps[-1] = (*steps[-1], *last)
    table.any("harmful")
    table.close()
    return tuple(steps)


def _count(table: Table) -> int:
    raw = table.any("replies")
    if isinstance(raw, str):
        return 1
    if not isinstance(raw, list) or not raw:
        table.fault("replies", "write the replies of an experienced teammate")
        return 0
    return len(raw)


def _steps(
    table: Table,
    place: int,
    actions: Mapping[str, DeskAction],
    kinds: Mapping[str, str],
) -> tuple[ReferenceAction, ...]:
    raw = table.raw["replies"]
    row = raw[place] if isinstance(raw, list) else raw
    if isinstance(row, str):
        return ()
    part = Table(table.file, f"{table.where('replies')}[{place}]", row, table.faults)
    part.text("text")
    steps = _read_all(part, actions, kinds)
    part.close()
    return steps


def _read_all(
    table: Table,
    actions: Mapping[str, DeskAction],
    kinds: Mapping[str, str],
) -> tuple[ReferenceAction, ...]:
    raw = table.any("actions")
    if raw is None:
        return ()
    if not isinstance(raw, list):
        table.fault("actions", "write a list of actions")
        return ()
    found = []
    for place, row in enumerate(raw):
        where = f"{table.where('actions')}[{place}]"
        shaped = {"action": row} if isinstance(row, str) else row
        found.append(_read_one(Table(table.file, where, shaped, table.faults), actions, kinds))
    return tuple(found)


def _read_one(
    table: Table,
    actions: Mapping[str, DeskAction],
    kinds: Mapping[str, str],
) -> ReferenceAction:
    if _ESCALATE in table:
        team, note = table.text(_ESCALATE), table.text("note", "")
        table.close()
        return ReferenceAction(_ESCALATE, escalate_to=team, note=note)
    name = table.text("action")
    known(table, "action", [name], actions)
    action = actions.get(name)
    on = table.text("on", action.on if action else "")
    known(table, "on", [on], kinds)
    if action is not None and on in kinds and kinds[on] != action.on:
        table.fault("on", f"{name!r} acts on a {action.on}, not on a {kinds[on]}")
    params = _params(table.table("params"), action)
    table.close()
    return ReferenceAction(name, on, params)


def _params(table: Table, action: DeskAction | None) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name in table.names:
        raw = table.any(name)
        field = known_field(table, name, action.params if action else {})
        if field is not None:
            found[name] = checked_value(table, field, raw)
    return found
