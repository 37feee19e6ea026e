"""One reviewed conversation in full, read blind: no name, no place and no time of day."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.committee.models import Packet
from trialsim.committee.queries import identities, material, packets
from trialsim.committee.queries.material import Blind
from trialsim.committee.rules.blinding import scrub_signature
from trialsim.committee.rules.packets import ReviewedLine
from trialsim.inbox.models import Case, Customer, Message, MessageKind, Ticket
from trialsim.kit.errors import NotFound
from trialsim.kit.text import initials
from trialsim.programmes.models import Rubric as RubricRow
from trialsim.reviews.models import DrawKind, Review, ReviewState
from trialsim.reviews.queries.conversation import blind_text, messages
from trialsim.reviews.queries.scorecards import Sheet, card_of, ratings_of, rubric_of, sheet
from trialsim.trials.models import Trial


@dataclass(frozen=True, slots=True)
class Line:
    """One message; `minutes` count from the first one."""

    kind: MessageKind
    author: str
    initials: str
    body: str
    minutes: float
    language: str


@dataclass(frozen=True, slots=True)
class ScoredBy:
    """What one mentor scored, by letter."""

    mentor: str
    sheet: Sheet
    comments: dict[str, str]
    comment: str


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """A conversation with what mentors and the world say of it, which is folded away at first."""

    packet_id: str
    code: str
    line: ReviewedLine
    lines: tuple[Line, ...]
    scores: tuple[ScoredBy, ...]
    outcome: float | None
    outcome_rows: tuple[tuple[str, str, str], ...]
    earlier: str
    later: str


def reviewed_ticket(session: Session, packet: Packet, public_id: str) -> Ticket:
    """Return a conversation that is part of a packet.

    Raises:
        NotFound: for any other conversation, there or not.
    """
    if public_id not in packets.summary(packet).names():
        raise NotFound
    return session.exec(select(Ticket).where(Ticket.public_id == public_id)).one()


def conversation_page(
    session: Session, packet: Packet, trial: Trial, ticket: Ticket
) -> ConversationPage:
    """Return a conversation of a packet."""
    reviewed = packets.summary(packet).reviewed
    place = next(at for at, one in enumerate(reviewed) if one.ticket == ticket.public_id)
    candidate = session.exec(select(Person).where(Person.id == trial.person_id)).one()
    letters, people = identities.mentor_letters(session, trial, packet.sealed_at)
    blind = material.blind(candidate, trial, letters, people)
    customer, case = session.exec(
        select(Customer, Case)
        .join(Ticket, col(Ticket.customer_id) == Customer.id)
        .join(Case, col(Case.ticket_id) == Ticket.id)
        .where(Ticket.id == ticket.id)
    ).one()
    rows = messages(session, ticket.id or 0)
    return ConversationPage(
        packet_id=packet.public_id,
        code=packet.code,
        line=reviewed[place],
        lines=tuple(_line(one, rows[0], candidate, customer, blind) for one in rows),
        scores=_scores(session, packet, ticket, letters, blind),
        outcome=case.outcome,
        outcome_rows=tuple(
            (part["name"].replace("_", " ").capitalize(), part["text"], f"{part['amount']:g}")
            for part in case.trace.get("parts", ())
        ),
        earlier=reviewed[place - 1].ticket if place else "",
        later=reviewed[place + 1].ticket if place + 1 < len(reviewed) else "",
    )


def _line(
    row: Message, first: Message, candidate: Person, customer: Customer, blind: Blind
) -> Line:
    body = blind.text(blind_text(row, candidate, blind.code))
    is_customer = row.kind is MessageKind.CUSTOMER
    other = customer.name if is_customer else row.speaker
    if row.kind is MessageKind.REPLY:
        body = scrub_signature(body, blind.code)
    is_own = row.author_id in (None, candidate.id)
    author = other or (blind.code if is_own else "A mentor")
    return Line(
        kind=row.kind,
        author=author,
        initials=initials(author) if other else blind.code if is_own else "M",
        body=body,
        minutes=max(0.0, (row.at - first.at).total_seconds() / 60),
        language=customer.language if is_customer and customer.language != "en" else "",
    )


def _scores(
    session: Session, packet: Packet, ticket: Ticket, letters: dict[int, str], blind: Blind
) -> tuple[ScoredBy, ...]:
    """Return the drawn reviews that were in when the packet was sealed; two queries."""
    found = session.exec(
        select(Review, RubricRow)
        .join(RubricRow, col(RubricRow.id) == Review.rubric_id)
        .where(
            Review.ticket_id == ticket.id,
            Review.kind == DrawKind.DRAWN,
            Review.state == ReviewState.SUBMITTED,
            col(Review.submitted_at) <= packet.sealed_at,
        )
        .order_by(col(Review.id))
    ).all()
    ratings = ratings_of(session, [review.id or 0 for review, _ in found])
    return tuple(
        ScoredBy(
            mentor=letters.get(review.reviewer_id, "?"),
            sheet=sheet(
                card_of(review, ratings.get(review.id or 0, [])),
                rubric_of(rubric),
                str(ticket.channel),
            ),
            comments={
                one.category: blind.comment(one.comment)
                for one in ratings.get(review.id or 0, [])
                if one.comment
            },
            comment=blind.comment(review.comment),
        )
        for review, rubric in found
    )
