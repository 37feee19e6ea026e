"""Cells of a plan: scenarios grouped by area, third of difficulty and flags, and how often each.

The shares of areas, thirds and flags are met together by fitting one margin after the other
(iterative proportional fitting, Deming and Stephan 1940).
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence

from trialsim.simulation.planned import Cell, PlannedTicket, PlanRequest
from trialsim.simulation.types import Pack, Scenario, Use

THIRDS = 3
_ROUNDS = 25
_MOST_OFTEN = 2.0


def scored_scenarios(pack: Pack) -> tuple[Scenario, ...]:
    """Return the scenarios that count and may come on any day, by id."""
    kept = pack.incident.scenarios if pack.incident else frozenset()
    scored = (
        one for one in pack.scenarios.values() if one.use is Use.SCORED and one.id not in kept
    )
    return tuple(sorted(scored, key=lambda one: one.id))


def anchor_ids(pack: Pack, wanted: int) -> tuple[str, ...]:
    """Return the first anchors of a pack; never more than half of its scored scenarios.

    An anchor is met once and never again, so a small pack must keep others to rotate.
    """
    scored = {one.id for one in scored_scenarios(pack)}
    named = [one for one in pack.anchors if one in scored]
    return tuple(named[: min(wanted, len(scored) // 2)])


def cells_of(scenarios: Sequence[Scenario]) -> dict[str, Cell]:
    """Return the cell of each scenario; thirds are of these scenarios, easiest first."""
    by_difficulty = sorted(scenarios, key=lambda one: (one.difficulty, one.id))
    return {
        one.id: Cell(one.area, place * THIRDS // len(by_difficulty), tuple(sorted(one.flags)))
        for place, one in enumerate(by_difficulty)
    }


def cell_among(scenario: Scenario, others: Sequence[Scenario]) -> Cell:
    """Return the cell of a scenario that is none of the others: its third is one of theirs."""
    easier = sum(one.difficulty < scenario.difficulty for one in others)
    third = min(THIRDS - 1, easier * THIRDS // max(1, len(others)))
    return Cell(scenario.area, third, tuple(sorted(scenario.flags)))


def members_of(cells: Mapping[str, Cell], without: Iterable[str]) -> dict[Cell, tuple[str, ...]]:
    """Return the scenarios of each cell that may rotate; cells left empty are dropped."""
    barred = set(without)
    found: dict[Cell, list[str]] = {}
    for scenario, cell in sorted(cells.items()):
        if scenario not in barred:
            found.setdefault(cell, []).append(scenario)
    return {cell: tuple(ids) for cell, ids in found.items()}


def par_minutes(scenario: Scenario, channel: str) -> float:
    """Return the par on a channel; the mean of the others where the scenario names none for it."""
    if channel in scenario.par_minutes:
        return scenario.par_minutes[channel]
    return sum(scenario.par_minutes.values()) / len(scenario.par_minutes)


def ticket_par(pack: Pack, ticket: PlannedTicket) -> float:
    """Return the par of a planned ticket: the sum where it has a second matter."""
    matters = [one for one in (ticket.scenario, ticket.joined) if one]
    return sum(par_minutes(pack.scenarios[one], ticket.channel) for one in matters)


def weights_of(members: Mapping[Cell, Sequence[str]], request: PlanRequest) -> dict[Cell, float]:
    """Return the share of the month's tickets that each cell should have; they sum to one."""
    weights: dict[Cell, float] = {cell: float(len(ids)) for cell, ids in members.items()}
    thirds: Mapping[Hashable, float] = dict.fromkeys(range(THIRDS), 1.0)
    areas: Mapping[Hashable, float] = {cell.area: _area_share(cell, request) for cell in weights}
    for _ in range(_ROUNDS):
        for flag in ("bait", "refund_outside_policy"):
            share = request.flag_shares.get(flag, 0.0)
            carried = {cell: flag in cell.flags for cell in weights}
            weights = _fitted(weights, carried, {True: share, False: 1.0 - share})
        weights = _fitted(weights, {cell: cell.third for cell in weights}, thirds)
        weights = _fitted(weights, {cell: cell.area for cell in weights}, areas)
        weights = _capped(weights, members)
    return weights


def _capped(
    weights: Mapping[Cell, float], members: Mapping[Cell, Sequence[str]]
) -> dict[Cell, float]:
    """Let no scenario come more than twice as often as an average one, whatever its area's share.

    A small pack with one scenario in a common area would else be that scenario all month.
    """
    most = _MOST_OFTEN * sum(weights.values()) / sum(len(ids) for ids in members.values())
    capped = {cell: min(weight, most * len(members[cell])) for cell, weight in weights.items()}
    total = sum(capped.values())
    return {cell: weight / total for cell, weight in capped.items()}


def _area_share(cell: Cell, request: PlanRequest) -> float:
    """Return the area's share; an area the request does not name counts as a rare one."""
    return request.area_shares.get(cell.area, min(request.area_shares.values(), default=1.0))


def _fitted(
    weights: Mapping[Cell, float],
    groups: Mapping[Cell, Hashable],
    shares: Mapping[Hashable, float],
) -> dict[Cell, float]:
    """Return the weights scaled so that the groups there are stand to one another as `shares`."""
    sums: dict[Hashable, float] = {}
    for cell, weight in weights.items():
        sums[groups[cell]] = sums.get(groups[cell], 0.0) + weight
    wanted = sum(shares[group] for group, held in sums.items() if held > 0)
    if wanted <= 0:
        return dict(weights)
    return {
        cell: weight * shares[groups[cell]] / (wanted * sums[groups[cell]]) if weight else 0.0
        for cell, weight in weights.items()
    }
