"""Writing mail, and sending what is due."""

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from sqlmodel import Session, col, select

from trialsim.outbox.models import Mail

log = logging.getLogger(__name__)

FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=6)
GIVE_UP_AFTER = 20
_BATCH = 50
_TIMEOUT_SECONDS = 20

Send = Callable[[Mail], None]


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


def send_due(session: Session, send: Send, now: datetime) -> int:
    """Send what is due and return how many went out; a failure is tried again later.

    Rows are locked while they are sent, so that two processes never send the same one.
    """
    rows = session.exec(
        select(Mail)
        .where(col(Mail.sent_at).is_(None), Mail.due_at <= now, col(Mail.attempts) < GIVE_UP_AFTER)
        .order_by(col(Mail.id))
        .limit(_BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    sent = 0
    for mail in rows:
        mail.attempts += 1
        try:
            send(mail)
        except (OSError, smtplib.SMTPException) as error:
            log.warning("mail %s not sent: %s", mail.id, error)
            mail.last_error = str(error)[:500]
            mail.due_at = now + min(FIRST_RETRY * 2 ** (mail.attempts - 1), LONGEST_RETRY)
        else:
            mail.sent_at = now
            sent += 1
    return sent


def smtp_sender(url: str, mail_from: str) -> Send:
    """Return a sender for ``smtp://user:password@host:port`` or ``smtps://…``."""
    parts = urlsplit(url)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP

    def send(mail: Mail) -> None:
        message = EmailMessage()
        message["From"] = mail_from
        message["To"] = mail.recipient
        message["Subject"] = mail.subject
        message["Message-ID"] = f"<{mail.dedupe_key}@trialsim>"
        message.set_content(mail.body)
        with kind(parts.hostname or "", parts.port or 0, timeout=_TIMEOUT_SECONDS) as server:
            if parts.username:
                server.starttls() if parts.scheme == "smtp" else None
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)

    return send
