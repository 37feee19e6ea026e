"""Figures of a bank: scripted agents, what they are worth, and a month held against real ones."""

import hashlib
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest

from tests.factories.cohort import pack_files
from tests.simulation.banks import a_pack
from trialsim.simulation.figures import wordings
from trialsim.simulation.figures.agents import Agent, script_of, unrelated
from trialsim.simulation.figures.bank import bank_goals
from trialsim.simulation.figures.desk_month import (
    MonthRequest,
    MonthTicket,
    line_of,
    rest_of_line,
    tickets_of,
)
from trialsim.simulation.figures.dialogues import converse
from trialsim.simulation.figures.gaps import Play, gap_of
from trialsim.simulation.figures.mix import deck, shares_of
from trialsim.simulation.figures.month_sample import MonthSample
from trialsim.simulation.figures.month_talks import talked
from trialsim.simulation.figures.rates import HARMFUL, ScenarioRate, rate_scenario, talks_of
from trialsim.simulation.figures.realism import realism
from trialsim.simulation.figures.stages import Stage, stages
from trialsim.simulation.library import parse_pack
from trialsim.simulation.month import PackTooSmall
from trialsim.simulation.plan import plan_cohort
from trialsim.simulation.planned import AREA_SHARES, PlanRequest
from trialsim.simulation.types import Pack, Persona

SCENARIO = "renewal-charged-twice"
FORMS = 8


@lru_cache(maxsize=1)
def leafmoor() -> Pack:
    return parse_pack(pack_files())


@lru_cache(maxsize=1)
def rate() -> ScenarioRate:
    pack = leafmoor()
    scenario = pack.scenarios[SCENARIO]
    return rate_scenario(pack, scenario, 7, FORMS, talks_of(pack, 7, "en"))


def played(count: int = 3) -> list[Stage]:
    pack = leafmoor()
    return list(stages(pack, pack.scenarios[SCENARIO], 7, count))


# --- scripted agents -------------------------------------------------------------------------


def test_the_agents_come_in_order_and_harm_is_caught() -> None:
    found = rate()

    assert found.in_order
    assert found.outcome[Agent.GOOD] >= 95
    assert found.harmful_caught == 1
    assert found.outcome[HARMFUL] < found.outcome[Agent.SHOTGUN]


def test_listing_everything_earns_at_most_three_fifths_of_good_work() -> None:
    assert rate().shotgun_points_ratio <= 0.6
    assert rate().shotgun_ratio <= 0.6


def test_an_answer_for_another_form_misses_a_point() -> None:
    assert (rate().copied_missed or 0) >= 0.7


def test_the_same_seed_gives_the_same_figures() -> None:
    pack = leafmoor()
    again = rate_scenario(pack, pack.scenarios[SCENARIO], 7, FORMS, talks_of(pack, 7, "en"))

    assert again == rate()


def test_a_shotgun_knows_no_word_that_the_first_message_does_not_hold() -> None:
    stage = played(1)[0]
    seen = f"{stage.draft.subject} {stage.draft.body}".lower()
    hidden = [
        str(word)
        for word in stage.form.slots.values()
        if isinstance(word, str) and word.lower() not in seen and not word[:1].isdigit()
    ]
    talk = converse(stage, script_of(Agent.SHOTGUN, stage, 7))

    assert len(talk.replies) == 2
    assert not [word for word in hidden if word in talk.replies[0]]


def test_every_round_opens_with_each_line_once() -> None:
    pack = leafmoor()
    lines = len(pack.scenarios[SCENARIO].text("en").opening.symptom)

    templates = [stage.template for stage in played(2 * lines)]

    assert sorted(templates[:lines]) == sorted(templates[lines:]) == list(range(lines))


def test_a_bank_that_misses_a_goal_names_the_scenario() -> None:
    guessed = replace(rate(), scenario="easy-to-guess", shotgun_points_ratio=0.9)

    goals = {goal.name: goal for goal in bank_goals([rate(), guessed])}

    assert not goals["shotgun, worst"].met
    assert goals["shotgun, worst"].scenarios == ("easy-to-guess",)
    assert goals["in order"].met


def test_a_customer_takes_in_what_helps_before_they_press() -> None:
    pack = leafmoor()
    told = {"heard": {"any": ("Noted so far.",)}, "nudge": {"any": ("And now?",)}}
    pack = replace(pack, phrases={"en": {**pack.phrases["en"], **told}})
    scenario = pack.scenarios[SCENARIO]
    free = next(one.id for one in scenario.points.values() if not one.after and not one.effect)
    stage = next(stages(pack, scenario, 7, 1))
    stage = replace(stage, form=replace(stage.form, persona=Persona()))

    talk = converse(stage, unrelated([scenario.text("en").points[free].lines[0]]))

    assert "Noted so far" in talk.turns[0].body
    assert "And now" not in talk.turns[0].body


# --- gaps ------------------------------------------------------------------------------------


def rounds(worse: float) -> list[Play]:
    return [
        Play(line, turn, 0.9 - (worse if line == 0 else 0.0) + 0.1 * ((line + turn) % 2))
        for turn in range(20)
        for line in range(4)
    ]


def test_a_line_that_loses_tickets_is_found_and_noise_is_not() -> None:
    assert gap_of(rounds(worse=0.4), "gap").is_real
    assert not gap_of(rounds(worse=0.0), "gap").is_real


# --- counts over texts -----------------------------------------------------------------------


def test_self_bleu_is_one_for_copies_and_small_for_strangers() -> None:
    copies = [["we", "cannot", "pay", "any", "more"]] * 3
    strangers = [[f"{word}{place}" for word in "abcdef"] for place in range(3)]

    assert wordings.self_bleu(copies) == pytest.approx(1)
    assert wordings.self_bleu(strangers) < 0.1


def test_near_and_same_openings_are_counted_on_both_sides() -> None:
    texts = [["a", "b", "c", "d", "e"], ["a", "b", "c", "d", "e"], ["x", "y"]]

    assert wordings.repeated_share(texts) == pytest.approx(2 / 3)
    assert wordings.near_share(texts) == pytest.approx(2 / 3)


def test_distinct_runs_are_counted_within_texts() -> None:
    assert wordings.distinct([["a", "b"], ["a", "b"]], 2, 4) == pytest.approx(0.5)
    assert wordings.distinct([], 2, 4) == 0


# --- a month ---------------------------------------------------------------------------------


def month(tickets: int = 400) -> Iterator[MonthTicket]:
    return tickets_of(a_pack(), MonthRequest(tickets, 5))


def test_a_month_has_as_many_tickets_as_asked_within_its_days() -> None:
    held = list(month())

    assert len(held) == 400
    assert min(one.arrives_at for one in held).date() >= date(2026, 1, 5)
    assert max(one.arrives_at for one in held).date() < date(2026, 2, 2)


def test_areas_keep_their_shares_and_flags_are_laid_on() -> None:
    pack = a_pack()
    cards = deck(pack, 5, 1000)
    areas = Counter(pack.scenarios[card.scenario].area for card in cards)
    wanted: Counter[str] = Counter()
    for scenario, share in shares_of(pack, PlanRequest("5", 1)).items():
        wanted[pack.scenarios[scenario].area] += share  # type: ignore[assignment]  # shares
    flags = Counter(card.flag for card in cards)

    assert all(abs(areas[area] / len(cards) - wanted[area]) < 0.02 for area in AREA_SHARES)
    assert 0.08 <= flags["angry"] / len(cards) <= 0.12
    assert sum(card.twin for card in cards) == 50


def test_a_twin_comes_later_from_the_same_customer_with_the_same_slots() -> None:
    held = {one.place: one for one in month()}
    twins = [one for one in held.values() if one.twin_of is not None]

    assert twins
    for twin in twins:
        first = held[twin.twin_of or 0]
        assert twin.profile == first.profile
        assert twin.draft.slots == first.draft.slots
        assert twin.arrives_at > first.arrives_at


def test_somebody_writes_more_than_once() -> None:
    writers = Counter(one.profile.customer.id for one in month() if one.twin_of is None)

    assert max(writers.values()) >= 2


def test_a_pack_without_scored_scenarios_makes_no_month() -> None:
    with pytest.raises(PackTooSmall):
        deck(replace(a_pack(), scenarios={}), 1, 10)


BYTES = """
import hashlib
from tests.simulation.banks import a_pack
from trialsim.simulation.figures.desk_month import MonthRequest, rest_of_line, tickets_of
lines = [rest_of_line(one) for one in tickets_of(a_pack(), MonthRequest(120, 5))]
print(hashlib.sha256("".join(lines).encode()).hexdigest())
"""


def test_a_month_is_the_same_in_another_process_with_another_hash_seed() -> None:
    own = hashlib.sha256("".join(map(rest_of_line, month(120))).encode()).hexdigest()
    run = subprocess.run(  # noqa: S603 (our own code)
        [sys.executable, "-c", BYTES],
        env={"PYTHONHASHSEED": "4321", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        check=True,
        text=True,
    )

    assert run.stdout.strip() == own


def test_lines_are_numbered_as_tickets_arrive() -> None:
    line = line_of(3, rest_of_line(next(month(5))))

    assert line.startswith('{"id": "t000003", "scenario": "')
    assert line.endswith("}\n")


# --- the report ------------------------------------------------------------------------------


def test_the_report_has_a_verdict_for_what_it_can_count() -> None:
    pack = leafmoor()
    sample = MonthSample(pack)
    for ticket in tickets_of(pack, MonthRequest(150, 5)):
        sample.add(ticket)
    talks = [talked(pack, ticket, 5) for ticket in sample.to_play[:30]]
    plan = plan_cohort(pack, PlanRequest(5, 2))

    rows = {row.name: row for row in realism(sample, plan, talks, talks[:10])}

    assert rows["tickets from 12 to 22 h UTC"].met
    assert rows["same openings within a topic"].met
    assert rows["solved by the good agent"].met is None
    assert rows["answer delay in chat, distance from real"].value < 0.2


def test_two_matters_take_more_messages_than_one() -> None:
    pack = leafmoor()
    held = [one for one in tickets_of(pack, MonthRequest(600, 5)) if one.twin_of is None]
    joined = [one for one in held if one.brief.joined][:12]
    single = [one for one in held if not one.brief.joined][:12]

    many, few = (
        sum(talked(pack, one, 5).messages for one in tickets) for tickets in (joined, single)
    )

    assert joined
    assert many > few
