"""The room's page, put together for one reader."""

from dataclasses import dataclass
from datetime import datetime, time
from itertools import takewhile
from zoneinfo import ZoneInfo

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.kit.worktime import local_day
from trialsim.programmes.models import Cohort
from trialsim.programmes.rules import Need, Relation, Thing, may
from trialsim.room.channel import candidate_presence, colleagues
from trialsim.room.marks import new_in_channels, read_until
from trialsim.room.mentions import Handle
from trialsim.room.presence import Presence, here_first
from trialsim.room.queries import Due, Line, OpenTicket, due, open_tickets, thread
from trialsim.room.rules import PostKind, update_lines
from trialsim.trials.models import Trial
from trialsim.trials.queries import Time, time_entries, time_from
from trialsim.trials.rules import TrialState, trial_day, week_of

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WORDS = {
    PostKind.QUESTION: "question",
    PostKind.ANSWER: "answer",
    PostKind.UPDATE: "daily update",
    PostKind.HAND_OVER: "hand-over",
    PostKind.MESSAGE: "",
    PostKind.REFLECTION: "weekly reflection",
}
_WEEK_END = 5  # the day of a trial week from which its reflection is asked for
_RECENT = 12  # posts that the room shows unfolded


@dataclass(frozen=True, slots=True)
class RoomPage:
    """One trial's thread with what its reader may do there."""

    trial: Trial
    candidate: Person
    mentors: tuple[str, ...]
    standing: Relation
    time: Time
    lines: list[Line]
    due: Due
    cohort: Cohort
    handles: tuple[Handle, ...]
    here: tuple[Presence, ...]
    reader_id: int
    read_until: datetime
    new_in_channel: int
    open_tickets: tuple[OpenTicket, ...]
    now: datetime

    @property
    def is_own(self) -> bool:
        """Whether the reader is the candidate."""
        return self.standing is Relation.OWN

    @property
    def may_write(self) -> bool:
        """Whether the reader may write here now."""
        return self.trial.state is not TrialState.DECIDED and may(
            self.standing, Thing.ROOM, Need.WRITE
        )

    @property
    def may_report(self) -> bool:
        """Whether daily updates and hand-over notes are asked for: the own trial runs."""
        return self.is_own and self.trial.state in (TrialState.TRAINING, TrialState.LIVE)

    @property
    def is_updated(self) -> bool:
        """Whether the candidate's own day has its update."""
        today = local_day(self.now, self.trial.zone)
        return any(
            line.post.kind is PostKind.UPDATE and local_day(line.post.at, self.trial.zone) == today
            for line in self.lines
        )

    @property
    def is_reflected(self) -> bool:
        """Whether this week of the trial has its reflection."""
        week = self._week(self.now)
        return any(
            line.post.kind is PostKind.REFLECTION and self._week(line.post.at) == week
            for line in self.lines
        )

    @property
    def is_week_end(self) -> bool:
        """Whether this week of the trial is nearly over."""
        day = trial_day(self.trial.starts_on, self.trial.zone, self.now)
        return (day - 1) % 7 + 1 >= _WEEK_END

    def _week(self, at: datetime) -> int:
        return week_of(trial_day(self.trial.starts_on, self.trial.zone, at))

    def is_new(self, line: Line) -> bool:
        """Whether somebody else wrote a post since the reader was here."""
        return line.post.author_id != self.reader_id and line.post.at > self.read_until

    @property
    def first_new(self) -> str:
        """Return the first post that is new to the reader, or nothing."""
        return next((line.post.public_id for line in self.lines if self.is_new(line)), "")

    @property
    def folded(self) -> int:
        """Return how many old posts lie folded: none that is new, or waits for its answer."""
        shown = (
            place
            for place, line in enumerate(self.lines)
            if self.is_new(line) or (line.wait and line.wait.is_open)
        )
        return min(max(0, len(self.lines) - _RECENT), next(shown, len(self.lines)))

    @property
    def new_count(self) -> int:
        """Return how many posts are new to the reader."""
        return sum(self.is_new(line) for line in self.lines)

    @property
    def hours(self) -> str:
        """Return the candidate's announced hours in words, in their own zone."""
        days = ", ".join(WEEKDAYS[number] for number in self.trial.weekdays)
        return f"{days}, {_clock(self.trial.day_starts)} to {_clock(self.trial.day_ends)}"

    @property
    def local_time(self) -> str:
        """Return the time of day where the candidate is."""
        return f"{self.now.astimezone(ZoneInfo(self.trial.zone)):%H:%M}"

    @property
    def last_message(self) -> Line | None:
        """Return a mentor's message that still waits for the candidate, the newest."""
        since = takewhile(lambda line: not line.is_candidate, reversed(self.lines))
        return next((line for line in since if line.post.kind is PostKind.MESSAGE), None)

    @staticmethod
    def words(line: Line) -> str:
        """Return what a post is, beside its author's name."""
        return WORDS[line.post.kind]

    @staticmethod
    def update(line: Line) -> list[tuple[str, str]]:
        """Return the lines of a daily update."""
        return update_lines(line.post.body)


def room_page(
    session: Session, trial: Trial, standing: Relation, reader: Person, now: datetime
) -> RoomPage:
    """Return a trial's room for somebody who stands to it like that; at most eight queries."""
    lines, entries = thread(session, trial, now), time_entries(session, trial)
    mentors = colleagues(session, trial.cohort_id)
    candidate = session.get_one(Person, trial.person_id)
    cohort = session.get_one(Cohort, trial.cohort_id)
    here = [one.presence(now) for one in mentors if one.person.id != reader.id]
    if standing is not Relation.OWN:
        here.insert(0, candidate_presence(trial, candidate.name, now))
    people = [Handle(one.person.id or 0, one.person.name) for one in mentors]
    people.append(Handle(trial.person_id, candidate.name))
    new = new_in_channels(session, reader, [trial.cohort_id])
    return RoomPage(
        trial=trial,
        candidate=candidate,
        mentors=tuple(one.person.name for one in mentors),
        standing=standing,
        time=time_from(trial, entries, now),
        lines=lines,
        due=due(trial, lines, entries, now),
        cohort=cohort,
        handles=tuple(one for one in people if one.person_id != reader.id),
        here=here_first(here),
        reader_id=reader.id or 0,
        read_until=read_until(session, reader, trial.public_id),
        new_in_channel=new.get(trial.cohort_id, 0),
        open_tickets=open_tickets(session, trial) if standing is Relation.OWN else (),
        now=now,
    )


def _clock(value: time) -> str:
    return f"{value:%H:%M}"
