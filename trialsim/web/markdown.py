"""Markdown to safe HTML: no raw HTML goes in, and what comes out is cleaned once more."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS = {
    "p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_LONGEST = 60_000


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("gfm-like", {"html": False, "breaks": True}).disable("image")


@lru_cache(maxsize=2048)
def render(text: str) -> Markup:
    """Return a message as HTML; links open with neither referrer nor opener, images are text."""
    html = _parser().render(text[:_LONGEST])
    return Markup(  # noqa: S704 (cleaned by the line below)
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href"}, "ol": {"start"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener noreferrer nofollow",
        )
    )


def demote(text: str, levels: int = 1) -> str:
    """Return Markdown whose headings are `levels` lower, to sit under a page's own title."""
    return "\n".join(
        "#" * levels + line if line.startswith("#") else line for line in text.split("\n")
    )
