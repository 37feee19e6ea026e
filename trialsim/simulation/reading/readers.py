"""Who reads: patterns with one of two likenesses. A trial is read by the same one to its end."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, Protocol

from trialsim.kit.errors import Unavailable
from trialsim.simulation.reading import encoder
from trialsim.simulation.reading.likeness import Index
from trialsim.simulation.reading.matcher import Lines
from trialsim.simulation.types import Rules


class ReaderMissing(Unavailable):
    """The reader that a trial is to be read by is not installed here."""


class Reader(Protocol):
    """Tells how like a sentence is to known lines."""

    @property
    def name(self) -> str:
        """Return what it is called in a stored reading, with its version."""

    def scores(self, lines: Lines, sentences: Sequence[str]) -> list[dict[int, float]]:
        """Return for each sentence its likeness to lines, by their places."""


class ByWords:
    """Words and runs of letters they share: needs nothing but the standard library."""

    name = "patterns+tfidf/2"

    def scores(self, lines: Lines, sentences: Sequence[str]) -> list[dict[int, float]]:
        """Return cosines of TF-IDF, 0 to 1; lines far off are left out."""
        index = _index(lines)
        return [index.scores(sentence) for sentence in sentences]


class ByMeaning:
    """A sentence encoder: what is said in quite other words is recognised as well."""

    name = "patterns+encoder/1"

    def scores(self, lines: Lines, sentences: Sequence[str]) -> list[dict[int, float]]:
        """Return cosines of vectors, -1 to 1, for every line."""
        return encoder.scores(lines, sentences)


@lru_cache(maxsize=512)
def _index(lines: Lines) -> Index:
    return Index(list(zip(lines.acts, lines.texts, strict=True)), lines.language)


READERS: Final[dict[str, Reader]] = {"patterns": ByWords(), "encoder": ByMeaning()}
USUAL_READER: Final = "patterns"


def rules_for(reader: str) -> Rules:
    """Return the engine's constants with the thresholds that fit a reader.

    Fitted on lines of the project's own by some writers, measured on others: docs/decisions/0021.

    Raises:
        ReaderMissing: when it does not exist or is not installed.
    """
    check(reader)
    if reader == "encoder":
        return replace(
            Rules(), reader=reader, phrase_threshold=0.42, trap_threshold=0.5, phrase_margin=0.04
        )
    return Rules(reader=reader)


def reader_for(rules: Rules) -> Reader:
    """Return the reader a trial froze.

    Raises:
        ReaderMissing: when it is not installed; another one would judge by another measure.
    """
    check(rules.reader)
    return READERS[rules.reader]


def check(name: str) -> None:
    """Refuse a reader that does not exist or is not installed."""
    if name not in READERS:
        known = " or ".join(READERS)
        raise ReaderMissing(f"There is no reader {name!r}: please choose {known}.")
    if name == "encoder" and not encoder.is_installed():
        raise ReaderMissing(
            "Replies are to be read by the sentence encoder, which is not installed: "
            "please run pip install 'trialsim[nlp]'."
        )
