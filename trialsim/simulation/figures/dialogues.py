"""A dialogue between a scripted agent and a customer, with all that a figure may count."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeAlias

from trialsim.simulation import customer, outcome, world
from trialsim.simulation.figures.stages import Stage
from trialsim.simulation.ghost_play import close, work
from trialsim.simulation.ghost_replies import Step
from trialsim.simulation.matching import Records
from trialsim.simulation.types import (
    CaseState,
    Form,
    Match,
    OutcomeTrace,
    Phase,
    RatingTrace,
    Reply,
    Turn,
)

OVER = (Phase.SOLVED, Phase.ESCALATED, Phase.GIVEN_UP, Phase.CLOSED)
_WAITED_HOURS = {"chat": 0.02, "call": 0.0}
_USUAL_WAIT_HOURS = 2.0
_SECONDS_AN_HOUR = 3600

# An agent yields what it does next and is sent the case as it stands then: after the customer's
# answer, or after the desk work alone where it writes nothing.
Script: TypeAlias = Generator[Step, CaseState, None]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A played dialogue: what was sent, what came back, and what it was worth.

    `replies` and `turns` stand in their order; `matches` is what was read in the replies.
    """

    trace: OutcomeTrace
    rating: RatingTrace
    case: CaseState
    records: Records
    replies: tuple[str, ...]
    turns: tuple[Turn, ...]
    matches: tuple[Match, ...]

    @property
    def messages(self) -> int:
        """The messages of both sides, the opening among them."""
        return 1 + len(self.replies) + len(self.turns)


def converse(stage: Stage, script: Script) -> Dialogue:
    """Play a script to its end or the customer's, then close what is still open."""
    form = stage.form
    case, records = world.open_case(form, stage.records)
    wait = waited(form)
    replies: list[str] = []
    turns: list[Turn] = []
    matches: list[Match] = []
    hours = 0.0
    step = next(script, None)
    while step is not None and case.phase not in OVER:
        case, records = work(form, case, records, step.actions, form.opened_on)
        if not step.text:
            step = sent(script, case)
            continue
        decision = customer.receive(form, case, records, Reply(step.text, wait))
        case, hours = decision.case, hours + wait
        replies.append(step.text)
        matches += decision.reading.matches
        if decision.turn is not None:
            case, records = customer.arrive(form, case, records, decision.turn)
            turns.append(decision.turn)
            hours += decision.turn.delay_seconds / _SECONDS_AN_HOUR
        step = sent(script, case)
    case, records = close(form, case, records)
    return Dialogue(
        trace=outcome.outcome(form, case, records),
        rating=outcome.rating(form, case, records, hours),
        case=case,
        records=records,
        replies=tuple(replies),
        turns=tuple(turns),
        matches=tuple(matches),
    )


def waited(form: Form) -> float:
    """Return the hours an agent lets a customer wait for each reply, by channel."""
    return _WAITED_HOURS.get(form.channel, _USUAL_WAIT_HOURS)


def sent(script: Script, case: CaseState) -> Step | None:
    """Tell a script how the case stands and return what it does next; None at its end."""
    try:
        return script.send(case)
    except StopIteration:
        return None
