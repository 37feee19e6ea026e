"""Scripted agents: how somebody of a known kind works on a ticket, from the scenario's own lines.

Good follows the reference and sees it through; middling leaves things out by chance; the others
show what guessing, reciting and harm are worth. What each does depends on the form's words and on
named chance, never on how it is counted.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from trialsim.kit import streams
from trialsim.simulation.figures.dialogues import Script
from trialsim.simulation.figures.stages import Stage
from trialsim.simulation.figures.strangers import guessed_words
from trialsim.simulation.ghost_replies import Step
from trialsim.simulation.types import CaseState, Credit, Form, Phrasing, ReferenceAction, Texts
from trialsim.simulation.voice import filled, slot_words

# Chances of the middling agent, tuned so that it solves 60 to 85 % over a bank.
_LOOKS = 0.98
_ASKS = 0.97
_ASKS_BESIDE = 0.45
_SAYS = 0.84
_SAYS_MAIN = 0.99
_CLOSES_EARLY = 0.03
_TRIES_AGAIN = 0.92
_AGAIN = 2
_POINTS_A_REPLY = 3
_POINTS_A_CHAT_LINE = 1


class Agent(StrEnum):
    """The scripted agents, best first; order is what a fair bank must show."""

    GOOD = "good"
    MIDDLING = "middling"
    SHOTGUN = "shotgun"
    POINTS_ONLY = "points-only"


def script_of(agent: Agent, stage: Stage, seed: streams.Name, draw: int = 0) -> Script:
    """Return what an agent does on a stage; chance is named by the stage's round and `draw`."""
    hand = Hand(stage, seed, draw)
    scripts: dict[Agent, Callable[[Hand], Script]] = {
        Agent.GOOD: good,
        Agent.MIDDLING: middling,
        Agent.SHOTGUN: shotgun,
        Agent.POINTS_ONLY: points_only,
    }
    return scripts[agent](hand)


@dataclass(frozen=True, slots=True)
class Hand:
    """What an agent has at hand on one stage: the scenario's lines, its actions, and chance.

    `draw` numbers what is played more than once on the same form.
    """

    stage: Stage
    seed: streams.Name
    draw: int = 0

    @property
    def form(self) -> Form:
        """The form played on."""
        return self.stage.form

    @property
    def texts(self) -> Texts:
        """The scenario's texts in the form's language."""
        return self.form.scenario.text(self.form.language)

    @property
    def words(self) -> dict[str, str]:
        """The form's slots as words."""
        form = self.form
        return slot_words(form.pack, form.scenario, form.slots, form.language)

    def happens(self, chance: float, *names: streams.Name) -> bool:
        """Draw whether something happens, alike for all forms of one round."""
        scenario, turn = self.form.scenario.id, self.stage.turn
        return streams.unit(self.seed, "agent", scenario, turn, self.draw, *names) < chance

    def says(self, sources: Iterable[Phrasing], again: int = 0) -> str:
        """Return a line of each, another one each time they are said again."""
        turn = self.stage.turn + self.draw + again
        return " ".join(filled(one.lines[turn % len(one.lines)], self.words) for one in sources)

    def asked(self, facts: Iterable[str], again: int = 0) -> str:
        """Return a question for each fact."""
        return self.says((self.texts.facts[name] for name in facts), again)

    def told(self, points: Iterable[str], again: int = 0) -> str:
        """Return a line for each point."""
        return self.says((self.texts.points[name] for name in points), again)

    def needed(self) -> list[str]:
        """Return the facts of the goal, of a hand-over's note, and those that points wait for."""
        scenario = self.form.scenario
        noted = scenario.escalation.facts if scenario.escalation else ()
        before = [one for point in scenario.points.values() for one in point.after]
        wanted = dict.fromkeys((*scenario.goal.facts, *noted, *before))
        return [name for name in wanted if name in scenario.facts]

    def work(self, place: int) -> tuple[ReferenceAction, ...]:
        """Return the reference's desk work before its reply of a place."""
        planned = self.form.scenario.reference_actions
        return tuple(planned[place]) if place < len(planned) else ()

    def work_from(self, place: int) -> tuple[ReferenceAction, ...]:
        """Return the reference's desk work from the reply of a place on."""
        planned = self.form.scenario.reference_actions[place:]
        return tuple(step for steps in planned for step in steps)


def good(hand: Hand) -> Script:
    """Follow the reference; then ask again what is not known, and say what was not understood."""
    last = len(hand.texts.replies) - 1
    case: CaseState | None = None
    for place, text in enumerate(hand.texts.replies):
        work = hand.work_from(place) if place == last else hand.work(place)
        case = yield Step(filled(text, hand.words), work)
    for again in range(1, _AGAIN + 1):
        text = _what_is_left(hand, case, hand.needed(), list(hand.form.scenario.points), again)
        if not text:
            return
        case = yield Step(text, hand.work_from(0) if hand.form.scenario.escalation else ())


def _what_is_left(
    hand: Hand,
    case: CaseState | None,
    facts: Sequence[str],
    points: Sequence[str],
    again: int,
) -> str:
    """Return questions for what is unknown; else the points not earned; empty when all is done."""
    known = case.facts if case else ()
    earned = case.points if case else {}
    unknown = [name for name in facts if name not in known]
    if unknown:
        return hand.asked(unknown, again)
    return hand.told([name for name in points if earned.get(name) is not Credit.WHOLE], again)


def middling(hand: Hand) -> Script:
    """Look and ask, not at everything; answer, not with all of it; close early now and then."""
    is_chat = hand.form.channel == "chat"
    facts = _asked_facts(hand)
    work = _kept(hand, hand.work(0))
    case = yield Step("", work)
    for text in _lines(hand.asked, facts, 1 if is_chat else len(facts)):
        case = yield Step(text, _undone(work, case))
    if hand.happens(_CLOSES_EARLY, "closes early"):
        return
    yield from _answers(hand, case, _said_points(hand))


def _answers(hand: Hand, case: CaseState, pending: list[str]) -> Script:
    """Say points, a few at a time, with the desk work of the reference in its order between.

    A point that tells of desk work waits until it is done. At the end all of it is tried again,
    most of the times, and what is missing of the goal said once more.
    """
    work = _kept(hand, hand.work_from(1))
    many = _POINTS_A_CHAT_LINE if hand.form.channel == "chat" else _POINTS_A_REPLY
    for place in count(1):
        now = hand.work(place) if pending else work
        case = yield Step("", _undone((step for step in work if step in now), case))
        said = [name for name in pending if not _is_barred(hand, name, work, case)][:many]
        if said:
            case = yield Step(hand.told(said))
            pending = [name for name in pending if name not in said]
        elif place >= len(hand.form.scenario.reference_actions):
            break
    if hand.happens(_TRIES_AGAIN, "tries again"):
        case = yield Step("", hand.work_from(1))
        goal = hand.form.scenario.goal.points
        left = _what_is_left(hand, case, hand.needed(), goal, again=1)
        yield Step(left or hand.told(goal, again=1))


def _is_barred(hand: Hand, point: str, work: Iterable[ReferenceAction], case: CaseState) -> bool:
    """Return whether a point tells of desk work that could not be done yet."""
    after = hand.form.scenario.points[point].after
    return any(step.action in after for step in _undone(work, case))


def _undone(work: Iterable[ReferenceAction], case: CaseState | None) -> tuple[ReferenceAction, ...]:
    """Return what of the desk work is still to do: what was barred before may be possible now."""
    if case is None:
        return tuple(work)
    done = {(one.action, one.record) for one in case.actions}
    return tuple(
        step
        for step in work
        if (
            case.handover is None
            if step.escalate_to
            else (step.action, case.names.get(step.on, "")) not in done
        )
    )


def _lines(say: Callable[[list[str]], str], names: list[str], many: int) -> Iterable[str]:
    """Yield what is said of `many` names at a time."""
    for start in range(0, len(names), max(1, many)):
        yield say(names[start : start + many])


def _asked_facts(hand: Hand) -> list[str]:
    needed = hand.needed()
    return [
        name
        for name in hand.form.scenario.facts
        if hand.happens(_ASKS if name in needed else _ASKS_BESIDE, "asks", name)
    ]


def _said_points(hand: Hand) -> list[str]:
    """Return the points it says: what explains first, then what the goal asks for."""
    main = hand.form.scenario.goal.points
    said = [
        name
        for name in hand.form.scenario.points
        if hand.happens(_SAYS_MAIN if name in main else _SAYS, "says", name)
    ]
    return sorted(said, key=lambda name: name in main)


def _kept(hand: Hand, work: Iterable[ReferenceAction]) -> tuple[ReferenceAction, ...]:
    return tuple(
        step
        for step in work
        if hand.happens(_LOOKS, "does", step.action, step.on, step.escalate_to)
    )


def shotgun(hand: Hand) -> Script:
    """Ask everything and say everything at once, guessing what is not known; then once more."""
    words = guessed_words(hand.stage, hand.seed)
    lines = [one.lines[0] for one in hand.texts.facts.values()]
    lines += [one.lines[0] for one in hand.texts.points.values()]
    text = " ".join(filled(line, words) for line in lines)
    yield Step(text)
    yield Step(text)


def points_only(hand: Hand) -> Script:
    """Send all the reference says in one message, without asking, waiting or looking."""
    yield Step(" ".join(filled(text, hand.words) for text in hand.texts.replies))


def harmful(stage: Stage, trap: str) -> Script:
    """Step into one trap and close."""
    hand = Hand(stage, "")
    yield Step(filled(hand.texts.harmful[trap], hand.words))


def reciting(texts: Sequence[str], stage: Stage) -> Script:
    """Send texts written for another form, beside the right desk work."""
    hand = Hand(stage, "")
    last = len(texts) - 1
    for place, text in enumerate(texts):
        yield Step(text, hand.work_from(place) if place == last else hand.work(place))


def unrelated(texts: Sequence[str]) -> Script:
    """Send texts of another conversation, and do nothing."""
    for text in texts:
        yield Step(text)


def reference_texts(stage: Stage) -> tuple[str, ...]:
    """Return the replies of the reference with this form's words."""
    hand = Hand(stage, "")
    return tuple(filled(text, hand.words) for text in hand.texts.replies)
