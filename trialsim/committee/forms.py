"""What the pages of the committee send."""

from typing import Annotated, TypeVar

from pydantic import BaseModel, Field
from werkzeug.datastructures import MultiDict

from trialsim.committee.models import Choice, Outcome, Recommendation
from trialsim.committee.rules.deciding import LetterText, Proposal
from trialsim.committee.rules.voting import CONFIDENCE, Ballot
from trialsim.kit.text import clean
from trialsim.web.forms import Parsed, parse_values

LONGEST_STATEMENT = 1000
LONGEST_REASON = 3000
_MOST_EVIDENCE = 60

F = TypeVar("F", bound=BaseModel)
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_REASON)]
MaybeWords = Annotated[str, Field(max_length=LONGEST_REASON)]
Evidence = Annotated[
    tuple[Annotated[str, Field(max_length=40)], ...], Field(max_length=_MOST_EVIDENCE)
]


class StatementForm(BaseModel):
    """A mentor's statement."""

    recommendation: Recommendation
    body: Annotated[str, Field(min_length=1, max_length=LONGEST_STATEMENT)]


class VoteForm(BaseModel):
    """One ballot; `version` is that of the own earlier vote."""

    choice: Choice
    reason: Words
    evidence: Evidence = ()
    confidence: Annotated[int, Field(ge=CONFIDENCE[0], le=CONFIDENCE[-1])]
    version: Annotated[int, Field(ge=0)] = 0

    @property
    def ballot(self) -> Ballot:
        """Return the ballot."""
        return Ballot(self.choice, self.reason, self.evidence, self.confidence)


class DecisionForm(BaseModel):
    """A proposal to decide."""

    outcome: Outcome
    reasons: Words
    evidence: Evidence = ()
    question: MaybeWords = ""
    dissent: MaybeWords = ""
    version: Annotated[int, Field(ge=0)] = 0

    @property
    def proposal(self) -> Proposal:
        """Return the proposal."""
        return Proposal(self.outcome, self.reasons, self.evidence, self.question, self.dissent)


class SecondingForm(BaseModel):
    """Which proposal is seconded."""

    version: Annotated[int, Field(ge=1)]


class LetterForm(BaseModel):
    """The letter to the candidate."""

    strengths: Words
    gaps: Words
    evidence: Evidence = ()
    try_again: MaybeWords = ""

    @property
    def text(self) -> LetterText:
        """Return what the letter says."""
        return LetterText(self.strengths, self.gaps, self.evidence, self.try_again)


def parse_with_evidence(model: type[F], form: MultiDict[str, str]) -> Parsed[F]:
    """Validate a form in which pieces of evidence are ticked."""
    typed = {name: clean(form[name]) for name in form}
    values: dict[str, object] = {**typed, "evidence": ticked(form)}
    return parse_values(model, values, typed)


def ticked(form: MultiDict[str, str]) -> tuple[str, ...]:
    """Return the evidence ticked in a form."""
    return tuple(clean(one) for one in form.getlist("evidence"))
