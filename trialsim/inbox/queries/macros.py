"""Saved replies filled for one customer: the company's macros and a person's own."""

from collections.abc import Mapping

from trialsim.accounts.models import Person
from trialsim.inbox.models import Customer
from trialsim.inbox.substitution import filled


def values_for(customer: Customer, person: Person) -> Mapping[str, str]:
    """Return the variables that are known of a customer and of whoever writes to them."""
    mine = person.name.split()[0] if person.name.split() else ""
    return {
        "customer_name": customer.name.split()[0] if customer.name.split() else "",
        "customer_email": customer.email,
        "plan": customer.plan,
        "my_name": mine,
        "agent_name": mine,
    }


def filled_macro(text: str, customer: Customer, person: Person) -> str:
    """Return a macro's text; a variable without a value shows its fallback, else its name."""
    return filled(text, values_for(customer, person))
