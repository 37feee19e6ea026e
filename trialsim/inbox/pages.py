"""Desk pages put together for the signed-in person: doors, what is due, and what is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import request
from sqlmodel import col, select

from trialsim.accounts.models import Person
from trialsim.accounts.signing_in import current_person
from trialsim.inbox.access import ticket_to_read
from trialsim.inbox.actions.indexing import bring_up_to_date
from trialsim.inbox.actions.release import catch_up
from trialsim.inbox.composing import Composing
from trialsim.inbox.models import Case, Ticket
from trialsim.inbox.queries import queues
from trialsim.inbox.queries.flags import flag_on
from trialsim.inbox.queries.merging import MergePage, merge_page
from trialsim.inbox.queries.messages import messages_of
from trialsim.inbox.queries.reading import ReadingPage, Worth, is_debriefed
from trialsim.inbox.queries.thread import Thread, thread
from trialsim.inbox.queries.views import is_view
from trialsim.inbox.rules import RUNNING, may_undo_merge
from trialsim.inbox.searching import read_search
from trialsim.inbox.tools import Tools
from trialsim.kit.errors import NotFound
from trialsim.kit.text import clean
from trialsim.programmes.rules import Need, Thing, may
from trialsim.scenarios.queries import pack
from trialsim.simulation.incidents import status_line
from trialsim.simulation.types import Pack
from trialsim.trials.current import own_trial, own_trials
from trialsim.trials.models import Trial
from trialsim.trials.queries import Time, time_of
from trialsim.web.context import now
from trialsim.web.session import engine, session


@dataclass(frozen=True, slots=True)
class DeskPage:
    """The workspace: views, list, and the open conversation where there is one."""

    trial: Trial
    time: Time
    desk: queues.Desk
    view: str
    channel: str
    tools: Tools
    lines: list[queues.Line]
    open: Thread | None
    record: str
    person: Person
    now: datetime

    @property
    def words(self) -> str:
        """Return what is looked for."""
        return self.tools.search.text if self.tools.search else ""

    @property
    def title(self) -> str:
        """Return the heading of the list."""
        return f"Found for “{self.words}”" if self.words else self.tools.label

    @property
    def may_work(self) -> bool:
        """Whether tickets can be worked on now: the trial runs and the clock is on."""
        return self.trial.state in RUNNING and self.time.running is not None

    @property
    def may_undo_merge(self) -> bool:
        """Whether the open conversation was merged today and can still be taken out again."""
        return (
            self.may_work
            and self.open is not None
            and may_undo_merge(self.open.ticket, self.trial.zone, self.now)
        )

    @property
    def debrief(self) -> Worth | None:
        """Return what the open conversation was worth, once its candidate may know."""
        return Worth(self.open.case) if self.open and is_debriefed(self.trial) else None

    @property
    def system_status(self) -> tuple[str, bool] | None:
        """Return what the company's status page says and whether it speaks of trouble, if any."""
        incident = company(self.trial).incident
        if incident is None:
            return None
        return status_line(incident, self.desk.incident_minute, self.time.worked)

    @property
    def place(self) -> int:
        """Return where the open conversation stands in the list, or -1."""
        shown = [line.ticket.public_id for line in self.lines]
        wanted = self.open.ticket.public_id if self.open else ""
        return shown.index(wanted) if wanted in shown else -1

    def neighbour(self, step: int) -> str:
        """Return the public id of the next or previous conversation in the list, or nothing."""
        place = self.place + step if self.place >= 0 else 0
        if 0 <= place < len(self.lines) and place != self.place:
            return self.lines[place].ticket.public_id
        return ""

    @property
    def composing(self) -> Composing | None:
        """Return what the composer of the open conversation shows, where there is one."""
        return Composing(self.open, self.person) if self.open else None

    def article_link(self, article: str) -> str:
        """Return the public address of an article in the company's own help centre."""
        return f"https://help.{company(self.trial).id}.example/{article}"

    @staticmethod
    def pairs(values: Iterable[str]) -> list[tuple[str, str]]:
        """Return choices with their words."""
        return [(value, value.replace("_", " ").capitalize()) for value in values]


def desk_page(view: str) -> DeskPage:
    """Return the workspace without an open conversation.

    Raises:
        NotFound: for a view that does not exist.
    """
    trial = own_trial()
    if not is_view(trial, view):
        raise NotFound
    return _page(trial, view, None)


def ticket_page(public_id: str) -> DeskPage | None:
    """Return the workspace with one of the person's own conversations open, or None."""
    for trial in own_trials():
        try:
            return _page(trial, asked_view(trial), public_id)
        except NotFound:
            continue
    return None


def own_ticket(public_id: str) -> tuple[Trial, Ticket]:
    """Return one of the person's own tickets with its trial, to work on it.

    Raises:
        NotFound: for any other ticket, there or not.
    """
    trials = {trial.id: trial for trial in own_trials()}
    ticket = session.exec(
        select(Ticket).where(Ticket.public_id == public_id, col(Ticket.trial_id).in_(trials.keys()))
    ).first()
    if ticket is None:
        raise NotFound
    return trials[ticket.trial_id], ticket


def merging_page(public_id: str, other: str) -> MergePage:
    """Return two of the person's own conversations of one customer side by side.

    Raises:
        NotFound: for any other pair.
    """
    trial, ticket = own_ticket(public_id)
    second = own_ticket(other)
    if second[0].id != trial.id:
        raise NotFound
    return merge_page(session, ticket, second[1])


def reading_page(public_id: str) -> ReadingPage:
    """Return a conversation for somebody who may read it with its reasons."""
    ticket, trial, standing = ticket_to_read(session, current_person(), public_id, Need.READ)
    messages = messages_of(session, ticket.id or 0)
    case = session.get_one(Case, ticket.id)
    candidate = session.exec(select(Person).where(Person.id == trial.person_id)).one()
    may_review = may(standing, Thing.REVIEW, Need.WRITE)
    first_language = company(trial).languages[0]
    return ReadingPage(
        ticket=ticket,
        trial=trial,
        candidate=candidate,
        messages=messages,
        case=case,
        first_language=first_language,
        may_review=may_review,
        may_overrule=may(standing, Thing.TRACE, Need.WRITE),
        flag=flag_on(session, ticket.id or 0),
    )


def company(trial: Trial) -> Pack:
    """Return the pack a trial runs on."""
    return pack(session, trial.pack_hash)


def asked_view(trial: Trial) -> str:
    """Return the view an address names, or the first one."""
    asked = request.args.get("view", "reply")
    return asked if is_view(trial, asked) else "reply"


def _page(trial: Trial, view: str, public_id: str | None) -> DeskPage:
    moment = now()
    typed = clean(request.args.get("q", ""))
    search = read_search(typed) if typed else None
    time = time_of(session, trial, moment)
    desk = queues.desk(session, trial, time, moment)
    if desk.due or (search and desk.search_due):
        session.commit()  # nothing was changed: it only lets go of what it read
        if desk.due:
            catch_up(engine(), trial.id or 0, moment)
        if search:
            bring_up_to_date(engine(), trial.id or 0)
        time = time_of(session, trial, moment)
        desk = queues.desk(session, trial, time, moment)
    chosen = request.args.get("record", "")[:100]
    channel = request.args.get("channel", "")
    return DeskPage(
        trial=trial,
        time=time,
        desk=desk,
        view=view,
        channel=channel,
        tools=Tools(trial, desk, view, search, request.args.get("work") == "1", moment),
        lines=queues.lines(session, trial, view, moment, channel=channel, search=search),
        open=thread(session, trial, public_id, moment, chosen) if public_id else None,
        record=chosen,
        person=current_person(),
        now=moment,
    )
