"""Reading the outbox."""

from sqlmodel import Session, col, select

from trialsim.outbox.models import Mail


def latest_mail(session: Session, limit: int = 50) -> list[Mail]:
    """Return the newest mail first."""
    return list(session.exec(select(Mail).order_by(col(Mail.id).desc()).limit(limit)))
