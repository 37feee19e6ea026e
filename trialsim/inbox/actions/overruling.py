"""People put right what the engine read: the outcome follows at once, and later ones too."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select, update

from trialsim.accounts.models import Person
from trialsim.inbox.actions.outcomes import score_again
from trialsim.inbox.casework import casework
from trialsim.inbox.models import Case, Message, MessageKind, Overrule, OverruleKind, Ticket
from trialsim.inbox.queries.messages import messages_of
from trialsim.inbox.queries.overrules import heard_in, known, standing
from trialsim.inbox.rules import SHORTEST_REASON
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid, NotFound
from trialsim.trials.models import Trial

_TAKEN = "This was overruled already. Take that ruling back first."


@dataclass(frozen=True, slots=True)
class Said:
    """What a reply said after all, or did not: `message` is the reply's public id."""

    message: str
    scenario: str
    kind: OverruleKind
    name: str
    counts: bool


def overrule_match(  # noqa: PLR0913 (who rules what on which reply, and why)
    session: Session,
    trial: Trial,
    ticket: Ticket,
    said: Said,
    *,
    reason: str,
    by: Person,
    now: datetime,
) -> Overrule:
    """Rule that a reply said something after all, or that it did not.

    Raises:
        NotFound: for a reply that is not of this conversation, or a thing its scenario lacks.
        Conflict: when the engine reads it that way already, or somebody has ruled on it.
        Invalid: without a reason.
    """
    _check(reason)
    _lock(session, ticket)
    message = _reply(session, ticket, said)
    written_on = session.get_one(Ticket, message.ticket_id)
    was_read = _is_read(session, trial, written_on, message, said)
    if was_read is said.counts:
        raise Conflict("The engine reads it that way already.")
    about = (message.id, said.kind, said.scenario, said.name)
    if any(_about(one) == about for one in standing(session, [written_on.id or 0])):
        raise Conflict(_TAKEN)
    row = Overrule(
        ticket_id=written_on.id or 0,
        message_id=message.id,
        kind=said.kind,
        scenario=said.scenario,
        name=said.name,
        counts=said.counts,
        was_read=was_read,
        reason=reason,
        person_id=by.id or 0,
        at=now,
    )
    return _kept(session, trial, written_on, row)


def _reply(session: Session, ticket: Ticket, said: Said) -> Message:
    """Return a reply of a conversation, those merged into it included."""
    wanted = (said.message, MessageKind.REPLY)
    for one in messages_of(session, ticket.id or 0):
        if (one.public_id, one.kind) == wanted:
            return one
    raise NotFound


def _is_read(session: Session, trial: Trial, ticket: Ticket, message: Message, said: Said) -> bool:
    """Whether the engine counted it in that reply; a scenario must know it at all."""
    scenarios = [form.scenario for form in casework(session, trial, ticket).forms]
    names = [one.id for one in scenarios]
    if said.scenario not in names:
        raise NotFound
    matter = names.index(said.scenario)
    if said.name not in known(scenarios[matter], said.kind):
        raise NotFound
    heard = heard_in(message.why, 0, scenarios)
    return any((one.kind, one.id, one.matter) == (said.kind, said.name, matter) for one in heard)


def overrule_outcome(  # noqa: PLR0913 (as above)
    session: Session,
    trial: Trial,
    ticket: Ticket,
    value: float,
    *,
    reason: str,
    by: Person,
    now: datetime,
) -> Overrule:
    """Rule what the whole work on a ticket was worth, 0 to 100.

    Raises:
        Conflict: when somebody has ruled on it.
        Invalid: without a reason.
    """
    _check(reason)
    _lock(session, ticket)
    if any(one.kind is OverruleKind.OUTCOME for one in standing(session, [ticket.id or 0])):
        raise Conflict(_TAKEN)
    case = session.get_one(Case, ticket.id)
    row = Overrule(
        ticket_id=ticket.id or 0,
        kind=OverruleKind.OUTCOME,
        scenario=case.scenario,
        value=value,
        reason=reason,
        person_id=by.id or 0,
        at=now,
    )
    return _kept(session, trial, ticket, row)


def withdraw(session: Session, trial: Trial, row: Overrule, *, by: Person, now: datetime) -> None:
    """Take a ruling back; the row stays.

    Raises:
        Conflict: when it was taken back already.
    """
    ticket = session.get_one(Ticket, row.ticket_id)
    _lock(session, ticket)
    change = update(Overrule).where(
        col(Overrule.id) == row.id, col(Overrule.withdrawn_at).is_(None)
    )
    if session.connection().execute(change.values(withdrawn_at=now)).rowcount != 1:
        raise Conflict("This ruling was taken back already.")
    session.refresh(row)
    score_again(session, trial, ticket)
    record(
        session,
        "overrule_withdrawn",
        ticket.public_id,
        by=by.id,
        at=now,
        detail={"overrule": row.public_id},
    )


def _kept(session: Session, trial: Trial, ticket: Ticket, row: Overrule) -> Overrule:
    session.add(row)
    session.flush()
    before, after = score_again(session, trial, ticket)
    record(
        session,
        "overruled",
        ticket.public_id,
        by=row.person_id,
        at=row.at,
        detail={
            "overrule": row.public_id,
            "kind": str(row.kind),
            "name": row.name,
            "counts": row.counts,
            "outcome_before": before,
            "outcome_after": after,
        },
    )
    return row


def _check(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        words = f"Please write at least {SHORTEST_REASON} characters."
        raise Invalid(fields={"reason": words})


def _lock(session: Session, ticket: Ticket) -> None:
    """Wait for whoever writes on the ticket now: its outcome is to rest on what they wrote."""
    session.exec(select(Ticket.id).where(Ticket.id == ticket.id).with_for_update()).one()


def _about(row: Overrule) -> tuple[int | None, OverruleKind, str, str]:
    return row.message_id, row.kind, row.scenario, row.name
