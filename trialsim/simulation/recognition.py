"""How well lines that people wrote are recognised, against what their writers meant by them.

Counted over pairs of a line and an act of the line's own scenario: an act is recognised when a
sentence hits it and nothing takes the hit back.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from trialsim.kit.streams import stream
from trialsim.simulation.reading.hits import matches_in
from trialsim.simulation.reading.matcher import Matcher
from trialsim.simulation.reading.readers import READERS, rules_for
from trialsim.simulation.reading.sentences import sentences_of
from trialsim.simulation.types import MANNERS, Match, Rules

JOINED: Final = 4
_NEVER: Final = re.compile(r"(?!)")
_OUT_OF_REACH: Final = 2.0  # no likeness is over 1


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody wrote; `means` are acts such as `fact:browser`, `warns` traps warned of.

    `place` names the scenario with its language, `writer` who wrote it.
    """

    place: str
    text: str
    means: frozenset[str]
    warns: frozenset[str] = frozenset()
    writer: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many acts were recognised, recognised wrongly, and missed."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(self.hits + other.hits, self.extra + other.extra, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """Return the share of recognised acts that were meant; None when there are none."""
        return _share(self.hits, self.hits + self.extra)

    @property
    def recall(self) -> float | None:
        """Return the share of meant acts that were recognised; None when there are none."""
        return _share(self.hits, self.hits + self.missed)

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of the two."""
        return _share(2 * self.hits, 2 * self.hits + self.extra + self.missed)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


@dataclass(frozen=True, slots=True)
class Method:
    """A way to recognise: patterns, a likeness, or both."""

    name: str
    rules: Rules
    by_pattern: bool = True

    def recognised(self, matcher: Matcher, text: str) -> tuple[Match, ...]:
        """Return what the sentences of a text do, manners aside."""
        if not self.by_pattern:
            bare = tuple(replace(act, pattern=_NEVER) for act in matcher.acts)
            matcher = replace(matcher, acts=bare)
        sentences = sentences_of(text, matcher.language)
        reader = READERS[self.rules.reader]
        found = matches_in(matcher, sentences, reader, self.rules)
        return tuple(match for match in found if match.kind not in MANNERS)


def methods(reader: str) -> tuple[Method, ...]:
    """Return what is worth comparing for a reader: patterns, its likeness alone, and both."""
    rules = rules_for(reader)
    alone = replace(rules, phrase_threshold=_OUT_OF_REACH, trap_threshold=_OUT_OF_REACH)
    likeness = READERS[reader].name.partition("/")[0].partition("+")[2]
    return (
        Method("patterns", alone),
        Method(likeness, rules, by_pattern=False),
        Method(f"patterns+{likeness}", rules),
    )


@dataclass(frozen=True, slots=True)
class Score:
    """How a method did: on everything, by act of a place, and on warnings."""

    total: Tally
    by_act: Mapping[str, Mapping[str, Tally]] = field(default_factory=dict)
    by_kind: Mapping[str, Tally] = field(default_factory=dict)
    warnings: int = 0
    fired: int = 0


def scored(method: Method, matchers: Mapping[str, Matcher], lines: Iterable[Line]) -> Score:
    """Return how well a method recognises lines."""
    by_act: dict[str, dict[str, Tally]] = {
        place: {act.name: Tally() for act in matcher.acts} for place, matcher in matchers.items()
    }
    by_kind: dict[str, Tally] = {}
    warnings = fired = 0
    for line in lines:
        found = frozenset(
            f"{match.kind}:{match.id}"
            for match in method.recognised(matchers[line.place], line.text)
            if not match.skipped
        )
        warnings += bool(line.warns)
        fired += bool(line.warns) and any(name.startswith("trap:") for name in found)
        for name in found | line.means:
            tally = _tally(name in found, name in line.means)
            by_act[line.place][name] = by_act[line.place].get(name, Tally()) + tally
            kind = name.partition(":")[0]
            by_kind[kind] = by_kind.get(kind, Tally()) + tally
    return Score(sum(by_kind.values(), Tally()), by_act, by_kind, warnings, fired)


def _tally(is_found: bool, is_meant: bool) -> Tally:  # noqa: FBT001 (two sides of one pair)
    return Tally(int(is_found and is_meant), int(is_found > is_meant), int(is_meant > is_found))


def joined(lines: Sequence[Line], seed: str = "joined") -> Iterator[Line]:
    """Yield replies of four lines each, by one writer about one matter.

    As many as there are lines, drawn the same way every time; every second one has its lines below
    each other, the others run on. A writer with fewer than four lines on a matter has none.
    """
    ordered = sorted(lines, key=lambda line: (line.place, line.writer))
    for (place, writer), group in groupby(ordered, key=lambda line: (line.place, line.writer)):
        own = list(group)
        if len(own) < JOINED:
            continue
        for number in range(len(own)):
            draw = stream(seed, place, writer, number)
            picked = draw.sample(own, JOINED)
            texts = [line.text for line in picked]
            text = "\n".join(texts) if number % 2 else " ".join(_ended(text) for text in texts)
            means = frozenset().union(*(line.means for line in picked))
            yield Line(place, text, means, writer=writer)


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of the values does not exceed; 0 without values."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
