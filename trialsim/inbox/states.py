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


class FileKind(StrEnum):
    """What may be attached, by what the bytes say."""

    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"
    PDF = "pdf"
    TXT = "txt"


class Priority(StrEnum):
    """How soon a ticket should be looked at, as its candidate sees it."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Kind(StrEnum):
    """What a ticket is; several incidents belong to one problem."""

    QUESTION = "question"
    PROBLEM = "problem"
    INCIDENT = "incident"
    TASK = "task"
