"""Reading everything that is held about somebody; one query a table, at any size."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_rows

from trialsim.accounts.models import Person
from trialsim.inbox.models import Attachment, Case, Customer, Ticket
from trialsim.inbox.queries.reading import is_debriefed
from trialsim.programmes.models import Cohort, Membership, Programme
from trialsim.reviews.queries.pages import first_name
from trialsim.trials.models import Trial
from trialsim.workflows.export.holdings import HELD, Holding

Json = dict[str, Any]
_ME = "you"
_PLACES = {"ticket_id": "ticket", "review_id": "review"}
_MANY = 500


@dataclass(frozen=True, slots=True)
class Owned:
    """The rows that are somebody's: trials with their cohorts, ticket and review ids by trial."""

    person: Person
    trials: tuple[tuple[Trial, Cohort, Programme], ...]
    tickets: Mapping[int, str]
    reviews: Mapping[int, str]
    now: datetime

    def ids(self, holding: Holding) -> Sequence[int]:
        """Return the ids that a table's rows hang on."""
        return {
            "person": [self.person.id or 0],
            "trial": [trial.id or 0 for trial, _, _ in self.trials],
            "ticket": list(self.tickets),
            "review": list(self.reviews),
        }[holding.of]


def account(session: Session, person: Person) -> Json:
    """Return the account and every role that is or was held."""
    rows = session.exec(
        select_rows(Membership, Cohort.name)
        .join(Cohort, col(Cohort.id) == Membership.cohort_id)
        .where(Membership.person_id == person.id)
        .order_by(col(Membership.id))
    )
    told = ("public_id", "name", "email", "zone", "is_manager", "shortcuts_on", "created_at")
    roles = [
        {
            "cohort": cohort,
            "role": row.role,
            "invited_at": row.invited_at,
            "accepted_at": row.accepted_at,
            "ended_at": row.ended_at,
        }
        for row, cohort in rows
    ]
    facts: Json = plain({name: getattr(person, name) for name in told})
    return facts | {"roles": plain(roles)}


def owned(session: Session, person: Person, now: datetime) -> Owned:
    """Return what is somebody's as a candidate; three queries."""
    trials = session.exec(
        select_rows(Trial, Cohort, Programme)
        .join(Cohort, col(Cohort.id) == Trial.cohort_id)
        .join(Programme, col(Programme.id) == Cohort.programme_id)
        .where(Trial.person_id == person.id)
        .order_by(col(Trial.id))
    ).all()
    ids = [trial.id for trial, _, _ in trials]
    tickets = session.exec(
        select_rows(Ticket.id, Ticket.public_id).where(col(Ticket.trial_id).in_(ids))
    )
    review = SQLModel.metadata.tables["review"]
    reviews = session.connection().execute(
        select(review.c.id, review.c.public_id).where(
            review.c.trial_id.in_(ids), review.c.released_at <= now
        )
    )
    return Owned(
        person,
        tuple((one, cohort, programme) for one, cohort, programme in trials),
        {key or 0: public for key, public in tickets},
        {int(key): str(public) for key, public in reviews},
        now,
    )


def trial_facts(trial: Trial, cohort: Cohort, programme: Programme) -> Json:
    """Return one trial as its candidate knows it: no seed and no code."""
    told = (
        "public_id", "state", "starts_on", "ends_on", "zone", "weekdays", "day_starts", "day_ends",
        "accepted_at", "live_at", "live_reason", "closed_at", "pauses", "earlier_hours",
        "dropped_on", "allowances", "left_at", "desk", "rules",
    )  # fmt: skip
    facts: Json = plain({name: getattr(trial, name) for name in told})
    return {"programme": programme.name, "cohort": cohort.name} | facts


def rows(session: Session, mine: Owned) -> dict[str, list[Json]]:
    """Return the rows of every table that is given, by file; people by first name alone."""
    found = {
        holding.file: _rows(session, SQLModel.metadata.tables[name], holding, mine)
        for name, holding in HELD.items()
        if name in SQLModel.metadata.tables
    }
    _beside_tickets(session, mine, found)
    names = _names(session, found, mine)
    return {file: [_told(one, mine, names) for one in many] for file, many in found.items()}


def files(session: Session, mine: Owned) -> Iterable[tuple[str, bytes]]:
    """Yield the files somebody attached, one at a time, under names of our own."""
    for part in _parts(list(mine.tickets)):
        query = select_rows(Attachment).where(col(Attachment.ticket_id).in_(part))
        for row in session.exec(query.execution_options(yield_per=1)):
            yield f"{row.public_id}.{row.kind}", row.content


def plain(value: Any) -> Any:  # noqa: ANN401 (whatever JSON columns hold)
    """Return a value as JSON knows it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def _rows(session: Session, table: Table, holding: Holding, mine: Owned) -> list[Json]:
    columns = [table.c[name] for name in (*holding.columns,)]
    owner, order = table.c[holding.owner], tuple(table.primary_key.columns)
    found: list[Json] = []
    for part in _parts(mine.ids(holding)):
        query = select(*columns, *((table.c.trial_id,) if "trial_id" in table.c else ())).where(
            owner.in_(part)
        )
        if holding.shown_from:
            query = query.where(table.c[holding.shown_from] <= mine.now)
        result = session.connection().execute(query.order_by(*order))
        found += [dict(row) for row in result.mappings()]
    return found


def _beside_tickets(session: Session, mine: Owned, found: dict[str, list[Json]]) -> None:
    """Add to each ticket its customer, hints taken in practice, and once decided its outcome."""
    debriefed = {trial.id for trial, _, _ in mine.trials if is_debriefed(trial)}
    beside: dict[str, Json] = {}
    for part in _parts(list(mine.tickets)):
        query = (
            select_rows(Ticket, Customer.name, Case)
            .join(Customer, col(Customer.id) == Ticket.customer_id)
            .join(Case, col(Case.ticket_id) == Ticket.id)
            .where(col(Ticket.id).in_(part))
        )
        for ticket, name, case in session.exec(query):
            beside[ticket.public_id] = {"customer": name, "hints": plain(case.hints)} | (
                {"outcome": case.outcome} if ticket.trial_id in debriefed else {}
            )
    for one in found["tickets"]:
        one.update(beside.get(one["public_id"], {}))


def _names(session: Session, found: Mapping[str, list[Json]], mine: Owned) -> Mapping[int, str]:
    """Return the first names of everybody who wrote to somebody, their own as you; one query."""
    keys = {
        value
        for many in found.values()
        for one in many
        for name, value in one.items()
        if _is_person(name) and value
    }
    people = session.exec(select_rows(Person).where(col(Person.id).in_(keys)))
    names: dict[int, str] = defaultdict(str)
    names |= {one.id or 0: first_name(one) for one in people}
    names[mine.person.id or 0] = _ME
    return names


def _told(row: Json, mine: Owned, names: Mapping[int, str]) -> Json:
    """Return a row without the numbers of the house: ids become public ids and first names."""
    trials = {trial.id: trial.public_id for trial, _, _ in mine.trials}
    told: Json = {}
    for name, value in row.items():
        if _is_person(name):
            told[name.removesuffix("_id")] = names.get(value, "") if value else None
        elif name == "trial_id":
            told["trial"] = trials[value]
        elif name in _PLACES:
            places = mine.tickets if name == "ticket_id" else mine.reviews
            told[_PLACES[name]] = places.get(value)
        else:
            told[name] = plain(value)
    return told


def _is_person(column: str) -> bool:
    return column in {
        "author_id", "by_id", "mentor_id", "reviewer_id", "opened_by", "answered_by"
    }  # fmt: skip


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    """Yield ids in parts: databases take only so many in one query."""
    return (ids[place : place + _MANY] for place in range(0, len(ids), _MANY))
