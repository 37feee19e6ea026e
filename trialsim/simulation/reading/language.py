"""What the engine itself understands of a language: negation, requests, kindness, small talk."""

import re
from dataclasses import dataclass
from functools import lru_cache

from trialsim.simulation.reading.words import WORDS


@dataclass(frozen=True, slots=True)
class Language:
    """Patterns of one language; `breaks` part clauses that a negation does not reach across.

    `negation` counts before what it negates, `negation_after` behind it: Korean, and judgements
    such as "… is not a good idea". `ends` parts sentences where a mark and a space do not.
    """

    negation: re.Pattern[str]
    not_negation: re.Pattern[str]
    negation_after: re.Pattern[str]
    breaks: re.Pattern[str]
    request: re.Pattern[str]
    empathy: re.Pattern[str]
    small_talk: tuple[str, ...]
    articles: tuple[str, ...]
    sign_off: re.Pattern[str]
    quoted_after: re.Pattern[str]
    ends: re.Pattern[str]


@lru_cache(maxsize=8)
def language_of(code: str) -> Language:
    """Return what the engine knows of a language; English for one it does not know."""
    words = WORDS.get(code, WORDS["en"])
    flags = re.IGNORECASE
    return Language(
        negation=re.compile(words.negation, flags),
        not_negation=re.compile(words.not_negation, flags),
        negation_after=re.compile(words.negation_after, flags),
        breaks=re.compile(words.breaks, flags),
        request=re.compile(words.request, flags),
        empathy=re.compile(words.empathy, flags),
        small_talk=words.small_talk,
        articles=words.articles,
        sign_off=re.compile(words.sign_off, flags),
        quoted_after=re.compile(words.quoted_after, flags),
        ends=re.compile(words.ends, flags),
    )


def has_negation(language: Language, line: str) -> bool:
    """Return whether a line says no anywhere: such lines need no negation read into them."""
    masked = _masked(language, line)
    return bool(language.negation.search(masked) or language.negation_after.search(masked))


def is_negated(language: Language, sentence: str, start: int, end: int) -> bool:
    """Return whether what stands from `start` to `end` is advised against."""
    masked = _masked(language, sentence)
    return _is_negated_before(language, masked, end) or _is_negated_after(
        language, masked, start, end
    )


def _masked(language: Language, sentence: str) -> str:
    return language.not_negation.sub(lambda found: "~" * len(found[0]), sentence)


def _is_negated_before(language: Language, masked: str, end: int) -> bool:
    """Return whether a negation reaches `end`.

    Only the words of its own clause count, from the last break before it. A break right after
    the negation ("never, ever, …", "never, under any circumstances, …") does not shield it.
    """
    negations = list(language.negation.finditer(masked, 0, end))
    if not negations:
        return False
    last = negations[-1]
    gap = masked[last.end() : end]
    inner = language.breaks.search(gap)
    if inner is None:
        return True
    return not gap[: inner.start()].strip() and gap.count(",") > 1


def _is_negated_after(language: Language, masked: str, start: int, end: int) -> bool:
    """Return whether a negation follows in the same clause, or stands within the match itself."""
    found = language.negation_after.search(masked, start)
    if found is None:
        return False
    return found.start() < end or language.breaks.search(masked, end, found.start()) is None


def is_request(language: Language, sentence: str) -> bool:
    """Return whether a sentence asks for something: the gate against mere statements."""
    return language.request.search(sentence) is not None
