"""What may happen to a ticket, and what counts as time on it: decisions over plain values."""

from datetime import datetime, timedelta
from typing import Protocol

from trialsim.inbox.states import Channel, Status
from trialsim.kit.worktime import local_day
from trialsim.trials.rules import TrialState, WorkKind

RUNNING = (TrialState.TRAINING, TrialState.LIVE)
DESK_WORK = (WorkKind.TICKETS, WorkKind.TRAINING)  # while other work runs, nothing arrives
LONGEST_GAP = timedelta(minutes=10)
LOW_WATER = 3
RATING_AFTER = timedelta(hours=24)
PRESSING_AFTER = timedelta(hours=18)  # the most impatient customer waits longer
CHAT_PRESSING_AFTER = timedelta(minutes=3)  # the least that a customer bears in a chat
CHAT_PACE = timedelta(seconds=60)  # between two new chats
CHAT_PATIENCE = 240  # worked minutes that a ticket waits for a chat before it comes by email
TYPING = timedelta(seconds=8)  # how long a customer is seen typing
ENDED_SHOWN = timedelta(minutes=10)  # a chat that is over stays in view as long
LONGEST_TEXT = 60_000
SHORTEST_REASON = 10  # of a ruling, so that whoever reads it can follow
MEANWHILE = "Something was written here in the meantime. Please read it, then send your reply."
ASKED = "You asked a colleague about this."
ANSWERED = "A colleague answered your question about this."
SENDABLE = (Status.PENDING, Status.SOLVED, Status.HOLD, Status.OPEN)


def may_write(status: Status) -> bool:
    """Whether a reply can still be sent; a closed ticket stays closed."""
    return status is not Status.CLOSED


def unsendable(body: str, status: Status) -> dict[str, str]:
    """Return what is wrong with a reply, field → words; nothing for one that can be sent."""
    if not body:
        return {"reply": "Please write something first."}
    if status not in SENDABLE:
        return {"status": "Please choose how to send it."}
    return {}


def is_live_talk(channel: Channel) -> bool:
    """Whether a customer is there at this moment, so that waiting counts by the wall clock."""
    return channel in (Channel.CHAT, Channel.CALL)


class Mergeable(Protocol):
    """What a merge looks at in a conversation."""

    id: int | None
    number: int
    split_from: int | None
    trial_id: int
    customer_id: int
    status: Status
    merged_at: datetime | None


def may_merge(leaving: Mergeable, staying: Mergeable) -> bool:
    """Whether one conversation may go into another: one customer's, both there, the older stays.

    What was split off stays apart.
    """
    same = (leaving.trial_id, leaving.customer_id) == (staying.trial_id, staying.customer_id)
    return (
        same
        and leaving.number > staying.number
        and leaving.split_from != staying.id
        and may_write(leaving.status)
        and may_write(staying.status)
    )


def may_undo_merge(ticket: Mergeable, zone: str, now: datetime) -> bool:
    """Whether a merge can still be taken back: on the day it was made, in the candidate's zone."""
    merged = ticket.merged_at
    return merged is not None and local_day(merged, zone) == local_day(now, zone)


def counted_seconds(now: datetime, *earlier: datetime | None) -> int:
    """Return the seconds of work since the latest earlier step, a gap counting ten minutes at most.

    Without any earlier step nothing is counted. Source: the product's own rule, so that a break
    with the clock running weighs little.
    """
    known = [one for one in earlier if one is not None]
    if not known:
        return 0
    gap = now - max(known)
    return int(max(timedelta(0), min(gap, LONGEST_GAP)).total_seconds())
