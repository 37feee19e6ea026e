"""Remarks on a text before it goes out: plain rules that only the writer sees, never a score.

Knows no database and no page. Every rule is right about the sign it looks at and may be wrong about
the person who wrote it, so remarks are worded as things to look at.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from trialsim.kit.text import clean, excerpt

LONG_SENTENCE = 30  # words; the usual advice for the web is 25 at most
SHOUTED = 2  # words in capitals one after the other
SHOWN = 70
MOST_OF_ONE = 3
_PLAIN = re.compile(
    r"```.*?```|`[^`]*`|https?://\S+|^>[^\n]*|^ {4}[^\n]*", re.DOTALL | re.MULTILINE
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHOUT = re.compile(r"\b[A-ZÀ-Þ]{4,}(?:[ \t]+[A-ZÀ-Þ]{2,})+\b|\b[A-ZÀ-Þ]{5,}!+|[!?]{3,}")
_DOUBLED = re.compile(r"\b([^\W\d_]{2,})[ \t\n]+\1\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"\[[a-z_][a-z_ ]{2,40}\](?!\()|\{[a-z_]+(?:\|[^{}]*)?\}|\bTODO\b|\bXXX+\b"
)
_GREETINGS: Mapping[str, str] = {
    "en": r"hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|thank you|thanks|welcome",
    "it": r"ciao|salve|buongiorno|buonasera|gentile|cara|caro|grazie",
    "ko": r"안녕|감사",
}
# Words said twice in a row on purpose: "had had", "that that", Italian "piano piano".
_MEANT_TWICE = frozenset({"had", "that", "piano", "bye", "so", "very"})
_EMPTY = frozenset(
    re.findall(
        r"[a-z]+",
        "about after again also because been before being could does doing from have having into "
        "just know like many more much only other please really should some than thank thanks "
        "that their them then there these they this those very want were what when where which "
        "will with would your yours",
    )
)
_TELLING_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: what it is in a few words, and where."""

    words: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A text with what it answers: the customer's last message and name, and its language."""

    text: str
    asked: str = ""
    name: str = ""
    language: str = "en"
    is_first: bool = True
    is_note: bool = False

    @property
    def prose(self) -> str:
        """Return the text without code, links and quotes."""
        return _PLAIN.sub(" ", self.text)


def remarks(written: Written) -> tuple[Remark, ...]:
    """Return what is worth a second look, the most telling first; nothing for an empty text."""
    if not clean(written.text):
        return ()
    rules = _FOR_NOTES if written.is_note else _FOR_REPLIES
    return tuple(one for rule in rules for one in rule(written))


def _placeholders(written: Written) -> Iterator[Remark]:
    for found in _first(_PLACEHOLDER, written.prose):
        yield Remark("A placeholder is still there", found)


def _greeting(written: Written) -> Iterator[Remark]:
    """Miss a greeting only in the first reply, where a person is met."""
    known = _GREETINGS.get(written.language)
    if not written.is_first or known is None:
        return
    start = written.text.lstrip().lower()[:80]
    first_name = written.name.split()[0].lower() if written.name.split() else ""
    if re.match(rf"\W*(?:{known})", start) or (first_name and first_name in start):
        return
    yield Remark("There is no greeting yet")


def _unanswered(written: Written) -> Iterator[Remark]:
    """Name questions none of whose telling words come up again."""
    said = _telling(written.text)
    for found in _SENTENCE.findall(_PLAIN.sub(" ", written.asked)):
        asked = _telling(found) if found.endswith("?") else None
        if asked and not any(_is_said(word, said) for word in asked):
            yield Remark("They asked this. Does your reply answer it?", excerpt(found, SHOWN))
            return


def _shouting(written: Written) -> Iterator[Remark]:
    for found in _first(_SHOUT, written.prose):
        yield Remark("This may read as shouting", found)


def _long(written: Written) -> Iterator[Remark]:
    long = [
        (len(_WORD.findall(sentence)), sentence)
        for sentence in _SENTENCE.findall(written.prose)
        if len(_WORD.findall(sentence)) > LONG_SENTENCE
    ]
    for count, sentence in long[:MOST_OF_ONE]:
        yield Remark(f"A sentence of {count} words: two are easier", excerpt(sentence, SHOWN))


def _doubled(written: Written) -> Iterator[Remark]:
    found = [
        one.group(0)
        for one in _DOUBLED.finditer(written.prose)
        if one.group(1).lower() not in _MEANT_TWICE
    ]
    for words in found[:MOST_OF_ONE]:
        yield Remark("A word stands twice", excerpt(words, SHOWN))


def _first(pattern: re.Pattern[str], text: str) -> list[str]:
    return [excerpt(one.group(0), SHOWN) for one in pattern.finditer(text)][:MOST_OF_ONE]


def _telling(text: str) -> set[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return {word for word in words if len(word) >= _TELLING_LETTERS and word not in _EMPTY}


def _is_said(word: str, said: set[str]) -> bool:
    """Whether a word comes up, if only in another form: the first letters must agree."""
    stem = word[: max(_TELLING_LETTERS, len(word) - 3)]
    return any(other.startswith(stem) for other in said)


Rule = Callable[[Written], Iterator[Remark]]
_FOR_NOTES: tuple[Rule, ...] = (_placeholders, _doubled)
_FOR_REPLIES: tuple[Rule, ...] = (
    _placeholders,
    _unanswered,
    _greeting,
    _shouting,
    _long,
    _doubled,
)
