"""Half-way letter, check-in, closing statement and rating, from writing to reading."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session, select

from tests.cast import Cast
from tests.factories.cohort import a_live_cohort
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.journal.models import Fact
from trialsim.kit.clock import MovableClock
from trialsim.letters.models import HalfWayLetter
from trialsim.outbox.models import Mail

SignsIn = Callable[[Person], Visitor]
LETTER = {
    "strength_1": "Looks before answering.",
    "strength_2": "Kind under pressure.",
    "strength_3": "Asks early.",
    "gap_1": "Say by when.",
    "gap_2": "Shorter replies.",
    "forecast": "on_track",
    "change": "One week of promised dates that are kept.",
    "confidence": "4",
    "version": "0",
}


def test_a_half_way_letter_is_a_draft_until_it_is_sent_once_for_good(
    session: Session, cast: Cast, clock: MovableClock, as_person: SignsIn
) -> None:
    started = a_live_cohort(session, cast)
    address = f"/trials/{started.trial.public_id}/half-way"
    too_early = as_person(cast.mina).post(address, {**LETTER, "do": "save"})
    clock.move(timedelta(days=14))
    mina, mika, cem = (as_person(one) for one in (cast.mina, cast.mika, cast.cem))

    draft = mina.post(address, {**LETTER, "gap_2": "", "do": "save"})
    unread = [one.get(address).text for one in (mika, cem)]
    lacking = mina.post(address, {**LETTER, "gap_2": "", "do": "send", "version": "1"})
    stale = mina.post(address, {**LETTER, "do": "send", "version": "7"})
    sent = mina.post(address, {**LETTER, "do": "send", "version": "1"})
    again = mika.post(address, {**LETTER, "strength_1": "Other.", "do": "send"})

    assert too_early.status_code == again.status_code == stale.status_code == 409
    assert draft.status_code == sent.status_code == 303
    assert lacking.status_code == 422
    assert not any("Looks before answering" in text for text in unread)
    mail = session.exec(select(Mail).where(Mail.subject.contains("half-way"))).one()  # type: ignore[attr-defined]
    assert mail.recipient == cast.cem.email
    assert "Looks before" not in mail.body
    assert "Looks before answering." in cem.get(address).text
    session.rollback()
    row = session.exec(select(HalfWayLetter)).one()
    assert row.strengths[0] == "Looks before answering."
    assert row.read_at is not None
    assert f"{address}" in cem.get("/trial").text


def test_late_promises_are_named_as_the_organisations_on_all_three_pages(
    session: Session, cast: Cast, clock: MovableClock, as_person: SignsIn
) -> None:
    started = a_live_cohort(session, cast)
    clock.move(timedelta(days=8))
    cem, mina, olu = (as_person(one) for one in (cast.cem, cast.mina, cast.olu))
    cohort = f"/cohorts/{started.cohort.public_id}"
    late = [one.get(path).text for one, path in ((cem, "/trial"), (mina, cohort))]
    owed = olu.get(f"{cohort}/people").text

    mina.post(f"/trials/{started.trial.public_id}/check-ins", {"agreed": "Ask before lunch."})

    assert all("Late" in page and "weekly check-in" in page for page in late)
    assert "not your doing" in late[0]
    assert "broken" in owed
    assert "We are late" not in cem.get("/trial").text
    assert "Ask before lunch." in cem.get(f"/trials/{started.trial.public_id}/check-ins").text


def test_ratings_are_read_by_the_manager_without_names_and_by_no_mentor(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    started = a_live_cohort(session, cast)
    cem = as_person(cast.cem)
    address = f"/trials/{started.trial.public_id}/rating"

    cem.post(address, {"week": "1", "score": "2", "words": "zq-rated"})
    cem.post(address, {"week": "1", "score": "3", "words": "zq-rated"})
    people = as_person(cast.olu).get(f"/cohorts/{started.cohort.public_id}/people").text

    assert "zq-rated" in cem.get(address).text
    assert "1 of 2" in people
    assert "too few" in people
    assert "zq-rated" not in people
    assert as_person(cast.mina).get(address).status_code == 404
    rated = session.exec(select(Fact).where(Fact.kind == "trial_rated")).all()
    assert [one.detail for one in rated] == [{"week": 1}] * 2


def test_a_closing_statement_can_be_changed_until_it_is_sealed(
    session: Session, cast: Cast, clock: MovableClock, as_person: SignsIn
) -> None:
    started = a_live_cohort(session, cast)
    address = f"/trials/{started.trial.public_id}/closing-statement"
    clock.move(timedelta(days=23))
    cem = as_person(cast.cem)

    first = cem.post(address, {"body": "I look first.", "version": "0"})
    changed = cem.post(address, {"body": "I look first, now.", "notes": "", "version": "1"})
    stale = cem.post(address, {"body": "An older tab.", "version": "1"})

    assert (first.status_code, changed.status_code, stale.status_code) == (303, 303, 409)
    assert "An older tab." in stale.text
    assert "I look first, now." in as_person(cast.olu).get(address).text
    assert as_person(cast.mina).get(address).status_code == 404
