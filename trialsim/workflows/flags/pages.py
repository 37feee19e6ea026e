"""A manager's list of flags: those that wait first, then the latest rulings."""

from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Case, Ticket, TicketFlag
from trialsim.programmes.models import Cohort
from trialsim.trials.models import Trial

MOST_RULED = 50


@dataclass(frozen=True, slots=True)
class FlagRow:
    """One flag with what a manager needs to rule on it."""

    flag: TicketFlag
    ticket: Ticket
    candidate: str
    cohort: str
    scenario: str
    ruled_by: str


@dataclass(frozen=True, slots=True)
class FlagsPage:
    """Open flags, oldest first, and what was ruled last."""

    open: tuple[FlagRow, ...]
    ruled: tuple[FlagRow, ...]


def flags_page(session: Session) -> FlagsPage:
    """Return the page; two queries."""
    ruler = aliased(Person)
    query = (
        select(TicketFlag, Ticket, Person.name, Cohort.name, Case.scenario, ruler.name)  # type: ignore[call-overload]  # six
        .join(Ticket, col(Ticket.id) == TicketFlag.ticket_id)
        .join(Case, col(Case.ticket_id) == Ticket.id)
        .join(Trial, col(Trial.id) == Ticket.trial_id)
        .join(Cohort, col(Cohort.id) == Trial.cohort_id)
        .join(Person, col(Person.id) == Trial.person_id)
        .outerjoin(ruler, col(ruler.id) == TicketFlag.ruled_by)
    )
    waiting = session.exec(
        query.where(col(TicketFlag.ruled_at).is_(None)).order_by(col(TicketFlag.id))
    )
    ruled = session.exec(
        query.where(col(TicketFlag.ruled_at).is_not(None))
        .order_by(col(TicketFlag.ruled_at).desc(), col(TicketFlag.id).desc())
        .limit(MOST_RULED)
    )
    return FlagsPage(tuple(FlagRow(*row) for row in waiting), tuple(FlagRow(*row) for row in ruled))
