"""Opening the live queue on the readiness check."""

from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.kit.errors import Conflict, Invalid
from trialsim.trials import actions
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState
from trialsim.workflows.readiness.queries import readiness_of


def open_queue(
    session: Session,
    trial: Trial,
    *,
    by: Person,
    now: datetime,
    reason: str,
    all_the_same: bool = False,
) -> None:
    """Open the live queue when the check is whole, or knowingly once training is over.

    Raises:
        Conflict: while something is missing and training goes on, or when the queue is open.
        Invalid: when something is missing and that was not said to be all right.
    """
    if trial.state is TrialState.TRAINING:
        check = readiness_of(session, trial, now).check
        if not check.may_open:
            raise Conflict(f"Still missing: {'; '.join(check.missing)}.")
        if check.missing and not all_the_same:
            raise Invalid(fields={"all_the_same": "Please tick this to open the queue as it is."})
    actions.open_live(session, trial, by=by, now=now, reason=reason)
