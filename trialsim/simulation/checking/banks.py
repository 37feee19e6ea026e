"""Rules on a pack as a whole: company, pages, and a bank of scenarios balanced enough to be fair.

Bank-wide rules warn in a pack under 60 scenarios and fail from there.
"""

from collections import Counter
from collections.abc import Iterator

from trialsim.simulation.reading.likeness import Index
from trialsim.simulation.types import BUILT_IN_FLAGS, Fault, Pack, Scenario, Use

WHOLE_BANK = 60

_FILE = "pack.toml"

# Share of the bank by area, assumed from public help pages of such companies.
AREA_SHARES = {
    "billing": 0.16,
    "domains": 0.14,
    "checkout": 0.13,
    "conflicts": 0.13,
    "access": 0.09,
    "editor": 0.10,
    "migration": 0.06,
    "performance": 0.05,
    "privacy": 0.03,
    "ideas": 0.04,
    "bugs": 0.04,
    "elsewhere": 0.03,
}
_AREA_SLACK = 0.05
_FAMILY = 3
_SECOND_LANGUAGE = 0.05
_ABOVE_CHANCE = 0.15


def check_company(pack: Pack) -> Iterator[Fault]:
    """Yield what is wrong with `pack.toml` and its pages."""
    plans = pack.kinds["account"].fields.get("plan")
    if plans is None or set(pack.tiers) != set(plans.values):
        yield Fault(_FILE, "tiers", "name a channel for every plan an account may have")
    yield from _anchors(pack)
    yield from _incident(pack)
    yield from _clauses(pack)
    yield from _covers(pack)


def _anchors(pack: Pack) -> Iterator[Fault]:
    for name in pack.anchors:
        if name not in pack.scenarios:
            yield Fault(_FILE, "anchors", f"{name!r} is no scenario")
        elif pack.scenarios[name].use is not Use.SCORED:
            yield Fault(_FILE, "anchors", f"{name!r} is not scored: an anchor is met by everybody")


def _incident(pack: Pack) -> Iterator[Fault]:
    for name in sorted(pack.incident.scenarios) if pack.incident else ():
        scenario = pack.scenarios.get(name)
        if scenario is None:
            yield Fault(_FILE, "incident", f"{name!r} is no scenario")
        elif scenario.use is not Use.SCORED:
            yield Fault(_FILE, "incident", f"{name!r} is not scored: everybody meets it")
        elif name in pack.anchors:
            yield Fault(_FILE, "incident", f"{name!r} is an anchor: it can be only one of the two")


def _clauses(pack: Pack) -> Iterator[Fault]:
    said = {point for scenario in pack.scenarios.values() for point in scenario.points}
    for clause in pack.clauses.values():
        for need in clause.needs:
            if need not in pack.actions and need not in said:
                yield Fault(_FILE, f"policies.{clause.id}.needs", f"{need!r} is no action or point")
        yield from _heading(pack, clause.id)


def _covers(pack: Pack) -> Iterator[Fault]:
    for kind in pack.kinds.values():
        for field in kind.fields.values():
            if isinstance(field.shown, str) and field.shown not in pack.actions:
                where = f"kinds.{kind.name}.fields.{field.name}.shown"
                yield Fault(_FILE, where, f"{field.shown!r} is no action")


def _heading(pack: Pack, clause: str) -> Iterator[Fault]:
    document, _, anchor = clause.partition(".")
    page = pack.policies.get(document)
    if page is None or anchor not in page.anchors:
        message = f"give it a heading with {{#{anchor}}}"
        yield Fault(f"policies/{document}.md", clause, message)


def check_bank(pack: Pack) -> Iterator[Fault]:
    """Yield where the bank as a whole is out of balance."""
    scenarios = [one for one in pack.scenarios.values() if one.use is Use.SCORED]
    is_warning = len(pack.scenarios) < WHOLE_BANK
    for field, message in (
        *_families(scenarios),
        *_areas(scenarios),
        *_flags(scenarios),
        *_languages(pack, scenarios),
        *_telling_openings(scenarios),
    ):
        yield Fault("scenarios", field, message, warning=is_warning)


def _families(scenarios: list[Scenario]) -> Iterator[tuple[str, str]]:
    for family, count in sorted(Counter(one.family for one in scenarios).items()):
        if count < _FAMILY:
            yield "family", f"{family} has {count} root causes: write {_FAMILY - count} more"


def _areas(scenarios: list[Scenario]) -> Iterator[tuple[str, str]]:
    counts = Counter(one.area for one in scenarios)
    for area, wanted in AREA_SHARES.items():
        share = counts[area] / max(1, len(scenarios))
        if abs(share - wanted) > _AREA_SLACK:
            yield "area", f"{area} is {share:.0%} of the bank, wanted about {wanted:.0%}"


def _flags(scenarios: list[Scenario]) -> Iterator[tuple[str, str]]:
    carried = {flag for one in scenarios for flag in one.flags}
    for flag in BUILT_IN_FLAGS:
        if flag not in carried:
            yield "flags", f"no scenario carries {flag!r}: every trial needs some"


def _languages(pack: Pack, scenarios: list[Scenario]) -> Iterator[tuple[str, str]]:
    counts = Counter(language for one in scenarios for language in one.languages)
    for language in pack.languages[1:]:
        if counts[language] < _SECOND_LANGUAGE * len(scenarios):
            yield "languages", f"{language} has {counts[language]} scenarios, wanted 5 % of them"
        if language not in pack.phrases:
            yield "languages", f"write phrases.{language}.toml"


def _telling_openings(scenarios: list[Scenario]) -> Iterator[tuple[str, str]]:
    """Yield families whose symptoms alone tell the cause.

    Each symptom is set against all others of its family: the nearest one's scenario is the guess.
    """
    families: dict[str, list[tuple[str, str]]] = {}
    for one in scenarios:
        lines = one.texts[one.languages[0]].opening.symptom
        families.setdefault(one.family, []).extend((one.id, line) for line in lines)
    for family, symptoms in sorted(families.items()):
        causes = {cause for cause, _ in symptoms}
        if len(causes) < _FAMILY:
            continue
        share = _guessed(symptoms)
        if share > 1 / len(causes) + _ABOVE_CHANCE:
            yield "opening", f"{family}: {share:.0%} of symptoms alone tell the cause"


def _guessed(lines: list[tuple[str, str]]) -> float:
    right = 0
    for place, (cause, line) in enumerate(lines):
        scores = Index([*lines[:place], *lines[place + 1 :]]).nearest(line)
        guess = max(scores, key=lambda name: (scores[name], name), default="")
        right += guess == cause
    return right / len(lines)
