"""`pack.toml`: kinds of record, desk actions and policy clauses."""

import re
from collections.abc import Mapping

from trialsim.simulation.library.conditions import (
    checked_value,
    kinds_above,
    known,
    known_field,
    read_changes,
    read_condition,
)
from trialsim.simulation.library.tables import Table
from trialsim.simulation.types import (
    ActionOutcome,
    Changes,
    Clause,
    Condition,
    DeskAction,
    Field,
    FieldType,
    Kind,
    Rule,
    Value,
)

_EMPTY: Mapping[FieldType, Value] = {
    FieldType.TEXT: "",
    FieldType.NUMBER: 0,
    FieldType.BOOL: False,
    FieldType.DATE: None,
    FieldType.MONEY: 0,
    FieldType.LIST: (),
}
_DAYS = re.compile(r"-?\d+d")
_DRAWN_TEXTS = ("domain", "company", "first_name", "last_name", "city", "email")


def read_kinds(table: Table) -> dict[str, Kind]:
    """Return the kinds of record; a fault when `account` is not among them."""
    kinds = {name: _kind(name, part) for name, part in table.tables("kinds").items()}
    if "account" not in kinds:
        table.fault("kinds", "add [kinds.account]: every customer has one account")
    for name, kind in kinds.items():
        if kind.belongs_to is not None and kind.belongs_to not in kinds:
            table.fault(f"kinds.{name}.belongs_to", f"{kind.belongs_to!r} is no kind")
        if name in kinds_above(kind, kinds):
            table.fault(f"kinds.{name}.belongs_to", "a kind cannot belong to itself")
    return kinds


def _kind(name: str, table: Table) -> Kind:
    above = table.text("belongs_to", "") or None
    each = table.whole_pair("each", (1, 1))
    fields = {key: read_field(key, part) for key, part in table.tables("fields").items()}
    table.close()
    return Kind(name=name, belongs_to=above, each=each, fields=fields)


def read_field(name: str, table: Table) -> Field:
    """Return one field of a kind, or one parameter of an action."""
    kind = FieldType(table.one_of("type", [kind.value for kind in FieldType]))
    values = table.texts("values")
    if kind is FieldType.CHOICE and not values:
        table.fault("values", "list what one may choose")
    empty = Field(name=name, type=kind, values=values)
    default = _EMPTY.get(kind, values[0] if values else "")
    if "default" in table:
        default = checked_value(
            Table(table.file, table.path, {}, table.faults), empty, table.any("default")
        )
    field = Field(name, kind, values, default, _shown(table), _draw(table, kind))
    table.close()
    return field


def _shown(table: Table) -> bool | str:
    raw = table.any("shown")
    if raw is None:
        return True
    if isinstance(raw, bool | str):
        return raw
    table.fault("shown", "write true, false, or the action that uncovers it")
    return True


def _draw(table: Table, kind: FieldType) -> str | tuple[int, int] | None:
    raw = table.any("draw")
    if raw is None:
        return None
    if isinstance(raw, str) and kind is FieldType.TEXT and raw in _DRAWN_TEXTS:
        return raw
    if isinstance(raw, list) and len(raw) == 2:  # noqa: PLR2004 (from and to)
        ends = [_end(part) for part in raw]
        if None not in ends and ends == sorted(end for end in ends if end is not None):
            return ends[0] or 0, ends[1] or 0
    table.fault("draw", f"write [from, to], ['-30d', '-1d'], or one of {', '.join(_DRAWN_TEXTS)}")
    return None


def _end(raw: object) -> int | None:
    if isinstance(raw, str) and _DAYS.fullmatch(raw):
        return int(raw[:-1])
    return raw if isinstance(raw, int) else None


def read_actions(table: Table, kinds: Mapping[str, Kind]) -> dict[str, DeskAction]:
    """Return the desk actions."""
    return {name: _action(name, part, kinds) for name, part in table.tables("actions").items()}


def _action(name: str, table: Table, kinds: Mapping[str, Kind]) -> DeskAction:
    kind = kinds[table.one_of("on", tuple(kinds))]
    action = DeskAction(
        id=name,
        label=table.text("label"),
        on=kind.name,
        params={key: read_field(key, part) for key, part in table.tables("params").items()},
        requires=read_condition(table.table("requires"), kind, kinds),
        outcomes=_outcomes(table, kind, kinds),
    )
    table.close()
    return action


def _outcomes(table: Table, kind: Kind, kinds: Mapping[str, Kind]) -> tuple[ActionOutcome, ...]:
    rows = table.rows("outcomes")
    if rows and ("set" in table or "tells" in table):
        table.fault("outcomes", "use either outcomes, or set and tells")
    if not rows:
        return (_outcome(table, kind, kinds),)
    found = []
    for row in rows:
        found.append(_outcome(row, kind, kinds))
        row.close()
    if rows[-1].raw.get("when"):
        table.fault("outcomes", "end with one without `when`: what happens otherwise")
    return tuple(found)


def _outcome(table: Table, kind: Kind, kinds: Mapping[str, Kind]) -> ActionOutcome:
    own, above = _set(table.table("set"), kind, kinds)
    return ActionOutcome(
        when=read_condition(table.table("when"), kind, kinds),
        change=own,
        tells=table.text("tells"),
        above=above,
    )


def _set(
    table: Table,
    kind: Kind,
    kinds: Mapping[str, Kind],
) -> tuple[Changes, dict[str, Changes]]:
    parents = kinds_above(kind, kinds)
    above = {
        name: read_changes(table.table(name), kinds[name].fields)
        for name in table.names
        if name in parents
    }
    own = {name: raw for name, raw in table.raw.items() if name not in above}
    return read_changes(Table(table.file, table.path, own, table.faults), kind.fields), above


def read_clauses(
    table: Table,
    actions: Mapping[str, DeskAction],
    kinds: Mapping[str, Kind],
) -> dict[str, Clause]:
    """Return the policy clauses by `<document>.<anchor>`."""
    clauses: dict[str, Clause] = {}
    for document, part in table.tables("policies").items():
        for anchor in part.names:
            name = f"{document}.{anchor}"
            clauses[name] = _clause(name, part.table(anchor), actions, kinds)
    _check_overrides(table, clauses)
    return clauses


def _clause(
    name: str,
    table: Table,
    actions: Mapping[str, DeskAction],
    kinds: Mapping[str, Kind],
) -> Clause:
    guards = table.texts("guards")
    known(table, "guards", guards, actions)
    clause = Clause(
        id=name,
        rule=Rule(table.one_of("rule", [rule.value for rule in Rule])),
        guards=guards,
        needs=table.texts("needs"),
        when=_when(table, guards, actions, kinds),
        params=_params(table.table("params"), guards, actions),
        overrides=table.texts("overrides"),
        critical=table.flag("critical", default=False),
    )
    if (clause.rule is Rule.NEED) != bool(clause.needs):
        table.fault("needs", "a clause has `needs` exactly when its rule is 'need'")
    table.close()
    return clause


def _when(
    table: Table,
    guards: tuple[str, ...],
    actions: Mapping[str, DeskAction],
    kinds: Mapping[str, Kind],
) -> Condition:
    guarded = {actions[name].on for name in guards if name in actions}
    part = table.table("when")
    if not part.raw:
        return Condition()
    if len(guarded) != 1:
        table.fault("when", "a clause with `when` guards actions on one kind of record")
        return Condition()
    return read_condition(part, kinds[guarded.pop()], kinds)


def _params(
    table: Table,
    guards: tuple[str, ...],
    actions: Mapping[str, DeskAction],
) -> dict[str, Value]:
    fields: dict[str, Field] = {}
    for name in guards:
        if name in actions:
            fields.update(actions[name].params)
    found: dict[str, Value] = {}
    for name in table.names:
        raw = table.any(name)
        field = known_field(table, name, fields)
        if field is not None:
            found[name] = checked_value(table, field, raw)
    return found


def _check_overrides(table: Table, clauses: Mapping[str, Clause]) -> None:
    for name, clause in clauses.items():
        known(table, f"policies.{name}.overrides", clause.overrides, clauses)
        if name in _overridden(name, clauses):
            table.fault(f"policies.{name}.overrides", "a clause ends up overriding itself")


def _overridden(name: str, clauses: Mapping[str, Clause]) -> set[str]:
    found: set[str] = set()
    waiting = list(clauses[name].overrides)
    while waiting:
        other = waiting.pop()
        if other in clauses and other not in found:
            found.add(other)
            waiting += clauses[other].overrides
    return found
