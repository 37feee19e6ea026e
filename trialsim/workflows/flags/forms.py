"""What a candidate and a manager send about a flag."""

from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints

from trialsim.inbox.rules import SHORTEST_REASON

Reason = Annotated[str, StringConstraints(min_length=SHORTEST_REASON, max_length=1000)]


class FlagForm(BaseModel):
    """A flag; its names are its own, because the composer is on the same page."""

    flag_kind: Literal["unfair", "unrealistic"]
    flag_reason: Reason


class RulingForm(BaseModel):
    """What a manager rules on a flag."""

    ruling: Literal["stays", "left_out"]
    reason: Reason
    for_everyone: bool = False
