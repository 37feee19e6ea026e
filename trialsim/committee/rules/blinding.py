"""Taking out of a text who wrote it and where they live, so that a reader stays blind."""

import re
from dataclasses import dataclass

from trialsim.reviews.rules.blinding import scrub as without_name

PLACE = "[place hidden]"
ZONE = "[time zone hidden]"

_OFFSET = re.compile(r"\b(?:UTC|GMT)\s?[+\u2212-]\s?\d{1,2}(?::?\d{2})?\b", re.IGNORECASE)
_CLOSINGS = (
    "all the best|best|best regards|best wishes|cheers|kind regards|many thanks|regards|"
    "sincerely|take care|thank you|thanks|warm regards|warmly|with best regards|yours|"
    "yours sincerely"
)
_CLOSING = re.compile(rf"^\s*(?:{_CLOSINGS})\s*[,.!]?\s*$", re.IGNORECASE)
_CLOSED_ON_ONE_LINE = re.compile(
    rf"^(\s*(?:{_CLOSINGS})\s*[,.!]?\s+)([^\W\d_][\w.'’-]{{0,20}}(?:\s[^\W\d_][\w.'’-]{{0,20}})?)\s*$",
    re.IGNORECASE,
)
_DASH = re.compile(r"^(\s*[\u2013\u2014~-]{1,2}\s*)([^\W\d_][\w.'’-]{0,20})\s*$")
_SHORTEST_LOCAL_PART = 4
_SIGNATURE_WORDS = 5
_SIGNATURE_LINES = 4
_GENDERED = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
_NEUTRAL = {
    "he": "they",
    "she": "they",
    "him": "them",
    "his": "their",
    "hers": "theirs",
    "himself": "themself",
    "herself": "themself",
}
_AGREES = {"is": "are", "was": "were", "has": "have", "does": "do"}
_THEY_VERB = re.compile(r"\b(they) (is|was|has|does)\b", re.IGNORECASE)
_HER = re.compile(r"\bher\b(?=(\s+\w+)?)", re.IGNORECASE)
_AFTER_OBJECT = re.compile(
    "a|about|after|again|all|an|and|as|at|before|but|by|for|from|how|if|in|into|it|of|on|or|out|"
    "over|so|that|the|then|this|to|too|up|what|when|where|whether|who|why|with"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody to hide: what they are called, and every word that tells where they are.

    `places` are names of cities, countries and zones; `zones` short zone names such as CET.
    """

    name: str
    email: str
    shown_as: str
    places: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()


def scrub(text: str, *people: Identity) -> str:
    """Return a text without the names, addresses, places and zones of these people.

    A name becomes what the person is shown as; so does the mail address, and its part before
    the @ from four letters on.
    """
    for person in people:
        text = _without_places(_without_address(text, person), person)
        text = without_name(text, person.name, "", person.shown_as)
    return text


def scrub_signature(text: str, code: str) -> str:
    """Return a reply with whatever stands below or behind its closing words replaced by a code.

    Catches nicknames and initials that `scrub` cannot know: after "Best regards," on a line of
    its own, up to four short lines that end the text; and a name after closing words or a dash
    on the last line.
    """
    lines = text.rstrip().split("\n")
    for place in range(max(0, len(lines) - _SIGNATURE_LINES - 1), len(lines) - 1):
        below = [line for line in lines[place + 1 :] if line.strip()]
        if _CLOSING.match(lines[place]) and all(_is_short(line) for line in below):
            return "\n".join([*lines[: place + 1], code])
    lines[-1] = _CLOSED_ON_ONE_LINE.sub(rf"\g<1>{code}", lines[-1])
    lines[-1] = _DASH.sub(rf"\g<1>{code}", lines[-1])
    return "\n".join(lines)


def neutral(text: str) -> str:
    """Return a text with they in place of he and she, the commonest verbs agreeing."""
    text = _HER.sub(_neutral_her, text)
    text = _GENDERED.sub(lambda found: _like(found.group(), _NEUTRAL[found.group().lower()]), text)
    return _THEY_VERB.sub(lambda found: f"{found[1]} {_AGREES[found[2].lower()]}", text)


def telling_words(text: str, person: Identity) -> tuple[str, ...]:
    """Return the words of a text that tell a blind reader who it is about, each once.

    Names, address and places of the person, and he or she in any form.
    """
    named = [part for part in person.name.split() if without_name(text, part, "", "") != text]
    placed = [
        word
        for word in (person.email, *person.places, *person.zones)
        if word and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
    ]
    gendered = [found.group().lower() for found in _GENDERED.finditer(text)]
    return tuple(dict.fromkeys([*named, *placed, *gendered]))


def _without_address(text: str, person: Identity) -> str:
    """The whole address first, then its part before the @ wherever that is more than a word."""
    local = person.email.partition("@")[0]
    if not person.email:
        return text
    text = re.sub(re.escape(person.email), person.shown_as, text, flags=re.IGNORECASE)
    if len(local) < _SHORTEST_LOCAL_PART or local.isdigit():  # "it@…" would blank every "it"
        return text
    return without_name(text, local, "", person.shown_as)


def _without_places(text: str, person: Identity) -> str:
    for place in sorted(person.places, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(place)}(?!\w)", PLACE, text, flags=re.IGNORECASE)
    for zone in person.zones:
        text = re.sub(rf"(?<!\w){re.escape(zone)}(?!\w)", ZONE, text)
    return _OFFSET.sub(ZONE, text)


def _is_short(line: str) -> bool:
    return len(line.split()) <= _SIGNATURE_WORDS


def _neutral_her(found: re.Match[str]) -> str:
    """Their before a word that is owned, them otherwise."""
    following = (found[1] or "").strip().lower()
    owned = bool(following) and not _AFTER_OBJECT.fullmatch(following)
    return _like(found.group(), "their" if owned else "them")


def _like(found: str, word: str) -> str:
    return word.capitalize() if found[0].isupper() else word
