"""Who scores which drawn conversation: the cheapest accuracy a cohort can buy.

Half of a candidate's reviews or more by somebody other than the own mentor, a share of them twice
and blind, all mentors alike busy, and every candidate linked to every other through shared
reviewers, since candidates without such a link cannot be compared at all. Source: simulated
cohorts, in which a crossed assignment made ten reviews worth twenty.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from trialsim.kit import streams
from trialsim.reviews.rules.linking import Place, groups, link
from trialsim.reviews.rules.sampling import Drawable, sample


@dataclass(frozen=True, slots=True)
class Sampled:
    """One candidate with what a week may be drawn from; ids are row ids, `code` is for words."""

    candidate: int
    code: str
    own_mentor: int | None
    seed: str
    tickets: tuple[Drawable, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a week's draw should be.

    `met` counts the reviews each pair of candidate and mentor shares from earlier draws, and
    `busy` those a mentor has this week already.
    """

    week: int
    seed: str | int
    mentors: tuple[int, ...]
    quota: int = 10
    other_share: float = 0.5
    second_share: float = 0.15
    met: Mapping[tuple[int, int], int] = field(default_factory=dict)
    busy: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assignment:
    """The draw of one week: its places, how it came out in words, and the rules it cannot keep."""

    places: tuple[Place, ...]
    explanation: str
    shortfalls: tuple[str, ...]


def assign(candidates: Sequence[Sampled], wish: Wish) -> Assignment:
    """Draw a week for candidates and say who scores what.

    The same values always give the same draw, in whatever order candidates and mentors come.
    Where a rule cannot be kept (one mentor alone, say) the nearest draw is returned with the rule
    among `shortfalls`; without any mentor there is none.
    """
    people = sorted(candidates, key=lambda one: one.candidate)
    drawn = {
        one.candidate: sample(one.tickets, wish.quota, one.seed, "reviews", wish.week)
        for one in people
    }
    if not wish.mentors:
        reason = f"Week {wish.week}: nobody mentors this cohort, so nothing could be drawn."
        return Assignment((), reason, (reason,))
    dealing = _Dealing(wish, people, {key: len(tickets) for key, tickets in drawn.items()})
    places = dealing.deal(drawn)
    own = {one.candidate: one.own_mentor for one in people}
    busy = {one: wish.busy.get(one, 0) for one in wish.mentors}
    places = link(places, wish.met, own=own, own_caps=dealing.own_caps, busy=busy)
    return Assignment(
        tuple(places), _explained(places, own, wish), _shortfalls(places, people, wish)
    )


def stand_in(
    mentors: Iterable[int],
    *,
    own: int | None,
    barred: Iterable[int],
    busy: Mapping[int, int],
    seed: tuple[streams.Name, ...],
) -> int | None:
    """Return who takes over a review: the least busy mentor who is not barred, own mentor last."""
    free = set(mentors) - set(barred)
    return min(
        free,
        key=lambda one: (one == own, busy.get(one, 0), streams.unit(seed[0], *seed[1:], one)),
        default=None,
    )


class _Dealing:
    """Deals reviewers one place after the other, each to who has least to do."""

    def __init__(self, wish: Wish, people: Sequence[Sampled], counts: Mapping[int, int]) -> None:
        self._wish = wish
        self._mentors = sorted(set(wish.mentors))
        self._own = {one.candidate: one.own_mentor for one in people}
        self._load: Counter[int] = Counter(wish.busy)
        self._met: Counter[tuple[int, int]] = Counter(wish.met)
        self._dealt: Counter[tuple[int, int]] = Counter()
        self._seconds = self._seconds_of(counts)
        self.own_caps = {
            key: math.floor((count + self._seconds[key]) * (1 - wish.other_share) + 1e-9)
            for key, count in counts.items()
        }

    def deal(self, drawn: Mapping[int, Sequence[Drawable]]) -> list[Place]:
        """Return every place with its reviewers, by candidate and ticket."""
        places = [Place(key, ticket, 0) for key, tickets in drawn.items() for ticket in tickets]
        streams.stream(self._wish.seed, "reviews", self._wish.week, "order").shuffle(places)
        twice = Counter[int]()
        doubled: list[Place] = []
        single: list[Place] = []
        for place in places:
            is_twice = twice[place.candidate] < self._seconds[place.candidate]
            twice[place.candidate] += is_twice
            (doubled if is_twice else single).append(place)
        # Doubles first: with two mentors one of them is the own one, whoever comes first.
        dealt = [self._dealt_twice(place) for place in doubled]
        dealt += [replace(place, reviewer=self._next(place, ())) for place in single]
        self._level(dealt)
        return sorted(dealt, key=lambda one: (one.candidate, one.ticket.key))

    def _dealt_twice(self, place: Place) -> Place:
        first = self._next(place, ())
        return replace(place, reviewer=first, second=self._next(place, (first,)))

    def _level(self, places: list[Place]) -> None:
        """Hand single places from the busiest mentor to the least busy while that evens them out.

        The last places dealt may have had no choice, when a candidate's own mentor was used up.
        """
        while True:
            least = min(self._mentors, key=lambda one: (self._load[one], one))
            most = max(self._mentors, key=lambda one: (self._load[one], -one))
            if self._load[most] - self._load[least] <= 1:
                return
            at = next((at for at, one in enumerate(places) if self._may(one, most, least)), None)
            if at is None:
                return
            candidate = places[at].candidate
            places[at] = replace(places[at], reviewer=least)
            for mentor, change in ((most, -1), (least, 1)):
                self._load[mentor] += change
                self._met[(candidate, mentor)] += change
                self._dealt[(candidate, mentor)] += change

    def _may(self, place: Place, most: int, least: int) -> bool:
        if place.second is not None or place.reviewer != most:
            return False
        own = self._own[place.candidate]
        cap = self.own_caps[place.candidate]
        return least != own or self._dealt[(place.candidate, least)] < cap

    def _seconds_of(self, counts: Mapping[int, int]) -> dict[int, int]:
        """Return how many of each candidate's are scored twice: the share of all, spread evenly."""
        if len(self._mentors) == 1:
            return dict.fromkeys(counts, 0)
        total = math.ceil(sum(counts.values()) * self._wish.second_share - 1e-9)
        seconds = dict.fromkeys(counts, 0)
        name = ("reviews", self._wish.week, "twice")
        order = sorted(counts, key=lambda key: streams.unit(self._wish.seed, *name, key))
        while total > 0:
            for key in order:
                if total > 0 and seconds[key] < counts[key]:
                    seconds[key] += 1
                    total -= 1
        return seconds

    def _next(self, place: Place, barred: tuple[int, ...]) -> int:
        own = self._own[place.candidate]
        is_full = self._dealt[(place.candidate, own or 0)] >= self.own_caps[place.candidate]
        free = [one for one in self._mentors if one not in barred]
        allowed = [one for one in free if not (one == own and is_full)] or free
        name = ("reviews", self._wish.week, place.candidate, place.ticket.key, len(barred))
        chosen = min(
            allowed,
            key=lambda one: (
                self._load[one],
                self._met[(place.candidate, one)],
                streams.unit(self._wish.seed, *name, one),
            ),
        )
        self._load[chosen] += 1
        self._met[(place.candidate, chosen)] += 1
        self._dealt[(place.candidate, chosen)] += 1
        return chosen


def _explained(places: Sequence[Place], own: Mapping[int, int | None], wish: Wish) -> str:
    load = Counter(one for place in places for one in place.reviewers())
    total = sum(load.values())
    if not total:
        return f"Week {wish.week}: there is nothing to draw from yet."
    others = sum(one != own[place.candidate] for place in places for one in place.reviewers())
    twice = sum(place.second is not None for place in places)
    candidates = len({place.candidate for place in places})
    least, most = min(load.get(one, 0) for one in wish.mentors), max(load.values())
    return (
        f"Week {wish.week}: {len(places)} conversations of {candidates} candidates were drawn by "
        f"chance within thirds of difficulty; {twice} of them are scored twice and blind. "
        f"{others / total:.0%} of the {total} reviews are by somebody other than the own mentor. "
        f"Each mentor has {least if least == most else f'{least} to {most}'}."
    )


def _shortfalls(places: Sequence[Place], people: Sequence[Sampled], wish: Wish) -> tuple[str, ...]:
    found: list[str] = []
    total = sum(len(place.reviewers()) for place in places)
    own = {one.candidate: one.own_mentor for one in people}
    others = sum(one != own[place.candidate] for place in places for one in place.reviewers())
    twice = sum(place.second is not None for place in places)
    if others < total * wish.other_share - 1e-9:
        found.append(
            f"Only {others / total:.0%} of the reviews are by somebody other than the own mentor: "
            "another mentor is needed."
        )
    if twice < len(places) * wish.second_share - 1e-9:
        found.append("Nothing can be scored twice with one mentor alone.")
    apart = groups(places, wish.met)
    if len(apart) > 1:
        names = {one.candidate: one.code for one in people}
        told = "; ".join(
            ", ".join(names.get(one, f"trial {one}") for one in sorted(group)) for group in apart
        )
        found.append(f"These share no reviewer, so they cannot be compared: {told}.")
    return tuple(found)
