"""Presence, mentions and reflections: plain values."""

from datetime import UTC, datetime, time

import pytest

from trialsim.kit.worktime import WorkingHours
from trialsim.room.mentions import Handle, mentioned, with_names
from trialsim.room.presence import here_first, presence
from trialsim.room.rules import reflection_body, update_lines

MONDAY = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
ADA, ANN, ANNE = Handle(1, "Ada Park"), Handle(2, "Ann Lee"), Handle(3, "Ann Moss")


def hours(zone: str, days: tuple[int, ...] = (0, 1, 2, 3, 4)) -> WorkingHours:
    return WorkingHours(frozenset(days), time(9), time(17), zone)


@pytest.mark.parametrize(
    ("zone", "clock", "words"),
    [
        ("Asia/Seoul", "09:30", "until 17:00"),
        ("Europe/Rome", "01:30", "back today at 09:00"),
        ("America/New_York", "19:30", "back tomorrow at 09:00"),
    ],
)
def test_presence_is_told_by_each_ones_own_clock(zone: str, clock: str, words: str) -> None:
    found = presence("Ada", hours(zone), MONDAY)

    assert (found.clock, found.words, found.is_here) == (clock, words, words.startswith("until"))
    assert zone.partition("/")[2] not in repr(found)  # never a place


def test_who_is_there_comes_first_and_nobody_without_days_is() -> None:
    away = presence("Ann", hours("UTC", ()), MONDAY)
    here = presence("Ada", hours("Asia/Seoul"), MONDAY)

    assert here_first([away, here]) == (here, away)
    assert away.words == "no hours announced"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("Thanks @ada!", (ADA,)),
        ("@Ada Park and @Ann Moss", (ADA, ANNE)),
        ("@Ann, which one?", ()),
        ("mail me@ada or @Adam", ()),
    ],
)
def test_mention_is_a_whole_name_or_a_first_name_of_one(
    body: str, named: tuple[Handle, ...]
) -> None:
    assert mentioned(body, (ADA, ANN, ANNE)) == named


def test_ticked_names_stand_before_the_text_once() -> None:
    assert with_names("Hi @Ada Park", ["Ada Park", "Ann Lee"]) == "@Ann Lee Hi @Ada Park"


def test_reflection_is_three_lines() -> None:
    assert update_lines(reflection_body("Calm\nreplies", "", "Less")) == [
        ("Went well", "Calm replies"),
        ("Was hard", "Nothing"),
        ("Will try", "Less"),
    ]
