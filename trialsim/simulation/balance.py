"""Proof that the candidates of a cohort are given equal work, in figures and in plain lines."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trialsim.simulation.cells import ticket_par
from trialsim.simulation.incidents import INCIDENT
from trialsim.simulation.planned import CandidatePlan, CohortPlan, PlannedTicket
from trialsim.simulation.types import LAID_ON_FLAGS, Pack

# What rotation inside a cell may leave; [assumed]: a tenth of what candidates differ by in pace.
PAR_TOLERANCE = 0.03
DIFFICULTY_TOLERANCE = 0.15
_EVEN_HOURS = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """Something of which two candidates get a different number in a trial week."""

    week: int
    what: str
    fewest: int
    most: int


@dataclass(frozen=True, slots=True)
class Load:
    """One candidate's month: scored tickets, their par minutes and mean difficulty in logits."""

    candidate: int
    tickets: int
    par_minutes: float
    difficulty: float
    not_reached: int


@dataclass(frozen=True, slots=True)
class EqualityReport:
    """What is equal and what is not; `lines` say it to a manager, best read in order."""

    equal: bool
    differences: tuple[Difference, ...]
    loads: tuple[Load, ...]
    par_share_apart: float
    difficulty_apart: float
    anchors: int
    anchors_aligned: bool
    incident: int
    meetings_on_one_day: int
    lines: tuple[str, ...]


def equality(
    pack: Pack, plan: CohortPlan, reached: Mapping[int, int] | None = None
) -> EqualityReport:
    """Compare the candidates of a plan.

    Args:
        pack: The pack that the plan was made from.
        plan: The cohort's plan; one candidate alone is equal to themselves.
        reached: By candidate, how many of their scored tickets came up by the end. None while
            the month is still planned.
    """
    loads = tuple(_load(pack, one, (reached or {}).get(one.candidate)) for one in plan.candidates)
    par_apart = _apart(load.par_minutes for load in loads)
    par_share = par_apart / max(1.0, loads[0].par_minutes) if loads else 0.0
    difficulty = _apart(load.difficulty for load in loads)
    differences = tuple(_differences(plan.candidates))
    aligned, anchors = _aligned(plan.candidates, lambda ticket: ticket.anchor)
    together, incident = _aligned(plan.candidates, lambda ticket: INCIDENT in ticket.flags)
    report = EqualityReport(
        equal=not differences
        and aligned
        and together
        and par_share <= PAR_TOLERANCE
        and difficulty <= DIFFICULTY_TOLERANCE,
        differences=differences,
        loads=loads,
        par_share_apart=par_share,
        difficulty_apart=difficulty,
        anchors=anchors,
        anchors_aligned=aligned,
        incident=incident if together else 0,
        meetings_on_one_day=_meetings(plan),
        lines=(),
    )
    return replace(report, lines=tuple(_lines(report)))


def scored(plan: CandidatePlan) -> list[PlannedTicket]:
    """Return the tickets that count."""
    return [ticket for ticket in plan.tickets if not ticket.practice]


def _load(pack: Pack, plan: CandidatePlan, reached: int | None) -> Load:
    tickets = scored(plan)
    scenarios = [pack.scenarios[ticket.scenario] for ticket in tickets]
    return Load(
        candidate=plan.candidate,
        tickets=len(tickets),
        par_minutes=sum(ticket_par(pack, ticket) for ticket in tickets),
        difficulty=sum(one.difficulty for one in scenarios) / max(1, len(scenarios)),
        not_reached=0 if reached is None else max(0, len(tickets) - reached),
    )


def _differences(plans: Sequence[CandidatePlan]) -> Iterable[Difference]:
    """Yield what differs, by week: kinds of ticket, channels, changes of mind."""
    views: tuple[Callable[[PlannedTicket], str], ...] = (
        _kind,
        lambda ticket: f"tickets by {ticket.channel}",
        lambda ticket: "changes of mind" if ticket.changes_mind else "",
    )
    for view in views:
        counts = [
            Counter((ticket.week, view(ticket)) for ticket in scored(plan) if view(ticket))
            for plan in plans
        ]
        for week, what in sorted(set().union(*counts)):
            held = [count[week, what] for count in counts]
            if min(held) != max(held):
                yield Difference(week, what, min(held), max(held))


def _kind(ticket: PlannedTicket) -> str:
    """Return the words for a ticket's cell and the flag laid on it."""
    third = ("easy", "middling", "hard")[ticket.cell.third]
    laid = [flag for flag in ticket.flags if flag in (*LAID_ON_FLAGS, INCIDENT)]
    flags = [flag.replace("_", " ") for flag in (*ticket.cell.flags, *laid)]
    return ", ".join((f"{third} {ticket.cell.area}", *flags))


def _aligned(
    plans: Sequence[CandidatePlan], is_one: Callable[[PlannedTicket], bool]
) -> tuple[bool, int]:
    """Return whether some tickets come at the same minutes for all, and how many there are."""
    series = [
        tuple((ticket.due_minute, ticket.scenario) for ticket in plan.tickets if is_one(ticket))
        for plan in plans
    ]
    return len(set(series)) <= 1, len(series[0]) if series else 0


def _meetings(plan: CohortPlan) -> int:
    """Count pairs of candidates who meet the same scenario, anchors apart, on the same day."""
    met: Counter[tuple[int, str]] = Counter()
    for one in plan.candidates:
        met.update(
            {
                (plan.request.block_of(ticket.due_minute), ticket.scenario)
                for ticket in scored(one)
                if not ticket.anchor
            }
        )
    return sum(many * (many - 1) // 2 for many in met.values())


def _apart(values: Iterable[float]) -> float:
    """Return the distance between the largest and the smallest value, 0 for none."""
    held = list(values)
    return max(held) - min(held) if held else 0.0


def _lines(report: EqualityReport) -> Iterable[str]:
    if not report.loads:
        yield "There are no candidates yet."
        return
    first = report.loads[0]
    if report.differences:
        yield f"{len(report.differences)} kinds of ticket differ between candidates:"
        for one in report.differences:
            yield f"Week {one.week}, {one.what}: from {one.fewest} to {one.most}."
    else:
        yield (
            f"Every candidate gets {first.tickets} scored tickets, the same number of each kind, "
            "channel and flag in every trial week."
        )
    yield (
        f"Par time is {_hours(report.loads)} hours; the most and the least differ by "
        f"{report.par_share_apart:.1%}."
    )
    yield f"Mean difficulty differs by at most {report.difficulty_apart:.2f} logits."
    yield _anchor_line(report)
    if report.incident:
        yield f"The incident, {report.incident} tickets, comes at the same worked minute for all."
    for load in report.loads:
        if load.not_reached:
            yield f"Candidate {load.candidate + 1} did not reach {load.not_reached} tickets."


def _hours(loads: Sequence[Load]) -> str:
    lowest = min(load.par_minutes for load in loads) / 60
    highest = max(load.par_minutes for load in loads) / 60
    return f"{lowest:.1f}" if highest - lowest < _EVEN_HOURS else f"{lowest:.1f} to {highest:.1f}"


def _anchor_line(report: EqualityReport) -> str:
    if not report.anchors:
        return "The pack names no anchor tickets."
    if report.anchors_aligned:
        return f"{report.anchors} anchor tickets come at the same worked minute for all."
    return "The anchor tickets do not come at the same worked minute for all."
