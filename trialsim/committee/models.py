"""From the mentors' statements and the sealed packet to the letter."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UniqueConstraint

from trialsim.committee.rules.words import Choice, Outcome, Recommendation
from trialsim.db import choice
from trialsim.kit.ids import public_id

__all__ = [
    "Choice",
    "Decision",
    "DecisionLetter",
    "EarlierVote",
    "EvidenceReading",
    "Outcome",
    "Packet",
    "Recommendation",
    "Statement",
    "StepAside",
    "Vote",
]


class Statement(SQLModel, table=True):
    """What one mentor says about one trial, written without seeing the others'."""

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("trial_id", "mentor_id"),)

    id: int | None = Field(default=None, primary_key=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    mentor_id: int = Field(foreign_key="person.id")
    recommendation: Recommendation = Field(sa_type=choice(Recommendation))
    body: str
    at: datetime


class Packet(SQLModel, table=True):
    """The sealed summary of one trial; never edited, a later one replaces it.

    `body` is a `committee.rules.packets.Summary` as JSON and `content_hash` its seal.
    `votes_needed` votes open all of them at once, at `revealed_at`.
    """

    __tablename__ = "packet"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("pk"), max_length=20, unique=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    cohort_id: int = Field(foreign_key="cohort.id", index=True)
    code: str = Field(max_length=8)
    body: dict[str, Any] = Field(sa_type=JSON)
    content_hash: str = Field(max_length=64)
    votes_needed: int
    sealed_at: datetime
    revealed_at: datetime | None = None
    replaced_at: datetime | None = None


class EvidenceReading(SQLModel, table=True):
    """A committee member opened a conversation of the packet in full."""

    __tablename__ = "evidence_reading"
    __table_args__ = (UniqueConstraint("packet_id", "person_id", "ticket_id"),)

    id: int | None = Field(default=None, primary_key=True)
    packet_id: int = Field(foreign_key="packet.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    ticket_id: int = Field(foreign_key="ticket.id")
    at: datetime


class StepAside(SQLModel, table=True):
    """A committee member knows the person behind a packet and leaves it to others."""

    __tablename__ = "step_aside"
    __table_args__ = (UniqueConstraint("packet_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    packet_id: int = Field(foreign_key="packet.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    at: datetime


class Vote(SQLModel, table=True):
    """One sealed vote; nobody but its author reads it before the packet's votes are revealed."""

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("packet_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    packet_id: int = Field(foreign_key="packet.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    choice: Choice = Field(sa_type=choice(Choice))
    reason: str
    evidence: list[str] = Field(default_factory=list, sa_type=JSON)
    confidence: int
    cast_at: datetime
    version: int = 1


class EarlierVote(SQLModel, table=True):
    """A vote as it stood before its author changed it, while all were still sealed."""

    __tablename__ = "earlier_vote"
    __table_args__ = (UniqueConstraint("vote_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    vote_id: int = Field(foreign_key="vote.id", index=True)
    version: int
    choice: Choice = Field(sa_type=choice(Choice))
    reason: str
    evidence: list[str] = Field(default_factory=list, sa_type=JSON)
    confidence: int
    cast_at: datetime


class Decision(SQLModel, table=True):
    """The committee's decision on one packet: proposed by one member, final once seconded.

    `question` is what more evidence should answer, empty for the other outcomes.
    """

    __tablename__ = "decision"

    id: int | None = Field(default=None, primary_key=True)
    packet_id: int = Field(foreign_key="packet.id", unique=True)
    outcome: Outcome = Field(sa_type=choice(Outcome))
    reasons: str
    evidence: list[str] = Field(default_factory=list, sa_type=JSON)
    question: str = ""
    dissent: str = ""
    decided_by: int = Field(foreign_key="person.id")
    decided_at: datetime
    seconded_by: int | None = Field(default=None, foreign_key="person.id")
    seconded_at: datetime | None = None
    version: int = 1


class DecisionLetter(SQLModel, table=True):
    """What the candidate reads: strengths, gaps, evidence, when to try again.

    `evidence` holds public ids of the candidate's own conversations.
    """

    __tablename__ = "decision_letter"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("le"), max_length=20, unique=True)
    decision_id: int = Field(foreign_key="decision.id", unique=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    strengths: str
    gaps: str
    evidence: list[str] = Field(default_factory=list, sa_type=JSON)
    try_again: str = ""
    sent_at: datetime
    read_at: datetime | None = None
