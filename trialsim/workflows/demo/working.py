"""A ghost's day at the desk: clock in, answer, act, draft, clock out, as any candidate would.

Everything goes through the inbox's own actions; what a ghost writes is as good as planted.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.actions import desk, drafts, replies
from trialsim.inbox.actions.channels import leave_live_talk
from trialsim.inbox.actions.merging import merge
from trialsim.inbox.actions.release import happen
from trialsim.inbox.casework import Casework, casework
from trialsim.inbox.models import Channel, DraftKind, Status, Ticket
from trialsim.inbox.models.ticket import WAITING
from trialsim.inbox.rules import may_merge
from trialsim.kit import streams
from trialsim.kit.errors import Conflict
from trialsim.simulation import ghosts
from trialsim.simulation.ghost_moves import Move, moves
from trialsim.simulation.matching import filled_value
from trialsim.simulation.twins import MERGING_MINUTES
from trialsim.simulation.types import ActionBarred, ReferenceAction, Value
from trialsim.simulation.voice import filled, slot_words
from trialsim.trials.actions import clock_in, clock_out
from trialsim.trials.models import Trial
from trialsim.trials.queries import time_of
from trialsim.trials.rules import TrialState, WorkKind
from trialsim.workflows.demo.channels import ghost_takes_chats
from trialsim.workflows.demo.people import Candidate

DESK_HOURS = 3  # of the four announced ones; the rest is reviewing and talking
_LONGEST_PAUSE = timedelta(minutes=9)
_LOOK_AGAIN = timedelta(minutes=12)
_PARTING_WORDS = (
    "Thank you for telling me how “{subject}” goes on. I noted it and close this for now.",
    "Thanks for the news about “{subject}”. I leave it here; please write whenever you need to.",
    "I have written down what you said on “{subject}” and close the conversation for today.",
)


@dataclass(slots=True)
class Worker:
    """One ghost with what it keeps in mind: plans for open tickets, scenarios met before."""

    candidate: Candidate
    trial_id: int
    person: Person
    seed: str
    plans: dict[int, list[Move]] = field(default_factory=dict)
    quality: dict[int, ghosts.Quality] = field(default_factory=dict)
    met: Counter[str] = field(default_factory=Counter)
    asks: Callable[[Session, Trial, "Worker", Ticket, datetime], None] | None = None
    answer_minutes: float | None = None

    def starts(self, on: date) -> datetime:
        """Return when this ghost's working day begins, in UTC."""
        zone = ZoneInfo(self.candidate.zone)
        return datetime.combine(on, self.candidate.starts, zone).astimezone(UTC)

    def works(self, session: Session, trial: Trial, on: date, until: datetime) -> datetime | None:
        """Work the day's announced hours, but not past `until`; returns when it ended."""
        starts = self.starts(on)
        if starts >= until:
            return None
        desk_ends = min(starts + timedelta(hours=DESK_HOURS), until)
        ends = min(starts + timedelta(hours=DESK_HOURS + 1), until)
        training = trial.state is TrialState.TRAINING
        kind = WorkKind.TRAINING if training else WorkKind.TICKETS
        clock_in(session, trial, kind, by=self.person, now=starts)
        if not training:
            ghost_takes_chats(session, trial, self.person, starts)
        now = starts
        worked = time_of(session, trial, starts).worked
        while now < desk_ends:
            happen(session, trial, now)
            hours = (worked + (now - starts).total_seconds() / 60) / 60
            now = self._next_step(session, trial, now, desk_ends, hours)
        leave_live_talk(session, trial, None, now)
        if ends > now:
            clock_in(session, trial, WorkKind.REVIEWING, by=self.person, now=now)
        if ends < until:
            clock_out(session, trial, by=self.person, now=max(ends, now))
        return max(ends, now)

    def _next_step(
        self, session: Session, trial: Trial, now: datetime, ends: datetime, hours: float
    ) -> datetime:
        ticket = _longest_waiting(session, trial)
        if ticket is None:
            return min(now + _LOOK_AGAIN, ends)
        work = casework(session, trial, ticket)
        if self._merges(session, trial, work, now):
            return now + timedelta(minutes=MERGING_MINUTES)
        is_new = ticket.id not in self.plans
        plan = self._plan(work, hours)
        if is_new and self.asks is not None and not ticket.practice:
            self.asks(session, trial, self, ticket, now)
        done_at = now + timedelta(minutes=self._minutes(work, hours))
        if done_at > ends:
            return ends  # not begun: the hours are over before it would be ready
        move = plan.pop(0) if plan else _parting(ticket)
        now = self._drafts(session, trial, ticket, move.text, now, done_at)
        self._acts(session, trial, work, move, now)
        self._sends(session, trial, ticket, move, now)
        return now

    def _merges(self, session: Session, trial: Trial, work: Casework, now: datetime) -> bool:
        """Merge a twin that this ghost recognises: the more care, the likelier."""
        ticket = work.ticket
        if work.case.twin_of is None or ticket.id in self.plans:
            return False
        drawn = streams.unit(self.seed, "merge", work.form.key)
        staying = session.get_one(Ticket, work.case.twin_of)
        if drawn >= self.candidate.ghost.care or not may_merge(ticket, staying):
            return False
        merge(session, trial, ticket, staying, by=self.person, now=now)
        return True

    def _plan(self, work: Casework, hours: float) -> list[Move]:
        """Return the turns left for a ticket; planned when it is first opened."""
        ticket_id = work.ticket.id or 0
        if ticket_id not in self.plans:
            scenario = work.form.scenario
            names = (self.seed, work.form.key)
            self.quality[ticket_id] = ghosts.quality(
                self.candidate.ghost, hours, scenario.difficulty, *names
            )
            self.plans[ticket_id] = list(
                moves(
                    work.forms,
                    self.quality[ticket_id],
                    kind=ghosts.is_kind(self.candidate.ghost, *names),
                    meetings=[self.met[form.scenario.id] for form in work.forms],
                    seed=self.seed,
                )
            )
            self.met.update(form.scenario.id for form in work.forms)
        return self.plans[ticket_id]

    def _minutes(self, work: Casework, hours: float) -> float:
        """Return the minutes of this step: the ticket's, parted over the steps it was planned with.

        A word after the plan's end takes a minute, so that the pace stays what was planted.
        """
        left = len(self.plans[work.ticket.id or 0])
        if not left:
            return 1.0
        whole = ghosts.minutes_spent(
            self.candidate.ghost, work.case.par_minutes, hours, self.seed, work.form.key
        )
        return max(1.0, whole / (work.state.replies + left))

    def _drafts(
        self,
        session: Session,
        trial: Trial,
        ticket: Ticket,
        text: str,
        now: datetime,
        done_at: datetime,
    ) -> datetime:
        """Write for a while: a draft is saved on the way, as an open page does."""
        while done_at - now > _LONGEST_PAUSE:
            now += _LONGEST_PAUSE
            half = text[: len(text) // 2]
            drafts.save_draft(session, trial, ticket, kind=DraftKind.REPLY, body=half, now=now)
        return done_at

    def _acts(
        self, session: Session, trial: Trial, work: Casework, move: Move, now: datetime
    ) -> None:
        for matter, action in move.acts:
            try:
                self._act(session, trial, work, matter, action, now)
            except (ActionBarred, Conflict):
                continue  # the desk says no, and so the ghost leaves it

    def _act(
        self,
        session: Session,
        trial: Trial,
        work: Casework,
        matter: int,
        action: ReferenceAction,
        now: datetime,
    ) -> None:
        form = work.forms[matter]
        if action.escalate_to:
            words = slot_words(form.pack, form.scenario, form.slots, form.language)
            desk.escalate(
                session,
                trial,
                work.ticket,
                team=action.escalate_to,
                reason="This is theirs to repair.",
                note=filled(action.note, words),
                by=self.person,
                now=now,
            )
            return
        params: dict[str, Value] = {
            name: filled_value(value, form) for name, value in action.params.items()
        }
        desk.do_action(
            session,
            trial,
            work.ticket,
            action=action.action,
            target=work.states[matter].names.get(action.on, ""),
            params=params,
            by=self.person,
            now=now,
        )

    def _sends(
        self, session: Session, trial: Trial, ticket: Ticket, move: Move, now: datetime
    ) -> None:
        status = Status.SOLVED if move.closes else Status.PENDING
        if not move.text:
            replies.set_status(session, trial, ticket, status=status, now=now)
            return
        replies.send_reply(
            session, trial, ticket, by=self.person, body=move.text, status=status, now=now
        )


def _parting(ticket: Ticket) -> Move:
    """Return the last word to a customer who writes again when the plan is at its end."""
    words = _PARTING_WORDS[(ticket.number + ticket.reopened_count) % len(_PARTING_WORDS)]
    return Move(words.format(subject=ticket.subject), closes=True)


def _longest_waiting(session: Session, trial: Trial) -> Ticket | None:
    """Return the next ticket to work on: somebody in a chat first, then whoever waits longest."""
    return session.exec(
        select(Ticket)
        .where(Ticket.trial_id == trial.id, col(Ticket.status).in_(WAITING))
        .order_by(col(Ticket.channel) != Channel.CHAT, col(Ticket.waiting_since), col(Ticket.id))
        .limit(1)
    ).first()
