"""Whether other words say the same: what a language model made of a customer's message.

The engine decides what is said. A model may only find other words for it, and whatever adds,
drops or changes a number, name, link, quotation, refusal or question is thrown away. The check is
stricter than it needs to be: throwing away costs nothing, since the engine's words are there.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping

from trialsim.simulation.types import Persona

LONGEST = 1_500
_SHORTEST_SHARE, _LONGEST_SHARE = 0.4, 2.0
_SPARE_WORDS = 8
_SAME_WORDS = 0.5
_TELLING_LETTERS = 5
_STEM = 5

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_LINK = re.compile(
    r"https?://\S+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b"
)
_QUOTED = re.compile(r"[“\"«]([^”\"»]{1,200})[”\"»]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n]\s*|[“\"(]\s*)$")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|nowhere|cannot|without|neither|nor)\b|n[’']t\b"
    r"|\b(?:non|né|mai|niente|nessun\w*|senza)\b|안 |않|못|없|아니",
    re.IGNORECASE,
)
_AS_A_MODEL = re.compile(
    r"\b(?:as an ai|language model|assistant|rephras\w*|reword\w*|here is|here's|sure,|certainly|"
    r"system prompt|instructions?)\b|```|\{\"|</|\[/?inst",
    re.IGNORECASE,
)
_MOODS = {
    "warm": "friendly and open",
    "plain": "plain and matter-of-fact",
    "terse": "short and in a hurry",
    "anxious": "worried",
    "irritated": "annoyed, never abusive",
}


def instructions(persona: Persona, channel: str, language: str) -> str:
    """Return what a model is told: how the customer writes, and that it may change words alone."""
    tone = _MOODS.get(persona.tone, _MOODS["plain"])
    second = " They write it as a second language." if persona.non_native else ""
    return (
        "You reword one message of a customer to a support team. Keep the language "
        f"({language}), every fact, number, name, link, quotation, question and refusal exactly, "
        "add nothing, answer nothing, and give the reworded message alone. "
        f"The customer writes by {channel} and is {tone}.{second}"
    )


def fault(words: str, reworded: str) -> str:
    """Return why other words cannot stand for the engine's, or nothing when they can."""
    if not reworded.strip() or len(reworded) > LONGEST or _has_control(reworded):
        return "empty, too long or no text"
    if _AS_A_MODEL.search(reworded) and not _AS_A_MODEL.search(words):
        return "speaks as a model"
    for what, read in _READINGS.items():
        if read(words) != read(reworded):
            return f"changes a {what}"
    return (
        _other_names(words, reworded)
        or _other_length(words, reworded)
        or _other_words(words, reworded)
    )


def _numbers(text: str) -> Counter[str]:
    return Counter(match.strip(".,:") for match in _NUMBER.findall(text))


def _links(text: str) -> set[str]:
    return {match.rstrip(".,;:!?)").lower() for match in _LINK.findall(text)}


def _quotations(text: str) -> Counter[str]:
    return Counter(_QUOTED.findall(text))


def _refusals(text: str) -> int:
    return len(_NEGATION.findall(text))


def _questions(text: str) -> bool:
    return any(mark in text for mark in "?？")  # noqa: RUF001 (the mark of wide scripts)


_READINGS: Mapping[str, Callable[[str], object]] = {
    "number": _numbers,
    "link": _links,
    "quotation": _quotations,
    "refusal": _refusals,
    "question": _questions,
}


def _other_names(words: str, reworded: str) -> str:
    """Names are words with a capital letter inside a sentence."""
    words, reworded = (_LINK.sub(" ", text) for text in (words, reworded))
    before, after = _all_words(words), _all_words(reworded)
    if dropped := [name for name in _names(words) if name.lower() not in after]:
        return f"drops the name {dropped[0]}"
    if added := [name for name in _names(reworded) if name.lower() not in before]:
        return f"adds the name {added[0]}"
    return ""


def _names(text: str) -> list[str]:
    return [
        match[0]
        for match in _WORD.finditer(text)
        if match[0][0].isupper()
        and len(match[0]) > 1
        and not match[0].startswith(("I’", "I'"))
        and not _SENTENCE_START.search(text[: match.start()])
    ]


def _all_words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _other_length(words: str, reworded: str) -> str:
    before, after = len(_WORD.findall(words)), len(_WORD.findall(reworded))
    if after > before * _LONGEST_SHARE + _SPARE_WORDS or after < before * _SHORTEST_SHARE:
        return "says much more or much less"
    return ""


def _other_words(words: str, reworded: str) -> str:
    """At least half of the telling words on either side must stand on the other as well."""
    before, after = _stems(words), _stems(reworded)
    shared = len(before & after)
    if before and shared < _SAME_WORDS * len(before):
        return "drops what was said"
    if after and len(after - before) > _SAME_WORDS * len(after) + 1:
        return "adds what was not said"
    return ""


def _stems(text: str) -> set[str]:
    """Return how the telling words begin: long ones that are no name and no link."""
    text = _LINK.sub(" ", text)
    telling = _all_words(text) - {name.lower() for name in _names(text)}
    return {word[:_STEM] for word in telling if len(word) >= _TELLING_LETTERS}


def _has_control(text: str) -> bool:
    return any(not (char.isprintable() or char in "\n ") for char in text)
