"""The room's page, put together for one reader."""

from dataclasses import dataclass
from datetime import datetime, time
from itertools import takewhile
from zoneinfo import ZoneInfo

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.kit.worktime import local_day
from trialsim.programmes.rules import Need, Relation, Role, Thing, may
from trialsim.room.queries import Due, Line, due, thread
from trialsim.room.rules import PostKind, update_lines
from trialsim.trials.models import Trial
from trialsim.trials.queries import Time, members, time_entries, time_from
from trialsim.trials.rules import TrialState

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WORDS = {
    PostKind.QUESTION: "question",
    PostKind.ANSWER: "answer",
    PostKind.UPDATE: "daily update",
    PostKind.HAND_OVER: "hand-over",
    PostKind.MESSAGE: "",
}


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


def room_page(session: Session, trial: Trial, standing: Relation, now: datetime) -> RoomPage:
    """Return a trial's room for somebody who stands to it like that; four queries."""
    lines, entries = thread(session, trial, now), time_entries(session, trial)
    mentors = members(session, trial.cohort_id, Role.MENTOR)
    return RoomPage(
        trial=trial,
        candidate=session.get_one(Person, trial.person_id),
        mentors=tuple(person.name for person in mentors),
        standing=standing,
        time=time_from(trial, entries, now),
        lines=lines,
        due=due(trial, lines, entries, now),
        now=now,
    )


def _clock(value: time) -> str:
    return f"{value:%H:%M}"
