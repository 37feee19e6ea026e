"""The sentence of a conversation that stands in a packet: somebody's words, never ours."""

import re
from collections.abc import Iterable, Sequence

from trialsim.kit.text import excerpt, word_count

LONGEST_QUOTE = 180
LONGEST_COMMENT = 220
_FEWEST_WORDS = 6
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_MARKS = re.compile(r"[*_`#>]+|^\s*(?:[-•]|\d+[.)])\s+")


def quote(quoted: Sequence[str], replies: Sequence[str]) -> str:
    """Return what a reviewer quoted, else the first full sentence of the longest reply.

    A greeting, or a sentence of fewer than six words, is none to quote while there are others;
    empty when there is no reply.
    """
    if quoted:
        return short(quoted[0], LONGEST_QUOTE)
    if not replies:
        return ""
    longest = max(replies, key=len)
    sentences = [one for one in _sentences(longest) if word_count(one) >= _FEWEST_WORDS]
    return short(sentences[0] if sentences else longest, LONGEST_QUOTE)


def short(text: str, length: int) -> str:
    """Return a text on one line without marks, cut at a word where it is longer."""
    return excerpt(_MARKS.sub("", text), length)


def _sentences(text: str) -> Iterable[str]:
    return (_MARKS.sub("", one).strip() for one in _SENTENCE.split(text))
