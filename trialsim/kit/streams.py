"""Named chance: every draw comes from a seed and a name, so that adding one shifts no other."""

import hashlib
import random
from collections.abc import Sequence
from statistics import NormalDist
from typing import TypeVar

Name = str | int
T = TypeVar("T")

_STEPS = 1 << 53
_STANDARD = NormalDist()


def digest(seed: Name, *names: Name) -> int:
    """Return the 256-bit number that belongs to a seed and a path of names."""
    path = "/".join(str(part) for part in (seed, *names))
    return int.from_bytes(hashlib.sha256(path.encode()).digest())


def stream(seed: Name, *names: Name) -> random.Random:
    """Return a fresh generator; the same seed and names give the same draws on any machine."""
    return random.Random(digest(seed, *names))  # noqa: S311 (reproducible chance, no secrets)


def unit(seed: Name, *names: Name) -> float:
    """Return one draw in [0, 1)."""
    return (digest(seed, *names) % _STEPS) / _STEPS


def normal(mean: float, deviation: float, seed: Name, *names: Name) -> float:
    """Return one draw from a normal distribution."""
    share = (digest(seed, *names) % (_STEPS - 1) + 1) / _STEPS
    return mean + deviation * _STANDARD.inv_cdf(share)


def pick(options: Sequence[T], seed: Name, *names: Name) -> T:
    """Return one of the options; raises IndexError when there are none."""
    return options[digest(seed, *names) % len(options)]
