"""How a mail of the outbox stands, and what of it a manager may read: pure."""

import re
from dataclasses import dataclass

from trialsim.outbox.models import Mail
from trialsim.outbox.sending import GIVE_UP_AFTER

_SECRET_LINK = re.compile(r"(/(?:invitations|password-resets)/)[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class MailState:
    """Words for a manager and the tone of their mark."""

    words: str
    tone: str
    why: str = ""


def mail_state(mail: Mail, *, sends_mail: bool) -> MailState:
    """Return whether a mail went out, and if not, why."""
    if mail.sent_at is not None:
        return MailState("Sent", "good")
    if not sends_mail:
        return MailState("Not sent", "warn", "No mail server is set. Please pass the text on.")
    if mail.attempts >= GIVE_UP_AFTER:
        return MailState("Given up", "alert", f"After {mail.attempts} tries: {mail.last_error}")
    if mail.last_error:
        return MailState("Will try again", "warn", mail.last_error)
    return MailState("Waiting", "", "Goes out within half a minute.")


def hidden_links(body: str) -> str:
    """Return a text without the secrets of its single-use links: they are for their reader."""
    return _SECRET_LINK.sub(r"\1…", body)
