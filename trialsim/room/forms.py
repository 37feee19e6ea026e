"""What the room's pages send."""

from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints

Body = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Line = Annotated[str, StringConstraints(max_length=300)]


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


class UpdateForm(BaseModel):
    """A daily update in three lines; being stuck is not asked for."""

    done: Annotated[Line, StringConstraints(min_length=1)]
    stuck: Line = ""
    coming: Annotated[Line, StringConstraints(min_length=1)]
    next: str = ""
