"""A pack as a whole, with the pages and words that come with its world."""

from collections.abc import Mapping
from dataclasses import dataclass

from trialsim.simulation.types.scenarios import Scenario
from trialsim.simulation.types.worlds import Clause, DeskAction, Kind

# What ticks a step of the first days by itself.
STEPS_DONE_BY = (
    "terms",
    "clock",
    "hello",
    "article",
    "reply",
    "macro",
    "practice",
    "update",
    "quiz",
    "unaided",
    "live",
)


@dataclass(frozen=True, slots=True)
class Document:
    """An article or a policy page; `anchors` are the `{#anchor}` marks of its headings."""

    id: str
    title: str
    body: str
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Macro:
    """A saved reply; variables carry a fallback: `{customer_name|there}`."""

    id: str
    title: str
    text: str
    status: str | None = None
    tags: tuple[str, ...] = ()
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the readiness quiz; `right` are the places of the right choices, from 0.

    Where `several` holds, all right choices must be chosen and no other.
    """

    text: str
    choices: tuple[str, ...]
    right: tuple[int, ...]
    article: str | None = None
    several: bool = False


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step of the first days with its time box; without `done_by` people tick it by hand."""

    id: str
    text: str
    minutes: int
    day: int
    done_by: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a rubric category, the lowest first."""

    anchor: str
    example: str


@dataclass(frozen=True, slots=True)
class Category:
    """One category of the scorecard."""

    id: str
    name: str
    question: str
    weight: float
    critical: bool
    channels: tuple[str, ...]
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class RootCause:
    """One reason why a category may have fallen short."""

    id: str
    name: str
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Rubric:
    """The pack's scorecard."""

    categories: tuple[Category, ...]
    root_causes: tuple[RootCause, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """A day on which something of the company's own fails; scenarios by who writes them.

    The status page says `first` and is wrong until the first of `hours` (worked hours since it
    began), says `truth` until the second, and `first` again after that.
    """

    title: str
    ordinary: tuple[str, ...]
    enterprise: str
    press: str
    first: str
    truth: str
    hours: tuple[float, float]

    @property
    def scenarios(self) -> frozenset[str]:
        """Return every scenario that belongs to it: none of them comes on another day."""
        return frozenset((*self.ordinary, self.enterprise, self.press))


@dataclass(frozen=True, slots=True)
class Pack:
    """One company: its world, scenarios, documents and phrases."""

    id: str
    name: str
    version: int
    currency: str
    languages: tuple[str, ...]
    tiers: Mapping[str, str]
    teams: tuple[str, ...]
    anchors: tuple[str, ...]
    kinds: Mapping[str, Kind]
    actions: Mapping[str, DeskAction]
    clauses: Mapping[str, Clause]
    scenarios: Mapping[str, Scenario]
    articles: Mapping[str, Document]
    policies: Mapping[str, Document]
    # language -> phrase (greeting, sign_off, vague ...) -> tone, or "any" -> lines
    phrases: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]
    macros: Mapping[str, Macro]
    quiz: tuple[Question, ...]
    rubric: Rubric
    incident: Incident | None = None
    first_days: tuple[FirstStep, ...] = ()
    later: tuple[str, ...] = ()  # what nobody needs in the first days
