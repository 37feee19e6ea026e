"""What a stuck learner may be told: where to look, what comes next, and how a colleague says it.

Three steps of help, each more telling than the one before. They come from the scenario's own
articles, facts, points and reference, and are for practice alone: a hint never counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from trialsim.simulation.reading import read
from trialsim.simulation.types import CaseState, Credit, Form, Reply, Rules
from trialsim.simulation.voice import filled, slot_words

_USUAL = Rules()
_DONE = "All that this ticket needs has been found out, done and said."


class Level(StrEnum):
    """How much a hint tells, the least first."""

    NUDGE = "nudge"
    STEP = "step"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Hint:
    """What is told, and the article it points to, if any."""

    level: Level
    words: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class _Next:
    """One thing still to do: what it is in words, and how a colleague would do it."""

    step: str
    strong: str


def level_after(taken: int) -> Level:
    """Return the level of the next hint; whoever needs more than three gets telling ones."""
    return tuple(Level)[min(taken, len(Level) - 1)]


def hint(form: Form, case: CaseState, level: Level, rules: Rules = _USUAL) -> Hint:
    """Return a hint for a ticket as it stands now."""
    if level is Level.NUDGE:
        return _nudge(form)
    if any(one not in case.facts for one in case.asked):
        return Hint(level, "You have asked, so wait: the customer's answer is what comes next.")
    found = next(_open_things(form, case, rules), None)
    if found is None:
        return Hint(level, f"{_DONE} Close it kindly, as solved.")
    return Hint(level, found.step if level is Level.STEP else found.strong)


def _nudge(form: Form) -> Hint:
    for article in form.scenario.articles:
        if article in form.pack.articles:
            title = form.pack.articles[article].title
            return Hint(Level.NUDGE, f"The article “{title}” knows this trouble.", article)
    for clause in form.scenario.policies:
        page = form.pack.policies.get(clause.partition(".")[0])
        if page is not None:
            return Hint(Level.NUDGE, f"The policy “{page.title}” says what is allowed here.")
    return Hint(Level.NUDGE, "Ask one question before you answer: the cause is not in the message.")


def _open_things(form: Form, case: CaseState, rules: Rules) -> Iterator[_Next]:
    """Yield what a reference would still do, in its order: find out, act on the desk, say."""
    replies = form.scenario.text(form.language).replies
    words = slot_words(form.pack, form.scenario, form.slots, form.language)
    for place, reply in enumerate(replies):
        if place < len(form.scenario.reference_actions):
            yield from _desk_work(form, case, place)
        yield from _sentences(form, case, filled(reply, words), rules)


def _desk_work(form: Form, case: CaseState, place: int) -> Iterator[_Next]:
    done = {one.action for one in case.actions}
    for action in form.scenario.reference_actions[place]:
        if action.escalate_to:
            if case.handover is None:
                team = action.escalate_to.replace("_", " ")
                yield _Next(
                    "This is not yours to solve alone. Which team is it for?",
                    f"Hand it to the {team} team, with what you found out in the note.",
                )
        elif action.action not in done:
            yield _button(form, action.action)


def _button(form: Form, action: str) -> _Next:
    found = form.pack.actions[action]
    return _Next(
        f"Before you write, do something with the {found.on.replace('_', ' ')}.",
        f"On the desk, beside the conversation: “{found.label}”.",
    )


def _sentences(form: Form, case: CaseState, text: str, rules: Rules) -> Iterator[_Next]:
    for match in read(form, Reply(text), rules).matches:
        if match.skipped:
            continue
        named = match.id.replace("_", " ")
        if match.kind == "fact" and match.id not in case.facts:
            yield _Next(
                f"There is something the customer has to tell you first: “{named}”. Ask for it.",
                _said(match.sentence),
            )
        if match.kind == "point" and case.points.get(match.id) is not Credit.WHOLE:
            after = form.scenario.points[match.id].after
            if any(one in form.scenario.facts and one not in case.facts for one in after):
                continue  # said too early it would be a guess
            done = {one.action for one in case.actions}
            yield from (
                _button(form, one) for one in after if one in form.pack.actions and one not in done
            )
            yield _Next(
                f"Something is still to be said to the customer: “{named}”.",
                _said(match.sentence),
            )


def _said(sentence: str) -> str:
    return f"A colleague would write: “{sentence}”"
