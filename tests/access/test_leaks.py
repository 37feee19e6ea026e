"""Canaries: what is hidden stands on no page of those it is hidden from, and moves none."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.access.conftest import Gallery, Worlds
from tests.access.crawl import holding, look
from tests.cast import Cast
from tests.factories.world import DRAFT_CANARY, NOOR_CANARY, NOW, SURNAMES, VOTE_CANARY, ZONE, World
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.committee.models import Packet, Vote
from trialsim.committee.rules.words import Choice
from trialsim.inbox.actions.replies import send_reply
from trialsim.inbox.models import Case, ComingTurn, Customer, Message, Status, Ticket
from trialsim.outbox.models import Mail
from trialsim.programmes.models import Cohort
from trialsim.reviews.models import Draw, Rating, Review
from trialsim.trials.models import ScheduledTicket, Trial
from trialsim.trials.rules import TrialState

SignsIn = Callable[[Person], Visitor]


@pytest.fixture
def built(sqlite_world: Worlds) -> Worlds:
    """What stands on a page does not depend on the kind of database."""
    return sqlite_world


@pytest.fixture
def trial(session: Session, world: World) -> Trial:
    found: Trial = the(session, Trial, world.own.trial)
    return found


def the(session: Session, model: Any, public_id: str) -> Any:  # noqa: ANN401 (a row of any table)
    return session.exec(select(model).where(model.public_id == public_id)).one()


def of_trial(session: Session, model: Any, trial: Trial) -> list[Any]:  # noqa: ANN401 (any table)
    return list(session.exec(select(model).where(model.trial_id == trial.id)))


def moved(before: Iterable[Mapping[str, str]], after: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the pages that are not what they were."""
    pairs = zip(before, after, strict=True)
    return [path for old, new in pairs for path in old if old[path] != new[path]]


def test_no_candidate_page_names_scenarios_seeds_or_coming_turns(
    session: Session, trial: Trial, gallery: Gallery
) -> None:
    cohort = session.get_one(Cohort, trial.cohort_id)
    plans = [one.planned for one in of_trial(session, ScheduledTicket, trial)]
    hidden = {plan["scenario"] for plan in plans} | {str(plan["seed"]) for plan in plans}
    coming = {
        shown(one.turn["body"])
        for one in of_trial(session, ComingTurn, trial)
        if one.due_at > NOW and one.turn.get("body")
    }

    pages = gallery("cem")

    assert len(pages) > 15
    assert coming
    assert holding(pages, hidden | coming | {trial.seed, str(cohort.seed)}) == []


def test_hidden_state_moves_no_candidate_page(
    session: Session, trial: Trial, cast: Cast, gallery: Gallery, as_person: SignsIn
) -> None:
    """Pages are the same letter for letter when everything hidden is gone or different."""
    cem = as_person(cast.cem)
    cem.post(f"/trials/{trial.public_id}/clock/out")
    paths = [path for path in gallery("cem") if not path.startswith("/help/")]
    look(cem, paths)  # what a first visit notes or says once is over
    before = look(cem, paths)
    _change_everything_hidden(session, trial)

    after = look(cem, paths)

    assert len(paths) > 15
    assert moved([before], [after]) == []


def _change_everything_hidden(session: Session, trial: Trial) -> None:
    for plan in of_trial(session, ScheduledTicket, trial):
        if plan.released_at is None:
            session.delete(plan)
    for turn in of_trial(session, ComingTurn, trial):
        session.delete(turn)
    for case in of_trial(session, Case, trial):
        case.scenario = "delete-my-data" if case.scenario != "delete-my-data" else "slow-images"
        case.anchor, case.flags = not case.anchor, ["bait"]
        case.par_minutes, case.week, case.outcome = 99.0, 4, 1.0
        case.trace, case.rating_trace = {"parts": []}, {"parts": []}
        case.second = {
            "scenario": "slow-images",
            "version": 1,
            "slots": case.form["slots"],
            "state": case.state,
        }
        case.twin_of, case.before_merge = case.ticket_id, {"status": "open"}
        session.add(case)
    for customer in of_trial(session, Customer, trial):
        customer.profile = {**customer.profile, "patience": 0.01}
        session.add(customer)
    for draw in of_trial(session, Draw, trial):
        session.delete(draw)
    messages = select(Message).join(Ticket, col(Ticket.id) == Message.ticket_id)
    for message in session.exec(messages.where(Ticket.trial_id == trial.id)):
        message.why = {}
        session.add(message)
    session.commit()


WHY = "zq-why-it-happened"
WORTH = "zq-what-it-was-worth"


def _give_reasons(session: Session, ticket: Ticket) -> None:
    """Let a reply and an answer carry canaries where the engine's reasons stand."""
    match = {"kind": "fact", "id": WHY, "sentence": WHY, "skipped": ""}
    reason = {"code": "asked", "text": WHY, "mood": -0.3, "sentence": WHY}
    for message in session.exec(select(Message).where(Message.ticket_id == ticket.id)):
        turn = {"turn": [reason], "mood": -0.5}
        is_customer = message.kind == "customer"
        message.why = turn if is_customer else {"reading": {"matches": [match]}, "mood": -0.5}
        session.add(message)
    case = session.get_one(Case, ticket.id)
    part = {"kind": "point", "name": "x", "met": True, "amount": 1.0, "text": WORTH}
    case.outcome, case.trace = 51.0, {"parts": [part]}
    session.add(case)
    session.commit()


def test_reasons_are_for_mentors_and_stand_on_no_page_of_a_candidate(
    session: Session, world: World, cast: Cast, gallery: Gallery, as_person: SignsIn
) -> None:
    ticket = the(session, Ticket, world.own.ticket)
    _give_reasons(session, ticket)
    address = f"/tickets/{ticket.public_id}"

    mentor = as_person(cast.mina).get(address).text
    own = look(as_person(cast.cem), list(gallery("cem")))

    assert WHY in mentor
    assert "-0.30" in mentor
    assert WORTH in mentor
    assert address in own
    assert holding(own, {WHY, WORTH}) == []


def test_candidate_reads_the_reasons_once_the_letter_is_there(
    session: Session, world: World, trial: Trial, cast: Cast, as_person: SignsIn
) -> None:
    ticket = the(session, Ticket, world.own.ticket)
    _give_reasons(session, ticket)
    cem = as_person(cast.cem)
    told = []
    for state in (TrialState.LIVE, TrialState.CLOSED, TrialState.DECIDED):
        trial.state = state
        session.add(trial)
        session.commit()
        page = cem.get(f"/tickets/{ticket.public_id}").text
        told.append(WHY in page and WORTH in page)

    assert told == [False, False, True]


def test_unfinished_scores_move_no_page_but_their_authors(
    session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    own = world.own
    paths = {
        "cem": ["/trial", "/feedback", f"/tickets/{own.ticket}", f"/feedback/{own.review}"],
        "mika": ["/reviews", f"/reviews/{own.review}", f"/cohorts/{own.cohort}"],
        "olu": [f"/cohorts/{own.cohort}", f"/trials/{own.trial}/progress"],
    }
    readers = {name: as_person(getattr(cast, name)) for name in paths}
    before = [look(readers[name], paths[name]) for name in paths]
    review = the(session, Review, own.review)
    review.comment, review.version = "Another thought", 7
    for rating in session.exec(select(Rating).where(Rating.review_id == review.id)):
        rating.level, rating.comment = 1, "Worse"
        session.add(rating)
    session.add(review)
    session.commit()

    after = [look(readers[name], paths[name]) for name in paths]

    assert moved(before, after) == []


def test_unfinished_scores_are_read_by_their_author_alone(world: World, gallery: Gallery) -> None:
    found = {
        name: holding(gallery(name), [DRAFT_CANARY])
        for name in ("cem", "noor", "mika", "hana", "olu")
    }

    assert DRAFT_CANARY in gallery("mina")[f"/reviews/{world.own.review}"]
    assert not any(found.values()), found


def test_a_sealed_vote_moves_no_page_but_its_authors(
    session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    own = world.own
    paths = [
        "/packets",
        f"/packets/{own.packet}",
        f"/packets/{own.packet}/conversations",
        f"/packets/{own.packet}/conversations/{own.conversation}",
        f"/cohorts/{own.closed_cohort}/closing",
        "/outbox",
        "/letters",
    ]
    readers = [as_person(getattr(cast, name)) for name in ("hana", "lena", "olu", "mina", "noor")]
    for reader in readers:
        look(reader, paths)  # the first reading is noted
    before = [look(reader, paths) for reader in readers]
    packet = the(session, Packet, own.packet)
    vote = session.exec(select(Vote).where(Vote.packet_id == packet.id)).one()
    vote.choice, vote.reason, vote.confidence = Choice.STRONG_YES, "Something else", 5
    vote.evidence, vote.version = ["measure-outcome_accuracy"], 3
    session.add(vote)
    session.commit()

    after = [look(reader, paths) for reader in readers]

    assert all(before[place][paths[1]].startswith("200") for place in range(3))
    assert moved(before, after) == []


def test_a_sealed_vote_is_read_by_its_author_alone(
    session: Session, world: World, gallery: Gallery
) -> None:
    mails = [mail.subject + mail.body for mail in session.exec(select(Mail))]
    readers = ("hana", "lena", "olu", "mina", "mika", "cem", "noor", "zed")

    found = {name: holding(gallery(name), [VOTE_CANARY]) for name in readers}

    assert VOTE_CANARY in gallery("ravi")[f"/packets/{world.own.packet}"]
    assert not any(VOTE_CANARY in mail for mail in mails)
    assert not any(found.values()), found


def test_pay_stands_on_no_page_of_mentors_and_committee(world: World, gallery: Gallery) -> None:
    own = gallery("cem")[f"/trials/{world.own.trial}/hours"]
    amounts = set(re.findall(r"€[\d.,]+\d", own)) | {"24.37"}

    found = {
        name: holding(gallery(name), amounts) for name in ("mina", "mika", "hana", "ravi", "zed")
    }

    assert "24.37" in own
    assert len(amounts) > 2
    assert f"/trials/{world.own.trial}/hours" in gallery("mina")
    assert not any(found.values()), found


@pytest.mark.parametrize("name", ["hana", "ravi", "lena"])
def test_nobody_of_the_committee_learns_who_a_packet_is_about(
    session: Session, world: World, cast: Cast, as_person: SignsIn, name: str
) -> None:
    own = world.own
    ticket = the(session, Ticket, own.conversation)
    for message in session.exec(select(Message).where(Message.ticket_id == ticket.id)):
        message.body += "\n\nKind regards,\nNoor Vandersloot\nnoor@example.org"
        session.add(message)
    session.commit()
    words = [*SURNAMES.values(), "noor@example.org", "cem@example.org", "Noor", ZONE, "Chatham"]
    paths = [
        "/packets",
        f"/packets/{own.packet}",
        f"/packets/{own.packet}/conversations",
        f"/packets/{own.packet}/conversations/{own.conversation}",
    ]

    pages = look(as_person(getattr(cast, name)), paths)

    assert "Kind regards" in pages[paths[3]]
    assert all(text.startswith("200") for text in pages.values())
    assert holding(pages, words) == []


def test_candidates_never_meet_each_other(world: World, gallery: Gallery) -> None:
    noor = [NOOR_CANARY, SURNAMES["Noor"], "noor@example.org", world.noor_trial, world.noor_ticket]
    cem = [SURNAMES["Cem"], "cem@example.org", world.own.trial, world.own.ticket]

    assert holding(gallery("noor"), noor[:2])
    assert holding(gallery("cem"), noor) == []
    assert holding(gallery("noor"), cem) == []


def test_a_coming_answer_stays_away_until_it_is_due(
    session: Session, world: World, trial: Trial, cast: Cast, as_person: SignsIn
) -> None:
    ticket = the(session, Ticket, world.second_ticket)
    said = "Hello, what did you change before it stopped?"
    send_reply(session, trial, ticket, by=cast.cem, body=said, status=Status.PENDING, now=NOW)
    turns = session.exec(select(ComingTurn).where(ComingTurn.ticket_id == ticket.id)).all()
    coming = [shown(one.turn["body"]) for one in turns if one.turn.get("body")]
    session.commit()

    pages = look(as_person(cast.cem), ["/trial", "/desk", f"/tickets/{world.second_ticket}"])

    assert coming
    assert said in pages[f"/tickets/{world.second_ticket}"]
    assert holding(pages, coming) == []


@pytest.mark.parametrize("name", ["cem", "noor"])
def test_planned_work_is_not_counted_on_any_candidate_page(
    session: Session, world: World, gallery: Gallery, name: str
) -> None:
    own = the(session, Trial, world.own.trial if name == "cem" else world.noor_trial)
    plans = of_trial(session, ScheduledTicket, own)
    scored = [one for one in plans if not one.practice]
    left = [one for one in scored if one.released_at is None]
    counts = re.compile(rf"\b(of|/) ?({len(plans)}|{len(scored)}|{len(left)})\b")

    assert len(left) > 10
    assert [path for path, text in gallery(name).items() if counts.search(text)] == []


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&#34;")


def shown(body: str) -> str:
    """The first words of a message, as a page shows them."""
    return escaped(body.split("\n", maxsplit=1)[0])[:30]
