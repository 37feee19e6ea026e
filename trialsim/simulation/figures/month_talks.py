"""Dialogues of a month: the middling agent answers, with one matter or two in a ticket."""

from collections.abc import Sequence
from dataclasses import dataclass

from trialsim.kit import streams
from trialsim.simulation import joined
from trialsim.simulation.drafts import forms_of
from trialsim.simulation.figures.agents import Agent, script_of
from trialsim.simulation.figures.desk_month import MonthTicket
from trialsim.simulation.figures.dialogues import OVER, Dialogue, Script, converse, sent, waited
from trialsim.simulation.figures.stages import Stage
from trialsim.simulation.ghost_play import close, work
from trialsim.simulation.outcome import outcome
from trialsim.simulation.personas import with_records
from trialsim.simulation.planned import PlanRequest
from trialsim.simulation.types import CaseState, Form, Pack, Phase, Reply


@dataclass(frozen=True, slots=True)
class Talked:
    """What figures are counted from: one dialogue, `said` and `delays` (seconds) the customer's.

    `messages` counts both sides and, in a chat that the customer ended, the agent's goodbye.
    `solved` wants every matter solved; `mood` is the lower one at the end. `answered` says
    whether a rating was sent; None where there are two matters.
    """

    scenario: str
    channel: str
    language: str
    matters: int
    messages: int
    said: tuple[str, ...]
    delays: tuple[int, ...]
    solved: bool
    gave_up: bool
    mood: float
    can_change: bool
    changed: bool
    reopened: bool
    answered: bool | None = None


def talked(
    pack: Pack, ticket: MonthTicket, seed: streams.Name, agent: Agent = Agent.MIDDLING
) -> Talked:
    """Play a ticket of a month as an agent; the same arguments give the same dialogue."""
    stages = _stages(pack, ticket, seed)
    scripts = [script_of(agent, stage, seed) for stage in stages]
    if len(stages) == 1:
        return _alone(stages[0], converse(stages[0], scripts[0]))
    return _together(stages, scripts)


def _stages(pack: Pack, ticket: MonthTicket, seed: streams.Name) -> tuple[Stage, ...]:
    drawn = streams.unit(seed, "change", ticket.place)
    forms = forms_of(
        pack,
        ticket.brief,
        ticket.draft,
        seed=seed,
        key=f"t{ticket.place:06}",
        will_change=pack.scenarios[ticket.brief.scenario].change is not None
        and drawn < PlanRequest(str(seed), 1).change_share,
    )
    owning = with_records(pack, ticket.profile, seed, on=ticket.brief.on)
    records = owning.customer.records
    return tuple(Stage(form, records, ticket.draft, 0, ticket.place) for form in forms)


def _alone(stage: Stage, talk: Dialogue) -> Talked:
    form, case = stage.form, talk.case
    return Talked(
        scenario=form.scenario.id,
        channel=form.channel,
        language=form.language,
        matters=1,
        messages=talk.messages + _goodbye(form, [case]),
        said=tuple(turn.body for turn in talk.turns),
        delays=tuple(turn.delay_seconds for turn in talk.turns),
        solved=talk.trace.solved,
        gave_up=case.given_up,
        mood=case.mood,
        can_change=form.scenario.change is not None,
        changed=case.changed,
        reopened=case.reopened > 0,
        answered=talk.rating.answered,
    )


def _together(stages: Sequence[Stage], scripts: Sequence[Script]) -> Talked:
    """Play two matters in one ticket, one after the other; each reply is read for both."""
    forms = [stage.form for stage in stages]
    cases, records = joined.open_cases(forms, stages[0].records)
    said: list[str] = []
    delays: list[int] = []
    replies = 0
    for place, script in enumerate(scripts):
        step = next(script, None)
        while step is not None and cases[place].phase not in OVER:
            case, records = work(
                forms[place], cases[place], records, step.actions, forms[place].opened_on
            )
            cases = _with(cases, place, case)
            if step.text:
                reply = Reply(step.text, waited(forms[place]))
                decision = joined.receive(forms, cases, records, reply)
                cases, replies = decision.cases, replies + 1
                if decision.turn is not None:
                    cases, records = joined.arrive(forms, cases, records, decision.turn)
                    said.append(decision.turn.body)
                    delays.append(decision.turn.delay_seconds)
            step = sent(script, cases[place])
    for place, form in enumerate(forms):
        case, records = close(form, cases[place], records)
        cases = _with(cases, place, case)
    first = forms[0]
    return Talked(
        scenario=first.scenario.id,
        channel=first.channel,
        language=first.language,
        matters=len(forms),
        messages=1 + replies + len(said) + _goodbye(first, cases),
        said=tuple(said),
        delays=tuple(delays),
        solved=all(
            outcome(form, case, records).solved for form, case in zip(forms, cases, strict=True)
        ),
        gave_up=any(case.given_up for case in cases),
        mood=min(case.mood for case in cases),
        can_change=first.scenario.change is not None,
        changed=cases[0].changed,
        reopened=any(case.reopened for case in cases),
    )


def _goodbye(form: Form, cases: Sequence[CaseState]) -> int:
    """Return 1 where an agent says goodbye: in a chat that ended well."""
    return int(form.channel == "chat" and all(case.phase is Phase.SOLVED for case in cases))


def _with(cases: Sequence[CaseState], place: int, case: CaseState) -> tuple[CaseState, ...]:
    return tuple(case if at == place else one for at, one in enumerate(cases))
