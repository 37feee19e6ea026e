"""Keeping two candidates' openings apart: no eight words in a row that both of them read.

Lines and alternatives are dealt without repeats, yet two sentences may follow each other twice, or
a line come a fourth time. A ticket that would share a run with an earlier candidate's gets another
form of the same scenario.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from trialsim.kit import streams
from trialsim.simulation.briefs import brief_of
from trialsim.simulation.drafts import draft_ticket
from trialsim.simulation.personas import Profile, draw_customers
from trialsim.simulation.planned import CandidatePlan, PlannedTicket, trial_seed
from trialsim.simulation.types import Pack
from trialsim.simulation.voice import guarded, slot_words, words_of

RUN = 8
_ON = "2026-03-02"  # any day: it only fills the dates
_ANOTHER = 997  # forms further on: no cohort meets a scenario so often
_TRIES = 60
_PARTS = re.compile(r"\{\w+\}|\n\n")

# Of a scenario in a language: for each run of words the first candidate who read it.
Read = dict[tuple[str, str], dict[str, int]]


def keep_apart(
    pack: Pack, plans: tuple[CandidatePlan, ...], seed: streams.Name
) -> tuple[CandidatePlan, ...]:
    """Return the plans with other forms where openings would share eight words in a row.

    A plan depends on those before it alone. Practice, which all share, stays as it is, and so do
    twins, whose form is that of the first message.
    """
    read: Read = defaultdict(dict)
    return tuple(_apart(pack, plan, seed, read) for plan in plans)


def _apart(pack: Pack, plan: CandidatePlan, seed: streams.Name, read: Read) -> CandidatePlan:
    people = draw_customers(pack, trial_seed(seed, plan.candidate), plan.customers, on=_ON)
    tickets = []
    for planned in plan.tickets:
        if planned.practice or planned.twin_of is not None:
            tickets.append(planned)
            continue
        known = read[planned.scenario, planned.language]
        taken = {run for run, reader in known.items() if reader != plan.candidate}
        ways = _ways(pack, planned, people[planned.customer], seed)
        free = ((ticket, runs) for ticket, runs in ways if runs.isdisjoint(taken))
        ticket, runs = next(free, (planned, set()))  # there may be too few wordings
        known |= dict.fromkeys(runs - known.keys(), plan.candidate)
        tickets.append(ticket)
    return replace(plan, tickets=tuple(tickets))


def _ways(
    pack: Pack, planned: PlannedTicket, who: Profile, seed: streams.Name
) -> Iterator[tuple[PlannedTicket, set[str]]]:
    """Yield a ticket as planned, then in other forms, each with the runs of its opening."""
    for step in range(_TRIES):
        ticket = replace(planned, form=planned.form + step * _ANOTHER)
        yield ticket, opening_runs(pack, ticket, who, seed)


def opening_runs(pack: Pack, ticket: PlannedTicket, who: Profile, seed: streams.Name) -> set[str]:
    """Return every eight words in a row of a ticket's subject and body.

    Left out are words that were drawn (names, amounts, addresses), the company's own name and
    quoted messages: a run never goes over them.
    """
    draft = draft_ticket(pack, who, brief_of(ticket, deal=seed, on=_ON))
    drawn = list(
        slot_words(pack, pack.scenarios[ticket.scenario], draft.slots, draft.language).values()
    )
    if ticket.joined:
        scenario = pack.scenarios[ticket.joined]
        drawn += slot_words(pack, scenario, draft.joined_slots, draft.language).values()
    capitals = (one[:1].upper() + one[1:] for one in drawn)
    own = (who.customer.persona.first_name, who.company, who.town, pack.name)
    keep = (*drawn, *capitals, *own)
    return {run for text in (draft.subject, draft.body) for run in runs_of(text, keep)}


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
