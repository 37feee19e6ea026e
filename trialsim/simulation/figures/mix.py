"""What a desk's month is made of: how often each scenario comes, and which flags are laid on.

Counts are exact to rounding, so that a small month has its mix as a large one has. Areas and
built-in flags follow the shares of a plan; a flag that few scenarios can carry takes their place
elsewhere, so that it moves no area's share.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from trialsim.kit import streams
from trialsim.simulation import cells
from trialsim.simulation.month import PackTooSmall, partners_of, second_languages_of
from trialsim.simulation.planned import PlanRequest
from trialsim.simulation.types import Pack

TWIN = "duplicate"
_LAID_ON = ("angry", "multi_issue", "non_native", "second_language")


@dataclass(frozen=True, slots=True)
class Card:
    """One ticket to be written: its scenario, the flag laid on, and whether a twin follows."""

    scenario: str
    flag: str = ""
    twin: bool = False


def deck(pack: Pack, seed: streams.Name, tickets: int) -> tuple[Card, ...]:
    """Return the cards of a month in shuffled order; with the twins they make `tickets` tickets.

    Raises PackTooSmall when the pack has no scored scenario.
    """
    request = PlanRequest(str(seed), 1)
    twins = round(tickets * request.flag_shares[TWIN])
    weights = _weights(pack, request)
    counts = _rounded(weights, tickets - twins)
    cards = [Card(*key) for key, count in counts.items() for _ in range(count)]
    streams.stream(seed, "deck").shuffle(cards)
    plain = [place for place, card in enumerate(cards) if not card.flag][:twins]
    for place in plain:
        cards[place] = Card(cards[place].scenario, twin=True)
    return tuple(cards)


def shares_of(pack: Pack, request: PlanRequest) -> dict[str, float]:
    """Return the share of each scored scenario in a month; they sum to 1."""
    found = cells.members_of(cells.cells_of(cells.scored_scenarios(pack)), ())
    if not found:
        raise PackTooSmall(f"Pack {pack.id} has no scored scenarios to make a month of.")
    weights = cells.weights_of(found, request)
    return {one: weights[cell] / len(ids) for cell, ids in found.items() for one in ids}


def _weights(pack: Pack, request: PlanRequest) -> dict[tuple[str, str], float]:
    """Return the weight of each pair of scenario and flag laid on."""
    wanted = shares_of(pack, request)
    able = {flag: _able(pack, request, flag, wanted) for flag in _LAID_ON}
    weights: dict[tuple[str, str], float] = {}
    left = dict(wanted)
    for flag, shares in able.items():
        total = sum(shares.values())
        for scenario, share in shares.items():
            weight = request.flag_shares.get(flag, 0.0) * share / total
            weights[scenario, flag] = weight
            left[scenario] -= weight
    weights.update({(scenario, ""): max(0.0, weight) for scenario, weight in left.items()})
    return weights


def _able(
    pack: Pack, request: PlanRequest, flag: str, wanted: Mapping[str, float]
) -> dict[str, float]:
    """Return the scenarios that can carry a flag, with their shares."""
    return {
        one: share
        for one, share in wanted.items()
        if (flag != "multi_issue" or partners_of(pack, one))
        and (flag != "second_language" or second_languages_of(pack, request, one))
    }


def _rounded(weights: Mapping[tuple[str, str], float], total: int) -> dict[tuple[str, str], int]:
    """Return whole counts that sum to `total`, by largest remainder."""
    scale = total / sum(weights.values())
    counts = {key: int(weight * scale) for key, weight in weights.items()}
    by_rest = sorted(weights, key=lambda key: (counts[key] - weights[key] * scale, key))
    for key in by_rest[: total - sum(counts.values())]:
        counts[key] += 1
    return counts
