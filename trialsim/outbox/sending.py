"""Sending the mail that waits: one at a time, with no transaction open while a server is slow.

Each is claimed for a while before it is sent, so that two processes never send the same one, and
marked right after: a process that dies in between sends at most that one again.
"""

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from sqlalchemy import Engine
from sqlmodel import col, select

from trialsim.db import write_session
from trialsim.outbox.models import Mail

log = logging.getLogger(__name__)

FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=6)
CLAIMED_FOR = timedelta(minutes=5)
GIVE_UP_AFTER = 20
MOST_AT_ONCE = 50
_TIMEOUT_SECONDS = 20

Send = Callable[[Mail], None]


def send_waiting(engine: Engine, send: Send, now: datetime) -> int:
    """Send what is due and return how many went out; a failure is tried again later."""
    sent = 0
    for _ in range(MOST_AT_ONCE):
        mail = _claimed(engine, now)
        if mail is None:
            break
        error = _error_of(send, mail)
        _mark(engine, mail, error, now)
        sent += not error
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


def _claimed(engine: Engine, now: datetime) -> Mail | None:
    with write_session(engine) as session:
        mail = session.exec(
            select(Mail)
            .where(
                col(Mail.sent_at).is_(None), Mail.due_at <= now, col(Mail.attempts) < GIVE_UP_AFTER
            )
            .order_by(col(Mail.id))
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if mail is not None:
            mail.attempts += 1
            mail.due_at = now + CLAIMED_FOR
    return mail


def _error_of(send: Send, mail: Mail) -> str:
    """Send, and return what went wrong or an empty text."""
    try:
        send(mail)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        log.warning("mail %s not sent: %s", mail.id, error)
        return str(error)[:500] or type(error).__name__
    return ""


def _mark(engine: Engine, claimed: Mail, error: str, now: datetime) -> None:
    with write_session(engine) as session:
        mail = session.get_one(Mail, claimed.id)
        mail.last_error = error
        if error:
            mail.due_at = now + min(FIRST_RETRY * 2 ** (mail.attempts - 1), LONGEST_RETRY)
        else:
            mail.sent_at = now
