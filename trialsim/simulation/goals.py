"""How far a ticket has come: which parts of its goal are met, and what must never be true."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trialsim.simulation import matching
from trialsim.simulation.matching import Records
from trialsim.simulation.types import CaseState, Credit, Form, Goal, Part


@dataclass(frozen=True, slots=True)
class Progress:
    """The goal's parts, met or not; never empty, since a goal has at least its heaviest point."""

    parts: tuple[Part, ...]

    @property
    def share(self) -> float:
        """The share of parts met, 0 to 1."""
        return sum(part.met for part in self.parts) / max(1, len(self.parts))

    @property
    def is_whole(self) -> bool:
        """Whether every part is met."""
        return all(part.met for part in self.parts)


def goal_now(form: Form, case: CaseState) -> Goal:
    """Return the goal that counts: another one once the customer has changed their mind."""
    if case.changed and form.scenario.change is not None:
        return form.scenario.change.goal
    return form.scenario.goal


def progress(form: Form, case: CaseState, records: Records) -> Progress:
    """Return which parts of the goal are met; a lucky guess does not meet a point."""
    return Progress(tuple(_parts(form, case, records)))


def _parts(form: Form, case: CaseState, records: Records) -> Iterator[Part]:
    goal = goal_now(form, case)
    for name, tests in goal.world.items():
        for field, tested in tests.items():
            met = matching.world_matches({name: {field: tested}}, case.names, records, form)
            yield Part("world", f"{name}.{field}", met, 0.0, f"{name}: {field.replace('_', ' ')}")
    for point in goal.points:
        met = case.points.get(point) is Credit.WHOLE
        yield Part("point", point, met, 0.0, f"said: {point.replace('_', ' ')}")
    for fact in goal.facts:
        yield Part("fact", fact, fact in case.facts, 0.0, f"known: {fact.replace('_', ' ')}")
    if form.scenario.escalation is not None:
        right = case.handover is not None and case.handover.right
        yield Part("escalation", "escalation", right, 0.0, "escalated with its facts")


def with_forbidden(form: Form, case: CaseState, records: Records) -> CaseState:
    """Return the case with every forbidden state noted that is true now."""
    found = list(case.forbidden)
    which = "change" if case.changed else "goal"
    for place, tests in enumerate(goal_now(form, case).forbidden):
        name = f"{which}:{place}"
        if name not in found and matching.world_matches(tests, case.names, records, form):
            found.append(name)
    return replace(case, forbidden=tuple(found))
