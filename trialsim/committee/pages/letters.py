"""The letter as its candidate reads it, and the statements as mentors read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.committee.models import Decision, DecisionLetter, Outcome, Packet
from trialsim.committee.queries import packets, statements
from trialsim.committee.queries.statements import WrittenStatement
from trialsim.committee.rules.packets import StatementLine
from trialsim.committee.rules.words import RECOMMENDATION_WORDS, Recommendation
from trialsim.inbox.models import Ticket
from trialsim.programmes.models import Cohort, Programme
from trialsim.programmes.rules import Relation
from trialsim.trials.models import Trial

OUTCOME_SENTENCES: Mapping[Outcome, str] = {
    Outcome.HIRE: "We would like you to join us.",
    Outcome.NO_HIRE: "We have decided not to make an offer this time.",
    Outcome.MORE_EVIDENCE: "We have not decided yet: one question is still open.",
}
_SENTENCES = {
    Recommendation.YES: "Ready for the role now",
    Recommendation.CONDITION: "Name it in your text",
    Recommendation.NO: "The evidence is clear enough to say no",
    Recommendation.NOT_SURE: "Say what you did not see",
}


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter of the list."""

    public_id: str
    cohort: str
    sent_at: datetime
    is_unread: bool


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A letter; `evidence` are (ticket, subject) of the candidate's own conversations.

    `statements` are the mentors', by letter: the candidate reads them once it is decided.
    """

    programme: str
    cohort: str
    outcome: str
    reasons: str
    question: str
    strengths: str
    gaps: str
    try_again: str
    evidence: tuple[tuple[str, str], ...]
    statements: tuple[StatementLine, ...]
    sent_at: datetime
    is_own: bool
    candidate: str
    trial_id: str

    @staticmethod
    def recommendation(value: Recommendation) -> str:
        """Return a recommendation in words."""
        return RECOMMENDATION_WORDS[value]


@dataclass(frozen=True, slots=True)
class StatementPage:
    """A mentor's statement: the form before it is written, everybody's after it."""

    trial_id: str
    code: str
    may_write: bool
    why_not: str
    written: tuple[WrittenStatement, ...]
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def choices(self) -> tuple[tuple[str, str, str], ...]:
        """Return what may be recommended."""
        return tuple(
            (str(one), RECOMMENDATION_WORDS[one], _SENTENCES[one]) for one in Recommendation
        )


def letter_lines(session: Session, trials: Sequence[Trial]) -> tuple[LetterLine, ...]:
    """Return the letters about somebody's own trials, newest first."""
    rows = session.exec(
        select(DecisionLetter, Cohort.name)
        .join(Trial, col(Trial.id) == DecisionLetter.trial_id)
        .join(Cohort, col(Cohort.id) == Trial.cohort_id)
        .where(col(DecisionLetter.trial_id).in_([one.id for one in trials]))
        .order_by(col(DecisionLetter.id).desc())
    )
    return tuple(
        LetterLine(one.public_id, cohort, one.sent_at, one.read_at is None) for one, cohort in rows
    )


def letter_page(
    session: Session,
    letter: DecisionLetter,
    decision: Decision,
    trial: Trial,
    standing: Relation,
) -> LetterPage:
    """Return a letter as it reads."""
    cohort, programme, candidate = session.exec(
        select(Cohort, Programme, Person)
        .join(Programme, col(Programme.id) == Cohort.programme_id)
        .join(Trial, col(Trial.cohort_id) == Cohort.id)
        .join(Person, col(Person.id) == Trial.person_id)
        .where(Trial.id == trial.id)
    ).one()
    packet = session.exec(select(Packet).where(Packet.id == decision.packet_id)).one()
    subjects = dict(
        session.exec(
            select(Ticket.public_id, Ticket.subject).where(
                Ticket.trial_id == trial.id, col(Ticket.public_id).in_(letter.evidence)
            )
        ).all()
    )
    return LetterPage(
        programme=programme.name,
        cohort=cohort.name,
        outcome=OUTCOME_SENTENCES[decision.outcome],
        reasons=decision.reasons,
        question=decision.question,
        strengths=letter.strengths,
        gaps=letter.gaps,
        try_again=letter.try_again,
        evidence=tuple((one, subjects[one]) for one in letter.evidence if one in subjects),
        statements=packets.summary(packet).statements,
        sent_at=letter.sent_at,
        is_own=standing is Relation.OWN,
        candidate=candidate.name,
        trial_id=trial.public_id,
    )


def statement_page(
    session: Session, trial: Trial, person: Person, *, standing: Relation
) -> StatementPage:
    """Return the form to somebody who has not written, all statements to who has or manages."""
    packet: Packet | None = packets.current(session, trial.id or 0)
    is_mentor = standing is Relation.MENTOR
    own = statements.own(session, trial, person) if is_mentor else None
    reads = own is not None or not is_mentor
    why_not = ""
    if is_mentor and own is None and packet is not None:
        why_not = "The packet was sealed before a statement of yours came. Thank you all the same."
    elif is_mentor and own is None and trial.live_at is None:
        why_not = "A statement can be written once the live queue is open."
    return StatementPage(
        trial_id=trial.public_id,
        code=trial.code,
        may_write=is_mentor and own is None and not why_not,
        why_not=why_not,
        written=statements.written(session, trial, person) if reads else (),
    )
