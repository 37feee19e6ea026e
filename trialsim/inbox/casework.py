"""Between the rows of a ticket and the engine's values. Knows no page and decides nothing."""

from dataclasses import dataclass

from sqlmodel import Session

from trialsim.inbox.models import Case, Customer, Ticket
from trialsim.kit.errors import NotFound
from trialsim.scenarios.queries import pack
from trialsim.simulation.codec import from_json, to_json
from trialsim.simulation.drafts import persona_on
from trialsim.simulation.personas import Profile
from trialsim.simulation.types import CaseState, Form, Persona, Record
from trialsim.trials.models import Trial


@dataclass(slots=True)
class Casework:
    """A ticket with everything the engine needs; `keep` writes its values back to the rows."""

    ticket: Ticket
    case: Case
    customer: Customer
    form: Form
    state: CaseState
    records: tuple[Record, ...]

    def keep(self, session: Session) -> None:
        """Write state and records back; rows with JSON change only by assignment."""
        self.case.state = to_json(self.state)
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
        form=form_of(session, trial, case, customer, str(ticket.channel)),
        state=from_json(CaseState, case.state),
        records=records_of(customer),
    )


def form_of(session: Session, trial: Trial, case: Case, customer: Customer, channel: str) -> Form:
    """Return the engine's form of a stored case."""
    company = pack(session, trial.pack_hash)
    stored = case.form
    return Form(
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


def profile_of(customer: Customer) -> Profile:
    """Return who a customer is, as drawn; what they have now is in `records_of`."""
    return from_json(Profile, customer.profile)


def persona_of(customer: Customer) -> Persona:
    """Return how a customer writes and bears with things."""
    return from_json(Persona, customer.profile["customer"]["persona"])


def records_of(customer: Customer) -> tuple[Record, ...]:
    """Return what a customer has."""
    return tuple(from_json(Record, stored) for stored in customer.records)
