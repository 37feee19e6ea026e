"""Dealing wordings: lines and their `[a|b]` alternatives without repeats over a cohort's forms.

A form is a count, not a draw: form 0, 1, 2 ... of a scenario take the lines one after the other
in a shuffled order, and when the lines begin again their alternatives are others. Decks of several
parts that stand side by side turn by different strides: two lines meet once, then others.
"""

import functools
from collections.abc import Sequence

from trialsim.kit import streams
from trialsim.simulation.voice import ALTERNATIVES


@functools.lru_cache(maxsize=8192)
def order_of(count: int, seed: streams.Name, *names: streams.Name) -> tuple[int, ...]:
    """Return a shuffled order of 0 to count - 1, the same for the same names."""
    return tuple(streams.stream(seed, "order", *names).sample(range(count), count))


def dealt(
    lines: Sequence[str], form: int, seed: streams.Name, *names: streams.Name, stride: int = 0
) -> str:
    """Return the line of a form with its alternatives chosen; empty when there are no lines.

    Args:
        lines: What may be said.
        form: Which dealing it is, from 0.
        seed: The cohort's, so that its candidates share one deck.
        names: Name the deck, for instance the scenario and the part.
        stride: By how many lines the deck is turned each time it begins again.
    """
    if not lines:
        return ""
    turn, place = divmod(form, len(lines))
    chosen = order_of(len(lines), seed, *names)[(place + turn * stride) % len(lines)]
    return alternated(lines[chosen], turn, _start(seed, *names, chosen))


@functools.lru_cache(maxsize=8192)
def _start(seed: streams.Name, *names: streams.Name) -> int:
    return streams.digest(seed, "alternatives", *names)


def alternated(line: str, turn: int, start: int) -> str:
    """Return a line with its alternatives for the `turn`-th use; the first two share none."""
    pieces = _pieces(line)
    if len(pieces) == 1:
        return line
    said = []
    for place, piece in enumerate(pieces):
        if isinstance(piece, str):
            said.append(piece)
        else:
            step = turn + (turn // len(piece)) * (place // 2)
            said.append(piece[(start + place + step) % len(piece)])
    return "".join(said)


@functools.lru_cache(maxsize=8192)
def _pieces(line: str) -> tuple[str | tuple[str, ...], ...]:
    """Return the fixed runs of a line and, between them, the alternatives."""
    pieces: list[str | tuple[str, ...]] = []
    end = 0
    for found in ALTERNATIVES.finditer(line):
        pieces += [line[end : found.start()], tuple(found[1].split("|"))]
        end = found.end()
    return (*pieces, line[end:])
