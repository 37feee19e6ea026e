"""A planned ticket opens: the customer's world is set and their first message written."""

from datetime import datetime

from sqlmodel import Session, func, select

from trialsim.inbox.casework import Casework, profile_of, records_of
from trialsim.inbox.models import Case, Channel, Customer, Message, MessageKind, Ticket
from trialsim.kit.text import excerpt
from trialsim.kit.worktime import local_day
from trialsim.scenarios.queries import pack
from trialsim.simulation import world
from trialsim.simulation.briefs import brief_of
from trialsim.simulation.codec import from_json, to_json
from trialsim.simulation.drafts import draft_ticket
from trialsim.simulation.plan import PlannedTicket
from trialsim.simulation.types import Form
from trialsim.trials.models import ScheduledTicket, Trial

FIRST_NUMBER = 1001
_LONGEST_SUBJECT = 160


def open_ticket(
    session: Session, trial: Trial, scheduled: ScheduledTicket, now: datetime
) -> Ticket:
    """Open one planned ticket and return it; the trial's next number tells nothing of the plan."""
    planned = from_json(PlannedTicket, scheduled.planned)
    company = pack(session, trial.pack_hash)
    customer = _customer(session, trial, planned)
    on = local_day(now, trial.zone).isoformat()
    draft = draft_ticket(company, profile_of(customer), brief_of(planned, deal=_deal(trial), on=on))
    ticket = Ticket(
        trial_id=trial.id or 0,
        customer_id=customer.id or 0,
        number=_next_number(session, trial),
        subject=excerpt(draft.subject, _LONGEST_SUBJECT),
        channel=Channel(planned.channel),
        practice=planned.practice,
        opened_at=now,
        waiting_since=now,
    )
    session.add(ticket)
    session.flush()
    form = Form(
        pack=company,
        scenario=company.scenarios[planned.scenario],
        persona=draft.persona,
        slots=draft.slots,
        language=draft.language,
        channel=planned.channel,
        seed=trial.seed,
        key=f"t{planned.number:03d}",
        opened_on=on,
        will_change=planned.changes_mind,
    )
    state, records = world.open_case(form, records_of(customer))
    case = _case(trial, ticket, planned, form)
    Casework(ticket, case, customer, form, state, records).keep(session)
    session.add(
        Message(ticket_id=ticket.id or 0, kind=MessageKind.CUSTOMER, body=draft.body, at=now)
    )
    scheduled.released_at = now
    session.add(scheduled)
    session.flush()
    return ticket


def _customer(session: Session, trial: Trial, planned: PlannedTicket) -> Customer:
    key = f"c{planned.customer + 1:03d}"
    query = select(Customer).where(Customer.trial_id == trial.id, Customer.key == key)
    return session.exec(query).one()


def _case(trial: Trial, ticket: Ticket, planned: PlannedTicket, form: Form) -> Case:
    par = form.scenario.par_minutes
    return Case(
        ticket_id=ticket.id or 0,
        trial_id=trial.id or 0,
        scenario=form.scenario.id,
        scenario_version=form.scenario.version,
        week=planned.week,
        anchor=planned.anchor,
        practice=planned.practice,
        flags=list(planned.flags),
        par_minutes=par.get(form.channel) or next(iter(par.values())),
        form={
            "slots": to_json(form.slots),
            "language": form.language,
            "channel": form.channel,
            "seed": form.seed,
            "key": form.key,
            "opened_on": form.opened_on,
            "will_change": form.will_change,
            "form": planned.form,
        },
    )


def _deal(trial: Trial) -> str:
    """Return the cohort's seed, which all its trials share: no wording is dealt twice."""
    return trial.seed.rpartition("/")[0]


def _next_number(session: Session, trial: Trial) -> int:
    query = select(func.max(Ticket.number)).where(Ticket.trial_id == trial.id)
    return (session.exec(query).one() or FIRST_NUMBER - 1) + 1
