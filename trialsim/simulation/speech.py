"""The words of a customer's turn, out of the scenario's answers and the pack's phrases."""

from dataclasses import dataclass

from trialsim.kit.streams import Name, pick, unit
from trialsim.simulation.idiolect import in_own_words
from trialsim.simulation.reading.language import language_of
from trialsim.simulation.types import Form
from trialsim.simulation.voice import (
    alternated,
    filled,
    phrase_lines,
    slot_words,
    speaking,
    spoken,
)

_SIGNED_SHARE = 0.5


@dataclass(slots=True)
class Speech:
    """A turn being put into words. Not frozen: it lives inside one decision."""

    form: Form
    turn: tuple[Name, ...]
    parts: list[str]

    def phrase(self, name: str, *others: str) -> None:
        """Say a phrase of the pack in the persona's tone; the first of the names that it has."""
        line = self._phrase(name, *others)
        if line:
            self.parts.append(line)

    def _phrase(self, *names: str) -> str:
        form = self.form
        for name in names:
            lines = phrase_lines(form.pack, form.language, name, form.persona.tone)
            if lines:
                return self._drawn(lines, name)
        return ""

    def answer(self, fact: str) -> None:
        """Tell a fact."""
        self.parts.append(self._answer(fact))

    def again(self, fact: str) -> None:
        """Tell a fact once more in the same words, with a word about having told it."""
        is_said = self.form.channel == "call"
        said = self._phrase(*(("as_i_said",) if is_said else ()), "as_i_wrote")
        self.parts.append(f"{said} {self._answer(fact, stands_alone=True)}".strip())

    def unasked(self, fact: str) -> None:
        """Tell a fact that nobody asked for: without a yes or no to a question never put."""
        self.parts.append(self._answer(fact, stands_alone=True))

    def mind_change(self) -> None:
        """Say that something else is wanted now."""
        lines = self.form.scenario.text(self.form.language).change_says
        if lines:
            self.parts.append(self._drawn(lines, "change"))

    def _answer(self, fact: str, *, stands_alone: bool = False) -> str:
        """Return the answer of this form: the same line each time, since lines differ in detail.

        Only a line that answers yes or no gives way to another where it has to stand alone.
        """
        form = self.form
        lines = form.scenario.text(form.language).facts[fact].answers
        answering = language_of(form.language).answering
        line = pick(lines, form.seed, form.key, "answer", fact)
        if stands_alone and answering.match(line):
            others = tuple(one for one in lines if not answering.match(one)) or lines
            line = pick(others, form.seed, form.key, "answer", fact)
        return alternated(line, form.seed, form.key, "answer", fact)

    def _drawn(self, lines: tuple[str, ...], name: str) -> str:
        form = self.form
        line = pick(lines, form.seed, form.key, *self.turn, "words", name)
        return alternated(line, form.seed, form.key, *self.turn, "words", name)

    def body(self) -> str:
        """Return the whole turn as this person types it on this channel."""
        form = self.form
        words = slot_words(form.pack, form.scenario, form.slots, form.language)
        words.setdefault("name", form.persona.first_name)
        text = filled(". " + " ".join(self.parts), words)[2:]  # so that the first word begins one
        keep = tuple(sorted(words.values()))
        text = in_own_words(text, form.language, form.key, seed=form.seed, keep=keep)
        persona = speaking(form.persona, form.channel)
        text = spoken(text, persona, form.key, *self.turn, seed=form.seed, keep=keep)
        return f"{text}{self._signature()}"

    def _signature(self) -> str:
        form = self.form
        drawn = unit(form.seed, form.key, *self.turn, "signed")
        if form.channel != "email" or not form.persona.first_name or drawn >= _SIGNED_SHARE:
            return ""
        off = self._phrase("sign_off")
        return f"\n\n{off}\n{form.persona.first_name}" if off else f"\n\n{form.persona.first_name}"
