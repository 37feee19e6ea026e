"""Files that forms carry: only marked views take large bodies, and every other stays small."""

from collections.abc import Callable
from typing import ParamSpec

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

P = ParamSpec("P")
UPLOAD_BYTES = 22 * 1024 * 1024  # five files of four megabytes, and the text
MOST_PARTS = 20


def takes_files(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Mark a view whose form may carry files; write it next to the route, above all guards."""
    view.takes_files = True  # type: ignore[attr-defined]  # read before each request
    return view


def init_app(app: Flask) -> None:
    """Raise the limit for marked views; must come before anything reads a form."""

    def allow() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        if getattr(view, "takes_files", False):
            request.max_content_length = UPLOAD_BYTES

    app.before_request(allow)


def sent_files(field: str = "files") -> list[tuple[str, bytes]]:
    """Return the names and bytes of the files that were chosen; an empty field sends none."""
    chosen = [one for one in request.files.getlist(field)[:MOST_PARTS] if one.filename]
    return [(one.filename or "", one.read()) for one in chosen]
