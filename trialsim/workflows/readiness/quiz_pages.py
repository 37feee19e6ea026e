"""The quiz as its pages show it: to answer, and afterwards with what was right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.kit.errors import NotFound
from trialsim.scenarios.queries import pack
from trialsim.training.models import QuizAttempt
from trialsim.training.queries import Quiz, questions_for, quiz_of
from trialsim.training.rules import Answers, Asked, is_right
from trialsim.trials.models import Trial
from trialsim.trials.queries import Time, time_of
from trialsim.workflows.readiness.queries import Readiness, readiness_of


@dataclass(frozen=True, slots=True)
class QuizPage:
    """The questions to answer now; none while the quiz is not open."""

    trial: Trial
    time: Time
    readiness: Readiness
    asked: tuple[Asked, ...]
    chosen: Answers

    @property
    def quiz(self) -> Quiz:
        """Return where the quiz stands."""
        return self.readiness.quiz


@dataclass(frozen=True, slots=True)
class Answered:
    """One question as it was answered; `article` is the id and title of where to read on."""

    asked: Asked
    chosen: frozenset[int]
    article: tuple[str, str] | None

    @property
    def is_right(self) -> bool:
        """Whether the answer was right."""
        return is_right(self.asked.question, self.chosen)


@dataclass(frozen=True, slots=True)
class AttemptPage:
    """One attempt, question by question."""

    trial: Trial
    candidate: str
    quiz: Quiz
    attempt: QuizAttempt
    answered: tuple[Answered, ...]
    is_own: bool

    @property
    def right(self) -> int:
        """Return how many answers were right."""
        return sum(one.is_right for one in self.answered)


def quiz_page(
    session: Session, trial: Trial, now: datetime, chosen: Mapping[int, list[int]] | None = None
) -> QuizPage:
    """Return the quiz to answer, with what was chosen so far."""
    readiness = readiness_of(session, trial, now)
    quiz = readiness.quiz
    asked = questions_for(session, trial, len(quiz.attempts) + 1) if quiz.which else ()
    return QuizPage(trial, time_of(session, trial, now), readiness, asked, chosen or {})


def attempt_page(
    session: Session, trial: Trial, number: int, reader: Person, now: datetime
) -> AttemptPage:
    """Return one attempt with what was right.

    Raises:
        NotFound: when it was not made.
    """
    quiz = quiz_of(session, trial, now)
    attempt = next((one for one in quiz.attempts if one.number == number), None)
    if attempt is None:
        raise NotFound
    articles = pack(session, trial.pack_hash).articles
    answered = []
    for one in questions_for(session, trial, number):
        found = articles.get(one.question.article or "")
        answered.append(
            Answered(
                asked=one,
                chosen=frozenset(attempt.answers.get(str(one.place), ())),
                article=(found.id, found.title) if found else None,
            )
        )
    return AttemptPage(
        trial=trial,
        candidate=session.get_one(Person, trial.person_id).name,
        quiz=quiz,
        attempt=attempt,
        answered=tuple(answered),
        is_own=reader.id == trial.person_id,
    )
