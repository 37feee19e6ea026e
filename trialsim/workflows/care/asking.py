"""Accommodations as a story: asked for, decided by a manager, told by mail without a word of it."""

from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.inbox.actions.clocks import reckon_again
from trialsim.insights.actions import call_for_refresh
from trialsim.outbox.actions import queue
from trialsim.outbox.texts import mail_text
from trialsim.programmes.models import Cohort
from trialsim.trials.care import actions
from trialsim.trials.care.rules import Allowances
from trialsim.trials.models import Accommodation, Trial
from trialsim.workflows.care.leaving import managers


def ask(
    session: Session, trial: Trial, words: str, *, by: Person, now: datetime, base_url: str
) -> None:
    """Keep a request and mail the managers that there is one."""
    row = actions.ask_for(session, trial, words, by=by, now=now)
    cohort = session.get_one(Cohort, trial.cohort_id)
    for person in managers(session):
        queue(
            session,
            recipient=person.email,
            subject=f"{cohort.name}: somebody asks to have something different",
            body=mail_text(
                "email/care/asked.txt",
                person=person,
                cohort=cohort.name,
                address=f"{base_url}/cohorts/{cohort.public_id}/accommodations",
            ),
            dedupe_key=f"asked-{row.public_id}-{person.public_id}",
            now=now,
        )


def decide(  # noqa: PLR0913 (who grants what, and the words for the candidate)
    session: Session,
    row: Accommodation,
    granted: Allowances,
    *,
    answer: str,
    by: Person,
    now: datetime,
    version: int,
    base_url: str,
) -> None:
    """Decide a request: clocks are reckoned anew at once, and the candidate is told."""
    trial = actions.decide(session, row, granted, answer=answer, by=by, now=now, version=version)
    reckon_again(session, trial, now)
    call_for_refresh(session, trial.cohort_id)
    candidate = session.get_one(Person, trial.person_id)
    cohort = session.get_one(Cohort, trial.cohort_id)
    queue(
        session,
        recipient=candidate.email,
        subject="What you asked to have different",
        body=mail_text(
            "email/care/decided.txt",
            person=candidate,
            cohort=cohort.name,
            address=f"{base_url}/trials/{trial.public_id}/care",
        ),
        dedupe_key=f"decided-{row.public_id}-{row.version}",
        now=now,
    )
