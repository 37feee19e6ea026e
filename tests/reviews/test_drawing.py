from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from tests.cast import START, Cast
from tests.factories.cohort import Started, a_live_cohort
from tests.factories.reviews import (
    WORKED_UNTIL,
    a_review,
    a_worked_cohort,
    solve,
    tickets_of,
    work,
)
from tests.queries import count_queries
from trialsim.inbox.actions.opening import open_ticket
from trialsim.inbox.models import Case, Status
from trialsim.journal.models import Fact
from trialsim.kit.errors import Conflict
from trialsim.programmes.actions import end_membership
from trialsim.programmes.models import Membership
from trialsim.reviews.actions import draw_week, pick
from trialsim.reviews.models import Draw, DrawKind, Review, ReviewState
from trialsim.trials.actions import close
from trialsim.trials.models import ScheduledTicket, Trial

LATER = WORKED_UNTIL + timedelta(minutes=5)


def reviews(session: Session, kind: DrawKind = DrawKind.DRAWN) -> list[Review]:
    return list(session.exec(select(Review).where(Review.kind == kind).order_by(col(Review.id))))


def draws(session: Session, week: int = 1) -> list[Draw]:
    return list(session.exec(select(Draw).where(Draw.week == week).order_by(col(Draw.id))))


def test_sample_is_fixed_before_the_work_is_done(session: Session, cast: Cast) -> None:
    started = a_live_cohort(session, cast, contacts_per_hour=2.4, reviews_a_week=6)
    work(session, started.trial, 1)

    draw_week(session, started.cohort, LATER)

    places = draws(session)
    assert Counter(one.trial_id for one in places) == {trial.id: 6 for trial in started.trials}
    assert sum(one.filled_at is None for one in places) >= 9


def test_sample_comes_evenly_from_the_thirds(session: Session, cast: Cast) -> None:
    started = a_worked_cohort(session, cast, contacts_per_hour=2.4, reviews_a_week=6, tickets=1)

    draw_week(session, started.cohort, LATER)

    thirds = Counter((one.trial_id, one.third) for one in draws(session))
    assert set(thirds.values()) == {2}


def test_reviews_are_added_as_the_drawn_work_gets_done(session: Session, cast: Cast) -> None:
    started = a_worked_cohort(session, cast, contacts_per_hour=2.4, reviews_a_week=6, tickets=3)
    draw_week(session, started.cohort, LATER)
    early = len(reviews(session))

    for trial in started.trials:
        _finish_week(session, trial)
    draw_week(session, started.cohort, LATER)

    filled = {one.ticket_id for one in reviews(session)}
    assert early < len(reviews(session))
    assert len(filled) == 12


def test_second_call_changes_nothing(session: Session, cast: Cast) -> None:
    started = _whole_week(session, cast)

    first = draw_week(session, started.cohort, LATER)
    before = [one.public_id for one in reviews(session)]
    again = draw_week(session, started.cohort, LATER)

    assert first >= 12
    assert again == 0
    assert [one.public_id for one in reviews(session)] == before


def test_only_what_was_drawn_is_reviewed(session: Session, cast: Cast) -> None:
    started = _whole_week(session, cast)
    draw_week(session, started.cohort, LATER)

    wanted = {(one.trial_id, one.key) for one in draws(session)}
    rows = session.exec(select(Review, Case).join(Case, col(Case.ticket_id) == Review.ticket_id))
    found = {(review.trial_id, case.form["key"]) for review, case in rows}

    assert found == wanted


def test_share_of_a_draw_is_scored_twice_and_by_others(session: Session, cast: Cast) -> None:
    started = _whole_week(session, cast)
    draw_week(session, started.cohort, LATER)

    own = {trial.id: trial.mentor_id for trial in started.trials}
    all_of_it = reviews(session)
    by_others = [one for one in all_of_it if one.reviewer_id != own[one.trial_id]]
    twice = [count for count in Counter(one.ticket_id for one in all_of_it).values() if count == 2]

    assert len(twice) == 2
    assert len(by_others) * 2 >= len(all_of_it)
    assert sum(one.is_second for one in all_of_it) == 2


def test_practice_is_never_drawn(session: Session, cast: Cast) -> None:
    started = _whole_week(session, cast)
    draw_week(session, started.cohort, LATER)

    practice = session.exec(
        select(ScheduledTicket.number).where(col(ScheduledTicket.practice).is_(True))
    ).all()
    drawn = {int(one.key[1:]) for one in draws(session)}

    assert practice
    assert not drawn & set(practice)


def test_unsolved_answer_is_drawn_after_a_day_of_rest(session: Session, cast: Cast) -> None:
    started = _whole_week(session, cast)
    for ticket in tickets_of(session, started.trial):
        ticket.status, ticket.solved_at = Status.PENDING, None
    session.flush()

    draw_week(session, started.cohort, LATER)
    at_once = [one for one in reviews(session) if one.trial_id == started.trial.id]
    draw_week(session, started.cohort, LATER + timedelta(hours=24))
    rested = [one for one in reviews(session) if one.trial_id == started.trial.id]

    assert at_once == []
    assert len({one.ticket_id for one in rested}) == 6


def test_place_moves_on_when_its_ticket_never_got_an_answer(session: Session, cast: Cast) -> None:
    started = _whole_week(session, cast)
    lost = _draw_with_one_silent(session, started)
    _begin_week_two(session, started.trial)

    draw_week(session, started.cohort, LATER + timedelta(hours=49))

    now_drawn = {one.key for one in draws(session) if one.trial_id == started.trial.id}
    assert len(now_drawn) == 6
    assert lost not in now_drawn
    facts = session.exec(select(Fact).where(Fact.kind == "draw_replaced")).all()
    assert [fact.subject for fact in facts] == [started.trial.public_id]


def test_place_stays_while_its_week_still_runs(session: Session, cast: Cast) -> None:
    started = _whole_week(session, cast)
    waiting = _draw_with_one_silent(session, started)

    draw_week(session, started.cohort, LATER + timedelta(hours=49))

    assert waiting in {one.key for one in draws(session) if one.trial_id == started.trial.id}


def test_ended_trial_is_drawn_from_what_there_is(session: Session, cast: Cast) -> None:
    started = a_worked_cohort(session, cast, contacts_per_hour=2.4, reviews_a_week=6, tickets=8)
    draw_week(session, started.cohort, START)
    close(session, started.trial, by=None, now=LATER)

    draw_week(session, started.cohort, LATER)

    own = [one for one in draws(session) if one.trial_id == started.trial.id]
    assert all(one.filled_at is not None for one in own)


def test_mentor_who_has_left_is_replaced(session: Session, cast: Cast) -> None:
    started = a_live_cohort(
        session, cast, contacts_per_hour=2.4, reviews_a_week=6, mentors=("mina", "mika", "olu")
    )
    work(session, started.trial, 1)
    draw_week(session, started.cohort, LATER)
    held = session.exec(select(Membership).where(Membership.person_id == cast.mika.id)).one()
    end_membership(session, held, by=cast.olu, now=LATER)
    for trial in started.trials:
        _finish_week(session, trial)

    draw_week(session, started.cohort, LATER)

    after = [one for one in reviews(session) if one.drawn_at == LATER]
    assert after
    assert cast.mika.id not in {one.reviewer_id for one in after[-8:]}


def test_plan_of_a_week_is_told_in_the_journal(session: Session, cast: Cast) -> None:
    started = _whole_week(session, cast)

    draw_week(session, started.cohort, LATER)

    fact = session.exec(select(Fact).where(Fact.kind == "reviews_planned")).one()
    assert fact.subject == started.cohort.public_id
    assert "12 conversations of 2 candidates" in fact.detail["explanation"]
    assert fact.detail["shortfalls"] == []


def test_nothing_is_drawn_before_anything_is_scored(session: Session, cast: Cast) -> None:
    started = a_live_cohort(session, cast)

    assert draw_week(session, started.cohort, START) == 0
    assert draws(session) == []


def test_trouble_is_drawn_by_rule_four_times_a_week_at_most(session: Session, cast: Cast) -> None:
    started = _whole_week(session, cast, reviews_a_week=0)
    for ticket in tickets_of(session, started.trial)[:6]:
        ticket.reopened_count = 1
    session.flush()

    draw_week(session, started.cohort, LATER)
    draw_week(session, started.cohort, LATER)

    found = reviews(session, DrawKind.RULE)
    assert len(found) == 4
    assert {one.reviewer_id for one in found} == {started.trial.mentor_id}
    assert {one.reason for one in found} == {"The customer came back after it was solved."}


def test_what_chance_has_drawn_is_left_to_chance(session: Session, cast: Cast) -> None:
    started = _whole_week(session, cast)
    for ticket in tickets_of(session, started.trial):
        ticket.rating = 1
    session.flush()

    draw_week(session, started.cohort, LATER)

    drawn = {one.ticket_id for one in reviews(session)}
    by_rule = {one.ticket_id for one in reviews(session, DrawKind.RULE)}
    assert 0 < len(by_rule) <= 4
    assert not drawn & by_rule


def test_picked_review_is_for_feedback_and_made_once(session: Session, cast: Cast) -> None:
    started = a_worked_cohort(session, cast, tickets=2)
    ticket = tickets_of(session, started.trial)[0]

    first = pick(session, started.trial, ticket, reason="Praise.", by=cast.mina, now=LATER)
    again = pick(session, started.trial, ticket, reason="Twice.", by=cast.mina, now=LATER)

    assert first.kind is DrawKind.PICKED
    assert again.id == first.id
    assert first.reason == "Praise."


def test_practice_and_silence_cannot_be_picked(session: Session, cast: Cast) -> None:
    started = a_worked_cohort(session, cast, tickets=2)
    ticket, other = tickets_of(session, started.trial)[:2]
    ticket.practice, other.answered_at = True, None

    for one in (ticket, other):
        with pytest.raises(Conflict):
            pick(session, started.trial, one, reason="", by=cast.mina, now=LATER)


def test_reviewer_who_picked_it_is_not_drawn_for_it(session: Session, cast: Cast) -> None:
    started = _whole_week(session, cast, mentors=("mina", "mika", "olu"))
    for ticket in tickets_of(session, started.trial):
        pick(session, started.trial, ticket, reason="", by=cast.mina, now=LATER)

    draw_week(session, started.cohort, LATER)

    drawn = [one for one in reviews(session) if one.trial_id == started.trial.id]
    assert drawn
    assert cast.mina.id not in {one.reviewer_id for one in drawn}


def test_idle_call_costs_few_queries(session: Session, cast: Cast, engine: Engine) -> None:
    started = _whole_week(session, cast)
    draw_week(session, started.cohort, LATER)
    session.commit()

    with count_queries(engine) as sent:
        draw_week(session, started.cohort, LATER)

    assert len(sent) <= 9


def test_skipped_review_is_no_second_draw(session: Session, cast: Cast) -> None:
    started = a_worked_cohort(session, cast, tickets=2)
    ticket = tickets_of(session, started.trial)[0]
    skipped = a_review(session, started.trial, ticket, cast.mina, state=ReviewState.SKIPPED)

    assert pick(session, started.trial, ticket, reason="", by=cast.mina, now=LATER).id == skipped.id


def _whole_week(
    session: Session, cast: Cast, *, reviews_a_week: int = 6, **options: tuple[str, ...]
) -> Started:
    """Both candidates have solved everything that their first week holds."""
    started = a_live_cohort(
        session, cast, contacts_per_hour=2.4, reviews_a_week=reviews_a_week, **options
    )
    for trial in started.trials:
        work(session, trial, 1)
        _finish_week(session, trial)
    return started


def _finish_week(session: Session, trial: Trial) -> None:
    """Let the first week's tickets come and be solved, and none of the second."""
    planned = session.exec(
        select(ScheduledTicket).where(
            ScheduledTicket.trial_id == trial.id,
            col(ScheduledTicket.practice).is_(False),
            col(ScheduledTicket.released_at).is_(None),
        )
    ).all()
    for row in planned:
        if row.planned["week"] == 1:
            solve(session, trial, open_ticket(session, trial, row, WORKED_UNTIL))


def _draw_with_one_silent(session: Session, started: Started) -> str:
    """Plan the week before any answer, then give all but one drawn; return that one's key."""
    everything = [one for trial in started.trials for one in tickets_of(session, trial)]
    for ticket in everything:
        ticket.answered_at = None
    session.flush()
    draw_week(session, started.cohort, START)
    lost = next(one for one in draws(session) if one.trial_id == started.trial.id)
    cases = session.exec(select(Case).where(Case.trial_id == started.trial.id))
    silent = next(one.ticket_id for one in cases if one.form["key"] == lost.key)
    for ticket in everything:
        ticket.answered_at = None if ticket.id == silent else WORKED_UNTIL
    session.flush()
    return lost.key


def _begin_week_two(session: Session, trial: Trial) -> None:
    planned = session.exec(
        select(ScheduledTicket).where(
            ScheduledTicket.trial_id == trial.id, col(ScheduledTicket.released_at).is_(None)
        )
    )
    row = next(one for one in planned if one.planned["week"] == 2 and not one.practice)
    open_ticket(session, trial, row, WORKED_UNTIL)
    session.flush()
