"""Argon2id: hashing and checking passwords, tuned by the settings."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from trialsim.accounts.rules import normal_password


class Passwords:
    """Hashes passwords; costs about 50 ms at the default settings, for right and wrong alike."""

    def __init__(self, *, time_cost: int, memory_kib: int) -> None:
        self._hasher = PasswordHasher(
            time_cost=time_cost, memory_cost=memory_kib, parallelism=1, hash_len=32
        )
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return the hash to store."""
        return self._hasher.hash(normal_password(password))

    def fits(self, password: str, stored: str | None) -> bool:
        """Check a password; somebody without one costs the same time as somebody with."""
        try:
            self._hasher.verify(stored or self._nobody, normal_password(password))
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Whether a hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(stored)
