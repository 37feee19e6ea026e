"""What the pages that keep the desk in order send."""

from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints, field_validator

from trialsim.inbox.bulk import Change
from trialsim.inbox.rules import LONGEST_TEXT
from trialsim.inbox.searching import TAG
from trialsim.inbox.states import Kind, Priority, Status

Short = Annotated[str, StringConstraints(max_length=300)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class DetailsForm(BaseModel):
    """Priority, type, the tags that stay (sent apart), and one more."""

    priority: Priority
    type: Kind
    tag: Short = ""


class SnoozeForm(BaseModel):
    """A preset, or a moment of one's own."""

    preset: Literal["", "hour", "three", "tomorrow", "week"] = ""
    until: Short = ""


class SkipForm(BaseModel):
    """Why a ticket is passed over."""

    reason: Reason


class SplitForm(BaseModel):
    """The subject of the new ticket."""

    subject: Annotated[str, StringConstraints(min_length=1, max_length=160)]


class LinkForm(BaseModel):
    """The number of the problem a ticket belongs to."""

    number: Annotated[str, StringConstraints(pattern=r"^\s*#?[0-9]{1,8}\s*$")]

    @property
    def value(self) -> int:
        """Return the number itself."""
        return int(self.number.strip().removeprefix("#"))


class UpdateForm(BaseModel):
    """One update to all; the tickets come apart."""

    body: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT)]
    status: Literal["hold", "pending", "solved"] = "hold"


class ViewForm(BaseModel):
    """A view to save."""

    name: Short = ""
    conditions: Short = ""
    sort: Short = "wait"


class ChangeForm(BaseModel):
    """A change to several tickets; an empty choice leaves things as they are."""

    status: Literal["", "open", "pending", "hold", "solved"] = ""
    priority: Literal["", "low", "normal", "high", "urgent"] = ""
    type: Literal["", "question", "problem", "incident", "task"] = ""
    tag: Short = ""
    untag: Short = ""
    snooze: Literal["", "hour", "three", "tomorrow", "week"] = ""

    @field_validator("tag", "untag")
    @classmethod
    def _is_tag(cls, value: str) -> str:
        tag = value.strip().lower().replace(" ", "-")
        if tag and not TAG.fullmatch(tag):
            raise ValueError("A tag is made of the letters a to z, digits and hyphens, 30 at most.")
        return tag

    @property
    def change(self) -> Change:
        """Return what should become of every ticket."""
        return Change(
            status=Status(self.status) if self.status else None,
            priority=Priority(self.priority) if self.priority else None,
            kind=Kind(self.type) if self.type else None,
            tag=self.tag,
            untag=self.untag,
            snooze=self.snooze,
        )
