"""Style sheets, modules, icons and htmx, served under names that change with their content.

Knows no feature. A browser may keep every answer for a year: new content gets a new address.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from flask import Flask, Response, abort, request

PREFIX = "/static"
SHEETS = (
    "tokens.css",
    "reset.css",
    "base.css",
    "layout.css",
    "components/*.css",
    "screens/*.css",
    "utilities.css",
    "print.css",
)
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
SMALLEST_GZIP_BYTES = 1_000


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent: plain, and gzipped where that saves anything."""

    url: str
    body: bytes
    gzipped: bytes
    mimetype: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All files of one version, by the name templates use."""

    by_name: dict[str, Asset]
    version: str


class UnknownAssetError(LookupError):
    """A template asked for a file that does not exist."""


def init_app(app: Flask, static_dir: Path) -> None:
    """Serve `static_dir` and htmx; give templates `asset(name)`.

    Names: `app.css`, `htmx.js`, `js/app.js`, `js/components/draft.js`, `icons/favicon.svg`.
    In debug mode, or where templates reload, a changed file is read again at the next request.
    """
    watch = app.debug or bool(app.config.get("TEMPLATES_AUTO_RELOAD"))
    shelf = _Shelf(static_dir, watch=watch)

    def asset(name: str) -> str:
        try:
            return shelf.assets().by_name[name].url
        except KeyError:
            raise UnknownAssetError(f"no asset called {name!r} under {static_dir}") from None

    app.jinja_env.globals["asset"] = asset
    app.add_url_rule(
        f"{PREFIX}/app-<_version>.css",
        "asset_css",
        lambda _version: _answer(shelf, "app.css"),
    )
    app.add_url_rule(
        f"{PREFIX}/<_version>/<path:name>",
        "asset_file",
        lambda _version, name: _answer(shelf, name),
    )


def build(static_dir: Path) -> Assets:
    """Read every file once. The style sheet has a hash of its own; the rest share one."""
    css = style_sheet(static_dir)
    rest = {"htmx.js": htmx(), **_files(static_dir)}
    version = _digest(b"".join(name.encode() + body for name, body in sorted(rest.items())))
    by_name = {name: _asset(f"{PREFIX}/{version}/{name}", body) for name, body in rest.items()}
    by_name["app.css"] = _asset(f"{PREFIX}/app-{_digest(css)}.css", css)
    return Assets(by_name, version)


def style_sheet(static_dir: Path) -> bytes:
    """Join the sheets in layer order; within one folder by name."""
    paths = [path for pattern in SHEETS for path in sorted((static_dir / "css").glob(pattern))]
    return b"\n".join(path.read_bytes() for path in paths)


def htmx() -> bytes:
    """Read htmx out of the package that carries it; its Python code is never run."""
    return files("js_lib_htmx").joinpath("static/htmx/htmx.min.js").read_bytes()


class _Shelf:
    """Holds the current assets and, when watching, notices changed files."""

    def __init__(self, static_dir: Path, *, watch: bool) -> None:
        self._static_dir = static_dir
        self._watch = watch
        self._seen = _newest(static_dir)
        self._assets = build(static_dir)

    def assets(self) -> Assets:
        if self._watch and (seen := _newest(self._static_dir)) != self._seen:
            self._assets = build(self._static_dir)
            self._seen = seen
        return self._assets


def _answer(shelf: _Shelf, name: str) -> Response:
    asset = shelf.assets().by_name.get(name)
    if asset is None:
        abort(404)
    zipped = bool(asset.gzipped) and request.accept_encodings.quality("gzip") > 0
    response = Response(asset.gzipped if zipped else asset.body, mimetype=asset.mimetype)
    # A page drawn just before an update asks for the old name: it gets today's file, unkept.
    response.headers["Cache-Control"] = FOREVER if request.path == asset.url else ASK_AGAIN
    response.headers["Vary"] = "Accept-Encoding"
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _files(static_dir: Path) -> dict[str, bytes]:
    paths = [path for folder in ("js", "icons") for path in (static_dir / folder).rglob("*.*")]
    return {path.relative_to(static_dir).as_posix(): path.read_bytes() for path in paths}


def _asset(url: str, body: bytes) -> Asset:
    mimetype = mimetypes.guess_type(url)[0] or "application/octet-stream"
    gzipped = gzip.compress(body, mtime=0) if len(body) >= SMALLEST_GZIP_BYTES else b""
    return Asset(url, body, gzipped, mimetype)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _newest(static_dir: Path) -> tuple[int, int]:
    times = [path.stat().st_mtime_ns for path in static_dir.rglob("*.*")]
    return len(times), max(times, default=0)
