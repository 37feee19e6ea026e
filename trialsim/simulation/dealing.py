"""Dealing a month's places to candidates: who meets which scenario, in which form.

Inside a cell scenarios rotate as in a Latin square: at one place candidates meet different
scenarios, and over the month each meets all of them about equally often. Within a week every
candidate has an order of their own, chosen so that few meet the same scenario on the same day.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from trialsim.simulation.month import Place, month_of, partners_of
from trialsim.simulation.ordering import Order
from trialsim.simulation.planned import PlanRequest
from trialsim.simulation.types import Pack


@dataclass(frozen=True, slots=True)
class Deal:
    """One place with its scenario, form and worked minute. `form` counts over the cohort."""

    place: Place
    scenario: str
    form: int
    minute: int
    joined: str = ""
    joined_form: int = 0


def deal_cohort(pack: Pack, request: PlanRequest) -> tuple[tuple[Deal, ...], ...]:
    """Return each candidate's deals in the order of their minutes."""
    dealer = _Dealer(pack, request)
    return tuple(dealer.deal(candidate) for candidate in range(request.candidates))


class _Dealer:
    """What candidates before this one were dealt."""

    def __init__(self, pack: Pack, request: PlanRequest) -> None:
        self.pack = pack
        self.request = request
        self.places, self.minutes = month_of(pack, request)
        self.met_at_place: Counter[tuple[int, str]] = Counter()
        self.seconds: Counter[object] = Counter()  # second matters: by partner, pair and place
        self.forms: Counter[str] = Counter()
        self.order = Order(request, self.places, self.minutes)

    def deal(self, candidate: int) -> tuple[Deal, ...]:
        scenarios = self._scenarios(candidate)
        names = {place: (scenario, self._family(scenario)) for place, scenario in scenarios.items()}
        ordered = self.order.of(candidate, names)
        joined = self._joined(candidate, scenarios)
        deals = []
        for position, place in enumerate(ordered):
            scenario, partner = scenarios[place.index], joined.get(place.index, "")
            deals.append(
                Deal(
                    place=place,
                    scenario=scenario,
                    form=self._form(scenario),
                    minute=self.minutes[position],
                    joined=partner,
                    joined_form=self._form(partner) if partner else 0,
                )
            )
        return tuple(deals)

    def _family(self, scenario: str) -> str:
        return self.pack.scenarios[scenario].family

    def _form(self, scenario: str) -> int:
        self.forms[scenario] += 1
        return self.forms[scenario] - 1

    def _scenarios(self, candidate: int) -> dict[int, str]:
        """Return the scenario at each place: the least met, then the least met there by others."""
        met: Counter[str] = Counter()
        dealt: dict[int, str] = {}
        for place in self.places:
            if place.twin_of is not None:
                dealt[place.index] = dealt[place.twin_of]
                continue
            turned = _turned(place.members, candidate)
            chosen = min(turned, key=lambda one: (met[one], self.met_at_place[place.index, one]))
            met[chosen] += 1
            self.met_at_place[place.index, chosen] += 1
            dealt[place.index] = chosen
        return dealt

    def _joined(self, candidate: int, scenarios: dict[int, str]) -> dict[int, str]:
        """Return the second matter of each ticket that has two.

        It is the partner that the cohort least had with this scenario, then the one that this
        candidate least had, then the one that the cohort least had at all and at this place.
        """
        met = Counter(scenarios.values())
        had: Counter[str] = Counter()
        joined: dict[int, str] = {}
        for place in self.places:
            if place.flag != "multi_issue":
                continue
            first = scenarios[place.index]

            def use(partner: str, index: int = place.index, first: str = first) -> tuple[int, ...]:
                counted = (partner, (first, partner), (index, partner))
                alone, pair, here = (self.seconds[key] for key in counted)
                return (pair, had[partner], alone, here, met[partner])

            chosen = min(_turned(partners_of(self.pack, first), candidate), key=use)
            joined[place.index] = chosen
            self.seconds.update((chosen, (first, chosen), (place.index, chosen)))
            had[chosen] += 1
            met[chosen] += 1
        return joined


def _turned(options: Sequence[str], by: int) -> tuple[str, ...]:
    """Return the options with another one first for each candidate."""
    start = by % len(options)
    return (*options[start:], *options[:start])
