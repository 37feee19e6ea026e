"""What an uploaded file is, read from its bytes alone; nothing in it is ever run or opened.

Knows no database and no page.
"""

import re
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from trialsim.inbox.states import FileKind
from trialsim.kit.errors import Invalid
from trialsim.kit.text import clean

LARGEST_BYTES = 4 * 1024 * 1024
LARGEST_PIXELS = 40_000_000
LONGEST_NAME = 100
IMAGES = (FileKind.PNG, FileKind.JPEG, FileKind.GIF, FileKind.WEBP)
ENDINGS: Mapping[FileKind, tuple[str, ...]] = {
    FileKind.PNG: ("png",),
    FileKind.JPEG: ("jpg", "jpeg"),
    FileKind.GIF: ("gif",),
    FileKind.WEBP: ("webp",),
    FileKind.PDF: ("pdf",),
    FileKind.TXT: ("txt", "log", "csv", "md"),
}
MIME: Mapping[FileKind, str] = {
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.GIF: "image/gif",
    FileKind.WEBP: "image/webp",
    FileKind.PDF: "application/pdf",
    FileKind.TXT: "text/plain; charset=utf-8",
}
TAKEN = "PNG, JPEG, GIF and WebP images, PDF and plain text"
_UNSAFE = re.compile(r"[\\/:*?\"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|svg|script|\?xml|!--|head|body|iframe)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Start-of-frame markers of JPEG, which hold the size; C4, C8 and CC mean something else.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sniffed:
    """One file that may be kept; an image's size in pixels, 0 for others."""

    name: str
    kind: FileKind
    content: bytes
    width: int = 0
    height: int = 0


def sniffed(name: str, content: bytes) -> Sniffed:
    """Return a file with what it is by its bytes and a harmless name.

    Raises:
        Invalid: for an empty or too large file, one of another kind, one whose name says another
            kind than its bytes, and an image of absurd size (which would burst on opening).
    """
    shown = safe_name(name)
    if not content:
        raise _refused(f"“{shown}” is empty.")
    if len(content) > LARGEST_BYTES:
        raise _refused(f"“{shown}” is larger than {LARGEST_BYTES // 1024 // 1024} MB.")
    kind = _kind(content)
    if kind is None:
        raise _refused(f"“{shown}” is none of the files taken here: {TAKEN}.")
    stem, dot, ending = shown.rpartition(".")
    if not dot:
        stem, ending = shown, ENDINGS[kind][0]
    if ending.lower() not in ENDINGS[kind]:
        raise _refused(f"“{shown}” is not what its name says. Taken are {TAKEN}.")
    width, height = _SIZES[kind](content) if kind in _SIZES else (0, 0)
    if kind in IMAGES and not 0 < width * height <= LARGEST_PIXELS:
        raise _refused(f"“{shown}” cannot be shown: it is broken or has too many pixels.")
    return Sniffed(f"{stem}.{ending}", kind, content, width, height)


def safe_name(name: str) -> str:
    """Return a file's name without folders and signs that could mislead; never empty."""
    last = re.split(r"[\\/]", clean(name))[-1]
    plain = _UNSAFE.sub(" ", last).strip(". ")
    if len(plain) <= LONGEST_NAME:
        return plain or "file"
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[: LONGEST_NAME - 10]}.{ending[:8]}" if dot else plain[:LONGEST_NAME]


def _kind(content: bytes) -> FileKind | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith((b"GIF87a", b"GIF89a")):
        return FileKind.GIF
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    return FileKind.TXT if _is_text(content) else None


def _is_text(content: bytes) -> bool:
    """Whether it is plain text: UTF-8 without control signs that does not begin as a page."""
    if _MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")):
        return False
    try:
        return not _CONTROL.search(content.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _png(content: bytes) -> Size:
    if len(content) < 33 or content[12:16] != b"IHDR":  # noqa: PLR2004 (the first chunk's end)
        return 0, 0
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _gif(content: bytes) -> Size:
    if len(content) < 13:  # noqa: PLR2004 (the header's length)
        return 0, 0
    width, height = struct.unpack("<HH", content[6:10])
    return width, height


def _webp(content: bytes) -> Size:
    """Return the size from the first chunk, in each of the format's three forms."""
    if len(content) < 30:  # noqa: PLR2004 (the longest of the three headers)
        return 0, 0
    form = content[12:16]
    if form == b"VP8X":
        return _three(content[24:27]) + 1, _three(content[27:30]) + 1
    if form == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    if form == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return 0, 0


def _three(part: bytes) -> int:
    return int.from_bytes(part, "little")


def _jpeg(content: bytes) -> Size:
    """Walk from marker to marker up to the one that holds the size."""
    place = 2
    while place + 9 < len(content) and content[place] == 0xFF:  # noqa: PLR2004 (every marker's first byte)
        marker = content[place + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return 0, 0


def _refused(words: str) -> Invalid:
    return Invalid(fields={"files": f"{words} Your text is kept."})


_SIZES: Mapping[FileKind, Callable[[bytes], Size]] = {
    FileKind.PNG: _png,
    FileKind.JPEG: _jpeg,
    FileKind.GIF: _gif,
    FileKind.WEBP: _webp,
}
