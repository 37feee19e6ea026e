"""What a packet is made of, read once when it is sealed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from sqlmodel import Session, col, func, select

from trialsim.accounts.models import Person
from trialsim.committee.models import Statement
from trialsim.committee.queries import identities
from trialsim.committee.rules import excerpts
from trialsim.committee.rules.blinding import Identity, neutral, scrub
from trialsim.committee.rules.choosing import Kind, Reviewed, choose
from trialsim.committee.rules.packets import Evidence, ReviewedLine, Sample, StatementLine
from trialsim.inbox.models import Message, MessageKind, Ticket
from trialsim.inbox.queries.dropped import dropped
from trialsim.programmes.models import Rubric
from trialsim.reviews.models import DrawKind, Rating, Review, ReviewState
from trialsim.trials.models import Trial
from trialsim.trials.queries import rules_of, time_of


@dataclass(frozen=True, slots=True)
class ReviewedTicket:
    """A conversation with its submitted, drawn reviews."""

    ticket: Ticket
    week: int
    reviews: tuple[Review, ...]

    @property
    def score(self) -> float:
        """Return the mean of its reviews."""
        return round(fmean(one.score or 0.0 for one in self.reviews), 1)


@dataclass(frozen=True, slots=True)
class Blind:
    """Who is hidden, and as what."""

    code: str
    candidate: Identity
    mentors: tuple[Identity, ...]

    def text(self, text: str) -> str:
        """Return a text without anybody's name or place."""
        return scrub(text, self.candidate, *self.mentors)

    def comment(self, text: str) -> str:
        """Return what a reviewer wrote, without names, and with they for he and she."""
        return neutral(self.text(text))


def reviewed_tickets(session: Session, trial: Trial, until: datetime) -> tuple[ReviewedTicket, ...]:
    """Return the conversations that enter the figures, in the order of the work."""
    rows = session.exec(
        select(Ticket, Review)
        .join(Review, col(Review.ticket_id) == Ticket.id)
        .where(
            Review.trial_id == trial.id,
            Review.kind == DrawKind.DRAWN,
            Review.state == ReviewState.SUBMITTED,
            col(Review.score).is_not(None),
            col(Review.submitted_at) <= until,
            col(Review.ticket_id).not_in(dropped(session, [trial])),
        )
        .order_by(col(Review.submitted_at), col(Review.id))
    )
    tickets: dict[int, Ticket] = {}
    reviews: dict[int, list[Review]] = defaultdict(list)
    for ticket, review in rows:
        tickets[ticket.id or 0] = ticket
        reviews[ticket.id or 0].append(review)
    found = [
        ReviewedTicket(ticket, reviews[key][0].week, tuple(reviews[key]))
        for key, ticket in tickets.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.week, one.ticket.number)))


def reviewed_lines(rows: Sequence[ReviewedTicket], blind: Blind) -> tuple[ReviewedLine, ...]:
    """Return them as the packet lists them: C1, C2 … in time."""
    return tuple(
        ReviewedLine(
            name=f"C{place}",
            ticket=one.ticket.public_id,
            subject=blind.text(one.ticket.subject),
            channel=str(one.ticket.channel),
            week=one.week,
            score=one.score,
            failed=any(review.failed_critical for review in one.reviews),
        )
        for place, one in enumerate(rows, start=1)
    )


def evidence(
    session: Session,
    trial: Trial,
    rows: Sequence[ReviewedTicket],
    lines: Sequence[ReviewedLine],
    blind: Blind,
) -> tuple[Evidence, ...]:
    """Return the conversations quoted in the packet, chosen by score and by chance."""
    chosen = choose([Reviewed(one.ticket, one.score) for one in lines], trial.seed, "evidence")
    known = {one.ticket.public_id: one for one in rows}
    picked = [known[ticket] for _, ticket in chosen]
    replies = _replies(session, picked)
    quotes = _quotes(session, picked)
    names = {one.ticket: one for one in lines}
    return tuple(
        _evidence(kind, names[ticket], known[ticket], blind, replies, quotes)
        for kind, ticket in chosen
    )


def statements(
    session: Session, trial: Trial, letters: Mapping[int, str], rows: Sequence[ReviewedTicket]
) -> tuple[StatementLine, ...]:
    """Return what mentors wrote, by letter, with how many conversations each of them reviewed."""
    by_mentor = [review.reviewer_id for one in rows for review in one.reviews]
    found = session.exec(select(Statement).where(Statement.trial_id == trial.id))
    written = [
        StatementLine(
            letters[one.mentor_id], one.recommendation, one.body, by_mentor.count(one.mentor_id)
        )
        for one in found
        if one.mentor_id in letters
    ]
    return tuple(sorted(written, key=lambda one: one.mentor))


def sample(session: Session, trial: Trial, rows: Sequence[ReviewedTicket], now: datetime) -> Sample:
    """Return what the figures rest on."""
    channels = session.exec(
        select(Ticket.channel, func.count())
        .where(
            Ticket.trial_id == trial.id,
            col(Ticket.practice).is_(False),
            col(Ticket.answered_at).is_not(None),
            col(Ticket.id).not_in(dropped(session, [trial])),
        )
        .group_by(col(Ticket.channel))
    ).all()
    kept_out = session.exec(
        select(func.count())
        .select_from(Review)
        .where(
            Review.trial_id == trial.id,
            Review.kind != DrawKind.DRAWN,
            Review.state == ReviewState.SUBMITTED,
        )
    ).one()
    rubric = session.exec(select(Rubric.number).where(Rubric.id == trial.rubric_id)).one()
    reviews = [review for one in rows for review in one.reviews]
    counts = {str(channel): count for channel, count in channels}
    return Sample(
        days=rules_of(trial).length_days,
        paid_hours=round(time_of(session, trial, now).worked / 60, 1),
        conversations=sum(counts.values()),
        channels=tuple((one, counts[one]) for one in rules_of(trial).channels if one in counts),
        reviews=len(reviews),
        by_others=sum(review.reviewer_id != trial.mentor_id for review in reviews),
        twice=sum(review.is_second for review in reviews),
        kept_out=kept_out,
        rubric=rubric,
    )


def waiting_for(session: Session, trial: Trial, mentors: Iterable[Person]) -> tuple[str, ...]:
    """Return what has not come: statements and drawn reviews, counted and without a name."""
    wrote = set(
        session.exec(select(Statement.mentor_id).where(Statement.trial_id == trial.id)).all()
    )
    silent = sum(one.id not in wrote for one in mentors)
    reviews = session.exec(
        select(func.count())
        .select_from(Review)
        .where(
            Review.trial_id == trial.id,
            Review.kind == DrawKind.DRAWN,
            Review.state == ReviewState.WAITING,
        )
    ).one()
    said = []
    if silent:
        said.append(f"{silent} mentor’s statement" if silent == 1 else f"{silent} statements")
    if reviews:
        said.append(f"{reviews} drawn review" if reviews == 1 else f"{reviews} drawn reviews")
    return tuple(said)


def blind(
    person: Person, trial: Trial, letters: Mapping[int, str], people: Mapping[int, Person]
) -> Blind:
    """Return whom this trial's packet hides."""
    return Blind(
        trial.code, identities.candidate(person, trial), identities.mentors(people, letters)
    )


def _replies(session: Session, picked: Sequence[ReviewedTicket]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.exec(
        select(Message.ticket_id, Message.body)
        .where(
            col(Message.ticket_id).in_([one.ticket.id for one in picked]),
            Message.kind == MessageKind.REPLY,
        )
        .order_by(col(Message.at), col(Message.id))
    )
    for ticket_id, body in rows:
        found[ticket_id].append(body)
    return found


def _quotes(session: Session, picked: Sequence[ReviewedTicket]) -> dict[int, list[str]]:
    """Return what reviewers quoted, the lowest level first, by ticket."""
    tickets = {review.id: one.ticket.id or 0 for one in picked for review in one.reviews}
    rows = session.exec(
        select(Rating.review_id, Rating.quote)
        .where(col(Rating.review_id).in_(tickets.keys()), Rating.quote != "")
        .order_by(col(Rating.level), col(Rating.id))
    )
    found: dict[int, list[str]] = defaultdict(list)
    for review_id, quote in rows:
        found[tickets[review_id]].append(quote)
    return found


def _evidence(
    kind: Kind,
    line: ReviewedLine,
    row: ReviewedTicket,
    blind: Blind,
    replies: Mapping[int, list[str]],
    quotes: Mapping[int, list[str]],
) -> Evidence:
    ticket_id = row.ticket.id or 0
    quote = excerpts.quote(quotes.get(ticket_id, ()), replies.get(ticket_id, ()))
    comment = next((review.comment for review in row.reviews if review.comment), "")
    return Evidence(
        name=line.name,
        ticket=line.ticket,
        kind=kind,
        channel=line.channel,
        week=line.week,
        score=line.score,
        quote=blind.text(quote),
        said=excerpts.short(blind.comment(comment), excerpts.LONGEST_COMMENT),
    )
