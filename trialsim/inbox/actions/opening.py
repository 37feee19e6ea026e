"""A planned ticket opens: the customer's world is set and their first message written."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, func, select

from trialsim.inbox.actions.clocks import keep_time
from trialsim.inbox.actions.flagging import leave_out
from trialsim.inbox.actions.forum import expect_members
from trialsim.inbox.casework import (
    Casework,
    profile_of,
    records_of,
    second_matter,
    states_of,
)
from trialsim.inbox.models import Case, Channel, Customer, Message, MessageKind, Ticket
from trialsim.inbox.queries.flags import is_left_out_for_everyone
from trialsim.kit.text import excerpt
from trialsim.kit.worktime import local_day
from trialsim.scenarios.queries import pack
from trialsim.simulation import joined, memory, twins
from trialsim.simulation.briefs import Brief, brief_of
from trialsim.simulation.cells import ticket_par
from trialsim.simulation.codec import from_json, to_json
from trialsim.simulation.drafts import draft_ticket, persona_on
from trialsim.simulation.drafts import forms_of as drafted_forms
from trialsim.simulation.memory import Memory
from trialsim.simulation.plan import PlannedTicket
from trialsim.simulation.types import CaseState, Form, Pack, Record
from trialsim.trials.models import ScheduledTicket, Trial

FIRST_NUMBER = 1001
_LONGEST_SUBJECT = 160


@dataclass(frozen=True, slots=True)
class _Past:
    """What a customer brings along: the open ticket this one repeats, or what they remember."""

    twin: Case | None = None
    memory: Memory | None = None


def open_ticket(
    session: Session, trial: Trial, scheduled: ScheduledTicket, now: datetime, channel: str = ""
) -> Ticket:
    """Open one planned ticket and return it; the trial's next number tells nothing of the plan.

    It comes by `channel` where one is given, whatever was planned.
    """
    planned = from_json(PlannedTicket, scheduled.planned)
    planned = replace(planned, channel=channel or planned.channel)
    company = pack(session, trial.pack_hash)
    customer = _customer(session, trial, planned)
    on = local_day(now, trial.zone).isoformat()
    past = _past(session, planned, customer, on)
    brief = _brief(trial, planned, company, customer, past, on)
    draft = draft_ticket(company, profile_of(customer), brief)
    ticket = _ticket(session, trial, planned, customer, draft.subject, now)
    forms = drafted_forms(
        company,
        brief,
        draft,
        seed=trial.seed,
        key=f"t{planned.number:03d}",
        will_change=planned.changes_mind,
    )
    states, records = _opened(forms, records_of(customer), past)
    case = _case(ticket, planned, forms, states)
    case.par_minutes = ticket_par(company, planned)
    case.twin_of = past.twin.ticket_id if past.twin else None
    Casework(ticket, case, customer, forms, states, records).keep(session)
    why = {"turn": [to_json(past.memory.reason)], "mood": states[0].mood} if past.memory else {}
    kind, body = MessageKind.CUSTOMER, draft.body
    session.add(Message(ticket_id=ticket.id or 0, kind=kind, body=body, why=why, at=now))
    if ticket.channel is Channel.FORUM and not ticket.practice:
        expect_members(session, trial, ticket, forms[0], now)
    if is_left_out_for_everyone(session, trial.cohort_id, *(one.scenario.id for one in forms)):
        leave_out(session, case, now)
    scheduled.released_at = now
    session.add(scheduled)
    session.flush()
    return ticket


def _ticket(
    session: Session,
    trial: Trial,
    planned: PlannedTicket,
    customer: Customer,
    subject: str,
    now: datetime,
) -> Ticket:
    """Write the candidate's side of a ticket; its clocks begin."""
    ticket = Ticket(
        trial_id=trial.id or 0,
        customer_id=customer.id or 0,
        number=next_number(session, trial),
        subject=excerpt(subject, _LONGEST_SUBJECT),
        channel=Channel(planned.channel),
        practice=planned.practice,
        opened_at=now,
        waiting_since=now,
    )
    session.add(ticket)
    session.flush()
    keep_time(session, trial, ticket, now)
    return ticket


def _customer(session: Session, trial: Trial, planned: PlannedTicket) -> Customer:
    key = f"c{planned.customer + 1:03d}"
    query = select(Customer).where(Customer.trial_id == trial.id, Customer.key == key)
    return session.exec(query).one()


def _past(session: Session, planned: PlannedTicket, customer: Customer, on: str) -> _Past:
    """Return what earlier tickets of this customer mean for a new one; one query at most.

    A twin whose original is over is a new ticket: the trouble has come back.
    """
    if planned.practice:
        return _Past()
    rows = session.exec(
        select(Ticket, Case)
        .join(Case, col(Case.ticket_id) == Ticket.id)
        .where(
            Ticket.customer_id == customer.id,
            col(Ticket.practice).is_(False),
            col(Case.twin_of).is_(None),
        )
        .order_by(col(Ticket.number).desc())
    ).all()
    if planned.twin_of is not None:
        key = f"t{planned.twin_of:03d}"
        twin = next((case for _, case in rows if case.form["key"] == key), None)
        is_open = twin is not None and not twins.is_over(states_of(twin)[0])
        return _Past(twin=twin if is_open else None)
    if not rows:
        return _Past()
    _, last = rows[0]
    return _Past(
        memory=memory.remembered(
            states_of(last), last.flags, solved=bool(last.trace.get("solved")), on=on
        )
    )


def _brief(
    trial: Trial,
    planned: PlannedTicket,
    company: Pack,
    customer: Customer,
    past: _Past,
    on: str,
) -> Brief:
    persona = persona_on(profile_of(customer).customer.persona, planned.flags)
    words = ""
    if past.memory is not None:
        words = memory.said(
            past.memory,
            company,
            persona,
            planned.language,
            seed=trial.seed,
            key=f"t{planned.number:03d}",
        )
    slots = past.twin.form["slots"] if past.twin else None
    return brief_of(planned, deal=_deal(trial), on=on, slots=slots, memory=words)


def _opened(
    forms: tuple[Form, ...], records: tuple[Record, ...], past: _Past
) -> tuple[tuple[CaseState, ...], tuple[Record, ...]]:
    """Return how the ticket begins: a twin shares its original's world, a memory weighs on it."""
    if past.twin is not None:
        state, records = twins.open_twin(forms[0], states_of(past.twin)[0], records)
        return (state,), records
    states, records = joined.open_cases(forms, records)
    if past.memory is not None:
        states = tuple(memory.weighed(state, past.memory) for state in states)
    return states, records


def _case(
    ticket: Ticket,
    planned: PlannedTicket,
    forms: tuple[Form, ...],
    states: tuple[CaseState, ...],
) -> Case:
    form = forms[0]
    return Case(
        ticket_id=ticket.id or 0,
        trial_id=ticket.trial_id,
        scenario=form.scenario.id,
        scenario_version=form.scenario.version,
        week=planned.week,
        anchor=planned.anchor,
        practice=planned.practice,
        flags=list(planned.flags),
        par_minutes=0.0,
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
        second=second_matter(forms[1], states[1]) if len(forms) > 1 else {},
    )


def _deal(trial: Trial) -> str:
    """Return the cohort's seed, which all its trials share: no wording is dealt twice."""
    return trial.seed.rpartition("/")[0]


def next_number(session: Session, trial: Trial) -> int:
    """Return the number of a trial's next ticket."""
    query = select(func.max(Ticket.number)).where(Ticket.trial_id == trial.id)
    return (session.exec(query).one() or FIRST_NUMBER - 1) + 1
