"""The places of a month: the same list for every candidate of a cohort, before scenarios are dealt.

Cells, flags, channels and changes of mind are spread so that every stretch of the month holds
its share: whatever is furthest behind its share comes next.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from trialsim.kit import streams
from trialsim.simulation import cells, incidents
from trialsim.simulation.planned import Cell, PlanRequest
from trialsim.simulation.types import LAID_ON_FLAGS, Pack, Use

DUE = 0.5  # a share is due once it is behind by half a ticket: rounding, spread over the month
OVERDUE = 1.0
SEEN_BY = 5  # candidates who should meet a scenario, so that its difficulty can be told
CHANGE = "changes mind"
_ROTATED_FLAGS = tuple(flag for flag in LAID_ON_FLAGS if flag != "duplicate")


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the month; any of `members` may fill it. `twin_of` is another place's index."""

    index: int
    week: int
    cell: Cell
    channel: str
    members: tuple[str, ...]
    flag: str = ""
    anchor: bool = False
    changes_mind: bool = False
    twin_of: int | None = None
    incident: bool = False

    @property
    def is_fixed(self) -> bool:
        """Whether everybody meets it at the same minute."""
        return self.anchor or self.incident


class PackTooSmall(ValueError):  # noqa: N818 (reads as what is so, like the other domain errors)
    """The pack has no scored scenario that could fill a month."""


def due_minutes(request: PlanRequest) -> tuple[int, ...]:
    """Return the worked minute of each place, strictly rising, one in each equal stretch."""
    count = request.scored_tickets
    stretch = (request.last_minute - request.first_live_minute) / count
    minutes: list[int] = []
    for index in range(count):
        within = index + 0.8 * streams.unit(request.seed, "plan", "minute", index)
        minute = int(request.first_live_minute + stretch * within)
        minutes.append(max(minute, minutes[-1] + 1 if minutes else 0))
    return tuple(minutes)


def month_of(pack: Pack, request: PlanRequest) -> tuple[tuple[Place, ...], tuple[int, ...]]:
    """Return the places in the order of their minutes, and these; PackTooSmall when none can be."""
    month = _Month(pack, request)
    minutes = incidents.crowded(due_minutes(request), tuple(month.burst))
    return tuple(month.place(index, minute) for index, minute in enumerate(minutes)), minutes


class _Month:
    """What was placed so far, and what is behind its share."""

    def __init__(self, pack: Pack, request: PlanRequest) -> None:
        self.pack = pack
        self.request = request
        self.cells = cells.cells_of(cells.scored_scenarios(pack))
        anchors = cells.anchor_ids(pack, min(request.anchors, request.scored_tickets // 4))
        members = cells.members_of(self.cells, anchors)
        if not members:
            raise PackTooSmall(f"Pack {pack.id} has no scored scenarios to plan a month with.")
        self.weights = cells.weights_of(members, request)
        self.areas = {
            area: sum(weight for cell, weight in self.weights.items() if cell.area == area)
            for area in dict.fromkeys(cell.area for cell in self.weights)
        }
        self.members = _enough_seen(members, self.weights, request)
        self.anchors = {
            int((order + 0.5) * request.scored_tickets / len(anchors)): anchor
            for order, anchor in enumerate(anchors)
        }
        self.burst = incidents.places_of(pack, request, due_minutes(request), tuple(self.anchors))
        rotating = frozenset(scenario for ids in self.members.values() for scenario in ids)
        self.carriers = {
            flag: frozenset(one for one in rotating if _can_carry(pack, request, one, flag))
            for flag in LAID_ON_FLAGS
        }
        self.changing = frozenset(one for one in rotating if pack.scenarios[one].change)
        self.placed: list[Place] = []
        self.counts: Counter[object] = Counter()
        self.changeable = 0.0

    def place(self, index: int, minute: int) -> Place:
        """Fill the next place of the month."""
        week = self.request.week_of(minute)
        original = self._to_be_doubled(week)
        if index in self.anchors:
            place = self._anchor(index, week)
        elif index in self.burst:
            place = self._of_the_burst(index, week)
        elif original is not None:
            place = replace(
                original, index=index, flag="duplicate", twin_of=original.index, changes_mind=False
            )
        else:
            place = self._ordinary(index, week)
        self.placed.append(place)
        self.counts.update((place.cell, place.cell.area, place.flag, place.channel))
        self.counts[CHANGE] += place.changes_mind
        return place

    def _behind(self, key: object, share: float) -> float:
        """Return by how many tickets something is behind its share, this place counted."""
        return share * (len(self.placed) + 1) - self.counts[key]

    def _flag_behind(self, flag: str) -> float:
        return self._behind(flag, self.request.flag_shares.get(flag, 0.0))

    def _anchor(self, index: int, week: int) -> Place:
        scenario = self.anchors[index]
        channel, members = self._channel((scenario,), week)
        return Place(index, week, self.cells[scenario], channel, members, anchor=True)

    def _of_the_burst(self, index: int, week: int) -> Place:
        burst = self.burst[index]
        if burst.repeats is not None:
            original = self.placed[sorted(self.burst)[burst.repeats]]
            return replace(original, index=index, flag="duplicate", twin_of=original.index)
        scenario = self.pack.scenarios[burst.scenario]
        cell = cells.cell_among(scenario, cells.scored_scenarios(self.pack))
        channel, members = self._channel((scenario.id,), 1)  # none that may still be closed
        return Place(index, week, cell, channel, members, incident=True)

    def _to_be_doubled(self, week: int) -> Place | None:
        """Return the ticket of this week that a second one should repeat, when one is due."""
        if self._flag_behind("duplicate") < DUE:
            return None
        doubled = {place.twin_of for place in self.placed}
        for place in reversed(self.placed[:-1]):
            plain = not place.is_fixed and not place.flag
            if place.week == week and plain and place.index not in doubled:
                return place
        return None

    def _ordinary(self, index: int, week: int) -> Place:
        cell = self._cell()
        flag, members = self._flag(self.members[cell])
        members, changes_mind = self._change(members)
        channel, members = self._channel(members, week)
        return Place(index, week, cell, channel, members, flag, changes_mind=changes_mind)

    def _cell(self) -> Cell:
        """Return the cell furthest behind in the area furthest behind, so that weeks keep the mix.

        One that can carry a flag long overdue goes first.
        """
        behind = {cell: self._behind(cell, share) for cell, share in self.weights.items()}
        overdue = max(_ROTATED_FLAGS, key=self._flag_behind)
        if self._flag_behind(overdue) >= OVERDUE:
            carrying = {
                cell: amount
                for cell, amount in behind.items()
                if amount > 0 and self.carriers[overdue].intersection(self.members[cell])
            }
            behind = carrying or behind
        areas = {area: self._behind(area, share) for area, share in self.areas.items()}
        return max(behind, key=lambda cell: (areas[cell.area], behind[cell], cell))

    def _flag(self, members: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """Return the flag most due that one of the scenarios can carry, and those that can."""
        for flag in sorted(_ROTATED_FLAGS, key=self._flag_behind, reverse=True):
            able = tuple(one for one in members if one in self.carriers[flag])
            if able and self._flag_behind(flag) >= DUE:
                return flag, able
        return "", members

    def _change(self, members: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
        """Decide whether the customer changes their mind: a share of the tickets that have it."""
        able = tuple(one for one in members if one in self.changing)
        self.changeable += len(able) / len(members)
        if able and self.request.change_share * self.changeable - self.counts[CHANGE] >= DUE:
            return able, True
        return members, False

    def _channel(self, members: tuple[str, ...], week: int) -> tuple[str, tuple[str, ...]]:
        """Return the channel most due; one that only some of the scenarios have must be overdue."""
        best, best_behind, able = "email", -math.inf, members
        for channel, share in sorted(self.request.channel_mix.items()):
            if share <= 0 or week < self.request.opening_weeks.get(channel, 1):
                continue
            having = tuple(one for one in members if self._comes_by(one, channel))
            behind = self._behind(channel, share) - (len(having) < len(members))
            if having and behind > best_behind:
                best, best_behind, able = channel, behind, having
        return best, able

    def _comes_by(self, scenario_id: str, channel: str) -> bool:
        scenario = self.pack.scenarios[scenario_id]
        plans = scenario.persona.plans
        fits = not plans or channel in {self.pack.tiers[plan] for plan in plans}
        return channel in scenario.par_minutes and fits


def _enough_seen(
    members: Mapping[Cell, tuple[str, ...]], weights: Mapping[Cell, float], request: PlanRequest
) -> dict[Cell, tuple[str, ...]]:
    """Keep of each cell as many scenarios as five candidates each will meet, or all of a few."""
    kept = {}
    for cell, ids in members.items():
        meetings = weights[cell] * request.scored_tickets * request.candidates
        enough = max(1, int(meetings / min(SEEN_BY, max(1, request.candidates))))
        kept[cell] = tuple(streams.stream(request.seed, "plan", *ids).sample(ids, len(ids)))[
            :enough
        ]
    return kept


def _can_carry(pack: Pack, request: PlanRequest, scenario_id: str, flag: str) -> bool:
    if flag == "multi_issue":
        return bool(partners_of(pack, scenario_id))
    if flag == "second_language":
        return bool(second_languages_of(pack, request, scenario_id))
    return True


def partners_of(pack: Pack, scenario_id: str) -> tuple[str, ...]:
    """Return the scored scenarios that may come in the same ticket; anchors come alone."""
    barred = {*pack.anchors, *(pack.incident.scenarios if pack.incident else ())}
    return tuple(
        one
        for one in pack.scenarios[scenario_id].joins
        if one in pack.scenarios and pack.scenarios[one].use is Use.SCORED and one not in barred
    )


def second_languages_of(pack: Pack, request: PlanRequest, scenario_id: str) -> tuple[str, ...]:
    """Return the languages other than the pack's first that the scenario may come in."""
    allowed = pack.languages[1:] if request.second_languages is None else request.second_languages
    return tuple(one for one in allowed if one in pack.scenarios[scenario_id].languages)
