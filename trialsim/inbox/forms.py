"""What desk pages send."""

from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints

from trialsim.inbox.rules import LONGEST_TEXT
from trialsim.inbox.states import Status

Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class MessageForm(BaseModel):
    """The composer: a public reply or an internal note, each with its own text."""

    kind: Literal["public", "note"] = "public"
    reply: Text = ""
    note: Text = ""
    status: Literal["pending", "solved", "hold", "open", "note"] = "pending"
    version: int | None = None

    @property
    def is_note(self) -> bool:
        """Whether the note is meant: its button was pressed, or its tab is open."""
        return self.status == "note" or self.kind == "note"

    @property
    def send_as(self) -> Status:
        """Return the status a public reply is sent with."""
        return Status.PENDING if self.status == "note" else Status(self.status)


class StatusForm(BaseModel):
    """Changing a status without writing."""

    status: Literal["pending", "solved", "hold", "open"]


class ActionForm(BaseModel):
    """A desk action on one record; its details come as `param.<name>`."""

    action: Name
    record: Name


class EscalationForm(BaseModel):
    """Handing a ticket to a team."""

    team: Name
    reason: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    handover: Annotated[str, StringConstraints(min_length=1, max_length=4000)]
