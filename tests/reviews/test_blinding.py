from datetime import UTC, datetime, timedelta

import pytest

from trialsim.reviews.rules.blinding import (
    is_releasable,
    may_candidate_read,
    scrub,
    sight,
)
from trialsim.reviews.rules.due import due_at, is_reviewable
from trialsim.reviews.rules.notice import Work, notice

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
DAY = timedelta(hours=24)


def test_nothing_of_others_is_seen_before_the_own_score() -> None:
    before = sight(is_submitted=False, is_skipped=False)
    after = sight(is_submitted=True, is_skipped=False)
    skipped = sight(is_submitted=False, is_skipped=True)

    assert (before.scores_of_others, before.trace, before.form) == (False, False, True)
    assert (after.scores_of_others, after.trace, after.form) == (True, True, False)
    assert (skipped.scores_of_others, skipped.trace, skipped.form) == (False, False, False)


def test_candidate_reads_from_the_release_on() -> None:
    assert not may_candidate_read(released_at=None, now=MONDAY)
    assert not may_candidate_read(released_at=MONDAY + DAY, now=MONDAY)
    assert may_candidate_read(released_at=MONDAY, now=MONDAY)


def test_single_score_is_released_at_once_and_a_double_one_waits_a_day() -> None:
    due = MONDAY + DAY

    assert is_releasable(waits_for_another=False, due_at=due, now=MONDAY)
    assert not is_releasable(waits_for_another=True, due_at=due, now=MONDAY)
    assert is_releasable(waits_for_another=True, due_at=due, now=due)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Best, Cem", "Best, K7"),
        ("best,\ncem yilmaz", "best,\nK7"),
        ("CEM here again", "K7 here again"),
        ("Write to cem@example.org please", "Write to K7 please"),
        ("cement and December stay", "cement and December stay"),
        ("Yilmazoglu is not Yilmaz", "Yilmazoglu is not K7"),
    ],
)
def test_name_and_address_become_the_code(text: str, shown: str) -> None:
    assert scrub(text, "Cem Yilmaz", "cem@example.org", "K7") == shown


def test_name_that_is_a_word_counts_with_a_capital_only() -> None:
    text = scrub("I will ask. Regards, Will", "Will Noor", "", "K2")

    assert text == "I will ask. Regards, K2"


def test_signs_of_a_pattern_in_a_name_are_harmless() -> None:
    assert scrub("From (Bo. to Bo.", "(Bo. X", "", "K1") == "From K1 to Bo."


def test_review_is_owed_after_a_day_of_weekdays() -> None:
    assert due_at(MONDAY, "UTC") == MONDAY + DAY
    assert due_at(FRIDAY, "UTC") == FRIDAY + 3 * DAY
    assert due_at(FRIDAY + DAY, "UTC") == datetime(2026, 3, 10, 0, 0, tzinfo=UTC)


def test_weekend_is_that_of_the_reviewers_own_zone() -> None:
    late_friday = datetime(2026, 3, 6, 22, 0, tzinfo=UTC)

    assert due_at(late_friday, "Asia/Tokyo") == datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
    assert due_at(late_friday, "UTC") == late_friday + 3 * DAY


def test_conversation_can_be_read_once_it_is_over_or_at_rest() -> None:
    def reviewable(answered: datetime | None, *, over: bool = False, ended: bool = False) -> bool:
        return is_reviewable(answered_at=answered, is_over=over, trial_is_over=ended, now=MONDAY)

    assert not reviewable(None, over=True, ended=True)
    assert not reviewable(MONDAY - timedelta(hours=23))
    assert reviewable(MONDAY - DAY)
    assert reviewable(MONDAY, over=True)
    assert reviewable(MONDAY, ended=True)


def test_rule_notices_trouble_and_leaves_the_rest_alone() -> None:
    def seen(
        reopened: int = 0, rating: int | None = 4, minutes: float = 9, *, bad: bool = False
    ) -> str:
        return notice(Work(reopened, rating, minutes, par_minutes=9, is_critical=bad))

    assert seen() == ""
    assert seen(rating=None) == ""
    assert "came back" in seen(reopened=1)
    assert "not happy" in seen(rating=2)
    assert "longer than most" in seen(minutes=19)
    assert "harm" in seen(bad=True, reopened=1)
