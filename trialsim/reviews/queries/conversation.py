"""A conversation as a reviewer or its candidate reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.inbox.models import Case, Message, MessageKind
from trialsim.inbox.queries.forum import public_hints
from trialsim.inbox.queries.messages import messages_of
from trialsim.kit.text import initials
from trialsim.reviews.rules.blinding import scrub
from trialsim.simulation.forum import Hint

_YOU = "You "


@dataclass(frozen=True, slots=True)
class Line:
    """One message. `minutes` count from the first one, so that no clock gives a zone away.

    `reasons` are the engine's and empty until the reviewer's own score is in.
    """

    kind: MessageKind
    author: str
    initials: str
    body: str
    minutes: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who writes in a conversation: the customer's name and how the candidate is called."""

    customer: str
    candidate: str
    candidate_initials: str


def messages(session: Session, ticket_id: int) -> list[Message]:
    """Return everything written on a ticket and on those merged into it, oldest first."""
    return messages_of(session, ticket_id)


def blind_lines(
    rows: list[Message], customer: str, candidate: Person, code: str, *, with_reasons: bool
) -> tuple[Line, ...]:
    """Return a conversation in which the candidate is a code, in every text."""
    speakers = Speakers(customer, f"Candidate {code}", code)
    begins = rows[0].at if rows else None
    return tuple(
        _line(row, speakers, begins, blind_text(row, candidate, code), with_reasons=with_reasons)
        for row in rows
    )


def own_lines(rows: list[Message], customer: str, candidate: Person) -> tuple[Line, ...]:
    """Return a conversation as its candidate reads it; never with the engine's reasons."""
    speakers = Speakers(customer, "You", initials(candidate.name))
    begins = rows[0].at if rows else None
    return tuple(_line(row, speakers, begins, row.body, with_reasons=False) for row in rows)


def blind_hints(rows: list[Message], case: Case, candidate: Person, code: str) -> tuple[Hint, ...]:
    """Return what to look at in a public thread, without the candidate's name."""
    found = public_hints(case.form["channel"], rows, case.form["language"])
    return tuple(
        replace(one, quote=scrub(one.quote, candidate.name, candidate.email, code)) for one in found
    )


def blind_text(row: Message, candidate: Person, code: str) -> str:
    """Return one message without the candidate's name; an event speaks of the code, not of you."""
    text = row.body
    if row.kind is MessageKind.EVENT and text.startswith(_YOU):
        text = f"{code} {text.removeprefix(_YOU)}"
    return scrub(text, candidate.name, candidate.email, code)


def quotable(rows: list[Message], candidate: Person, code: str) -> list[str]:
    """Return the texts a quote may come from: the candidate's, as written and as shown."""
    others = (MessageKind.CUSTOMER, MessageKind.MEMBER)
    own = [row for row in rows if row.kind not in others and not row.speaker]
    return [row.body for row in own] + [blind_text(row, candidate, code) for row in own]


def reasons_of(why: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the engine's stored reasons as sentences: a customer's turn, or a reply's reading."""
    turn = [_reason_words(part) for part in why.get("turn", ())]
    matches = why.get("reading", {}).get("matches", ())
    return tuple(one for one in (*turn, *map(_match_words, matches)) if one)


def _line(
    row: Message, speakers: Speakers, begins: datetime | None, body: str, *, with_reasons: bool
) -> Line:
    other = speakers.customer if row.kind is MessageKind.CUSTOMER else row.speaker
    passed = (row.at - begins).total_seconds() / 60 if begins else 0.0
    return Line(
        kind=row.kind,
        author=other or speakers.candidate,
        initials=initials(other) if other else speakers.candidate_initials,
        body=body,
        minutes=max(0.0, passed),
        reasons=reasons_of(row.why) if with_reasons else (),
    )


def _reason_words(reason: Mapping[str, Any]) -> str:
    words, sentence = str(reason.get("text", "")), reason.get("sentence", "")
    mood = float(reason.get("mood", 0.0))
    words = f"{words}: “{sentence}”" if words and sentence else words
    return f"{words} (mood {mood:+.2f})" if words and mood else words


def _match_words(match: Mapping[str, Any]) -> str:
    sentence, kind = match.get("sentence", ""), match.get("kind", "")
    words = f"“{sentence}” was read as {kind} {match.get('id', '')}".rstrip()
    skipped = match.get("skipped", "")
    return f"{words}, not counted: {skipped}." if skipped else f"{words}."
