"""Who may vote, what a vote needs before it counts, and when all of them open."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from trialsim.committee.rules.words import Choice

CONFIDENCE = (1, 2, 3, 4, 5)
LONGEST_REASON = 4000


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a member sends: nothing in it is chosen in advance."""

    choice: Choice
    reason: str
    evidence: tuple[str, ...]
    confidence: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a member has read: `missing` more conversations, and which drawn ones are unread."""

    opened: int
    needed: int
    missing: int
    unread_drawn: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        """Whether a vote counts."""
        return self.missing == 0

    @property
    def words(self) -> str:
        """Return what is missing as a request, or nothing."""
        if self.is_enough:
            return ""
        noun = "conversation" if self.missing == 1 else "conversations"
        drawn = " and ".join(self.unread_drawn)
        among = f", {drawn} among them" if drawn else ""
        return f"Please open {self.missing} more {noun}{among}."


def reading(
    opened: Collection[str], drawn: Sequence[str], names: Mapping[str, str], needed: int
) -> Reading:
    """Return how far somebody has read.

    `opened` are the tickets they opened in full, `drawn` those drawn by chance, which are part of
    the `needed` ones; `names` gives a ticket the name it has in the packet. A packet that holds
    fewer conversations asks for no more than it holds.
    """
    needed = min(needed, len(names))
    known = [ticket for ticket in opened if ticket in names]
    unread = [ticket for ticket in drawn if ticket not in known] if needed else []
    missing = max(needed - len(known), len(unread), 0)
    return Reading(len(known), needed, missing, tuple(names[ticket] for ticket in unread))


def ballot_faults(ballot: Ballot, known: Collection[str]) -> dict[str, str]:
    """Return what a ballot lacks: field to message. `known` is the evidence of the packet."""
    found: dict[str, str] = {}
    if not ballot.reason.strip():
        found["reason"] = "Please write your reason."
    if not any(one in known for one in ballot.evidence):
        found["evidence"] = "Please tick at least one piece of evidence that your reason rests on."
    if ballot.confidence not in CONFIDENCE:
        found["confidence"] = "Please say how sure you are, from 1 to 5."
    return found


def is_barred(person: int, *, mentor: int | None, scorers: Collection[int]) -> bool:
    """Whether somebody led or scored this trial: they may be heard, never vote."""
    return person == mentor or person in scorers


def opens(votes: int, needed: int) -> bool:
    """Whether the last needed vote is in, so that all open at once."""
    return votes >= needed
