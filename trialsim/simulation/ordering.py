"""A candidate's own order within each week, so that few meet the same scenario on the same day.

Anchors and the incident keep their places. First each ticket is given a day, the one on which
the fewest others met its scenario; then the tickets of a day are put in an order that keeps
families apart.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from trialsim.kit import streams
from trialsim.simulation.month import Place
from trialsim.simulation.planned import PlanRequest

_FAMILY_MEMORY = 3

# By place: the scenario dealt there, and its family.
Names = Mapping[int, tuple[str, str]]
Day = tuple[int, int]  # the week and the block


class Order:
    """The orders given so far: who met what on which day."""

    def __init__(
        self, request: PlanRequest, places: Sequence[Place], minutes: Sequence[int]
    ) -> None:
        self.request = request
        self.places = places
        self.days = [
            (place.week, request.block_of(minute))
            for place, minute in zip(places, minutes, strict=True)
        ]
        self.met: Counter[tuple[Day, str]] = Counter()

    def of(self, candidate: int, names: Names) -> list[Place]:
        """Return the places in this candidate's order; earlier candidates' orders are heeded."""
        chance = {
            place.index: streams.unit(self.request.seed, "plan", "order", candidate, place.index)
            for place in self.places
        }
        by_day = self._by_day(names, chance)
        ordered: list[Place] = []
        for place, day in zip(self.places, self.days, strict=True):
            recent = [names[one.index][1] for one in ordered[-_FAMILY_MEMORY:]]
            following = place if place.is_fixed else _next(by_day[day], names, recent, chance)
            ordered.append(following)
            self.met[day, names[following.index][0]] += 1
        return ordered

    def _by_day(self, names: Names, chance: Mapping[int, float]) -> dict[Day, list[Place]]:
        """Give every ticket that is not fixed a day of its week with room left."""
        room = Counter(
            day for place, day in zip(self.places, self.days, strict=True) if not place.is_fixed
        )
        by_day: dict[Day, list[Place]] = {day: [] for day in self.days}
        for unit in self._units(names, chance):
            days = self._days_for(unit, names[unit[0].index][0], room)
            for place, day in zip(unit, days, strict=True):
                by_day[day].append(place)
                room[day] -= 1
        return by_day

    def _days_for(self, unit: Sequence[Place], scenario: str, room: Mapping[Day, int]) -> list[Day]:
        """Return the day for each ticket of a unit: one for all where a day has the room."""
        week = unit[0].week
        free = [day for day in room if day[0] == week and room[day] >= len(unit)]
        if free:
            best = min(free, key=lambda day: (self.met[day, scenario], -room[day], day))
            return [best] * len(unit)
        left = sorted(day for day in room if day[0] == week for _ in range(room[day]))
        return [left[0], left[-1]]

    def _units(self, names: Names, chance: Mapping[int, float]) -> list[tuple[Place, ...]]:
        """Return what must share a day, most hemmed in first: twins, then what many have met."""
        twins = {place.twin_of: place for place in self.places if place.twin_of is not None}
        units: list[tuple[Place, ...]] = [
            (place, twins[place.index]) if place.index in twins else (place,)
            for place in self.places
            if not place.is_fixed and place.twin_of is None
        ]
        crowds = {
            unit[0].index: sum(self.met[day, names[unit[0].index][0]] for day in set(self.days))
            for unit in units
        }
        units.sort(key=lambda unit: (-len(unit), -crowds[unit[0].index], chance[unit[0].index]))
        return units


def _next(
    waiting: list[Place], names: Names, recent: Iterable[str], chance: Mapping[int, float]
) -> Place:
    """Take the next ticket of a day: another family than the last ones, twins after originals."""
    still_waiting = {place.index for place in waiting}
    familiar = set(recent)
    chosen = min(
        waiting,
        key=lambda place: (
            place.twin_of in still_waiting,
            names[place.index][1] in familiar and place.twin_of is None,
            chance[place.index],
        ),
    )
    waiting.remove(chosen)
    return chosen
