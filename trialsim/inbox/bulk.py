"""One change to several tickets, and what it would do to each. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from trialsim.inbox.rules import SENDABLE, is_live_talk, may_write
from trialsim.inbox.states import Channel, Kind, Priority, Status

MOST = 50


class Changeable(Protocol):
    """What a change looks at in a ticket."""

    status: Status
    channel: Channel
    priority: Priority
    kind: Kind
    tags: list[str]


@dataclass(frozen=True, slots=True)
class Change:
    """What should become of every ticket; what is None or empty stays as it is."""

    status: Status | None = None
    priority: Priority | None = None
    kind: Kind | None = None
    tag: str = ""
    untag: str = ""
    snooze: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change anywhere."""
        return self == Change()


@dataclass(frozen=True, slots=True)
class Effect:
    """What one ticket would become, in words, or why it is left alone."""

    words: tuple[str, ...]
    barred: str = ""


def effect(ticket: Changeable, change: Change) -> Effect:
    """Return what a change would do to one ticket."""
    if not may_write(ticket.status):
        return Effect((), "It is closed, so it stays as it is.")
    if change.status is not None and change.status not in SENDABLE:
        return Effect((), "This status cannot be set.")
    if change.status is not None and is_live_talk(ticket.channel):
        return Effect((), "Somebody is there live. Please change it in the chat itself.")
    words = [
        *_step("Status", ticket.status, change.status),
        *_step("Priority", ticket.priority, change.priority),
        *_step("Type", ticket.kind, change.kind),
    ]
    if change.tag and change.tag not in ticket.tags:
        words.append(f"Tag added: {change.tag}")
    if change.untag and change.untag in ticket.tags:
        words.append(f"Tag removed: {change.untag}")
    if change.snooze and change.status is not Status.SOLVED:
        words.append("Snoozed")
    return Effect(tuple(words), "" if words else "It is like that already.")


def new_tags(tags: Sequence[str], change: Change) -> list[str]:
    """Return a ticket's tags after a change."""
    added = [change.tag] if change.tag and change.tag not in tags else []
    return [one for one in (*tags, *added) if one != change.untag or one == change.tag]


def _step(what: str, was: str, becomes: str | None) -> list[str]:
    return [f"{what}: {was} → {becomes}"] if becomes is not None and becomes != was else []
