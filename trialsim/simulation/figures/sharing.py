"""What two candidates of a cohort could tell each other: wordings that both of them meet."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from trialsim.kit import streams
from trialsim.simulation.briefs import brief_of
from trialsim.simulation.drafts import draft_ticket
from trialsim.simulation.figures.wordings import words_of
from trialsim.simulation.personas import Profile, draw_customers
from trialsim.simulation.plan import plan_cohort
from trialsim.simulation.planned import CandidatePlan, PlannedTicket, PlanRequest
from trialsim.simulation.types import Pack
from trialsim.simulation.voice import guarded, slot_words

RUN = 8
COHORT = 8
_PARTS = re.compile(r"\{\w+\}|\n\n")
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
    """Plan a cohort of eight, write its openings and compare every two candidates' words.

    Runs are of eight words. Left out are words that were drawn (names, amounts, addresses), the
    company's own name and quoted messages: a run never goes over them.
    """
    plan = plan_cohort(pack, PlanRequest(seed, COHORT))
    met: dict[tuple[str, str], dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in plan.candidates:
        for ticket, runs in _openings(pack, seed, one):
            met[ticket.scenario, ticket.language][one.candidate] |= runs
    pairs, shared = 0, []
    for (scenario, language), candidates in sorted(met.items()):
        for first, second in combinations(candidates.values(), 2):
            pairs += 1
            if common := first & second:
                shared.append((scenario, language, min(common)))
    return Sharing(pairs, tuple(shared))


def _openings(
    pack: Pack, seed: streams.Name, plan: CandidatePlan
) -> Iterator[tuple[PlannedTicket, set[str]]]:
    """Yield each scored ticket that stands for itself with the runs of its subject and body."""
    people = draw_customers(pack, plan.candidate, plan.customers, on=_ON)
    for ticket in plan.tickets:
        if ticket.practice or ticket.twin_of is not None or ticket.joined:
            continue
        who = people[ticket.customer]
        draft = draft_ticket(pack, who, brief_of(ticket, deal=seed, on=_ON))
        scenario = pack.scenarios[ticket.scenario]
        drawn = slot_words(pack, scenario, draft.slots, draft.language).values()
        keep = (*drawn, *(_capital(one) for one in drawn), *_own_names(who), pack.name)
        yield ticket, {run for text in (draft.subject, draft.body) for run in runs_of(text, keep)}


def _capital(text: str) -> str:
    """Return what was drawn as it begins a sentence."""
    return text[:1].upper() + text[1:]


def _own_names(who: Profile) -> Iterable[str]:
    return (who.customer.persona.first_name, who.company, who.town)


def runs_of(text: str, keep: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield every eight words in a row within one paragraph.

    None goes over a slot, a quoted message, or a word in `keep`.
    """
    drawn = (*guarded(text, keep), *(found.span() for found in _PARTS.finditer(text)))
    end = 0
    for start, stop in sorted((*drawn, (len(text), len(text)))):
        words = words_of(text[end:start]) if start > end else []
        for at in range(len(words) - RUN + 1):
            yield " ".join(words[at : at + RUN])
        end = max(end, stop)
