"""A scenario's facts, points and traps compiled for reading, once per scenario and language."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from trialsim.simulation.reading.language import Language, has_negation, language_of, respelled
from trialsim.simulation.types import Form, Phrasing, Scenario
from trialsim.simulation.voice import slot_words

OTHER = "other"

_SLOT = re.compile(r"\{([a-z_]\w*)\}")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a sentence may do; `negative` when its own lines advise against something."""

    kind: str
    id: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    negative: bool

    @property
    def name(self) -> str:
        """Return what the act is called beside others, such as `fact:browser`."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, eq=False)
class Lines:
    """The known lines of acts, small talk among them as `other`; compared by identity.

    `denies` marks lines that say no: a sentence like one of them may say no as well.
    """

    language: Language
    acts: tuple[str, ...]
    texts: tuple[str, ...]
    denies: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Matcher:
    """What sentences of one form are read with.

    `bound` holds the slots of each line of the acts whose every line names a drawn word: without
    it a sentence is no likeness, or an answer copied from another form would pass.
    """

    language: Language
    acts: tuple[Act, ...]
    lines: Lines
    words: tuple[tuple[re.Pattern[str], str], ...]
    bound: Mapping[str, tuple[frozenset[str], ...]]

    def unslotted(self, sentence: str) -> tuple[str, frozenset[str]]:
        """Return a sentence with the names of slots for drawn words, and which it names."""
        named: set[str] = set()
        for pattern, name in self.words:
            sentence, times = pattern.subn(name, sentence)
            if times:
                named.add(name)
        return sentence, frozenset(named)

    def is_open(self, act: str, named: frozenset[str]) -> bool:
        """Return whether likeness may name this act: not while it lacks its drawn words."""
        return act not in self.bound or any(slots <= named for slots in self.bound[act])


class _Same:
    """A scenario compared by identity: its contents are mappings and have no hash."""

    __slots__ = ("value",)

    def __init__(self, value: Scenario) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value


def matcher_of(form: Form) -> Matcher:
    """Return the matcher of a form; forms of one scenario share all but what slots change."""
    words = slot_words(form.pack, form.scenario, form.slots, form.language)
    key = tuple(sorted(words.items()))
    return _matcher(_Same(form.scenario), form.language, key)


def matcher_for(
    phrases: Mapping[str, Sequence[str]],
    patterns: Mapping[str, str],
    others: Sequence[str],
    code: str = "en",
) -> Matcher:
    """Return a matcher for questions of any source: phrases and patterns by fact.

    Raises:
        re.error: for a pattern that is none.
    """
    language = language_of(code)
    acts = tuple(
        Act("fact", name, _pattern(patterns.get(name, r"(?!)")), None, negative=False)
        for name in phrases
    )
    known = [(f"fact:{name}", line) for name, lines in phrases.items() for line in lines]
    lines = _lines([*known, *((OTHER, line) for line in others)], language)
    return Matcher(language, acts, lines, (), {})


@lru_cache(maxsize=1024)
def _matcher(same: _Same, code: str, words: tuple[tuple[str, str], ...]) -> Matcher:
    language = language_of(code)
    by_name = {name: _loose(word, language) for name, word in words}
    named = sorted(words, key=lambda item: -len(item[1]))
    return Matcher(
        language=language,
        acts=tuple(
            _act(kind, name, phrasing, by_name, language)
            for kind, name, phrasing in _phrasings(same.value, code)
        ),
        lines=_lines_of(same, code),
        words=tuple((_pattern(by_name[name]), name) for name, word in named if word),
        bound=_bound(same, code),
    )


@lru_cache(maxsize=512)
def _lines_of(same: _Same, code: str) -> Lines:
    known = [
        (f"{kind}:{name}", _SLOT.sub(lambda found: found[1], line))
        for kind, name, phrasing in _phrasings(same.value, code)
        for line in phrasing.lines
    ]
    language = language_of(code)
    return _lines([*known, *((OTHER, line) for line in language.small_talk)], language)


def _lines(pairs: Sequence[tuple[str, str]], language: Language) -> Lines:
    texts = tuple(respelled(language, line) for _, line in pairs)
    return Lines(
        language=language,
        acts=tuple(act for act, _ in pairs),
        texts=texts,
        denies=tuple(has_negation(language, text) for text in texts),
    )


@lru_cache(maxsize=512)
def _bound(same: _Same, code: str) -> dict[str, tuple[frozenset[str], ...]]:
    slots = {
        f"{kind}:{name}": tuple(frozenset(_SLOT.findall(line)) for line in phrasing.lines)
        for kind, name, phrasing in _phrasings(same.value, code)
    }
    return {name: lines for name, lines in slots.items() if lines and all(lines)}


def _phrasings(scenario: Scenario, code: str) -> list[tuple[str, str, Phrasing]]:
    texts = scenario.text(code)
    return [
        *(("fact", name, phrasing) for name, phrasing in texts.facts.items()),
        *(("point", name, phrasing) for name, phrasing in texts.points.items()),
        *(("trap", name, phrasing) for name, phrasing in texts.traps.items()),
    ]


def _act(
    kind: str, name: str, phrasing: Phrasing, by_name: Mapping[str, str], language: Language
) -> Act:
    return Act(
        kind=kind,
        id=name,
        pattern=compiled(phrasing.pattern, by_name),
        unless=compiled(phrasing.unless, by_name) if phrasing.unless else None,
        negative=any(has_negation(language, line) for line in phrasing.lines),
    )


def compiled(pattern: str, by_name: Mapping[str, str]) -> re.Pattern[str]:
    """Return a pattern with slots filled; other braces, such as `{2,3}`, stay."""
    return _pattern(_SLOT.sub(lambda found: by_name.get(found[1], found[0]), pattern))


@lru_cache(maxsize=8192)
def _pattern(text: str) -> re.Pattern[str]:
    """Compile once: most patterns hold no slot, and a bank has more than `re` keeps."""
    return re.compile(text, re.IGNORECASE)


def _loose(word: str, language: Language) -> str:
    """Return a slot's words as a pattern: any spacing, hyphens optional, no leading article."""
    parts = word.split()
    if len(parts) > 1 and parts[0].lower() in language.articles:
        parts = parts[1:]
    escaped = [re.escape(part).replace(r"\-", r"[-\s]?") for part in parts]
    return r"(?:" + r"\s+".join(escaped) + ")" if escaped else r"(?!)"
