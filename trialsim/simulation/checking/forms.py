"""A form to try a scenario with, and the play of its reference; names and sums are stand-ins."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from trialsim.simulation import customer, desk, matching, world
from trialsim.simulation.matching import Records
from trialsim.simulation.types import (
    ActionBarred,
    CaseState,
    Form,
    Handover,
    Pack,
    Persona,
    ReferenceAction,
    Reply,
    Rules,
    Scenario,
    Slot,
)
from trialsim.simulation.voice import filled, slot_words

STEADY = Rules(mood_sd=0.0)
OPENED_ON = "2026-03-02"
_STAND_INS = {
    "company": "Larkfield Tools",
    "first_name": "Mira",
    "last_name": "Holt",
    "city": "Ghent",
}


@dataclass(frozen=True, slots=True)
class Play:
    """How a reference went; `barred` names actions that were impossible."""

    case: CaseState
    records: Records
    barred: tuple[str, ...]


def sample_form(pack: Pack, scenario: Scenario, language: str, which: int = 0) -> Form:
    """Return a form with the given word of every list (counted round), and fixed other slots."""
    words = scenario.text(language).words
    slots = {
        name: _sample(slot, words.get(name, slot.words), which)
        for name, slot in scenario.slots.items()
    }
    channel = next(iter(scenario.channels))
    return Form(
        pack=pack,
        scenario=scenario,
        persona=Persona(),
        slots=slots,
        language=language,
        channel=channel,
        seed="check",
        key=scenario.id,
        opened_on=OPENED_ON,
    )


def _sample(slot: Slot, words: tuple[str, ...], which: int) -> str | int:
    if slot.kind == "words":
        return words[which % len(words)]
    if slot.kind == "faker":
        return _STAND_INS[slot.faker]
    if slot.kind == "domain":
        return "larkfield.example"
    if slot.kind == "days_ago":
        days = slot.span[which % 2]
        return (date.fromisoformat(OPENED_ON) - timedelta(days=days)).isoformat()
    return slot.span[which % 2]


def play_reference(form: Form) -> Play:
    """Play the reference: before each reply its actions, then the customer's answer."""
    case, records = world.open_case(form, (), STEADY)
    words = slot_words(form.pack, form.scenario, form.slots, form.language)
    barred: list[str] = []
    steps = form.scenario.reference_actions
    for place, text in enumerate(form.scenario.text(form.language).replies):
        for step in steps[place] if place < len(steps) else ():
            case, records, why = _do(form, case, records, step)
            barred += [f"{step.action}: {why}"] if why else []
        decision = customer.receive(form, case, records, Reply(filled(text, words)), STEADY)
        case = decision.case
        if decision.turn is not None:
            case, records = customer.arrive(form, case, records, decision.turn)
    return Play(case, records, tuple(barred))


def _do(
    form: Form, case: CaseState, records: Records, step: ReferenceAction
) -> tuple[CaseState, Records, str]:
    if step.escalate_to:
        done = desk.escalate(form, case, records, handover_of(form, step), STEADY)
        return done.case, done.records, ""
    if step.on not in case.names:
        return case, records, no_record(step)
    try:
        done = desk.act(form, case, records, act_of(form, case, step))
    except ActionBarred as error:
        return case, records, str(error)
    return done.case, done.records, ""


def handover_of(form: Form, step: ReferenceAction) -> Handover:
    """Return the hand-over of a reference, its note filled with the form's words."""
    words = slot_words(form.pack, form.scenario, form.slots, form.language)
    return Handover(step.escalate_to, "", filled(step.note, words), OPENED_ON, right=False)


def act_of(form: Form, case: CaseState, step: ReferenceAction) -> desk.Act:
    """Return the desk action of a reference, on the record the case has by that name."""
    params = {name: matching.filled_value(value, form) for name, value in step.params.items()}
    return desk.Act(step.action, case.names[step.on], params, OPENED_ON)


def no_record(step: ReferenceAction) -> str:
    """Return what to say of a step on a record that is not there."""
    return f"no record is called {step.on!r}"


def lines_of(form: Form, lines: tuple[str, ...]) -> Iterator[str]:
    """Yield lines with the form's slots filled."""
    words = slot_words(form.pack, form.scenario, form.slots, form.language)
    yield from (filled(line, words) for line in lines)
