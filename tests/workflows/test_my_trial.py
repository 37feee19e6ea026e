from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests.cast import START, Cast
from tests.factories.cohort import a_cohort, a_live_cohort, a_started_cohort, a_training_cohort
from tests.factories.hours import a_block
from tests.factories.inbox import at_work
from tests.factories.room import a_post
from tests.queries import count_queries
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.kit.clock import MovableClock
from trialsim.room.rules import PostKind
from trialsim.workflows.my_trial.month import Calendar, greeting, heading, strip

SignsIn = Callable[[Person], Visitor]
CALENDAR = Calendar(
    starts_on=date(2026, 3, 2),
    length_days=14,
    training_days=3,
    weekdays=frozenset({0, 1, 2, 4}),
    today=date(2026, 3, 9),
    worked_on=frozenset({date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 7)}),
)


def test_strip_marks_training_work_days_off_today_and_the_last_day() -> None:
    found = {day.number: (day.words, day.state) for day in strip(CALENDAR)}

    assert found[1] == ("Training", "done")
    assert found[3] == ("Off", "off")  # announced, and free to be taken off
    assert found[4] == ("Off", "off")
    assert found[6] == ("Worked", "done")  # a Saturday, by choice
    assert found[8] == ("Today", "today")
    assert found[9] == ("", "")
    assert found[14] == ("Last day", "off")


def test_training_days_ahead_are_announced_work_days() -> None:
    before = Calendar(
        CALENDAR.starts_on, 7, 3, frozenset({1, 3, 5, 6}), date(2026, 3, 1), frozenset()
    )

    words = [day.words for day in strip(before)]

    assert words == ["Off", "Training", "Off", "Training", "Off", "Training", "Last day"]


@pytest.mark.parametrize(
    ("hour", "words"), [(6, "Good morning"), (12, "Good afternoon"), (18, "Good evening")]
)
def test_greeting_follows_the_time_of_day(hour: int, words: str) -> None:
    assert greeting(hour) == words


@pytest.mark.parametrize(
    ("days", "words"), [(28, "Your four weeks"), (7, "Your one week"), (10, "Your 10 days")]
)
def test_heading_counts_weeks_in_words(days: int, words: str) -> None:
    assert heading(days) == words


def test_before_the_start_an_invited_candidate_reads_when_it_begins(
    as_person: SignsIn, cast: Cast, session: Session
) -> None:
    a_cohort(session, cast)
    session.commit()

    page = as_person(cast.cem).get("/trial")

    assert page.status_code == 200
    assert "which begins on" in page.text
    assert 'href="/desk"' not in page.text


def test_before_acceptance_my_trial_leads_to_the_terms(
    as_person: SignsIn, cast: Cast, session: Session
) -> None:
    trial = a_started_cohort(session, cast).trial

    answer = as_person(cast.cem).get("/trial")

    assert answer.location == f"/trials/{trial.public_id}/terms"


def test_training_page_lists_first_steps_and_says_that_nothing_is_scored(
    as_person: SignsIn, cast: Cast, session: Session
) -> None:
    a_training_cohort(session, cast)

    page = as_person(cast.cem).get("/trial").text

    assert "Good morning, Cem" in page
    assert "nothing is scored" in page
    assert "1 of 15 done" in page


def test_page_shows_time_pay_and_that_the_outcome_does_not_matter(
    as_person: SignsIn, cast: Cast, session: Session, clock: MovableClock
) -> None:
    trial = a_live_cohort(session, cast).trial
    a_block(session, trial, START, minutes=155)
    clock.move(timedelta(days=8))

    page = " ".join(as_person(cast.cem).get("/trial").text.split())

    for words in (
        "€62.00",
        "€24.00 an hour",
        "of 20 h at most",
        "You are paid whatever the outcome",
    ):
        assert words in page
    assert "day 9 of 28" in page


def test_today_names_new_conversations_answers_and_what_is_due(
    as_person: SignsIn, cast: Cast, session: Session, clock: MovableClock
) -> None:
    started = a_live_cohort(session, cast)
    trial, _, _ = at_work(session, started, START)
    question = a_post(session, trial, cast.cem, START)
    a_post(session, trial, cast.mina, START, kind=PostKind.ANSWER, body="Yes.", question=question)
    clock.move(timedelta(minutes=40))

    page = as_person(cast.cem).get("/trial").text

    assert "new conversation" in page
    assert "1 question answered" in page
    assert "Three lines, when it suits you" in page


def test_what_is_due_happens_at_the_door_of_my_trial(
    as_person: SignsIn, cast: Cast, session: Session, clock: MovableClock
) -> None:
    trial = a_live_cohort(session, cast).trial
    a_block(session, trial, START, minutes=None)
    clock.move(timedelta(minutes=40))

    assert "new conversation" in as_person(cast.cem).get("/trial").text


def test_number_of_queries_does_not_grow_with_the_work(
    as_person: SignsIn, cast: Cast, session: Session, clock: MovableClock
) -> None:
    started = a_live_cohort(session, cast)
    cem = as_person(cast.cem)
    cem.get("/trial")
    with count_queries(session.get_bind().engine) as empty:
        cem.get("/trial")
    at_work(session, started, START)
    for hours in range(5):
        a_post(session, started.trial, cast.cem, START + timedelta(minutes=hours))
    clock.move(timedelta(minutes=40))
    cem.get("/trial")

    with count_queries(session.get_bind().engine) as full:
        cem.get("/trial")

    assert len(full) == len(empty) <= 14


def test_my_trial_is_for_candidates_alone(as_person: SignsIn, cast: Cast, session: Session) -> None:
    a_live_cohort(session, cast)

    for person in (cast.mina, cast.hana, cast.olu, cast.zed):
        assert as_person(person).get("/trial").status_code == 404
