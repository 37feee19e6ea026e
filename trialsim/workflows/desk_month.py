"""A synthetic month of a whole desk: written line by line, and held against real support."""

from collections.abc import Callable
from typing import TextIO

from trialsim.simulation.figures.agents import Agent
from trialsim.simulation.figures.desk_month import MonthRequest, line_of, rest_of_line, tickets_of
from trialsim.simulation.figures.month_sample import MonthSample
from trialsim.simulation.figures.month_talks import talked
from trialsim.simulation.figures.realism import Yardstick, realism
from trialsim.simulation.plan import PlanRequest, plan_cohort
from trialsim.simulation.types import Pack

_GOOD_TALKS = 300
_CANDIDATES = 4


def write_month(
    pack: Pack, request: MonthRequest, file: TextIO, told: Callable[[], None]
) -> MonthSample:
    """Write a month's tickets in the order of arriving, and return the sample for its report."""
    sample = MonthSample(pack)
    held: list[tuple[float, int, str]] = []
    for ticket in tickets_of(pack, request):
        sample.add(ticket)
        held.append((ticket.arrives_at.timestamp(), ticket.place, rest_of_line(ticket)))
        told()
    held.sort()
    file.writelines(line_of(number, rest) for number, (_, _, rest) in enumerate(held, start=1))
    return sample


def report_on(
    sample: MonthSample, request: MonthRequest, told: Callable[[], None]
) -> tuple[Yardstick, ...]:
    """Play a part of a month and return its yardsticks."""
    talks, good = [], []
    for place, ticket in enumerate(sample.to_play):
        talks.append(talked(sample.pack, ticket, request.seed))
        if place < _GOOD_TALKS:
            good.append(talked(sample.pack, ticket, request.seed, Agent.GOOD))
        told()
    plan = plan_cohort(sample.pack, PlanRequest(request.seed, _CANDIDATES, incident=False))
    return realism(sample, plan, talks, good)
