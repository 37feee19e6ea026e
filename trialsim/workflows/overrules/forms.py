"""What the page of rulings sends."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from trialsim.inbox.rules import SHORTEST_REASON

Reason = Annotated[str, StringConstraints(min_length=SHORTEST_REASON, max_length=1000)]


class MatchForm(BaseModel):
    """One thing that a reply said after all, or did not: `about` is scenario:kind:name."""

    message: Annotated[str, StringConstraints(max_length=20)]
    about: Annotated[
        str,
        StringConstraints(pattern=r"^[a-z0-9_-]+:(fact|point|trap):[a-z0-9_-]+$", max_length=200),
    ]
    counts: Literal["yes", "no"]
    reason: Reason


class OutcomeForm(BaseModel):
    """What the whole work was worth."""

    outcome: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
    reason: Reason
