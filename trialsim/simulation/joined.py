"""One ticket with one matter or two: each keeps its own case, one reply is read for all of them.

A matter the reply does not touch stays as it is, unless the reply touches none that is open. A
sentence that one matter knows by a pattern is no trap by mere likeness in the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trialsim.simulation import customer, goals, promises
from trialsim.simulation.codec import from_json
from trialsim.simulation.matching import Records
from trialsim.simulation.reading import read
from trialsim.simulation.types import (
    MANNERS,
    CaseState,
    Decision,
    Form,
    Match,
    Phase,
    Reading,
    Reason,
    Reply,
    Rules,
    Turn,
)
from trialsim.simulation.world import open_case

_USUAL = Rules()
_LIVE = ("chat", "call")
_DONE = (Phase.SOLVED, Phase.ESCALATED)
_OF_THE_OTHER = "it is about the other matter"
OVER = (*_DONE, Phase.GIVEN_UP, Phase.CLOSED)


@dataclass(frozen=True, slots=True)
class JoinedTurn:
    """One message about all its matters; `parts` stands in the order of the forms.

    `why` holds the reasons of every matter, in order.
    """

    body: str
    delay_seconds: int
    closes: bool
    gives_up: bool
    parts: tuple[Turn | None, ...]
    why: tuple[Reason, ...] = ()


def alone(turn: Turn, *, matters: int = 1) -> JoinedTurn:
    """Return a turn about the first matter of a ticket as one message."""
    parts = (turn, *(None for _ in range(matters - 1)))
    return JoinedTurn(turn.body, turn.delay_seconds, turn.closes, turn.gives_up, parts, turn.why)


@dataclass(frozen=True, slots=True)
class JoinedDecision:
    """What one reply leads to in every matter; a matter it does not touch has no reading."""

    cases: tuple[CaseState, ...]
    readings: tuple[Reading | None, ...]
    turn: JoinedTurn | None


def open_cases(
    forms: Sequence[Form], records: Records, rules: Rules = _USUAL
) -> tuple[tuple[CaseState, ...], Records]:
    """Return a case for each matter, and the records as all of them need them."""
    cases = []
    for form in forms:
        case, records = open_case(form, records, rules)
        cases.append(case)
    return tuple(cases), records


def stored_turn(stored: Mapping[str, Any]) -> JoinedTurn:
    """Return a turn out of its JSON; earlier ones were stored without parts."""
    if "parts" in stored:
        return from_json(JoinedTurn, stored)
    return alone(from_json(Turn, stored))


def receive(
    forms: Sequence[Form],
    cases: Sequence[CaseState],
    records: Records,
    reply: Reply,
    rules: Rules = _USUAL,
) -> JoinedDecision:
    """Read a reply for every matter and decide on one turn."""
    decisions = _decisions(forms, cases, records, reply, rules)
    touched = _touched(cases, decisions)
    pairs = list(zip(decisions, touched, strict=True))
    after = tuple(
        decision.case if is_touched else case
        for (decision, is_touched), case in zip(pairs, cases, strict=True)
    )
    after = (promises.with_reply(after[0], reply.text, forms[0].language, reply.on), *after[1:])
    parts = tuple(decision.turn if is_touched else None for decision, is_touched in pairs)
    readings = tuple(decision.reading if is_touched else None for decision, is_touched in pairs)
    return JoinedDecision(after, readings, _turn(forms, after, parts))


def _decisions(
    forms: Sequence[Form],
    cases: Sequence[CaseState],
    records: Records,
    reply: Reply,
    rules: Rules,
) -> list[Decision]:
    """Return what each matter makes of a reply; in live talk they share the answers of a turn."""
    decisions: list[Decision] = []
    left = rules.asks_per_chat_turn
    readings = _told_apart([read(form, reply, rules) for form in forms])
    for form, case, reading in zip(forms, cases, readings, strict=True):
        held = replace(rules, asks_per_chat_turn=left) if form.channel in _LIVE else rules
        said_already = any(one.case.late_said and _is_touched(one) for one in decisions)
        knowing = replace(case, late_said=case.late_said or said_already)
        decision = customer.receive(form, knowing, records, reply, held, reading)
        left = max(0, left - len(decision.turn.informs)) if decision.turn else left
        decisions.append(decision)
    return decisions


def _told_apart(readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings without traps guessed at where another matter is sure of a sentence."""
    sure = [
        {match.place for match in reading.matches if match.by == "pattern" and _counts(match)}
        for reading in readings
    ]
    apart = []
    for at, reading in enumerate(readings):
        elsewhere = {place for other, places in enumerate(sure) if other != at for place in places}
        matches = tuple(
            replace(match, skipped=match.skipped or _OF_THE_OTHER)
            if (match.kind, match.by) == ("trap", "phrase") and match.place in elsewhere
            else match
            for match in reading.matches
        )
        apart.append(replace(reading, matches=matches))
    return apart


def _counts(match: Match) -> bool:
    return match.kind not in MANNERS and not match.skipped


def _touched(cases: Sequence[CaseState], decisions: Sequence[Decision]) -> list[bool]:
    """Mark the matters a reply is about; one about nothing that is open costs in the first."""
    if len(cases) == 1:
        return [True]
    touched = [_is_touched(decision) for decision in decisions]
    still_open = [place for place, case in enumerate(cases) if case.phase not in OVER]
    if still_open and not any(touched[place] for place in still_open):
        touched[still_open[0]] = True
    return touched


def _is_touched(decision: Decision) -> bool:
    return any(_counts(match) for match in decision.reading.matches)


def _turn(
    forms: Sequence[Form], cases: Sequence[CaseState], parts: tuple[Turn | None, ...]
) -> JoinedTurn | None:
    said = [(form, part) for form, part in zip(forms, parts, strict=True) if part is not None]
    if not said:
        return None
    *earlier, last = [(form, part.body) for form, part in said if part.body] or [(forms[0], "")]
    return JoinedTurn(
        body="\n\n".join((*(_unsigned(body, form) for form, body in earlier), last[1])),
        delay_seconds=max(part.delay_seconds for _, part in said),
        closes=all(
            case.phase in _DONE or (part is not None and part.closes)
            for case, part in zip(cases, parts, strict=True)
        ),
        gives_up=any(part.gives_up for _, part in said),
        parts=parts,
        why=tuple(reason for _, part in said for reason in part.why),
    )


def _unsigned(body: str, form: Form) -> str:
    """Return a text without the name below it: one message is signed once."""
    name = form.persona.first_name
    return body.rpartition("\n\n")[0] if name and body.endswith(f"\n{name}") else body


def arrive(
    forms: Sequence[Form], cases: Sequence[CaseState], records: Records, turn: JoinedTurn
) -> tuple[tuple[CaseState, ...], Records]:
    """Make a turn happen in every matter it is about; who gives up leaves all of them."""
    after = []
    for form, case, part in zip(forms, cases, turn.parts, strict=True):
        now = case
        if part is not None:
            now, records = customer.arrive(form, case, records, part)
        if turn.gives_up and now.phase not in OVER:
            now = replace(now, phase=Phase.GIVEN_UP, given_up=True)
        after.append(now)
    if len(after) > 1:  # what one matter led to may be forbidden in the other
        after = [
            goals.with_forbidden(form, case, records)
            for form, case in zip(forms, after, strict=True)
        ]
    return tuple(after), records


def after_close(
    forms: Sequence[Form], cases: Sequence[CaseState], records: Records, rules: Rules = _USUAL
) -> tuple[tuple[CaseState, ...], JoinedTurn | None]:
    """Return what follows when the candidate closes: a matter that is not solved may come back."""
    found = [
        customer.after_close(form, case, records, rules)
        for form, case in zip(forms, cases, strict=True)
    ]
    after = tuple(case for case, _ in found)
    return after, _turn(forms, after, _first_only([turn for _, turn in found]))


def nudge(
    forms: Sequence[Form],
    cases: Sequence[CaseState],
    records: Records,
    waited_hours: float,
    rules: Rules = _USUAL,
) -> tuple[tuple[CaseState, ...], JoinedTurn | None]:
    """Return what an ignored customer does; they press for the first matter that is open."""
    waiting = (place for place, case in enumerate(cases) if case.phase not in OVER)
    place = next(waiting, 0)
    case, turn = customer.nudge(forms[place], cases[place], records, waited_hours, rules)
    after = tuple(case if at == place else one for at, one in enumerate(cases))
    parts = tuple(turn if at == place else None for at in range(len(cases)))
    return after, _turn(forms, after, parts)


def _first_only(turns: Sequence[Turn | None]) -> tuple[Turn | None, ...]:
    """Let one complaint stand for all: the others say nothing, but happen as well."""
    seen = False
    parts: list[Turn | None] = []
    for turn in turns:
        parts.append(replace(turn, body="") if turn is not None and seen else turn)
        seen = seen or turn is not None
    return tuple(parts)
