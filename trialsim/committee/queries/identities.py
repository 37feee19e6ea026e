"""Whom a packet hides: the candidate with every word for where they live, and the mentors."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages
from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.committee.models import Statement
from trialsim.committee.rules.blinding import Identity
from trialsim.kit import streams
from trialsim.reviews.models import Review, ReviewState
from trialsim.trials.models import Trial

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WINTER, _SUMMER = datetime(2026, 1, 15), datetime(2026, 7, 15)  # noqa: DTZ001 (the zone is put in below)
_NO_PLACE = frozenset({"UTC", "GMT"})


def candidate(person: Person, trial: Trial) -> Identity:
    """Return what hides a candidate; their zones then and now tell city, country and language."""
    zones = {trial.zone, person.zone}
    return Identity(
        person.name,
        person.email,
        trial.code,
        places=tuple(sorted({word for zone in zones for word in _places(zone)})),
        zones=tuple(sorted({word for zone in zones for word in _short_names(zone)})),
    )


def mentors(people: Mapping[int, Person], letters: Mapping[int, str]) -> tuple[Identity, ...]:
    """Return what hides each mentor behind their letter."""
    return tuple(
        Identity(people[one].name, people[one].email, f"Mentor {letter}")
        for one, letter in letters.items()
        if one in people
    )


def mentor_letters(
    session: Session, trial: Trial, until: datetime
) -> tuple[dict[int, str], dict[int, Person]]:
    """Return the letter of everybody who reviewed or wrote a statement by an instant, by person.

    The order comes from the trial's seed and tells nothing; what came later changes no letter.
    """
    wrote = select(Statement.mentor_id).where(Statement.trial_id == trial.id, Statement.at <= until)
    reviewed = select(Review.reviewer_id).where(
        Review.trial_id == trial.id,
        Review.state == ReviewState.SUBMITTED,
        col(Review.submitted_at) <= until,
    )
    rows = session.exec(
        select(Person).where(col(Person.id).in_(wrote) | col(Person.id).in_(reviewed))
    )
    people = {person.id or 0: person for person in rows}
    return letters(people, trial.seed), people


def letters(people: Iterable[int], seed: str) -> dict[int, str]:
    """Return A, B, C … in an order drawn from a seed."""
    order = sorted(people, key=lambda one: streams.digest(seed, "mentors", one))
    return {one: _letter(place) for place, one in enumerate(order)}


def _letter(place: int) -> str:
    rounds, rest = divmod(place, len(_LETTERS))
    return _LETTERS[rest] + (str(rounds + 1) if rounds else "")


@cache
def _places(zone: str) -> tuple[str, ...]:
    """Return the city, country and languages that a zone tells; English tells nobody apart."""
    if zone in _NO_PLACE:
        return ()
    english = Locale.parse("en")
    country = get_global("zone_territories").get(zone, "")
    spoken = get_official_languages(country) if country else ()
    words = [zone, zone.rpartition("/")[2].replace("_", " ")]
    words.append(str(english.territories.get(country, "")))
    words += [str(english.languages.get(one, "")) for one in spoken if one != "en"]
    return tuple(word for word in words if word)


@cache
def _short_names(zone: str) -> tuple[str, ...]:
    names = {at.replace(tzinfo=ZoneInfo(zone)).tzname() or "" for at in (_WINTER, _SUMMER)}
    return tuple(sorted(name for name in names - _NO_PLACE if name.isalpha()))
