"""How pages are put together: undefined names crash, and each page knows its navigation."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, url_for
from jinja2 import StrictUndefined
from werkzeug.local import LocalProxy

from trialsim.web import filters
from trialsim.web.context import now
from trialsim.web.icons import icon
from trialsim.web.markdown import render
from trialsim.web.once import once_key


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the main navigation; `count` 0 shows no number."""

    label: str
    href: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads the page, as its top bar shows them."""

    name: str
    initials: str
    tint: int
    shortcuts: bool = True


@dataclass(frozen=True, slots=True)
class AccountLink:
    """An entry of the account menu."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page of a signed-in person."""

    nav: tuple[NavItem, ...]
    viewer: Viewer
    account_links: tuple[AccountLink, ...]
    help_href: str


def init_app(app: Flask, *, frame: Callable[[], Frame]) -> None:
    """Set up Jinja; `frame` is asked only by pages that show it, at most once each."""
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.trim_blocks = True
    env.lstrip_blocks = True
    env.globals.update(icon=icon, once_key=once_key, now=now)
    env.filters["markdown"] = render
    filters.init_app(app)

    def around() -> dict[str, Any]:
        return {
            "nav": LocalProxy(lambda: frame().nav),
            "viewer": LocalProxy(lambda: frame().viewer),
            "account_links": LocalProxy(lambda: frame().account_links),
            "help_href": LocalProxy(lambda: frame().help_href),
            "sign_out_href": url_for("accounts.close_session"),
        }

    app.context_processor(around)
