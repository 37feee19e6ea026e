"""Goals and effects of a scenario: what must be true, and what words change."""

from collections.abc import Mapping

from trialsim.simulation.library.conditions import read_changes, read_tests
from trialsim.simulation.library.tables import Table, nearest
from trialsim.simulation.types import Effect, Field, Goal, Tests

FieldsByName = Mapping[str, Mapping[str, Field]]


def read_goal(table: Table, fields: FieldsByName, heaviest: tuple[str, ...]) -> Goal:
    """Return a goal; its points default to the heaviest one."""
    goal = Goal(
        world=_tests_by_name(table.table("world"), fields),
        points=table.texts("points") if "points" in table else heaviest,
        facts=table.texts("facts"),
        forbidden=tuple(_tests_by_name(row, fields) for row in table.rows("forbidden")),
    )
    table.close()
    return goal


def _tests_by_name(table: Table, fields: FieldsByName) -> dict[str, Tests]:
    return {
        name: read_tests(table.table(name), fields[name])
        for name in table.names
        if _is_record(table, name, fields)
    }


def read_effect(table: Table, fields: FieldsByName) -> Effect:
    """Return what changes, by name of a record."""
    return {
        name: read_changes(table.table(name), fields[name])
        for name in table.names
        if _is_record(table, name, fields)
    }


def _is_record(table: Table, name: str, fields: FieldsByName) -> bool:
    if name in fields:
        return True
    table.fault(name, f"names no record of this scenario{nearest(name, tuple(fields))}")
    return False
