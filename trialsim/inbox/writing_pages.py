"""Pages around the composer, put together for the signed-in person: saved replies, looks."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from sqlmodel import col, select

from trialsim.accounts.models import Person
from trialsim.accounts.signing_in import current_person
from trialsim.inbox.composing import STATUS_OF, effects_of
from trialsim.inbox.models import Case, Customer, Look, Message, MessageKind, Status, Ticket
from trialsim.inbox.pages import company, own_ticket
from trialsim.inbox.queries.macros import values_for
from trialsim.inbox.queries.messages import messages_of
from trialsim.inbox.queries.writing import saved_replies
from trialsim.inbox.remarks import Written
from trialsim.inbox.substitution import filled, folder_of, missing
from trialsim.kit.errors import NotFound
from trialsim.kit.text import clean
from trialsim.programmes.access import enter, standing_of
from trialsim.programmes.models import Membership
from trialsim.programmes.rules import Need, Relation, Thing
from trialsim.trials.models import Trial
from trialsim.web.session import session

COMPANY = "Company"


@dataclass(frozen=True, slots=True)
class Choice:
    """One saved reply ready to be put in: what it says, does, and still asks for."""

    key: str
    folder: str
    title: str
    text: str
    effects: str
    asks: tuple[str, ...]
    send_as: Status | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class PickingPage:
    """The saved replies for one conversation, all or those that hold each word."""

    ticket: Ticket
    customer: Customer
    words: str
    choices: tuple[Choice, ...]

    @property
    def folders(self) -> Mapping[str, list[Choice]]:
        """Return the choices by folder, in order."""
        found: dict[str, list[Choice]] = {}
        for one in self.choices:
            found.setdefault(one.folder, []).append(one)
        return found


@dataclass(frozen=True, slots=True)
class LookPage:
    """A draft that somebody wants looked at, with the conversation it belongs to."""

    look: Look
    ticket: Ticket
    candidate: Person
    messages: tuple[Message, ...]
    answered_by: str
    may_answer: bool


def picking_page(public_id: str) -> PickingPage:
    """Return what can be put into the reply of one of the person's own conversations."""
    trial, ticket = own_ticket(public_id)
    customer = session.get_one(Customer, ticket.customer_id)
    words = clean(request.args.get("q", ""))[:100]
    return PickingPage(ticket, customer, words, choices_for(trial, customer, words))


def choices_for(trial: Trial, customer: Customer, words: str = "") -> tuple[Choice, ...]:
    """Return a person's own saved replies and the company's macros, filled for a customer."""
    person = current_person()
    values = values_for(customer, person)
    own = [
        Choice(
            key=one.public_id,
            folder=folder_of(one.name) or "Your own",
            title=one.name.partition("/")[2].strip() if folder_of(one.name) else one.name,
            text=filled(one.body, values),
            effects=effects_of(one.status.value if one.status else ""),
            asks=missing(one.body, values),
            send_as=one.status,
            is_own=True,
        )
        for one in saved_replies(session, person, words)
    ]
    wanted = words.lower().split()
    theirs = [
        Choice(
            key=one.id,
            folder=folder_of(one.title) or COMPANY,
            title=one.title,
            text=filled(one.text, values),
            effects=effects_of(one.status or ""),
            asks=missing(one.text, values),
            send_as=STATUS_OF.get(one.status or ""),
            is_own=False,
        )
        for one in company(trial).macros.values()
        if all(word in f"{one.title} {one.text}".lower() for word in wanted)
    ]
    return (*own, *theirs)


def filled_choice(
    trial: Trial, ticket: Ticket, key: str, told: Mapping[str, str]
) -> tuple[str, Status | None, dict[str, str]]:
    """Return a saved reply's text with what was told, how it is sent, and what is still missing.

    Raises:
        NotFound: for one that is neither the person's nor the company's.
    """
    customer = session.get_one(Customer, ticket.customer_id)
    choice = next((one for one in choices_for(trial, customer) if one.key == key), None)
    if choice is None:
        raise NotFound
    text, lacking = choice.text, {}
    for name in choice.asks:
        value = clean(told.get(f"fill.{name}", ""))[:500]
        if not value:
            lacking[f"fill.{name}"] = "Please fill this in."
        text = text.replace(f"[{name}]", value)
    return text, choice.send_as, lacking


def written(public_id: str, text: str, *, is_note: bool) -> Written:
    """Return a text of one of the person's own conversations with what it answers."""
    _, ticket = own_ticket(public_id)
    customer = session.get_one(Customer, ticket.customer_id)
    messages = messages_of(session, ticket.id or 0)
    asked = [one.body for one in messages if one.kind is MessageKind.CUSTOMER]
    case = session.get_one(Case, ticket.id)
    return Written(
        text=text,
        asked=asked[-1] if asked else "",
        name=customer.name,
        language=str(case.form["language"]),
        is_first=all(one.kind is not MessageKind.REPLY for one in messages),
        is_note=is_note,
    )


def look_to_read(public_id: str, need: Need) -> tuple[Look, Ticket, Trial, Relation]:
    """Return a look for somebody who may read or answer in the candidate's room.

    Raises:
        NotFound: when there is none or it is not theirs. NotAllowed: who may only read.
    """
    person = current_person()
    found = session.exec(
        select(Look, Ticket, Trial, Membership)
        .join(Ticket, col(Ticket.id) == Look.ticket_id)
        .join(Trial, col(Trial.id) == Look.trial_id)
        .outerjoin(
            Membership,
            (col(Membership.cohort_id) == Trial.cohort_id)
            & (col(Membership.person_id) == person.id),
        )
        .where(Look.public_id == public_id)
    ).first()
    if found is None:
        raise NotFound
    look, ticket, trial, membership = found
    standing = standing_of(person, membership, is_own=trial.person_id == person.id)
    enter(standing, Thing.ROOM, need)
    return look, ticket, trial, standing


def look_page(public_id: str) -> tuple[LookPage, Relation]:
    """Return a draft with its conversation, and how the reader stands to it."""
    look, ticket, trial, standing = look_to_read(public_id, Need.READ)
    by = session.get(Person, look.answered_by) if look.answered_by else None
    page = LookPage(
        look=look,
        ticket=ticket,
        candidate=session.get_one(Person, trial.person_id),
        messages=tuple(messages_of(session, ticket.id or 0)),
        answered_by=by.name if by else "",
        may_answer=standing is Relation.MENTOR and look.answered_at is None,
    )
    return page, standing
