"""How the first cohort of the demo ended: statements, sealed packets, votes, decisions, letters."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.committee.actions.decisions import propose, second
from trialsim.committee.actions.letters import read_letter, send_letter
from trialsim.committee.actions.reading import open_evidence, open_packet
from trialsim.committee.actions.statements import write_statement
from trialsim.committee.actions.votes import cast_vote
from trialsim.committee.models import Packet
from trialsim.committee.queries import packets
from trialsim.committee.rules.deciding import LetterText, Proposal
from trialsim.committee.rules.voting import Ballot
from trialsim.committee.rules.words import Choice, Outcome, Recommendation
from trialsim.db import write_session
from trialsim.inbox.models import Ticket
from trialsim.programmes.models import Cohort
from trialsim.trials.models import Trial
from trialsim.workflows.close import close_month, seal_packets
from trialsim.workflows.demo.groups import Group

_READY = {"excellent", "average", "slow but careful", "late bloomer"}
_STATEMENTS = {
    True: (
        "They look into the record before they answer, and it shows. I would share a shift.",
        "Right most of the time and always kind. Where they did not know, they asked early.",
        "Steady from the second week on. I would pair them with somebody on billing at first.",
    ),
    False: (
        "Quick and friendly, but the cause was often still there when the conversation closed.",
        "Promises came before checking. After feedback it became better, not yet dependable.",
        "I would like to see them again after a month with the help articles.",
    ),
}
_VOTES = {
    True: (
        (Choice.STRONG_YES, "The two conversations drawn by chance are as good as the best ones."),
        (Choice.YES, "Accurate and calm; the range lies well above the line."),
        (Choice.YES, "One weak week, seen and mended. The statements agree."),
    ),
    False: (
        (Choice.NO, "Both drawn conversations were closed with the cause still there."),
        (Choice.STRONG_NO, "A promise that policy does not allow, more than once."),
        (Choice.NO, "Kind words, but what was asked for did not happen."),
    ),
}


_REASONS = {
    True: "All three read the drawn conversations alike: right, kind, clear about what is next.",
    False: "Too many conversations ended with the cause still there. Being quick did not help.",
}


def decide(engine: Engine, group: Group, on: date) -> None:
    """Tell the week after the last day."""
    with write_session(engine) as session:
        cohort = session.get_one(Cohort, group.cohort.id)
        close_month(session, cohort, by=group.manager, now=_at(on, 9))
        for trial_id in group.workers:
            _write_statements(session, group, session.get_one(Trial, trial_id), _at(on, 14))
        seal_packets(session, cohort, by=group.manager, now=_at(on + timedelta(days=1), 9))
    for trial_id in group.workers:
        with write_session(engine) as session:
            packet = session.exec(
                select(Packet).where(Packet.trial_id == trial_id, col(Packet.replaced_at).is_(None))
            ).one()
            _judge(session, group, packet, on + timedelta(days=2))


def _write_statements(session: Session, group: Group, trial: Trial, now: datetime) -> None:
    ready = _is_ready(group, trial.id or 0)
    for mentor, words in zip(group.mentors, _STATEMENTS[ready], strict=True):
        wanted = Recommendation.YES if ready else Recommendation.NO
        write_statement(session, trial, wanted, words, by=mentor, now=now)


def _judge(session: Session, group: Group, packet: Packet, on: date) -> None:
    held = packets.summary(packet)
    names = held.names()
    drawn = list(dict.fromkeys((*held.drawn(), *names)))[: max(4, held.conversations_to_open)]
    tickets = session.exec(select(Ticket).where(col(Ticket.public_id).in_(drawn))).all()
    ready = _is_ready(group, packet.trial_id)
    cited = tuple(names[one] for one in drawn[:3])
    for place, (member, (choice, reason)) in enumerate(
        zip(group.committee, _VOTES[ready], strict=True)
    ):
        now = _at(on, 9 + place)
        open_packet(session, packet, by=member, now=now)
        for ticket in tickets:
            open_evidence(session, packet, ticket, by=member, now=now)
        ballot = Ballot(choice, reason, cited[place : place + 1] or cited[:1], 4)
        cast_vote(session, packet, ballot, by=member, now=now + timedelta(minutes=30))
    _decide(session, group, packet, tuple(drawn[:3]), _at(on + timedelta(days=1), 9))


def _decide(
    session: Session, group: Group, packet: Packet, tickets: tuple[str, ...], now: datetime
) -> None:
    ready = _is_ready(group, packet.trial_id)
    names = packets.summary(packet).names()
    cited = tuple(names[one] for one in tickets)
    reasons = _REASONS[ready]
    outcome = Outcome.HIRE if ready else Outcome.NO_HIRE
    first, other = group.committee[0], group.committee[1]
    proposal = Proposal(outcome, reasons, cited)
    row = propose(session, packet, proposal, by=first, now=now)
    second(session, packet, by=other, now=now + timedelta(hours=1), version=row.version)
    text = LetterText(
        strengths="You were quick to answer and friendly to people who were worried.",
        gaps="Next: say what you have checked before you say what will happen."
        if ready
        else "The cause was often still there when you closed. Look into the record first.",
        evidence=tickets,
        try_again=""
        if ready
        else "After three months, gladly. The help articles stay open to you.",
    )
    letter = send_letter(session, packet, text, by=group.manager, now=now + timedelta(hours=3))
    person = session.get_one(Person, session.get_one(Trial, packet.trial_id).person_id)
    read_letter(session, letter, by=person, now=now + timedelta(hours=5))


def _is_ready(group: Group, trial_id: int) -> bool:
    return group.workers[trial_id].candidate.ghost.name in _READY


def _at(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour), UTC)
