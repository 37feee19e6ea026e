"""How a candidate arranges the desk: tickets kept open, saved views, what follows a reply."""

from sqlmodel import Session

from trialsim.inbox.models import Ticket
from trialsim.inbox.queries.views import OWN_PREFIX, SORTS, own_views
from trialsim.inbox.searching import read_search
from trialsim.inbox.tools import AFTER, MOST_TABS
from trialsim.kit.errors import Invalid
from trialsim.kit.ids import public_id
from trialsim.kit.text import excerpt
from trialsim.trials.models import Trial

MOST_VIEWS = 10
LONGEST_NAME = 40
_TAB_WORDS = 40


def keep_open(session: Session, trial: Trial, ticket: Ticket) -> None:
    """Keep a ticket in the bar of open ones; the oldest makes room."""
    tabs = [one for one in trial.desk.get("tabs", []) if one["id"] != ticket.public_id]
    tab = {
        "id": ticket.public_id,
        "number": ticket.number,
        "subject": excerpt(ticket.subject, _TAB_WORDS),
    }
    _arrange(session, trial, tabs=[*tabs, tab][-MOST_TABS:])


def let_go(session: Session, trial: Trial, ticket: Ticket) -> None:
    """Take a ticket out of the bar."""
    tabs = trial.desk.get("tabs", [])
    _arrange(session, trial, tabs=[one for one in tabs if one["id"] != ticket.public_id])


def choose_after(session: Session, trial: Trial, after: str) -> None:
    """Choose what follows a reply.

    Raises:
        Invalid: for something that does not exist.
    """
    if after not in AFTER:
        raise Invalid(fields={"after": "Please choose one of the options."})
    _arrange(session, trial, after=after)


def save_view(session: Session, trial: Trial, *, name: str, text: str, sort: str) -> str:
    """Save a view of conditions under a name and return its key.

    Raises:
        Invalid: without a name or conditions, with words in them, or when there are too many.
    """
    search = read_search(text)
    problems: dict[str, str] = {}
    if not name.strip() or len(name) > LONGEST_NAME:
        problems["name"] = f"Please give it a name of at most {LONGEST_NAME} characters."
    if search.unknown:
        problems["conditions"] = f"Not understood: {', '.join(search.unknown)}."
    elif search.terms:
        problems["conditions"] = "A view holds conditions such as status:open, no other words."
    elif not search.operators:
        problems["conditions"] = "Please write at least one condition, such as status:open."
    if sort not in SORTS:
        problems["sort"] = "Please choose one of the options."
    if len(own_views(trial)) >= MOST_VIEWS:
        problems["name"] = f"You have {MOST_VIEWS} views. Please delete one first."
    if problems:
        raise Invalid(fields=problems)
    key = OWN_PREFIX + public_id("v")[2:]
    kept = " ".join(str(one) for one in search.operators)
    view = {"key": key, "name": name.strip(), "text": kept, "sort": sort}
    _arrange(session, trial, views=[*trial.desk.get("views", []), view])
    return key


def drop_view(session: Session, trial: Trial, key: str) -> None:
    """Delete a saved view; its tickets stay where they are."""
    views = trial.desk.get("views", [])
    _arrange(session, trial, views=[one for one in views if one["key"] != key])


def _arrange(session: Session, trial: Trial, **parts: object) -> None:
    trial.desk = {**trial.desk, **parts}
    session.add(trial)
    session.flush()
