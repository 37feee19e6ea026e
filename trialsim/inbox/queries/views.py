"""What belongs to a view and in which order: the product's own views and those a candidate saved.

A saved view is a search without words, with a name and an order, kept in `Trial.desk`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, and_, bindparam, case, cast, false, func, not_, or_, true
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, select

from trialsim.inbox.models import Channel, Customer, Kind, Priority, Status, Ticket
from trialsim.inbox.models.ticket import WAITING
from trialsim.inbox.searching import Operator, Search, read_search
from trialsim.inbox.targets import SOON_MINUTES
from trialsim.trials.models import Trial

SOLVED_WITHIN = timedelta(days=7)
SOON = timedelta(minutes=SOON_MINUTES)
OWN_PREFIX = "my-"
VIEWS = {
    "reply": "Needs a reply",
    "due": "Due soon",
    "pending": "Waiting on customer",
    "hold": "On hold",
    "snoozed": "Snoozed",
    "solved": "Solved this week",
}
SORTS = {
    "wait": "Longest wait first",
    "priority": "Priority, then wait",
    "due": "Time target first",
    "new": "Newest first",
}
_SORT_OF = {"solved": "new", "due": "due"}
_RANKS = {Priority.URGENT: 0, Priority.HIGH: 1, Priority.NORMAL: 2, Priority.LOW: 3}

_COLUMNS: Mapping[str, Callable[[str], ColumnElement[bool]]] = {
    "status": lambda value: col(Ticket.status) == Status(value),
    "channel": lambda value: col(Ticket.channel) == Channel(value),
    "priority": lambda value: col(Ticket.priority) == Priority(value),
    "type": lambda value: col(Ticket.kind) == Kind(value),
    "tag": lambda value: cast(col(Ticket.tags), Text).contains(f'"{value}"', autoescape=True),
}


@dataclass(frozen=True, slots=True)
class Moments:
    """The moments that conditions compare with: values, or places for them in a kept statement."""

    now: Any
    soon: Any
    since: Any

    @classmethod
    def at(cls, now: datetime) -> "Moments":
        """Return those of one moment."""
        return cls(now, now + SOON, now - SOLVED_WITHIN)


BOUND = Moments(bindparam("now"), bindparam("soon"), bindparam("since"))


@dataclass(frozen=True, slots=True)
class OwnView:
    """A view somebody saved."""

    key: str
    name: str
    text: str
    sort: str

    @property
    def search(self) -> Search:
        """Return its conditions."""
        return read_search(self.text)


def own_views(trial: Trial) -> tuple[OwnView, ...]:
    """Return a candidate's saved views in the order they were saved."""
    return tuple(OwnView(**one) for one in trial.desk.get("views", ()))


def find_own_view(trial: Trial, key: str) -> OwnView | None:
    """Return one saved view."""
    return next((one for one in own_views(trial) if one.key == key), None)


def is_view(trial: Trial, key: str) -> bool:
    """Whether a view of that name exists for a trial."""
    return key in VIEWS or find_own_view(trial, key) is not None


def label_of(trial: Trial, key: str) -> str:
    """Return a view's name."""
    own = find_own_view(trial, key)
    return own.name if own else VIEWS[key]


def sort_of(trial: Trial, key: str) -> str:
    """Return the key of a view's order."""
    own = find_own_view(trial, key)
    return own.sort if own else _SORT_OF.get(key, "wait")


def is_waiting() -> ColumnElement[bool]:
    """Return what holds of a ticket whose customer waits, asleep or not."""
    return col(Ticket.status).in_(WAITING)


def in_view(trial: Trial, view: str, now: datetime) -> ColumnElement[bool]:
    """Return what holds of the tickets in a view."""
    return in_any_view(find_own_view(trial, view) or view, Moments.at(now))


def in_any_view(view: OwnView | str, now: Moments) -> ColumnElement[bool]:
    """Return what holds of the tickets in a saved view, or one of the product's by its key."""
    if isinstance(view, OwnView):
        return meets(view.search.operators, now)
    if view == "solved":
        return and_(
            col(Ticket.status).in_((Status.SOLVED, Status.CLOSED)),
            func.coalesce(col(Ticket.solved_at), col(Ticket.opened_at)) > now.since,
        )
    if view == "snoozed":
        return _is_asleep(now)
    conditions = {
        "pending": col(Ticket.status) == Status.PENDING,
        "hold": col(Ticket.status) == Status.HOLD,
        "due": and_(is_waiting(), _is_due_by(now.soon)),
        "reply": or_(is_waiting(), _has_woken(now)),
    }
    return and_(conditions[view], not_(_is_asleep(now)))


def in_order(sort: str) -> tuple[Any, ...]:
    """Return the order of a list by its key."""
    if sort == "new":
        return (func.coalesce(col(Ticket.solved_at), col(Ticket.opened_at)).desc(), _newest())
    wait = (col(Ticket.waiting_since).is_(None), col(Ticket.waiting_since), col(Ticket.id))
    if sort == "priority":
        return (case(_RANKS, value=col(Ticket.priority), else_=2), *wait)
    if sort == "due":
        due = func.coalesce(col(Ticket.reply_due_at), col(Ticket.solution_due_at))
        return (due.is_(None), due, *wait)
    return wait


def meets(operators: Sequence[Operator], now: Moments) -> ColumnElement[bool]:
    """Return what all operators of a search ask of a ticket and its customer.

    Several values of one operator mean any of them; those with a minus mean none of them.
    """
    wanted: dict[str, list[ColumnElement[bool]]] = {}
    refused: list[ColumnElement[bool]] = []
    for one in operators:
        condition = _condition(one, now)
        if one.negated:
            refused.append(not_(condition))
        else:
            wanted.setdefault(one.name, []).append(condition)
    return and_(true(), *(or_(*group) for group in wanted.values()), *refused)


def _condition(one: Operator, now: Moments) -> ColumnElement[bool]:
    if one.name in _COLUMNS:
        return _COLUMNS[one.name](one.value)
    if one.name == "is":
        return _state(one.value, now)
    return _of_customer(one)


def _of_customer(one: Operator) -> ColumnElement[bool]:
    if one.name == "plan":
        found = col(Customer.plan) == one.value
    else:
        name, email = col(Customer.name), col(Customer.email)
        found = or_(
            name.icontains(one.value, autoescape=True), email.icontains(one.value, autoescape=True)
        )
    return col(Ticket.customer_id).in_(select(Customer.id).where(found))


def _state(word: str, now: Moments) -> ColumnElement[bool]:
    return {
        "waiting": is_waiting(),
        "snoozed": _is_asleep(now),
        "late": and_(is_waiting(), _is_due_by(now.now)),
        "practice": col(Ticket.practice).is_(True),
        "merged": col(Ticket.merged_into).is_not(None),
    }[word]


def _is_asleep(now: Moments) -> ColumnElement[bool]:
    return func.coalesce(col(Ticket.snoozed_until) > now.now, false())


def _has_woken(now: Moments) -> ColumnElement[bool]:
    """Return what holds of a ticket put off until a moment that has come, and not worked on yet."""
    return and_(
        func.coalesce(col(Ticket.snoozed_until) <= now.now, false()),
        col(Ticket.status).in_((Status.PENDING, Status.HOLD)),
    )


def _is_due_by(moment: Any) -> ColumnElement[bool]:  # noqa: ANN401 (a moment, or its place)
    return or_(
        func.coalesce(col(Ticket.reply_due_at) <= moment, false()),
        func.coalesce(col(Ticket.solution_due_at) <= moment, false()),
    )


def _newest() -> ColumnElement[Any]:
    return col(Ticket.id).desc()
