"""The records a drawn customer owns, by the kinds of a pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from trialsim.simulation.pools import Pool
from trialsim.simulation.types import Field, FieldType, Kind, Pack, Record, Value

_EMPTY: Mapping[FieldType, Value] = {
    FieldType.TEXT: "",
    FieldType.NUMBER: 0,
    FieldType.BOOL: False,
    FieldType.MONEY: 0,
    FieldType.LIST: (),
}


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns the records: their id, plan, addresses in order, and the words of their locale."""

    id: str
    plan: str
    domains: Sequence[str]
    pool: Pool


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What is at hand while one customer's records are drawn."""

    owner: Owner
    today: date
    chance: Random


def draw_records(pack: Pack, owner: Owner, *, on: str, draw: Random) -> tuple[Record, ...]:
    """Return the records of one customer, parents before what belongs to them.

    The n-th record of a kind gets the owner's n-th domain, so that their site and the domain
    it stands on agree. Dates lie before `on` (ISO).
    """
    drawing = _Drawing(owner, date.fromisoformat(on), draw)
    by_kind: dict[str, list[Record]] = {}
    for kind in parents_first(pack.kinds):
        above = by_kind.get(kind.belongs_to or "", [])
        parents: list[str | None] = [record.id for record in above]
        if kind.belongs_to is None:
            parents = [None]
        records: list[Record] = []
        blank = _blank(kind, drawing)
        for parent in parents:
            for _ in range(draw.randint(*kind.each)):
                fields = {**blank, **_drawn(kind, len(records), drawing)}
                if kind.belongs_to is None and "plan" in fields:
                    fields["plan"] = owner.plan
                identity = f"{owner.id}.{kind.name}{len(records) + 1}"
                records.append(Record(identity, kind.name, parent, fields))
        by_kind[kind.name] = records
    return tuple(record for records in by_kind.values() for record in records)


def parents_first(kinds: Mapping[str, Kind]) -> list[Kind]:
    """Return the kinds in an order in which each follows the one it belongs to."""
    ordered: list[Kind] = []
    waiting = list(kinds.values())
    while waiting:
        names = {kind.name for kind in ordered}
        ready = [kind for kind in waiting if kind.belongs_to is None or kind.belongs_to in names]
        ordered.extend(ready or waiting)
        waiting = [kind for kind in waiting if kind not in ready] if ready else []
    return ordered


def _blank(kind: Kind, drawing: _Drawing) -> dict[str, Value]:
    """Return every field as it is where nothing is drawn, in the pack's order."""
    return {name: _undrawn(field, drawing) for name, field in kind.fields.items()}


def _drawn(kind: Kind, place: int, drawing: _Drawing) -> dict[str, Value]:
    """Draw the fields that have something to draw, in the pack's order."""
    return {
        name: _value(field, field.draw, place, drawing)
        for name, field in kind.fields.items()
        if field.draw is not None
    }


def _value(field: Field, draw: str | tuple[int, int], place: int, drawing: _Drawing) -> Value:
    if isinstance(draw, str):
        return _word(draw, place, drawing)
    drawn = drawing.chance.randint(*draw)
    if field.type is FieldType.DATE:
        return (drawing.today + timedelta(days=drawn)).isoformat()
    if field.type is FieldType.MONEY:
        return drawn // 50 * 50  # prices look like prices
    return drawn


def _undrawn(field: Field, drawing: _Drawing) -> Value:
    if field.default is not None:
        return field.default
    if field.values:
        return field.values[0]
    if field.type is FieldType.DATE:
        return drawing.today.isoformat()
    return _EMPTY.get(field.type)


def _word(what: str, place: int, drawing: _Drawing) -> str:
    """Return a domain of the customer's own, or a name from the pool of their locale."""
    pool, chance, domains = drawing.owner.pool, drawing.chance, drawing.owner.domains
    if what == "domain":
        return domains[place % len(domains)]
    if what == "company":
        return f"{chance.choice(pool.families).latin} & {chance.choice(pool.families).latin}"
    words = {"first_name": pool.given, "last_name": pool.families, "city": pool.towns}
    return chance.choice(words[what]).latin
