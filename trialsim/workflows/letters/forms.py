"""What the pages of letters send."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, field_validator

from trialsim.letters.rules import Forecast, HalfWayText, Said

_Line = Annotated[str, Field(max_length=600)]
_Words = Annotated[str, Field(max_length=2000)]


class HalfWayForm(BaseModel):
    """A half-way letter: everything may be missing while it is a draft."""

    strength_1: _Line = ""
    strength_2: _Line = ""
    strength_3: _Line = ""
    gap_1: _Line = ""
    gap_2: _Line = ""
    forecast: Forecast | None = None
    change: _Line = ""
    confidence: Annotated[int, Field(ge=1, le=5)] | None = None
    do: Literal["save", "send"] = "save"
    version: Annotated[int, Field(ge=0)] = 0

    @field_validator("forecast", "confidence", mode="before")
    @classmethod
    def _maybe(cls, value: object) -> object:
        return value or None

    @property
    def text(self) -> HalfWayText:
        """Return the letter."""
        return HalfWayText(
            (self.strength_1, self.strength_2, self.strength_3),
            (self.gap_1, self.gap_2),
            self.forecast,
            self.change,
            self.confidence,
        )


class ClosingForm(BaseModel):
    """A closing statement; `version` is that of the one that stands."""

    body: Annotated[str, Field(min_length=1, max_length=2000)]
    notes: _Words = ""
    version: Annotated[int, Field(ge=0)] = 0


class CheckInForm(BaseModel):
    """A check-in that was held."""

    agreed: Annotated[str, Field(max_length=600)] = ""


class RatingForm(BaseModel):
    """A rating of one week, or of the whole trial as week 0."""

    week: Annotated[int, Field(ge=0, le=60)]
    score: Annotated[int, Field(ge=1, le=5)]
    words: _Words = ""

    @property
    def said(self) -> Said:
        """Return the rating."""
        return Said(self.week, self.score, self.words)
