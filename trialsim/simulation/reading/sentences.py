"""A reply as sentences: quoted text and signature dropped, lines and list items kept apart."""

import re
import unicodedata

from trialsim.simulation.reading.language import Language

LONGEST = 400

_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)]|[a-z]\))\s+")
_END = re.compile(r"(?<=[.!?…。！？])[\"')\]]*\s+|(?<=[。！？])")  # noqa: RUF001 (full-width marks end Korean and Chinese sentences)
_SHORT_FORM = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|mr|mrs|ms|dr|no|vs|approx|es|sig|dott)\.|\b\d+\.)$", re.IGNORECASE
)
_SIGNATURE_LINES = 4
_SHORT_LINE = 5
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "\u00a0": " "})  # noqa: RUF001 (what phones type)


def sentences_of(text: str, language: Language) -> tuple[str, ...]:
    """Return the candidate's own sentences, none longer than 400 characters."""
    found: list[str] = []
    for line in own_lines(text, language):
        for sentence in _parted(_BULLET.sub("", line).strip(), language):
            found.extend(_cut(sentence))
    return tuple(found)


def own_lines(text: str, language: Language) -> list[str]:
    """Return the lines somebody wrote themselves: no quotation, no signature."""
    lines: list[str] = []
    for line in plain(text).splitlines():
        stripped = line.strip()
        if stripped == "--" or language.quoted_after.match(stripped):
            break
        if not stripped.startswith(">"):
            lines.append(stripped)
    return [line for line in _without_sign_off(lines, language) if line]


def plain(text: str) -> str:
    """Return a text in composed letters with simple quotation marks."""
    return unicodedata.normalize("NFC", text).translate(_APOSTROPHES)


def _without_sign_off(lines: list[str], language: Language) -> list[str]:
    while lines and not lines[-1]:
        lines = lines[:-1]
    for back in range(1, min(_SIGNATURE_LINES, len(lines) - 1) + 1):
        is_short = all(len(line.split()) <= _SHORT_LINE for line in lines[-back:])
        if is_short and language.sign_off.fullmatch(lines[-back]):
            return lines[:-back]
    return lines


def _parted(line: str, language: Language) -> list[str]:
    parts: list[str] = []
    pieces = (piece for whole in _END.split(line) if whole for piece in language.ends.split(whole))
    for piece in pieces:
        if not piece:
            continue
        if parts and _SHORT_FORM.search(parts[-1]):
            parts[-1] = f"{parts[-1]} {piece}"
        else:
            parts.append(piece)
    return parts


def _cut(sentence: str) -> list[str]:
    pieces: list[str] = []
    while len(sentence) > LONGEST:
        space = sentence.rfind(" ", 1, LONGEST)
        place = space if space > 0 else LONGEST
        pieces.append(sentence[:place])
        sentence = sentence[place:].strip()
    return [*pieces, sentence]
