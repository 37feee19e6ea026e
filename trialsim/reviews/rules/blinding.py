"""Who may see what of a review, and when; and how a conversation is told without a name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

_SHORTEST_PART = 2
# Names that are words as well: they count as a name only when written with a capital.
_WORDS = """
    ace angel art august bill bond chance christian clay cliff dale dawn dean dot drew earl eve
    faith fern flora frank gene glen grace grant guy hazel heath holly hope iris ivy jack jade
    jay jean joy june lane lily mark may mike miles nick noble olive pat pearl penny ray reed
    rich rob robin rose ruby rusty sandy scarlet sky star sterling stone sue summer sunny victor
    viola violet wade ward will wood young
"""
_ALSO_WORDS = frozenset(_WORDS.split())


@dataclass(frozen=True, slots=True)
class Sight:
    """What one reviewer sees on the page of one review."""

    scores_of_others: bool
    trace: bool
    form: bool


def sight(*, is_submitted: bool, is_skipped: bool) -> Sight:
    """Return what a reviewer sees: nobody's opinion, no machine's and no customer's, before theirs.

    Others' scores, the outcome with its trace, and the customer's rating come after the own
    score is in; a skipped review shows none of them.
    """
    return Sight(
        scores_of_others=is_submitted,
        trace=is_submitted,
        form=not is_submitted and not is_skipped,
    )


def may_candidate_read(*, released_at: datetime | None, now: datetime) -> bool:
    """Whether the candidate may read a review: once it was released, never before."""
    return released_at is not None and released_at <= now


def is_releasable(*, waits_for_another: bool, due_at: datetime, now: datetime) -> bool:
    """Whether a submitted review goes to the candidate now.

    At once, unless another reviewer still scores the same conversation; then when both are in,
    or when the time promised to the candidate is over.
    """
    return not waits_for_another or now >= due_at


def scrub(text: str, name: str, email: str, code: str) -> str:
    """Return text with a candidate's name, its parts and address replaced by their blind code.

    Parts of one letter stay. Where a part is an everyday word too ("Will", "Grace"), only the
    written capital makes it a name.
    """
    text = re.sub(re.escape(email), code, text, flags=re.IGNORECASE) if email else text
    for part in _parts(name):
        any_case = part.casefold() not in _ALSO_WORDS
        pattern = rf"(?<!\w){re.escape(part)}(?!\w)"
        text = re.sub(pattern, code, text, flags=re.IGNORECASE if any_case else 0)
    return text


def _parts(name: str) -> Iterable[str]:
    """Return the whole name, then its parts, longest first."""
    parts = [part for part in name.split() if len(part) >= _SHORTEST_PART]
    whole = [" ".join(name.split())] if len(parts) > 1 else []
    return [*whole, *sorted(parts, key=len, reverse=True)]
