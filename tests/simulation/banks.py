"""A bank of scenarios made in code: as many as a test needs, with nothing to read from a file."""

from collections.abc import Mapping
from typing import Any

from trialsim.simulation.types import (
    AREAS,
    CHANNELS,
    Category,
    Comparison,
    Ends,
    Fact,
    Field,
    FieldTest,
    FieldType,
    Goal,
    Kind,
    Level,
    MindChange,
    Mood,
    Opening,
    Pack,
    PersonaLimits,
    Phrasing,
    Point,
    Rubric,
    Scenario,
    Slot,
    Texts,
    Trap,
    Use,
)

SYMPTOMS = (
    "the {thing} on {shop} [stopped|gave up] {since}.",
    "nothing happens any more when I open the {thing} of {shop}.",
    "{since} my {thing} only shows a grey page.",
    "people write to me that the {thing} at {shop} fails.",
    "I pressed save and the {thing} was gone {since}.",
    "the {thing} keeps [turning|spinning] and never ends.",
)
PHRASES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "greeting": {"any": ("Hello,", "Hi there,", "Good morning,", "Dear team,")},
    "sign_off": {"any": ("Thank you", "Kind regards", "Thanks a lot", "Best wishes")},
    "context": {"any": ("I look after the site alone.", "We moved here in spring.")},
    "impact": {"any": ("Orders wait.", "My boss keeps asking.")},
    "ask": {"any": ("Can you help?", "What should I do?", "Could you have a look?")},
}


def a_scenario(number: int, **changes: Any) -> Scenario:  # noqa: ANN401 (fields of a dataclass)
    """Return a whole scenario; the number spreads area, difficulty, flags and par."""
    area = AREAS[number % len(AREAS)]
    values: dict[str, Any] = {
        "id": f"{area}-{number:02d}",
        "version": 1,
        "family": f"{area}-{number // 36}",
        "area": area,
        "languages": ("en", "it") if number % 7 == 0 else ("en",),
        "use": Use.SCORED,
        "flags": {7: ("bait",), 13: ("refund_outside_policy",), 23: ("bait",)}.get(number % 29, ()),
        "par_minutes": {"email": 9.0 + number % 5, "chat": 12.0 + number % 3, "forum": 10.0},
        "channels": {"email": 0.6, "chat": 0.3, "forum": 0.1},
        "difficulty": ((number * 7) % 11 - 5) / 5,
        "difficulty_sd": 0.5,
        "articles": (),
        "policies": (),
        "persona": PersonaLimits(),
        "joins": (),
        "slots": {
            "shop": Slot("shop", "faker", faker="company"),
            "thing": Slot("thing", "words", words=("gallery", "form", "menu", "basket")),
            "since": Slot("since", "words", words=("since Monday", "for two days", "since noon")),
            "culprit": Slot("culprit", "words", words=("a cookie banner", "a map widget")),
            "amount": Slot("amount", "money", span=(900, 4000)),
            "paid_on": Slot("paid_on", "days_ago", span=(3, 30)),
        },
        "world": {},
        "goal": Goal(points=("fix", "why")),
        "facts": {"change": Fact("change")},
        "points": {
            "fix": Point("fix", 3, after=("change",)),
            "why": Point("why", 1),
            "next": Point("next", 1),
        },
        "traps": {"secret": Trap("secret", 3)},
        "escalation": None,
        "change": MindChange(2, Goal(points=("next",))) if number % 3 == 0 else None,
        "mood": Mood(),
        "ends": Ends(),
        "reference_actions": ((), ()),
    }
    values.update(changes)
    values.setdefault("texts", {one: the_texts(one) for one in values["languages"]})
    return Scenario(**values)


def the_texts(language: str) -> Texts:
    """Return texts that a reader can follow; the second language uses the same shape."""
    return Texts(
        language=language,
        subject=("{thing} broken", "Trouble with the {thing}", "Help with {shop}"),
        opening=Opening(symptom=SYMPTOMS, impact=("I lose [a sale|money] every hour.",)),
        words={},
        facts={
            "change": Phrasing(
                ("Did you change anything?", "What was added lately?"),
                r"\bchange|\badded",
                ("I installed {culprit}.", "Only {culprit}."),
            )
        },
        points={
            "fix": Phrasing(
                ("Please turn off {culprit}.", "Disable {culprit}."), r"turn off|isabl"
            ),
            "why": Phrasing(("It stops the page.", "The two clash."), r"stops the|clash"),
            "next": Phrasing(
                ("Tell me whether it works.", "Write back if not."), r"ell me|rite back"
            ),
        },
        traps={"secret": Phrasing(("Send me your password.",), r"password", unless=r"\bnever\b")},
        replies=(
            "Hello, that must be annoying. Did you change anything?",
            "Please turn off {culprit}. It stops the page. Tell me whether it works.",
        ),
        harmful={"secret": "Send me your password."},
    )


def a_pack(size: int = 60, anchors: int = 12, **changes: Any) -> Pack:  # noqa: ANN401 (as above)
    """Return a pack with `size` scenarios, every fifth an anchor up to `anchors`."""
    scenarios = [a_scenario(number) for number in range(size)]
    scenarios = [with_partner(one, scenarios) for one in scenarios]
    values: dict[str, Any] = {
        "id": "test",
        "name": "Test Sites",
        "version": 1,
        "currency": "EUR",
        "languages": ("en", "it"),
        "tiers": {"free": "forum", "personal": "email", "premium": "chat", "enterprise": "call"},
        "teams": ("billing",),
        "anchors": tuple(one.id for one in scenarios[::5][:anchors]),
        "kinds": the_kinds(),
        "actions": {},
        "clauses": {},
        "scenarios": {one.id: one for one in scenarios},
        "articles": {},
        "policies": {},
        "phrases": {"en": PHRASES, "it": PHRASES},
        "macros": {},
        "quiz": (),
        "rubric": the_rubric(),
    }
    values.update(changes)
    return Pack(**values)


def the_rubric() -> Rubric:
    """Return the product's six categories with their weights."""
    weights = {"solves": 30, "accurate": 20, "kind": 20, "next_step": 15, "easy": 10, "team": 5}
    return Rubric(
        tuple(
            Category(name, name, "?", weight, name == "solves", CHANNELS, (Level("", ""),) * 4)
            for name, weight in weights.items()
        ),
        (),
    )


def with_partner(scenario: Scenario, others: list[Scenario]) -> Scenario:
    """Let every fourth scenario come together with one of another area."""
    number = int(scenario.id[-2:])
    if number % 4 != 1:
        return scenario
    partner = others[(number + 1) % len(others)].id
    return a_scenario(number, joins=(partner,))


def the_kinds() -> dict[str, Kind]:
    """Return an account with sites, domains and payments."""
    plans = ("free", "personal", "premium", "enterprise")
    paid = Field("paid_on", FieldType.DATE, draw=(-300, -1))
    return {
        "account": Kind("account", None, (1, 1), {"plan": Field("plan", FieldType.CHOICE, plans)}),
        "site": Kind(
            "site", "account", (1, 3), {"domain": Field("domain", FieldType.TEXT, draw="domain")}
        ),
        "domain": Kind(
            "domain", "account", (1, 2), {"name": Field("name", FieldType.TEXT, draw="domain")}
        ),
        "payment": Kind(
            "payment",
            "account",
            (2, 5),
            {"amount": Field("amount", FieldType.MONEY, draw=(900, 14400)), "paid_on": paid},
        ),
        "order": Kind("order", "site", (1, 2), {"placed_on": paid}),
    }


def equals(value: str) -> tuple[FieldTest, ...]:
    """Return the test that a field has a value."""
    return (FieldTest(Comparison.EQUALS, value),)
