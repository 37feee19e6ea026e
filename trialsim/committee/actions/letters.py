"""The letter with the reasons: sent once the committee has decided, read by the candidate."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from trialsim.accounts.models import Person
from trialsim.committee.actions.reading import lock
from trialsim.committee.models import Decision, DecisionLetter, Outcome, Packet
from trialsim.committee.queries import packets
from trialsim.committee.rules.deciding import LetterText, letter_faults
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.outbox.actions import queue
from trialsim.outbox.texts import mail_text
from trialsim.programmes.actions import set_state
from trialsim.programmes.models import Cohort, CohortState
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState


def send_letter(
    session: Session,
    packet: Packet,
    text: LetterText,
    *,
    by: Person,
    now: datetime,
    base_url: str = "",
) -> DecisionLetter:
    """Send the committee's decision to the candidate, with reasons that rest on their own work.

    The mail says only that the letter is there. A hire or no hire ends the trial, and the last
    letter of a cohort ends that.

    Raises:
        Conflict: before there is a decision, or when the letter went out already.
        Invalid: with empty reasons, too little evidence, or no word on trying again.
    """
    typed = {"strengths": text.strengths, "gaps": text.gaps, "try_again": text.try_again}
    packet = lock(session, packet)
    decision = _final(session, packet, typed)
    if faults := letter_faults(text, decision.outcome, packets.summary(packet).names()):
        raise Invalid(fields=faults)
    trial = session.get_one(Trial, packet.trial_id)
    letter = DecisionLetter(
        decision_id=decision.id or 0,
        trial_id=trial.id or 0,
        strengths=text.strengths,
        gaps=text.gaps,
        evidence=list(text.evidence),
        try_again=text.try_again,
        sent_at=now,
    )
    session.add(letter)
    session.flush()
    record(
        session,
        "letter_sent",
        trial.public_id,
        by=by.id,
        at=now,
        detail={"packet": packet.public_id, "letter": letter.public_id},
    )
    _tell(session, trial, letter, now, base_url)
    if decision.outcome is not Outcome.MORE_EVIDENCE:
        _end(session, trial, by, now)
    return letter


def read_letter(
    session: Session, letter: DecisionLetter, *, by: Person, now: datetime
) -> DecisionLetter:
    """Keep when the candidate first opened the letter."""
    row = session.exec(
        select(DecisionLetter).where(DecisionLetter.id == letter.id).with_for_update()
    ).one()
    if row.read_at is None:
        row.read_at = now
        session.add(row)
        record(session, "letter_read", row.public_id, by=by.id, at=now)
    return row


def _final(session: Session, packet: Packet, typed: dict[str, str]) -> Decision:
    found = packets.decision_of(session, packet)
    if found is None or found[0].seconded_at is None:
        raise Conflict("The committee has not decided yet.", typed)
    if found[1] is not None:
        raise Conflict("The letter has been sent already. Nothing was sent twice.", typed)
    return found[0]


def _tell(
    session: Session, trial: Trial, letter: DecisionLetter, now: datetime, base_url: str
) -> None:
    candidate = session.get_one(Person, trial.person_id)
    queue(
        session,
        recipient=candidate.email,
        subject="Your letter is there",
        body=mail_text(
            "email/committee/letter_ready.txt",
            person=candidate,
            address=f"{base_url}/letters/{letter.public_id}",
        ),
        dedupe_key=f"letter-{letter.public_id}",
        now=now,
    )


def _end(session: Session, trial: Trial, by: Person, now: datetime) -> None:
    trial.state = TrialState.DECIDED
    trial.version += 1
    session.add(trial)
    session.flush()
    cohort = session.exec(
        select(Cohort).where(Cohort.id == trial.cohort_id).with_for_update()
    ).one()
    undecided = session.exec(
        select(func.count())
        .select_from(Packet)
        .join(Trial, col(Trial.id) == Packet.trial_id)
        .where(
            Packet.cohort_id == cohort.id,
            col(Packet.replaced_at).is_(None),
            Trial.state != TrialState.DECIDED,
        )
    ).one()
    if not undecided and cohort.state is CohortState.DECIDING:
        set_state(session, cohort, CohortState.FINISHED, by=by, now=now)
