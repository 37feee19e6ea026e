"""A pack out of a .zip file from anywhere: read with limits, or refused whole.

Nothing is written to disk, so no path can lead anywhere; sizes are counted while unpacking, since
what an archive says about itself may be a lie.
"""

import stat
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath

from trialsim.kit.errors import Invalid

MOST_FILES = 2_000
MOST_FILE_BYTES = 512 * 1024
MOST_BYTES = 10 * 1024 * 1024
_KINDS = (".toml", ".md")
_IGNORED = ("__MACOSX", ".DS_Store", "Thumbs.db")
_ENCRYPTED = 0x1


def files_of(archive: bytes) -> dict[str, str]:
    """Return the texts of a zipped pack folder: path inside the folder → content.

    Raises:
        Invalid: in one sentence that names the file, for anything but plain texts of sane size.
    """
    try:
        with zipfile.ZipFile(BytesIO(archive)) as opened:
            found = _read(opened)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        raise Invalid(
            "This is no zip file that can be read. Please zip the folder anew."
        ) from error
    if not found:
        raise Invalid("The zip file is empty. Please zip the folder that holds pack.toml.")
    return _inside(found)


def _read(opened: zipfile.ZipFile) -> dict[str, str]:
    members = [one for one in opened.infolist() if not one.is_dir() and not _is_ignored(one)]
    if len(members) > MOST_FILES:
        raise Invalid(f"The zip file holds {len(members)} files; at most {MOST_FILES} make a pack.")
    found: dict[str, str] = {}
    total = 0
    for member in members:
        _check_member(member, found)
        content = _content(opened, member)
        total += len(content)
        if total > MOST_BYTES:
            raise Invalid(f"Unpacked, the files are larger than {MOST_BYTES // 1_048_576} MB.")
        found[member.filename] = _text(member.filename, content)
    return found


def _is_ignored(member: zipfile.ZipInfo) -> bool:
    """Whether it is what a desktop adds on its own."""
    parts = PurePosixPath(member.filename).parts
    return any(part in _IGNORED for part in parts)


def _check_member(member: zipfile.ZipInfo, found: Mapping[str, str]) -> None:
    name = member.filename
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        raise Invalid(f"{name[:80]}: a path may not lead out of the folder.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Invalid(f"{name[:80]} is a link. Please put the file itself into the zip.")
    if member.flag_bits & _ENCRYPTED:
        raise Invalid(f"{name[:80]} is locked with a password. Please zip it without one.")
    if path.suffix not in _KINDS:
        raise Invalid(f"{name[:80]} is no part of a pack: only .toml and .md files are.")
    if name in found:
        raise Invalid(f"{name[:80]} is in the zip twice.")


def _content(opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        with opened.open(member) as file:
            content = file.read(MOST_FILE_BYTES + 1)
    except (RuntimeError, ValueError, OSError) as error:
        raise Invalid(f"{member.filename[:80]} cannot be unpacked.") from error
    if len(content) > MOST_FILE_BYTES:
        raise Invalid(f"{member.filename[:80]} is larger than {MOST_FILE_BYTES // 1024} kB.")
    return content


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Invalid(f"{name[:80]} is no UTF-8 text. Please save it as UTF-8.") from error


def _inside(found: Mapping[str, str]) -> dict[str, str]:
    """Return the paths below the folder that holds pack.toml."""
    places = [
        PurePosixPath(name).parent for name in found if PurePosixPath(name).name == "pack.toml"
    ]
    if len(places) != 1:
        many = "no pack.toml" if not places else "more than one pack.toml"
        raise Invalid(f"The zip file holds {many}. Please zip one pack's folder.")
    (root,) = places
    outside = next((name for name in found if not PurePosixPath(name).is_relative_to(root)), None)
    if outside is not None:
        raise Invalid(f"{outside[:80]} lies outside the pack's folder.")
    return {PurePosixPath(name).relative_to(root).as_posix(): text for name, text in found.items()}
