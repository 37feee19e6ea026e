"""The month of a cohort: which tickets every candidate meets, and at which worked minute.

Everybody gets the same amounts of every kind of ticket in every trial week, drawn as different
forms. A candidate's month does not depend on who comes after them in the cohort.
"""

import json
from dataclasses import asdict

from trialsim.kit import streams
from trialsim.simulation import cells
from trialsim.simulation.apart import keep_apart
from trialsim.simulation.callers import Callers
from trialsim.simulation.dealing import Deal, deal_cohort
from trialsim.simulation.incidents import INCIDENT
from trialsim.simulation.month import PackTooSmall, Place
from trialsim.simulation.planned import (
    CandidatePlan,
    Cell,
    CohortPlan,
    PlannedTicket,
    PlanRequest,
    Want,
)
from trialsim.simulation.types import Pack, Scenario, Use

__all__ = [
    "CandidatePlan",
    "Cell",
    "CohortPlan",
    "PackTooSmall",
    "PlanRequest",
    "PlannedTicket",
    "Want",
    "as_bytes",
    "plan_cohort",
]
VERSION = 1
_KEPT_APART = 12  # candidates; more meet a scenario oftener than it has wordings
_SEED_BITS = 62  # fits a signed 64-bit column
_TRAINING_USED = 0.9  # practice ends before training does


def plan_cohort(pack: Pack, request: PlanRequest) -> CohortPlan:
    """Plan a cohort's month; the same pack and request give the same plan on any machine.

    Raises PackTooSmall when the pack has no scored scenario that may rotate.
    """
    practice = _practice_deals(pack, request)
    candidates = tuple(
        _candidate_plan(pack, request, candidate, practice, deals)
        for candidate, deals in enumerate(deal_cohort(pack, request))
    )
    if request.candidates <= _KEPT_APART:
        candidates = keep_apart(pack, candidates, request.seed)
    return CohortPlan(VERSION, pack.id, pack.version, request, candidates)


def as_bytes(plan: CohortPlan) -> bytes:
    """Return the plan as JSON with sorted keys, to store it or to take its hash."""
    return json.dumps(asdict(plan), sort_keys=True, ensure_ascii=False).encode()


def _candidate_plan(
    pack: Pack,
    request: PlanRequest,
    candidate: int,
    practice: tuple[Deal, ...],
    deals: tuple[Deal, ...],
) -> CandidatePlan:
    callers = Callers(pack, request, candidate)
    numbers = {deal.place.index: number for number, deal in enumerate((*practice, *deals), start=1)}
    tickets = []
    for number, deal in enumerate((*practice, *deals), start=1):
        tickets.append(
            PlannedTicket(
                number=number,
                scenario=deal.scenario,
                form=deal.form if number > len(practice) else candidate * len(practice) + deal.form,
                channel=deal.place.channel,
                due_minute=deal.minute,
                week=deal.place.week,
                cell=deal.place.cell,
                customer=callers.of(number, deal),
                seed=_ticket_seed(request, candidate, number),
                language=callers.language_of(number, deal),
                anchor=deal.place.anchor,
                practice=number <= len(practice),
                flags=_flags(pack, deal),
                changes_mind=deal.place.changes_mind,
                joined=deal.joined,
                joined_form=deal.joined_form,
                twin_of=numbers.get(deal.place.twin_of) if deal.place.twin_of is not None else None,
            )
        )
    return CandidatePlan(candidate, tuple(tickets), tuple(callers.wants))


def _flags(pack: Pack, deal: Deal) -> tuple[str, ...]:
    """Return the scenario's own flags and those laid on."""
    laid_on = (deal.place.flag, INCIDENT if deal.place.incident else "")
    return (*pack.scenarios[deal.scenario].flags, *(flag for flag in laid_on if flag))


def _ticket_seed(request: PlanRequest, candidate: int, number: int) -> int:
    return streams.digest(request.seed, "ticket", candidate, number) % (1 << _SEED_BITS)


def _practice_deals(pack: Pack, request: PlanRequest) -> tuple[Deal, ...]:
    """Return the practice tickets, easiest first and the same for all; their places are negative.

    A pack without practice scenarios lends the easiest third of those that rotate.
    """
    scenarios = _practice_scenarios(pack, request)
    if not scenarios or not request.first_live_minute:
        return ()
    deals = []
    for order in range(request.practice_tickets):
        scenario = scenarios[order % len(scenarios)]
        minute = (order + 0.5) * request.first_live_minute * _TRAINING_USED
        place = Place(
            index=order - request.practice_tickets,
            week=1,
            cell=Cell(scenario.area, 0, scenario.flags),
            channel=_practice_channel(scenario, request),
            members=(scenario.id,),
        )
        deals.append(Deal(place, scenario.id, order, int(minute / request.practice_tickets)))
    return tuple(deals)


def _practice_scenarios(pack: Pack, request: PlanRequest) -> tuple[Scenario, ...]:
    practice = [one for one in pack.scenarios.values() if one.use is Use.PRACTICE]
    if not practice:
        anchors = cells.anchor_ids(pack, request.anchors)
        rotating = [one for one in cells.scored_scenarios(pack) if one.id not in anchors]
        rotating.sort(key=lambda one: (one.difficulty, one.id))
        practice = rotating[: max(1, len(rotating) // cells.THIRDS)]
    return tuple(sorted(practice, key=lambda one: (one.difficulty, one.id)))


def _practice_channel(scenario: Scenario, request: PlanRequest) -> str:
    """Return the scenario's likeliest channel among those open from the start."""
    open_now = [
        channel
        for channel in scenario.par_minutes
        if request.opening_weeks.get(channel, 1) == 1 and channel in request.channel_mix
    ]
    return max(sorted(open_now), key=lambda one: scenario.channels.get(one, 0.0), default="email")
