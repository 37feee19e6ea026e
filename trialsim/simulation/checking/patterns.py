"""Whether a pattern is safe to run on what strangers type, and texts that would hurt a bad one."""

import re
from collections.abc import Callable, Iterator

LONGEST_PATTERN = 300
SLOWEST_SECONDS = 0.1

_BACK_REFERENCE = re.compile(r"\\[1-9]|\(\?P=")
_UNBOUNDED = re.compile(r"[*+]|\{\d*,\}")
_REPEATED = re.compile(r"[*+]|\{(?:\d*,\d*|[2-9]|\d\d+)\}")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_LENGTH = 400


def faults_of(pattern: str) -> Iterator[str]:
    """Yield what is wrong with a pattern, each with what to do."""
    if len(pattern) > LONGEST_PATTERN:
        yield f"is {len(pattern)} characters long: cut it to {LONGEST_PATTERN}"
    if _BACK_REFERENCE.search(pattern):
        yield "refers back to a group: write the words out"
    if has_nested_quantifier(pattern):
        yield "repeats something that repeats, such as (a+)+: take one of the two out"
    try:
        re.compile(re.sub(r"\{[a-z_]\w*\}", "slot", pattern))
    except re.error as error:
        yield f"is no pattern: {error}"


def has_nested_quantifier(pattern: str) -> bool:
    """Return whether a group that repeats without bound is itself repeated."""
    open_groups: list[bool] = [False]
    place = 0
    bare = _without_classes(pattern)
    while place < len(bare):
        if bare[place] == "(":
            open_groups.append(False)
        elif bare[place] == ")" and len(open_groups) > 1:
            repeats = open_groups.pop()
            if repeats and _REPEATED.match(bare, place + 1):
                return True
            open_groups[-1] = open_groups[-1] or repeats
        elif _UNBOUNDED.match(bare, place):
            open_groups[-1] = True
        place += 1
    return False


def _without_classes(pattern: str) -> str:
    """Return a pattern with escapes and character classes made plain letters."""
    plain = re.sub(r"\\.", "x", pattern)
    return re.sub(r"\[\^?\]?[^\]]*\]", "x", plain)


def hostile_texts(pattern: str) -> Iterator[str]:
    """Yield sentences of 400 characters made of a pattern's own words: near misses, repeats."""
    words = list(dict.fromkeys(_WORDS.findall(re.sub(r"\\.", " ", pattern)))) or ["a"]
    yield (" ".join(words) + " ") * (_LENGTH // max(1, len(" ".join(words)) + 1) + 1)
    for word in words:
        yield (f"{word} " * _LENGTH)[:_LENGTH]
        yield (word * _LENGTH)[:_LENGTH]
    yield "a" * _LENGTH
    yield " " * _LENGTH
    yield ("a " * _LENGTH)[: _LENGTH - 1] + "!"


def slowest(pattern: str, clock: Callable[[], float]) -> float:
    """Return the seconds the slowest hostile text takes; the clock is the caller's."""
    compiled = re.compile(re.sub(r"\{[a-z_]\w*\}", "slot", pattern), re.IGNORECASE)
    worst = 0.0
    for text in hostile_texts(pattern):
        started = clock()
        compiled.search(text[:_LENGTH])
        worst = max(worst, clock() - started)
    return worst
