"""One conversation with everything a candidate may see beside it."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, or_, select

from trialsim.inbox.casework import forms_of, records_of
from trialsim.inbox.models import (
    Case,
    Customer,
    Draft,
    DraftKind,
    Look,
    Message,
    MessageKind,
    Outgoing,
    Ticket,
    TicketFlag,
)
from trialsim.inbox.queries.merging import Others, beside, sorted_out
from trialsim.inbox.queries.overrules import told
from trialsim.inbox.queries.reading import is_debriefed
from trialsim.kit.errors import NotFound
from trialsim.scenarios.queries import pack
from trialsim.simulation import desk, world
from trialsim.simulation.codec import from_json
from trialsim.simulation.types import (
    CaseState,
    Document,
    Field,
    FieldType,
    Form,
    Macro,
    Pack,
    Record,
)
from trialsim.trials.models import Trial

_SUGGESTED = 3
_TELLING_LETTERS = 5  # short words say little
_WORD = re.compile(r"\w+")
_TELLING = (FieldType.MONEY, FieldType.DATE)
_NAMING = ("domain", "name", "product")


@dataclass(frozen=True, slots=True)
class Button:
    """A desk action as shown on a record."""

    action: str
    label: str
    record: str
    params: tuple[Field, ...]
    barred: str


@dataclass(frozen=True, slots=True)
class RecordCard:
    """One record of the customer: what is shown of it and what can be done to it."""

    id: str
    kind: str
    title: str
    facts: tuple[tuple[str, str], ...]
    covered: tuple[str, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """All records of one kind."""

    title: str
    cards: tuple[RecordCard, ...]

    def is_open(self, chosen: str) -> bool:
        """Whether the shelf shows at once: it holds the chosen record, or the account."""
        ids = [card.id for card in self.cards]
        return chosen in ids or (not chosen and self.cards[0].kind == "account")


@dataclass(frozen=True, slots=True)
class Thread:
    """A ticket's page: the conversation, both drafts, the customer, their world, what may help."""

    ticket: Ticket
    customer: Customer
    messages: tuple[Message, ...]
    drafts: Mapping[DraftKind, Draft]
    local_time: str
    records: tuple[RecordCard, ...]
    articles: tuple[Document, ...]
    macros: tuple[Macro, ...]
    teams: tuple[str, ...]
    others: Others
    foreign: str
    case: Case
    flag: TicketFlag | None
    rulings: tuple[tuple[str, str], ...]
    held: Outgoing | None = None
    look: Look | None = None

    def came_from(self, message: Message) -> int:
        """Return the number of the merged conversation a message comes from, or 0."""
        return self.others.numbers.get(message.ticket_id, 0)

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        """Return the records by kind, in the order of the first of each."""
        by_kind: dict[str, list[RecordCard]] = {}
        for card in self.records:
            by_kind.setdefault(card.kind, []).append(card)
        return tuple(
            Shelf(_shelf_title(kind, len(cards)), tuple(cards)) for kind, cards in by_kind.items()
        )


def thread(
    session: Session, trial: Trial, public_id: str, now: datetime, chosen: str = ""
) -> Thread:
    """Return one of a trial's tickets; one query when the pack is known.

    Messages of conversations merged into it stand among its own. `chosen` is the record whose
    actions are shown: all of them at once would be a heavy page.

    Raises:
        NotFound: for a ticket that is not this trial's.
    """
    rows = _rows(session, trial, public_id, now)
    if not rows:
        raise NotFound
    ticket, customer, case, _, _, reply_draft, note_draft, flag, held, look = rows[0]
    company = pack(session, trial.pack_hash)
    form = forms_of(session, trial, case, customer, str(ticket.channel))[0]
    messages = tuple(_here(ticket, (row[4] for row in rows)))
    return Thread(
        ticket=ticket,
        customer=customer,
        messages=messages,
        drafts={draft.kind: draft for draft in (reply_draft, note_draft) if draft is not None},
        local_time=f"{now.astimezone(ZoneInfo(customer.zone)):%H:%M}",
        records=_cards(form, case, customer, chosen),
        articles=suggested(company, messages[0].body + " " + ticket.subject),
        macros=tuple(company.macros.values()),
        teams=company.teams,
        others=sorted_out(ticket, (row[3] for row in rows)),
        foreign=form.language if form.language != company.languages[0] else "",
        case=case,
        flag=flag,
        rulings=told(session, messages) if is_debriefed(trial) else (),
        held=held,
        look=look,
    )


def _rows(session: Session, trial: Trial, public_id: str, now: datetime) -> Any:  # noqa: ANN401 (rows of ten)
    reply, note = aliased(Draft), aliased(Draft)
    part: Any = aliased(Ticket)
    latest_look = select(func.max(Look.id)).where(Look.ticket_id == Ticket.id).correlate(Ticket)
    return session.exec(
        select(Ticket, Customer, Case, part, Message, reply, note, TicketFlag, Outgoing, Look)  # type: ignore[call-overload]  # ten
        .join(Customer, col(Customer.id) == Ticket.customer_id)
        .join(Case, col(Case.ticket_id) == Ticket.id)
        .join(part, part.id.in_(beside(trial.id or 0, public_id, now)))
        .outerjoin(
            Message,
            (col(Message.ticket_id) == part.id)
            & or_(part.id == Ticket.id, part.merged_into == Ticket.id),
        )
        .outerjoin(reply, (reply.ticket_id == Ticket.id) & (reply.kind == DraftKind.REPLY))
        .outerjoin(note, (note.ticket_id == Ticket.id) & (note.kind == DraftKind.NOTE))
        .outerjoin(TicketFlag, col(TicketFlag.ticket_id) == Ticket.id)
        .outerjoin(Outgoing, col(Outgoing.ticket_id) == Ticket.id)
        .outerjoin(Look, col(Look.id) == latest_look.scalar_subquery())
        .where(Ticket.public_id == public_id, Ticket.trial_id == trial.id)
        .order_by(col(Message.at), col(Message.id))
    ).all()


def _here(ticket: Ticket, found: Iterable[Message | None]) -> Iterator[Message]:
    """Yield a ticket's messages and what people wrote in those merged into it."""
    for one in found:
        if one and (one.ticket_id == ticket.id or one.kind is not MessageKind.EVENT):
            yield one


def _cards(form: Form, case: Case, customer: Customer, chosen: str) -> tuple[RecordCard, ...]:
    state, records = from_json(CaseState, case.state), records_of(customer)
    shown = world.shown_fields(form.pack, records, state.actions)
    offers = desk.offers(form, records) if chosen else ()
    return tuple(
        RecordCard(
            id=record.id,
            kind=record.kind,
            title=_title(record, form.pack),
            facts=tuple(
                (_words(field.name), _value(field.name, field.value, form.pack))
                for field in shown[record.id]
                if not field.covered_by
            ),
            covered=_uncovering(form.pack, shown[record.id]),
            buttons=tuple(_button(offer) for offer in offers if offer.record == record.id),
        )
        for record in records
    )


def _button(offer: desk.Offer) -> Button:
    params = tuple(offer.action.params.values())
    return Button(offer.action.id, offer.action.label, offer.record, params, offer.barred)


def _uncovering(company: Pack, fields: Iterable[world.ShownField]) -> tuple[str, ...]:
    """Return the labels of the actions that would show more."""
    labels = (company.actions[one.covered_by].label for one in fields if one.covered_by)
    return tuple(dict.fromkeys(labels))


def suggested(company: Pack, text: str, count: int = _SUGGESTED) -> tuple[Document, ...]:
    """Return the articles that share most words with what the customer wrote."""
    words = {word for word in _WORD.findall(text.lower()) if len(word) >= _TELLING_LETTERS}
    scored = sorted(
        company.articles.values(),
        key=lambda article: (-_likeness(words, article), article.id),
    )
    return tuple(scored[:count])


def _likeness(words: set[str], article: Document) -> float:
    """Return how much of the words stands in an article: its title counts three times."""
    in_title, in_body, length = _words_of(article)
    return (len(words & in_body) + 3 * len(words & in_title)) / math.sqrt(1 + length)


@lru_cache(maxsize=512)
def _words_of(article: Document) -> tuple[frozenset[str], frozenset[str], int]:
    body = _WORD.findall(article.body.lower())
    return frozenset(_WORD.findall(article.title.lower())), frozenset(body), len(body)


def _title(record: Record, company: Pack) -> str:
    """Return what tells a record from its siblings: its name, amount or day."""
    parts = [
        _value(name, record.fields[name], company)
        for name, field in company.kinds[record.kind].fields.items()
        if field.shown is True
        and (field.type in _TELLING or name in _NAMING)
        and record.fields.get(name)
    ]
    return ", ".join(parts[:2]) or _words(record.kind)


def _shelf_title(kind: str, count: int) -> str:
    return _words(kind) if count == 1 else f"{_words(kind)}s ({count})"


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _value(name: str, value: object, company: Pack) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value) or "none"
    if name == "amount" and isinstance(value, int | float):
        return f"{company.currency} {value / 100:,.2f}"
    return "" if value is None else str(value)
