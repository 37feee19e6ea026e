"""The desk on a ticket with one matter or two: one world, and a log in every case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trialsim.simulation import desk, promises
from trialsim.simulation.joined import OVER
from trialsim.simulation.matching import Records
from trialsim.simulation.types import CaseState, Form, Handover, Rules

_USUAL = Rules()


@dataclass(frozen=True, slots=True)
class JoinedResult:
    """What an action led to in every matter; `tells` is what the candidate reads."""

    cases: tuple[CaseState, ...]
    records: Records
    tells: str


def act(
    forms: Sequence[Form], cases: Sequence[CaseState], records: Records, done: desk.Act
) -> JoinedResult:
    """Do a desk action once and log it in every case.

    What one matter's case needs may have been said about the other, so a clause is broken only
    where every case says so.

    Raises:
        ActionBarred: When the action is impossible on this record, or a param does not fit.
    """
    results = [desk.act(form, case, records, done) for form, case in zip(forms, cases, strict=True)]
    broke = tuple(
        name for name in results[0].broke if all(name in result.broke for result in results)
    )
    after = tuple(
        _with_broken(before, result.case, broke)
        for before, result in zip(cases, results, strict=True)
    )
    first = promises.kept(after[0], done.at[:10])
    return JoinedResult((first, *after[1:]), results[0].records, results[0].tells)


def _with_broken(before: CaseState, after: CaseState, broke: tuple[str, ...]) -> CaseState:
    *earlier, last = after.actions
    return replace(
        after,
        actions=(*earlier, replace(last, broke=broke)),
        broken=desk.merged(before.broken, broke),
    )


def escalate(
    forms: Sequence[Form],
    cases: Sequence[CaseState],
    records: Records,
    handover: Handover,
    rules: Rules = _USUAL,
) -> JoinedResult:
    """Hand over the matter that is the team's; where none is, the first open one is sent back."""
    place = _handed(forms, cases, handover.team)
    result = desk.escalate(forms[place], cases[place], records, handover, rules)
    after = tuple(result.case if at == place else case for at, case in enumerate(cases))
    after = (promises.kept(after[0], handover.at[:10]), *after[1:])
    return JoinedResult(after, result.records, result.tells)


def _handed(forms: Sequence[Form], cases: Sequence[CaseState], team: str) -> int:
    for place, form in enumerate(forms):
        if form.scenario.escalation is not None and team in form.scenario.escalation.to:
            return place
    still_open = (place for place, case in enumerate(cases) if case.phase not in OVER)
    return next(still_open, 0)
