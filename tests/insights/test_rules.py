"""Paid time, waiting, falling, and what needs somebody today: plain values in and out."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from trialsim.insights.rules.attention import OnTrial, Owed, Place, entries, silent_days
from trialsim.insights.rules.change import fell
from trialsim.insights.rules.waiting import Said, waiting_span
from trialsim.insights.rules.worked import PaidTime
from trialsim.insights.words import day_words, hours_words, local_time, paid_words
from trialsim.kit.worktime import WorkingHours
from trialsim.measurement.types import Estimate, Unit
from trialsim.trials.rules import Block, TrialState

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOURS = WorkingHours(frozenset(range(5)), time(9), time(13), "UTC")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PAID = PaidTime(
    [Block(MONDAY, MONDAY + 4 * HOUR), Block(MONDAY + DAY, MONDAY + DAY + 2 * HOUR)], MONDAY + DAY
)


def test_paid_time_stands_still_between_blocks() -> None:
    assert PAID.until(MONDAY - HOUR) == 0
    assert PAID.until(MONDAY + HOUR) == 60
    assert PAID.between(MONDAY + 3 * HOUR, MONDAY + DAY + HOUR) == 120
    assert PAID.minutes == 360


def test_customer_waits_in_paid_time_and_never_for_themselves() -> None:
    said = [
        Said(MONDAY + HOUR, is_reply=True),
        Said(MONDAY + DAY + HOUR, is_reply=False),
        Said(MONDAY + DAY + 2 * HOUR, is_reply=True),
    ]

    span = waiting_span(said, PAID, opened_at=MONDAY, solved_at=said[-1].at, until=MONDAY + 9 * DAY)

    assert (span.minutes, span.is_closed) == (120, True)


def test_open_conversation_waits_until_now() -> None:
    span = waiting_span([], PAID, opened_at=MONDAY, solved_at=None, until=MONDAY + 3 * HOUR)

    assert (span.minutes, span.is_closed) == (180, False)


def test_message_after_the_solution_reopens_nothing() -> None:
    said = [
        Said(MONDAY + HOUR, is_reply=True),
        Said(MONDAY + 2 * HOUR, is_reply=False),  # thanks
    ]

    span = waiting_span(said, PAID, opened_at=MONDAY, solved_at=said[0].at, until=MONDAY + DAY)

    assert span.minutes == 60


@pytest.mark.parametrize(
    ("weeks", "found"),
    [
        ({1: 80, 2: 60}, [80, 60]),
        ({1: 80, 2: 78}, None),
        ({1: 60, 2: 80}, None),
        ({1: 80}, None),
        ({1: 60, 2: 80, 3: 62}, [80, 62]),
    ],
)
def test_fall_is_told_only_where_ranges_part(
    weeks: dict[int, float], found: list[float] | None
) -> None:
    estimates = {week: _scored(value) for week, value in weeks.items()}

    assert fell(estimates) == found


def test_question_comes_first_and_names_its_wait() -> None:
    somebody = _person(questions=2, asked_at=MONDAY, logged_minutes=1200)

    first, last = entries([somebody], None, [], MONDAY + 2 * HOUR)

    assert first.title == "Ada asked two questions"
    assert "2 h of their working hours" in first.words
    assert (first.place, first.public_id) == (Place.ROOM, "tr_ada")
    assert last.title == "Ada has logged 20 h of 20 h"


def test_owed_feedback_names_nobody() -> None:
    found = entries([_person()], Owed(3, MONDAY), [], MONDAY + HOUR)

    assert [entry.title for entry in found] == ["Feedback is owed for three conversations"]
    assert found[0].name == found[0].public_id == ""


def test_fallen_quality_is_a_question() -> None:
    somebody = _person()

    (entry,) = entries([somebody], None, [(somebody, (82.0, 70.0))], MONDAY + HOUR)

    assert entry.title.endswith("what was different this week?")
    assert "70 after 82" in entry.words


def test_customer_waiting_two_short_days_asks_for_a_look() -> None:
    somebody = _person(waiting_since=MONDAY)

    early = entries([somebody], None, [], MONDAY + DAY)
    late = entries([somebody], None, [], MONDAY + DAY + 4 * HOUR)

    assert early == ()
    assert "waiting for somebody?" in late[0].title


def test_silence_counts_own_working_days_alone() -> None:
    friday = MONDAY + 4 * DAY
    somebody = _person(wrote_at=friday)

    assert silent_days(somebody, friday + 3 * DAY) == 0
    assert silent_days(somebody, friday + 5 * DAY) == 2
    assert entries([somebody], None, [], friday + 5 * DAY)[0].title == (
        "Ada has not written for two working days"
    )


def test_closed_trials_need_nothing() -> None:
    somebody = _person(state=TrialState.CLOSED, questions=1, asked_at=MONDAY, logged_minutes=1200)

    assert entries([somebody], None, [], MONDAY + 9 * DAY) == ()


def test_unaccepted_terms_are_told_from_the_first_day() -> None:
    somebody = _person(state=TrialState.INVITED)

    assert entries([somebody], None, [], MONDAY - DAY) == ()
    assert [one.title for one in entries([somebody], None, [], MONDAY)] == [
        "Ada has not accepted the terms yet"
    ]


def test_words_of_time() -> None:
    assert paid_words(56 * 60) == "56 h"
    assert paid_words(475) == "7 h 55"
    assert hours_words(HOURS) == "09:00 to 13:00, Monday to Friday"
    assert local_time(HOURS, MONDAY + 5 * HOUR) == "UTC 14:00, off"
    assert [day_words(day, 28) for day in (0, 18, 29)] == [
        "Not begun yet",
        "Day 18 of 28",
        "The 28 days are over",
    ]


def _scored(value: float) -> Estimate:
    return Estimate(value, value - 6, value + 6, 10, Unit.POINTS, "mean")


def _person(
    *,
    state: TrialState = TrialState.LIVE,
    questions: int = 0,
    asked_at: datetime | None = None,
    wrote_at: datetime | None = MONDAY,
    waiting_since: datetime | None = None,
    logged_minutes: int = 0,
) -> OnTrial:
    return OnTrial(
        trial_id=1,
        public_id="tr_ada",
        name="Ada",
        state=state,
        starts_on=date(2026, 3, 2),
        hours=HOURS,
        cap_minutes=1200,
        logged_minutes=logged_minutes,
        questions=questions,
        asked_at=asked_at,
        wrote_at=wrote_at,
        waiting_since=waiting_since,
    )
