"""Likeness of sentences without a model: TF-IDF over words and letters, cosine.

Words 1-2 without their endings, letters 3-5, and ideas: words that mean the same. Korean syllables
are taken apart, since endings melt into them. What a sentence says beyond the known lines counts
against it, so that a long sentence with two known words is not taken for a short line.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from trialsim.simulation.reading.language import Language

_WORD = re.compile(r"\w+")
_LETTERS = (3, 4, 5)
_IDEA_COUNTS = 3  # an idea weighs like a word that is said three times
_SHORTEST_STEM = 3
_SYLLABLE = re.compile(r"[가-힣]")


class Index:
    """Lines of known acts, ready to be compared with a sentence."""

    def __init__(self, lines: Sequence[tuple[str, str]], language: Language | None = None) -> None:
        """Take (act, line) pairs; an act has several lines. A language knows endings and ideas."""
        self._language = language
        counted = [Counter(features(line, language)) for _, line in lines]
        seen: Counter[str] = Counter()
        for counts in counted:
            seen.update(counts.keys())
        size = len(lines)
        self._rarity = {name: math.log((1 + size) / (1 + seen[name])) + 1 for name in sorted(seen)}
        self._rarest = math.log(1 + size) + 1
        self._acts = [act for act, _ in lines]
        self._places: dict[str, list[tuple[int, float]]] = {name: [] for name in self._rarity}
        for place, counts in enumerate(counted):
            for name, weight in self._weighed(counts).items():
                self._places[name].append((place, weight))

    def _weighed(self, counts: Counter[str]) -> dict[str, float]:
        weights = {
            name: (1 + math.log(count)) * self._rarity.get(name, self._rarest)
            for name, count in counts.items()
        }
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
        return {name: weight / length for name, weight in weights.items()}

    def scores(self, sentence: str) -> dict[int, float]:
        """Return the cosine to each line by its place, 0 to 1; lines far off are left out."""
        totals: dict[int, float] = {}
        for name, weight in self._weighed(Counter(features(sentence, self._language))).items():
            for place, other in self._places.get(name, ()):
                totals[place] = totals.get(place, 0.0) + weight * other
        return totals

    def nearest(self, sentence: str) -> dict[str, float]:
        """Return the cosine to the nearest line of each act, 0 to 1; acts far off are left out."""
        best: dict[str, float] = {}
        for place, total in self.scores(sentence).items():
            act = self._acts[place]
            best[act] = max(best.get(act, 0.0), total)
        return best


def features(text: str, language: Language | None = None) -> Iterator[str]:
    """Yield words, pairs of words, runs of three to five letters within words, and ideas."""
    lowered = text.lower()
    words = _WORD.findall(lowered)
    stems = [_stem(word, language.endings if language else ()) for word in words]
    yield from stems
    yield from (f"{first} {second}" for first, second in pairwise(stems))
    for word in words:
        spelled = unicodedata.normalize("NFD", word) if _SYLLABLE.search(word) else word
        padded = f"_{spelled}_"
        for length in _LETTERS:
            for start in range(len(padded) - length + 1):
                yield f"#{padded[start : start + length]}"
    for name, idea in language.ideas if language else ():
        if idea.search(lowered):
            yield from (f"~{name}",) * _IDEA_COUNTS


def _stem(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
