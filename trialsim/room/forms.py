"""What the room's pages send."""

from datetime import time
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from trialsim.room.models import Digest

Body = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Line = Annotated[str, StringConstraints(max_length=300)]
MOST_OF_NAME = 40


def _on_one_line(value: str) -> str:
    return " ".join(value.split())


class PostForm(BaseModel):
    """A candidate's question, or a message of either side; `ticket` is a ticket's public id."""

    kind: Literal["question", "message"]
    body: Body
    ticket: str = ""
    next: str = ""


class BodyForm(BaseModel):
    """An answer or a hand-over note."""

    body: Body
    next: str = ""


class ReflectionForm(BaseModel):
    """A week looked back on in three lines."""

    well: Annotated[str, StringConstraints(min_length=1, max_length=600)]
    hard: Annotated[str, StringConstraints(max_length=600)] = ""
    coming: Annotated[str, StringConstraints(min_length=1, max_length=600)]


class ChannelForm(BaseModel):
    """A post in the cohort's channel; a candidate says under which name until one is kept."""

    body: Body
    shown_as: Annotated[
        str, AfterValidator(_on_one_line), StringConstraints(max_length=MOST_OF_NAME)
    ] = ""


class ChoicesForm(BaseModel):
    """What to be mailed, the name in channels, and a mentor's own days and hours."""

    digest: Digest
    mails_mentions: bool = False
    shown_as: Annotated[
        str, AfterValidator(_on_one_line), StringConstraints(max_length=MOST_OF_NAME)
    ] = ""
    weekdays: list[Annotated[int, Field(ge=0, le=6)]] = []
    day_starts: time | None = None
    day_ends: time | None = None


class UpdateForm(BaseModel):
    """A daily update in three lines; being stuck is not asked for."""

    done: Annotated[Line, StringConstraints(min_length=1)]
    stuck: Line = ""
    coming: Annotated[Line, StringConstraints(min_length=1)]
    next: str = ""
