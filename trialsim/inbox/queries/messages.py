"""Everything written on a ticket, with what was merged into it."""

from sqlmodel import Session, col, or_, select

from trialsim.inbox.models import Message, Ticket


def messages_of(session: Session, ticket_id: int) -> list[Message]:
    """Return all messages of a ticket and of those merged into it, oldest first; one query."""
    rows = session.exec(
        select(Message)
        .join(Ticket, col(Ticket.id) == Message.ticket_id)
        .where(or_(Ticket.id == ticket_id, Ticket.merged_into == ticket_id))
        .order_by(col(Message.at), col(Message.id))
    )
    return list(rows)
