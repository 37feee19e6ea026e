"""What a hand-over note tells a colleague: per open ticket, whether they can act on it.

A note covers a ticket when it names it (by number, subject or customer), tells something about it
that only this ticket's reader could know, and says what is next. A ticket that nobody has looked
at yet needs no more than its name and what is next. Deterministic, and blind to kind words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from trialsim.simulation.hand_over_words import COMMON, NEXT
from trialsim.simulation.notes import holds_fact
from trialsim.simulation.reading.language import language_of
from trialsim.simulation.reading.sentences import own_lines, plain, sentences_of
from trialsim.simulation.types import Form

_NUMBER = re.compile(
    r"(?:#|(?<!\w)(?:no|nr|n)\.?\s?[°º]?\s?|\b(?:ticket|number|numero|conversation)\s#?|번호\s?|티켓\s?)"
    r"(\d{1,4})(?![\w%])",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^\s*[-*•]?\s*(\d{1,4})\s*[:–—-]\s")
_WORD = re.compile(r"[^\W_]+")
_HANGUL = re.compile(r"[가-힣]")
_SHORTEST = 4  # letters of a word that says something
_KOREAN_STEM = 2  # syllables before endings begin
_SHARED = 2  # words of the conversation that a note must hold
_OTHER_TONGUE = 6  # words that do instead where the note is in another language
_SUBJECT_SHARE = 0.6
_SUBJECT_WORDS = 2


class Lack(StrEnum):
    """What a note leaves out about a ticket."""

    NAME = "name"
    KNOWN = "known"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Left:
    """An open ticket as it was left; `said` is everything written in it so far.

    `forms` and `facts` (those known) go together, one a matter; an untouched ticket has no facts.
    """

    number: int
    subject: str
    customer: str
    said: str
    language: str
    touched: bool
    forms: tuple[Form, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What a note says about one ticket, by what it lacks; nothing lacking covers it."""

    number: int
    lacks: tuple[Lack, ...]

    @property
    def is_covered(self) -> bool:
        """Whether a colleague can act on it."""
        return not self.lacks


def read_note(note: str, left: Sequence[Left], code: str = "en") -> tuple[Read, ...]:
    """Return what a note, written in a language, says about each open ticket, in their order."""
    told = _told(note, left, code)
    return tuple(Read(one.number, tuple(_lacks(one, told.get(one.number), code))) for one in left)


def _told(note: str, left: Sequence[Left], code: str) -> Mapping[int, str]:
    """Return the sentences about each ticket that is named; several named at once share them."""
    told: dict[int, list[str]] = {}
    about: frozenset[int] = frozenset()
    for line in own_lines(note, language_of(code)):
        led = _LEADING.match(line)
        numbers = {one.number for one in left}
        if led and int(led[1]) in numbers:
            about = frozenset({int(led[1])})
        for sentence in sentences_of(line, language_of(code)):
            about = _named(sentence.text, left) or about
            for number in about:
                told.setdefault(number, []).append(sentence.text)
    return {number: " ".join(parts) for number, parts in told.items()}


def _named(sentence: str, left: Sequence[Left]) -> frozenset[int]:
    known = {one.number for one in left}
    numbers = {int(found) for found in _NUMBER.findall(sentence)} & known
    if numbers:
        return frozenset(numbers)
    subjects = {one.number for one in left if _names_subject(sentence, one.subject)}
    if subjects:
        return frozenset(_of_customer(sentence, left, subjects) or subjects)
    return frozenset(_of_customer(sentence, left, known))


def _names_subject(sentence: str, subject: str) -> bool:
    if plain(subject).lower().rstrip(".!?") in plain(sentence).lower():
        return True
    words = _telling(subject)
    shared = words & _telling(sentence)
    return len(shared) >= _SUBJECT_WORDS and len(shared) >= _SUBJECT_SHARE * len(words)


def _of_customer(sentence: str, left: Sequence[Left], among: set[int]) -> set[int]:
    """Return the tickets whose customer is named, when that tells one of them from the others."""
    found = {one.number for one in left if one.number in among and _names(sentence, one, left)}
    return found if len(found) == 1 else set()


def _names(sentence: str, one: Left, left: Sequence[Left]) -> bool:
    others = " ".join(other.customer for other in left if other.customer != one.customer).lower()
    parts = [part for part in one.customer.split() if part.lower() not in others.split()]
    return any(
        re.search(rf"(?<!\w){re.escape(part)}(?![a-zà-ÿ])", sentence, re.IGNORECASE)
        for part in (one.customer, *parts)
        if len(part) > 1
    )


def _lacks(one: Left, told: str | None, code: str) -> Iterator[Lack]:
    if told is None:
        yield Lack.NAME
        return
    if one.touched and not _tells(one, told, code):
        yield Lack.KNOWN
    if not re.search(NEXT.get(code, NEXT["en"]), told, re.IGNORECASE):
        yield Lack.NEXT


def _tells(one: Left, told: str, code: str) -> bool:
    """Return whether something is told that only a reader of this conversation knows."""
    known = zip(one.forms, one.facts, strict=True)
    if any(holds_fact(form, fact, told) for form, facts in known for fact in facts):
        return True
    own = _telling(told) - _telling(one.subject) - _telling(one.customer)
    if len(own & _telling(one.said)) >= _SHARED:
        return True
    return one.language != code and len(own) >= _OTHER_TONGUE


def _telling(text: str) -> frozenset[str]:
    """Return the words of a text that say what it is about; Korean ones without their endings."""
    words = (word.lower() for word in _WORD.findall(plain(text)))
    return frozenset(
        word[:_KOREAN_STEM] if _HANGUL.match(word) else word
        for word in words
        if word not in COMMON
        and (len(word) >= _KOREAN_STEM if _HANGUL.match(word) else _says_something(word))
    )


def _says_something(word: str) -> bool:
    return len(word) >= _SHORTEST or word.isdigit()
