"""Money in minor units: whole cents, rounded once and in sight."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of one currency."""

    cents: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        """Add two amounts; raises ValueError across currencies."""
        if other.currency != self.currency:
            raise ValueError(f"Cannot add {other.currency} to {self.currency}.")
        return Money(self.cents + other.cents, self.currency)


def earned(minutes: int, rate_cents_per_hour: int) -> int:
    """Return the cents earned for whole minutes; half a cent rounds up, in favour of the worker."""
    return int(Fraction(minutes * rate_cents_per_hour, 60) + Fraction(1, 2))
