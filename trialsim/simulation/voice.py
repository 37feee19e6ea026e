"""How lines become words on a page: slots filled, alternatives picked, a person's habits."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from trialsim.kit.streams import Name, digest, pick, stream, unit
from trialsim.simulation.types import Pack, Persona, Scenario, Slots

_BEGINS = re.compile(r"[.!?]\s+$")  # the end of a sentence lies right before
_SLOT = re.compile(r"\{(\w+)\}")
ALTERNATIVES = re.compile(r"\[([^\[\]|]*(?:\|[^\[\]|]*)+)\]")
_WORD = re.compile(r"[a-z]{5,}")
_ANY_WORD = re.compile(r"\w+(?:['’.@:/-]\w+)*")
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "KRW": "₩"}
_WHOLE_UNITS = ("JPY", "KRW")
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
}
# Neighbours on a keyboard, so that slips look like a person's.
_NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj",
    "i": "uo", "j": "hk", "k": "jl", "l": "ko", "m": "n", "n": "bm", "o": "ip", "p": "o",
    "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc",
    "y": "tu", "z": "x",
}  # fmt: skip
_ARTICLES = re.compile(r"\b(?:the|a|an) (?=[a-z])")


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case; addresses and amounts count as one."""
    return _ANY_WORD.findall(text.lower())


def slot_words(pack: Pack, scenario: Scenario, slots: Slots, language: str) -> dict[str, str]:
    """Return each slot as a customer writes it: money with its sign, dates as day and month."""
    words: dict[str, str] = {}
    for name, value in slots.items():
        slot = scenario.slots.get(name)
        if slot is not None and slot.kind == "money":
            words[name] = money_words(int(value), pack.currency, language)
        elif slot is not None and slot.kind == "days_ago":
            words[name] = date_words(str(value), language)
        else:
            words[name] = str(value)
    return words


def money_words(minor: int, currency: str, language: str) -> str:
    """Return an amount in minor units as text, such as €12.50 or 12,50 €."""
    sign = _SYMBOLS.get(currency, f"{currency} ")
    if currency in _WHOLE_UNITS:
        return f"{sign}{minor}"
    amount = f"{minor // 100}.{minor % 100:02}"
    return f"{amount.replace('.', ',')} {sign.strip()}" if language == "it" else f"{sign}{amount}"


def date_words(iso: str, language: str) -> str:
    """Return an ISO date as day and month in a language; other languages get ISO back."""
    _, month, day = (int(part) for part in iso.split("-"))
    if language == "ko":
        return f"{month}월 {day}일"
    if language not in _MONTHS:
        return iso
    return f"{day} {_MONTHS[language].split()[month - 1]}"


def filled(text: str, words: Mapping[str, str]) -> str:
    """Return a text with every known `{slot}` filled; other braces stay.

    A word that begins a sentence gets its capital, unless it is an address.
    """

    def word(found: re.Match[str]) -> str:
        value = str(words.get(found[1], found[0]))
        begins = _BEGINS.search(text[: found.start()]) is not None
        is_address = "." in value or "@" in value
        return value[:1].upper() + value[1:] if begins and not is_address else value

    return _SLOT.sub(word, text)


def alternated(text: str, seed: Name, *names: Name) -> str:
    """Return a text with one part of each `[a|b]` picked, the same for the same names."""
    count = 0

    def choose(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        parts: list[str] = found[1].split("|")
        return pick(parts, seed, *names, "alternative", count)

    return ALTERNATIVES.sub(choose, text)


def phrase_lines(pack: Pack, language: str, phrase: str, tone: str) -> tuple[str, ...]:
    """Return the lines of an engine phrase in a tone, else in `any`; empty when there are none."""
    tones = pack.phrases.get(language, {}).get(phrase, {})
    return tones.get(tone) or tones.get("any") or ()


def speaking(persona: Persona, channel: str) -> Persona:
    """Return a persona as heard on a channel: nobody who speaks makes slips of the keyboard."""
    if channel != "call":
        return persona
    return replace(persona, lower_case=False, drops_end_mark=False, typo_share=0.0)


def spoken(
    text: str,
    persona: Persona,
    *names: Name,
    seed: Name,
    keep: tuple[str, ...] = (),
) -> str:
    """Return a text as this person types it; what is in `keep` (names, amounts) stays whole."""
    if persona.non_native:
        text = _without_articles(text, keep, seed, *names)
    if persona.typo_share > 0:
        text = _with_slips(text, persona.typo_share, keep, seed, *names)
    if persona.lower_case:
        text = _lowered(text, keep)
    if persona.drops_end_mark and text.endswith("."):
        text = text[:-1]
    return text


def guarded(text: str, keep: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return the spans of what must stay as it is: kept words, addresses and quoted messages."""
    spans = [found.span() for found in re.finditer(r"\S+[.@/]\S+|\"[^\"]*\"|`[^`]*`", text)]
    for word in keep:
        if word:
            spans += _places(text, word)
    return spans


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield where a word stands; plain search, since every name would be a pattern of its own."""
    start = text.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + len(word))


def is_free(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Return whether a place touches none of the spans."""
    return all(end <= first or start >= last for first, last in spans)


def _without_articles(text: str, keep: tuple[str, ...], seed: Name, *names: Name) -> str:
    spans = guarded(text, keep)

    def drop(found: re.Match[str]) -> str:
        drawn = unit(seed, *names, "article", found.start())
        return "" if drawn < 0.45 and is_free(*found.span(), spans) else found[0]  # noqa: PLR2004 (share of articles a learner leaves out)

    return _ARTICLES.sub(drop, text)


def _with_slips(text: str, share: float, keep: tuple[str, ...], seed: Name, *names: Name) -> str:
    spans = guarded(text, keep)

    def slip(found: re.Match[str]) -> str:
        chance = unit(seed, *names, "slip", found.start())
        if chance >= share or not is_free(*found.span(), spans):
            return found[0]
        return _slipped(found[0], seed, *names, found.start())

    return _WORD.sub(slip, text)


def _slipped(word: str, seed: Name, *names: Name) -> str:
    """Return a word with one slip inside: a neighbour key, two letters swapped, or one lost."""
    draws = stream(seed, *names, "letters")
    place = draws.randrange(1, len(word) - 1)
    kind = digest(seed, *names, "kind") % 3
    if kind == 0:
        return word[:place] + draws.choice(_NEIGHBOURS[word[place]]) + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + word[place + 1 :]


def _lowered(text: str, keep: tuple[str, ...]) -> str:
    spans = guarded(text, keep)

    def lower(found: re.Match[str]) -> str:
        return found[0].lower() if is_free(*found.span(), spans) else found[0]

    return re.sub(r"(?:^|(?<=[.!?]\s)|(?<=\n))[^\W\d_]|\bI\b", lower, text)
