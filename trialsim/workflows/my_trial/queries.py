"""Reading everything that concerns a candidate's day."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.actions.release import catch_up
from trialsim.inbox.models import Ticket
from trialsim.inbox.queries.queues import Line as TicketLine
from trialsim.inbox.queries.queues import desk, lines
from trialsim.kit.worktime import local_day
from trialsim.pay.queries import earnings_of
from trialsim.pay.rules import Earnings, Week
from trialsim.programmes.models import Cohort
from trialsim.programmes.rules import ProgrammeRules, Role
from trialsim.reviews.models import Rating, Review
from trialsim.reviews.queries.pages import first_name
from trialsim.room.pages import WORDS as KIND_WORDS
from trialsim.room.queries import Due, Line, due, thread
from trialsim.room.rules import PostKind
from trialsim.training.queries import Quiz, quiz_of
from trialsim.training.rules import last_work_day
from trialsim.trials.care.rules import kind_notes, pauses_of
from trialsim.trials.models import TimeEntry, Trial
from trialsim.trials.queries import Time, hours_of, members, rules_of, time_entries, time_from
from trialsim.trials.rules import TrialState
from trialsim.web.filters import day as day_words
from trialsim.web.filters import duration, money
from trialsim.workflows.channels.queries import RungView, ladder_page
from trialsim.workflows.hand_over.pages import NightView, last_night
from trialsim.workflows.my_trial.first_days import FirstDays, first_days
from trialsim.workflows.my_trial.month import (
    Calendar,
    Day,
    greeting,
    heading,
    strip,
)

TALK = (PostKind.QUESTION, PostKind.ANSWER, PostKind.MESSAGE)
_FEEDBACK = 2
_POSTS = 4
_NAMED = 3
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Feedback:
    """The gist of one released review."""

    public_id: str
    subject: str
    mentor: str
    quote: str
    comment: str
    is_ready: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Today:
    """What waits today."""

    wrote_back: tuple[TicketLine, ...]
    new_tickets: int
    answers: int
    due: Due
    night: NightView | None

    @property
    def names(self) -> str:
        """Return the customers who wrote back, three at most by name."""
        names = [line.customer for line in self.wrote_back[:_NAMED]]
        more = len(self.wrote_back) - len(names)
        return ", ".join(names) + (f" and {more} more" if more else "")

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits."""
        waits = self.new_tickets or self.answers or self.due.update or self.due.hand_over
        return not (self.wrote_back or waits)


@dataclass(frozen=True, slots=True)
class MyTrialPage:
    """The candidate's first page."""

    trial: Trial
    name: str
    rules: ProgrammeRules
    cohort: Cohort
    time: Time
    today: Today
    days: list[Day]
    earnings: Earnings
    feedback: tuple[Feedback, ...]
    posts: tuple[Line, ...]
    mentors: tuple[str, ...]
    first_days: FirstDays | None
    quiz: Quiz | None
    rungs: tuple[RungView, ...]
    local: datetime

    @property
    def greeting(self) -> str:
        """Return the greeting for the time of day where the candidate is."""
        return greeting(self.local.hour)

    @property
    def date_words(self) -> str:
        """Return the candidate's own calendar day, and which day of the trial it is."""
        today = f"{self.local:%A} {day_words(self.local.date())}"
        place, length = self.time.own_day, self.rules.length_days
        return f"{today}, day {place} of {length}" if 1 <= place <= length else today

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what one might want to notice about one's own hours today."""
        time = self.time
        return kind_notes(
            hours_of(self.trial),
            self.local,
            worked_today=time.worked_today,
            left_this_week=time.left_this_week,
            is_running=time.running is not None,
        )

    @property
    def heading(self) -> str:
        """Return the heading of the strip."""
        return heading(self.rules.length_days)

    @property
    def is_training(self) -> bool:
        """Whether nothing is scored yet."""
        return self.trial.state is TrialState.TRAINING

    @property
    def is_running(self) -> bool:
        """Whether the trial has neither ended nor been decided."""
        return self.trial.state in (TrialState.TRAINING, TrialState.LIVE)

    @property
    def may_chat(self) -> bool:
        """Whether the first chat is open."""
        return any(one.opened is not None for one in self.rungs)

    @property
    def week_rows(self) -> list[tuple[str, str]]:
        """Return each week with its time and what it earns, once there are several."""
        weeks = self.earnings.weeks
        if len(weeks) < _SEVERAL:
            return []
        return [(self._week_words(week), self._week_value(week)) for week in weeks]

    def _week_words(self, week: Week) -> str:
        now = week.number == self.time.week and self.is_running
        return f"Week {week.number}" + (" so far" if now else "")

    def _week_value(self, week: Week) -> str:
        if not self.rules.paid:
            return duration(week.minutes)
        return f"{duration(week.minutes)}, {money(week.amount.cents, week.amount.currency)}"

    @staticmethod
    def kind_words(line: Line) -> str:
        """Return what a post is, beside its author's name."""
        return KIND_WORDS[line.post.kind]


def my_trial_page(
    session: Session, engine: Engine, trial: Trial, person: Person, now: datetime
) -> MyTrialPage:
    """Return the page, after letting happen what is due; a fixed number of queries."""
    entries = time_entries(session, trial)
    time = time_from(trial, entries, now)
    if desk(session, trial, time, now).due:
        session.commit()  # nothing was changed: it only lets go of what it read
        catch_up(engine, trial.id or 0, now)
        entries = time_entries(session, trial)
        time = time_from(trial, entries, now)
    posts = thread(session, trial, now)
    own = [line.post.kind for line in posts if line.is_candidate]
    rules = rules_of(trial)
    first = None
    if trial.state is TrialState.TRAINING:
        first = first_days(session, trial, own, now, has_worked=bool(entries))
    return MyTrialPage(
        trial=trial,
        name=first_name(person),
        rules=rules,
        cohort=session.get_one(Cohort, trial.cohort_id),
        time=time,
        today=_today(session, trial, posts, entries, now),
        days=_days(trial, rules, entries, now, more_training=first.days_given if first else 0),
        earnings=earnings_of(trial, entries, now),
        feedback=latest_feedback(session, trial, rules, now),
        posts=tuple([line for line in posts if line.post.kind in TALK][-_POSTS:]),
        mentors=tuple(first_name(one) for one in members(session, trial.cohort_id, Role.MENTOR)),
        first_days=first,
        quiz=_last_quiz(session, trial, now),
        rungs=ladder_page(session, trial, now).rungs,
        local=now.astimezone(ZoneInfo(trial.zone)),
    )


def latest_feedback(
    session: Session, trial: Trial, rules: ProgrammeRules, now: datetime
) -> tuple[Feedback, ...]:
    """Return the newest released reviews with a sentence that was quoted; one query."""
    newest = (
        select(Review.id)
        .where(Review.trial_id == trial.id, col(Review.released_at) <= now)
        .order_by(col(Review.released_at).desc(), col(Review.id).desc())
        .limit(_FEEDBACK)
        .scalar_subquery()
    )
    rows = session.exec(
        select(Review, Ticket, Person, Rating)
        .join(Ticket, col(Ticket.id) == Review.ticket_id)
        .join(Person, col(Person.id) == Review.reviewer_id)
        .outerjoin(Rating, col(Rating.review_id) == Review.id)
        .where(col(Review.id).in_(newest))
        .order_by(col(Review.released_at).desc(), col(Review.id).desc(), col(Rating.id))
    ).all()
    reviews = {review.id: (review, ticket, mentor) for review, ticket, mentor, _ in rows}
    return tuple(
        Feedback(
            public_id=review.public_id,
            subject=ticket.subject,
            mentor=first_name(mentor),
            quote=next((one.quote for _, _, _, one in rows if _says(one, key, "quote")), ""),
            comment=review.comment
            or next((one.comment for _, _, _, one in rows if _says(one, key, "comment")), ""),
            is_ready=review.score is not None and review.score >= rules.pass_line,
            is_new=review.read_at is None,
        )
        for key, (review, ticket, mentor) in reviews.items()
    )


def _says(rating: Rating | None, review: int | None, field: str) -> bool:
    return rating is not None and rating.review_id == review and bool(getattr(rating, field))


def _last_quiz(session: Session, trial: Trial, now: datetime) -> Quiz | None:
    """Return the quiz from the last work day on, when it comes once more; one query then."""
    in_training = trial.state is TrialState.TRAINING
    if in_training or local_day(now, trial.zone) < last_work_day(trial.ends_on, trial.weekdays):
        return None
    return quiz_of(session, trial, now)


def _today(
    session: Session, trial: Trial, posts: list[Line], entries: list[TimeEntry], now: datetime
) -> Today:
    waiting = lines(session, trial, "reply", now)
    wrote_back = tuple(line for line in waiting if line.ticket.answered_at is not None)
    today = local_day(now, trial.zone)
    answers = sum(
        line.post.kind is PostKind.ANSWER and local_day(line.post.at, trial.zone) == today
        for line in posts
    )
    return Today(
        wrote_back=wrote_back,
        new_tickets=len(waiting) - len(wrote_back),
        answers=answers,
        due=due(trial, posts, entries, now),
        night=last_night(session, trial, now),
    )


def _days(
    trial: Trial,
    rules: ProgrammeRules,
    entries: list[TimeEntry],
    now: datetime,
    *,
    more_training: int,
) -> list[Day]:
    return strip(
        Calendar(
            starts_on=trial.starts_on,
            length_days=(trial.ends_on - trial.starts_on).days + 1,
            training_days=rules.training_days + more_training,
            weekdays=frozenset(trial.weekdays),
            today=local_day(now, trial.zone),
            worked_on=frozenset(local_day(entry.started_at, trial.zone) for entry in entries),
            pauses=pauses_of(trial.pauses),
        )
    )
