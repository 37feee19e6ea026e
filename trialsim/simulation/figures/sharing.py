"""What two candidates of a cohort could tell each other: wordings that both of them meet."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from trialsim.kit import streams
from trialsim.simulation.apart import opening_runs
from trialsim.simulation.personas import draw_customers
from trialsim.simulation.plan import plan_cohort
from trialsim.simulation.planned import PlanRequest, trial_seed
from trialsim.simulation.types import Pack

COHORT = 8
_ON = "2026-03-02"  # any day: it only fills the dates


@dataclass(frozen=True, slots=True)
class Sharing:
    """How often two candidates met the same run of words in openings of one scenario.

    `pairs` counts every two candidates who both met a scenario in one language; `shared` holds
    those among them with a run in common: the scenario, the language and the run.
    """

    pairs: int
    shared: tuple[tuple[str, str, str], ...]

    @property
    def share(self) -> float:
        """Return the share of pairs with a run in common, 0 to 1."""
        return len(self.shared) / self.pairs if self.pairs else 0.0


def shared_openings(pack: Pack, seed: streams.Name) -> Sharing:
    """Plan a cohort of eight, write its openings and compare every two candidates' words."""
    plan = plan_cohort(pack, PlanRequest(seed, COHORT))
    met: dict[tuple[str, str], dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in plan.candidates:
        people = draw_customers(pack, trial_seed(seed, one.candidate), one.customers, on=_ON)
        for ticket in one.tickets:
            if not ticket.practice and ticket.twin_of is None:
                runs = opening_runs(pack, ticket, people[ticket.customer], seed)
                met[ticket.scenario, ticket.language][one.candidate] |= runs
    pairs, shared = 0, []
    for (scenario, language), candidates in sorted(met.items()):
        for first, second in combinations(candidates.values(), 2):
            pairs += 1
            if common := first & second:
                shared.append((scenario, language, min(common)))
    return Sharing(pairs, tuple(shared))
