"""Where to go once something is sent: as the candidate likes it, or on to the next."""

from urllib.parse import urlencode

from flask import request, url_for

from trialsim.inbox.models import Ticket
from trialsim.inbox.pages import asked_view
from trialsim.trials.models import Trial


def carried(trial: Trial) -> dict[str, str]:
    """Return what an address carries on: the view, and that one works through it."""
    view, works = asked_view(trial), request.args.get("work") == "1"
    found = {"view": view} if view != "reply" or works else {}
    return found | ({"work": "1"} if works else {})


def place_after(trial: Trial, ticket: Ticket) -> str:
    """Return the address that follows a reply."""
    view = asked_view(trial)
    after = trial.desk.get("after", "stay")
    if request.args.get("work") == "1" or after == "next":
        return url_for("arrange.start", view=view)
    if after == "list":
        return url_for("inbox.show_view", view=view)
    return place_of(trial, ticket)


def place_of(trial: Trial, ticket: Ticket) -> str:
    """Return the address of a ticket in the list one came from."""
    query = urlencode(carried(trial))
    path = url_for("inbox.show", public_id=ticket.public_id)
    return f"{path}?{query}" if query else path
