"""Ghosts at tickets with two matters: one reply speaks of both, and is worth as much."""

from functools import cache
from statistics import fmean

from trialsim.paths import data_folder
from trialsim.scenarios.actions import read_files
from trialsim.simulation import joined, joined_desk
from trialsim.simulation.briefs import brief_of
from trialsim.simulation.desk import Act
from trialsim.simulation.drafts import draft_ticket, forms_of
from trialsim.simulation.ghost_moves import Move, moves
from trialsim.simulation.ghosts import Quality
from trialsim.simulation.joined_desk import JoinedResult
from trialsim.simulation.joined_worth import worth
from trialsim.simulation.library import parse_pack
from trialsim.simulation.matching import filled_value
from trialsim.simulation.personas import Profile, draw_customers
from trialsim.simulation.plan import PlannedTicket, PlanRequest, plan_cohort
from trialsim.simulation.types import ActionBarred, Handover, Pack, ReferenceAction, Reply
from trialsim.simulation.voice import filled, slot_words

ON = "2026-03-02"
SEED = "moves/0"


@cache
def leafmoor() -> Pack:
    return parse_pack(read_files(data_folder("seed_data") / "packs" / "leafmoor"))


@cache
def month() -> tuple[tuple[PlannedTicket, ...], tuple[Profile, ...]]:
    """A month's tickets with two matters, and its customers."""
    request = PlanRequest("moves", 1, second_languages=(), channel_mix={"email": 1.0})
    plan = plan_cohort(leafmoor(), request).candidates[0]
    people = draw_customers(leafmoor(), SEED, plan.customers, on=ON)
    return tuple(one for one in plan.tickets if one.joined), people


class Ticket:
    """One ticket being worked on by a ghost."""

    def __init__(self, planned: PlannedTicket) -> None:
        person = month()[1][planned.customer]
        brief = brief_of(planned, deal="moves", on=ON)
        draft = draft_ticket(leafmoor(), person, brief)
        self.forms = forms_of(leafmoor(), brief, draft, seed=SEED, key="t", will_change=False)
        self.cases, self.records = joined.open_cases(self.forms, person.customer.records)

    def work(self, move: Move) -> None:
        for matter, action in move.acts:
            try:
                done = self.done(matter, action)
            except ActionBarred:
                continue
            self.cases, self.records = done.cases, done.records
        reply = Reply(move.text, 2.0)
        decision = joined.receive(self.forms, self.cases, self.records, reply)
        self.cases = decision.cases
        if decision.turn is not None:
            self.cases, self.records = joined.arrive(
                self.forms, self.cases, self.records, decision.turn
            )

    def done(self, matter: int, action: ReferenceAction) -> JoinedResult:
        form = self.forms[matter]
        if action.escalate_to:
            words = slot_words(form.pack, form.scenario, form.slots, form.language)
            note = filled(action.note, words)
            handed = Handover(action.escalate_to, "", note, ON, right=False)
            return joined_desk.escalate(self.forms, self.cases, self.records, handed)
        params = {name: filled_value(value, form) for name, value in action.params.items()}
        act = Act(action.action, self.cases[matter].names.get(action.on, ""), params, ON)
        return joined_desk.act(self.forms, self.cases, self.records, act)


def outcomes(quality: Quality) -> list[float]:
    found = []
    for planned in month()[0]:
        ticket = Ticket(planned)
        for move in moves(ticket.forms, quality, kind=True, meetings=(0, 0), seed="moves"):
            ticket.work(move)
        found.append(worth(ticket.forms, ticket.cases, ticket.records).value)
    return found


def test_a_good_ghost_solves_both_matters_in_one_conversation() -> None:
    worths = outcomes(Quality.RIGHT)

    assert len(worths) > 10
    assert min(worths) >= 80
    assert fmean(worths) >= 95


def test_a_wrong_ghost_solves_neither() -> None:
    assert fmean(outcomes(Quality.WRONG)) <= 20


def test_only_the_last_turn_closes() -> None:
    ticket = Ticket(month()[0][0])

    planned = moves(ticket.forms, Quality.RIGHT, kind=True, meetings=(0, 0), seed="moves")

    assert [move.closes for move in planned] == [False] * (len(planned) - 1) + [True]
