import struct

import pytest

from trialsim.inbox.file_types import LARGEST_BYTES, safe_name, sniffed
from trialsim.inbox.states import FileKind
from trialsim.kit.errors import Invalid


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08" * 20


JPEG = (
    b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 30, 40) + b"\0" * 9
)
GIF = b"GIF89a" + struct.pack("<HH", 40, 30) + b"\0" * 9
WEBP = b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + b"\x27\0\0\x1d\0\0" + b"\0" * 9


@pytest.mark.parametrize(
    ("name", "content", "kind", "size"),
    [
        ("a.png", png(40, 30), FileKind.PNG, (40, 30)),
        ("a.JPG", JPEG, FileKind.JPEG, (40, 30)),
        ("a.gif", GIF, FileKind.GIF, (40, 30)),
        ("a.webp", WEBP, FileKind.WEBP, (40, 30)),
        ("a.pdf", b"%PDF-1.7 x", FileKind.PDF, (0, 0)),
        ("a.log", "größe مرحبا\t1\n".encode(), FileKind.TXT, (0, 0)),
    ],
)
def test_file_is_what_its_bytes_say(
    name: str, content: bytes, kind: FileKind, size: tuple[int, int]
) -> None:
    found = sniffed(name, content)

    assert (found.kind, (found.width, found.height), found.name) == (kind, size, name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("page.html", b"<!doctype html><script>1</script>"),
        ("page.txt", b"  <svg onload=x>"),
        ("logo.svg", b"plain words"),
        ("tool.exe", b"MZ\x90\0"),
        ("tool.png", b"MZ\x90\0"),
        ("photo.png", JPEG),
        ("bomb.png", png(60_000, 60_000)),
        ("broken.png", b"\x89PNG\r\n\x1a\n"),
        ("big.txt", b"a" * (LARGEST_BYTES + 1)),
    ],
)
def test_what_is_not_taken_is_refused_in_words(name: str, content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        sniffed(name, content)

    assert name.rpartition(".")[0] in refused.value.fields["files"]


def test_names_lose_folders_and_misleading_signs() -> None:
    assert safe_name("../../etc/passwd") == "passwd"
    assert safe_name("C:\\x\\a\u202egnp.txt") == "a gnp.txt"
    assert safe_name("...") == "file"
    assert len(safe_name("x" * 300 + ".txt")) <= 100
    assert sniffed("image", png(4, 3)).name == "image.png"
