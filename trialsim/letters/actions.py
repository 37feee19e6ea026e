"""Writing letters, check-ins, closing statements and ratings."""

from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session, select

from trialsim.accounts.models import Person
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.letters.models import CheckIn, ClosingStatement, HalfWayLetter, TrialRating
from trialsim.letters.queries import closing_statement, own_draft, sent_letter
from trialsim.letters.rules import ClosingText, HalfWayText, Said, letter_faults, rateable
from trialsim.outbox.actions import queue
from trialsim.outbox.texts import mail_text
from trialsim.trials.models import Trial
from trialsim.trials.promises import half_way_day
from trialsim.trials.queries import rules_of
from trialsim.trials.rules import TrialState, trial_day, week_of

OVER = (TrialState.CLOSED, TrialState.DECIDED)
RUNNING = (TrialState.TRAINING, TrialState.LIVE)


def save_letter(
    session: Session, trial: Trial, text: HalfWayText, *, by: Person, now: datetime, version: int
) -> HalfWayLetter:
    """Keep a half-way letter as its author's draft; `version` is the one they read, 0 for none.

    Raises:
        Conflict: before the half-way day, after the month, when a letter went out, or when the
            draft was changed in another window.
    """
    typed = typed_letter(text)
    session.exec(select(Trial.id).where(Trial.id == trial.id).with_for_update()).one()
    if sent_letter(session, trial) is not None:
        raise Conflict("The half-way letter has been sent. It stands as it is.", typed)
    if fault := why_no_letter(trial, now):
        raise Conflict(fault, typed)
    row = own_draft(session, trial, by)
    if row is None:
        row = HalfWayLetter(trial_id=trial.id or 0, mentor_id=by.id or 0, saved_at=now)
        session.add(row)
        session.flush()
    else:
        _take(row, version, typed)
    row.strengths, row.gaps = list(text.strengths), list(text.gaps)
    row.forecast, row.change, row.confidence = text.forecast, text.change, text.confidence
    row.saved_at = now
    session.add(row)
    session.flush()
    return row


def send_letter(
    session: Session,
    trial: Trial,
    letter: HalfWayLetter,
    *,
    by: Person,
    now: datetime,
    base_url: str,
) -> HalfWayLetter:
    """Send a half-way letter that was saved just before; it is never changed after.

    The mail says only that the letter is there.

    Raises:
        Invalid: by field, while something is missing.
    """
    if faults := letter_faults(text_of(letter)):
        raise Invalid(fields=faults)
    letter.sent_at = now
    session.add(letter)
    session.flush()
    record(session, "half_way_letter_sent", trial.public_id, by=by.id, at=now)
    candidate = session.get_one(Person, trial.person_id)
    queue(
        session,
        recipient=candidate.email,
        subject="Your half-way letter is there",
        body=mail_text(
            "email/letters/half_way_ready.txt",
            person=candidate,
            address=f"{base_url}/trials/{trial.public_id}/half-way",
        ),
        dedupe_key=f"half-way-{letter.public_id}",
        now=now,
    )
    return letter


def read_letter(session: Session, letter_id: int, *, by: Person, now: datetime) -> None:
    """Keep when the candidate first opened the half-way letter."""
    row = session.exec(
        select(HalfWayLetter).where(HalfWayLetter.id == letter_id).with_for_update()
    ).one()
    if row.read_at is None:
        row.read_at = now
        session.add(row)
        record(session, "half_way_letter_read", row.public_id, by=by.id, at=now)


def write_closing(
    session: Session, trial: Trial, text: ClosingText, *, by: Person, now: datetime, version: int
) -> ClosingStatement:
    """Keep what a candidate tells the committee; it may be changed while that can be read.

    Raises:
        Conflict: too early, or when it was changed in another window.
    """
    typed = {"body": text.body, "notes": text.notes}
    if fault := why_no_closing(trial, now):
        raise Conflict(fault, typed)
    row = closing_statement(session, trial)
    if row is None:
        row = ClosingStatement(trial_id=trial.id or 0, body=text.body, written_at=now)
    else:
        _take(row, version, typed)
    row.body, row.notes, row.written_at = text.body, text.notes, now
    session.add(row)
    session.flush()
    record(session, "closing_statement_written", trial.public_id, by=by.id, at=now)
    return row


def hold_check_in(
    session: Session, trial: Trial, *, agreed: str, by: Person, now: datetime
) -> CheckIn:
    """Keep that this week's check-in was held, with what was agreed.

    Raises:
        Conflict: outside the month, or when the week's is kept already.
    """
    typed = {"agreed": agreed}
    session.exec(select(Trial.id).where(Trial.id == trial.id).with_for_update()).one()
    day = trial_day(trial.starts_on, trial.zone, now)
    if trial.state not in RUNNING or day < 1:
        raise Conflict("A check-in belongs to a month that runs.", typed)
    week = week_of(day)
    known = session.exec(
        select(CheckIn.id).where(CheckIn.trial_id == trial.id, CheckIn.week == week)
    ).first()
    if known is not None:
        raise Conflict("This week’s check-in is kept already.", typed)
    row = CheckIn(trial_id=trial.id or 0, week=week, held_at=now, by_id=by.id or 0, agreed=agreed)
    session.add(row)
    session.flush()
    detail = {"week": week}
    record(session, "check_in_held", trial.public_id, by=by.id, at=now, detail=detail)
    return row


def rate_trial(
    session: Session, trial: Trial, said: Said, *, by: Person, now: datetime
) -> TrialRating:
    """Keep what a candidate says of a week or of the whole; said again, it takes the old place.

    Raises:
        Conflict: for a week that cannot be rated now.
    """
    session.exec(select(Trial.id).where(Trial.id == trial.id).with_for_update()).one()
    if said.week not in rateable_now(trial, now):
        raise Conflict("This cannot be rated now.", {"words": said.words})
    row = session.exec(
        select(TrialRating).where(TrialRating.trial_id == trial.id, TrialRating.week == said.week)
    ).first()
    if row is None:
        row = TrialRating(trial_id=trial.id or 0, week=said.week, score=said.score, at=now)
    row.score, row.words, row.at = said.score, said.words, now
    session.add(row)
    session.flush()
    record(session, "trial_rated", trial.public_id, by=by.id, at=now, detail={"week": said.week})
    return row


def rateable_now(trial: Trial, now: datetime) -> tuple[int, ...]:
    """Return the weeks a candidate may rate now, 0 for the whole trial."""
    if trial.accepted_at is None:
        return ()
    day = trial_day(trial.starts_on, trial.zone, now)
    return rateable(day, rules_of(trial).length_days, is_over=trial.state in OVER)


def why_no_letter(trial: Trial, now: datetime) -> str:
    """Return why no half-way letter can be written now, or nothing."""
    if trial.state not in RUNNING:
        return "A half-way letter belongs to a month that runs."
    first = half_way_day(rules_of(trial).length_days)
    if trial_day(trial.starts_on, trial.zone, now) < first:
        return f"The half-way letter can be written from day {first}."
    return ""


def why_no_closing(trial: Trial, now: datetime) -> str:
    """Return why no closing statement can be written now, or nothing."""
    rules = rules_of(trial)
    if not rules.has_committee:
        return "No committee decides on this trial, so there is nothing to tell one."
    if trial.state is TrialState.DECIDED:
        return "It is decided: what the committee read cannot change any more."
    first = rules.length_days - 6
    if trial.live_at is None or trial_day(trial.starts_on, trial.zone, now) < first:
        return f"It can be written in the last week, from day {first}."
    return ""


def text_of(letter: HalfWayLetter | None) -> HalfWayText:
    """Return what a letter says so far."""
    if letter is None:
        return HalfWayText()
    return HalfWayText(
        tuple(letter.strengths),
        tuple(letter.gaps),
        letter.forecast,
        letter.change,
        letter.confidence,
    )


def typed_letter(text: HalfWayText) -> dict[str, str]:
    """Return a letter's texts by the names of their fields."""
    held = asdict(text)
    found = {f"strength_{place}": one for place, one in enumerate(text.strengths, start=1)}
    found |= {f"gap_{place}": one for place, one in enumerate(text.gaps, start=1)}
    return found | {name: str(held[name] or "") for name in ("forecast", "change", "confidence")}


def _take(row: HalfWayLetter | ClosingStatement, version: int, typed: dict[str, str]) -> None:
    """Move a row on by one version if its reader saw the present one; its trial is locked."""
    if row.version != version:
        raise Conflict("This was changed in another window.", typed)
    row.version += 1
