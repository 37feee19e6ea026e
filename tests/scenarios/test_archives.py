import stat
import zipfile
from io import BytesIO

import pytest

from trialsim.kit.errors import Invalid
from trialsim.scenarios import archives
from trialsim.scenarios.archives import files_of


def zipped(files: dict[str, bytes], *, link: str = "") -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
        if link:
            member = zipfile.ZipInfo(link)
            member.external_attr = (stat.S_IFLNK | 0o777) << 16
            opened.writestr(member, "/etc/passwd")
    return buffer.getvalue()


GOOD = {"pack.toml": b'id = "a"', "articles/first.md": "# Caffè\n".encode()}


def refusal(archive: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        files_of(archive)
    return str(refused.value)


def test_a_zipped_folder_is_read_from_where_its_pack_toml_lies() -> None:
    inside = {f"my-pack/{name}": content for name, content in GOOD.items()}

    assert files_of(zipped(inside)) == files_of(zipped(GOOD))
    assert files_of(zipped(GOOD))["articles/first.md"] == "# Caffè\n"


def test_what_a_desktop_adds_is_passed_over() -> None:
    added = {**GOOD, "__MACOSX/._pack.toml": b"\0\1", ".DS_Store": b"\0"}

    assert set(files_of(zipped(added))) == set(GOOD)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({**GOOD, "../outside.md": b"# x"}, "lead out of the folder"),
        ({**GOOD, "/etc/outside.md": b"# x"}, "lead out of the folder"),
        ({**GOOD, "a\\..\\b.md": b"# x"}, "lead out of the folder"),
        ({**GOOD, "C:evil.md": b"# x"}, "lead out of the folder"),
        ({**GOOD, "more.zip": zipped(GOOD)}, "no part of a pack"),
        ({**GOOD, "run.py": b"import os"}, "no part of a pack"),
        ({**GOOD, "articles/odd.md": b"\xff\xfe\x00"}, "no UTF-8 text"),
        ({"articles/first.md": b"# x"}, "no pack.toml"),
        ({**GOOD, "other/pack.toml": b""}, "more than one pack.toml"),
        ({"in/pack.toml": b"", "out.md": b"# x"}, "outside the pack's folder"),
        ({}, "empty"),
    ],
)
def test_what_is_no_pack_is_refused_by_name(files: dict[str, bytes], words: str) -> None:
    assert words in refusal(zipped(files))


def test_a_link_is_refused() -> None:
    assert "is a link" in refusal(zipped(GOOD, link="articles/link.md"))


@pytest.mark.parametrize("archive", [b"", b"PK\x03\x04 no zip", b"\0" * 500])
def test_what_is_no_zip_is_refused(archive: bytes) -> None:
    assert "no zip file" in refusal(archive)


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    assert "larger than 512 kB" in refusal(zipped({**GOOD, "articles/big.md": b"x" * 600_000}))


def test_many_files_of_allowed_size_are_too_much_together() -> None:
    many = {f"articles/a{number}.md": b"x" * 500_000 for number in range(22)}

    assert "larger than 10 MB" in refusal(zipped({**GOOD, **many}))


def test_thousands_of_files_are_refused() -> None:
    many = {f"articles/a{number}.md": b"" for number in range(archives.MOST_FILES)}

    assert "at most 2000" in refusal(zipped({**GOOD, **many}))


def test_an_archive_that_lies_about_a_size_is_counted_while_unpacking() -> None:
    archive = bytearray(zipped({**GOOD, "articles/big.md": b"x" * 600_000}))
    truth, lie = (600_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert archive.count(truth) >= 2
    lying = bytes(archive).replace(truth, lie)

    assert any(words in refusal(lying) for words in ("larger than", "cannot be", "no zip file"))
