"""When a packet may be decided and its letter sent, and where a committee agrees."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from trialsim.committee.rules.words import Choice, Outcome

LETTER_EVIDENCE = 3
_LEANING = {
    Choice.STRONG_YES: "yes",
    Choice.YES: "yes",
    Choice.NO: "no",
    Choice.STRONG_NO: "no",
    Choice.NOT_ENOUGH: "open",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one member proposes to decide."""

    outcome: Outcome
    reasons: str
    evidence: tuple[str, ...]
    question: str = ""
    dissent: str = ""


@dataclass(frozen=True, slots=True)
class LetterText:
    """What a letter says."""

    strengths: str
    gaps: str
    evidence: tuple[str, ...]
    try_again: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence and who leaned on it; `agreement` in one word."""

    evidence: str
    used_by: tuple[bool, ...]
    agreement: str


def proposal_faults(
    proposal: Proposal, known: Collection[str], leanings: Collection[Choice]
) -> dict[str, str]:
    """Return what a proposal lacks: field to message.

    A decision says why and on what evidence; more evidence names its question; where votes
    pointed another way than the outcome, the dissent is written down too.
    """
    found: dict[str, str] = {}
    if not proposal.reasons.strip():
        found["reasons"] = "Please write the reasons. They go into the candidate’s letter."
    if not any(one in known for one in proposal.evidence):
        found["evidence"] = "Please tick at least one piece of evidence behind the reasons."
    if proposal.outcome is Outcome.MORE_EVIDENCE and not proposal.question.strip():
        found["question"] = "Please name the question that is still open."
    if dissents(proposal.outcome, leanings) and not proposal.dissent.strip():
        found["dissent"] = "Votes pointed another way. Please write down what they say."
    return found


def dissents(outcome: Outcome, votes: Collection[Choice]) -> int:
    """Return how many votes point another way than an outcome."""
    wanted = {Outcome.HIRE: "yes", Outcome.NO_HIRE: "no", Outcome.MORE_EVIDENCE: "open"}[outcome]
    return sum(_LEANING[vote] != wanted for vote in votes)


def letter_faults(letter: LetterText, outcome: Outcome, known: Collection[str]) -> dict[str, str]:
    """Return what a letter lacks before it can be sent: field to message.

    Reasons in it never are empty. `known` are the candidate's reviewed conversations; where there
    are fewer than three, all of them are asked for.
    """
    found: dict[str, str] = {}
    if not letter.strengths.strip():
        found["strengths"] = "Please write what was strong."
    if not letter.gaps.strip():
        found["gaps"] = "Please write what was missing, or what comes next."
    needed = min(LETTER_EVIDENCE, len(known))
    if len({one for one in letter.evidence if one in known}) < needed:
        found["evidence"] = f"Please tick at least {needed} conversations that show it."
    if outcome is Outcome.NO_HIRE and not letter.try_again.strip():
        found["try_again"] = "Please write when and how to try again."
    return found


def tally_words(votes: Sequence[Choice]) -> str:
    """Return how the votes fell, in the ballot's order: "2 yes, 1 not enough evidence"."""
    counts = Counter(votes)
    said = [
        f"{counts[choice]} {choice.value.replace('_', ' ')}"
        for choice in Choice
        if choice in counts
    ]
    return ", ".join(said).replace("not enough", "not enough evidence")


def grid(
    evidence: Sequence[str], leaned_on: Sequence[Collection[str]], votes: Sequence[Choice]
) -> tuple[EvidenceLine, ...]:
    """Return each piece of evidence with who leaned on it, and whether they read it alike.

    "agreement" when all who used it lean the same way, "split" when they do not, "one view" when
    a single member used it, "gap" when nobody did.
    """
    return tuple(_line(one, leaned_on, votes) for one in evidence)


def _line(
    evidence: str, leaned_on: Sequence[Collection[str]], votes: Sequence[Choice]
) -> EvidenceLine:
    used = tuple(evidence in one for one in leaned_on)
    ways = [_LEANING[vote] for vote, mine in zip(votes, used, strict=True) if mine]
    if not ways:
        return EvidenceLine(evidence, used, "gap")
    if len(ways) == 1:
        return EvidenceLine(evidence, used, "one view")
    return EvidenceLine(evidence, used, "agreement" if len(set(ways)) == 1 else "split")
