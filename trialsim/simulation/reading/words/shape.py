"""The shape of what the engine knows of a language, and how its expressions are put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

NOTHING = r"(?!)"


@dataclass(frozen=True, slots=True)
class Words:
    """Expressions of one language; `reading.language` says what each is for."""

    negation: str
    not_negation: str
    warning: str
    negation_after: str
    warning_after: str
    breaks: str
    request: str
    empathy: str
    harsh: str
    sign_off: str
    quoted_after: str
    answering: str
    small_talk: tuple[str, ...]
    articles: tuple[str, ...] = ()
    ends: str = NOTHING
    spellings: Mapping[str, str] = field(default_factory=dict)
    digits: tuple[tuple[str, str], ...] = ()
    endings: tuple[str, ...] = ()
    ideas: Mapping[str, str] = field(default_factory=dict)


def either(*parts: str) -> str:
    """Return an expression for any of the parts."""
    return "|".join(parts)


def words(*parts: str) -> str:
    """Return an expression for any of the parts as whole words."""
    return rf"\b(?:{'|'.join(parts)})\b"


def opening(*parts: str) -> str:
    """Return an expression for any of the parts as the first words of a sentence."""
    return rf"^(?:{'|'.join(parts)})\b"
