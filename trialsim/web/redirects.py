"""Addresses that came from outside: only paths of our own are followed."""

from urllib.parse import urlsplit

from werkzeug.routing import BaseConverter


def local_path(target: str | None, fallback: str) -> str:
    """Return `target` when it is a plain path of this site, else `fallback`."""
    if not target or any(ord(sign) <= ord(" ") or sign == "\\" for sign in target):
        return fallback
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not target.startswith("/") or target.startswith("//"):
        return fallback
    return target


class PublicId(BaseConverter):
    """Path part for public ids: anything else is no page, whatever its size or signs."""

    regex = r"[a-z]{1,2}_[2-9a-z]{12}"


class Token(BaseConverter):
    """Path part for the secret of a single-use link."""

    regex = r"[A-Za-z0-9_-]{20,64}"


class Slug(BaseConverter):
    """Path part for ids that authors give: articles, policies, measures, views."""

    regex = r"[a-z0-9][a-z0-9_-]{0,79}"
