"""What programme pages send."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, StringConstraints, field_validator

from trialsim.accounts.forms import Email, email_like
from trialsim.kit.languages import NAMES
from trialsim.kit.text import clean
from trialsim.programmes.rules import ProgrammeRules, Role
from trialsim.web.forms import Parsed, parse_values

CHANNELS = ("forum", "email", "chat", "call")
# Fields of the form that are typed as percent: name on the page → name in the rules.
PERCENTS = {
    "second_percent": "second_share",
    "other_mentor_percent": "other_mentor_share",
    "ready_percent": "ready_line",
}
_NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
_AMOUNT = re.compile(r"[0-9]{1,6}(\.[0-9]{1,2})?")
LANGUAGE = "language_"  # with a code: a box for one second language
_NAMES = ("name", "template", "pack")
_FLAGS = ("paid", "has_committee")
_PLAIN = (
    "length_days",
    "training_days",
    "window_days",
    "cap_hours_week",
    "contacts_per_hour",
    "reviews_a_week",
    "pass_line",
    "votes_needed",
    "conversations_to_open",
    "decision_working_days",
    "currency",
)


def _one_line(text: str) -> str:
    return " ".join(text.split())


Line = Annotated[
    str, StringConstraints(min_length=1, max_length=120), AfterValidator(_one_line)
]  # goes into mail subjects


class RulesForm(BaseModel):
    """The rules alone, to show what they would ask of everybody."""

    rules: ProgrammeRules


class ProgrammeForm(RulesForm):
    """A new programme."""

    name: Line
    template: Line
    pack: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class CohortForm(BaseModel):
    """A new cohort."""

    cohort_name: Line
    starts_on: date


class MemberForm(BaseModel):
    """Somebody to invite."""

    email: Email
    name: Annotated[str, StringConstraints(max_length=120), AfterValidator(_one_line)] = ""
    role: Role

    _check_email = field_validator("email")(email_like)


F = TypeVar("F", bound=RulesForm)


def parse_programme(model: type[F], form: Mapping[str, str]) -> Parsed[F]:
    """Parse a programme or its rules; every fault stands beside the field where it was typed."""
    typed = {name: clean(form[name]) for name in form}
    rules: dict[str, object] = {name: typed[name] for name in _PLAIN if name in typed}
    rules |= {ours: _share(typed.get(name, "")) for name, ours in PERCENTS.items()}
    rules |= {name: bool(typed.get(name)) for name in _FLAGS}
    rules["second_languages"] = [code for code in NAMES if typed.get(f"{LANGUAGE}{code}")]
    rules["channels"] = {name: _share(typed.get(name, "")) for name in CHANNELS}
    rules["rate_cents"] = _cents(typed.get("rate", "")) if rules["paid"] else 0
    values: dict[str, object] = {name: typed.get(name, "") for name in _NAMES}
    parsed = parse_values(model, values | {"rules": rules}, typed)
    return Parsed(typed, parsed.found, dict(_placed(item) for item in parsed.errors.items()))


def typed_rules(rules: ProgrammeRules) -> dict[str, str]:
    """Return rules as the form would send them, to fill it in."""
    stored = rules.model_dump()
    typed = {name: f"{stored[name]}" for name in _PLAIN}
    typed |= {name: f"{stored[ours] * 100:g}" for name, ours in PERCENTS.items()}
    typed |= {name: f"{rules.channels.get(name, 0) * 100:g}" for name in CHANNELS}
    typed |= {name: "1" if stored[name] else "" for name in _FLAGS}
    typed |= {f"{LANGUAGE}{code}": "1" for code in rules.second_languages}
    typed["rate"] = f"{rules.rate_cents / 100:.2f}"
    return typed


def _share(percent: str) -> object:
    """Return a percentage as a share; what is no number stays, so that the model refuses it."""
    return float(Decimal(percent) / 100) if _NUMBER.fullmatch(percent) else percent


def _cents(amount: str) -> object:
    """Return an amount such as 24.00 in cents; what is none stays, so that the model refuses it."""
    plain = amount.replace(",", ".")
    return int(Decimal(plain) * 100) if _AMOUNT.fullmatch(plain) else amount


def _placed(item: tuple[str, str]) -> tuple[str, str]:
    """Return an error by the name of the field that shows it."""
    place, message = item
    name = place.removeprefix("rules").strip(".")
    if name.startswith("channels.") or name in PERCENTS.values():
        on_page = {ours: shown for shown, ours in PERCENTS.items()}
        field = on_page.get(name, name.removeprefix("channels."))
        return field, "Please enter a share from 0 to 100."
    if name == "rate_cents":
        return "rate", "Please enter an amount from 0.00 to 1000.00."
    if name == "currency":
        return name, "Please enter three capital letters, such as EUR."
    if name == "pack":
        return name, "Please choose a pack."
    return name or "channels", message
