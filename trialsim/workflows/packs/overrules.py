"""For authors: how often people overruled what a pack's facts, points and traps were read as."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from trialsim.inbox.models import Case, Message, MessageKind, Overrule, OverruleKind, Ticket
from trialsim.inbox.queries.overrules import heard_in
from trialsim.reviews.models import Review, ReviewState
from trialsim.scenarios.models import PackVersion
from trialsim.scenarios.queries import parsed
from trialsim.simulation.types import Pack
from trialsim.trials.models import Trial

BROKEN_ABOVE = 0.10
FEWEST = 5
_REASONS_SHOWN = 3
# Which scenario, what kind of thing, its name.
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class OverruledRow:
    """One fact, point or trap.

    `matched` counts the replies it was read in, `seen` those a person looked at, with what was
    missed in them, `wrong` and `missed` what they overruled.
    """

    scenario: str
    kind: str
    name: str
    matched: int
    seen: int
    wrong: int
    missed: int
    reasons: tuple[str, ...]

    @property
    def overruled(self) -> int:
        """Return how often it was overruled, either way."""
        return self.wrong + self.missed

    @property
    def rate(self) -> float:
        """Return the share of what was looked at that was overruled, 0 to 1."""
        return self.overruled / self.seen if self.seen else 0.0

    @property
    def is_broken(self) -> bool:
        """Whether its rule needs mending: overruled more than one time in ten, of five or more."""
        return self.rate > BROKEN_ABOVE and self.seen >= FEWEST


@dataclass(frozen=True, slots=True)
class OverrulesReport:
    """One version's facts, points and traps that were read or overruled, the worst first."""

    key: str
    name: str
    number: int
    rows: tuple[OverruledRow, ...]
    unseen: int

    @property
    def broken(self) -> int:
        """Return how many need mending."""
        return sum(row.is_broken for row in self.rows)


def overrules_report(session: Session, row: PackVersion) -> OverrulesReport:
    """Return the report of one version; three queries. Practice is left aside.

    A rate over all replies would flatter: most are never looked at by a person. So it is taken
    over conversations that a mentor scored or in which somebody ruled.
    """
    rulings = _rulings(session, row.hash)
    looked_at = _scored(session, row.hash) | {one.ticket_id for one in rulings}
    matched: Counter[_Key] = Counter()
    seen: Counter[_Key] = Counter()
    for ticket_id, key in _matches(session, row):
        matched[key] += 1
        seen[key] += ticket_id in looked_at
    found = _rows(rulings, matched, seen)
    shown = [one for one in found if one.seen]
    shown.sort(key=lambda one: (not one.is_broken, -one.rate, -one.seen, one.scenario, one.name))
    return OverrulesReport(row.hash, row.name, row.number, tuple(shown), len(found) - len(shown))


def _rows(
    rulings: Sequence[Overrule], matched: Mapping[_Key, int], seen: Mapping[_Key, int]
) -> list[OverruledRow]:
    ruled: dict[_Key, list[Overrule]] = defaultdict(list)
    for one in rulings:
        ruled[one.scenario, str(one.kind), one.name].append(one)
    rows = []
    for key in {*matched, *ruled}:
        about = ruled.get(key, [])
        missed = sum(one.counts for one in about)
        rows.append(
            OverruledRow(
                *key,
                matched=matched.get(key, 0),
                seen=seen.get(key, 0) + missed,
                wrong=len(about) - missed,
                missed=missed,
                reasons=tuple(one.reason for one in about[: -_REASONS_SHOWN - 1 : -1]),
            )
        )
    return rows


def _matches(session: Session, row: PackVersion) -> Iterable[tuple[int, _Key]]:
    """Yield every counted match of a version's replies, with its ticket."""
    company = parsed(row.hash, row.files)
    rows: Any = session.exec(
        select(Message.ticket_id, Message.why, Case.scenario, Case.second)
        .join(Ticket, col(Ticket.id) == Message.ticket_id)
        .join(Case, col(Case.ticket_id) == Ticket.id)
        .join(Trial, col(Trial.id) == Ticket.trial_id)
        .where(
            Trial.pack_hash == row.hash,
            Message.kind == MessageKind.REPLY,
            col(Ticket.practice).is_(False),
        )
        .execution_options(yield_per=500)
    )
    for ticket_id, why, scenario, second in rows:
        scenarios = _scenarios(company, scenario, second)
        for one in heard_in(why, 0, scenarios):
            yield ticket_id, (scenarios[one.matter].id, one.kind, one.id)


def _scenarios(company: Pack, scenario: str, second: Mapping[str, Any]) -> list[Any]:
    names = [scenario, *([second["scenario"]] if second else [])]
    return [company.scenarios[name] for name in names]


def _rulings(session: Session, key: str) -> list[Overrule]:
    query = (
        select(Overrule)
        .join(Ticket, col(Ticket.id) == Overrule.ticket_id)
        .join(Trial, col(Trial.id) == Ticket.trial_id)
        .where(
            Trial.pack_hash == key,
            Overrule.kind != OverruleKind.OUTCOME,
            col(Overrule.withdrawn_at).is_(None),
            col(Ticket.practice).is_(False),
        )
        .order_by(col(Overrule.id))
    )
    return list(session.exec(query))


def _scored(session: Session, key: str) -> set[int]:
    query = (
        select(Review.ticket_id)
        .join(Trial, col(Trial.id) == Review.trial_id)
        .where(Trial.pack_hash == key, Review.state == ReviewState.SUBMITTED)
        .distinct()
    )
    return set(session.exec(query))
