"""A ticket's first message: greeting, context, symptom, impact, ask and sign-off by channel.

The cause is in no part; what a customer knows they tell when asked. Persona noise comes last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from trialsim.kit import streams
from trialsim.simulation.briefs import Brief
from trialsim.simulation.decks import dealt
from trialsim.simulation.filling import draw_slots
from trialsim.simulation.idiolect import in_own_words, widened
from trialsim.simulation.personas import Profile
from trialsim.simulation.types import Form, Pack, Persona, Scenario, Slots
from trialsim.simulation.voice import filled, phrase_lines, slot_words, speaking, spoken

_ANGRY_PATIENCE = 0.6
# What comes beside the symptom, with weights: [assumed], so that chat openings keep to 11-20
# words and forum ones to three or four parts.
_CHAT_EXTRAS = {"greeting": 0.70, "ask": 0.06, "impact": 0.01, "": 0.23}
_FORUM_GREETING = 0.6
_FORUM_PARTS = (
    ("context", "symptom", "ask"),
    ("symptom", "impact", "ask"),
    ("symptom", "context", "ask"),
    ("context", "symptom", "impact", "ask"),
    ("impact", "symptom", "ask"),
)
_EMAIL_PARTS = (
    ("context", "symptom", "impact", "ask"),
    ("symptom", "context", "impact", "ask"),
    ("symptom", "impact", "context", "ask"),
    ("impact", "symptom", "context", "ask"),
)
# Any two differ by another number of lines, so that the same two sentences hardly meet twice.
_STRIDES = {"symptom": 0, "context": 1, "ask": 2, "impact": 3, "greeting": 5, "sign_off": 5}
_FORUM_PRESENTS = 0.4
# How somebody presents themselves where others read along.
_PRESENTS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "{first_name} from {company} here.",
        "this is {first_name}, I run {company}.",
        "I write for {company} in {town}.",
        "{company}, {town}, on the line.",
        "my name is {first_name}, of {company}.",
        "it is {first_name}, writing from {town}.",
    ),
    "it": ("sono {first_name} di {company}.", "scrivo per {company}, {town}.", "qui {first_name}."),
    "ko": ("{company}의 {first_name}입니다.", "{town}에서 {company} 운영합니다."),
}
# A second matter is led in by a few words of the language; others go without.
_ALSO: Mapping[str, tuple[str, ...]] = {
    "en": ("And another thing:", "One more question:", "While I am here:", "Also,", "Second:"),
    "it": ("E un'altra cosa:", "Ancora una domanda:", "Già che ci sono:", "Inoltre,"),
    "ko": ("그리고 하나 더요.", "다른 질문도 있어요.", "또 한 가지는,"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A first message, and what was drawn for it; `persona` is the customer's mood of the day."""

    subject: str
    body: str
    slots: Slots
    joined_slots: Slots
    persona: Persona
    language: str


def draft_ticket(pack: Pack, profile: Profile, brief: Brief) -> Draft:
    """Write the first message; the same pack, customer and brief give the same words."""
    persona = persona_on(profile.customer.persona, brief.flags)
    matter = _matter(pack, profile, brief, brief.scenario)
    second = _matter(pack, profile, brief, brief.joined) if brief.joined else None
    who = {"first_name": persona.first_name, "company": profile.company, "town": profile.town}
    writer = _Writer(pack, persona, brief, matter, second, who)
    return Draft(
        subject=writer.subject(),
        body=writer.body(),
        slots=matter.slots,
        joined_slots=second.slots if second else {},
        persona=persona,
        language=brief.language,
    )


def forms_of(
    pack: Pack, brief: Brief, draft: Draft, *, seed: streams.Name, key: str, will_change: bool
) -> tuple[Form, ...]:
    """Return what the engine plays: one form, or two where the ticket has a second matter.

    Args:
        pack: The company.
        brief: What the draft was written from.
        draft: The first message and its slots.
        seed: The trial's.
        key: The ticket's place in the trial; a second matter gets a key of its own.
        will_change: Whether the plan drew the customer's change of mind.
    """
    first = Form(
        pack=pack,
        scenario=pack.scenarios[brief.scenario],
        persona=draft.persona,
        slots=draft.slots,
        language=brief.language,
        channel=brief.channel,
        seed=seed,
        key=key,
        opened_on=brief.on,
        will_change=will_change,
    )
    if not brief.joined:
        return (first,)
    scenario = pack.scenarios[brief.joined]
    second = replace(
        first, scenario=scenario, slots=draft.joined_slots, key=f"{key}b", will_change=False
    )
    return first, second


def persona_on(persona: Persona, flags: tuple[str, ...]) -> Persona:
    """Return the customer as they write this ticket: an angry one is irritated and impatient."""
    if "angry" not in flags:
        return persona
    patience = round(persona.patience * _ANGRY_PATIENCE, 3)
    return replace(persona, tone="irritated", patience=patience)


@dataclass(frozen=True, slots=True)
class _Matter:
    """One thing a customer writes about."""

    scenario: Scenario
    form: int
    slots: Slots
    words: Mapping[str, str]


def _matter(pack: Pack, profile: Profile, brief: Brief, scenario_id: str) -> _Matter:
    scenario = pack.scenarios[scenario_id]
    form, slots = brief.form, brief.slots
    if scenario_id == brief.joined:
        form, slots = brief.joined_form, None
    if slots is None:
        slots = draw_slots(scenario, profile, brief, form)
    return _Matter(scenario, form, slots, slot_words(pack, scenario, slots, brief.language))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Puts the parts of one message together."""

    pack: Pack
    persona: Persona
    brief: Brief
    matter: _Matter
    second: _Matter | None
    who: Mapping[str, str]

    def subject(self) -> str:
        lines = self.matter.scenario.text(self.brief.language).subject
        return self._said(_capital(self._line(self.matter, "subject", lines)), "subject")

    def body(self) -> str:
        draw = streams.stream(self.brief.seed, "draft")
        match self.brief.channel:
            case "chat":
                text = self._chat(draw)
            case "forum":
                text = self._forum(draw)
            case "call":
                text = self._spoken_parts(("greeting", "symptom", "ask"))
            case _:
                return self._email(draw)
        return f"{text} {self.brief.memory}".strip()

    def _chat(self, draw: Random) -> str:
        extra = draw.choices(tuple(_CHAT_EXTRAS), tuple(_CHAT_EXTRAS.values()))[0]
        parts: tuple[str, ...] = ("symptom", extra)
        if extra == "greeting":
            parts = ("greeting", "symptom")
        if self.second is not None:
            parts = ("symptom",)  # two matters are long enough for a chat
        return self._spoken_parts(parts)

    def _forum(self, draw: Random) -> str:
        parts = draw.choice(_FORUM_PARTS)
        greeting = ("greeting",) if draw.random() < _FORUM_GREETING else ()
        presents = ("presents",) if draw.random() < _FORUM_PRESENTS else ()
        return self._spoken_parts((*greeting, *presents, *parts))

    def _spoken_parts(self, parts: Sequence[str]) -> str:
        """Return the parts in one paragraph; after a greeting with a comma the line goes on."""
        said: list[str] = []
        for part in parts:
            text = self._part(part)
            goes_on = bool(said) and said[-1].endswith(",")
            said.append(text if goes_on else _capital(text))
        return self._said(" ".join(filter(None, said)), "body")

    def _email(self, draw: Random) -> str:
        parts = [_capital(self._part(part)) for part in draw.choice(_EMAIL_PARTS)]
        break_at = draw.choice((1, 2, 2))
        paragraphs = (" ".join(parts[:break_at]), " ".join(parts[break_at:]))
        main = self._said("\n\n".join(paragraphs), "body")
        closing = f"{self._part('sign_off')}\n{self.persona.signature}".strip()
        return "\n\n".join(filter(None, (self._part("greeting"), self.brief.memory, main, closing)))

    def _part(self, part: str) -> str:
        """Return one part of the main matter; the symptom brings the second matter with it."""
        if part == "presents":
            lines = _PRESENTS.get(self.brief.language, ())
            return filled(dealt(lines, self.matter.form, self.brief.deal, part), self.who)
        text = self._line(self.matter, part, self._lines(self.matter, part)) if part else ""
        if part != "symptom" or self.second is None:
            return text
        lead = dealt(_ALSO.get(self.brief.language, ()), self.brief.form, self.brief.deal, "also")
        symptom = self._line(self.second, part, self._lines(self.second, part))
        return " ".join(filter(None, (text, lead, symptom)))

    def _lines(self, matter: _Matter, part: str) -> Sequence[str]:
        """Return the scenario's lines for a part, else the pack's for the writer's tone."""
        opening = matter.scenario.text(self.brief.language).opening
        own: Mapping[str, Sequence[str]] = {
            "symptom": opening.symptom,
            "context": opening.context,
            "impact": opening.impact,
            "ask": opening.ask,
        }
        language = self.brief.language
        if lines := own.get(part):
            return [widened(line, language) for line in lines]
        return phrase_lines(self.pack, language, part, self.persona.tone)

    def _line(self, matter: _Matter, part: str, lines: Sequence[str]) -> str:
        stride = _STRIDES.get(part, 0)
        line = dealt(lines, matter.form, self.brief.deal, matter.scenario.id, part, stride=stride)
        return filled(line, matter.words)

    def _said(self, text: str, part: str) -> str:
        """Return a text with this person's slips; names, amounts and addresses stay whole."""
        keep = (*self.matter.words.values(), *self.who.values())
        if self.second:
            keep += tuple(self.second.words.values())
        text = in_own_words(
            text, self.brief.language, part, seed=self.brief.seed, keep=keep, dealt=True
        )
        persona = speaking(self.persona, self.brief.channel)
        return spoken(text, persona, part, seed=self.brief.seed, keep=keep)


def _capital(text: str) -> str:
    """Begin a sentence with a capital, unless it begins with an address."""
    first = text.split(" ", 1)[0].rstrip(".,:;!?")
    if "." in first or "@" in first:
        return text
    return text[:1].upper() + text[1:]
