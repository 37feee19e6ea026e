"""Invented customers: a name, a trade, habits of writing, and the records they own.

Each is made from a seed and a place alone, so a new customer shifts no other. Names are common
words of a locale put together by chance; every address ends in `.example`, which nobody can own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from trialsim.kit import streams
from trialsim.simulation.belongings import Owner, draw_records
from trialsim.simulation.planned import Want
from trialsim.simulation.pools import LOCALES, Word, pool_of, slug
from trialsim.simulation.trades import FAMILY_FIRST, MAIL_HOSTS, TRADES, ZONES
from trialsim.simulation.types import Customer, Pack, Persona

# Habits by tone. Weights, the share of chat lines without an end mark, patience: [assumed], but
# for lower case and end marks, which over all tones meet the shares of real support chats.
_TONES = {"warm": 0.27, "plain": 0.35, "terse": 0.14, "anxious": 0.14, "irritated": 0.10}
_DROPS_END_MARK = {"warm": 0.37, "plain": 0.48, "terse": 0.77, "anxious": 0.52, "irritated": 0.62}
_PATIENCE = {"warm": 0.7, "plain": 0.55, "terse": 0.45, "anxious": 0.4, "irritated": 0.25}
_LOWER_CASE = 0.10
_SKILLS = (0, 0, 1, 1, 1, 2)
_NIGHTS = ((23, 7), (23, 7), (22, 6), (0, 8))
_ENGLISH = ("en_US", "en_US", "en_GB", "en_GB", "en_GB")
_ABROAD = 0.35  # customers who write good English from elsewhere
_OWN_DOMAIN = 0.6
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Profile:
    """A customer as the engine knows them, and what the desk shows beside.

    `native_name` is the name in its own script and order; the customer's own first and last name
    are in Latin letters unless they write in their own language.
    """

    customer: Customer
    locale: str
    native_name: str
    company: str
    trade: str
    town: str
    domains: tuple[str, ...]
    since_on: str

    @property
    def name(self) -> str:
        """Return the name as the desk shows it."""
        return f"{self.customer.first_name} {self.customer.last_name}"


def draw_customers(
    pack: Pack, seed: streams.Name, wants: Sequence[Want], *, on: str
) -> tuple[Profile, ...]:
    """Draw the customers that a plan wants, in their order; no two share a name or an address.

    Args:
        pack: Whose kinds of record they own.
        seed: Names the draw, for instance the trial's seed and the candidate.
        wants: Limits on each customer.
        on: ISO date from which "days ago" counts in their records.
    """
    taken: set[str] = set()
    profiles = []
    for place, want in enumerate(wants):
        for attempt in range(_TRIES):
            profile = draw_customer(pack, seed, place, want, on=on, attempt=attempt)
            if profile.name not in taken:
                break
        taken.add(profile.name)
        profiles.append(profile)
    return tuple(profiles)


def mixed_wants(pack: Pack, seed: streams.Name, count: int) -> tuple[Want, ...]:
    """Return wants without limits, plans in turn by chance, in the pack's first language."""
    plans = tuple(pack.tiers)
    return tuple(
        Want(streams.pick(plans, seed, "plan of", place), pack.languages[0])
        for place in range(count)
    )


def draw_customer(
    pack: Pack, seed: streams.Name, place: int, want: Want, *, on: str, attempt: int = 0
) -> Profile:
    """Draw one customer; the same seed, place and want give the same person."""
    profile = draw_person(seed, place, want, on=on, attempt=attempt)
    return with_records(pack, profile, seed, on=on)


def with_records(pack: Pack, profile: Profile, seed: streams.Name, *, on: str) -> Profile:
    """Return a drawn person with the records they own; the seed is the person's."""
    customer = profile.customer
    owner = Owner(customer.id, customer.plan, profile.domains, pool_of(profile.locale))
    draw = streams.stream(seed, "records", customer.id)
    records = draw_records(pack, owner, on=on, draw=draw)
    return replace(profile, customer=replace(customer, records=records))


def draw_person(
    seed: streams.Name, place: int, want: Want, *, on: str, attempt: int = 0
) -> Profile:
    """Draw one customer who owns nothing yet; the same seed, place and want give the same."""
    draw = streams.stream(seed, "customer", place, attempt)
    locale = _locale(want, draw)
    pool = pool_of(locale)
    given, family = draw.choice(pool.given), draw.choice(pool.families)
    town = draw.choice(pool.towns).latin
    trade = draw.choice(TRADES)
    noun = draw.choice(trade.nouns)
    company = f"{draw.choice((family.latin, family.latin, town))} {noun}"
    domains = _domains(company, family, noun, town, place)
    own_script = locale.startswith(want.language)
    persona = _persona(want, locale, draw, given.native if own_script else given.latin, company)
    customer = Customer(
        id=f"c{place + 1:03d}",
        first_name=given.native if own_script else given.latin,
        last_name=family.native if own_script else family.latin,
        email=_email(given, family, domains[0], draw),
        plan=want.plan,
        language=want.language,
        persona=persona,
        records=(),
    )
    since = date.fromisoformat(on) - timedelta(days=draw.randint(30, 1500))
    return Profile(
        customer=customer,
        locale=locale,
        native_name=_native_name(locale, given, family),
        company=company,
        trade=trade.line,
        town=town,
        domains=domains,
        since_on=since.isoformat(),
    )


def _locale(want: Want, draw: Random) -> str:
    """Return a locale whose people write the wanted language, well or as a second one."""
    own = [locale for locale in LOCALES if locale.startswith(want.language)]
    others = [locale for locale in LOCALES if locale not in own]
    abroad = draw.random() < _ABROAD and want.language == "en"
    if want.non_native or abroad or not own:
        return draw.choice(others)
    return draw.choice(_ENGLISH if want.language == "en" else own)


def _persona(want: Want, locale: str, draw: Random, first_name: str, company: str) -> Persona:
    tones = want.tones or tuple(_TONES)
    tone = draw.choices(tones, [_TONES.get(one, 0.2) for one in tones])[0]
    skills = [skill for skill in _SKILLS if want.skill[0] <= skill <= want.skill[1]]
    skill = draw.choice(skills or [want.skill[0]])
    patience = draw.gauss(_PATIENCE.get(tone, 0.5), 0.15)
    careless = max(0.0, draw.gauss(0.016, 0.014))
    return Persona(
        tone=tone,
        skill=skill,
        patience=round(min(max(patience, want.patience[0]), want.patience[1]), 3),
        zone=draw.choice(ZONES[locale]),
        first_name=first_name,
        signature=f"{first_name}\n{company}" if draw.random() < 0.5 else first_name,  # noqa: PLR2004 (a coin)
        lower_case=draw.random() < _LOWER_CASE and not want.non_native,
        drops_end_mark=draw.random() < _DROPS_END_MARK.get(tone, 0.45),
        typo_share=round(min(careless, 0.06), 4),
        non_native=want.non_native,
        night=draw.choice(_NIGHTS),
    )


def _domains(company: str, family: Word, noun: str, town: str, place: int) -> tuple[str, ...]:
    """Return four addresses that fit the company, all on the reserved top-level domain."""
    name, craft = slug(company) or f"customer-{place}", slug(noun)
    names = (
        name,
        f"{name}-shop",
        f"{craft}-{slug(town) or place}",
        f"{slug(family.latin)}-blog",
    )
    return tuple(f"{one}.example" for one in dict.fromkeys(names))


def _email(given: Word, family: Word, domain: str, draw: Random) -> str:
    first, last = slug(given.latin).replace("-", ""), slug(family.latin).replace("-", "")
    local = draw.choice((first, f"{first}.{last}", f"{first[:1]}.{last}", "hello"))
    if draw.random() < _OWN_DOMAIN:
        return f"{local}@{domain}"
    return f"{first}.{last}{draw.randint(2, 98)}@{draw.choice(MAIL_HOSTS)}"


def _native_name(locale: str, given: Word, family: Word) -> str:
    if locale in FAMILY_FIRST:
        return f"{family.native} {given.native}"
    return f"{given.native} {family.native}"
