"""What a customer asked for aloud: read from what was said, and from nothing else."""

import re
from collections.abc import Iterable, Mapping

_MOST = 8
_LONGEST = 200
_SENTENCE = re.compile(r"(?<=[.!?…。！？])\s+|\n+")  # noqa: RUF001 (full-width marks end Korean sentences)
_ASKS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\?|\b(?:please|kindly|i (?:want|need|expect|would like|['’]d like)|"
        r"(?:can|could|would) you|tell me|let me know|show me|help me|send me)\b",
        re.IGNORECASE,
    ),
    "it": re.compile(
        r"\?|\b(?:per (?:favore|piacere|cortesia)|vorrei|voglio|ho bisogno|mi serve|pu[oò]|potete|"
        r"potrebbe|mi dica|mi faccia sapere|mi aiuti|mi mandi)\b",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"\?|(?:주세요|주십시오|주실|바랍니다|부탁|원합니다|필요합니다|싶습니다|싶어요|나요|까요)"
    ),
}  # fmt: skip


def asked_aloud(said: Iterable[str], language: str) -> tuple[str, ...]:
    """Return the sentences with which a customer asked for something, the latest eight, in order.

    `said` is what they said until now, the first first. Nobody's notes and no scenario come in.
    """
    asks = _ASKS.get(language, _ASKS["en"])
    found = [
        sentence.strip()
        for text in said
        for sentence in _SENTENCE.split(text)
        if asks.search(sentence)
    ]
    once = dict.fromkeys(one[:_LONGEST] for one in found if one)
    return tuple(once)[-_MOST:]
