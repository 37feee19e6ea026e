"""Pages that keep the desk in order, put together for the signed-in person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import select

from trialsim.accounts.signing_in import current_person
from trialsim.inbox.access import ticket_to_read
from trialsim.inbox.bulk import MOST, Change, Effect, effect
from trialsim.inbox.models import Case, Kind, Message, Ticket
from trialsim.inbox.pages import own_ticket
from trialsim.inbox.queries.history import HistoryPage, history_page
from trialsim.inbox.queries.organising import Row, SkipRow, chosen, incidents, listed, skips
from trialsim.inbox.queries.views import SORTS, is_view, label_of
from trialsim.inbox.snoozing import PRESETS
from trialsim.kit.errors import NotFound
from trialsim.programmes.rules import Need, Thing
from trialsim.trials import access
from trialsim.trials.current import own_trial
from trialsim.trials.models import Trial
from trialsim.web.context import now
from trialsim.web.session import session

NO_CHANGE = [("", "Leave as it is")]


@dataclass(frozen=True, slots=True)
class ViewPage:
    """The form of a new view."""

    typed: Mapping[str, str]
    errors: Mapping[str, str]

    @property
    def sorts(self) -> list[tuple[str, str]]:
        """Return the orders to choose from."""
        return list(SORTS.items())


@dataclass(frozen=True, slots=True)
class SelectionPage:
    """Tickets of a view to tick, and what should become of them."""

    view: str
    label: str
    rows: Sequence[Row]
    ticked: Sequence[str] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def choices(*values: str) -> list[tuple[str, str]]:
        """Return choices with their words, after the one that changes nothing."""
        words = {"hold": "On hold"}
        return [*NO_CHANGE, *((one, words.get(one, one.capitalize())) for one in values)]

    @property
    def snoozes(self) -> list[tuple[str, str]]:
        """Return until when they may sleep."""
        return [*NO_CHANGE, *PRESETS.items()]


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What a change would do to each ticket, before it is done."""

    view: str
    label: str
    rows: Sequence[tuple[Row, Effect]]
    typed: Mapping[str, str]

    @property
    def count(self) -> int:
        """Return how many tickets would change."""
        return sum(not one.barred for _, one in self.rows)


@dataclass(frozen=True, slots=True)
class SplitPage:
    """A message and the ticket that could be split off from it."""

    ticket: Ticket
    message: Message
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    barred: str = ""


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """A ticket as a problem with its incidents, as an incident of one, or as neither yet."""

    ticket: Ticket
    problem: Ticket | None
    rows: Sequence[Row]
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    ticked: Sequence[str] | None = None

    @property
    def is_problem(self) -> bool:
        """Whether incidents belong to it."""
        return bool(self.rows) or self.ticket.kind is Kind.PROBLEM

    def is_ticked(self, ticket: Ticket) -> bool:
        """Whether the update goes to a ticket."""
        return self.ticked is None or ticket.public_id in self.ticked


@dataclass(frozen=True, slots=True)
class SkipsPage:
    """What a candidate passed over, for those who guide them."""

    trial: Trial
    rows: Sequence[SkipRow]


def the_view(view: str) -> Trial:
    """Return the person's own trial that has a view of that name.

    Raises:
        NotFound: when there is none.
    """
    trial = own_trial()
    if not is_view(trial, view):
        raise NotFound
    return trial


def selection_page(
    view: str,
    ticked: Sequence[str] = (),
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> SelectionPage:
    """Return a view's tickets to tick."""
    trial = the_view(view)
    rows = listed(session, trial, view, now(), MOST)
    return SelectionPage(view, label_of(trial, view), rows, ticked, typed or {}, errors or {})


def preview_page(
    view: str, ticked: Sequence[str], change: Change, typed: Mapping[str, str]
) -> PreviewPage:
    """Return what a change would do to each ticked ticket."""
    trial = the_view(view)
    rows = chosen(session, trial, ticked)
    effects = [(row, effect(row.ticket, change)) for row in rows]
    return PreviewPage(view, label_of(trial, view), effects, typed)


def split_parts(public_id: str, message: str) -> tuple[Trial, Ticket, Message, Case]:
    """Return a ticket of one's own with one of its messages and its hidden side."""
    trial, ticket = own_ticket(public_id)
    found = own_message(ticket, message)
    return trial, ticket, found, session.get_one(Case, ticket.id)


def own_message(ticket: Ticket, public_id: str) -> Message:
    """Return one message of a ticket.

    Raises:
        NotFound: when the ticket has no such message.
    """
    query = select(Message).where(Message.ticket_id == ticket.id, Message.public_id == public_id)
    found = session.exec(query).first()
    if found is None:
        raise NotFound
    return found


def problem_page(
    public_id: str,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    ticked: Sequence[str] | None = None,
) -> ProblemPage:
    """Return a ticket with what it belongs to, or what belongs to it."""
    trial, ticket = own_ticket(public_id)
    problem = session.get(Ticket, ticket.problem_id) if ticket.problem_id else None
    rows = incidents(session, trial, ticket)
    return ProblemPage(ticket, problem, rows, typed or {}, errors or {}, ticked)


def ticket_history(public_id: str) -> HistoryPage:
    """Return what happened to a ticket: to its candidate, and to those who may read its reasons."""
    try:
        _, ticket = own_ticket(public_id)
    except NotFound:
        ticket, _, _ = ticket_to_read(session, current_person(), public_id, Need.READ)
    return history_page(session, ticket)


def skips_page(public_id: str) -> SkipsPage:
    """Return what was passed over in a trial, for those who may read its progress."""
    trial, _ = access.trial(session, current_person(), public_id, Thing.PROGRESS, Need.READ)
    return SkipsPage(trial, skips(session, trial))
