"""The part of a packet's page beside its sheets: who votes, how they voted, what was decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from trialsim.accounts.models import Person
from trialsim.committee.access import Door, results
from trialsim.committee.models import Decision, EarlierVote, Packet, Vote
from trialsim.committee.queries import packets
from trialsim.committee.rules.deciding import dissents, grid, tally_words
from trialsim.committee.rules.packets import Summary
from trialsim.committee.rules.voting import Reading, reading
from trialsim.committee.rules.words import CHOICE_WORDS, OUTCOME_WORDS
from trialsim.kit.text import initials
from trialsim.programmes.rules import Relation


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member of the committee: whether they have voted, never which way."""

    name: str
    is_you: bool
    has_voted: bool
    words: str


@dataclass(frozen=True, slots=True)
class VoteLine:
    """One opened vote."""

    name: str
    initials: str
    choice: str
    reason: str
    evidence: tuple[tuple[str, str], ...]
    confidence: int
    changes: int


@dataclass(frozen=True, slots=True)
class GridLine:
    """One piece of evidence, who leaned on it, and whether they read it alike."""

    label: str
    used_by: tuple[bool, ...]
    agreement: str


@dataclass(frozen=True, slots=True)
class Results:
    """All votes at once."""

    tally: str
    lines: tuple[VoteLine, ...]
    grid: tuple[GridLine, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What was proposed or decided; `dissenting` votes pointed another way."""

    outcome: str
    outcome_value: str
    reasons: str
    evidence: tuple[tuple[str, str], ...]
    question: str
    dissent: str
    dissenting: int
    proposed_by: str
    seconded_by: str
    is_final: bool
    is_yours: bool
    version: int
    letter: str


@dataclass(frozen=True, slots=True)
class Ballot:
    """The own vote, or what is missing before it counts; `options` are what a reason points to."""

    vote: Vote | None
    reading: Reading
    is_barred: bool
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Judging:
    """Everything beside the sheets."""

    members: tuple[MemberLine, ...]
    votes: int
    needed: int
    is_open: bool
    ballot: Ballot | None
    results: Results | None
    decided: Decided | None
    may_propose: bool
    may_second: bool
    may_send_letter: bool


def judging(session: Session, door: Door, held: Summary, person: Person) -> Judging:
    """Return who votes and what came of it, as far as this person may see it."""
    cast = packets.votes(session, door.packet)
    shows = results(door)
    is_member = door.standing is Relation.COMMITTEE
    decided = _decided(session, door.packet, held, person, cast) if shows else None
    is_final = decided is not None and decided.is_final
    voted = is_member and shows and door.packet.replaced_at is None
    return Judging(
        members=_members(session, door.packet, person, cast),
        votes=len(cast),
        needed=door.packet.votes_needed,
        is_open=door.packet.revealed_at is not None,
        ballot=_ballot(session, door, held, person) if is_member else None,
        results=_results(session, held, cast) if shows else None,
        decided=decided,
        may_propose=voted and not is_final,
        may_second=voted and decided is not None and not is_final and not decided.is_yours,
        may_send_letter=door.standing is Relation.MANAGER
        and decided is not None
        and decided.is_final
        and not decided.letter,
    )


def labels(held: Summary, evidence: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return pieces of evidence as (ticket, or nothing; how it is called on a page)."""
    called = held.citable()
    tickets = {name: ticket for ticket, name in held.names().items()}
    return tuple((tickets.get(one, ""), called[one]) for one in evidence if one in called)


def _members(
    session: Session, packet: Packet, person: Person, cast: Sequence[tuple[Vote, Person]]
) -> tuple[MemberLine, ...]:
    voted = {author.id for _, author in cast}
    listed = packets.committee(session, packet)
    present = {member.id for member, _ in listed}
    lines = [
        MemberLine(
            member.name,
            member.id == person.id,
            member.id in voted,
            "Voted" if member.id in voted else "Stepped aside" if aside else "Not yet",
        )
        for member, aside in listed
    ]
    left = [author for _, author in cast if author.id not in present]
    return (
        *lines,
        *(MemberLine(one.name, one.id == person.id, True, "Voted") for one in left),
    )


def _ballot(session: Session, door: Door, held: Summary, person: Person) -> Ballot:
    opened = packets.opened_tickets(session, door.packet, person)
    names = held.names()
    read = {names[ticket] for ticket in opened if ticket in names}
    return Ballot(
        vote=door.vote,
        reading=reading(opened, held.drawn(), names, held.conversations_to_open),
        is_barred=packets.bars(session, door.packet, person),
        options=tuple(
            (key, words)
            for key, words in held.citable().items()
            if key in read or key not in names.values()
        ),
    )


def _results(session: Session, held: Summary, cast: Sequence[tuple[Vote, Person]]) -> Results:
    changes = _changes(session, [vote.id or 0 for vote, _ in cast])
    choices = [vote.choice for vote, _ in cast]
    called = held.citable()
    used = [key for key in called if any(key in vote.evidence for vote, _ in cast)]
    shown = [*used, *(f"measure-{one.key}" for one in held.measures)]
    lines = grid(list(dict.fromkeys(shown)), [vote.evidence for vote, _ in cast], choices)
    return Results(
        tally=tally_words(choices),
        lines=tuple(
            VoteLine(
                name=author.name,
                initials=initials(author.name),
                choice=CHOICE_WORDS[vote.choice][0],
                reason=vote.reason,
                evidence=labels(held, vote.evidence),
                confidence=vote.confidence,
                changes=changes.get(vote.id or 0, 0),
            )
            for vote, author in cast
        ),
        grid=tuple(GridLine(called[one.evidence], one.used_by, one.agreement) for one in lines),
    )


def _changes(session: Session, vote_ids: Sequence[int]) -> Mapping[int, int]:
    rows = session.exec(
        select(EarlierVote.vote_id, func.count())
        .where(col(EarlierVote.vote_id).in_(vote_ids))
        .group_by(col(EarlierVote.vote_id))
    )
    return dict(rows.all())


def _decided(
    session: Session,
    packet: Packet,
    held: Summary,
    person: Person,
    cast: Sequence[tuple[Vote, Person]],
) -> Decided | None:
    found = packets.decision_of(session, packet)
    if found is None:
        return None
    row, letter = found
    names = {author.id: author.name for _, author in cast}
    return Decided(
        outcome=OUTCOME_WORDS[row.outcome][0],
        outcome_value=str(row.outcome),
        reasons=row.reasons,
        evidence=labels(held, row.evidence),
        question=row.question,
        dissent=row.dissent,
        dissenting=dissents(row.outcome, [vote.choice for vote, _ in cast]),
        proposed_by=names.get(row.decided_by, "A member"),
        seconded_by=_seconder(row, names),
        is_final=row.seconded_at is not None,
        is_yours=row.decided_by == person.id,
        version=row.version,
        letter=letter.public_id if letter else "",
    )


def _seconder(row: Decision, names: Mapping[int | None, str]) -> str:
    return names.get(row.seconded_by, "A member") if row.seconded_by is not None else ""
