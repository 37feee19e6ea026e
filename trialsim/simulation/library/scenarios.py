"""`scenarios/<id>.toml`: everything of a scenario that is no language."""

from collections.abc import Mapping
from dataclasses import dataclass

from trialsim.simulation.library.conditions import checked_value, known, known_field
from trialsim.simulation.library.goals import FieldsByName, read_effect, read_goal
from trialsim.simulation.library.reference import read_reference
from trialsim.simulation.library.tables import Table
from trialsim.simulation.library.texts import read_slots, read_texts
from trialsim.simulation.types import (
    AREAS,
    BUILT_IN_FLAGS,
    CHANNELS,
    TONES,
    Clause,
    DeskAction,
    Ends,
    Escalation,
    Fact,
    Kind,
    MindChange,
    Mood,
    PersonaLimits,
    Point,
    Scenario,
    Trap,
    Use,
    Value,
    WorldRecord,
)

_TEXT_KEYS = ("subject", "opening", "asks", "says", "pattern", "answers", "unless")


@dataclass(frozen=True, slots=True)
class Company:
    """What scenarios may refer to."""

    languages: tuple[str, ...]
    teams: tuple[str, ...]
    kinds: Mapping[str, Kind]
    actions: Mapping[str, DeskAction]
    clauses: Mapping[str, Clause]


def read_scenario(table: Table, company: Company) -> Scenario:
    """Return a scenario with the texts of its own file; variants come later."""
    languages = table.texts("languages") or company.languages[:1]
    known(table, "languages", languages, company.languages)
    world = _world(table.table("world"), company.kinds)
    fields = _fields_by_name(world, company.kinds)
    points = {
        name: _point(name, part, fields, company) for name, part in table.tables("points").items()
    }
    heaviest = tuple(sorted(points, key=lambda name: -points[name].weight)[:1])
    prior = table.table("difficulty")
    scenario = Scenario(
        id=table.text("id"),
        version=table.whole("version"),
        family=table.text("family"),
        area=table.one_of("area", AREAS),
        languages=languages,
        use=Use(table.one_of("use", [use.value for use in Use], "scored")),
        flags=_names(table, "flags", BUILT_IN_FLAGS),
        par_minutes=_by_channel(table, "par_minutes"),
        channels=_by_channel(table, "channels"),
        difficulty=prior.number("prior", 0.0),
        difficulty_sd=prior.number("sd", 0.5),
        articles=table.texts("articles"),
        policies=_names(table, "policies", company.clauses),
        persona=_persona(table.table("persona")),
        joins=table.texts("joins"),
        slots=read_slots(table),
        world=world,
        goal=read_goal(table.table("goal"), fields, heaviest),
        facts={name: _fact(name, part, company) for name, part in table.tables("facts").items()},
        points=points,
        traps={
            name: _trap(name, part, fields, company) for name, part in table.tables("traps").items()
        },
        escalation=_escalation(table, company),
        change=_change(table, fields, heaviest),
        mood=_mood(table.table("mood")),
        ends=_ends(table.table("ends")),
        reference_actions=read_reference(
            table.table("reference"), company.actions, _kinds_by_name(world, company.kinds)
        ),
        texts={languages[0]: read_texts(table, languages[0])},
    )
    prior.close()
    table.close()
    return scenario


def _kinds_by_name(world: Mapping[str, WorldRecord], kinds: Mapping[str, Kind]) -> dict[str, str]:
    """Return the kind behind each name; a kind's own name is the customer's first such record."""
    return {name: name for name in kinds} | {name: record.kind for name, record in world.items()}


def _fields_by_name(world: Mapping[str, WorldRecord], kinds: Mapping[str, Kind]) -> FieldsByName:
    return {name: kinds[kind].fields for name, kind in _kinds_by_name(world, kinds).items()}


def _names(
    table: Table, key: str, options: Mapping[str, object] | tuple[str, ...]
) -> tuple[str, ...]:
    names = table.texts(key)
    known(table, key, names, options)
    return names


def _by_channel(table: Table, key: str) -> dict[str, float]:
    found = table.numbers(key)
    if not found:
        table.fault(key, "give a number for at least one channel")
    known(table, key, found, CHANNELS)
    return found


def _persona(table: Table) -> PersonaLimits:
    limits = PersonaLimits(
        tones=_names(table, "tones", TONES),
        skill=table.whole_pair("skill", (0, 2)),
        patience=table.pair("patience", (0.0, 1.0)),
        plans=table.texts("plans"),
    )
    table.close()
    return limits


def _world(table: Table, kinds: Mapping[str, Kind]) -> dict[str, WorldRecord]:
    world: dict[str, WorldRecord] = {}
    for name in table.names:
        part = table.table(name)
        kind = kinds[part.one_of("kind", tuple(kinds))] if "kind" in part else kinds.get(name)
        if kind is None:
            table.fault(name, "is no kind of record: add kind = '…' to it")
            continue
        values: dict[str, Value] = {}
        for key in part.names:
            field = None if key == "kind" else known_field(part, key, kind.fields)
            if field is not None:
                values[key] = checked_value(part, field, part.any(key))
        world[name] = WorldRecord(kind=kind.name, fields=values, further=name != kind.name)
    return world


def _fact(name: str, table: Table, company: Company) -> Fact:
    fact = Fact(
        id=name,
        volunteer=table.number("volunteer", 0.0),
        needs_trust=table.number("needs_trust") if "needs_trust" in table else None,
        found_by=table.text("found_by", "") or None,
    )
    if fact.found_by:
        known(table, "found_by", [fact.found_by], company.actions)
    _close(table)
    return fact


def _point(
    name: str,
    table: Table,
    fields: FieldsByName,
    company: Company,
) -> Point:
    point = Point(
        id=name,
        weight=table.number("weight"),
        after=table.texts("after"),
        effect=read_effect(table.table("effect"), fields),
        policy=_policy(table, company),
    )
    _close(table)
    return point


def _trap(
    name: str,
    table: Table,
    fields: FieldsByName,
    company: Company,
) -> Trap:
    trap = Trap(
        id=name,
        harm=table.number("harm"),
        policy=_policy(table, company),
        effect=read_effect(table.table("effect"), fields),
    )
    _close(table)
    return trap


def _policy(table: Table, company: Company) -> str | None:
    policy = table.text("policy", "") or None
    if policy:
        known(table, "policy", [policy], company.clauses)
    return policy


def _close(table: Table) -> None:
    for key in _TEXT_KEYS:
        table.any(key)
    table.close()


def _escalation(table: Table, company: Company) -> Escalation | None:
    if "escalation" not in table:
        return None
    part = table.table("escalation")
    escalation = Escalation(to=part.texts("to"), facts=part.texts("facts"))
    known(part, "to", escalation.to, company.teams)
    if not escalation.to:
        part.fault("to", "name the team it is right to escalate to")
    part.close()
    return escalation


def _change(
    table: Table,
    fields: FieldsByName,
    heaviest: tuple[str, ...],
) -> MindChange | None:
    if "change" not in table:
        return None
    part = table.table("change")
    change = MindChange(
        after_turn=part.whole("after_turn"),
        goal=read_goal(part.table("goal"), fields, heaviest),
    )
    part.any("says")
    part.close()
    return change


def _mood(table: Table) -> Mood:
    mood = Mood(
        start=table.number("start", Mood().start),
        late_per_hour=_late(table),
    )
    table.close()
    return mood


def _late(table: Table) -> dict[str, float]:
    late = table.numbers("late_per_hour")
    known(table, "late_per_hour", late, CHANNELS)
    return late


def _ends(table: Table) -> Ends:
    usual = Ends()
    ends = Ends(
        give_up_below=table.number("give_up_below", usual.give_up_below),
        ask_for_manager_below=table.number("ask_for_manager_below", usual.ask_for_manager_below),
        max_customer_turns=table.whole("max_customer_turns", usual.max_customer_turns),
        reopen_if_wrong=table.number("reopen_if_wrong", usual.reopen_if_wrong),
    )
    table.close()
    return ends
