"""Inline icons under our own names, drawn from the Tabler outline set.

The set is one zip of 6,000 files: it is opened once, only the icons below are read.
"""

import re
from functools import cache
from importlib.resources import files
from zipfile import ZipFile

from flask import Flask
from markupsafe import Markup

NAMES = {
    "archive": "archive",
    "article": "article",
    "back": "arrow-back-up",
    "bell": "bell",
    "bold": "bold",
    "book": "book",
    "bookmark": "bookmark",
    "calendar": "calendar",
    "chart": "chart-line",
    "chat": "message",
    "check": "check",
    "check-circle": "circle-check",
    "circle": "circle",
    "clock": "clock",
    "close": "x",
    "code": "code",
    "coin": "coin",
    "copy": "copy",
    "download": "download",
    "down": "chevron-down",
    "edit": "pencil",
    "external": "external-link",
    "eye": "eye",
    "eye-off": "eye-off",
    "filter": "filter",
    "flag": "flag",
    "forum": "messages",
    "help": "help-circle",
    "history": "history",
    "home": "home",
    "inbox": "inbox",
    "info": "info-circle",
    "key": "key",
    "keyboard": "keyboard",
    "left": "chevron-left",
    "link": "link",
    "list": "list",
    "lock": "lock",
    "mail": "mail",
    "minus": "minus",
    "more": "dots",
    "note": "note",
    "pause": "player-pause",
    "pin": "pin",
    "play": "player-play",
    "plus": "plus",
    "print": "printer",
    "quote": "quote",
    "refresh": "refresh",
    "right": "chevron-right",
    "scale": "scale",
    "search": "search",
    "send": "send",
    "settings": "settings",
    "shield": "shield",
    "sign-out": "logout",
    "star": "star",
    "swap": "arrows-exchange",
    "tag": "tag",
    "trash": "trash",
    "up": "chevron-up",
    "upload": "upload",
    "user": "user",
    "users": "users",
    "video": "video",
    "warning": "alert-triangle",
    "world": "world",
}
_SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class UnknownIconError(LookupError):
    """A template asked for an icon that is not in NAMES."""


def init_app(app: Flask) -> None:
    """Give templates `icon(name)`; open the zip now, so that the first page does not wait."""
    app.jinja_env.globals["icon"] = icon
    _shapes()


@cache
def icon(name: str, *, size: int = 16) -> Markup:
    """Return a decorative inline SVG; the words beside it carry the meaning.

    Sizes are pixels on paper; on screen the class `i` scales with the text.
    """
    try:
        shapes = _shapes()[name]
    except KeyError:
        raise UnknownIconError(f"no icon called {name!r}") from None
    # The shapes come from the package and hold nothing anybody typed.
    return Markup(  # noqa: S704
        f'<svg class="i" width="{size}" height="{size}" viewBox="0 0 24 24" fill="none"'
        ' stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
        f' aria-hidden="true" focusable="false">{shapes}</svg>'
    )


@cache
def _shapes() -> dict[str, str]:
    with files("tablericons").joinpath("tablericons.zip").open("rb") as file, ZipFile(file) as box:
        return {ours: _inner(box.read(f"outline/{theirs}.svg")) for ours, theirs in NAMES.items()}


def _inner(svg: bytes) -> str:
    found = _SHAPES.search(svg.decode())
    if found is None:
        raise ValueError("an icon file holds no svg element")
    return " ".join(found[1].split())
