"""What the engine itself understands of a language: negation, requests, kindness, small talk."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from trialsim.simulation.reading.words import WORDS


@dataclass(frozen=True, slots=True)
class Language:
    """Patterns of one language; `breaks` part clauses that a negation does not reach across.

    `negation` counts before what it negates, `negation_after` behind it, as in Korean. `warning`
    and `warning_after` are words that only take a trap out of a sentence: "beware of …", "… is a
    mistake". `ends` parts sentences where a mark and a space do not. `ideas` are words that mean
    much the same, `endings` what grammar adds to a word. `answering` begins lines that make sense
    only right after their question.
    """

    negation: re.Pattern[str]
    not_negation: re.Pattern[str]
    warning: re.Pattern[str]
    negation_after: re.Pattern[str]
    warning_after: re.Pattern[str]
    breaks: re.Pattern[str]
    request: re.Pattern[str]
    empathy: re.Pattern[str]
    harsh: re.Pattern[str]
    small_talk: tuple[str, ...]
    articles: tuple[str, ...]
    sign_off: re.Pattern[str]
    quoted_after: re.Pattern[str]
    answering: re.Pattern[str]
    ends: re.Pattern[str]
    spelling: re.Pattern[str]
    spellings: Mapping[str, str]
    digits: tuple[tuple[re.Pattern[str], str], ...]
    endings: tuple[str, ...]
    ideas: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=8)
def language_of(code: str) -> Language:
    """Return what the engine knows of a language; English for one it does not know."""
    words = WORDS.get(code, WORDS["en"])
    flags = re.IGNORECASE
    return Language(
        negation=re.compile(words.negation, flags),
        not_negation=re.compile(words.not_negation, flags),
        warning=re.compile(f"{words.negation}|{words.warning}", flags),
        negation_after=re.compile(words.negation_after, flags),
        warning_after=re.compile(f"{words.negation_after}|{words.warning_after}", flags),
        breaks=re.compile(words.breaks, flags),
        request=re.compile(words.request, flags),
        empathy=re.compile(words.empathy, flags),
        harsh=re.compile(words.harsh, flags),
        small_talk=words.small_talk,
        articles=words.articles,
        sign_off=re.compile(words.sign_off, flags),
        quoted_after=re.compile(words.quoted_after, flags),
        answering=re.compile(words.answering, flags),
        ends=re.compile(words.ends, flags),
        spelling=_short_forms(words.spellings),
        spellings=words.spellings,
        digits=tuple((re.compile(short, flags), spelled) for short, spelled in words.digits),
        endings=words.endings,
        ideas=tuple((name, re.compile(idea, flags)) for name, idea in words.ideas.items()),
    )


def _short_forms(spellings: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(spellings, key=lambda short: (-len(short), short))
    every = "|".join(re.escape(short) for short in longest_first) or "(?!)"
    return re.compile(rf"(?<![\w'])(?:{every})(?![\w'])", re.IGNORECASE)


def respelled(language: Language, sentence: str) -> str:
    """Return a sentence with what was typed in haste written out; often the same."""
    for short, spelled in language.digits:
        sentence = short.sub(spelled, sentence)
    return language.spelling.sub(
        lambda found: language.spellings.get(found[0].lower(), found[0]), sentence
    )


def has_negation(language: Language, line: str) -> bool:
    """Return whether a line says no anywhere: such lines need no negation read into them."""
    masked = _masked(language, line)
    return bool(language.negation.search(masked) or language.negation_after.search(masked))


def is_negated(
    language: Language, sentence: str, start: int, end: int, *, as_trap: bool, inside: bool = True
) -> bool:
    """Return whether what stands from `start` to `end` is advised against.

    A trap is also taken back by a warning. Words within the span itself count while `inside`.
    """
    masked = _masked(language, sentence)
    before = language.warning if as_trap else language.negation
    after = language.warning_after if as_trap else language.negation_after
    reached = (start, end) if inside else (start,)
    return any(_is_denied_before(language, before, masked, place) for place in reached) or (
        _is_denied_after(language, after, masked, start if inside else end, end)
    )


def _masked(language: Language, sentence: str) -> str:
    return language.not_negation.sub(lambda found: "~" * len(found[0]), sentence)


def _is_denied_before(language: Language, words: re.Pattern[str], masked: str, place: int) -> bool:
    """Return whether a negation reaches a place in its clause.

    Only the words of its own clause count, from the last break before it. A break right after
    the negation ("never, ever, …", "never, under any circumstances, …") does not shield it.
    """
    denials = list(words.finditer(masked, 0, place))
    if not denials:
        return False
    last = denials[-1]
    gap = masked[last.end() : place]
    inner = language.breaks.search(gap)
    if inner is None:
        return True
    return not gap[: inner.start()].strip() and gap.count(",") > 1


def _is_denied_after(
    language: Language, words: re.Pattern[str], masked: str, start: int, end: int
) -> bool:
    """Return whether a negation follows in the same clause, or stands within the match itself."""
    found = words.search(masked, start)
    if found is None:
        return False
    return found.start() < end or language.breaks.search(masked, end, found.start()) is None


def is_request(language: Language, sentence: str) -> bool:
    """Return whether a sentence asks for something: the gate against mere statements."""
    return language.request.search(sentence) is not None
