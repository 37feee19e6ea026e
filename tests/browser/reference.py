"""What an experienced teammate would do on a ticket: the reference of its own scenario."""

from dataclasses import dataclass

from sqlmodel import select

from tests.browser.house import House
from trialsim.inbox.casework import Casework, casework
from trialsim.inbox.models import ComingTurn, Ticket
from trialsim.simulation import matching
from trialsim.simulation.types import FieldType, Value
from trialsim.simulation.voice import filled, slot_words
from trialsim.trials.models import Trial


@dataclass(frozen=True, slots=True)
class Press:
    """One desk action: the record it is for, its button, and its details as they are typed."""

    record: str
    label: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A reply and what is pressed before it."""

    presses: tuple[Press, ...]
    text: str


def reference(house: House, ticket: str) -> tuple[Step, ...]:
    """Return the steps that solve a ticket."""
    work = _casework(house, ticket)
    form = work.form
    words = slot_words(form.pack, form.scenario, form.slots, form.language)
    steps = form.scenario.reference_actions
    texts = form.scenario.text(form.language).replies
    return tuple(
        Step(_presses(work, place) if place < len(steps) else (), filled(text, words))
        for place, text in enumerate(texts)
    )


def answer_is_due_in(house: House, ticket: str) -> float:
    """Return the minutes until the customer's next message has come."""
    with house.looked_into() as session:
        due_at = session.exec(
            select(ComingTurn.due_at)
            .join(Ticket)
            .where(Ticket.public_id == ticket, ComingTurn.kind == "message")
        ).one()
    return (due_at - house.clock.now()).total_seconds() / 60 + 1


def _casework(house: House, public_id: str) -> Casework:
    with house.looked_into() as session:
        ticket = session.exec(select(Ticket).where(Ticket.public_id == public_id)).one()
        return casework(session, session.get_one(Trial, ticket.trial_id), ticket)


def _presses(work: Casework, place: int) -> tuple[Press, ...]:
    return tuple(
        Press(
            record=work.state.names[one.on],
            label=work.form.pack.actions[one.action].label,
            details=tuple(
                (name.replace("_", " ").capitalize(), _typed(work, one.action, name, value))
                for name, value in one.params.items()
            ),
        )
        for one in work.form.scenario.reference_actions[place]
        if not one.escalate_to
    )


def _typed(work: Casework, action: str, name: str, value: Value) -> str:
    plain = matching.filled_value(value, work.form)
    if work.form.pack.actions[action].params[name].type is FieldType.MONEY:
        return f"{float(str(plain)) / 100:.2f}"
    return str(plain)
