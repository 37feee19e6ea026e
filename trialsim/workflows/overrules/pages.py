"""One conversation with what the engine read in each reply, and what people ruled on it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import (
    Case,
    Customer,
    Message,
    MessageKind,
    Overrule,
    OverruleKind,
    Ticket,
)
from trialsim.inbox.queries.messages import messages_of
from trialsim.inbox.queries.overrules import (
    KIND_WORDS,
    KINDS,
    known,
    matches_of,
    matter_of,
    reply_places,
    ruled_words,
)
from trialsim.inbox.queries.reading import Worth
from trialsim.reviews.queries.conversation import Line, blind_lines
from trialsim.reviews.rules.blinding import scrub
from trialsim.scenarios.queries import pack
from trialsim.simulation.types import Scenario
from trialsim.trials.models import Trial


@dataclass(frozen=True, slots=True)
class Ruled:
    """One ruling as people read it; `may_withdraw`: the reader may take it back."""

    public_id: str
    words: str
    reason: str
    by: str
    at: datetime
    withdrawn_at: datetime | None
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Read:
    """Something the engine read in one sentence; `about` names it for a ruling.

    `skipped` says why it did not count, `is_ruled` that somebody ruled on it.
    """

    about: str
    words: str
    sentence: str
    skipped: str
    is_ruled: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """What can be ruled about one reply: what was read, and what else it may have said."""

    message: str
    read: tuple[Read, ...]
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OverrulesPage:
    """The conversation, blind, with its replies by place, the outcome and every ruling."""

    ticket: Ticket
    code: str
    lines: tuple[Line, ...]
    replies: Mapping[int, Reply]
    worth: Worth
    rulings: tuple[Ruled, ...]
    is_outcome_ruled: bool

    @property
    def is_ruled(self) -> bool:
        """Whether any ruling stands."""
        return any(one.withdrawn_at is None for one in self.rulings)


def overrules_page(session: Session, ticket: Ticket, trial: Trial, reader: Person) -> OverrulesPage:
    """Return the page; six queries however long the conversation is."""
    rows = messages_of(session, ticket.id or 0)
    ids = {ticket.id or 0, *(row.ticket_id for row in rows)}
    cases = {
        case.ticket_id: case
        for case in session.exec(select(Case).where(col(Case.ticket_id).in_(ids)))
    }
    customer = session.get_one(Customer, ticket.customer_id)
    candidate = session.exec(select(Person).where(Person.id == trial.person_id)).one()
    company = pack(session, trial.pack_hash)
    scenarios = {
        ticket_id: [company.scenarios[name] for name in _names(case)]
        for ticket_id, case in cases.items()
    }
    found = session.exec(
        select(Overrule, Person.name)
        .join(Person, col(Person.id) == Overrule.person_id)
        .where(col(Overrule.ticket_id).in_(ids))
        .order_by(col(Overrule.id))
    ).all()
    stands: dict[int | None, set[str]] = defaultdict(set)
    for one, _ in found:
        if one.withdrawn_at is None:
            stands[one.message_id].add(f"{one.scenario}:{one.kind}:{one.name}")
    places = reply_places(rows)
    hide = _Hidden(candidate, trial.code)
    return OverrulesPage(
        ticket=ticket,
        code=trial.code,
        lines=blind_lines(rows, customer.name, candidate, trial.code, with_reasons=False),
        replies={
            place: _reply(row, scenarios[row.ticket_id], stands[row.id], hide)
            for place, row in enumerate(rows)
            if row.kind is MessageKind.REPLY
        },
        worth=Worth(cases[ticket.id or 0]),
        rulings=tuple(_ruled(one, name, places, reader) for one, name in found),
        is_outcome_ruled=any(
            one.kind is OverruleKind.OUTCOME
            and one.withdrawn_at is None
            and one.ticket_id == ticket.id
            for one, _ in found
        ),
    )


@dataclass(frozen=True, slots=True)
class _Hidden:
    """Whose name stands on no line."""

    candidate: Person
    code: str

    def text(self, words: str) -> str:
        """Return words without the name."""
        return scrub(words, self.candidate.name, self.candidate.email, self.code)


def _names(case: Case) -> list[str]:
    return [case.scenario, *([case.second["scenario"]] if case.second else [])]


def _reply(row: Message, scenarios: Sequence[Scenario], stands: set[str], hide: _Hidden) -> Reply:
    read: dict[str, Read] = {}
    for match in matches_of(row.why):
        kind, name = str(match["kind"]), str(match["id"])
        scenario = scenarios[matter_of(match, scenarios)]
        if kind not in KINDS or name not in known(scenario, kind):
            continue
        about = f"{scenario.id}:{kind}:{name}"
        if about not in read or read[about].skipped:  # one that counted stands for all
            read[about] = Read(
                about=about,
                words=_words(kind, name, scenario, scenarios),
                sentence=hide.text(str(match["sentence"])),
                skipped=str(match["skipped"]),
                is_ruled=about in stands,
            )
    counted = {about for about, one in read.items() if not one.skipped}
    return Reply(row.public_id, tuple(read.values()), _choices(scenarios, counted | stands))


def _choices(scenarios: Sequence[Scenario], taken: set[str]) -> tuple[tuple[str, str], ...]:
    found = (
        (f"{scenario.id}:{kind}:{name}", _words(str(kind), name, scenario, scenarios))
        for scenario in scenarios
        for kind in (OverruleKind.POINT, OverruleKind.FACT, OverruleKind.TRAP)
        for name in known(scenario, kind)
    )
    return tuple(pair for pair in found if pair[0] not in taken)


def _words(kind: str, name: str, scenario: Scenario, among: Sequence[Scenario]) -> str:
    words = f"{KIND_WORDS[kind]}: {name.replace('_', ' ')}"
    return f"{words} ({scenario.id.replace('-', ' ')})" if len(among) > 1 else words


def _ruled(row: Overrule, by: str, places: Mapping[Any, int], reader: Person) -> Ruled:
    return Ruled(
        public_id=row.public_id,
        words=ruled_words(row, places),
        reason=row.reason,
        by="you" if row.person_id == reader.id else by,
        at=row.at,
        withdrawn_at=row.withdrawn_at,
        may_withdraw=row.withdrawn_at is None and (row.person_id == reader.id or reader.is_manager),
    )
