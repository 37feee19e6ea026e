"""Who writes each ticket of a candidate: new customers, and some who come back within the month."""

from dataclasses import dataclass, field, replace

from trialsim.kit import streams
from trialsim.simulation.dealing import Deal
from trialsim.simulation.month import second_languages_of
from trialsim.simulation.planned import PlanRequest, Want
from trialsim.simulation.types import TONES, Pack, PersonaLimits

_RESTING_TICKETS = 4  # a customer does not write again at once


@dataclass(slots=True)
class Callers:
    """The customers of one candidate so far."""

    pack: Pack
    request: PlanRequest
    candidate: int
    wants: list[Want] = field(default_factory=list)
    _met: list[set[str]] = field(default_factory=list)
    _last: list[int] = field(default_factory=list)
    _by_place: dict[int, int] = field(default_factory=dict)

    def of(self, order: int, deal: Deal) -> int:
        """Return the place of the customer who writes this ticket, the `order`-th of the month."""
        if deal.place.twin_of is not None:
            return self._by_place[deal.place.twin_of]
        chosen = self._again(order, deal)
        if chosen is None:
            chosen = self._new(order, deal)
        self._by_place[deal.place.index] = chosen
        return self._note(chosen, order, deal)

    def language_of(self, order: int, deal: Deal) -> str:
        """Return the language of a ticket: the pack's first but where the plan lays another on."""
        if deal.place.flag == "second_language":
            others = second_languages_of(self.pack, self.request, deal.scenario)
            return streams.pick(others, self.request.seed, "language", self.candidate, order)
        languages = self.pack.scenarios[deal.scenario].languages
        first = self.pack.languages[0]
        return first if first in languages else languages[0]

    def _again(self, order: int, deal: Deal) -> int | None:
        if self._chance("again", order) >= self.request.returning_share:
            return None
        wanted = self._wanted(order, deal)
        fitting = [
            place
            for place, want in enumerate(self.wants)
            if order - self._last[place] > _RESTING_TICKETS
            and deal.scenario not in self._met[place]
            and self._fits(want, wanted, deal)
        ]
        if not fitting:
            return None
        chosen = streams.pick(fitting, self.request.seed, "again who", self.candidate, order)
        self.wants[chosen] = narrowed(self.wants[chosen], wanted)
        return chosen

    def _fits(self, want: Want, wanted: Want, deal: Deal) -> bool:
        same = (want.language, want.non_native) == (wanted.language, wanted.non_native)
        return same and want.plan in self._plans(deal) and _agree(want, wanted)

    def _new(self, order: int, deal: Deal) -> int:
        self.wants.append(self._wanted(order, deal))
        self._met.append(set())
        self._last.append(order)
        return len(self.wants) - 1

    def _note(self, chosen: int, order: int, deal: Deal) -> int:
        self._met[chosen].update({deal.scenario, deal.joined})
        self._last[chosen] = order
        return chosen

    def _wanted(self, order: int, deal: Deal) -> Want:
        limits = self.pack.scenarios[deal.scenario].persona
        want = Want(
            plan=streams.pick(
                self._plans(deal), self.request.seed, "customer plan", self.candidate, order
            ),
            language=self.language_of(order, deal),
            non_native=deal.place.flag == "non_native",
        )
        want = narrowed(want, _as_want(want, limits))
        if deal.joined:
            second = _as_want(want, self.pack.scenarios[deal.joined].persona)
            want = narrowed(want, second) if _agree(want, second) else want
        return want

    def _plans(self, deal: Deal) -> tuple[str, ...]:
        """Return the plans whose customers come by the ticket's channel, within the limits."""
        allowed = self.pack.scenarios[deal.scenario].persona.plans or tuple(self.pack.tiers)
        coming = tuple(plan for plan in allowed if self.pack.tiers.get(plan) == deal.place.channel)
        return coming or allowed

    def _chance(self, purpose: str, order: int) -> float:
        return streams.unit(self.request.seed, purpose, self.candidate, order)


def narrowed(want: Want, other: Want) -> Want:
    """Return the limits that satisfy both; the callers see to it that there are some."""
    tones = tuple(tone for tone in want.tones if tone in other.tones)
    return replace(
        want,
        tones=tones if want.tones and other.tones else want.tones or other.tones,
        skill=(max(want.skill[0], other.skill[0]), min(want.skill[1], other.skill[1])),
        patience=(
            max(want.patience[0], other.patience[0]),
            min(want.patience[1], other.patience[1]),
        ),
    )


def _agree(want: Want, other: Want) -> bool:
    both = narrowed(want, other)
    tones = not (want.tones and other.tones) or bool(both.tones)
    return tones and both.skill[0] <= both.skill[1] and both.patience[0] <= both.patience[1]


def _as_want(want: Want, limits: PersonaLimits) -> Want:
    tones = limits.tones if set(limits.tones) < set(TONES) else ()
    return replace(want, tones=tones, skill=limits.skill, patience=limits.patience)
