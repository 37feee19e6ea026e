"""What a ghost writes and does on a ticket: from the scenario's own lines, as good as planted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trialsim.kit import streams
from trialsim.simulation.decks import dealt
from trialsim.simulation.ghosts import Quality
from trialsim.simulation.types import Form, ReferenceAction, Texts
from trialsim.simulation.voice import filled, slot_words

_WARM: Mapping[str, tuple[str, ...]] = {
    "en": (
        "I am sorry about this trouble, let us put it right.",
        "I understand how annoying that is, and I am glad you wrote.",
        "Thank you for explaining it so well; that must be frustrating.",
        "I can imagine how much this is in your way right now.",
        "Sorry that this landed on you; we will sort it out together.",
    ),
    "it": (
        "Mi dispiace per il disturbo, lo sistemiamo insieme.",
        "Capisco quanto sia scomodo, e grazie per la pazienza.",
        "Immagino quanto pesi adesso; vediamo subito.",
    ),
    "ko": ("불편을 드려 죄송합니다. 함께 해결해 보겠습니다.", "얼마나 답답하실지 이해합니다."),
}
_COLD: Mapping[str, tuple[str, ...]] = {
    "en": ("", "Hello.", "Your request was received.", "This is described on the help pages."),
    "it": ("", "Salve.", "Richiesta ricevuta."),
    "ko": ("", "안녕하세요."),
}
_OFF_THE_MARK: Mapping[str, tuple[str, ...]] = {
    "en": (
        "It looks fine from here, so this should sort itself out soon.",
        "Mostly such things go away when one waits a little.",
        "Perhaps another browser shows it differently.",
        "Everything is as it should be on our pages today.",
        "Most people find their answer on the help pages under this heading.",
    ),
    "it": (
        "Da qui sembra tutto a posto, dovrebbe sistemarsi presto.",
        "Di solito queste cose passano aspettando un poco.",
        "Forse con un altro browser si vede diversamente.",
    ),
    "ko": ("여기서는 문제가 없어 보입니다.", "조금 기다리면 보통 괜찮아집니다."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One turn of a ghost: what it does on the desk first, what it sends, and whether it closes."""

    text: str
    actions: tuple[ReferenceAction, ...] = ()
    closes: bool = False


def steps(
    form: Form, quality: Quality, *, kind: bool, meeting: int, seed: streams.Name
) -> tuple[Step, ...]:
    """Return the turns that a ghost plans for a ticket, the last of which closes it.

    Args:
        form: The ticket's form.
        quality: What the work is to be worth.
        kind: Whether the wording is warm; facts and points do not depend on it.
        meeting: How often this candidate met the scenario before, so that no text repeats.
        seed: The run's.
    """
    hand = _Hand(form, kind, meeting, seed)
    match quality:
        case Quality.RIGHT:
            return hand.right()
        case Quality.PARTIAL:
            return hand.partial()
        case Quality.WRONG:
            return hand.wrong()
        case Quality.HARMFUL:
            return hand.harmful()


@dataclass(frozen=True, slots=True)
class _Hand:
    """How one ghost writes on one ticket."""

    form: Form
    kind: bool
    meeting: int
    seed: streams.Name

    @property
    def texts(self) -> Texts:
        return self.form.scenario.text(self.form.language)

    def right(self) -> tuple[Step, ...]:
        """Follow the reference; a cold hand, or one that was here before, in other words."""
        if self.kind and self.meeting == 0:
            written = [self._filled(text) for text in self.texts.replies]
            return self._closing([*written, self._points(self._all_points())])
        return self._composed(self._needed_facts(), self._all_points())

    def partial(self) -> tuple[Step, ...]:
        """Leave out one part that the goal needs (question, desk work or point), and one point."""
        kind, missed = streams.pick(self._essentials(), *self._names("missed"))
        points = [one for one in self._all_points() if (kind, one) != ("point", missed)]
        if len(points) > 1:
            points.remove(streams.pick(points, *self._names("missed too")))
        return self._composed(
            [one for one in self._needed_facts() if (kind, one) != ("fact", missed)],
            points,
            without=missed if kind == "action" else "",
        )

    def _essentials(self) -> list[tuple[str, str]]:
        """Return what the goal hangs on: its points, what must be known before, desk work."""
        scenario = self.form.scenario
        points = scenario.goal.points or tuple(scenario.points)
        before = [one for point in points for one in scenario.points[point].after]
        facts = [one for one in (*scenario.goal.facts, *before) if one in scenario.facts]
        changing = [
            one.action
            for one in self._all_actions()
            if one.escalate_to or any(o.change for o in self.form.pack.actions[one.action].outcomes)
        ]
        return [
            *(("point", one) for one in points),
            *(("fact", one) for one in dict.fromkeys(facts)),
            *(("action", one) for one in dict.fromkeys(changing)),
        ]

    def wrong(self) -> tuple[Step, ...]:
        """Say something off the mark, with at most one light point, and close."""
        lightest = sorted(self._all_points(), key=self._weight)[:1]
        return self._closing(
            [f"{self._opener()} {self._one_of(_OFF_THE_MARK)} {self._points(lightest)}"], ()
        )

    def harmful(self) -> tuple[Step, ...]:
        """Step into one of the scenario's traps; without any, be wrong."""
        if not self.texts.harmful:
            return self.wrong()
        trap = streams.pick(sorted(self.texts.harmful), *self._names("trap"))
        return self._closing([f"{self._opener()} {self._filled(self.texts.harmful[trap])}"], ())

    def _composed(
        self, facts: Sequence[str], points: Sequence[str], without: str = ""
    ) -> tuple[Step, ...]:
        """Ask in one reply and answer in the next, from the lines of the scenario."""
        asks = " ".join(self._line(self.texts.facts[one].lines, one) for one in facts)
        said = [f"{self._opener()} {asks}", self._points(points)] if asks else []
        said = said or [f"{self._opener()} {self._points(points)}"]
        actions = tuple(step for step in self._all_actions() if step.action != without)
        return self._closing(said, actions)

    def _closing(
        self, said: Sequence[str], actions: tuple[ReferenceAction, ...] | None = None
    ) -> tuple[Step, ...]:
        """Return the steps: desk work before the reply of the reference that it belongs to."""
        by_reply: list[tuple[ReferenceAction, ...]] = [() for _ in said]
        for place, planned in enumerate(self.form.scenario.reference_actions):
            kept = planned if actions is None else [one for one in planned if one in actions]
            by_reply[min(place, len(said) - 1)] += tuple(kept)
        last = len(said) - 1
        return tuple(
            Step(" ".join(text.split(" ")).strip(), by_reply[place], closes=place == last)
            for place, text in enumerate(said)
        )

    def _needed_facts(self) -> list[str]:
        """Return the facts to ask for: those of the goal, of the note, and before a point."""
        scenario = self.form.scenario
        noted = scenario.escalation.facts if scenario.escalation else ()
        before = [one for point in scenario.points.values() for one in point.after]
        wanted = dict.fromkeys((*scenario.goal.facts, *noted, *before))
        return [one for one in wanted if one in scenario.facts]

    def _all_points(self) -> list[str]:
        return list(self.form.scenario.points)

    def _weight(self, point: str) -> tuple[float, str]:
        return self.form.scenario.points[point].weight, point

    def _all_actions(self) -> list[ReferenceAction]:
        return [one for planned in self.form.scenario.reference_actions for one in planned]

    def _points(self, points: Sequence[str]) -> str:
        return " ".join(self._line(self.texts.points[one].lines, one) for one in points)

    def _opener(self) -> str:
        return self._one_of(_WARM if self.kind else _COLD)

    def _one_of(self, lines: Mapping[str, tuple[str, ...]]) -> str:
        return streams.pick(lines.get(self.form.language, ("",)), *self._names(lines["en"][-1]))

    def _line(self, lines: Sequence[str], name: str) -> str:
        return self._filled(dealt(lines, self.meeting, self.seed, self.form.scenario.id, name))

    def _filled(self, text: str) -> str:
        form = self.form
        return filled(text, slot_words(form.pack, form.scenario, form.slots, form.language))

    def _names(self, purpose: str) -> tuple[streams.Name, ...]:
        return (self.seed, "ghost", self.form.key, purpose)
