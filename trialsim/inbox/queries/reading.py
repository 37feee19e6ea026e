"""A conversation with the engine's reasons: what mentors read, and candidates after the debrief."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trialsim.accounts.models import Person
from trialsim.inbox.models import Case, Message, Ticket, TicketFlag
from trialsim.inbox.queries.forum import public_hints
from trialsim.simulation.forum import Hint
from trialsim.trials.models import Trial
from trialsim.trials.queries import rules_of
from trialsim.trials.rules import TrialState

PART_WORDS = {
    "world": "Goal",
    "point": "Goal",
    "fact": "Goal",
    "escalation": "Goal",
    "credit": "Told",
    "clause": "Policy",
    "limit": "Limit",
}
_GOALS = ("world", "point", "fact", "escalation")


@dataclass(frozen=True, slots=True)
class Worth:
    """What a ticket was worth and how it was rated, part by part."""

    case: Case

    @property
    def outcome(self) -> float | None:
        """Return the outcome, 0 to 100; None while it is open."""
        return self.case.outcome

    @property
    def outcome_rows(self) -> list[tuple[str, str, str]]:
        """Return the parts of the outcome: of what kind, in words, points."""
        return [_outcome_row(part) for part in self.case.trace.get("parts", ())]

    @property
    def rating(self) -> int | None:
        """Return the rating the customer has in mind; None before they were asked."""
        return self.case.rating_trace.get("value")

    @property
    def was_sent(self) -> bool:
        """Whether the customer sent their rating."""
        return bool(self.case.rating_trace.get("answered"))

    @property
    def rating_rows(self) -> list[tuple[str, str]]:
        """Return why the customer rated as they did."""
        return [
            (part["text"].capitalize(), _signed(part["amount"]))
            for part in self.case.rating_trace.get("parts", ())
        ]


def _outcome_row(part: Mapping[str, Any]) -> tuple[str, str, str]:
    kind, text = part.get("kind", ""), part["text"]
    missed = kind in _GOALS and not part["met"]
    name = PART_WORDS.get(kind) or part["name"].replace("_", " ").capitalize()
    return name, f"{text}, not reached" if missed else text, f"{part['amount']:g}"


def _signed(amount: float) -> str:
    """Return a weight with its sign; what comes to nothing has none."""
    told = f"{amount:+.2f}"
    return told if float(told) else "0"


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """A conversation for those who guide or check: with the engine's reasons."""

    ticket: Ticket
    trial: Trial
    candidate: Person
    messages: list[Message]
    case: Case
    first_language: str
    may_review: bool
    may_overrule: bool
    flag: TicketFlag | None

    @property
    def worth(self) -> Worth:
        """Return what it was worth."""
        return Worth(self.case)

    @property
    def hints(self) -> tuple[Hint, ...]:
        """Return what to look at in a public thread."""
        return public_hints(self.case.form["channel"], self.messages, self.case.form["language"])

    @property
    def foreign(self) -> str:
        """Return the customer's language where it is not the company's first."""
        language = str(self.case.form.get("language", ""))
        return language if language != self.first_language else ""

    @property
    def laid_on(self) -> list[tuple[str, str]]:
        """Return what makes this ticket special, with words: flags and a second matter."""
        rows = []
        if self.case.second:
            rows.append(("Second matter", self.case.second["scenario"]))
        if self.case.flags:
            rows.append(("Marked", ", ".join(one.replace("_", " ") for one in self.case.flags)))
        return rows


def is_debriefed(trial: Trial) -> bool:
    """Whether the candidate may read the reasons: the letter is sent, or nobody decides."""
    if trial.state is TrialState.DECIDED:
        return True
    return trial.state is TrialState.CLOSED and not rules_of(trial).has_committee
