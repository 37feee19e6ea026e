"""How fair one scenario is to play: what each scripted agent earns, and what must earn nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from trialsim.kit import streams
from trialsim.simulation.figures import agents
from trialsim.simulation.figures.agents import Agent
from trialsim.simulation.figures.dialogues import Dialogue, converse
from trialsim.simulation.figures.gaps import Gap, Play, gap_of
from trialsim.simulation.figures.stages import Stage, stages
from trialsim.simulation.types import Credit, Pack, Scenario

HARMFUL = "harmful"
MIDDLING_DRAWS = 3
_FOREIGN_TALKS = 2
_LIKED = 4
_SHOWN_HITS = 8


@dataclass(frozen=True, slots=True)
class FalseHit:
    """A sentence of another conversation that was read as a point, and how often."""

    point: str
    sentence: str
    by: str
    times: int


@dataclass(frozen=True, slots=True)
class ScenarioRate:
    """The figures of one scenario. Outcomes are 0 to 100, shares and ratios 0 to 1.

    `gap` is how far the middling agent's solved shares by opening line lie apart. `copied_missed`
    is the share of pairs of forms where the reference for one misses a slot-bound point of the
    other; None where no point is bound to a slot. `satisfaction` is the share of ratings of 4
    and 5 that the reference gets.
    """

    scenario: str
    forms: int
    outcome: Mapping[str, float]
    points: Mapping[str, float]
    solved: Mapping[str, float]
    in_order: bool
    shotgun_ratio: float
    shotgun_points_ratio: float
    points_only_ratio: float
    harmful_caught: float
    gap: Gap
    copied_missed: float | None
    random_points: float
    false_hits: tuple[FalseHit, ...]
    satisfaction: float


@dataclass(frozen=True, slots=True)
class Talk:
    """The reference's replies in one conversation, to be sent where they do not belong."""

    scenario: str
    family: str
    texts: tuple[str, ...]


def talks_of(pack: Pack, seed: streams.Name, language: str) -> tuple[Talk, ...]:
    """Return one conversation of each scenario that has texts in a language."""
    return tuple(
        Talk(scenario.id, scenario.family, agents.reference_texts(stage))
        for scenario in pack.scenarios.values()
        if language in scenario.languages
        for stage in stages(pack, scenario, seed, 1, language)
    )


def rate_scenario(
    pack: Pack, scenario: Scenario, seed: streams.Name, forms: int, talks: Sequence[Talk]
) -> ScenarioRate:
    """Play every agent on forms of a scenario; the same arguments give the same figures.

    Args:
        pack: The company.
        scenario: One of its scenarios.
        seed: Names every draw.
        forms: How many forms, at least one.
        talks: Conversations of the pack in the scenario's first language.
    """
    played = list(stages(pack, scenario, seed, forms))
    harmed = _harmed(played)
    unrelated = _unrelated(played, scenario, talks, seed)
    heard = {**_heard(played, seed), HARMFUL: [talk for _, talk in harmed]}
    outcome = {agent: _mean(one.trace.value for one in held) for agent, held in heard.items()}
    points = {agent: _mean(one.trace.points_share for one in held) for agent, held in heard.items()}
    return ScenarioRate(
        scenario=scenario.id,
        forms=forms,
        outcome=outcome,
        points=points,
        solved={agent: _mean(one.trace.solved for one in held) for agent, held in heard.items()},
        in_order=_in_order(outcome, has_traps=bool(harmed)),
        shotgun_ratio=_ratio(outcome, Agent.SHOTGUN),
        shotgun_points_ratio=_ratio(points, Agent.SHOTGUN),
        points_only_ratio=_ratio(outcome, Agent.POINTS_ONLY),
        harmful_caught=_mean(trap in talk.case.traps for trap, talk in harmed) if harmed else 1.0,
        gap=_gap(played, heard[Agent.MIDDLING], seed),
        copied_missed=_copied_missed(played),
        random_points=_mean(one.trace.points_share for one in unrelated),
        false_hits=_false_hits(unrelated),
        satisfaction=_mean(one.rating.value >= _LIKED for one in heard[Agent.GOOD]),
    )


def _heard(played: Sequence[Stage], seed: streams.Name) -> dict[str, list[Dialogue]]:
    """Return what every agent earns on every form, the middling one by several draws of each."""
    return {
        str(agent): [
            converse(stage, agents.script_of(agent, stage, seed, draw))
            for stage in played
            for draw in range(MIDDLING_DRAWS if agent is Agent.MIDDLING else 1)
        ]
        for agent in Agent
    }


def _harmed(played: Sequence[Stage]) -> list[tuple[str, Dialogue]]:
    """Return what each harmful reply leads to, with the trap it should enter."""
    return [
        (trap, converse(stage, agents.harmful(stage, trap)))
        for stage in played
        for trap in sorted(stage.form.scenario.text(stage.form.language).harmful)
    ]


def _in_order(outcome: Mapping[str, float], *, has_traps: bool) -> bool:
    ordered: list[str] = [Agent.GOOD, Agent.MIDDLING, Agent.SHOTGUN]
    ordered += [HARMFUL] if has_traps else []
    values = [outcome[agent] for agent in ordered]
    return all(better > worse for better, worse in pairwise(values))


def _ratio(values: Mapping[str, float], agent: str) -> float:
    """Return what an agent gets of what the good one gets; 1 where good gets nothing."""
    best = values[Agent.GOOD]
    return round(values[agent] / best, 4) if best else 1.0


def _gap(played: Sequence[Stage], talks: Sequence[Dialogue], seed: streams.Name) -> Gap:
    """Return the gap between opening lines in what the middling agent solved."""
    plays = []
    for place, stage in enumerate(played):
        own = talks[place * MIDDLING_DRAWS : (place + 1) * MIDDLING_DRAWS]
        plays.append(Play(stage.template, stage.turn, _mean(talk.trace.solved for talk in own)))
    return gap_of(plays, seed)


def _copied_missed(played: Sequence[Stage]) -> float | None:
    """Return the share of neighbouring forms where one's reference misses a point of the other."""
    bound = _slot_bound(played[0])
    if not bound:
        return None
    others = (*played[1:], played[0])
    missed = []
    for stage, other in zip(played, others, strict=True):
        talk = converse(stage, agents.reciting(agents.reference_texts(other), stage))
        missed.append(any(talk.case.points.get(name) is not Credit.WHOLE for name in bound))
    return _mean(missed)


def _slot_bound(stage: Stage) -> list[str]:
    """Return the points that are recognised by a slot: its place is in their pattern."""
    points = stage.form.scenario.text(stage.form.language).points
    slots = tuple(f"{{{name}}}" for name in stage.form.scenario.slots)
    return [name for name, one in points.items() if any(slot in one.pattern for slot in slots)]


def _unrelated(
    played: Sequence[Stage], scenario: Scenario, talks: Sequence[Talk], seed: streams.Name
) -> list[Dialogue]:
    """Return what replies of other families' conversations lead to."""
    foreign = [talk for talk in talks if talk.family != scenario.family]
    return [
        converse(stage, agents.unrelated(talk.texts))
        for place, stage in enumerate(played)
        for talk in streams.stream(seed, "foreign", scenario.id, place).sample(
            foreign, min(_FOREIGN_TALKS, len(foreign))
        )
    ]


def _false_hits(talks: Iterable[Dialogue]) -> tuple[FalseHit, ...]:
    """Return the sentences that earned a point without meaning it, the most frequent first."""
    found = Counter(
        (match.id, str(match.sentence), match.by)
        for talk in talks
        for match in talk.matches
        if match.kind == "point" and not match.skipped
    )
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FalseHit(*hit, times) for hit, times in ranked[:_SHOWN_HITS])


def _mean(values: Iterable[float]) -> float:
    """Return the mean, 0 of none, to four places."""
    held = list(values)
    return round(fmean(held), 4) if held else 0.0
