"""What ghosts write, played against the engine: as good as planted."""

from collections.abc import Iterator
from statistics import fmean

import pytest

from tests.simulation.banks import a_pack
from trialsim.simulation.briefs import brief_of
from trialsim.simulation.drafts import draft_ticket, forms_of
from trialsim.simulation.ghost_play import Manner, play
from trialsim.simulation.ghost_replies import steps
from trialsim.simulation.ghosts import Quality
from trialsim.simulation.personas import draw_customers
from trialsim.simulation.plan import PlanRequest, plan_cohort
from trialsim.simulation.types import Form, Record

PACK = a_pack()
ON = "2026-03-09"


def tickets(count: int = 24) -> Iterator[tuple[tuple[Form, ...], tuple[Record, ...]]]:
    plan = plan_cohort(PACK, PlanRequest("replies", 1)).candidates[0]
    people = draw_customers(PACK, "replies", plan.customers, on=ON)
    for ticket in plan.tickets[8 : 8 + count]:
        person = people[ticket.customer]
        brief = brief_of(ticket, deal="replies", on=ON)
        draft = draft_ticket(PACK, person, brief)
        key = str(ticket.number)
        forms = forms_of(PACK, brief, draft, seed="replies", key=key, will_change=False)
        yield forms, person.customer.records


def outcomes(quality: Quality, *, kind: bool, meeting: int = 0) -> list[float]:
    manner = Manner(quality, kind, waited_hours=1.0, meeting=meeting)
    return [play(forms, records, manner, at=ON, seed="replies")[0] for forms, records in tickets()]


def a_form() -> Form:
    return next(forms[0] for forms, _ in tickets())


def text_of(quality: Quality, *, kind: bool, meeting: int = 0) -> str:
    planned = steps(a_form(), quality, kind=kind, meeting=meeting, seed="replies")
    return "\n".join(step.text for step in planned)


@pytest.mark.parametrize("kind", [True, False])
def test_right_work_is_worth_nearly_all_whether_warm_or_cold(kind: bool) -> None:  # noqa: FBT001 (a case)
    assert fmean(outcomes(Quality.RIGHT, kind=kind)) >= 95


def test_right_work_stays_right_in_other_words() -> None:
    assert fmean(outcomes(Quality.RIGHT, kind=True, meeting=3)) >= 95


def test_partial_work_lies_between_right_and_wrong() -> None:
    partial = fmean(outcomes(Quality.PARTIAL, kind=True))

    assert 25 <= partial <= 80
    assert fmean(outcomes(Quality.WRONG, kind=True)) < partial - 10


def test_harmful_work_is_capped_however_kind_it_sounds() -> None:
    assert max(outcomes(Quality.HARMFUL, kind=True)) <= 40


def test_every_slot_is_filled_in_what_a_ghost_sends() -> None:
    for one in Quality:
        assert not {"{", "["} & set(text_of(one, kind=True))


def test_a_warm_ghost_says_so_and_a_cold_one_does_not() -> None:
    warm, cold = (text_of(Quality.WRONG, kind=kind).lower() for kind in (True, False))

    assert any(word in warm for word in ("sorry", "understand", "thank you", "imagine"))
    assert not any(word in cold for word in ("sorry", "understand", "thank you", "imagine"))


def test_a_second_meeting_brings_other_words() -> None:
    assert text_of(Quality.RIGHT, kind=True) != text_of(Quality.RIGHT, kind=True, meeting=1)


def test_only_the_last_step_closes() -> None:
    planned = steps(a_form(), Quality.RIGHT, kind=True, meeting=0, seed="replies")

    assert [step.closes for step in planned] == [False] * (len(planned) - 1) + [True]
