"""Writing mail, in the transaction of what it tells."""

from datetime import datetime

from sqlmodel import Session, select

from trialsim.outbox.models import Mail


def queue(
    session: Session, *, recipient: str, subject: str, body: str, dedupe_key: str, now: datetime
) -> None:
    """Write a mail in the caller's transaction; the same key again changes nothing."""
    known = session.exec(select(Mail.id).where(Mail.dedupe_key == dedupe_key)).first()
    if known is not None:
        return
    session.add(
        Mail(
            dedupe_key=dedupe_key,
            recipient=recipient,
            subject=subject,
            body=body,
            created_at=now,
            due_at=now,
        )
    )
    session.flush()
