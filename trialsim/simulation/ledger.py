"""What one reply changes in a case, entry by entry, each with its reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from trialsim.simulation import policies
from trialsim.simulation.matching import Records
from trialsim.simulation.types import (
    CaseState,
    Credit,
    Form,
    Match,
    Reason,
    Rules,
)

_LOWEST, _HIGHEST = -1.5, 1.0


@dataclass(slots=True)
class Ledger:
    """A case being changed by one reply. Not frozen: it lives inside one decision."""

    form: Form
    records: Records
    rules: Rules
    case: CaseState
    why: list[Reason] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)
    beside: frozenset[str] = frozenset()
    said_anything: bool = False
    says_late: bool = False

    def note(self, code: str, text: str, mood: float = 0.0, sentence: str = "") -> None:
        """Write a reason down and move the mood, kept within -1.5 and 1."""
        self.why.append(Reason(code, text, round(mood, 4), sentence))
        now = round(max(_LOWEST, min(_HIGHEST, self.case.mood + mood)), 4)
        self.case = replace(self.case, mood=now)

    def known(self) -> set[str]:
        """Return every fact, point and action that `after` may wait for."""
        case = self.case
        return set(case.facts) | set(case.points) | {one.action for one in case.actions}

    def trap(self, match: Match) -> None:
        """Count a trap once: nothing said later takes its harm back."""
        trap = self.form.scenario.traps[match.id]
        self.said_anything = True
        if trap.id in self.case.traps:
            return
        self._break(trap.policy, match)
        self.case = replace(self.case, traps=(*self.case.traps, trap.id))
        self.effects.append(f"trap:{trap.id}")
        text = f"harmful: {trap.id.replace('_', ' ')}"
        self.note("trap", text, self.rules.harm * trap.harm, match.sentence)

    def point(self, match: Match) -> None:
        """Credit a point: whole once all it waits for is known, half as a guess before.

        A guess sent again word for word stays a guess.
        """
        point = self.form.scenario.points[match.id]
        self.said_anything = True
        if self.case.points.get(point.id) is Credit.WHOLE:
            return
        self._break(point.policy, match)
        doubt = self._doubt(match)
        credit = Credit.HALF if doubt else Credit.WHOLE
        self.case = replace(self.case, points={**self.case.points, point.id: credit})
        name = point.id.replace("_", " ")
        if doubt:
            self.guesses.append(point.id)
            guessed = {**self.case.guessed, point.id: match.sentence}
            self.case = replace(self.case, guessed=guessed)
            self.note("guess", f"{name}: half, {doubt}", 0.0, match.sentence)
            return
        if point.effect:
            self.effects.append(f"point:{point.id}")
        self.note("point", f"{name}: earned", 0.0, match.sentence)

    def _doubt(self, match: Match) -> str:
        """Return why a point is but a guess; empty when it is none."""
        missing = self.missing(match.id)
        if missing:
            return f"a guess before {', '.join(missing).replace('_', ' ')}"
        if match.id in self.beside:
            return "beside questions still open"
        if self.case.guessed.get(match.id) == match.sentence:
            return "said before, word for word"
        return ""

    def missing(self, point: str) -> list[str]:
        """Return what a point waits for that is not known yet."""
        known = self.known()
        return [name for name in self.form.scenario.points[point].after if name not in known]

    def _break(self, policy: str | None, match: Match) -> None:
        if policy is None or policy in self.case.broken:
            return
        if policies.broken_by_words(self.form, self.case, self.records, policy):
            self.case = replace(self.case, broken=(*self.case.broken, policy))
            self.note("policy", f"breaks {policy}", 0.0, match.sentence)


def counted(matches: Iterable[Match], kind: str) -> list[Match]:
    """Return the first match of each act of a kind that was not skipped, in order."""
    first: dict[str, Match] = {}
    for match in matches:
        if match.kind == kind and not match.skipped:
            first.setdefault(match.id, match)
    return list(first.values())


def with_count(counts: Mapping[str, int], name: str) -> dict[str, int]:
    """Return the counts with one more of a name."""
    return {**counts, name: counts.get(name, 0) + 1}
