"""The channel ladder: which channels open one after the other, and what evidence each one asks.

Pure: decisions over plain values. Forum and email are there from the first live ticket.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

EVIDENCE_TICKETS = 10
LEAST_OUTCOME = 60.0


class Rung(StrEnum):
    """What can be opened beside forum and email."""

    ONE_CHAT = "one_chat"
    TWO_CHATS = "two_chats"
    THREE_CHATS = "three_chats"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Terms:
    """A rung in words, the trial week it may open in, and the rung below it."""

    label: str
    channel: str
    from_week: int
    after: Rung | None


# Source: the product's own defaults; chats one at a time first, a call once one chat goes well.
LADDER: Mapping[Rung, Terms] = {
    Rung.ONE_CHAT: Terms("One chat at a time", "chat", 2, None),
    Rung.TWO_CHATS: Terms("Two chats at a time", "chat", 3, Rung.ONE_CHAT),
    Rung.THREE_CHATS: Terms("Three chats at a time", "chat", 3, Rung.TWO_CHATS),
    Rung.CALL: Terms("Video calls", "call", 4, Rung.ONE_CHAT),
}
CHATS: Mapping[Rung, int] = {Rung.ONE_CHAT: 1, Rung.TWO_CHATS: 2, Rung.THREE_CHATS: 3}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a trial: its week, and the last scored tickets, newest first.

    `outcomes` are 0 to 100, at most ten; `failures` counts critical failures among those tickets.
    """

    is_live: bool
    week: int
    outcomes: Sequence[float]
    failures: int
    opened: frozenset[Rung]

    @property
    def average(self) -> float | None:
        """Return the mean outcome; None before there is any."""
        return sum(self.outcomes) / len(self.outcomes) if self.outcomes else None


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold before a rung opens, in words for both sides."""

    words: str
    is_met: bool


def conditions(rung: Rung, evidence: Evidence) -> tuple[Condition, ...]:
    """Return what a rung asks for, in the order of the ladder. Holds no figure of any ticket."""
    terms, count = LADDER[rung], len(evidence.outcomes)
    average = evidence.average or 0.0
    found = []
    if terms.after is not None:
        below = LADDER[terms.after].label.lower()
        found.append(Condition(f"Before it: {below}", terms.after in evidence.opened))
    found.append(
        Condition(
            f"Trial week {terms.from_week} or later",
            evidence.is_live and evidence.week >= terms.from_week,
        )
    )
    so_far = "" if count >= EVIDENCE_TICKETS else f" ({count} so far)"
    found.append(
        Condition(f"{EVIDENCE_TICKETS} scored tickets finished{so_far}", count >= EVIDENCE_TICKETS)
    )
    if count >= EVIDENCE_TICKETS:
        found += [
            Condition(
                f"The last {EVIDENCE_TICKETS} have an average outcome of {LEAST_OUTCOME:g} or more",
                average >= LEAST_OUTCOME,
            ),
            Condition("No critical failure among them", evidence.failures == 0),
        ]
    return tuple(found)


def may_open(rung: Rung, evidence: Evidence) -> bool:
    """Whether a mentor may open a rung now."""
    return rung not in evidence.opened and all(one.is_met for one in conditions(rung, evidence))


def chats_at_once(opened: Iterable[Rung]) -> int:
    """Return how many chats the open rungs allow at the same time; 0 before the first."""
    return max((CHATS.get(one, 0) for one in opened), default=0)


def rungs_of(channels: Mapping[str, float]) -> tuple[Rung, ...]:
    """Return the rungs that a programme's mix of channels has a use for."""
    return tuple(one for one, terms in LADDER.items() if channels.get(terms.channel, 0) > 0)
