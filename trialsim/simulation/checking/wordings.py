"""Rules on openings: no long run of words that two candidates who meet a line read alike."""

from collections.abc import Iterator
from itertools import combinations

from trialsim.simulation.apart import runs_of
from trialsim.simulation.decks import alternated
from trialsim.simulation.idiolect import widened
from trialsim.simulation.types import Fault, Texts

_USES = 3  # of a line in one cohort: with eight lines a part, of a scenario met 24 times
_STARTS = 6  # a seed decides which alternatives come first


def check_wordings(file: str, language: str, texts: Texts) -> Iterator[Fault]:
    """Yield a warning for each line of an opening of which two uses share eight words in a row."""
    opening = texts.opening
    for part in ("symptom", "context", "impact", "ask"):
        for number, line in enumerate(getattr(opening, part), start=1):
            if run := repeated_run(line, language):
                message = (
                    f"line {number} says {run!r} to two candidates: put [a|b|c] among these words"
                )
                yield Fault(file, f"opening.{part}", message, warning=True)


def repeated_run(line: str, language: str) -> str:
    """Return eight words in a row that two of a line's first three uses share; empty if none do.

    What varies: alternatives, slots, and turns of phrase that are dealt for the author.
    """
    wide = widened(line, language)
    for start in range(_STARTS):
        uses = [set(runs_of(alternated(wide, turn, start))) for turn in range(_USES)]
        for one, other in combinations(uses, 2):
            if common := one & other:
                return min(common)
    return ""
