"""Open questions for the committee: what the evidence leaves undecided, asked and not answered."""

from collections.abc import Iterator

from trialsim.committee.rules.material import Figures, Material
from trialsim.committee.rules.sentences import first_few
from trialsim.committee.rules.words import Recommendation
from trialsim.measurement.planning import RELIABLE
from trialsim.measurement.types import Unit
from trialsim.measurement.wording import Verdict, counted, estimate_text, figure, verdict

MOST = 5
FEW_OF_A_CHANNEL = 5
_CHANNEL_WORDS = {"forum": "forum posts", "email": "emails", "chat": "chats", "call": "calls"}


def open_questions(material: Material) -> tuple[str, ...]:
    """Return up to five questions, the weightiest first; always at least one."""
    found = [*_of_mentors(material), *_of_failures(material), *_of_figures(material.figures)]
    found += _of_channels(material)
    return tuple(found[:MOST]) or ("What would the first month in the role need to show?",)


def _of_mentors(material: Material) -> Iterator[str]:
    said = {one.recommendation for one in material.statements}
    if Recommendation.NO in said and said & {Recommendation.YES, Recommendation.CONDITION}:
        yield "Mentors see it differently. What did each of them look at?"
    named = [
        f"Mentor {one.mentor}"
        for one in material.statements
        if one.recommendation is Recommendation.CONDITION
    ]
    if named:
        verb = "names" if len(named) == 1 else "name"
        yield f"{' and '.join(named)} {verb} a condition. Could it be met from the first day?"


def _of_failures(material: Material) -> Iterator[str]:
    failed = [one.name for one in material.reviewed if one.failed]
    if failed:
        yield (
            f"{first_few(failed)} failed critically. What did {material.code} do next, "
            "and did it happen again?"
        )


def _of_figures(figures: Figures) -> Iterator[str]:
    quality = figures.estimates.get("reply_quality")
    if quality is not None and quality.is_known:
        found = verdict(quality, figures.pass_line)
        if found is Verdict.OPEN:
            yield (
                f"Reply quality is {estimate_text(quality)}, so the pass line of "
                f"{figures.pass_line:.0f} is neither reached nor missed for sure. "
                "Does the decision hang on it?"
            )
    known = [one for one in figures.categories if one.estimate.high is not None]
    weak = min(known, key=lambda one: (one.estimate.value or 0.0, one.id), default=None)
    if weak is not None and (weak.estimate.high or 0.0) < figures.pass_line:
        yield (
            f"“{weak.name}” was {estimate_text(weak.estimate)}. "
            "What support would the first month need, and is it there?"
        )
    ramp = figures.ramp
    is_known = ramp is not None and ramp.level.is_known
    if ramp and is_known and verdict(ramp.level, figures.goal) is Verdict.OPEN:
        bar = figure(figures.goal, Unit.PACE)
        yield f"Whether the pace is above the ready line of {bar} is open. How much does it matter?"
    if figures.reliability is not None and figures.reliability < RELIABLE:
        yield "The trial is less reliable than our line for deciding. What else do we know?"


def _of_channels(material: Material) -> Iterator[str]:
    for channel, count in material.sample.channels:
        if count < FEW_OF_A_CHANNEL:
            words = _CHANNEL_WORDS.get(channel, channel)
            noun = words.removesuffix("s") if count == 1 else words
            yield f"The month held {count} {noun}. Is that enough to judge them?"
    if material.waiting_for:
        missing = counted(len(material.waiting_for), "piece")
        yield f"{missing} of evidence had not come when this was sealed. Is it needed?"
