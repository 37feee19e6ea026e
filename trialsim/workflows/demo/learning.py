"""Ghosts take the readiness quiz: in training, and once more on the last day."""

from datetime import datetime, timedelta

from sqlmodel import Session

from trialsim.kit import streams
from trialsim.kit.worktime import local_day
from trialsim.scenarios.queries import pack
from trialsim.training.actions import take_quiz
from trialsim.training.queries import quiz_of
from trialsim.training.rules import Which, last_work_day
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState
from trialsim.workflows.demo.working import Worker

_QUIZ = timedelta(minutes=12)
# Chances of a right answer: from care alone at first, then with what was read or lived through.
_AT_FIRST, _WITH_CARE = 0.6, 0.35
_KNOWS_NOW = {Which.AGAIN: 0.95, Which.LAST: 0.97}


def ghost_takes_quiz(session: Session, trial: Trial, worker: Worker, ended: datetime) -> None:
    """Take the quiz before a day's end when it is open: a second time when it was not passed."""
    in_training = trial.state is TrialState.TRAINING
    if not in_training and local_day(ended, trial.zone) < last_work_day(
        trial.ends_on, trial.weekdays
    ):
        return
    for at in (ended - 2 * _QUIZ, ended - _QUIZ):
        which = quiz_of(session, trial, at).which
        if which is None:
            return
        answers = _answers(session, trial, worker, which)
        take_quiz(session, trial, answers, by=worker.person, now=at)


def _answers(
    session: Session, trial: Trial, worker: Worker, which: Which
) -> dict[int, tuple[int, ...]]:
    chance = _KNOWS_NOW.get(which, _AT_FIRST + _WITH_CARE * worker.candidate.ghost.care)
    answers = {}
    for place, question in enumerate(pack(session, trial.pack_hash).quiz):
        wrong = [one for one in range(len(question.choices)) if one not in question.right]
        knows = streams.unit(worker.seed, "quiz", str(which), place) < chance
        answers[place] = question.right if knows or not wrong else (wrong[0],)
    return answers
