"""Between the rows of a ticket and the engine's values. Knows no page and decides nothing."""

from dataclasses import dataclass, field, replace
from typing import Any

from sqlmodel import Session

from trialsim.inbox.models import Case, Customer, Ticket
from trialsim.kit.errors import NotFound
from trialsim.scenarios.queries import pack
from trialsim.simulation.codec import from_json, to_json
from trialsim.simulation.drafts import persona_on
from trialsim.simulation.personas import Profile
from trialsim.simulation.types import CaseState, Form, Persona, Record, Rules
from trialsim.trials.models import Trial
from trialsim.trials.queries import engine_rules


@dataclass(slots=True)
class Casework:
    """A ticket with everything the engine needs; `keep` writes its values back to the rows.

    A ticket with a second matter has two forms and two states, the main one first.
    """

    ticket: Ticket
    case: Case
    customer: Customer
    forms: tuple[Form, ...]
    states: tuple[CaseState, ...]
    records: tuple[Record, ...]
    rules: Rules = field(default_factory=Rules)

    @property
    def form(self) -> Form:
        """Return the form of the main matter."""
        return self.forms[0]

    @property
    def state(self) -> CaseState:
        """Return the state of the main matter."""
        return self.states[0]

    @property
    def mood(self) -> float:
        """Return how the customer feels: as about the matter that troubles them most."""
        return min(state.mood for state in self.states)

    def keep(self, session: Session) -> None:
        """Write states and records back; rows with JSON change only by assignment."""
        self.case.state = to_json(self.states[0])
        for state in self.states[1:]:
            self.case.second = {**self.case.second, "state": to_json(state)}
        self.customer.records = to_json(self.records)
        session.add(self.case)
        session.add(self.customer)
        session.add(self.ticket)


def casework(session: Session, trial: Trial, ticket: Ticket) -> Casework:
    """Load a ticket's hidden side; two queries at most when the pack is known."""
    case, customer = session.get(Case, ticket.id), session.get(Customer, ticket.customer_id)
    if case is None or customer is None:
        raise NotFound
    return Casework(
        ticket=ticket,
        case=case,
        customer=customer,
        forms=forms_of(session, trial, case, customer, str(ticket.channel)),
        states=states_of(case),
        records=records_of(customer),
        rules=engine_rules(trial),
    )


def forms_of(
    session: Session, trial: Trial, case: Case, customer: Customer, channel: str
) -> tuple[Form, ...]:
    """Return the engine's forms of a stored case: one, or two where a second matter came along."""
    company = pack(session, trial.pack_hash)
    stored = case.form
    first = Form(
        pack=company,
        scenario=company.scenarios[case.scenario],
        persona=persona_on(persona_of(customer), tuple(case.flags)),
        slots=stored["slots"],
        language=stored["language"],
        channel=channel,
        seed=stored["seed"],
        key=stored["key"],
        opened_on=stored["opened_on"],
        will_change=stored["will_change"],
    )
    if not case.second:
        return (first,)
    second = replace(
        first,
        scenario=company.scenarios[case.second["scenario"]],
        slots=case.second["slots"],
        key=f"{first.key}b",
        will_change=False,
    )
    return first, second


def second_matter(form: Form, state: CaseState) -> dict[str, Any]:
    """Return a second matter as a case stores it."""
    return {
        "scenario": form.scenario.id,
        "version": form.scenario.version,
        "slots": to_json(form.slots),
        "state": to_json(state),
    }


def states_of(case: Case) -> tuple[CaseState, ...]:
    """Return how every matter of a case stands."""
    stored = [case.state, case.second["state"]] if case.second else [case.state]
    return tuple(from_json(CaseState, one) for one in stored)


def profile_of(customer: Customer) -> Profile:
    """Return who a customer is, as drawn; what they have now is in `records_of`."""
    return from_json(Profile, customer.profile)


def persona_of(customer: Customer) -> Persona:
    """Return how a customer writes and bears with things."""
    return from_json(Persona, customer.profile["customer"]["persona"])


def records_of(customer: Customer) -> tuple[Record, ...]:
    """Return what a customer has."""
    return tuple(from_json(Record, stored) for stored in customer.records)
