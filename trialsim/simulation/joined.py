"""Two matters in one ticket: each keeps its own case, one reply is read for all of them.

A matter the reply does not touch stays as it is, unless the reply touches none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trialsim.simulation import customer
from trialsim.simulation.matching import Records
from trialsim.simulation.outcome import outcome
from trialsim.simulation.types import (
    CaseState,
    Decision,
    Form,
    Phase,
    Reading,
    Reply,
    Rules,
    Turn,
)
from trialsim.simulation.world import open_case

_USUAL = Rules()
_DONE = (Phase.SOLVED, Phase.ESCALATED)
_OVER = (*_DONE, Phase.GIVEN_UP, Phase.CLOSED)


@dataclass(frozen=True, slots=True)
class JoinedTurn:
    """One message about several matters; `parts` stands in the order of the forms."""

    body: str
    delay_seconds: int
    closes: bool
    gives_up: bool
    parts: tuple[Turn | None, ...]


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


def receive(
    forms: Sequence[Form],
    cases: Sequence[CaseState],
    records: Records,
    reply: Reply,
    rules: Rules = _USUAL,
) -> JoinedDecision:
    """Read a reply for every matter and decide on one turn."""
    decisions = [
        customer.receive(form, case, records, reply, rules)
        for form, case in zip(forms, cases, strict=True)
    ]
    touched = [_is_touched(decision) for decision in decisions]
    if not any(touched):
        touched = _first_open(cases)
    after = tuple(
        decision.case if is_touched else case
        for decision, case, is_touched in zip(decisions, cases, touched, strict=True)
    )
    parts = tuple(
        decision.turn if is_touched else None
        for decision, is_touched in zip(decisions, touched, strict=True)
    )
    readings = tuple(
        decision.reading if is_touched else None
        for decision, is_touched in zip(decisions, touched, strict=True)
    )
    return JoinedDecision(after, readings, _turn(after, parts))


def _is_touched(decision: Decision) -> bool:
    return any(match.kind != "empathy" and not match.skipped for match in decision.reading.matches)


def _first_open(cases: Sequence[CaseState]) -> list[bool]:
    """Return a mark on the first matter that is still open: a reply about nothing costs there."""
    places = [place for place, case in enumerate(cases) if case.phase not in _OVER]
    return [place == places[0] if places else False for place in range(len(cases))]


def _turn(cases: Sequence[CaseState], parts: tuple[Turn | None, ...]) -> JoinedTurn | None:
    said = [part for part in parts if part is not None]
    if not said:
        return None
    return JoinedTurn(
        body="\n\n".join(part.body for part in said),
        delay_seconds=max(part.delay_seconds for part in said),
        closes=all(
            case.phase in _DONE or (part is not None and part.closes)
            for case, part in zip(cases, parts, strict=True)
        ),
        gives_up=any(part.gives_up for part in said),
        parts=parts,
    )


def arrive(
    forms: Sequence[Form], cases: Sequence[CaseState], records: Records, turn: JoinedTurn
) -> tuple[tuple[CaseState, ...], Records]:
    """Make a turn happen in every matter it is about."""
    after = []
    for form, case, part in zip(forms, cases, turn.parts, strict=True):
        now = case
        if part is not None:
            now, records = customer.arrive(form, case, records, part)
        after.append(now)
    return tuple(after), records


def outcome_mean(
    forms: Sequence[Form], cases: Sequence[CaseState], records: Records, rules: Rules = _USUAL
) -> float:
    """Return what the whole ticket was worth, 0 to 100: the mean over its matters."""
    values = [
        outcome(form, case, records, rules).value for form, case in zip(forms, cases, strict=True)
    ]
    return round(sum(values) / len(values), 2)
