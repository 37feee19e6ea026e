"""Pools of invented names and towns, drawn once per locale and composed from then on.

The only place that meets Faker. What comes out is a pair: the word in its own script, and the
same word in Latin letters for tickets written in another language.
"""

import functools
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

LOCALES = ("en_US", "en_GB", "it_IT", "de_DE", "fr_FR", "es_ES", "pt_BR", "ko_KR", "ja_JP")
GIVEN_NAMES = 160
FAMILY_NAMES = 240
TOWNS = 60

# Faker has no Latin spelling of Japanese towns.
_JAPANESE_TOWNS = (
    ("札幌", "Sapporo"),
    ("仙台", "Sendai"),
    ("新潟", "Niigata"),
    ("金沢", "Kanazawa"),
    ("長野", "Nagano"),
    ("静岡", "Shizuoka"),
    ("名古屋", "Nagoya"),
    ("京都", "Kyoto"),
    ("神戸", "Kobe"),
    ("岡山", "Okayama"),
    ("高松", "Takamatsu"),
    ("松山", "Matsuyama"),
    ("熊本", "Kumamoto"),
    ("鹿児島", "Kagoshima"),
)
_HANGUL_FIRST, _HANGUL_LAST = 0xAC00, 0xD7A3
# The nineteen initials, twenty-one vowels and twenty-eight finals in the order of the code points.
_INITIALS = "g,kk,n,d,tt,r,m,b,pp,s,ss,,j,jj,ch,k,t,p,h"
_VOWELS = "a,ae,ya,yae,eo,e,yeo,ye,o,wa,wae,oe,yo,u,wo,we,wi,yu,eu,ui,i"
_FINALS = ",k,k,k,n,n,n,t,l,k,m,l,l,l,p,l,m,p,p,t,t,ng,t,t,k,t,p,t"
# Families are spelt as most of them spell themselves.
_KOREAN_FAMILIES = {"이": "Lee", "김": "Kim", "박": "Park", "최": "Choi", "임": "Lim", "유": "Yoo"}
_KOREAN_TOWN_KINDS = ("특별시", "광역시", "시", "군", "구")


@dataclass(frozen=True, slots=True)
class Word:
    """One name: in its own script, and in Latin letters."""

    native: str
    latin: str


@dataclass(frozen=True, slots=True)
class Pool:
    """What people of one locale are made of."""

    given: tuple[Word, ...]
    families: tuple[Word, ...]
    towns: tuple[Word, ...]


class _Source(Protocol):
    """The part of Faker that the pools use."""

    def first_name(self) -> str: ...
    def last_name(self) -> str: ...


@functools.lru_cache(maxsize=len(LOCALES))
def pool_of(locale: str) -> Pool:
    """Return the pool of one locale, the same on every machine; raises KeyError for another one."""
    if locale not in LOCALES:
        raise KeyError(locale)
    from faker import Faker  # noqa: PLC0415 (heavy; the server starts without it)
    from faker.providers.address import it_IT  # noqa: PLC0415 (likewise)

    source = Faker(locale)
    source.seed_instance(f"pools/{locale}")
    if locale == "ja_JP":
        return Pool(
            given=_pairs(source.first_name_pair, GIVEN_NAMES),
            families=_pairs(source.last_name_pair, FAMILY_NAMES),
            towns=tuple(Word(native, latin) for native, latin in _JAPANESE_TOWNS),
        )
    if locale == "it_IT":
        # Faker keeps Italian towns in a set, whose order is another one in every process.
        towns = sorted(it_IT.Provider.cities)
        return _pool_from(source, _as_it_is, lambda: source.random_element(towns))
    return _pool_from(source, _korean if locale == "ko_KR" else _as_it_is, source.city)


def _pool_from(source: _Source, spell: Callable[[str], Word], town: Callable[[], str]) -> Pool:
    return Pool(
        given=_distinct(lambda: spell(source.first_name()), GIVEN_NAMES),
        families=_distinct(lambda: spell(source.last_name()), FAMILY_NAMES),
        towns=_distinct(lambda: spell(town()), TOWNS),
    )


def _pairs(draw: Callable[[], tuple[str, str, str]], wanted: int) -> tuple[Word, ...]:
    def word() -> Word:
        native, _kana, latin = draw()
        return Word(native, latin)

    return _distinct(word, wanted)


def _distinct(draw: Callable[[], Word], wanted: int) -> tuple[Word, ...]:
    """Draw until there are enough; some locales have fewer, so the tries are bounded."""
    found: dict[str, Word] = {}
    for _ in range(wanted * 3):
        word = draw()
        found.setdefault(word.latin, word)
        if len(found) == wanted:
            break
    return tuple(found.values())


def _as_it_is(text: str) -> Word:
    return Word(text, text)


def _korean(text: str) -> Word:
    kind = next((one for one in _KOREAN_TOWN_KINDS if text.endswith(one) and len(text) > 2), "")  # noqa: PLR2004 (given names have two syllables)
    return Word(text, _KOREAN_FAMILIES.get(text) or romanised(text.removesuffix(kind)))


def romanised(text: str) -> str:
    """Spell Hangul in Latin letters, by Revised Romanization without assimilation."""
    return "".join(_syllable(letter) for letter in text).capitalize()


def _syllable(letter: str) -> str:
    if not _HANGUL_FIRST <= ord(letter) <= _HANGUL_LAST:
        return letter
    initials, vowels, finals = (part.split(",") for part in (_INITIALS, _VOWELS, _FINALS))
    rest, final = divmod(ord(letter) - _HANGUL_FIRST, len(finals))
    initial, vowel = divmod(rest, len(vowels))
    return initials[initial] + vowels[vowel] + finals[final]


@functools.lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Return lower-case ASCII letters and digits joined by hyphens; empty for another script."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o"))
    kept = "".join(letter if letter.isalnum() else " " for letter in plain if letter.isascii())
    return "-".join(kept.lower().split())
