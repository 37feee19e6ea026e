"""What a request may ask the application for: the time, the settings, the person's zone."""

from datetime import datetime
from typing import Protocol, cast

from flask import current_app, g
from flask_login import current_user

from trialsim.config import Settings
from trialsim.kit.clock import Clock


class Visitor(Protocol):
    """What the shell knows of whoever sends a request."""

    is_authenticated: bool


def visitor() -> Visitor:
    """Return whoever sends the request, signed in or not."""
    return cast("Visitor", current_user)


def now() -> datetime:
    """Return the present instant; the same all through one request."""
    if "now" not in g:
        g.now = clock().now()
    return cast("datetime", g.now)


def clock() -> Clock:
    """Return the application's clock."""
    return cast("Clock", current_app.extensions["clock"])


def settings() -> Settings:
    """Return the settings the application was made with."""
    return cast("Settings", current_app.extensions["settings"])


def zone() -> str:
    """Return the time zone of the person who reads the page."""
    return str(getattr(current_user, "zone", "UTC") or "UTC")
