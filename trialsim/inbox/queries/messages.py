"""Everything written on a ticket, with what was merged into it."""

from sqlmodel import Session, col, or_, select

from trialsim.inbox.models import Message, MessageKind, Ticket


def messages_of(session: Session, ticket_id: int) -> list[Message]:
    """Return what was written on a ticket and on those merged into it, oldest first; one query."""
    rows = session.exec(
        select(Message)
        .join(Ticket, col(Ticket.id) == Message.ticket_id)
        .where(
            or_(
                Ticket.id == ticket_id,
                (Ticket.merged_into == ticket_id) & (Message.kind != MessageKind.EVENT),
            )
        )
        .order_by(col(Message.at), col(Message.id))
    )
    return list(rows)
