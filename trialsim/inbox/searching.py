"""What somebody typed into the search box: words, phrases and operators. Pure; never an error.

`status:open tag:refund from:marta "not secure" domain` asks for open tickets with that tag, of a
customer called Marta, that hold the phrase and the word. A minus before an operator turns it round.
Anything that is no operator is a word to look for.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from trialsim.inbox.states import Channel, Kind, Priority, Status

LONGEST = 200
MOST_TERMS = 12
TAG = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
_PIECE = re.compile(r'(-?)(?:([a-z]+):)?(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)  # scripts without spaces between words, or with endings grown onto them


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for: words in a row, or letters anywhere where words say nothing."""

    words: tuple[str, ...] = ()
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Operator:
    """One condition on a ticket, such as `status:open`."""

    name: str
    value: str
    negated: bool = False

    def __str__(self) -> str:
        """Return it as it would be typed."""
        value = f'"{self.value}"' if " " in self.value else self.value
        return f"{'-' if self.negated else ''}{self.name}:{value}"


@dataclass(frozen=True, slots=True)
class Search:
    """A search read: `text` is what was typed, `unknown` operators whose value says nothing."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    operators: tuple[Operator, ...] = ()
    unknown: tuple[str, ...] = ()
    marks: tuple[str, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.terms or self.operators or self.unknown)


def _one_of(values: Mapping[str, str]) -> Callable[[str], str]:
    return lambda value: values.get(value.lower().replace(" ", "").replace("-", ""), "")


def _tag(value: str) -> str:
    return value.lower() if TAG.fullmatch(value.lower()) else ""


_STATUSES = {one.value: one.value for one in Status} | {"onhold": "hold"}
OPERATORS: Mapping[str, Callable[[str], str]] = {
    "status": _one_of(_STATUSES),
    "channel": _one_of({one.value: one.value for one in Channel} | {"video": "call"}),
    "priority": _one_of({one.value: one.value for one in Priority}),
    "type": _one_of({one.value: one.value for one in Kind}),
    "is": _one_of({one: one for one in ("waiting", "snoozed", "late", "practice", "merged")}),
    "tag": _tag,
    "from": lambda value: value.strip()[:80],
    "plan": lambda value: value.lower() if TAG.fullmatch(value.lower()) else "",
}


def read_search(text: str) -> Search:
    """Return what a text asks for; what cannot be understood is said, not refused."""
    text = text[:LONGEST].strip()
    terms: list[Term] = []
    operators: list[Operator] = []
    unknown: list[str] = []
    for minus, name, quoted, bare in _PIECE.findall(text)[:MOST_TERMS]:
        value, key = quoted or bare, name.lower()
        if key in OPERATORS:
            meant = OPERATORS[key](value)
            if meant:
                operators.append(Operator(key, meant, bool(minus)))
            else:
                unknown.append(f"{key}:{value}")
            continue
        if bare and bare.lower().rstrip(":") in OPERATORS and bare.endswith(":"):
            unknown.append(bare.lower())
            continue
        terms += _terms(f"{name}:{value}" if name else value)
    marks = tuple(" ".join(term.words) or term.letters for term in terms)
    return Search(text, tuple(terms), tuple(operators), tuple(unknown), marks)


def _terms(value: str) -> list[Term]:
    if _UNSPACED.search(value):
        return [Term(letters=one) for one in value.split()]
    words = tuple(_WORDS.findall(folded(value)))
    if words:
        return [Term(words)]
    return [Term(letters=value)] if value.strip('" ') else []


def folded(text: str) -> str:
    """Return text in small letters without accents, as it is compared."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def marked(text: str, marks: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """Return a text in parts, each with whether it is a hit: a word's beginning, or letters."""
    found = _hits(text, marks)
    parts: list[tuple[str, bool]] = []
    place = 0
    for begin, end in found:
        if begin > place:
            parts.append((text[place:begin], False))
        parts.append((text[begin:end], True))
        place = end
    if place < len(text):
        parts.append((text[place:], False))
    return tuple(parts)


def around_hit(text: str, marks: tuple[str, ...], length: int = 140) -> str:
    """Return one line of a text around its first hit; nothing when there is none."""
    line = " ".join(text.split())
    hits = _hits(line, marks)
    if not hits:
        return ""
    begin = max(0, hits[0][0] - length // 3)
    begin = line.rfind(" ", 0, begin) + 1 if begin else 0
    cut = line[begin : begin + length]
    whole = begin + length >= len(line)
    return f"{'…' if begin else ''}{cut if whole else cut.rsplit(' ', 1)[0] + '…'}"


def _hits(text: str, marks: tuple[str, ...]) -> list[tuple[int, int]]:
    if not marks:
        return []
    plain = text if text.isascii() else "".join(map(_plain_sign, text))
    return [match.span() for match in _pattern(marks).finditer(plain)]


@lru_cache(maxsize=4096)
def _plain_sign(sign: str) -> str:
    """Return a sign without its accent; one that falls apart stays, so that places stay too."""
    plain = folded(sign)
    return plain if len(plain) == 1 else sign


@lru_cache(maxsize=256)
def _pattern(marks: tuple[str, ...]) -> re.Pattern[str]:
    parts = []
    for one in sorted(set(marks), key=len, reverse=True):
        row = r"[\W_]+".join(re.escape(word) for word in one.split(" "))
        parts.append(rf"(?<![^\W_]){row}" if _WORDS.match(one) and one[0].isascii() else row)
    return re.compile("|".join(parts), re.IGNORECASE)
