"""Links between candidates through the reviewers they share; without one nothing compares them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, islice, permutations, product

from trialsim.reviews.rules.sampling import Drawable

_MOST_TRIES = 500
_MOST_APART = 2


@dataclass(frozen=True, slots=True)
class Place:
    """One drawn conversation with who scores it, and who scores it again."""

    candidate: int
    ticket: Drawable
    reviewer: int
    second: int | None = None

    def reviewers(self) -> tuple[int, ...]:
        """Return whoever scores it."""
        return (self.reviewer,) if self.second is None else (self.reviewer, self.second)


def groups(places: Sequence[Place], met: Mapping[tuple[int, int], int]) -> list[set[int]]:
    """Return the candidates in groups that share reviewers, directly or over others.

    One group is what is wanted. `met` are the pairs of candidate and mentor of earlier draws.
    """
    pairs = {key for key, count in met.items() if count}
    pairs |= {(place.candidate, one) for place in places for one in place.reviewers()}
    found: list[tuple[set[int], set[int]]] = []
    for candidate, mentor in sorted(pairs):
        touched = [one for one in found if candidate in one[0] or mentor in one[1]]
        people, mentors = {candidate}, {mentor}
        for one in touched:
            people |= one[0]
            mentors |= one[1]
        found = [one for one in found if one not in touched] + [(people, mentors)]
    return sorted((people for people, _ in found), key=min)


def link(
    places: Sequence[Place],
    met: Mapping[tuple[int, int], int],
    *,
    own: Mapping[int, int | None],
    own_caps: Mapping[int, int],
    busy: Mapping[int, int],
) -> list[Place]:
    """Return the places with reviewers exchanged until all candidates are linked, if they can be.

    An exchange leaves everybody's load as it is. Where none helps, one place changes its reviewer,
    as long as no mentor ends more than two reviews above another. Each candidate's share of other
    mentors is kept.
    """
    linked = list(places)
    apart = groups(linked, met)
    while len(apart) > 1:
        better = next(
            (
                tried
                for tried in _tries(linked, apart, busy)
                if _keeps_caps(tried, own, own_caps) and len(groups(tried, met)) < len(apart)
            ),
            None,
        )
        if better is None:
            return linked
        linked, apart = better, groups(better, met)
    return linked


def _tries(
    places: Sequence[Place], apart: Sequence[set[int]], busy: Mapping[int, int]
) -> Iterator[list[Place]]:
    return chain(
        islice(_exchanges(places, apart), _MOST_TRIES),
        islice(_moves(places, apart, busy), _MOST_TRIES),
    )


def _exchanges(places: Sequence[Place], apart: Sequence[set[int]]) -> Iterator[list[Place]]:
    for first, second in combinations(apart, 2):
        ours = [at for at, place in enumerate(places) if place.candidate in first]
        theirs = [at for at, place in enumerate(places) if place.candidate in second]
        for one, other in product(ours, theirs):
            changed = list(places)
            changed[one] = replace(places[one], reviewer=places[other].reviewer)
            changed[other] = replace(places[other], reviewer=places[one].reviewer)
            if all(place.reviewer != place.second for place in (changed[one], changed[other])):
                yield changed


def _moves(
    places: Sequence[Place], apart: Sequence[set[int]], busy: Mapping[int, int]
) -> Iterator[list[Place]]:
    """Yield the places with one reviewer taken from another group; `busy` names every mentor."""
    load = Counter(busy)
    load.update(one for place in places for one in place.reviewers())
    for first, second in permutations(apart, 2):
        theirs = {one for place in places if place.candidate in second for one in place.reviewers()}
        for at, place in enumerate(places):
            if place.candidate not in first:
                continue
            for other in sorted(theirs, key=lambda one: (load[one], one)):
                after = load.copy()
                after[other] += 1
                after[place.reviewer] -= 1
                if max(after.values()) - min(after.values()) <= _MOST_APART:
                    yield [*places[:at], replace(place, reviewer=other), *places[at + 1 :]]


def _keeps_caps(
    places: Sequence[Place], own: Mapping[int, int | None], own_caps: Mapping[int, int]
) -> bool:
    by_own = Counter(
        place.candidate
        for place in places
        for one in place.reviewers()
        if one == own.get(place.candidate)
    )
    return all(count <= own_caps.get(candidate, count) for candidate, count in by_own.items())
