"""A ghost's turns on a ticket with one matter or two: one reply speaks of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from trialsim.kit import streams
from trialsim.simulation.ghost_replies import steps
from trialsim.simulation.ghosts import Quality
from trialsim.simulation.types import Form, ReferenceAction


@dataclass(frozen=True, slots=True)
class Move:
    """One turn: desk work, each with the place of the matter it is for, then the reply."""

    text: str
    acts: tuple[tuple[int, ReferenceAction], ...] = ()
    closes: bool = False


def moves(
    forms: Sequence[Form],
    quality: Quality,
    *,
    kind: bool,
    meetings: Sequence[int],
    seed: streams.Name,
) -> tuple[Move, ...]:
    """Return the turns that a ghost plans for a ticket, the last of which closes it.

    Args:
        forms: The ticket's matters, the main one first.
        quality: What the work is to be worth, in every matter.
        kind: Whether the wording is warm.
        meetings: By matter, how often this candidate met its scenario before.
        seed: The run's.
    """
    planned = [
        steps(form, quality, kind=kind, meeting=meeting, seed=seed)
        for form, meeting in zip(forms, meetings, strict=True)
    ]
    turns = list(zip_longest(*planned))
    return tuple(
        Move(
            text="\n\n".join(step.text for step in turn if step is not None and step.text),
            acts=tuple(
                (matter, action)
                for matter, step in enumerate(turn)
                if step is not None
                for action in step.actions
            ),
            closes=place == len(turns) - 1,
        )
        for place, turn in enumerate(turns)
    )
