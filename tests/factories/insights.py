"""A cohort some weeks into its trials, with everything that measures are made from, planted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, select

from tests.cast import FIRST_DAY, START, Cast
from trialsim.accounts.models import Person
from trialsim.inbox.models import Case, Customer, Message, Ticket
from trialsim.kit.ids import public_id
from trialsim.kit.streams import stream
from trialsim.programmes.models import Cohort, CohortState, Membership, Programme, Rubric
from trialsim.programmes.rules import ProgrammeRules, Role
from trialsim.reviews.models import Rating, Review
from trialsim.room.models import Post
from trialsim.scenarios.models import PackVersion
from trialsim.trials.models import TimeEntry, Trial
from trialsim.trials.rules import TrialState

CATEGORIES = {
    "solves": "Solves the problem",
    "accurate": "Accurate",
    "kind": "Kind and human",
    "next_step": "Clear next step",
    "readable": "Easy to read",
    "team": "Helps the team",
}
NAMES = (
    *("Mateo Rossi", "Ji-woo Han", "Priya Raman", "Elodie Martin", "Kwame Boateng"),
    *("Sofia Lindqvist", "Noor Haddad", "Daniel Okafor"),
)
ZONES = ("Europe/Lisbon", "Asia/Seoul", "Asia/Kolkata", "America/Toronto", "Africa/Accra")
SUBJECTS = ("Charged twice for the yearly plan", "My site is slow", "How do I add a language?")
TICKETS_A_DAY = 8
TRAINING_DAYS = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """How large a cohort is and how far it has come; skills run 0-1, by candidate, repeated."""

    candidates: int = 4
    days: int = 18
    reviews_a_week: int = 10
    skills: Sequence[float] = (0.8, 0.95, 0.7, 0.85, 0.75, 0.9, 0.65, 0.5)
    rules: Mapping[str, Any] = field(default_factory=dict)  # as ProgrammeRules takes them


@dataclass(frozen=True, slots=True)
class Measured:
    """A planted cohort and the moment until which it was planted."""

    cohort: Cohort
    trials: tuple[Trial, ...]
    now: datetime


def an_empty_cohort(session: Session, cast: Cast, *, name: str = "Autumn cohort") -> Cohort:
    """A cohort with Mina and Mika as mentors, Hana on the committee, and nobody on trial."""
    pack = session.get(PackVersion, "planted")
    if pack is None:
        session.add(
            PackVersion(hash="planted", pack="p", name="P", number=1, files={}, imported_at=START)
        )
        session.flush()
    programme = Programme(
        name="Hiring trial",
        template="hiring-trial",
        pack_hash="planted",
        rules=ProgrammeRules().model_dump(mode="json"),
        created_by=cast.olu.id or 0,
        created_at=START,
    )
    session.add(programme)
    session.flush()
    cohort = Cohort(
        programme_id=programme.id or 0,
        name=name,
        starts_on=FIRST_DAY,
        decision_by=FIRST_DAY + timedelta(days=35),
        seed=7,
        created_at=START,
    )
    session.add(cohort)
    session.flush()
    for role, people in ((Role.MENTOR, ("mina", "mika")), (Role.COMMITTEE, ("hana",))):
        for person in people:
            _join(session, cohort, getattr(cast, person), role)
    session.commit()
    return cohort


def a_measured_cohort(session: Session, cast: Cast, plan: Plan = Plan()) -> Measured:
    """A cohort at work for `plan.days` days: paid hours, tickets, reviews, posts. Commits."""
    cohort = an_empty_cohort(session, cast)
    cohort.state = CohortState.STARTED
    rules = ProgrammeRules.model_validate({"cap_hours_week": 20, **plan.rules})
    rubric = Rubric(
        programme_id=cohort.programme_id,
        number=1,
        body={"categories": [{"id": key, "name": name} for key, name in CATEGORIES.items()]},
        created_at=START,
    )
    session.add(rubric)
    session.flush()
    trials = []
    for place in range(plan.candidates):
        person = _candidate(session, cast, place)
        _join(session, cohort, person, Role.CANDIDATE)
        trials.append(_trial(session, cohort, person, rubric, rules, place))
    now = START + timedelta(days=plan.days - 1, hours=4, minutes=30)
    for place, trial in enumerate(trials):
        skill = plan.skills[place % len(plan.skills)]
        _Month(session, cast, trial, skill, plan.days).plant(plan.reviews_a_week)
    session.commit()
    return Measured(cohort, tuple(trials), now)


def _candidate(session: Session, cast: Cast, place: int) -> Person:
    if place < 2:
        return (cast.cem, cast.noor)[place]
    name = NAMES[(place - 2) % len(NAMES)]
    person = Person(email=f"c{place}@example.org", name=name, created_at=START)
    session.add(person)
    session.flush()
    return person


def _join(session: Session, cohort: Cohort, person: Person, role: Role) -> None:
    session.add(
        Membership(
            cohort_id=cohort.id or 0,
            person_id=person.id or 0,
            role=role,
            invited_at=START,
            accepted_at=START,
        )
    )


def _trial(
    session: Session,
    cohort: Cohort,
    person: Person,
    rubric: Rubric,
    rules: ProgrammeRules,
    place: int,
) -> Trial:
    mentors = session.exec(
        select(Membership.person_id)
        .where(Membership.cohort_id == cohort.id, Membership.role == Role.MENTOR)
        .order_by("id")
    ).all()
    trial = Trial(
        cohort_id=cohort.id or 0,
        person_id=person.id or 0,
        mentor_id=mentors[place % 2],
        code=f"K{place + 1}",
        seed=f"7/{place}",
        state=TrialState.LIVE,
        starts_on=FIRST_DAY,
        ends_on=FIRST_DAY + timedelta(days=27),
        zone="UTC",
        day_starts=time(8),
        day_ends=time(14),
        rules=rules.model_dump(mode="json"),
        pack_hash="planted",
        rubric_id=rubric.id or 0,
        accepted_at=START,
        live_at=START + timedelta(days=TRAINING_DAYS),
        live_reason="Ready: all practice tickets solved.",
    )
    session.add(trial)
    session.flush()
    return trial


class _Month:
    """Plants one candidate's month: four paid hours each weekday from 08:00 UTC."""

    def __init__(self, session: Session, cast: Cast, trial: Trial, skill: float, days: int) -> None:
        self._session, self._cast, self._trial = session, cast, trial
        self._skill, self._days = skill, days
        self._chance: Random = stream("planted", trial.code)
        self._customer = Customer(
            trial_id=trial.id or 0, key="c001", name="Ines", email="i@example.org", plan="free"
        )
        session.add(self._customer)
        session.flush()

    def plant(self, reviews_a_week: int) -> None:
        days = [day for day in range(1, self._days + 1) if (day - 1) % 7 < 5]
        blocks = _inserted(self._session, TimeEntry, [self._block(day) for day in days])
        work = [
            (day, place, block, at)
            for at, (day, block) in enumerate(zip(days, blocks, strict=True))
            if day > TRAINING_DAYS
            for place in range(TICKETS_A_DAY)
        ]
        tickets = [
            self._ticket(day, place, number) for number, (day, place, _, _) in enumerate(work)
        ]
        ids = _inserted(self._session, Ticket, tickets)
        cases = [
            self._case(ticket_id, one, ticket)
            for ticket_id, one, ticket in zip(ids, work, tickets, strict=True)
        ]
        _inserted(self._session, Case, cases)
        _inserted(
            self._session,
            Message,
            [row for pair in zip(ids, tickets, strict=True) for row in _talk(*pair)],
        )
        self._reviews(ids, tickets, reviews_a_week)
        _inserted(self._session, Post, [row for day in days for row in self._posts(day)])

    def _at(self, day: int, minutes: float) -> datetime:
        return START + timedelta(days=day - 1, minutes=minutes)

    def _block(self, day: int) -> dict[str, Any]:
        return {
            "public_id": public_id("te"),
            "trial_id": self._trial.id,
            "kind": "training" if day <= TRAINING_DAYS else "tickets",
            "started_at": self._at(day, 0),
            "ended_at": self._at(day, 240),
            "version": 1,
        }

    def _ticket(self, day: int, place: int, number: int) -> dict[str, Any]:
        opened = self._at(day, place * 28)
        pace = (0.3 + self._skill) * (1 - 0.6 * 0.85 ** (day - TRAINING_DAYS))
        minutes = 16 / max(pace, 0.2) * self._chance.uniform(0.7, 1.4)
        solved = opened + timedelta(minutes=min(minutes, 26))
        is_open = place == TICKETS_A_DAY - 1 and day >= self._days - 2
        return {
            "public_id": public_id("t"),
            "trial_id": self._trial.id,
            "customer_id": self._customer.id,
            "number": 1001 + number,
            "subject": SUBJECTS[number % len(SUBJECTS)],
            "channel": "email",
            "status": "open" if is_open else "solved",
            "tags": [],
            "practice": False,
            "opened_at": opened,
            "waiting_since": opened if is_open else None,
            "answered_at": None if is_open else solved,
            "solved_at": None if is_open else solved,
            "reopened_count": int(self._chance.random() > 0.94),
            "rating": None if is_open else self._rating(),
            "active_seconds": int(minutes * 60),
            "version": 1,
        }

    def _rating(self) -> int | None:
        if self._chance.random() > 0.5:
            return None
        return self._chance.choice((4, 5)) if self._chance.random() < self._skill else 2

    def _case(
        self, ticket_id: int, work: tuple[int, int, int, int], ticket: Mapping[str, Any]
    ) -> dict[str, Any]:
        _, place, block, before = work
        is_done = ticket["solved_at"] is not None
        good = self._chance.random() < 0.35 + 0.6 * self._skill
        first = 240 * before + place * 28
        return {
            "ticket_id": ticket_id,
            "trial_id": self._trial.id,
            "scenario": f"s{self._chance.randrange(20)}",
            "scenario_version": 1,
            "week": 1 + before // 5,
            "anchor": False,
            "practice": False,
            "flags": [],
            "par_minutes": 16.0,
            "form": {},
            "state": {},
            "outcome": self._chance.uniform(70, 100) if good else self._chance.uniform(0, 60),
            "trace": {},
            "rating_trace": {"value": 5} if is_done else {},
            "first_minute": float(first),
            "last_minute": float(first + min(26, int(ticket["active_seconds"] / 60))),
            "block": block,
            "finished_at": ticket["solved_at"],
        }

    def _reviews(
        self, ids: Sequence[int], tickets: Sequence[Mapping[str, Any]], a_week: int
    ) -> None:
        weeks = range((self._days - 1) // 7 + 1)
        rows = []
        for week in weeks:
            pairs = [
                (ticket_id, ticket)
                for ticket_id, ticket in zip(ids, tickets, strict=True)
                if ticket["solved_at"] and (ticket["solved_at"] - START).days // 7 == week
            ]
            for number, (ticket_id, ticket) in enumerate(
                pairs[:: max(1, len(pairs) // max(a_week, 1))][:a_week]
            ):
                first = (self._cast.mina.id, self._cast.mika.id)[number % 2]
                rows.append(self._review(ticket_id, ticket, first or 0, week + 1, is_second=False))
                if number % 3 == 0:
                    second = (self._cast.mika.id, self._cast.mina.id)[number % 2]
                    rows.append(
                        self._review(ticket_id, ticket, second or 0, week + 1, is_second=True)
                    )
        reviews = _inserted(self._session, Review, [row for row, _ in rows])
        ratings = [
            {
                "review_id": review_id,
                "category": category,
                "level": level,
                "is_rated": True,
                "comment": "",
                "quote": "Two payments instead of one is alarming." if at == 0 else "",
                "root_cause": "",
            }
            for review_id, (_, levels) in zip(reviews, rows, strict=True)
            for at, (category, level) in enumerate(levels.items())
        ]
        _inserted(self._session, Rating, ratings)

    def _review(
        self,
        ticket_id: int,
        ticket: Mapping[str, Any],
        reviewer: int,
        week: int,
        *,
        is_second: bool,
    ) -> tuple[dict[str, Any], dict[str, int]]:
        day = (ticket["solved_at"] - START).days
        strict = 0.4 if reviewer == self._cast.mika.id else 0.0
        middle = 1.6 + 2.4 * self._skill * (1 - 0.4 * 0.9**day) - strict
        # Both reviewers see the same reply, so that they agree on more than chance.
        seen = stream("reply", self._trial.code, ticket["number"]).gauss(0, 0.5)
        levels = {
            category: min(4, max(1, round(middle + seen + self._chance.gauss(0, 0.4))))
            for category in CATEGORIES
        }
        row = {
            "public_id": public_id("r"), "trial_id": self._trial.id, "ticket_id": ticket_id,
            "reviewer_id": reviewer, "rubric_id": self._trial.rubric_id, "draw_id": None,
            "kind": "drawn", "reason": "", "is_second": is_second, "week": week,
            "state": "submitted", "drawn_at": ticket["solved_at"],
            "due_at": ticket["solved_at"] + timedelta(hours=24),
            "submitted_at": ticket["solved_at"] + timedelta(hours=20),
            "score": sum(100 * (level - 1) / 3 for level in levels.values()) / len(levels),
            "failed_critical": False, "failure": None, "failure_quote": "", "failure_reason": "",
            "comment": "Keep the calm opening. Try naming a day.", "skip_reason": "",
            "released_at": ticket["solved_at"] + timedelta(hours=20), "read_at": None, "version": 1,
        }  # fmt: skip
        return row, levels

    def _posts(self, day: int) -> list[dict[str, Any]]:
        own, mentor = self._trial.person_id, self._trial.mentor_id
        rows = []
        if self._chance.random() < 0.5 + self._skill / 2:
            rows.append(self._post("update", own, self._at(day, 235), "Done, stuck, next."))
        if self._chance.random() < self._skill:
            rows.append(self._post("hand_over", own, self._at(day, 238), "Two wait for the bank."))
        if day % 2:
            after = self._chance.uniform(10, 120) / self._skill
            rows.append(self._post("message", mentor, self._at(day, 20), "Which policy was it?"))
            rows.append(self._post("message", own, self._at(day, 20 + after), "Refunds, part two."))
        return rows

    def _post(self, kind: str, author: int | None, at: datetime, body: str) -> dict[str, Any]:
        return {
            "public_id": public_id("po"), "trial_id": self._trial.id, "author_id": author,
            "kind": kind, "question_id": None, "ticket_id": None, "body": body, "at": at,
            "read_at": None,
        }  # fmt: skip


def _talk(ticket_id: int, ticket: Mapping[str, Any]) -> list[dict[str, Any]]:
    said = [("customer", ticket["opened_at"]), ("reply", ticket["solved_at"])]
    return [
        {"public_id": public_id("m"), "ticket_id": ticket_id, "kind": kind, "author_id": None,
         "body": "Hello.", "why": {}, "at": at}
        for kind, at in said
        if at is not None
    ]  # fmt: skip


def _inserted(session: Session, model: type[SQLModel], rows: list[dict[str, Any]]) -> list[int]:
    """Write rows at once and return their ids in the same order."""
    if not rows:
        return []
    (key,) = model.__table__.primary_key  # type: ignore[attr-defined]  # every table class has one
    statement = insert(model).returning(key, sort_by_parameter_order=True)
    return list(session.connection().execute(statement, rows).scalars())
