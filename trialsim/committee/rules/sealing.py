"""The seal of a packet: anybody can compute it again from what the packet holds."""

import hashlib
import json
from collections.abc import Mapping


def canonical(body: Mapping[str, object]) -> str:
    """Return JSON that is alike for alike values: sorted keys, no space, no escaped letters.

    Raises:
        ValueError: for a number that is not finite; JSON has none.
    """
    return json.dumps(
        body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def content_hash(body: Mapping[str, object]) -> str:
    """Return the SHA-256 (64 hex digits) of a body in its canonical form."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def is_intact(body: Mapping[str, object], seal: str) -> bool:
    """Whether a body still is what was sealed."""
    return content_hash(body) == seal
