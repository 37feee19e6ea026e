"""One packet: four sheets with their drawings, and what stands beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.committee.access import Door
from trialsim.committee.charts import Pictures, pictures, shown
from trialsim.committee.pages.judging import Judging, judging
from trialsim.committee.queries import packets
from trialsim.committee.rules.choosing import Kind
from trialsim.committee.rules.packets import Evidence, MeasureLine, Summary
from trialsim.committee.rules.sealing import is_intact
from trialsim.committee.rules.voting import CONFIDENCE
from trialsim.committee.rules.words import (
    CHOICE_WORDS,
    OUTCOME_WORDS,
    RECOMMENDATION_WORDS,
    Outcome,
    Recommendation,
)
from trialsim.measurement.types import Estimate, Unit
from trialsim.measurement.wording import count_word, counted

_UNITS = {
    "ramp": "of experienced pace",
    "reply_quality": "of 100",
    "outcome_accuracy": "ended right",
    "answer_time": "to answer a teammate",
    "time_to_close": "middle value",
    "customer_rating": "satisfied, simulated",
}
_COUNTED = {
    "ramp": "ticket",
    "reply_quality": "review",
    "outcome_accuracy": "ticket",
    "answer_time": "answer",
    "time_to_close": "ticket",
    "customer_rating": "rating",
}
_CHANNELS = {"forum": "forum", "email": "email", "chat": "chat", "call": "calls"}
_STRENGTH = {Kind.BEST: "Of the best", Kind.WORST: "Of the weakest", Kind.CHANCE: "By chance"}
_LETTER_OFFERS = 12


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent, to be shown again with what to put right."""

    name: str
    typed: Mapping[str, str]
    ticked: tuple[str, ...]
    errors: Mapping[str, str]


NOTHING_SENT = Sent("", {}, (), {})


@dataclass(frozen=True, slots=True)
class PacketPage:
    """A packet as somebody may see it."""

    public_id: str
    sealed_at: datetime
    seal: str
    is_intact: bool
    is_replaced: bool
    decision_by: date
    held: Summary
    pictures: Pictures
    judging: Judging
    sent: Sent = field(default=NOTHING_SENT)

    @property
    def code(self) -> str:
        """Return the candidate's code."""
        return self.held.code

    @property
    def prepared_on(self) -> date:
        """Return the day on which the packet was sealed."""
        return date.fromisoformat(self.held.prepared_on)

    @property
    def sample_words(self) -> str:
        """Return what the figures rest on, in one sentence."""
        sample = self.held.sample
        channels = [_CHANNELS.get(name, name) for name, _ in sample.channels]
        over = f" across {_listed(channels)}" if channels else ""
        conversations = counted(sample.conversations, "conversation")
        return f"{sample.days} days, {sample.paid_hours:.0f} paid hours, {conversations}{over}."

    @property
    def mentor_counts(self) -> tuple[tuple[str, str], ...]:
        """Return how many mentors say what: ("Two of three mentors say", "yes")."""
        said = [one.recommendation for one in self.held.statements]
        counts = [(said.count(kind), kind) for kind in Recommendation if kind in said]
        return tuple(
            (_count_words(count, len(said), first=not place), _lower(RECOMMENDATION_WORDS[kind]))
            for place, (count, kind) in enumerate(counts)
        )

    @property
    def seal_words(self) -> str:
        """Return the seal in groups that can be compared by eye."""
        return " ".join(self.seal[place : place + 8] for place in range(0, 32, 8))

    @property
    def choices(self) -> tuple[tuple[str, str, str], ...]:
        """Return what may be voted."""
        return tuple((str(one), *words) for one, words in CHOICE_WORDS.items())

    @property
    def outcomes(self) -> tuple[tuple[str, str, str], ...]:
        """Return what may be decided."""
        return tuple((str(one), *words) for one, words in OUTCOME_WORDS.items())

    @property
    def confidences(self) -> tuple[tuple[str, str], ...]:
        """Return how sure one may be."""
        return tuple((str(one), str(one)) for one in CONFIDENCE)

    @property
    def letter_options(self) -> tuple[tuple[str, str], ...]:
        """Return the conversations a letter may show: those quoted, cited, then the others."""
        decided = self.judging.decided
        cited = [ticket for ticket, _ in decided.evidence if ticket] if decided else []
        wanted = [*cited, *(one.ticket for one in self.held.evidence), *self.held.names()]
        lines = {one.ticket: one for one in self.held.reviewed}
        return tuple(
            (ticket, f"{lines[ticket].name}, {lines[ticket].subject}")
            for ticket in list(dict.fromkeys(wanted))[:_LETTER_OFFERS]
        )

    @property
    def needs_try_again(self) -> bool:
        """Whether the letter must say when to try again."""
        decided = self.judging.decided
        return decided is not None and decided.outcome_value == Outcome.NO_HIRE

    @staticmethod
    def recommendation(value: Recommendation) -> str:
        """Return a recommendation in words."""
        return RECOMMENDATION_WORDS[value]

    @staticmethod
    def tone(value: Recommendation) -> str:
        """Return the tone of a recommendation's words."""
        return "good" if value is Recommendation.YES else "warn"

    @staticmethod
    def strength(evidence: Evidence) -> str:
        """Return why a conversation stands among the evidence."""
        return _STRENGTH[evidence.kind]

    @staticmethod
    def measure_words(line: MeasureLine) -> tuple[str, str, str, str]:
        """Return a measure as value, unit, likely range and what it rests on."""
        value, likely = shown(line.estimate)
        count = _counted(line)
        if line.estimate.value is None:
            return "Not enough yet", "", "", count
        return value, _UNITS[line.key], likely, count

    @staticmethod
    def week_words(estimate: Estimate) -> tuple[str, str]:
        """Return a week's mean and the count behind it."""
        value, likely = shown(estimate)
        return value, f"likely {likely}" if likely else counted(estimate.n, "review")

    def typed(self, form: str, field_name: str, stored: object = "") -> str:
        """Return what a field of a form shows: as sent, else as stored."""
        if self.sent.name == form:
            return self.sent.typed.get(field_name, "")
        return str(stored)

    def ticked(self, form: str, stored: tuple[str, ...] | list[str] = ()) -> tuple[str, ...]:
        """Return the evidence ticked in a form: as sent, else as stored."""
        return self.sent.ticked if self.sent.name == form else tuple(stored)

    def error(self, form: str, field_name: str) -> str:
        """Return what to put right in a field."""
        return self.sent.errors.get(field_name, "") if self.sent.name == form else ""

    def errors(self, form: str) -> Mapping[str, str]:
        """Return what to put right in a form."""
        return self.sent.errors if self.sent.name == form else {}


def packet_page(
    session: Session, door: Door, person: Person, sent: Sent = NOTHING_SENT
) -> PacketPage:
    """Return a packet for somebody who may read it."""
    held = packets.summary(door.packet)
    return PacketPage(
        public_id=door.packet.public_id,
        sealed_at=door.packet.sealed_at,
        seal=door.packet.content_hash,
        is_intact=is_intact(door.packet.body, door.packet.content_hash),
        is_replaced=door.packet.replaced_at is not None,
        decision_by=door.cohort.decision_by,
        held=held,
        pictures=pictures(held),
        judging=judging(session, door, held, person),
        sent=sent,
    )


def _counted(line: MeasureLine) -> str:
    noun = _COUNTED[line.key]
    return counted(line.estimate.n, noun) if line.estimate.unit is not Unit.ALPHA else ""


def _count_words(count: int, whole: int, *, first: bool) -> str:
    if whole == 1:
        return "The mentor says"
    verb = "say" if count > 1 else "says"
    if first:
        return f"{count_word(count).capitalize()} of {count_word(whole)} mentors {verb}"
    return f"{count_word(count)} {verb}"


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
