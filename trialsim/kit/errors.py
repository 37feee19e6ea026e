"""What can go wrong, in words for people.

::

    DomainError
    ├── NotFound      missing or not yours: both look alike
    ├── NotAllowed    you may see it, but not do this
    ├── Invalid       what was sent cannot be used; carries a message per field
    ├── Conflict      the state has moved on; carries what the person typed
    ├── TooMany       wait first; carries how long
    └── Unavailable   try again soon; nothing was changed
"""

from collections.abc import Mapping


class DomainError(Exception):
    """A refusal with a message that says what happened and what to do."""

    message = "This did not work. Please try again."

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.message)


class NotFound(DomainError):  # noqa: N818 (reads as what happened)
    """Missing, or belonging to somebody else."""

    message = "We could not find that page."


class NotAllowed(DomainError):  # noqa: N818 (reads as what happened)
    """The person may see the thing, but not do this to it."""

    message = "Your role does not allow this step."


class Invalid(DomainError):  # noqa: N818 (reads as what happened)
    """Input that cannot be used, with one message a field."""

    message = "Please look at the marked fields."

    def __init__(self, message: str = "", fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class Conflict(DomainError):  # noqa: N818 (reads as what happened)
    """The thing changed in the meantime; `typed` gives back what the person wrote."""

    message = "This has changed since you opened it."

    def __init__(self, message: str = "", typed: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.typed = dict(typed or {})


class TooMany(DomainError):  # noqa: N818 (reads as what happened)
    """Too many tries; `retry_after_seconds` says when the next one counts."""

    message = "Too many tries. Please wait a little."

    def __init__(self, message: str = "", *, retry_after_seconds: int = 60) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class Unavailable(DomainError):  # noqa: N818 (reads as what happened)
    """The database or the disk said no; nothing was changed."""

    message = "We cannot save right now. Nothing is lost: please try again in a moment."
