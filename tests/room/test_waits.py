from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.room import a_post
from trialsim.room.queries import answer_minutes, open_questions, waits
from trialsim.room.rules import PostKind
from trialsim.trials.models import Trial

NINE = START + timedelta(hours=1)  # Cem works from nine to one, Monday to Friday
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def trial(session: Session, cast: Cast) -> Trial:
    return a_live_cohort(session, cast).trial


def test_any_next_post_of_the_candidate_answers_a_mentors_message(
    session: Session, cast: Cast, trial: Trial
) -> None:
    a_post(session, trial, cast.mina, NINE + 3 * HOUR, kind=PostKind.MESSAGE)
    a_post(session, trial, cast.mika, NINE + 3.5 * HOUR, kind=PostKind.MESSAGE)
    a_post(session, trial, cast.cem, NINE + DAY + HOUR, kind=PostKind.UPDATE)
    a_post(session, trial, cast.cem, NINE + DAY + 2 * HOUR, kind=PostKind.MESSAGE)

    found = answer_minutes(session, trial)

    assert [wait.minutes for wait in found] == [120, 90]


def test_message_without_an_answer_is_open_and_enters_no_answer_time(
    session: Session, cast: Cast, trial: Trial
) -> None:
    a_post(session, trial, cast.mina, NINE, kind=PostKind.MESSAGE)

    both = waits(session, [trial], NINE + HOUR)[trial.id or 0]

    assert answer_minutes(session, trial) == []
    assert [(wait.is_open, wait.minutes) for wait in both.answers] == [(True, 60)]


def test_question_waits_for_its_first_answer(session: Session, cast: Cast, trial: Trial) -> None:
    question = a_post(session, trial, cast.cem, NINE)
    a_post(session, trial, cast.mina, NINE + HOUR, kind=PostKind.MESSAGE)
    for hours, mentor in ((2, cast.mika), (3, cast.mina)):
        a_post(
            session,
            trial,
            mentor,
            NINE + hours * HOUR,
            kind=PostKind.ANSWER,
            question=question,
        )

    (wait,) = waits(session, [trial], NINE + DAY)[trial.id or 0].questions

    assert (wait.minutes, wait.answered_by, wait.is_overdue) == (120, cast.mika.id, False)


def test_question_older_than_a_working_day_is_feedback_debt(
    session: Session, cast: Cast, trial: Trial
) -> None:
    a_post(session, trial, cast.cem, NINE)

    (wait,) = waits(session, [trial], NINE + DAY + HOUR)[trial.id or 0].questions

    assert (wait.minutes, wait.is_open, wait.is_overdue) == (300, True, True)


def test_waiting_ends_with_the_trial(session: Session, cast: Cast, trial: Trial) -> None:
    a_post(session, trial, cast.cem, NINE)
    trial.closed_at = NINE + HOUR

    (wait,) = waits(session, [trial], NINE + 10 * DAY)[trial.id or 0].questions

    assert wait.minutes == 60


def test_open_questions_come_from_own_cohorts_the_longest_wait_first(
    session: Session, cast: Cast
) -> None:
    started = a_live_cohort(session, cast)
    a_post(session, started.trials[1], cast.noor, NINE + HOUR, body="Later")
    a_post(session, started.trials[0], cast.cem, NINE, body="First")
    answered = a_post(session, started.trials[0], cast.cem, NINE, body="Answered")
    a_post(
        session,
        started.trials[0],
        cast.mina,
        NINE + HOUR,
        kind=PostKind.ANSWER,
        question=answered,
    )

    found = open_questions(session, cast.mika, NINE + 2 * HOUR)

    assert [(one.candidate, one.post.body) for one in found] == [
        ("Cem", "First"),
        ("Noor", "Later"),
    ]
    assert open_questions(session, cast.hana, NINE + 2 * HOUR) == []
