"""The closed sets a ticket moves in."""

from enum import StrEnum


class Channel(StrEnum):
    """How the customer writes."""

    FORUM = "forum"
    EMAIL = "email"
    CHAT = "chat"
    CALL = "call"


class Status(StrEnum):
    """Where a ticket stands for the candidate; nothing returns to new."""

    NEW = "new"
    OPEN = "open"
    PENDING = "pending"
    HOLD = "hold"
    SOLVED = "solved"
    CLOSED = "closed"
