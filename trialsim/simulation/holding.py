"""Words that only ask somebody in a live talk to wait: they cost nothing, once a turn."""

import re
from collections.abc import Mapping

LONGEST_WORDS = 30
_LONGEST_PART = 9
# What a short reply may say beside; with a question or anything else it is read as any reply.
_GREETING = re.compile(
    r"(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?|thank you|"
    r"ciao|salve|buon\w+|grazie|per (?:favore|piacere))\b"
)
_HOLDS: Mapping[str, str] = {
    "en": (
        r"\b(?:(?:one|a|just a|give me a|half a) (?:moment|minute|second|sec)|bear with me|hang on|"
        r"hold on|(?:let me|i will|i'll|i am|i'm) (?:just |now )?(?:check|look|open|read|find|go"
        r")(?:ing)?(?: \w+){0,4}|(?:be )?right (?:back|with you)|still (?:here|looking|checking))\b"
    ),
    "it": (
        r"\b(?:un (?:attimo|momento|minuto|secondo)|mi dia un|resti in linea|sto (?:guardando|"
        r"controllando|verificando)|(?:guardo|controllo|verifico) (?:subito|ora)|arrivo subito)\b"
    ),
    "ko": r"(?:잠시만|잠깐만|조금만 기다려|확인해 보겠|확인하고 있|살펴보겠|바로 확인)",
}
SUGGESTED: Mapping[str, str] = {
    "en": "Give me a moment, please: I am looking into it.",
    "it": "Un momento, per favore: sto controllando.",
    "ko": "잠시만 기다려 주세요. 바로 확인해 보겠습니다.",
}
_SENTENCES = re.compile(r"[.!:;,\n]+")


def is_holding(text: str, language: str) -> bool:
    """Whether a reply says nothing but to wait; never one that asks, and never a long one."""
    words = text.strip().lower().replace("’", "'")
    if "?" in words or len(words.split()) > LONGEST_WORDS or language not in _HOLDS:
        return False
    holds = re.compile(_HOLDS[language])
    parts = [part.strip() for part in _SENTENCES.split(words) if part.strip()]
    rest = [part for part in parts if not holds.search(part) or len(part.split()) > _LONGEST_PART]
    spare = all(_GREETING.match(part) or len(part.split()) == 1 for part in rest)
    return len(rest) < len(parts) and spare
