"""What the closing page of a cohort shows; the same number of queries at any size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from trialsim.accounts.models import Person
from trialsim.committee.models import Decision, DecisionLetter, Packet, StepAside, Vote
from trialsim.committee.queries.statements import authors, expected
from trialsim.committee.rules.words import OUTCOME_WORDS
from trialsim.programmes.models import Cohort, CohortState, Programme
from trialsim.programmes.queries import programme_of, rules_of
from trialsim.programmes.rules import Role
from trialsim.reviews.models import DrawKind, Review, ReviewState
from trialsim.reviews.queries import Debt, feedback_debt
from trialsim.trials.models import Trial
from trialsim.trials.queries import cohort_trials, members
from trialsim.trials.rules import trial_day
from trialsim.web.filters import plural


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the checklist."""

    words: str
    done: bool
    note: str


@dataclass(frozen=True, slots=True)
class PacketState:
    """Where a packet stands: how many votes are in; what was decided only once all are open."""

    public_id: str
    votes: int
    needed: int
    is_open: bool
    outcome: str
    is_final: bool
    letter: str
    letter_read: bool

    @property
    def words(self) -> str:
        """Return the state in words."""
        if self.letter:
            return "Letter read" if self.letter_read else "Letter sent"
        if self.is_final:
            return "Decided, letter to write"
        if self.is_open:
            return "Proposed" if self.outcome else "Votes open, no proposal yet"
        return f"{self.votes} of {self.needed} votes in"


@dataclass(frozen=True, slots=True)
class TrialLine:
    """One trial of the page."""

    public_id: str
    code: str
    name: str
    takes_part: bool
    has_left: bool
    wrote: int
    missing: tuple[str, ...]
    reviews_open: int
    owed: int
    packet: PacketState | None


@dataclass(frozen=True, slots=True)
class ClosingPage:
    """A month's end: the checklist, one line a trial, and what can be done next."""

    cohort: Cohort
    programme: Programme
    steps: tuple[Step, ...]
    lines: tuple[TrialLine, ...]
    days_left: int
    has_committee: bool

    @property
    def may_end(self) -> bool:
        """Whether the month runs and can be ended."""
        return self.cohort.state is CohortState.STARTED

    @property
    def may_seal(self) -> bool:
        """Whether there are packets to seal."""
        waiting = any(one.takes_part and one.packet is None for one in self.lines)
        return self.cohort.state is CohortState.DECIDING and waiting


def closing_page(session: Session, cohort: Cohort, now: datetime) -> ClosingPage:
    """Return the page."""
    programme = programme_of(session, cohort)
    rules = rules_of(programme)
    held = cohort_trials(session, cohort.id or 0)
    trials = {trial.id or 0: trial for trial, _ in held}
    wrote, owing = authors(session, trials), expected(session, trials)
    waiting, debts = _waiting(session, cohort), feedback_debt(session, cohort.id or 0, now)
    packets = _packets(session, cohort)
    lines = tuple(
        _line(trial, person, wrote, owing, waiting, debts, packets) for trial, person in held
    )
    days_left = max(
        (_days_left(trial, now) for trial in trials.values() if trial.left_at is None), default=0
    )
    steps = [_month(cohort, days_left), *_work(lines)]
    if rules.has_committee:
        steps.append(_committee(session, cohort, rules.votes_needed))
        steps += _letters(lines)
    return ClosingPage(cohort, programme, tuple(steps), lines, days_left, rules.has_committee)


def _line(  # noqa: PLR0913, PLR0917 (one line is read from all of them)
    trial: Trial,
    person: Person,
    wrote: Mapping[int, set[int]],
    owing: Mapping[int, Sequence[Person]],
    waiting: Mapping[int, int],
    debts: Mapping[int, Debt],
    packets: Mapping[int, PacketState],
) -> TrialLine:
    key = trial.id or 0
    by = wrote.get(key, set())
    debt = debts.get(key)
    return TrialLine(
        public_id=trial.public_id,
        code=trial.code,
        name=person.name,
        takes_part=trial.live_at is not None and trial.left_at is None,
        has_left=trial.left_at is not None,
        wrote=len(by),
        missing=tuple(one.name for one in owing.get(key, ()) if one.id not in by),
        reviews_open=waiting.get(key, 0),
        owed=debt.count if debt else 0,
        packet=packets.get(key),
    )


def _waiting(session: Session, cohort: Cohort) -> dict[int, int]:
    rows = session.exec(
        select(Review.trial_id, func.count())
        .join(Trial, col(Trial.id) == Review.trial_id)
        .where(
            Trial.cohort_id == cohort.id,
            Review.kind == DrawKind.DRAWN,
            Review.state == ReviewState.WAITING,
        )
        .group_by(col(Review.trial_id))
    )
    return dict(rows.all())


def _packets(session: Session, cohort: Cohort) -> dict[int, PacketState]:
    count = (
        select(func.count()).where(Vote.packet_id == Packet.id).correlate(Packet).scalar_subquery()
    )
    wanted: Any = (Packet.trial_id, Packet.public_id, count, Packet.votes_needed)
    wanted += (Packet.revealed_at, Decision.outcome, Decision.seconded_at)
    wanted += (DecisionLetter.public_id, DecisionLetter.read_at)
    rows = session.connection().execute(
        select(*wanted)
        .select_from(Packet)
        .outerjoin(Decision, col(Decision.packet_id) == Packet.id)
        .outerjoin(DecisionLetter, col(DecisionLetter.decision_id) == Decision.id)
        .where(Packet.cohort_id == cohort.id, col(Packet.replaced_at).is_(None))
    )
    return {
        trial_id: PacketState(
            public_id=public_id,
            votes=votes,
            needed=needed,
            is_open=revealed_at is not None,
            outcome=OUTCOME_WORDS[outcome][0] if outcome and revealed_at is not None else "",
            is_final=seconded_at is not None,
            letter=letter or "",
            letter_read=read_at is not None,
        )
        for (
            trial_id,
            public_id,
            votes,
            needed,
            revealed_at,
            outcome,
            seconded_at,
            letter,
            read_at,
        ) in rows
    }


def _days_left(trial: Trial, now: datetime) -> int:
    last = (trial.ends_on - trial.starts_on).days + 1
    return max(0, last - trial_day(trial.starts_on, trial.zone, now) + 1)


def _month(cohort: Cohort, days_left: int) -> Step:
    if cohort.state in (CohortState.DECIDING, CohortState.FINISHED):
        return Step("The month is over", done=True, note="")
    note = f"{plural(days_left, 'day')} left" if days_left else "Ready to end"
    return Step("The month runs", done=False, note=note)


def _work(lines: Sequence[TrialLine]) -> list[Step]:
    judged = [one for one in lines if one.takes_part]
    missing = sum(len(one.missing) for one in judged)
    reviews = sum(one.reviews_open for one in judged)
    owed = sum(one.owed for one in judged)
    return [
        Step("Statements written", bool(judged) and not missing, _open(missing, "missing")),
        Step("Drawn reviews done", not reviews, _open(reviews, "open")),
        Step("Feedback released", not owed, _open(owed, "owed")),
    ]


def _open(count: int, word: str) -> str:
    return f"{count} {word}" if count else ""


def _committee(session: Session, cohort: Cohort, needed: int) -> Step:
    """Whether enough people can vote on every packet, those who stepped aside not counted."""
    present = members(session, cohort.id or 0, Role.COMMITTEE)
    aside = session.exec(
        select(func.count())
        .select_from(StepAside)
        .join(Packet, col(Packet.id) == StepAside.packet_id)
        .where(
            Packet.cohort_id == cohort.id,
            col(Packet.revealed_at).is_(None),
            col(StepAside.person_id).in_([one.id for one in present]),
        )
        .group_by(col(StepAside.packet_id))
        .order_by(func.count().desc())
    ).first()
    free = len(present) - (aside or 0)
    note = f"{free} of {needed}" + ("" if free >= needed else ", invite one more")
    return Step("Enough people to vote", free >= needed, note)


def _letters(lines: Sequence[TrialLine]) -> list[Step]:
    judged = [one for one in lines if one.takes_part]
    sealed = sum(one.packet is not None for one in judged)
    sent = sum(one.packet is not None and bool(one.packet.letter) for one in judged)
    whole = len(judged)
    return [
        Step("Packets sealed", bool(whole) and sealed == whole, f"{sealed} of {whole}"),
        Step("Letters sent", bool(whole) and sent == whole, f"{sent} of {whole}"),
    ]
