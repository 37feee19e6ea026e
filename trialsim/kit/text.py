"""Small judgements about text: cleaning, cutting, counting."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def clean(text: str) -> str:
    """Return text as stored: NFC, plain newlines, no control characters, no outer space."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", text).strip()


def excerpt(text: str, length: int = 120) -> str:
    """Return the first words on one line, with an ellipsis when something was cut."""
    line = _SPACE.sub(" ", text).strip()
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def word_count(text: str) -> int:
    """Return the number of words, in any script that parts them by space."""
    return len(_WORD.findall(text))


def initials(name: str) -> str:
    """Return one or two capital letters for an avatar; a question mark for no name."""
    parts = [part for part in name.split() if part[0].isalpha()]
    if not parts:
        return "?"
    letters = parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")
    return letters.upper()
