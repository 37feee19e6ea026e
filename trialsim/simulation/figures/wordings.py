"""Counts over texts: how long, how much alike and how varied they are.

Texts are told apart by lower-case words; nothing here knows who wrote them.
"""

import bisect
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import fmean

_MARK = re.compile(r"[.!?…:;)]\s*$")
_LONGEST_RUN = 4
_NOTHING_ALIKE = 0.1  # stands in for a count of 0, so that the geometric mean keeps a value
_ALIKE = 0.8


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share lies, by nearest rank; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def distinct(texts: Iterable[Sequence[str]], run: int, limit: int) -> float:
    """Return different runs of words as a share of all, in `limit` words: the mean over samples.

    Each sample goes on where the last one ended; a rest is left out unless there is nothing else.
    Runs do not go over the end of a text. Source: distinct-n of Li and others 2016.
    """
    shares: list[float] = []
    held: list[tuple[str, ...]] = []
    count = 0
    for words in texts:
        held += _runs(words, run)
        count += len(words)
        if count >= limit:
            shares.append(len(set(held)) / max(1, len(held)))
            held, count = [], 0
    if not shares and held:
        shares.append(len(set(held)) / len(held))
    return fmean(shares) if shares else 0.0


def _runs(words: Sequence[str], run: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + run]) for at in range(len(words) - run + 1))


def repeated_share(texts: Sequence[Sequence[str]]) -> float:
    """Return the share of texts that say word for word what another one says."""
    counts = Counter(tuple(words) for words in texts)
    return sum(count for count in counts.values() if count > 1) / len(texts) if texts else 0.0


def near_share(texts: Sequence[Sequence[str]]) -> float:
    """Return the share of texts with four of five words in common with another one (Jaccard)."""
    held = [set(words) for words in texts]
    near = set()
    for place, one in enumerate(held):
        for other in range(place + 1, len(held)):
            both = len(one & held[other])
            if both >= _ALIKE * (len(one) + len(held[other]) - both):
                near |= {place, other}
    return len(near) / len(held) if held else 0.0


def self_bleu(texts: Sequence[Sequence[str]]) -> float:
    """Return how much of each text stands in the others, 0 to 1: the mean BLEU-4 against them.

    A count of 0 becomes .1. Fewer than two texts give 0. Source: self-BLEU of Zhu and others 2018.
    """
    if len(texts) < 2:  # noqa: PLR2004 (one needs another)
        return 0.0
    most = [_most(texts, run) for run in range(1, _LONGEST_RUN + 1)]
    lengths = sorted(len(words) for words in texts)
    return fmean(_bleu(words, most, lengths) for words in texts)


def _most(texts: Sequence[Sequence[str]], run: int) -> dict[tuple[str, ...], tuple[int, int, int]]:
    """Return for each run its highest count in one text, in how many texts, and the next count."""
    found: dict[tuple[str, ...], tuple[int, int, int]] = {}
    for words in texts:
        for key, count in Counter(_runs(words, run)).items():
            best, times, second = found.get(key, (0, 0, 0))
            if count > best:
                found[key] = (count, 1, best)
            elif count == best:
                found[key] = (best, times + 1, second)
            elif count > second:
                found[key] = (best, times, count)
    return found


def _bleu(
    words: Sequence[str],
    most: Sequence[dict[tuple[str, ...], tuple[int, int, int]]],
    lengths: Sequence[int],
) -> float:
    logs = []
    for run, found in enumerate(most, start=1):
        counts = Counter(_runs(words, run))
        total = sum(counts.values())
        if not total:
            continue
        alike = sum(min(count, _elsewhere(found[key], count)) for key, count in counts.items())
        logs.append(math.log((alike or _NOTHING_ALIKE) / total))
    closest = _closest(lengths, len(words))
    short = min(0.0, 1 - closest / max(1, len(words)))
    return math.exp(short + fmean(logs)) if logs else 0.0


def _elsewhere(found: tuple[int, int, int], own: int) -> int:
    """Return a run's highest count in another text than the one that has it `own` times."""
    best, times, second = found
    return second if own == best and times == 1 else best


def _closest(lengths: Sequence[int], own: int) -> int:
    """Return the length of another text nearest to `own`, out of sorted lengths that hold it."""
    place = bisect.bisect_left(lengths, own)
    beside = [lengths[at] for at in (place - 1, place + 1) if 0 <= at < len(lengths)]
    return min(beside, key=lambda length: (abs(length - own), length))


def thanks(text: str) -> bool:
    """Return whether an English text says thanks."""
    return re.search(r"\b(thank|thanks|thx|cheers|ta)\b", text.lower()) is not None


def starts_lower(text: str) -> bool:
    """Return whether the first letter of a text is a small one."""
    return text[:1].islower()


def lacks_end_mark(text: str) -> bool:
    """Return whether a text ends without a full stop or another mark."""
    return _MARK.search(text) is None


def lognormal_distance(values: Sequence[float], mean: float, deviation: float) -> float:
    """Return the largest distance between the values' distribution and a lognormal one (KS).

    `mean` and `deviation` are those of the logarithm. No values give 1.
    """
    ordered = sorted(values)
    count = len(ordered)
    if not count:
        return 1.0
    farthest = 0.0
    for place, value in enumerate(ordered):
        share = 0.5 * (1 + math.erf((math.log(value) - mean) / (deviation * math.sqrt(2))))
        farthest = max(farthest, abs(share - place / count), abs((place + 1) / count - share))
    return farthest
