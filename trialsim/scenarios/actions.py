"""Bringing packs into the database."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from trialsim.journal.actions import record
from trialsim.scenarios.models import PackVersion
from trialsim.scenarios.queries import parsed

_KINDS = (".toml", ".md")


def read_files(folder: Path) -> dict[str, str]:
    """Return a pack folder's texts: path relative to it → content."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in _KINDS
    }


def pack_hash(files: Mapping[str, str]) -> str:
    """Return the SHA-256 (hex) of a pack's files, whatever their order."""
    return hashlib.sha256(json.dumps(dict(files), sort_keys=True).encode()).hexdigest()


def import_pack(
    session: Session, files: Mapping[str, str], now: datetime, by: int | None = None
) -> PackVersion:
    """Store a pack once per content and return its row.

    Raises:
        PackInvalid: with every fault, when the files do not make a pack.
    """
    key = pack_hash(files)
    known = session.get(PackVersion, key)
    if known is not None:
        return known
    pack = parsed(key, files)
    row = PackVersion(
        hash=key,
        pack=pack.id,
        name=pack.name,
        number=pack.version,
        files=dict(files),
        imported_at=now,
    )
    session.add(row)
    session.flush()
    record(session, "pack_imported", f"pack:{pack.id}", by=by, at=now, detail={"hash": key})
    return row
