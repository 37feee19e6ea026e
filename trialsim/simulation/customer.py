"""The simulated customer: an agenda and a mood, and a decision for every reply.

Deterministic: the same form, replies and waits give the same transcript, byte for byte. Every
change carries its reason. A turn decided on is not yet sent: `arrive` makes it happen.
"""

from dataclasses import replace

from trialsim.kit.streams import Name, unit
from trialsim.simulation import goals, matching
from trialsim.simulation.appraisal import Agenda, appraise
from trialsim.simulation.delays import answer_delay, reopening_delay
from trialsim.simulation.desk import merged
from trialsim.simulation.ledger import Ledger
from trialsim.simulation.matching import Records
from trialsim.simulation.reading import read
from trialsim.simulation.speech import Speech
from trialsim.simulation.types import (
    CaseState,
    Decision,
    Form,
    Phase,
    Reading,
    Reason,
    Reply,
    Rules,
    Turn,
)

_USUAL = Rules()
_OVER = (Phase.SOLVED, Phase.GIVEN_UP, Phase.ESCALATED, Phase.CLOSED)
_WAITING = (Phase.OPEN, Phase.WAITING_AGENT, Phase.REOPENED)
_LIVE = ("chat", "call")
_LEAVES_HOURS = 0.3  # [assumed], times a patience of 0.5 to 1.5: after 9 to 27 minutes


def receive(
    form: Form,
    case: CaseState,
    records: Records,
    reply: Reply,
    rules: Rules = _USUAL,
    reading: Reading | None = None,
) -> Decision:
    """Read a reply and decide on the customer's next turn; none once it is over for them.

    `reading` is given where the reply was read already.
    """
    reading = reading or read(form, reply, rules)
    ledger, agenda = appraise(form, case, records, reading, reply, rules)
    if case.phase in _OVER:
        return Decision(replace(ledger.case, phase=case.phase), reading, None)
    turn = _turn(ledger, agenda, reading, reply)
    case = replace(ledger.case, phase=Phase.WAITING_CUSTOMER)
    return Decision(case, reading, turn)


def _turn(ledger: Ledger, agenda: Agenda, reading: Reading, reply: Reply) -> Turn:
    form, case = ledger.form, ledger.case
    names: tuple[Name, ...] = ("reply", case.replies)
    volunteered = _volunteered(form, case, agenda)
    told = merged(agenda.informs, volunteered)
    changes_mind = _changes_mind(form, case)
    after = _foreseen(ledger, told)
    closes = not changes_mind and goals.progress(form, *after).is_whole
    gives_up = not closes and _gives_up(ledger)
    asks = not closes and not gives_up and _asks_for_manager(ledger)
    speech = Speech(form, names, [])
    if gives_up:
        speech.phrase("giving_up")
    else:
        if ledger.says_late:
            speech.phrase("late")
        _say(speech, agenda, volunteered)
        if not closes:
            _react(speech, ledger, agenda, reading)
        _end(speech, changes_mind=changes_mind, closes=closes, asks_for_manager=asks)
    told = () if gives_up else told
    ledger.case = replace(ledger.case, coming=merged(ledger.case.coming, told))
    return Turn(
        body=speech.body(),
        delay_seconds=answer_delay(form, ledger.rules, reply.local_hour, *names),
        effects=tuple(ledger.effects),
        informs=told,
        changes_mind=changes_mind and not gives_up,
        closes=closes,
        gives_up=gives_up,
        asks_for_manager=asks,
        why=tuple(ledger.why),
    )


def _volunteered(form: Form, case: CaseState, agenda: Agenda) -> tuple[str, ...]:
    """Return the facts told unasked: drawn once a ticket, in the first turn."""
    if case.customer_turns > 0 or case.replies > 1:
        return ()
    return tuple(
        fact.id
        for fact in form.scenario.facts.values()
        if fact.id not in agenda.informs
        and fact.id not in agenda.vague
        and unit(form.seed, form.key, "volunteer", fact.id) < fact.volunteer
    )


def _changes_mind(form: Form, case: CaseState) -> bool:
    change = form.scenario.change
    is_due = change is not None and case.customer_turns + 1 >= change.after_turn
    return form.will_change and is_due and not case.changed


def _foreseen(ledger: Ledger, told: tuple[str, ...]) -> tuple[CaseState, Records]:
    """Return the case and records as they will be once this turn has arrived."""
    case = replace(ledger.case, facts=merged(ledger.case.facts, told))
    records = _with_effects(ledger.form, case, ledger.records, tuple(ledger.effects))
    return case, records


def _with_effects(
    form: Form, case: CaseState, records: Records, effects: tuple[str, ...]
) -> Records:
    for effect in effects:
        kind, _, name = effect.partition(":")
        source = form.scenario.points if kind == "point" else form.scenario.traps
        records = matching.with_effect(source[name].effect, case.names, records, form)
    return records


def _gives_up(ledger: Ledger) -> bool:
    ends, case = ledger.form.scenario.ends, ledger.case
    if case.mood < ends.give_up_below:
        ledger.note("gives_up", "has had enough")
        return True
    if case.customer_turns + 1 >= ends.max_customer_turns:
        ledger.note("gives_up", f"not solved after {ends.max_customer_turns} messages")
        return True
    return False


def _asks_for_manager(ledger: Ledger) -> bool:
    case = ledger.case
    if case.manager_asked or case.mood >= ledger.form.scenario.ends.ask_for_manager_below:
        return False
    ledger.case = replace(case, manager_asked=True)
    ledger.note("manager", "wants somebody who can decide")
    return True


def _say(speech: Speech, agenda: Agenda, volunteered: tuple[str, ...]) -> None:
    for fact in agenda.informs:
        speech.answer(fact)
    for fact in agenda.repeats:
        speech.again(fact)
    if agenda.vague:
        speech.phrase("vague")
    for fact in volunteered:
        speech.unasked(fact)
    if agenda.is_too_much:
        speech.phrase("one_thing")


def _react(speech: Speech, ledger: Ledger, agenda: Agenda, reading: Reading) -> None:
    """React to steps, then to what helps; without any, and nothing to answer, ask or press.

    That nothing changed is said of steps alone: nobody can try what they were only told.
    """
    points = ledger.form.scenario.points
    if any(effect.startswith("point:") for effect in ledger.effects):
        speech.phrase("tried", "nudge")
    elif not agenda.informs and any(points[name].effect for name in ledger.guesses):
        speech.phrase("no_change", "not_sure")
    elif agenda.informs or agenda.repeats or agenda.vague:
        return
    elif any(reason.code == "point" for reason in ledger.why):
        speech.phrase("heard", "nudge")
    else:
        is_lost = reading.questions > 0 and not ledger.said_anything
        speech.phrase("not_sure" if is_lost else "nudge")


def _end(speech: Speech, *, changes_mind: bool, closes: bool, asks_for_manager: bool) -> None:
    if changes_mind:
        speech.mind_change()
    if closes:
        speech.phrase("thanks")
    if asks_for_manager:
        speech.phrase("manager")


def arrive(form: Form, case: CaseState, records: Records, turn: Turn) -> tuple[CaseState, Records]:
    """Make a customer's turn happen: what they followed, told, and where they stand now."""
    records = _with_effects(form, case, records, turn.effects)
    case = replace(
        case,
        facts=merged(case.facts, turn.informs),
        told=merged(case.told, turn.informs),
        coming=tuple(name for name in case.coming if name not in turn.informs),
        followed=merged(case.followed, turn.effects),
        customer_turns=case.customer_turns + 1,
        changed=case.changed or turn.changes_mind,
        given_up=case.given_up or turn.gives_up,
        reopened=case.reopened + turn.reopens,
    )
    case = goals.with_forbidden(form, case, records)
    return replace(case, phase=_phase(form, case, records, turn)), records


def _phase(form: Form, case: CaseState, records: Records, turn: Turn) -> Phase:
    if turn.gives_up:
        return Phase.GIVEN_UP
    if turn.reopens:
        return Phase.REOPENED
    if turn.closes and goals.progress(form, case, records).is_whole:
        return Phase.SOLVED if form.scenario.escalation is None else Phase.ESCALATED
    return Phase.WAITING_AGENT


def closing(case: CaseState) -> CaseState:
    """Return the case of a ticket that the candidate calls done while an answer is on its way."""
    return case if case.phase in _OVER else replace(case, closed_by="candidate")


def after_close(
    form: Form, case: CaseState, records: Records, rules: Rules = _USUAL
) -> tuple[CaseState, Turn | None]:
    """Return what follows when the candidate closes: often a reopening where the goal is unmet."""
    closed = replace(case, phase=Phase.CLOSED, closed_by="candidate")
    is_done = case.phase in _OVER or goals.progress(form, case, records).is_whole
    drawn = unit(form.seed, form.key, "reopen", case.reopened)
    if is_done or drawn >= form.scenario.ends.reopen_if_wrong:
        return closed, None
    names: tuple[Name, ...] = ("reopen", case.reopened)
    speech = Speech(form, names, [])
    speech.phrase("reopened", "nudge")
    reason = Reason("reopened", "closed before it was solved", rules.unanswered)
    mood = round(max(-1.5, case.mood + rules.unanswered), 4)
    turn = Turn(speech.body(), reopening_delay(form, *names), reopens=True, why=(reason,))
    return replace(closed, mood=mood), turn


def comes_back(form: Form, case: CaseState, rules: Rules = _USUAL) -> tuple[CaseState, Turn]:
    """Return what follows when a ticket is put together with one about something else.

    The customer notices within 1-3 days that nobody looks at this one any more.
    """
    names: tuple[Name, ...] = ("swallowed", case.wrong_merges)
    speech = Speech(form, names, [])
    speech.phrase("reopened", "nudge")
    reason = Reason("swallowed", "put together with another trouble", rules.swallowed)
    case = replace(
        case,
        mood=round(max(-1.5, case.mood + rules.swallowed), 4),
        wrong_merges=case.wrong_merges + 1,
    )
    delay = reopening_delay(form, *names)
    return case, Turn(speech.body(), delay, reopens=True, why=(reason,))


def parted(case: CaseState, rules: Rules = _USUAL) -> CaseState:
    """Return the case of a ticket that was merged and taken out again before anybody noticed.

    What was on its way arrived in the other one, so it may be asked for again.
    """
    if not case.wrong_merges:
        return replace(case, coming=())
    mood = round(min(1.0, case.mood - rules.swallowed), 4)
    return replace(case, mood=mood, wrong_merges=case.wrong_merges - 1)


def nudge(
    form: Form, case: CaseState, records: Records, waited_hours: float, rules: Rules = _USUAL
) -> tuple[CaseState, Turn | None]:
    """Return what an ignored customer does: nothing yet, press, or give up.

    The wait is charged to the mood when the reply comes; here it only decides. Who talks live and
    is left alone for a quarter of an hour or so leaves, however patient.
    """
    per_hour = form.scenario.mood.late_per_hour.get(form.channel, rules.late.get(form.channel, 0.0))
    patience = 0.5 + form.persona.patience
    due = rules.nudge_hours.get(form.channel, 24.0) * patience * (case.nudges + 1)
    is_waiting = case.phase in _WAITING and not goals.progress(form, case, records).is_whole
    leaves = form.channel in _LIVE and waited_hours >= _LEAVES_HOURS * patience
    is_due = waited_hours >= due and case.nudges < rules.nudges
    if not is_waiting or not (is_due or leaves):
        return case, None
    mood = case.mood + per_hour * waited_hours
    gives_up = leaves or mood < form.scenario.ends.give_up_below
    speech = Speech(form, ("nudge", case.replies, case.nudges), [])
    speech.phrase("giving_up" if gives_up else "nudge")
    reason = Reason("late", f"waited {waited_hours:.1f} hours")
    case = replace(case, nudges=case.nudges + 1)
    return case, Turn(speech.body(), 0, gives_up=gives_up, why=(reason,))
