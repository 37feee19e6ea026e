"""Playing one ticket as a ghost: open, act, write, hear the customer, close, read the outcome."""

from collections.abc import Sequence
from dataclasses import dataclass

from trialsim.kit import streams
from trialsim.simulation import customer, desk, outcome, world
from trialsim.simulation.ghost_replies import steps
from trialsim.simulation.ghosts import Quality
from trialsim.simulation.matching import Records, filled_value
from trialsim.simulation.types import (
    ActionBarred,
    CaseState,
    Form,
    Handover,
    OutcomeTrace,
    Phase,
    ReferenceAction,
    Reply,
    Value,
)
from trialsim.simulation.voice import filled, slot_words

_OVER = (Phase.SOLVED, Phase.ESCALATED, Phase.GIVEN_UP, Phase.CLOSED)


@dataclass(frozen=True, slots=True)
class Manner:
    """How the ghost works on this ticket: planted quality, warmth, and how long a customer waits.

    `meeting` counts how often this candidate met the scenario before.
    """

    quality: Quality
    kind: bool
    waited_hours: float
    meeting: int


@dataclass(frozen=True, slots=True)
class Played:
    """What a played ticket was worth, and the customer's records afterwards."""

    trace: OutcomeTrace
    case: CaseState
    records: Records
    replies: int


def play(
    forms: Sequence[Form], records: Records, manner: Manner, *, at: str, seed: streams.Name
) -> tuple[float, tuple[Played, ...]]:
    """Play every matter of a ticket; return its outcome, their mean, and each of them.

    Args:
        forms: One form, or two where the ticket has a second matter.
        records: The customer's records when the ticket opens.
        manner: How the ghost works on it.
        at: ISO text for the log of desk actions.
        seed: The run's.
    """
    played: list[Played] = []
    for form in forms:
        one = _play_one(form, records, manner, at=at, seed=seed)
        records = one.records
        played.append(one)
    return sum(one.trace.value for one in played) / len(played), tuple(played)


def _play_one(
    form: Form, records: Records, manner: Manner, *, at: str, seed: streams.Name
) -> Played:
    case, records = world.open_case(form, records)
    planned = steps(form, manner.quality, kind=manner.kind, meeting=manner.meeting, seed=seed)
    replies = 0
    for step in planned:
        if case.phase in _OVER:
            break
        case, records = work(form, case, records, step.actions, at)
        decision = customer.receive(form, case, records, Reply(step.text, manner.waited_hours))
        case, replies = decision.case, replies + 1
        if decision.turn is not None:
            case, records = customer.arrive(form, case, records, decision.turn)
    case, records = close(form, case, records)
    return Played(outcome.outcome(form, case, records), case, records, replies)


def work(
    form: Form,
    case: CaseState,
    records: Records,
    actions: Sequence[ReferenceAction],
    at: str,
) -> tuple[CaseState, Records]:
    """Do desk work; what the desk bars is left undone, as a candidate would have to."""
    for action in actions:
        try:
            result = _done(form, case, records, action, at)
        except ActionBarred:
            continue
        case, records = result.case, result.records
    return case, records


def _done(
    form: Form, case: CaseState, records: Records, action: ReferenceAction, at: str
) -> desk.ActResult:
    if action.escalate_to:
        words = slot_words(form.pack, form.scenario, form.slots, form.language)
        note = filled(action.note, words)
        return desk.escalate(
            form, case, records, Handover(action.escalate_to, "", note, at, right=False)
        )
    params: dict[str, Value] = {
        name: filled_value(value, form) for name, value in action.params.items()
    }
    record = case.names.get(action.on, "")
    return desk.act(form, case, records, desk.Act(action.action, record, params, at))


def close(form: Form, case: CaseState, records: Records) -> tuple[CaseState, Records]:
    """Close unless it is over; a customer whose goal is not met may write again."""
    if case.phase in _OVER:
        return case, records
    case, turn = customer.after_close(form, case, records)
    return customer.arrive(form, case, records, turn) if turn else (case, records)
