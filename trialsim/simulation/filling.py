"""Drawing a form's slots: names, addresses, amounts and dates that differ from form to form."""

from datetime import date, timedelta
from random import Random

from trialsim.kit import streams
from trialsim.simulation.briefs import Brief
from trialsim.simulation.decks import order_of
from trialsim.simulation.personas import Profile
from trialsim.simulation.pools import Pool, Word, pool_of
from trialsim.simulation.trades import TRADES
from trialsim.simulation.types import Scenario, Slot, Slots

_ROUND_MONEY = 50
_ROUND_FROM = 500


def draw_slots(scenario: Scenario, profile: Profile, brief: Brief, form: int) -> Slots:
    """Return a value for every slot of a scenario.

    Words go round by form, so that candidates next to each other get different ones. The first
    company, town and address are the customer's own; money is in minor units, dates are ISO.
    """
    words = scenario.text(brief.language).words
    own = {"company": [profile.company], "city": [profile.town], "domain": [*profile.domains]}
    drawn: dict[str, str | int] = {}
    for name, slot in scenario.slots.items():
        lines = words.get(name) or slot.words
        if lines:
            turn, place = divmod(form, len(lines))
            order = order_of(len(lines), brief.deal, scenario.id, "slot", name, turn)
            drawn[name] = lines[order[place]]
            continue
        kind = slot.faker if slot.kind == "faker" else slot.kind
        if own.get(kind):
            drawn[name] = own[kind].pop(0)
        else:
            draw = streams.stream(brief.seed, "slot", scenario.id, name)
            drawn[name] = _drawn(slot, profile, draw, brief.on)
    return drawn


def _drawn(slot: Slot, profile: Profile, draw: Random, on: str) -> str | int:
    if slot.kind == "money":
        amount = draw.randint(*slot.span)
        rounded = amount // _ROUND_MONEY * _ROUND_MONEY
        return rounded if amount >= _ROUND_FROM and rounded >= slot.span[0] else amount
    if slot.kind == "number":
        return draw.randint(*slot.span)
    if slot.kind == "days_ago":
        return (date.fromisoformat(on) - timedelta(days=draw.randint(*slot.span))).isoformat()
    return _named(slot.faker, profile, draw)


def _named(what: str, profile: Profile, draw: Random) -> str:
    """Return another name than the customer's own, of their locale."""
    pool = pool_of(profile.locale)
    if what == "company":
        return f"{draw.choice(pool.families).latin} {draw.choice(draw.choice(TRADES).nouns)}"
    if what in {"first_name", "last_name", "city"}:
        return _spelt(draw.choice(_words(pool, what)), profile)
    return f"{draw.choice(draw.choice(TRADES).nouns).lower().replace(' ', '-')}-site.example"


def _words(pool: Pool, what: str) -> tuple[Word, ...]:
    return {"first_name": pool.given, "last_name": pool.families, "city": pool.towns}[what]


def _spelt(word: Word, profile: Profile) -> str:
    own_script = profile.locale.startswith(profile.customer.language)
    return word.native if own_script else word.latin
