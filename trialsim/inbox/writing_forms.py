"""What the composer's helpers send: looks, saved replies."""

from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints

from trialsim.inbox.rules import LONGEST_TEXT
from trialsim.inbox.states import Status

Choice = Literal["", "pending", "solved", "hold"]


class LookForm(BaseModel):
    """A draft shown to the mentors, with a question about it."""

    reply: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] = ""
    look_question: Annotated[str, StringConstraints(max_length=500)] = ""


class VerdictForm(BaseModel):
    """What a mentor says to a draft."""

    verdict: Literal["send", "comment"]
    comment: Annotated[str, StringConstraints(max_length=4000)] = ""


class SavedReplyForm(BaseModel):
    """A saved reply; a slash in its name parts the folder from the rest."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    body: Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
    status: Choice = ""

    @property
    def send_as(self) -> Status | None:
        """Return how the reply is meant to be sent, where it says so."""
        return Status(self.status) if self.status else None


class UseForm(BaseModel):
    """Which saved reply goes into the draft; what it asks for comes as `fill.<name>`."""

    saved: Annotated[str, StringConstraints(min_length=1, max_length=80)]
