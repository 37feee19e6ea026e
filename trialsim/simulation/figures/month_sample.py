"""What of a month is kept for its report: counts of all tickets, and texts of a few."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from trialsim.simulation.figures.arrivals import BUSINESS_AREAS
from trialsim.simulation.figures.desk_month import MonthTicket
from trialsim.simulation.types import Pack
from trialsim.simulation.voice import words_of

OPENINGS = 3000  # texts for lengths and mixed samples
PER_TOPIC = 200
TALKS = 2000


@dataclass(slots=True)
class MonthSample:
    """Counts and texts of a month, fed ticket by ticket. Not frozen: it fills as tickets come.

    Texts are those in the pack's first language; a topic is a family, one symptom. Tickets come
    in shuffled order, so the first ones are a fair sample.
    """

    pack: Pack
    tickets: int = 0
    weekdays: dict[bool, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    hours: Counter[int] = field(default_factory=Counter)
    areas: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)
    openings: dict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))
    mixed: list[list[str]] = field(default_factory=list)
    topics: dict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))
    to_play: list[MonthTicket] = field(default_factory=list)

    def add(self, ticket: MonthTicket) -> None:
        """Take one ticket in."""
        brief = ticket.brief
        area = self.pack.scenarios[brief.scenario].area
        self.tickets += 1
        self.weekdays[area in BUSINESS_AREAS][ticket.arrives_at.weekday()] += 1
        self.hours[ticket.arrives_at.hour] += 1
        self.areas[area] += 1
        self.channels[brief.channel] += 1
        self.flags.update(brief.flags)
        if ticket.twin_of is None and len(self.to_play) < TALKS:
            self.to_play.append(ticket)
        if brief.language == self.pack.languages[0]:
            self._read(ticket)

    def _read(self, ticket: MonthTicket) -> None:
        """Keep the words of a first message where more of its kind are wanted."""
        brief = ticket.brief
        topic = self.topics[self.pack.scenarios[brief.scenario].family]
        is_topic_full = len(topic) >= PER_TOPIC
        if is_topic_full and len(self.mixed) >= OPENINGS:
            return
        words = words_of(ticket.draft.body)
        if len(self.mixed) < OPENINGS:
            self.mixed.append(words)
            self.openings[brief.channel].append(words)
        if not is_topic_full:
            topic.append(words)
