"""Reading the first article: it ticks its step of the first days, once and in training alone."""

from trialsim.db import write_session
from trialsim.training.actions import tick
from trialsim.training.queries import ticked_steps
from trialsim.trials.current import own_trial
from trialsim.trials.rules import TrialState
from trialsim.web.context import now
from trialsim.web.session import engine, session

STEP = "article"


def note_first_article() -> None:
    """Tick the step once, in a transaction of its own: the page itself only reads."""
    trial = own_trial()
    if trial.state is TrialState.TRAINING and STEP not in ticked_steps(session, trial):
        with write_session(engine()) as writing:
            tick(writing, trial, STEP, now())
