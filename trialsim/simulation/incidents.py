"""The incident of a month: the same burst of tickets at the same worked minute for everybody.

What is planned for it replaces other tickets, so nobody gets more work by it. The status page says
at first that all is well, and is wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialsim.simulation.planned import PlanRequest
from trialsim.simulation.types import Incident, Pack

INCIDENT = "incident"  # the flag its tickets carry
_LEAST_TICKETS = 40  # in a shorter month a burst would be too large a share
_AT = 0.55  # of the live time: everybody knows the desk by then
_APART_MINUTES = 8
_SETTLED_MINUTES = 15  # after the start of a work block


@dataclass(frozen=True, slots=True)
class Burst:
    """One ticket of the burst: its scenario, and which earlier one of the burst it repeats."""

    scenario: str
    repeats: int | None = None


def burst_of(incident: Incident) -> tuple[Burst, ...]:
    """Return the tickets in their order.

    Several customers write, one of them twice; so do an enterprise customer and the press.
    """
    first, second = incident.ordinary[0], incident.ordinary[-1]
    return (
        Burst(first),
        Burst(second),
        Burst(incident.enterprise),
        Burst(first, repeats=0),
        Burst(incident.press),
        Burst(first),
    )


def places_of(
    pack: Pack, request: PlanRequest, minutes: Sequence[int], anchors: Sequence[int]
) -> dict[int, Burst]:
    """Return the ticket of the burst at each place of a month that it takes; anchors stay.

    The burst begins a quarter of an hour into a work block, and lies within one trial week.
    """
    if pack.incident is None or not request.incident or len(minutes) < _LEAST_TICKETS:
        return {}
    if not pack.incident.scenarios <= pack.scenarios.keys():
        return {}
    burst = burst_of(pack.incident)
    for first in _beginnings(request, minutes):
        free = [place for place in range(first, len(minutes)) if place not in set(anchors)]
        taken = free[: len(burst)]
        held = crowded(minutes, taken)
        if len(taken) == len(burst) and (
            request.week_of(held[taken[0]]) == request.week_of(held[taken[-1]])
        ):
            return dict(zip(taken, burst, strict=True))
    return {}


def _beginnings(request: PlanRequest, minutes: Sequence[int]) -> Iterator[int]:
    """Yield the places at which a burst may begin, one for each work block, in order."""
    live = request.last_minute - request.first_live_minute
    wanted = int(request.first_live_minute + _AT * live)
    for block in range(request.block_of(wanted) + 1, request.block_of(request.last_minute)):
        start = int(block * request.block_hours * 60) + _SETTLED_MINUTES
        place = next((place for place, minute in enumerate(minutes) if minute >= start), None)
        if place is not None:
            yield place


def crowded(minutes: Sequence[int], places: Sequence[int]) -> tuple[int, ...]:
    """Return the minutes of a month with those of the burst drawn together behind its first.

    An anchor that falls within comes along: still at one minute for everybody.
    """
    held = list(minutes)
    if places:
        first = min(places)
        for place in range(first + 1, max(places) + 1):
            wanted = minutes[first] + (place - first) * _APART_MINUTES
            held[place] = max(held[place - 1] + 1, min(minutes[place], wanted))
    return tuple(held)


def status_line(incident: Incident, began: int | None, worked: int) -> tuple[str, bool]:
    """Return what the status page says, and whether it speaks of trouble.

    Args:
        incident: The pack's.
        began: The worked minute at which it begins; None in a month without one.
        worked: The candidate's worked minutes so far.
    """
    wrong_until, true_until = incident.hours
    since = None if began is None else (worked - began) / 60
    if since is not None and wrong_until <= since < true_until:
        return incident.truth, True
    return incident.first, False
