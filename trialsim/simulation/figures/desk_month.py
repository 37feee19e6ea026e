"""A month of a whole desk: who writes, about what, when and in which words.

Every ticket is drawn from the seed and its place, so the same request gives the same bytes in
any process. Dates come from the request alone.
"""

import json
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias

from trialsim.kit import streams
from trialsim.simulation.briefs import Brief
from trialsim.simulation.drafts import Draft, draft_ticket
from trialsim.simulation.figures.arrivals import arrival
from trialsim.simulation.figures.mix import TWIN, Card, deck
from trialsim.simulation.figures.stages import wanted
from trialsim.simulation.month import partners_of, second_languages_of
from trialsim.simulation.personas import Profile, draw_person
from trialsim.simulation.planned import CUSTOMER_MIX, PlanRequest, Want
from trialsim.simulation.types import Pack, Scenario

MONTH_DAYS = 28  # whole weeks, so that no weekday comes more often than another
RETURNING_SHARE = 0.25
_REMEMBERED = 40  # customers of one kind who may write again
_TWIN_HOURS = (1, 30)
_SEED_BITS = 62
_WIDTH = 6

_Kind: TypeAlias = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class MonthRequest:
    """How many tickets, by which seed, from which day on."""

    tickets: int
    seed: int
    start: date = date(2026, 1, 5)
    days: int = MONTH_DAYS


@dataclass(frozen=True, slots=True)
class MonthTicket:
    """One ticket; `place` is its number in the order of drawing, not of arriving.

    The person owns no records yet: a stream of thousands needs none. `twin_of` is the place of
    the ticket it repeats.
    """

    place: int
    brief: Brief
    profile: Profile
    draft: Draft
    arrives_at: datetime
    twin_of: int | None = None


def tickets_of(pack: Pack, request: MonthRequest) -> Iterator[MonthTicket]:
    """Yield the tickets of a month in the order of drawing; none is read or changed later."""
    writer = _Month(pack, request)
    for card in deck(pack, request.seed, request.tickets):
        yield from writer.tickets(card)


def line_of(number: int, rest: str) -> str:
    """Return a ticket as one line of JSON; `number` counts in the order of arriving, from 1."""
    return f'{{"id": "t{number:0{_WIDTH}}", {rest}\n'


def rest_of_line(ticket: MonthTicket) -> str:
    """Return the line after its id, which is known only when all tickets are drawn."""
    brief, draft, profile = ticket.brief, ticket.draft, ticket.profile
    customer = profile.customer
    values = {
        "scenario": brief.scenario,
        "form": brief.form,
        "channel": brief.channel,
        "tier": customer.plan,
        "language": brief.language,
        "flags": brief.flags,
        "joined": brief.joined,
        "customer": {
            "id": customer.id,
            "name": profile.name,
            "native_name": profile.native_name,
            "email": customer.email,
            "company": profile.company,
            "trade": profile.trade,
            "town": profile.town,
            "locale": profile.locale,
            "zone": customer.persona.zone,
            "since_on": profile.since_on,
        },
        "arrives_at": ticket.arrives_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "subject": draft.subject,
        "body": draft.body,
    }
    return json.dumps(values, ensure_ascii=False)[1:]


class _Month:
    """What was drawn so far: forms by scenario, and who may write again."""

    def __init__(self, pack: Pack, request: MonthRequest) -> None:
        self.pack = pack
        self.request = request
        self.plan = PlanRequest(str(request.seed), 1)
        self.forms: Counter[str] = Counter()
        self.places = 0
        self.people = 0
        ends = datetime.combine(request.start, time(), UTC) + timedelta(days=request.days)
        self.last = ends - timedelta(seconds=1)
        self.known: dict[_Kind, deque[Profile]] = defaultdict(lambda: deque(maxlen=_REMEMBERED))

    def tickets(self, card: Card) -> Iterator[MonthTicket]:
        """Draw the ticket of a card, and its twin where it has one."""
        place = self._next()
        draw = streams.stream(self.request.seed, "month", place)
        brief = self._brief(card, place)
        profile = self._customer(brief, place)
        draft = draft_ticket(self.pack, profile, brief)
        at = arrival(
            draw,
            start=self.request.start,
            days=self.request.days,
            area=self.pack.scenarios[card.scenario].area,
            zone=profile.customer.persona.zone,
        )
        yield MonthTicket(place, brief, profile, draft, at)
        if card.twin:
            second = self._next()
            twin = replace(
                brief,
                form=self._form(card.scenario),
                seed=self._seed(second),
                flags=(*brief.flags, TWIN),
                slots=draft.slots,
            )
            later = timedelta(hours=draw.uniform(*_TWIN_HOURS))
            again = draft_ticket(self.pack, profile, twin)
            moment = min((at + later).replace(microsecond=0), self.last)
            yield MonthTicket(second, twin, profile, again, moment, twin_of=place)

    def _next(self) -> int:
        self.places += 1
        return self.places

    def _form(self, scenario: str) -> int:
        self.forms[scenario] += 1
        return self.forms[scenario] - 1

    def _seed(self, place: int) -> int:
        return streams.digest(self.request.seed, "ticket", place) % (1 << _SEED_BITS)

    def _brief(self, card: Card, place: int) -> Brief:
        scenario = self.pack.scenarios[card.scenario]
        joined = self._partner(card, place)
        return Brief(
            scenario=scenario.id,
            channel=self._channel(scenario, place),
            form=self._form(scenario.id),
            deal=self.request.seed,
            seed=self._seed(place),
            on=self.request.start.isoformat(),
            language=self._language(card, place),
            flags=(*scenario.flags, card.flag) if card.flag else scenario.flags,
            joined=joined,
            joined_form=self._form(joined) if joined else 0,
        )

    def _partner(self, card: Card, place: int) -> str:
        if card.flag != "multi_issue":
            return ""
        return streams.pick(
            partners_of(self.pack, card.scenario), self.request.seed, "partner", place
        )

    def _language(self, card: Card, place: int) -> str:
        if card.flag == "second_language":
            others = second_languages_of(self.pack, self.plan, card.scenario)
            return streams.pick(others, self.request.seed, "language", place)
        languages = self.pack.scenarios[card.scenario].languages
        first = self.pack.languages[0]
        return first if first in languages else languages[0]

    def _channel(self, scenario: Scenario, place: int) -> str:
        """Draw a channel the scenario may come by, as often as customers of its plan are."""
        plans = scenario.persona.plans or tuple(self.pack.tiers)
        tiers = {self.pack.tiers[plan] for plan in plans}
        open_to = [
            channel
            for channel in CUSTOMER_MIX
            if channel in scenario.par_minutes and channel in tiers
        ] or sorted(scenario.par_minutes)
        weights = [CUSTOMER_MIX.get(channel, 0.0) for channel in open_to]
        draw = streams.stream(self.request.seed, "channel", place)
        return draw.choices(open_to, weights)[0]

    def _customer(self, brief: Brief, place: int) -> Profile:
        scenario = self.pack.scenarios[brief.scenario]
        drawn = streams.unit(self.request.seed, "plan", place)
        want = wanted(self.pack, scenario, brief, drawn)
        again = self._again(want, place)
        if again is not None:
            return again
        self.people += 1
        on = self.request.start.isoformat()
        profile = draw_person(self.request.seed, self.people - 1, want, on=on)
        self.known[want.plan, want.language, want.non_native].append(profile)
        return profile

    def _again(self, want: Want, place: int) -> Profile | None:
        """Return somebody who wrote before and whom the scenario may come from."""
        if streams.unit(self.request.seed, "again", place) >= RETURNING_SHARE:
            return None
        fitting = [
            one for one in self.known[want.plan, want.language, want.non_native] if _fits(one, want)
        ]
        return streams.pick(fitting, self.request.seed, "again who", place) if fitting else None


def _fits(profile: Profile, want: Want) -> bool:
    persona = profile.customer.persona
    return (
        (not want.tones or persona.tone in want.tones)
        and want.skill[0] <= persona.skill <= want.skill[1]
        and want.patience[0] <= persona.patience <= want.patience[1]
    )
