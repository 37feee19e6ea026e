"""Who waits for a mentor to decide: the check is whole or training is over, the queue is shut."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState
from trialsim.workflows.readiness.queries import Readiness, readiness_of_all


@dataclass(frozen=True, slots=True)
class Waiting:
    """A candidate whose training comes to its end; `readiness` says what is there."""

    trial: Trial
    candidate: str
    readiness: Readiness

    @property
    def note(self) -> str:
        """Return what there is to decide on."""
        missing = self.readiness.check.missing
        if not missing:
            return "The readiness check is done: open the queue, or give one more day"
        return f"The training days are over. Missing: {'; '.join(missing)}"

    @property
    def since(self) -> datetime | None:
        """Return when the last part of the check was done, if anything was."""
        done = [one.at for one in self.readiness.quiz.attempts]
        solved = [one.ticket.solved_at for one in self.readiness.practice if one.is_unaided]
        return max([*done, *(at for at in solved if at is not None)], default=None)


def waiting_for(
    session: Session, trials: Sequence[tuple[Trial, str]], now: datetime
) -> tuple[Waiting, ...]:
    """Return whose training waits for a decision, of trials with their candidates' names.

    Four queries, however many candidates there are; none without anybody in training.
    """
    training = [(one, name) for one, name in trials if one.state is TrialState.TRAINING]
    if not training:
        return ()
    found = readiness_of_all(session, [trial for trial, _ in training], now)
    return tuple(
        Waiting(trial, name, readiness)
        for (trial, name), readiness in zip(training, found, strict=True)
        if readiness.check.may_open
    )
