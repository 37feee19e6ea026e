"""A ghost cohort's month through the pure engine alone: no database, no clock, seconds at most.

What comes out are rows as a measure would read them, and the truth that was planted. Nothing here
may know how it is measured.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trialsim.kit import streams
from trialsim.simulation import ghosts as planted_skill
from trialsim.simulation.briefs import brief_of
from trialsim.simulation.cells import ticket_par
from trialsim.simulation.drafts import draft_ticket, forms_of
from trialsim.simulation.ghost_play import Manner, play
from trialsim.simulation.ghost_reviewers import REVIEWERS, GhostReviewer, Work, levels, score
from trialsim.simulation.ghost_truth import Sample, Truth, planted
from trialsim.simulation.ghosts import GHOSTS, Ghost
from trialsim.simulation.matching import Records
from trialsim.simulation.personas import Profile, draw_customers
from trialsim.simulation.plan import CandidatePlan, PlannedTicket, PlanRequest, plan_cohort
from trialsim.simulation.planned import trial_seed
from trialsim.simulation.twins import MERGING_MINUTES
from trialsim.simulation.types import Pack, Slots

STARTS_ON = "2026-03-02"  # a Monday; only differences of days enter any row
REVIEWS_A_WEEK = 10
_DOUBLED_SHARE = 0.15
_DAYS_A_WEEK = 7
_WAITED_HOURS = {"chat": 0.02, "call": 0.0}
_USUAL_WAIT_HOURS = 2.0


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One drawn review: score 0 to 100, day counted from the trial's start."""

    candidate: str
    scenario: str
    rater: str
    day: float
    score: float


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One finished scored ticket: paid hours when it closed, paid minutes spent, outcome 0 to 100.

    `quality` is what was planted, for tests alone.
    """

    candidate: str
    scenario: str
    day: float
    block: str
    hours: float
    par_minutes: float
    minutes: float
    outcome: float
    quality: planted_skill.Quality


@dataclass(frozen=True, slots=True)
class CohortRun:
    """What a cohort did until a day, and what is true of it."""

    reviews: tuple[ReviewRow, ...]
    tickets: tuple[TicketRow, ...]
    truth: Truth


def run_cohort(
    pack: Pack,
    seed: streams.Name,
    ghosts: Sequence[Ghost] = GHOSTS,
    reviewers: Sequence[GhostReviewer] = REVIEWERS,
    days: int = 18,
) -> CohortRun:
    """Play a cohort until a day of its month; the same arguments give the same rows.

    Args:
        pack: The company whose tickets are worked on.
        seed: Names every draw.
        ghosts: The candidates; their names tell them apart.
        reviewers: The mentors; candidate n is mentored by the n-th, going round.
        days: Calendar days since the start, five work days a week.
    """
    request = PlanRequest(seed, len(ghosts))
    plan = plan_cohort(pack, request)
    minutes = _paid_minutes(request, days)
    worked = [
        done
        for ghost, one in zip(ghosts, plan.candidates, strict=True)
        for done in _Worker(pack, request, ghost, one).until(minutes)
    ]
    samples = [
        Sample(done.row.quality, done.difficulty, done.row.outcome / 100, harm=done.work.harm)
        for done in worked
    ]
    return CohortRun(
        reviews=tuple(_reviews(pack, seed, worked, ghosts, reviewers)),
        tickets=tuple(done.row for done in worked),
        truth=planted(ghosts, reviewers, samples, pack.rubric.categories, minutes / 60),
    )


@dataclass(frozen=True, slots=True)
class _Done:
    """One finished ticket: its row, what a mentor sees of it, and the third it is drawn in."""

    row: TicketRow
    work: Work
    difficulty: float
    third: int
    number: int


class _Worker:
    """One ghost going through its plan, at the pace it has, with customers who remember."""

    def __init__(self, pack: Pack, request: PlanRequest, ghost: Ghost, plan: CandidatePlan) -> None:
        self.pack = pack
        self.request = request
        self.ghost = ghost
        self.plan = plan
        self.people: tuple[Profile, ...] = draw_customers(
            pack, trial_seed(request.seed, plan.candidate), plan.customers, on=STARTS_ON
        )
        self.records: list[Records] = [one.customer.records for one in self.people]
        self.slots: dict[int, Slots] = {}
        self.met: Counter[str] = Counter()

    def until(self, last_minute: float) -> Iterator[_Done]:
        """Yield what is finished by a worked minute, in order; practice is left out."""
        free_at = float(self.request.first_live_minute)
        for ticket in self.plan.tickets:
            if ticket.practice or ticket.due_minute > last_minute:
                continue
            begins = max(free_at, float(ticket.due_minute))
            if self._merges(ticket):
                free_at = begins + MERGING_MINUTES
                continue
            minutes = self._minutes(ticket, begins / 60)
            free_at = begins + minutes / self.request.ticket_share
            if free_at > last_minute:
                return
            yield self._work_on(ticket, begins, minutes, free_at)

    def _merges(self, ticket: PlannedTicket) -> bool:
        """Draw whether a twin is recognised: the more care, the likelier."""
        drawn = streams.unit(self.request.seed, "merge", self.plan.candidate, ticket.number)
        return ticket.twin_of is not None and drawn < self.ghost.care

    def _minutes(self, ticket: PlannedTicket, hours: float) -> float:
        return planted_skill.minutes_spent(
            self.ghost,
            ticket_par(self.pack, ticket),
            hours,
            self.request.seed,
            *self._names(ticket),
        )

    def _names(self, ticket: PlannedTicket) -> tuple[streams.Name, ...]:
        return ("run", self.plan.candidate, ticket.number)

    def _work_on(self, ticket: PlannedTicket, begins: float, minutes: float, ends: float) -> _Done:
        seed, hours = self.request.seed, begins / 60
        scenario = self.pack.scenarios[ticket.scenario]
        manner = Manner(
            quality=planted_skill.quality(
                self.ghost, hours, scenario.difficulty, seed, *self._names(ticket)
            ),
            kind=planted_skill.is_kind(self.ghost, seed, *self._names(ticket)),
            waited_hours=_WAITED_HOURS.get(ticket.channel, _USUAL_WAIT_HOURS),
            meeting=self.met[ticket.scenario],
        )
        outcome, harm = self._play(ticket, manner, begins)
        self.met[ticket.scenario] += 1
        row = TicketRow(
            candidate=self.ghost.name,
            scenario=ticket.scenario,
            day=_day(self.request, ends),
            block=f"{self.ghost.name}/{self.request.block_of(int(ends))}",
            hours=round(ends / 60, 4),
            par_minutes=ticket_par(self.pack, ticket),
            minutes=round(minutes, 2),
            outcome=round(outcome, 2),
            quality=manner.quality,
        )
        work = self._seen(outcome, manner, harm=harm)
        return _Done(row, work, scenario.difficulty, ticket.cell.third, ticket.number)

    def _play(self, ticket: PlannedTicket, manner: Manner, begins: float) -> tuple[float, bool]:
        """Return the outcome, and whether harm was done."""
        opened = date.fromisoformat(STARTS_ON) + timedelta(days=int(_day(self.request, begins)))
        brief = brief_of(
            ticket,
            deal=self.request.seed,
            on=opened.isoformat(),
            slots=self.slots.get(ticket.twin_of or 0),
        )
        draft = draft_ticket(self.pack, self.people[ticket.customer], brief)
        self.slots[ticket.number] = draft.slots
        forms = forms_of(
            self.pack,
            brief,
            draft,
            seed=f"{self.request.seed}/{self.plan.candidate}",
            key=str(ticket.number),
            will_change=ticket.changes_mind,
        )
        outcome, played = play(
            forms,
            self.records[ticket.customer],
            manner,
            at=brief.on,
            seed=f"{self.request.seed}/{self.plan.candidate}",
        )
        self.records[ticket.customer] = played[-1].records
        return outcome, any(one.trace.harm > 0 for one in played)

    def _seen(self, outcome: float, manner: Manner, *, harm: bool) -> Work:
        ghost = self.ghost
        return Work(
            outcome=outcome,
            harm=harm,
            kind=manner.kind,
            kindness=ghost.kindness,
            care=ghost.care,
            communication=ghost.communication,
        )


def _blocks_a_week(request: PlanRequest) -> int:
    return max(1, round(request.paid_hours / request.weeks / request.block_hours))


def _day(request: PlanRequest, minute: float) -> float:
    """Return the calendar day of a worked minute: blocks on the first days of each week."""
    block = request.block_of(int(minute))
    week, place = divmod(block, _blocks_a_week(request))
    within = (minute - block * request.block_hours * 60) / (24 * 60)
    return round(week * _DAYS_A_WEEK + place + 0.375 + within, 4)


def _paid_minutes(request: PlanRequest, days: int) -> float:
    """Return the worked minutes that lie before the end of a calendar day."""
    weeks, rest = divmod(days, _DAYS_A_WEEK)
    blocks = weeks * _blocks_a_week(request) + min(rest, _blocks_a_week(request))
    return min(float(request.last_minute), blocks * request.block_hours * 60)


def _reviews(
    pack: Pack,
    seed: streams.Name,
    worked: Sequence[_Done],
    ghosts: Sequence[Ghost],
    reviewers: Sequence[GhostReviewer],
) -> Iterator[ReviewRow]:
    """Draw ten tickets a candidate-week within difficulty thirds, every other for the own mentor.

    About one in seven is scored a second time by somebody else.
    """
    categories = pack.rubric.categories
    for place, ghost in enumerate(ghosts):
        own = [done for done in worked if done.row.candidate == ghost.name]
        for order, done in enumerate(_drawn(own, seed, ghost.name)):
            first = place if order % 2 else place + 1 + order // 2 % (len(reviewers) - 1 or 1)
            again = streams.unit(seed, "second", ghost.name, done.number) < _DOUBLED_SHARE
            for step in (0, 1) if again else (0,):
                rater = reviewers[(first + step) % len(reviewers)]
                given = levels(rater, done.work, categories, seed, ghost.name, done.number)
                yield ReviewRow(
                    candidate=ghost.name,
                    scenario=done.row.scenario,
                    rater=rater.name,
                    day=done.row.day,
                    score=round(score(given, categories), 2),
                )


def _drawn(worked: Sequence[_Done], seed: streams.Name, name: str) -> Iterator[_Done]:
    """Yield the tickets drawn for review, by week, thirds in turn."""
    for week in sorted({int(done.row.day // _DAYS_A_WEEK) for done in worked}):
        shuffled = sorted(
            (done for done in worked if int(done.row.day // _DAYS_A_WEEK) == week),
            key=lambda done: streams.unit(seed, "drawn", name, done.number),
        )
        turn: Counter[int] = Counter()
        rank = {}
        for done in shuffled:
            rank[done.number] = turn[done.third]
            turn[done.third] += 1
        shuffled.sort(key=lambda done: rank[done.number])
        yield from shuffled[:REVIEWS_A_WEEK]
