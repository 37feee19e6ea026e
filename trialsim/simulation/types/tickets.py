"""One customer, one form, one ticket: what is remembered, read, decided and what it was worth."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from trialsim.simulation.types.packs import Pack
from trialsim.simulation.types.scenarios import Scenario
from trialsim.simulation.types.values import Slots, Value


@dataclass(frozen=True, slots=True)
class Record:
    """One thing a customer has; `id` is its own within the trial, `parent` the id above it."""

    id: str
    kind: str
    parent: str | None
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Persona:
    """How a customer writes and bears with things. Shares are 0 to 1, skill 0 to 2.

    `zone` is an IANA name; `night` holds the local hours at which nothing is written.
    """

    tone: str = "plain"
    skill: int = 1
    patience: float = 0.5
    zone: str = "UTC"
    first_name: str = ""
    signature: str = ""
    lower_case: bool = False
    drops_end_mark: bool = False
    typo_share: float = 0.0
    non_native: bool = False
    night: tuple[int, int] = (23, 7)


@dataclass(frozen=True, slots=True)
class Customer:
    """A drawn person with the records they own when the trial begins."""

    id: str
    first_name: str
    last_name: str
    email: str
    plan: str
    language: str
    persona: Persona
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A scenario drawn for one candidate: all that stays fixed while a ticket lives.

    `seed` is the trial's, `key` the ticket's place in it; together they name every draw.
    `will_change` says whether the plan drew the customer's change of mind.
    """

    pack: Pack
    scenario: Scenario
    persona: Persona
    slots: Slots
    language: str
    channel: str
    seed: str | int
    key: str
    opened_on: str
    will_change: bool = False


class Phase(StrEnum):
    """Where the customer stands; the ticket's own status belongs to the candidate."""

    OPEN = "open"
    WAITING_AGENT = "waiting_agent"
    WAITING_CUSTOMER = "waiting_customer"
    SOLVED = "solved"
    GIVEN_UP = "given_up"
    ESCALATED = "escalated"
    CLOSED = "closed"
    REOPENED = "reopened"


class Credit(StrEnum):
    """How much of a point was earned."""

    HALF = "half"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Done:
    """One desk action as it was used; `at` is ISO text, `broke` the clauses it broke."""

    action: str
    record: str
    params: Mapping[str, Value]
    at: str
    tells: str
    broke: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handover:
    """An escalation: to which team, whether that was right, and which facts its note held."""

    team: str
    reason: str
    note: str
    at: str
    right: bool
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """What a candidate promised, in their own words; `by` is the last day for it, as ISO text."""

    words: str
    by: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class CaseState:
    """Everything the engine remembers about one ticket; `codec.to_json` stores it.

    `names` maps the scenario's names of records to ids; `facts` is what the candidate knows,
    `told` what the customer said, `coming` what a turn on its way will say, `guessed` the
    sentence that earned half a point. `promises` stand in the main matter's case alone.
    `wrong_merges` counts how often it was put together with another trouble.
    """

    scenario: str
    version: int
    names: Mapping[str, str] = field(default_factory=dict)
    phase: Phase = Phase.OPEN
    mood: float = -0.2
    replies: int = 0
    customer_turns: int = 0
    facts: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    coming: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    asked: Mapping[str, int] = field(default_factory=dict)
    points: Mapping[str, Credit] = field(default_factory=dict)
    guessed: Mapping[str, str] = field(default_factory=dict)
    followed: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    actions: tuple[Done, ...] = ()
    handover: Handover | None = None
    empathy: bool = False
    manager_asked: bool = False
    changed: bool = False
    given_up: bool = False
    answered: bool = False
    nudges: int = 0
    reopened: int = 0
    long_replies: int = 0
    copied_replies: int = 0
    closed_by: str = ""
    late_said: bool = False
    promises: tuple[Promise, ...] = ()
    wrong_merges: int = 0


MANNERS = ("empathy", "harsh")


@dataclass(frozen=True, slots=True)
class Match:
    """One sentence of a reply read as something: the evidence a mentor sees.

    `kind` is fact, point, trap, or a manner: empathy or harsh; `by` is pattern or phrase; `score`
    is 1.0 for a pattern, else the likeness to the nearest line; `skipped` says why it did not
    count.
    """

    kind: str
    id: str
    sentence: str
    place: int
    by: str
    score: float
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reply, sentence by sentence; `copied` is the share shared with an own earlier text."""

    sentences: tuple[str, ...]
    matches: tuple[Match, ...]
    questions: int
    words: int
    copied: float
    matcher: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something happened, in plain words: `mood` is the change it made."""

    code: str
    text: str
    mood: float = 0.0
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a customer will write, and when.

    When it arrives, `effects` (points and traps they follow: `point:id`, `trap:id`) happen and
    `informs` become known.
    """

    body: str
    delay_seconds: int
    effects: tuple[str, ...] = ()
    informs: tuple[str, ...] = ()
    changes_mind: bool = False
    closes: bool = False
    gives_up: bool = False
    reopens: bool = False
    asks_for_manager: bool = False
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a candidate sent: `waited_hours` since the customer last wrote.

    `recent_texts` are the candidate's own replies on other tickets, for copies.
    `local_hour` is the customer's hour of the day, 0 to 24, when it was sent; `on` the candidate's
    own day, as ISO text, from which "tomorrow" counts.
    """

    text: str
    waited_hours: float = 0.0
    recent_texts: tuple[str, ...] = ()
    local_hour: float | None = None
    on: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reply leads to: the case at once, the turn once its delay is over."""

    case: CaseState
    reading: Reading
    turn: Turn | None


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a trace: what was asked, whether it was met, what it added."""

    kind: str
    name: str
    met: bool
    amount: float
    text: str


@dataclass(frozen=True, slots=True)
class OutcomeTrace:
    """What the work on a ticket was worth, 0 to 100, with every part of the sum."""

    value: float
    solved: bool
    goal_share: float
    points_share: float
    harm: float
    critical: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class RatingTrace:
    """The customer's rating 1 to 5 with its parts; `answered` says whether they sent it."""

    answered: bool
    value: int
    good: float
    parts: tuple[Part, ...]
