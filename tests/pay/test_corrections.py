from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.hours import a_block
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.kit.clock import MovableClock
from trialsim.kit.errors import Invalid
from trialsim.trials.corrections import corrections_of, typed_block
from trialsim.trials.models import TimeEntry, Trial
from trialsim.trials.queries import time_entries

SignsIn = Callable[[Person], Visitor]
MORNING = {
    "day": f"{START:%Y-%m-%d}",
    "starts": "09:00",
    "ends": "10:00",
    "kind": "tickets",
    "reason": "Forgot to clock in.",
    "do": "save",
    "idempotency_key": "first",
}


@pytest.fixture
def entry(session: Session, cast: Cast, clock: MovableClock) -> TimeEntry:
    """Cem's block of one hour, two hours after the start, a day ago."""
    trial = a_live_cohort(session, cast).trial
    clock.move(timedelta(days=1))
    return a_block(session, trial, START + timedelta(hours=2), minutes=60)


def path(session: Session, entry: TimeEntry) -> str:
    found = f"/trials/{session.get_one(Trial, entry.trial_id).public_id}/hours"
    session.commit()
    return found


def minutes(session: Session, entry: TimeEntry) -> list[int]:
    trial = session.get_one(Trial, entry.trial_id)
    session.expire_all()
    found = [
        int((one.ended_at - one.started_at).total_seconds() // 60)
        for one in time_entries(session, trial)
        if one.ended_at is not None
    ]
    session.commit()
    return found


def local(instant: datetime) -> str:
    return f"{instant:%H:%M}"


def sent(entry: TimeEntry, **changes: str) -> dict[str, str]:
    began = entry.started_at
    ended = entry.ended_at or began
    return {
        **MORNING,
        "day": f"{began:%Y-%m-%d}",
        "starts": local(began),
        "ends": local(ended),
        "version": str(entry.version),
        **changes,
    }


def test_a_forgotten_hour_is_logged_with_its_reason(
    session: Session, cast: Cast, as_person: SignsIn, entry: TimeEntry
) -> None:
    began = entry.started_at + timedelta(hours=3)
    form = sent(entry, starts=local(began), ends=local(began + timedelta(minutes=45)))

    answer = as_person(cast.cem).post(f"{path(session, entry)}/new", form)

    assert answer.status_code == 303
    assert minutes(session, entry) == [60, 45]


def test_a_corrected_block_keeps_what_it_was(
    session: Session, cast: Cast, as_person: SignsIn, entry: TimeEntry
) -> None:
    visitor = as_person(cast.cem)
    later = local((entry.ended_at or entry.started_at) + timedelta(minutes=30))

    visitor.post(f"{path(session, entry)}/{entry.public_id}", sent(entry, ends=later))

    (kept,) = corrections_of(session, session.get_one(Trial, entry.trial_id))
    assert minutes(session, entry) == [90]
    assert kept.was["ended_at"] < kept.becomes["ended_at"]
    assert kept.reason == "Forgot to clock in."
    assert "Forgot to clock in." in visitor.get(path(session, entry)).text


def test_a_block_taken_out_stays_on_record(
    session: Session, cast: Cast, as_person: SignsIn, entry: TimeEntry
) -> None:
    as_person(cast.cem).post(
        f"{path(session, entry)}/{entry.public_id}", sent(entry, do="remove", reason="Not work.")
    )

    assert minutes(session, entry) == [0]
    assert len(corrections_of(session, session.get_one(Trial, entry.trial_id))) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, "Please write at least 3 characters"),
        ({"starts": "25:00"}, "Please enter a time"),
        ({"day": "2020-01-01"}, "before your trial began"),
        ({"day": "2090-01-01"}, "not passed yet"),
        ({"kind": "sleeping"}, "choose one of the options"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    session: Session,
    cast: Cast,
    as_person: SignsIn,
    entry: TimeEntry,
    changes: dict[str, str],
    words: str,
) -> None:
    form = sent(entry, reason="A long story.") | changes

    answer = as_person(cast.cem).post(f"{path(session, entry)}/{entry.public_id}", form)

    assert answer.status_code == 422
    assert words in answer.text
    assert changes.get("reason") == "" or "A long story." in answer.text
    assert minutes(session, entry) == [60]


def test_blocks_never_overlap(
    session: Session, cast: Cast, as_person: SignsIn, entry: TimeEntry
) -> None:
    answer = as_person(cast.cem).post(f"{path(session, entry)}/new", sent(entry))

    assert answer.status_code == 422
    assert "covers part of this time" in answer.text


def test_two_corrections_at_once_do_not_overwrite_each_other(
    session: Session, cast: Cast, as_person: SignsIn, entry: TimeEntry
) -> None:
    visitor = as_person(cast.cem)
    place = f"{path(session, entry)}/{entry.public_id}"
    later = local((entry.ended_at or entry.started_at) + timedelta(minutes=30))
    form = sent(entry, ends=later)

    visitor.post(place, form)
    second = visitor.post(place, {**form, "idempotency_key": "second"})

    assert second.status_code == 409
    assert minutes(session, entry) == [90]


@pytest.mark.parametrize("name", ["mina", "olu"])
def test_nobody_else_changes_a_block(
    session: Session, cast: Cast, as_person: SignsIn, entry: TimeEntry, name: str
) -> None:
    answer = as_person(getattr(cast, name)).post(
        f"{path(session, entry)}/{entry.public_id}", sent(entry, do="remove")
    )

    assert answer.status_code == 403
    assert minutes(session, entry) == [60]


def test_an_hour_the_clocks_jumped_over_cannot_be_typed() -> None:
    day = datetime(2026, 3, 29, tzinfo=UTC).date()
    at = datetime(2026, 1, 1, 2, 30, tzinfo=UTC).time()
    end = datetime(2026, 1, 1, 4, 0, tzinfo=UTC).time()

    with pytest.raises(Invalid) as refused:
        typed_block(day, at, end, "Europe/Rome")
    assert "clocks went forward" in refused.value.fields["starts"]


def test_a_night_across_the_change_of_clocks_counts_real_hours() -> None:
    ten, six = (
        datetime(2026, 1, 1, 22, tzinfo=UTC).time(),
        datetime(2026, 1, 1, 6, tzinfo=UTC).time(),
    )
    now = datetime(2027, 1, 1, tzinfo=UTC)

    spring = typed_block(datetime(2026, 3, 28, tzinfo=UTC).date(), ten, six, "Europe/Rome")
    autumn = typed_block(datetime(2026, 10, 24, tzinfo=UTC).date(), ten, six, "Europe/Rome")
    assert (spring.minutes(now), autumn.minutes(now)) == (7 * 60, 9 * 60)
