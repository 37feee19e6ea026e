"""A reply as sentences: quoted text and signature dropped, lines and list items kept apart."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from trialsim.simulation.reading.language import Language, is_request
from trialsim.simulation.reading.words import WORDS

LONGEST = 400

_BULLET = re.compile(r"^\s*(?:[-*•·‣–→]|\(?\d{1,2}[.)]|\(?[a-z]\)|[①-⑳]|[가나다라마바사]\.)\s+")
_END = re.compile(r"(?<=[.!?…。！？])[\"')\]]*\s+|(?<=[。！？])")  # noqa: RUF001 (full-width marks end Korean and Chinese sentences)
_SHORT_FORM = re.compile(
    r"\b(?:e\.g|i\.e|etc|mr|mrs|ms|dr|vs|approx|es|ecc|sig|dott|sig\.ra)\.$", re.IGNORECASE
)
# "No. 5" and "on the 3. of May" go on; "It costs 5. Then pay." does not.
_NUMBER = re.compile(r"(?:^|\bno\.|\b\d+\.)$", re.IGNORECASE)
_GOES_ON = re.compile(r"[a-zà-ÿ\d]")
_MARK = re.compile(r"(?:\d+|[a-z])\.")
_HEADER = re.compile(r"(?:from|da|de|von|보낸 ?사람): .+@.+", re.IGNORECASE)
_HEADER_AFTER = re.compile(r"[^\W\d][\w ]{1,14}: ?\S")
_DIVIDER = re.compile(r"[-–—_=*]{2,}")
_ENDED = re.compile(r"[.?!:,…]$|\d{2}")
_SIGNATURE_LINES = 4
_CONTACT_LINES = 6
_SHORT_LINE = 5
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "\u00a0": " "})  # noqa: RUF001 (what phones type)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `lead` is the line a list item hangs on: "Please never:" and the like."""

    text: str
    lead: str = ""

    @property
    def whole(self) -> str:
        """Return the sentence with what it hangs on."""
        return f"{self.lead} {self.text}" if self.lead else self.text

    @property
    def begins(self) -> int:
        """Return where in the whole the sentence itself begins."""
        return len(self.whole) - len(self.text)


def sentences_of(text: str, language: Language) -> tuple[Sentence, ...]:
    """Return the candidate's own sentences, none longer than 400 characters."""
    found: list[Sentence] = []
    lead = ""
    for line in own_lines(text, language):
        item = _BULLET.sub("", line).strip()
        is_item = item != line
        parts = [part for sentence in _parted(item, language) for part in _cut(sentence)]
        found.extend(Sentence(part, lead if is_item else "") for part in parts)
        if not is_item:
            lead = parts[-1].rstrip(": ") if parts and parts[-1].endswith(":") else ""
    return tuple(found)


def own_lines(text: str, language: Language) -> list[str]:
    """Return the lines somebody wrote themselves: no quotation, no signature."""
    lines = [line.strip() for line in plain(text).splitlines()]
    own = _without_contact(list(_unquoted(lines)))
    return [
        line for line in _without_sign_off(own, language) if line and not _DIVIDER.fullmatch(line)
    ]


def plain(text: str) -> str:
    """Return a text in composed letters with simple quotation marks."""
    return unicodedata.normalize("NFC", text).translate(_APOSTROPHES)


def _unquoted(lines: list[str]) -> Iterator[str]:
    """Yield the lines that quote nobody.

    After "… wrote:" everything is somebody else's, unless the quotation is marked by ">": then
    what stands below it is the writer's own again.
    """
    place = 0
    while place < len(lines):
        length = _quotation(lines, place)
        if length:
            place += length
            if not _next_line(lines, place).startswith(">"):
                return
        else:
            if not lines[place].startswith(">"):
                yield lines[place]
            place += 1


def _quotation(lines: list[str], place: int) -> int:
    """Return how many lines introduce a quotation here: none, one, or a name broken in two."""
    line, following = lines[place], _next_line(lines, place + 1)
    if _introduces().match(line):
        return 1
    if _HEADER.match(line) and _HEADER_AFTER.match(following):
        return 1
    broken = f"{line} {following}"
    is_broken = bool(line) and not line.endswith((":", ".", "?", "!"))
    if is_broken and lines[place + 1 : place + 2] == [following] and _introduces().match(broken):
        return 2
    return 0


@cache
def _introduces() -> re.Pattern[str]:
    """Return what introduces a quotation in any language: mail programs speak their own."""
    every = "|".join(f"(?:{words.quoted_after})" for words in WORDS.values())
    return re.compile(every, re.IGNORECASE)


def _next_line(lines: list[str], place: int) -> str:
    return next((line for line in lines[place:] if line), "")


def _without_contact(lines: list[str]) -> list[str]:
    """Return the lines before "-- ", the mark of a signature, if few and short ones follow."""
    if "--" not in lines:
        return lines
    place = len(lines) - 1 - lines[::-1].index("--")
    after = [line for line in lines[place + 1 :] if line]
    return lines[:place] if len(after) <= _CONTACT_LINES else lines


def _without_sign_off(lines: list[str], language: Language) -> list[str]:
    """Return the lines before a closing formula that only names and formulas follow."""
    while lines and not lines[-1]:
        lines = lines[:-1]
    kept = lines
    for back in range(1, min(_SIGNATURE_LINES, len(lines) - 1) + 1):
        line = lines[-back]
        if language.sign_off.fullmatch(line):
            kept = lines[:-back]
        elif line and not _is_name(line, language):
            break
    return kept


def _is_name(line: str, language: Language) -> bool:
    """Return whether a line may be a name, a team or a company, and says nothing."""
    is_short = len(line.split()) <= _SHORT_LINE
    return is_short and not _ENDED.search(line) and not is_request(language, line)


def _parted(line: str, language: Language) -> list[str]:
    parts: list[str] = []
    pieces = (piece for whole in _END.split(line) if whole for piece in language.ends.split(whole))
    for piece in pieces:
        if not piece:
            continue
        if parts and _goes_on(parts[-1], piece):
            parts[-1] = f"{parts[-1]} {piece}"
        else:
            parts.append(piece)
    return parts


def _goes_on(part: str, following: str) -> bool:
    if _SHORT_FORM.search(part) or _MARK.fullmatch(part):
        return True
    return bool(_NUMBER.search(part)) and bool(_GOES_ON.match(following))


def _cut(sentence: str) -> list[str]:
    pieces: list[str] = []
    while len(sentence) > LONGEST:
        space = sentence.rfind(" ", 1, LONGEST)
        place = space if space > 0 else LONGEST
        pieces.append(sentence[:place])
        sentence = sentence[place:].strip()
    return [*pieces, sentence]
