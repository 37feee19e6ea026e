"""Everything somebody can reach by following links, and pages without what changes each time."""

import re
from collections import deque
from collections.abc import Iterable

from tests.access.table import READING
from tests.factories.world import Side
from tests.visitor import Visitor

_LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
_FRESH = re.compile(r'(name="(?:csrf_token|idempotency_key)" value=|"csrf-token" content=)"[^"]*"')
MOST_PAGES = 90


def crawl(visitor: Visitor, side: Side, at_most: int = MOST_PAGES) -> dict[str, str]:
    """Return path → text of every page that opens: those of the table, and all they link to."""
    wanted = deque(["/", *(row.address(side) for row in READING)])
    seen = set(wanted)
    found: dict[str, str] = {}
    while wanted and len(found) < at_most:
        path = wanted.popleft()
        if path.startswith("/static"):
            continue
        answer = visitor.get(path)
        if answer.status_code == 303:
            links = [answer.location]
        elif answer.status_code == 200 and answer.mimetype == "text/html":
            found[path] = whole(answer.get_data(as_text=True), dict(answer.headers))
            links = [one.replace("&amp;", "&") for one in _LINK.findall(found[path])]
        else:
            links = []
        fresh = [one for one in links if one not in seen]
        seen.update(fresh)
        wanted.extend(fresh)
    return found


def look(visitor: Visitor, paths: Iterable[str]) -> dict[str, str]:
    """Return path → status and whole text of some pages."""
    answers = {path: visitor.get(path) for path in paths}
    return {
        path: f"{one.status_code} {whole(one.get_data(as_text=True), dict(one.headers))}"
        for path, one in answers.items()
    }


def whole(text: str, headers: dict[str, str]) -> str:
    """Return a page with its headers, without tokens, which are new each time."""
    kept = {name: value for name, value in headers.items() if name not in {"Set-Cookie", "Vary"}}
    kept.pop("Content-Length", None)
    return _FRESH.sub(r"\1", text) + "\n".join(f"{name}: {value}" for name, value in kept.items())


def holding(pages: dict[str, str], words: Iterable[str]) -> list[str]:
    """Return where any of some words stands: "word on page"."""
    return [f"{word!r} on {path}" for word in words for path, text in pages.items() if word in text]
