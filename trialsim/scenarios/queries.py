"""Reading packs: parsed once a process, since a stored version never changes."""

from collections.abc import Mapping
from threading import Lock

from sqlmodel import Session, col, select

from trialsim.kit.errors import NotFound
from trialsim.scenarios.models import PackVersion
from trialsim.simulation.library import parse_pack
from trialsim.simulation.types import Pack

_parsed: dict[str, Pack] = {}
_lock = Lock()


def pack(session: Session, key: str) -> Pack:
    """Return a pack by its hash; no query once it is known to this process.

    Raises:
        NotFound: when no such version was imported.
    """
    found = _parsed.get(key)
    if found is not None:
        return found
    row = session.get(PackVersion, key)
    if row is None:
        raise NotFound
    return parsed(key, row.files)


def parsed(key: str, files: Mapping[str, str]) -> Pack:
    """Return the pack that files make, parsed once a process; `key` is their hash.

    Raises:
        PackInvalid: with every fault.
    """
    with _lock:
        if key not in _parsed:
            _parsed[key] = parse_pack(files)
        return _parsed[key]


def same_number(session: Session, pack: str, number: int, files: Mapping[str, str]) -> bool:
    """Return whether another content of the same pack and number was imported."""
    rows = session.exec(
        select(PackVersion).where(PackVersion.pack == pack, PackVersion.number == number)
    ).all()
    return bool(rows) and all(row.files != dict(files) for row in rows)


def latest_packs(session: Session) -> list[PackVersion]:
    """Return the newest version of each pack, by name."""
    rows = session.exec(select(PackVersion).order_by(col(PackVersion.imported_at)))
    newest = {row.pack: row for row in rows}
    return sorted(newest.values(), key=lambda row: row.name)
