"""Goals for a bank of scenarios, and which of them are missed, by which scenarios."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from trialsim.simulation.apart import RUN
from trialsim.simulation.figures.agents import Agent
from trialsim.simulation.figures.gaps import AT_MOST
from trialsim.simulation.figures.rates import ScenarioRate
from trialsim.simulation.figures.sharing import Sharing

# Shares of a few scenarios say nothing about a bank.
WHOLE_BANK = 20
IN_ORDER = 0.95
SHOTGUN_AT_MOST = 0.60
COPIED_MISSED = 0.70
RANDOM_AT_MOST = 0.02
CAUGHT = 0.95
MIDDLING_SOLVED = (0.60, 0.85)
GOOD_SOLVED = (0.90, 1.0)
SATISFACTION = (0.85, 0.95)


@dataclass(frozen=True, slots=True)
class BankGoal:
    """One goal: its figure, what it should be, whether it is met, and who falls short."""

    name: str
    value: float
    wanted: str
    met: bool
    scenarios: tuple[str, ...] = ()


def bank_goals(rates: Sequence[ScenarioRate]) -> tuple[BankGoal, ...]:
    """Return every goal for the scenarios that were rated; those of a whole bank from twenty on."""
    goals = [_in_order(rates), _shotgun(rates), _gap(rates), _caught(rates), _copied(rates)]
    goals.append(_random(rates))
    if len(rates) >= WHOLE_BANK:
        solved = {
            agent: [one.solved[agent] for one in rates] for agent in (Agent.GOOD, Agent.MIDDLING)
        }
        goals += [
            _within("good solves", solved[Agent.GOOD], GOOD_SOLVED),
            _within("middling solves", solved[Agent.MIDDLING], MIDDLING_SOLVED),
            _within("satisfied", [one.satisfaction for one in rates], SATISFACTION),
        ]
    return tuple(goals)


def sharing_goal(sharing: Sharing) -> BankGoal:
    """Return the goal that no two candidates of a cohort meet the same wording."""
    wanted = f"no {RUN} words in a row for two candidates of eight"
    scenarios = tuple(sorted({scenario for scenario, _, _ in sharing.shared}))
    return BankGoal("met alike", round(sharing.share, 4), wanted, not sharing.shared, scenarios)


def _in_order(rates: Sequence[ScenarioRate]) -> BankGoal:
    wrong = tuple(one.scenario for one in rates if not one.in_order)
    share = 1 - len(wrong) / max(1, len(rates))
    wanted = f"good > middling > shotgun > harmful on at least {IN_ORDER:.2f}"
    return BankGoal("in order", round(share, 4), wanted, share >= IN_ORDER, wrong)


def _shotgun(rates: Sequence[ScenarioRate]) -> BankGoal:
    """Hold both the outcome and the points of a shotgun reply against those of the good agent."""
    ratios = {one.scenario: max(one.shotgun_ratio, one.shotgun_points_ratio) for one in rates}
    above = tuple(name for name, ratio in ratios.items() if ratio > SHOTGUN_AT_MOST)
    worst = max(ratios.values(), default=0.0)
    wanted = f"at most {SHOTGUN_AT_MOST:.2f} of good on each"
    return BankGoal("shotgun, worst", worst, wanted, not above, above)


def _gap(rates: Sequence[ScenarioRate]) -> BankGoal:
    """Return how many scenarios have a gap too large, and too large for chance."""
    wide = tuple(one.scenario for one in rates if one.gap.is_real)
    share = len(wide) / max(1, len(rates))
    wanted = f"gap over {AT_MOST:.2f} between opening lines on none, chance set aside"
    return BankGoal("form gap", round(share, 4), wanted, not wide, wide)


def _caught(rates: Sequence[ScenarioRate]) -> BankGoal:
    missed = tuple(one.scenario for one in rates if one.harmful_caught < CAUGHT)
    share = _mean([one.harmful_caught for one in rates])
    return BankGoal("harm caught", share, f"at least {CAUGHT:.2f} on each", not missed, missed)


def _copied(rates: Sequence[ScenarioRate]) -> BankGoal:
    """Count scenarios without a slot-bound point as letting every copy pass."""
    share = _mean([one.copied_missed or 0.0 for one in rates])
    passing = tuple(one.scenario for one in rates if (one.copied_missed or 0.0) < COPIED_MISSED)
    wanted = f"at least {COPIED_MISSED:.2f} of pairs of forms"
    is_met = share >= COPIED_MISSED
    return BankGoal("copies miss", share, wanted, is_met, () if is_met else passing)


def _random(rates: Sequence[ScenarioRate]) -> BankGoal:
    share = _mean([one.random_points for one in rates])
    earning = tuple(one.scenario for one in rates if one.random_points >= RANDOM_AT_MOST)
    is_met = share < RANDOM_AT_MOST
    wanted = f"under {RANDOM_AT_MOST:.2f} of points"
    return BankGoal("random replies", share, wanted, is_met, () if is_met else earning)


def _within(name: str, values: Sequence[float], span: tuple[float, float]) -> BankGoal:
    share = _mean(values)
    wanted = f"{span[0]:.2f} to {span[1]:.2f}"
    return BankGoal(name, share, wanted, span[0] <= share <= span[1])


def _mean(values: Sequence[float]) -> float:
    return round(fmean(values), 4) if values else 0.0
