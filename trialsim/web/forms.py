"""Parsing what a form sent into a value, or into one plain message a field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from trialsim.kit.errors import Invalid
from trialsim.kit.text import clean

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Parsed(Generic[M]):
    """A parsed form: `value` when it is good, else `errors`; `typed` gives back the text."""

    typed: Mapping[str, str]
    found: M | None = None
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def value(self) -> M:
        """Return the value; raises Invalid when there are errors."""
        if self.found is None:
            raise Invalid(fields=dict(self.errors))
        return self.found

    def with_errors(self, errors: Mapping[str, str]) -> "Parsed[M]":
        """Return the same form with errors found after parsing."""
        return Parsed(self.typed, None, {**self.errors, **errors})


def parse(model: type[M], form: Mapping[str, str]) -> Parsed[M]:
    """Clean each field (NFC, newlines, control characters), then validate all at once.

    A field named ``x[]`` in the model's aliases may come several times; see `many`.
    """
    typed = {name: clean(form[name]) for name in form}
    return parse_values(model, dict(typed), typed)


def parse_values(
    model: type[M], values: Mapping[str, object], typed: Mapping[str, str]
) -> Parsed[M]:
    """Validate values that were put together from several fields."""
    try:
        return Parsed(typed, model.model_validate(values))
    except ValidationError as error:
        return Parsed(typed, None, {_place(one): _message(one) for one in error.errors()})


def _place(error: ErrorDetails) -> str:
    return ".".join(str(part) for part in error["loc"]) or "form"


def _message(error: ErrorDetails) -> str:
    limits = error.get("ctx", {})
    plain = {
        "missing": "Please fill this in.",
        "string_too_short": "Please fill this in."
        if limits.get("min_length") == 1
        else f"Please write at least {limits.get('min_length')} characters.",
        "string_too_long": f"Please keep this under {limits.get('max_length')} characters.",
        "int_parsing": "Please enter a whole number.",
        "float_parsing": "Please enter a number.",
        "enum": "Please choose one of the options.",
        "date_from_datetime_parsing": "Please enter a date.",
        "date_parsing": "Please enter a date.",
        "time_parsing": "Please enter a time such as 09:30.",
        "less_than_equal": f"Please choose {limits.get('le')} or fewer.",
        "greater_than_equal": f"Please choose {limits.get('ge')} or more.",
        "bool_parsing": "Please choose yes or no.",
        "literal_error": "Please choose one of the options.",
    }
    if error["type"] == "value_error":
        return str(limits.get("error", error["msg"]))
    return plain.get(error["type"], "Please check this field.")
