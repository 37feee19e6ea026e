"""What happens without anybody asking: customers write, reviews are drawn, mail goes out.

Every step can be run again at any time and by several processes at once. One that fails is
logged and does not hold up the others.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Engine
from sqlmodel import Session, and_, col, or_, select

from trialsim.config import Settings
from trialsim.db import write_session
from trialsim.inbox.actions.release import catch_up
from trialsim.inbox.models import Channel, ComingTurn, Outgoing, Ticket
from trialsim.inbox.models.ticket import WAITING
from trialsim.inbox.queries.ladder import LIVE_STATES
from trialsim.inbox.rules import PRESSING_AFTER, RUNNING
from trialsim.insights.actions import refresh_apart
from trialsim.installation.clock import keep_demo_time
from trialsim.outbox.sending import send_waiting, smtp_sender
from trialsim.programmes.models import Cohort, CohortState
from trialsim.reviews.actions.draw import draw_week
from trialsim.reviews.actions.release import release_due
from trialsim.room.digests import due_digests, send_digest
from trialsim.trials.models import TimeEntry, Trial
from trialsim.web.once import forget_old_forms
from trialsim.wording.client import endpoint_of
from trialsim.workflows.hand_over.acting import act_on, due_nights
from trialsim.workflows.wording import reword_coming

log = logging.getLogger(__name__)

KEPT_FORMS = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one tick did; `failed` counts the steps that could not be done."""

    trials: int
    reviews: int
    released: int
    mails: int
    failed: int


class _Steps:
    """Runs one step after the other and counts those that fail."""

    def __init__(self) -> None:
        self.failed = 0

    def run(self, what: str, step: Callable[[], int]) -> int:
        """Run one step and return what it counted, 0 when it failed."""
        try:
            return step()
        except Exception:  # the other steps must go on; the log names this one
            log.exception("tick: %s failed", what)
            self.failed += 1
            return 0

    def run_all(self, what: str, ids: Iterable[int], step: Callable[[int], int]) -> int:
        """Run a step for each of some rows, and return what they counted together."""
        return sum(self.run(f"{what} {one}", partial(step, one)) for one in ids)


def tick(engine: Engine, settings: Settings, now: datetime) -> Ticked:
    """Let everything happen that is due at `now`; mail goes out only where a server is set."""
    steps = _Steps()
    trials = steps.run_all("trial", due_trials(engine, now), partial(_catch_up, engine, now))
    cohorts = running_cohorts(engine)
    reviews = steps.run_all("reviews of cohort", cohorts, partial(_draw, engine, now))
    nights = due_nights(engine, now)
    steps.run_all("night of trial", nights, partial(_act, engine, now))
    released = steps.run("releasing feedback", partial(_release, engine, now))
    steps.run_all("measures of cohort", cohorts, partial(_measure, engine, now))
    digests = due_digests(engine, now)
    steps.run_all("digest of person", digests, partial(_digest, engine, settings.base_url, now))
    mails = 0
    if settings.smtp_url:
        send = smtp_sender(settings.smtp_url, settings.mail_from)
        mails = steps.run("mail", partial(send_waiting, engine, send, now))
    if endpoint := endpoint_of(settings):
        steps.run("wording", partial(reword_coming, engine, endpoint.reword, now))
    steps.run("tidying", partial(_tidy, engine, now))
    return Ticked(trials, reviews, released, mails, steps.failed)


def due_trials(engine: Engine, now: datetime) -> list[int]:
    """Return the running trials in which something may be due, without locking any."""
    with Session(engine) as session:
        turns = select(ComingTurn.trial_id).where(ComingTurn.due_at <= now)
        held = select(Outgoing.trial_id).where(Outgoing.due_at <= now)
        at_work = select(TimeEntry.trial_id).where(col(TimeEntry.ended_at).is_(None))
        ignored = select(Ticket.trial_id).where(
            col(Ticket.status).in_(LIVE_STATES),
            or_(
                col(Ticket.channel) == Channel.CHAT,
                and_(
                    col(Ticket.status).in_(WAITING),
                    col(Ticket.waiting_since) < now - PRESSING_AFTER,
                ),
            ),
        )
        query = (
            select(Trial.id)
            .where(
                col(Trial.state).in_(RUNNING),
                or_(*(col(Trial.id).in_(one) for one in (turns, held, at_work, ignored))),
            )
            .order_by(col(Trial.id))
        )
        return [one for one in session.exec(query) if one is not None]


def running_cohorts(engine: Engine) -> list[int]:
    """Return the cohorts whose trials run."""
    with Session(engine) as session:
        query = select(Cohort.id).where(Cohort.state == CohortState.STARTED)
        return [one for one in session.exec(query) if one is not None]


def _catch_up(engine: Engine, now: datetime, trial_id: int) -> int:
    catch_up(engine, trial_id, now)
    return 1


def _act(engine: Engine, now: datetime, trial_id: int) -> int:
    act_on(engine, trial_id, now)
    return 1


def _digest(engine: Engine, base_url: str, now: datetime, person_id: int) -> int:
    return send_digest(engine, person_id, base_url, now)


def _draw(engine: Engine, now: datetime, cohort_id: int) -> int:
    with write_session(engine) as session:
        return draw_week(session, session.get_one(Cohort, cohort_id), now)


def _release(engine: Engine, now: datetime) -> int:
    with write_session(engine) as session:
        return release_due(session, now)


def _measure(engine: Engine, now: datetime, cohort_id: int) -> int:
    with Session(engine, expire_on_commit=False) as session:
        cohort = session.get_one(Cohort, cohort_id)
    refresh_apart(engine, cohort, now)
    return 1


def _tidy(engine: Engine, now: datetime) -> int:
    with write_session(engine) as session:
        forget_old_forms(session, now - KEPT_FORMS)
    keep_demo_time(engine, now)
    return 0
