"""How well readers recognise labelled lines, and how long they take to decide a reply."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from trialsim.simulation import customer, world
from trialsim.simulation.reading import encoder, matcher_name
from trialsim.simulation.reading.readers import READERS
from trialsim.simulation.recognition import (
    Line,
    Method,
    Score,
    joined,
    methods,
    percentile,
    scored,
)
from trialsim.simulation.types import Reply
from trialsim.workflows.labelled import Labelled

_MOST: Final = 0.95


@dataclass(frozen=True, slots=True)
class Result:
    """One method on single lines and on replies of four; `name` is how readings store it."""

    method: str
    name: str
    single: Score
    four: Score


def results(
    labelled: Labelled,
    lines: Sequence[Line],
    readers: Sequence[str],
    told: Callable[[str], None],
) -> Iterator[Result]:
    """Yield a result for every method of the readers; patterns alone come once."""
    fours = list(joined(lines))
    seen: set[str] = set()
    for reader in readers:
        for method in methods(reader):
            if method.name not in seen:
                seen.add(method.name)
                told(method.name)
                yield Result(
                    method=method.name,
                    name=matcher_name(READERS[reader], method.rules),
                    single=scored(method, labelled.matchers, lines),
                    four=scored(method, labelled.matchers, fours),
                )


def decided_in(labelled: Labelled, lines: Sequence[Line], method: Method) -> float:
    """Return the milliseconds of processor time within which 95 % of replies are decided.

    Replies of four lines to a new ticket of their scenario; what is loaded once is not counted.
    """
    taken = []
    for line in [*lines[:1], *joined(lines)]:
        form = labelled.forms[line.place]
        case, records = world.open_case(form, (), method.rules)
        encoder.forget()
        started = time.process_time()
        customer.receive(form, case, records, Reply(line.text), method.rules)
        taken.append(1000 * (time.process_time() - started))
    return percentile(taken[1:], _MOST)
