"""Macros: plain substitution with fallbacks, never a template language."""

import re

from trialsim.accounts.models import Person
from trialsim.inbox.models import Customer

_VARIABLE = re.compile(r"\{(\w+)(?:\|([^{}]*))?\}")


def filled_macro(text: str, customer: Customer, person: Person) -> str:
    """Return a macro's text; a variable without a value shows its fallback, else its name."""
    known = {
        "customer_name": customer.name.split()[0] if customer.name else "",
        "plan": customer.plan,
        "my_name": person.name.split()[0] if person.name else "",
        "agent_name": person.name.split()[0] if person.name else "",
    }

    def value(found: re.Match[str]) -> str:
        name, fallback = found.group(1), found.group(2)
        return known.get(name) or (fallback if fallback is not None else f"[{name}]")

    return _VARIABLE.sub(value, text)
