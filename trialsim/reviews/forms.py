"""What review pages send."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from trialsim.reviews.models import Failure
from trialsim.reviews.rules.scoring import Card, Rated
from trialsim.simulation.types import Category
from trialsim.web.forms import parse, parse_values

Words = Annotated[str, StringConstraints(max_length=4000)]
Version = Annotated[int, Field(ge=1, le=1_000_000)]
NOT_APPLICABLE = "na"


class CategoryForm(BaseModel):
    """One category of a scorecard; an empty level is none yet."""

    level: Literal["", "1", "2", "3", "4", "na"] = ""
    comment: Words = ""
    quote: Words = ""
    cause: Annotated[str, StringConstraints(max_length=60)] = ""


class WholeForm(BaseModel):
    """What a scorecard says beside its categories, and what is to be done with it."""

    version: Version
    do: Literal["save", "submit"] = "save"
    comment: Words = ""
    failure: Literal["", "privacy", "promise", "harm"] = ""
    failure_quote: Words = ""
    failure_reason: Words = ""


class SkipForm(BaseModel):
    """Why a review is handed on."""

    reason: Annotated[str, StringConstraints(min_length=1, max_length=300)]


class PickForm(BaseModel):
    """Which conversation somebody picks, and why."""

    ticket: Annotated[str, StringConstraints(pattern=r"^[a-z]{1,2}_[2-9a-z]{12}$")]
    reason: Annotated[str, StringConstraints(max_length=300)] = ""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A scorecard as sent: `card` holds what was typed even where `errors` say it will not do."""

    card: Card
    errors: Mapping[str, str]
    version: int
    is_submitted: bool


def scorecard(form: Mapping[str, str], categories: Sequence[Category]) -> Scorecard:
    """Read a scorecard from its form; each category has a level, comment, quote and cause."""
    whole = parse(WholeForm, form)
    errors = dict(whole.errors)
    ratings: dict[str, Rated] = {}
    for category in categories:
        values = {
            "level": whole.typed.get(category.id, ""),
            "comment": whole.typed.get(f"{category.id}.comment", ""),
            "quote": whole.typed.get(f"{category.id}.quote", ""),
            "cause": whole.typed.get(f"{category.id}.cause", ""),
        }
        parsed = parse_values(CategoryForm, values, values)
        errors |= {_field(category.id, name): words for name, words in parsed.errors.items()}
        ratings[category.id] = _rated(values)
    return Scorecard(
        card=_card(ratings, whole.typed),
        errors=errors,
        version=whole.found.version if whole.found else 0,
        is_submitted=whole.typed.get("do") == "submit",
    )


def _field(category: str, name: str) -> str:
    return category if name == "level" else f"{category}.{name}"


def _rated(values: Mapping[str, str]) -> Rated:
    level = values["level"]
    return Rated(
        level=int(level) if level in ("1", "2", "3", "4") else None,
        comment=values["comment"],
        quote=values["quote"],
        root_cause=values["cause"],
        is_rated=level in ("1", "2", "3", "4", NOT_APPLICABLE),
    )


def _card(ratings: Mapping[str, Rated], typed: Mapping[str, str]) -> Card:
    failure = typed.get("failure", "")
    return Card(
        ratings=ratings,
        comment=typed.get("comment", ""),
        failure=failure if failure in set(Failure) else "",
        failure_quote=typed.get("failure_quote", ""),
        failure_reason=typed.get("failure_reason", ""),
    )
