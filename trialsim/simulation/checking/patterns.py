"""Whether a pattern is safe to run on what strangers type, and texts that would hurt a bad one."""

import re
from collections.abc import Callable, Iterator

LONGEST_PATTERN = 300
SLOWEST_SECONDS = 0.1

_BACK_REFERENCE = re.compile(r"\\[1-9]|\(\?P=")
_UNBOUNDED = re.compile(r"[*+]|\{\d*,\}")
_REPEATED = re.compile(r"[*+]|\{(?:\d*,\d*|[2-9]|\d\d+)\}")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_WILDCARD = re.compile(r"\.(?:[*+]|\{\d*,\})")
_MOST_WILDCARDS = 4
_LENGTH = 400
# Texts grow to full length, so that a slow pattern is caught before it takes minutes.
_LENGTHS = (10, 14, 18, 22, 26, 30, 40, 60, 100, 200, _LENGTH)


def faults_of(pattern: str) -> Iterator[str]:
    """Yield what is wrong with a pattern, each with what to do."""
    if len(pattern) > LONGEST_PATTERN:
        yield f"is {len(pattern)} characters long: cut it to {LONGEST_PATTERN}"
    if _BACK_REFERENCE.search(pattern):
        yield "refers back to a group: write the words out"
    if has_nested_quantifier(pattern):
        yield "repeats something that repeats, such as (a+)+: take one of the two out"
    if most_wildcards(pattern) > _MOST_WILDCARDS:
        yield "has over four .* in a row: part it with | or name what stands between"
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


def most_wildcards(pattern: str) -> int:
    """Return the largest number of `.*` that one branch of a pattern runs through."""
    bare = _without_classes(pattern)
    counts: list[list[int]] = [[0]]
    place = 0
    while place < len(bare):
        if bare[place] == "(":
            counts.append([0])
        elif bare[place] == ")" and len(counts) > 1:
            inner = max(counts.pop())
            counts[-1][-1] += inner
        elif bare[place] == "|":
            counts[-1].append(0)
        elif _WILDCARD.match(bare, place):
            counts[-1][-1] += 1
        place += 1
    return max(max(branches) for branches in counts)


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
    """Return the seconds the slowest hostile text takes; the clock is the caller's.

    Stops at the first text over the limit.
    """
    compiled = re.compile(re.sub(r"\{[a-z_]\w*\}", "slot", pattern), re.IGNORECASE)
    worst = 0.0
    for length in _LENGTHS:
        for text in hostile_texts(pattern):
            started = clock()
            compiled.search(text[:length])
            worst = max(worst, clock() - started)
            if worst > SLOWEST_SECONDS:
                return worst
    return worst
