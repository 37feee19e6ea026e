"""Passwords, links and delays: decisions over plain values."""

import hashlib
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

SHORTEST_PASSWORD = 15
LONGEST_PASSWORD = 200
QUICK_TRIES = 5
QUICK_TRIES_AN_ADDRESS = 30  # a whole office may share one
LONGEST_DELAY = timedelta(minutes=15)
REMEMBERED = timedelta(hours=24)
INVITATION_LASTS = timedelta(days=14)
RESET_LASTS = timedelta(hours=2)

_COMMON = frozenset(
    {
        "passwordpassword", "password12345678", "123456789012345", "1234567890123456",
        "qwertyuiopasdfgh", "qwertyuiop123456", "letmeinletmeinletmein", "iloveyouiloveyou",
        "correcthorsebatterystaple", "correct horse battery staple", "aaaaaaaaaaaaaaa",
        "abcdefghijklmnop", "111111111111111", "000000000000000", "adminadminadmin",
        "welcomewelcome1", "changemechangeme", "trialsimtrialsim", "thisisapassword",
        "mypasswordispassword", "passwordpassword1", "administrator123",
    }
)  # fmt: skip


def normal_email(email: str) -> str:
    """Return an address as compared and stored: trimmed, NFC, lower case."""
    return unicodedata.normalize("NFC", email).strip().lower()


def normal_password(password: str) -> str:
    """Return a password as hashed: NFKC, nothing cut."""
    return unicodedata.normalize("NFKC", password)


def password_fault(password: str, email: str) -> str | None:
    """Return why a new password cannot be used, or None (NIST SP 800-63B-4, section 3.1.1)."""
    text = normal_password(password)
    if len(text) < SHORTEST_PASSWORD:
        return (
            f"Please use at least {SHORTEST_PASSWORD} characters. "
            "A few words in a row are easy to remember and hard to guess."
        )
    if len(text) > LONGEST_PASSWORD:
        return f"Please keep it under {LONGEST_PASSWORD} characters."
    plain = text.lower()
    if plain in _COMMON or len(set(plain)) <= 2:  # noqa: PLR2004 (one or two signs over and over)
        return "This one is among the first that anybody would try. Please choose another."
    if plain.replace(" ", "") in {"trialsim" * times for times in range(2, 5)}:
        return "Please choose something other than the name of this product."
    if plain == normal_email(email):
        return "Please choose something other than your own email address."
    return None


def fresh_token() -> str:
    """Return a secret for a session or link: 256 bits, safe in addresses."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is stored of a token; a fast hash is right for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def wait_after(
    wrong_at: Sequence[datetime], now: datetime, quick_tries: int = QUICK_TRIES
) -> timedelta:
    """Return how long an account or address still has to wait after its wrong passwords.

    The first few cost nothing; from then on each doubles the wait, from 10 seconds up to 15
    minutes, counted from the last one. Wrong ones older than a day are forgotten.
    """
    recent = [at for at in wrong_at if now - at < REMEMBERED]
    if len(recent) < quick_tries:
        return timedelta(0)
    doublings = min(len(recent) - quick_tries, 10)
    delay = min(timedelta(seconds=10 * 2**doublings), LONGEST_DELAY)
    return max(max(recent) + delay - now, timedelta(0))
