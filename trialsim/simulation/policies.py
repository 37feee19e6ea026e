"""Which policy clauses are in force, and which an action or a sentence breaks."""

from collections.abc import Iterable, Mapping

from trialsim.simulation.matching import Records, holds
from trialsim.simulation.types import CaseState, Clause, Form, Record, Rule, Value


def broken_by_action(
    form: Form,
    case: CaseState,
    records: Records,
    action: str,
    record: Record,
    params: Mapping[str, Value],
) -> tuple[str, ...]:
    """Return the clauses an action would break now, before it is done.

    In force are those that guard it and whose `when` and `params` match, less those that another
    one in force overrides.
    """
    in_force = _without_overridden(
        clause
        for clause in form.pack.clauses.values()
        if action in clause.guards
        and holds(clause.when, records, record, form)
        and _params_match(clause, params)
    )
    return tuple(clause.id for clause in in_force if _is_broken(clause, case))


def _params_match(clause: Clause, params: Mapping[str, Value]) -> bool:
    return all(params.get(name) == value for name, value in clause.params.items())


def _without_overridden(clauses: Iterable[Clause]) -> list[Clause]:
    in_force = list(clauses)
    overridden = {name for clause in in_force for name in clause.overrides}
    return [clause for clause in in_force if clause.id not in overridden]


def _is_broken(clause: Clause, case: CaseState) -> bool:
    if clause.rule is Rule.REFUSE:
        return True
    return clause.rule is Rule.NEED and not set(clause.needs) <= done_and_said(case)


def done_and_said(case: CaseState) -> set[str]:
    """Return every action done and point said on this ticket so far."""
    return {one.action for one in case.actions} | set(case.points)


def broken_by_words(form: Form, case: CaseState, records: Records, name: str) -> bool:
    """Return whether a point or trap that names this clause breaks it.

    Words break a clause as the action would. A clause that guards actions counts on the ticket's
    own records: at least one must match its `when` without another clause overriding it there.
    An overriding clause with `params` needs such an action done on this ticket, since words alone
    carry no params.
    """
    clause = form.pack.clauses[name]
    if not _is_broken(clause, case):
        return False
    if not clause.guards:
        return True
    return any(
        _applies(form, case, records, clause, record)
        for record in _own_records(form, case, records, clause)
    )


def _own_records(form: Form, case: CaseState, records: Records, clause: Clause) -> list[Record]:
    kinds = {form.pack.actions[action].on for action in clause.guards}
    named = {case.names[name] for name in form.scenario.world if name in case.names}
    own = [record for record in records if record.kind in kinds and record.id in named]
    return own or [record for record in records if record.kind in kinds]


def _applies(form: Form, case: CaseState, records: Records, clause: Clause, record: Record) -> bool:
    if not holds(clause.when, records, record, form):
        return False
    return not any(
        clause.id in other.overrides and _is_in_force_for(form, case, records, other, record)
        for other in form.pack.clauses.values()
    )


def _is_in_force_for(
    form: Form, case: CaseState, records: Records, clause: Clause, record: Record
) -> bool:
    if not holds(clause.when, records, record, form):
        return False
    if not clause.params:
        return True
    return any(
        one.record == record.id
        and one.action in clause.guards
        and _params_match(clause, one.params)
        for one in case.actions
    )


def is_critical(form: Form, broken: Iterable[str]) -> bool:
    """Return whether one of these clauses makes a break worth nothing."""
    return any(form.pack.clauses[name].critical for name in broken)
