"""Two matters in one ticket: whoever answers both by their references must solve both."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeAlias

from trialsim.simulation import goals, joined, joined_desk, world
from trialsim.simulation.checking.forms import (
    STEADY,
    act_of,
    handover_of,
    no_record,
    sample_form,
)
from trialsim.simulation.matching import Records
from trialsim.simulation.outcome import is_solved
from trialsim.simulation.types import (
    ActionBarred,
    CaseState,
    Fault,
    Form,
    Pack,
    ReferenceAction,
    Reply,
    Scenario,
    Value,
)
from trialsim.simulation.voice import filled, slot_words

# A step of a reference: which matter it is for, what is done, and what is written then.
_Step: TypeAlias = tuple[int, Sequence[ReferenceAction], str]


@dataclass(frozen=True, slots=True)
class PairPlay:
    """How the references of two matters went on one ticket; `barred` names impossible actions."""

    cases: tuple[CaseState, ...]
    records: Records
    barred: tuple[str, ...]


def check_pairs(pack: Pack, scenario: Scenario, without: Collection[str]) -> Iterator[Fault]:
    """Yield where a joined scenario spoils the ticket, or is spoilt by what it comes with.

    Each pair is played twice with other words: both matters in every letter, and the first to
    its end before the second. Scenarios `without` a good reference of their own are left out.
    """
    if scenario.id in without:
        return
    file = f"scenarios/{scenario.id}.toml"
    for name in scenario.joins:
        if name in pack.scenarios and name not in without:
            told = dict.fromkeys(_told(pack, scenario, pack.scenarios[name]))
            yield from (Fault(file, "joins", f"with {name}: {message}") for message in told)


def _told(pack: Pack, scenario: Scenario, second: Scenario) -> Iterator[str]:
    yield from _wiped(sample_pair(pack, scenario, second))
    for which, together in enumerate((True, False)):
        forms = sample_pair(pack, scenario, second, which)
        yield from _wrongs(forms, play_pair(forms, together=together))


def sample_pair(
    pack: Pack, scenario: Scenario, second: Scenario, which: int = 0
) -> tuple[Form, Form]:
    """Return the forms of two matters in one ticket, in the first scenario's language."""
    form = sample_form(pack, scenario, scenario.languages[0], which)
    other = sample_form(pack, second, form.language, which)
    return form, replace(other, channel=form.channel, key=f"{form.key}b")


def play_pair(forms: tuple[Form, Form], *, together: bool) -> PairPlay:
    """Play both references on one ticket: letter by letter together, or one after the other."""
    cases, records = joined.open_cases(forms, (), STEADY)
    barred: list[str] = []
    for steps in _letters(forms, together=together):
        for place, actions, _ in steps:
            for action in actions:
                cases, records, why = _do(forms, cases, records, place, action)
                barred += [f"{action.action}: {why}"] if why else []
        text = "\n\n".join(text for _, _, text in steps)
        decision = joined.receive(forms, cases, records, Reply(text), STEADY)
        cases = decision.cases
        if decision.turn is not None:
            cases, records = joined.arrive(forms, cases, records, decision.turn)
    return PairPlay(cases, records, tuple(barred))


def _letters(forms: Sequence[Form], *, together: bool) -> Iterator[Sequence[_Step]]:
    first, second = (_steps(place, form) for place, form in enumerate(forms))
    if together:
        for steps in zip_longest(first, second):
            yield [step for step in steps if step is not None]
    else:
        yield from ([step] for step in (*first, *second))


def _steps(place: int, form: Form) -> list[_Step]:
    words = slot_words(form.pack, form.scenario, form.slots, form.language)
    actions = form.scenario.reference_actions
    return [
        (place, actions[number] if number < len(actions) else (), filled(text, words))
        for number, text in enumerate(form.scenario.text(form.language).replies)
    ]


def _do(
    forms: Sequence[Form],
    cases: tuple[CaseState, ...],
    records: Records,
    place: int,
    step: ReferenceAction,
) -> tuple[tuple[CaseState, ...], Records, str]:
    form, case = forms[place], cases[place]
    if step.escalate_to:
        handover = handover_of(form, step)
        done = joined_desk.escalate(forms, cases, records, handover, STEADY)
        return done.cases, done.records, ""
    if step.on not in case.names:
        return cases, records, no_record(step)
    try:
        done = joined_desk.act(forms, cases, records, act_of(form, case, step))
    except ActionBarred as error:
        return cases, records, str(error)
    return done.cases, done.records, ""


def _wrongs(forms: Sequence[Form], play: PairPlay) -> Iterator[str]:
    yield from (f"an action was impossible: {why}" for why in play.barred)
    for form, case in zip(forms, play.cases, strict=True):
        name = form.scenario.id
        yield from (f"breaks the policy {clause}" for clause in case.broken)
        yield from (f"steps into the trap {trap} of {name}" for trap in case.traps)
        yield from (f"makes a forbidden state of {name} true ({one})" for one in case.forbidden)
        if not is_solved(form, case, play.records, STEADY):
            parts = goals.progress(form, case, play.records).parts
            missing = ", ".join(part.name for part in parts if not part.met)
            yield f"does not solve {name}{': ' if missing else ''}{missing}"


def _wiped(forms: tuple[Form, Form]) -> Iterator[str]:
    """Yield what the first matter's world sets and the second's sets otherwise.

    A list may grow: an add-on more takes none away.
    """
    case, alone = world.open_case(forms[0], (), STEADY)
    _, both = joined.open_cases(forms, (), STEADY)
    before, after = ({one.id: one.fields for one in records} for records in (alone, both))
    for name, record in forms[0].scenario.world.items():
        for field in record.fields:
            was, now = (fields[case.names[name]].get(field) for fields in (before, after))
            if was != now and not _grown(was, now):
                yield f"both set {name}.{field}, one to {was!r} and one to {now!r}"


def _grown(was: Value, now: Value) -> bool:
    both_lists = isinstance(was, (list, tuple)) and isinstance(now, (list, tuple))
    return both_lists and set(was) <= set(now)  # type: ignore[arg-type]
