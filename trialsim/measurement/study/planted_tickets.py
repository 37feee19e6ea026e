"""A cohort's scored tickets drawn from known learning curves.

Pace and outcome grow with a constant of median 18 paid hours, individual; work comes in blocks
with a mood of their own, tickets hide a difficulty that par does not know, a few reopen. The
spreads are assumed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from trialsim.measurement.ramp import EXPERIENCED_SHARE
from trialsim.measurement.types import TicketRow

Curve = Callable[[float], float]

_MOOD_SD, _LUCK_SD, _TICKET_SD = 0.12, 0.055, 0.45
_TRAINING_DAYS = 3.0
_LOWEST, _HIGHEST = 0.02, 0.98


@dataclass(frozen=True, slots=True)
class Load:
    """How much one candidate works: paid hours of the programme, scored tickets, work blocks."""

    candidates: int = 12
    cap_hours: float = 80.0
    tickets: int = 124
    blocks: int = 20
    days: float = 25.0
    pause_days: float = 0.0  # off between the two halves


LOADS: Mapping[str, Load] = {
    "default load": Load(),
    "15 tickets a day": Load(cap_hours=160.0, tickets=382, blocks=20),
}


@dataclass(frozen=True, slots=True)
class PlantedTickets:
    """Scored tickets, and the true share of an experienced pace by candidate and paid hour."""

    rows: tuple[TicketRow, ...]
    truth: Mapping[str, Curve]


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    pace: Curve
    right: Curve


def plant_tickets(seed: int, load: Load) -> PlantedTickets:
    """Draw a cohort; the same seed and load give the same rows."""
    rng = np.random.default_rng(seed)
    people = [_person(rng, f"c{number}", load) for number in range(load.candidates)]
    rows = tuple(row for person in people for row in _worked(rng, person, load))
    return PlantedTickets(rows, {person.name: _share(person) for person in people})


def _person(rng: np.random.Generator, name: str, load: Load) -> _Person:
    constant = 18 * np.exp(rng.normal(0, 0.5))
    pace = _growth(rng.normal(-0.10, 0.25), rng.normal(0.80, 0.35), constant, load.cap_hours)
    right = _growth(rng.normal(0.85, 0.10), rng.normal(0.22, 0.15), constant, load.cap_hours)
    return _Person(name, pace, lambda hour: min(max(right(hour), _LOWEST), _HIGHEST))


def _growth(level: float, gain: float, constant: float, cap: float) -> Curve:
    end = np.exp(-cap / constant)
    return lambda hour: float(level - gain * (np.exp(-hour / constant) - end) / (1 - end))


def _share(person: _Person) -> Curve:
    """Return the true curve: outcome per minute as a share of an experienced teammate's."""
    slowness = float(np.exp((_MOOD_SD**2 + _TICKET_SD**2) / 2))  # mean of minutes over the log pace
    return lambda hour: (
        person.right(hour) * float(np.exp(person.pace(hour))) / slowness / EXPERIENCED_SHARE
    )


def _worked(rng: np.random.Generator, person: _Person, load: Load) -> Iterator[TicketRow]:
    hours_each, days_each = load.cap_hours / load.blocks, load.days / load.blocks
    for block in range(load.blocks):
        day = _TRAINING_DAYS + block * days_each + load.pause_days * (block >= load.blocks / 2)
        mood, luck = rng.normal(0, _MOOD_SD), rng.normal(0, _LUCK_SD)
        for hour in np.sort(rng.uniform(0, hours_each, rng.poisson(load.tickets / load.blocks))):
            middle = block * hours_each + float(hour)
            par = 22 * float(np.exp(rng.normal(0, 0.4)))
            minutes = par * np.exp(-person.pace(middle) - mood - rng.normal(0, _TICKET_SD))
            mean = min(max(person.right(middle) + luck, _LOWEST), _HIGHEST)
            yield TicketRow(
                candidate=person.name,
                scenario=f"s{rng.integers(60)}",
                day=day + float(hour) / 24,
                block=f"{person.name} block {block}",
                hours=middle + float(minutes) / 120,
                par_minutes=par,
                minutes=float(minutes),
                outcome=100 * float(rng.beta(2 * mean, 2 * (1 - mean))),
            )
