"""Two conversations of one customer put together: right, wrong, and taken back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.inbox import at_work, coming, hidden, late_comer, next_up, tickets
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.actions.merging import merge, undo_merge
from trialsim.inbox.actions.release import happen
from trialsim.inbox.actions.replies import send_reply, set_status
from trialsim.inbox.models import Case, Status, Ticket
from trialsim.kit.errors import Conflict
from trialsim.trials.actions import clock_in, clock_out
from trialsim.trials.models import Trial
from trialsim.trials.rules import WorkKind

SignsIn = Callable[[Person], Visitor]
NOW = START + timedelta(minutes=31)
CHECKOUT = {"scenario": "checkout-plugin-conflict", "channel": "email"}
SLOW = {"scenario": "slow-images", "channel": "email"}
ASK = "Hello, has anything been added or changed on the site lately?"


def writes(session: Session, trial: Trial, *changes: dict[str, Any]) -> list[int]:
    """Let one customer write the next tickets."""
    place = late_comer(session, trial)
    return next_up(session, trial, *({**one, "customer": place} for one in changes))


class Pair:
    """Two tickets of one customer at work: about the same trouble, or about two."""

    def __init__(self, session: Session, cast: Cast, *, same: bool) -> None:
        started = a_live_cohort(session, cast)
        self.session = session
        self.started = started
        trial = session.get_one(Trial, started.trial.id)
        (first,) = writes(session, trial, CHECKOUT)
        second: dict[str, Any] = {**CHECKOUT, "twin_of": first, "flags": ["duplicate"]}
        writes(session, trial, CHECKOUT, second if same else SLOW)
        self.trial, self.person, opened = at_work(session, started, START)
        self.older, self.newer = opened[0], opened[1]

    def merge(self, now: datetime = NOW) -> None:
        merge(self.session, self.trial, self.newer, self.older, by=self.person, now=now)

    def undo(self, now: datetime) -> None:
        undo_merge(self.session, self.trial, self.newer, by=self.person, now=now)

    def answer(self, ticket: Ticket, text: str = ASK, now: datetime = NOW) -> None:
        send_reply(
            self.session,
            self.trial,
            ticket,
            by=self.person,
            body=text,
            status=Status.PENDING,
            now=now,
        )

    def solve(self, ticket: Ticket, now: datetime = NOW) -> None:
        set_status(self.session, self.trial, ticket, status=Status.SOLVED, now=now)

    def case(self, ticket: Ticket) -> Case:
        return self.session.get_one(Case, ticket.id)

    def texts(self, ticket: Ticket) -> str:
        return " ".join(part["text"] for part in self.case(ticket).trace["parts"])


@pytest.fixture
def twins(session: Session, cast: Cast) -> Pair:
    return Pair(session, cast, same=True)


@pytest.fixture
def strangers(session: Session, cast: Cast) -> Pair:
    return Pair(session, cast, same=False)


def test_a_twin_is_about_the_same_trouble_with_the_same_names(twins: Pair) -> None:
    first, second = twins.case(twins.older), twins.case(twins.newer)

    assert second.twin_of == twins.older.id
    assert second.form["slots"] == first.form["slots"]
    assert second.state["names"] == first.state["names"]


def test_a_twin_leaves_the_customers_records_as_they_are(session: Session, cast: Cast) -> None:
    pair = Pair(session, cast, same=True)
    work = hidden(session, pair.trial, pair.newer)
    own = {one.id: one for one in work.records}

    assert own[work.state.names["site"]].fields["checkout"] == "broken"


def test_merging_a_twin_is_worth_all_of_it(twins: Pair) -> None:
    twins.merge()

    assert twins.newer.status is Status.CLOSED
    assert twins.case(twins.newer).outcome == 100
    assert f"merged into #{twins.older.number}" in twins.texts(twins.newer)
    assert twins.case(twins.older).finished_at is None


def test_answering_both_is_worth_half_and_the_trace_says_so(twins: Pair) -> None:
    twins.answer(twins.older)
    twins.answer(twins.newer)
    twins.solve(twins.older)
    twins.solve(twins.newer)
    parts = twins.case(twins.newer).trace["parts"]

    assert parts[-1]["name"] == "answered_twice"
    assert f"#{twins.older.number} is about the same trouble" in parts[-1]["text"]
    whole = sum(part["amount"] for part in parts[:-1])
    assert twins.case(twins.newer).outcome == pytest.approx(whole / 2, abs=0.1)
    assert twins.case(twins.older).trace["parts"][-1]["name"] != "answered_twice"


def test_a_twin_answered_first_is_halved_once_the_other_is_answered_too(twins: Pair) -> None:
    twins.answer(twins.newer, f"{ASK} If not, try the others one by one.")
    twins.solve(twins.newer)
    alone = twins.case(twins.newer).outcome
    twins.answer(twins.older)
    twins.solve(twins.older)

    assert alone
    assert twins.case(twins.newer).outcome == pytest.approx(alone / 2, abs=0.01)


def test_what_was_told_in_a_twin_is_known_where_it_went(twins: Pair) -> None:
    twins.answer(twins.newer)
    (turn,) = coming(twins.session, twins.newer)
    twins.merge(NOW + timedelta(seconds=1))
    happen(twins.session, twins.trial, turn.due_at)

    assert hidden(twins.session, twins.trial, twins.older).state.told
    assert twins.older.status is Status.OPEN
    assert twins.newer.status is Status.CLOSED


def test_a_twin_of_a_solved_ticket_is_a_new_ticket(session: Session, cast: Cast) -> None:
    started = a_live_cohort(session, cast)
    trial = session.get_one(Trial, started.trial.id)
    (first,) = writes(session, trial, CHECKOUT)
    trial, _, opened = at_work(session, started, START)
    work = hidden(session, trial, opened[0])
    case = session.get_one(Case, opened[0].id)
    case.state = {**case.state, "phase": "solved"}
    session.add(case)
    writes(session, trial, {**CHECKOUT, "twin_of": first})
    set_status(session, trial, opened[1], status=Status.SOLVED, now=NOW)
    happen(session, trial, NOW)

    newest = tickets(session, trial)[-1]
    assert session.get_one(Case, newest.id).scenario == work.form.scenario.id
    assert session.get_one(Case, newest.id).twin_of is None


def test_a_wrong_merge_is_worth_little_and_the_customer_comes_back(strangers: Pair) -> None:
    strangers.merge()
    worth = strangers.case(strangers.newer).outcome
    trace = strangers.texts(strangers.newer)
    (turn,) = coming(strangers.session, strangers.newer)
    happen(strangers.session, strangers.trial, turn.due_at)

    assert worth == 0
    assert "something else" in trace
    assert timedelta(days=1) <= turn.due_at - NOW <= timedelta(days=3)
    assert strangers.newer.status is Status.OPEN
    assert strangers.newer.merged_into is None
    assert strangers.newer.reopened_count == 1
    assert strangers.case(strangers.newer).finished_at is None


def test_what_a_wrong_merge_cost_stays_in_the_trace(strangers: Pair) -> None:
    strangers.merge()
    (turn,) = coming(strangers.session, strangers.newer)
    happen(strangers.session, strangers.trial, turn.due_at)
    later = turn.due_at + timedelta(minutes=1)
    clock_out(strangers.session, strangers.trial, by=strangers.person, now=NOW)
    clock_in(
        strangers.session, strangers.trial, WorkKind.TICKETS, by=strangers.person, now=turn.due_at
    )
    strangers.answer(strangers.newer, now=later)
    strangers.solve(strangers.newer, later)

    parts = strangers.case(strangers.newer).trace["parts"]
    assert [part["name"] for part in parts].count("wrong_merge") == 1


def test_a_swallowed_customer_who_was_writing_already_comes_back_with_that(
    strangers: Pair,
) -> None:
    strangers.answer(strangers.newer)
    (turn,) = coming(strangers.session, strangers.newer)
    strangers.merge(NOW + timedelta(seconds=1))

    assert [one.id for one in coming(strangers.session, strangers.newer)] == [turn.id]
    happen(strangers.session, strangers.trial, turn.due_at)
    assert strangers.newer.merged_into is None


@pytest.mark.parametrize("same", [True, False])
def test_a_merge_can_be_undone_on_the_same_day_as_if_it_had_not_been(
    session: Session, cast: Cast, *, same: bool
) -> None:
    pair = Pair(session, cast, same=same)
    before = (pair.newer.status, pair.newer.waiting_since, pair.case(pair.newer).par_minutes)
    mood = pair.case(pair.newer).state["mood"]
    pair.merge()

    pair.undo(NOW + timedelta(minutes=2))

    case = pair.case(pair.newer)
    assert (pair.newer.status, pair.newer.waiting_since, case.par_minutes) == before
    assert (pair.newer.merged_into, case.finished_at, case.outcome) == (None, None, None)
    assert case.state["wrong_merges"] == 0
    assert case.state["mood"] == pytest.approx(mood)
    assert coming(session, pair.newer) == []


def test_a_merge_stays_once_the_day_is_over(twins: Pair) -> None:
    twins.merge()
    tomorrow = NOW + timedelta(days=1)

    with pytest.raises(Conflict):
        twins.undo(tomorrow)


def test_the_older_conversation_stays(twins: Pair) -> None:
    with pytest.raises(Conflict):
        merge(twins.session, twins.trial, twins.older, twins.newer, by=twins.person, now=NOW)


def test_what_holds_a_merged_conversation_stays_where_it_is(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    started = a_live_cohort(session, cast)
    writes(session, session.get_one(Trial, started.trial.id), CHECKOUT, SLOW, CHECKOUT)
    trial, person, (one, two, three, *_) = at_work(session, started, START)
    merge(session, trial, three, two, by=person, now=NOW)

    with pytest.raises(Conflict):
        merge(session, trial, two, one, by=person, now=NOW)
    session.commit()
    page = as_person(person).get(f"/tickets/{two.public_id}/merge/{one.public_id}").text
    assert f"Something was merged into #{two.number}" in page


def test_what_is_merged_cannot_be_answered(twins: Pair) -> None:
    twins.merge()

    with pytest.raises(Conflict):
        twins.answer(twins.newer)


def test_candidate_merges_after_seeing_what_moves_and_reads_it_in_the_other(
    twins: Pair, as_person: SignsIn
) -> None:
    twins.session.commit()
    desk = as_person(twins.person)
    older, newer = twins.older.public_id, twins.newer.public_id

    side = desk.get(f"/tickets/{newer}").text
    confirm = desk.get(f"/tickets/{newer}/merge/{older}").text
    done = desk.post(f"/tickets/{newer}/merge/{older}")
    page = desk.get(f"/tickets/{older}").text
    left = desk.get(f"/tickets/{newer}").text

    assert f"Merge into #{twins.older.number}" in side
    assert "What was written there (1 message)" in confirm
    assert done.status_code == 303
    assert page.count('<article class="msg"') == 2
    assert f"from #{twins.newer.number}" in page
    assert f"You merged #{twins.newer.number} into this." in page
    assert "You merged this into" not in page
    assert "Undo the merge" in left
    assert f">#{twins.older.number}</a>" in left
    assert "Your reply" not in left


def test_candidate_takes_a_merge_back(twins: Pair, as_person: SignsIn) -> None:
    twins.session.commit()
    desk = as_person(twins.person)
    older, newer = twins.older.public_id, twins.newer.public_id
    desk.post(f"/tickets/{newer}/merge/{older}")

    undone = desk.post(f"/tickets/{newer}/merge/undo")

    assert undone.status_code == 303
    assert "Your reply" in desk.get(f"/tickets/{newer}").text
    assert desk.get(f"/tickets/{older}").text.count('<article class="msg"') == 1


def test_conversations_of_two_customers_are_no_pair(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    started = a_live_cohort(session, cast)
    _, person, (one, *_, other) = at_work(session, started, START)
    assert one.customer_id != other.customer_id

    answer = as_person(person).get(f"/tickets/{one.public_id}/merge/{other.public_id}")

    assert answer.status_code == 404


def test_mentor_reads_a_merged_conversation_as_one(
    twins: Pair, cast: Cast, as_person: SignsIn
) -> None:
    twins.merge()
    twins.session.commit()

    page = as_person(cast.mina).get(f"/tickets/{twins.older.public_id}").text

    assert page.count('<article class="msg"') == 2
    assert "from another conversation" in page
