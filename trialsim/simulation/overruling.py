"""What people overruled in the engine's reading of a ticket, and the outcome that follows from it.

Nothing of it reaches the customer: the case and the records that come out are for scoring alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trialsim.kit.streams import unit
from trialsim.simulation import goals, matching
from trialsim.simulation.desk import merged
from trialsim.simulation.joined_worth import worth
from trialsim.simulation.ledger import Ledger
from trialsim.simulation.matching import Records
from trialsim.simulation.types import (
    CaseState,
    Changes,
    Credit,
    Form,
    Match,
    OutcomeTrace,
    Part,
    Record,
    Rules,
)

_USUAL = Rules()
_ORDER = ("fact", "point", "trap")


@dataclass(frozen=True, slots=True)
class Heard:
    """What the engine counted in one reply; `reply` is the reply's place, from 0.

    `kind` is fact, point or trap, `is_guess` a point that counted half when it was said.
    """

    reply: int
    kind: str
    id: str
    matter: int = 0
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """What somebody ruled: this was said in that reply after all, or it was not."""

    reply: int
    kind: str
    id: str
    counts: bool
    matter: int = 0


def overruled_worth(
    forms: Sequence[Form],
    cases: Sequence[CaseState],
    records: Records,
    heard: Iterable[Heard],
    rulings: Sequence[Ruling],
    rules: Rules = _USUAL,
) -> OutcomeTrace:
    """Return what a ticket was worth once every ruling is taken in; the trace names them all.

    Without rulings it is the engine's own outcome.
    """
    told = list(heard)
    after = []
    for matter, (form, read) in enumerate(zip(forms, cases, strict=True)):
        own = [one for one in rulings if one.matter == matter]
        said = [one for one in told if one.matter == matter]
        case, records = ruled(form, read, records, said, own, rules)
        after.append(case)
    trace = worth(forms, after, records, rules)
    return replace(trace, parts=(*trace.parts, *(_part(one) for one in rulings)))


def at_value(trace: OutcomeTrace, value: float) -> OutcomeTrace:
    """Return a trace whose whole outcome, 0 to 100, was overruled."""
    text = f"overruled: {value:g} of 100 instead of {trace.value:g}"
    amount = round(value - trace.value, 2)
    part = Part("overruled", "outcome", value >= trace.value, amount, text)
    return replace(trace, value=round(value, 2), parts=(*trace.parts, part))


def ruled(
    form: Form,
    case: CaseState,
    records: Records,
    heard: Iterable[Heard],
    rulings: Iterable[Ruling],
    rules: Rules = _USUAL,
) -> tuple[CaseState, Records]:
    """Return one matter and the world as they would be had the engine read as people do.

    What was not said gives back its credit or harm, with what it changed in the world, unless
    another reply said it as well. What was said after all counts as it does for the engine, with
    its effects. Time, mood and what the customer wrote stay as they were.
    """
    found = sorted(rulings, key=lambda one: (_ORDER.index(one.kind), one.reply))
    refused = {(one.reply, one.kind, one.id) for one in found if not one.counts}
    said = list(heard)
    left = [one for one in said if (one.reply, one.kind, one.id) not in refused]
    for kind, name in dict.fromkeys((one.kind, one.id) for one in said if one not in left):
        others = [one for one in left if (one.kind, one.id) == (kind, name)]
        case, records = _WITHOUT[kind](form, case, records, name, others)
    for one in found:
        if one.counts:
            case, records = _with(form, case, records, one, left, rules)
    return goals.with_forbidden(form, case, records), records


# --- what was not said -----------------------------------------------------------------------


def _without_fact(
    form: Form, case: CaseState, records: Records, name: str, others: Sequence[Heard]
) -> tuple[CaseState, Records]:
    """Take a fact away that nobody asked for, unless it was told or found without asking."""
    if others or _is_known_anyway(form, case, name):
        return case, records
    return replace(case, facts=_less(case.facts, name)), records


def _is_known_anyway(form: Form, case: CaseState, name: str) -> bool:
    fact = form.scenario.facts[name]
    is_found = any(one.action == fact.found_by for one in case.actions)
    return is_found or unit(form.seed, form.key, "volunteer", name) < fact.volunteer


def _without_point(
    form: Form, case: CaseState, records: Records, name: str, others: Sequence[Heard]
) -> tuple[CaseState, Records]:
    """Take a point's credit away, down to what other replies earned."""
    if any(not one.is_guess for one in others) or name not in case.points:
        return case, records
    point = form.scenario.points[name]
    points = {key: credit for key, credit in case.points.items() if key != name}
    if others:
        case = replace(case, points={**points, name: Credit.HALF})
    else:
        case = _mended(form, replace(case, points=points), point.policy)
    return _unfollowed(form, case, records, f"point:{name}", point.effect)


def _without_trap(
    form: Form, case: CaseState, records: Records, name: str, others: Sequence[Heard]
) -> tuple[CaseState, Records]:
    if others or name not in case.traps:
        return case, records
    trap = form.scenario.traps[name]
    case = _mended(form, replace(case, traps=_less(case.traps, name)), trap.policy)
    return _unfollowed(form, case, records, f"trap:{name}", trap.effect)


_WITHOUT = {"fact": _without_fact, "point": _without_point, "trap": _without_trap}


def _mended(form: Form, case: CaseState, policy: str | None) -> CaseState:
    """Forget a broken clause when nothing else that was done or said may have broken it."""
    if policy is None:
        return case
    scenario = form.scenario
    said = [scenario.points[name].policy for name in case.points]
    said += [scenario.traps[name].policy for name in case.traps]
    if policy in said or any(policy in one.broke for one in case.actions):
        return case
    return replace(case, broken=_less(case.broken, policy))


def _unfollowed(
    form: Form,
    case: CaseState,
    records: Records,
    effect: str,
    changes: Mapping[str, Changes],
) -> tuple[CaseState, Records]:
    """Undo what the customer did on a word that was never given.

    A field goes back to how the scenario began, if it still is as the effect left it.
    """
    if effect not in case.followed:
        return case, records
    case = replace(case, followed=_less(case.followed, effect))
    for name, parts in changes.items():
        if name in case.names:
            record = matching.record_of(records, case.names[name])
            records = matching.with_record(records, _restored(form, case, name, record, parts))
    touched = {(name, field) for name, parts in changes.items() for field in parts}
    return _unforbidden(form, case, records, touched), records


def _restored(form: Form, case: CaseState, name: str, record: Record, changes: Changes) -> Record:
    fields = dict(record.fields)
    began = form.scenario.world[name].fields if name in form.scenario.world else {}
    kind = form.pack.kinds[record.kind]
    for field, change in changes.items():
        default = kind.fields[field].default if field in kind.fields else None
        first = matching.filled_value(began.get(field, default), form)
        before = replace(record, fields={**record.fields, field: first})
        led_to = matching.changed(before, {field: change}, form).fields[field]
        if led_to == record.fields.get(field) and not _is_done(form, case, record, field):
            fields[field] = first
    return replace(record, fields=fields)


def _is_done(form: Form, case: CaseState, record: Record, field: str) -> bool:
    """Whether the candidate's own action on the record changes that field as well."""
    return any(
        field in outcome.change
        for one in case.actions
        if one.record == record.id
        for outcome in form.pack.actions[one.action].outcomes
    )


def _unforbidden(
    form: Form, case: CaseState, records: Records, touched: set[tuple[str, str]]
) -> CaseState:
    """Forget forbidden states that were true by these fields alone and are true no more."""
    which = "change" if case.changed else "goal"
    now = set(goals.with_forbidden(form, replace(case, forbidden=()), records).forbidden)
    gone = {
        f"{which}:{place}"
        for place, tests in enumerate(goals.goal_now(form, case).forbidden)
        if touched & {(name, field) for name, part in tests.items() for field in part}
    }
    left = tuple(one for one in case.forbidden if one in now or one not in gone)
    return replace(case, forbidden=left)


# --- what was said after all -----------------------------------------------------------------


def _with(
    form: Form,
    case: CaseState,
    records: Records,
    ruling: Ruling,
    heard: Sequence[Heard],
    rules: Rules,
) -> tuple[CaseState, Records]:
    if ruling.kind == "fact":
        return _with_fact(form, case, records, ruling, heard, rules)
    ledger = Ledger(form, records, rules, case)
    match = Match(ruling.kind, ruling.id, f"ruled in reply {ruling.reply}", 0, "person", 1.0)
    effects = form.scenario.points if ruling.kind == "point" else form.scenario.traps
    if ruling.kind == "point":
        ledger.point(match)
    else:
        ledger.trap(match)
    case = replace(ledger.case, mood=case.mood)
    for _ in ledger.effects:
        changes = effects[ruling.id].effect
        records = matching.with_effect(changes, case.names, records, form)
    return replace(case, followed=merged(case.followed, ledger.effects)), records


def _with_fact(
    form: Form,
    case: CaseState,
    records: Records,
    ruling: Ruling,
    heard: Sequence[Heard],
    rules: Rules,
) -> tuple[CaseState, Records]:
    """Let a fact be known that was asked for, and points that waited for it count whole."""
    if ruling.id in case.facts:
        return case, records
    case = replace(case, facts=merged(case.facts, (ruling.id,)))
    waited = [
        one
        for one in heard
        if one.kind == "point"
        and one.reply > ruling.reply
        and case.points.get(one.id) is Credit.HALF
        and ruling.id in form.scenario.points[one.id].after
    ]
    for one in waited:
        again = Ruling(one.reply, "point", one.id, counts=True)
        case, records = _with(form, case, records, again, (), rules)
    return case, records


def _less(names: Iterable[str], gone: str) -> tuple[str, ...]:
    return tuple(name for name in names if name != gone)


def _part(ruling: Ruling) -> Part:
    name = ruling.id.replace("_", " ")
    word = "said after all" if ruling.counts else "not said"
    word = word.replace("said", "asked") if ruling.kind == "fact" else word
    text = f"overruled: {ruling.kind} “{name}” {word} in reply {ruling.reply + 1}"
    return Part("overruled", ruling.id, ruling.counts, 0.0, text)
