"""What the engine heard in replies, and what people ruled on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from trialsim.inbox.models import Message, MessageKind, Overrule, OverruleKind
from trialsim.simulation.overruling import Heard, Ruling
from trialsim.simulation.types import Form, Scenario

KINDS = (OverruleKind.FACT, OverruleKind.POINT, OverruleKind.TRAP)
KIND_WORDS = {"fact": "Asked for", "point": "Said", "trap": "Harmful"}


@dataclass(frozen=True, slots=True)
class Court:
    """Everything that scoring a ticket takes from people: rulings, and what they are about."""

    heard: tuple[Heard, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    value: float | None = None


def court(
    session: Session, ticket_id: int, forms: Sequence[Form], merged: Iterable[int] = ()
) -> Court:
    """Return what people ruled on a ticket; one query, and another where they ruled at all.

    `merged` are tickets about the same trouble whose replies count here as well.
    """
    wanted = [ticket_id, *merged]
    rows = standing(session, wanted)
    if not rows:
        return Court()
    replies = session.exec(
        select(Message)
        .where(col(Message.ticket_id).in_(wanted), Message.kind == MessageKind.REPLY)
        .order_by(col(Message.at), col(Message.id))
    ).all()
    places = {message.id: place for place, message in enumerate(replies)}
    scenarios = [form.scenario for form in forms]
    names = [one.id for one in scenarios]
    values = [one.value for one in rows if one.ticket_id == ticket_id and one.value is not None]
    return Court(
        heard=tuple(
            one
            for place, message in enumerate(replies)
            for one in heard_in(message.why, place, scenarios)
        ),
        rulings=tuple(
            Ruling(places[one.message_id], str(one.kind), one.name, one.counts, matter)
            for one in rows
            if one.message_id in places and one.scenario in names
            for matter in (names.index(one.scenario),)
        ),
        value=values[-1] if values else None,
    )


def standing(session: Session, ticket_ids: Iterable[int]) -> list[Overrule]:
    """Return the rulings on some tickets that nobody took back, oldest first."""
    query = (
        select(Overrule)
        .where(col(Overrule.ticket_id).in_(list(ticket_ids)), col(Overrule.withdrawn_at).is_(None))
        .order_by(col(Overrule.id))
    )
    return list(session.exec(query))


def heard_in(why: Mapping[str, Any], place: int, scenarios: Sequence[Scenario]) -> list[Heard]:
    """Return what was counted in one stored reading, each thing once, in order."""
    found: dict[tuple[str, str, int], Heard] = {}
    for match in matches_of(why):
        kind, name = str(match["kind"]), str(match["id"])
        matter = matter_of(match, scenarios)
        if kind in KINDS and not match["skipped"] and name in known(scenarios[matter], kind):
            one = Heard(place, kind, name, matter, is_guess=_is_guess(why, name))
            found.setdefault((kind, name, matter), one)
    return list(found.values())


def matches_of(why: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the matches of a stored reading."""
    return list(why.get("reading", {}).get("matches", ()))


def matter_of(match: Mapping[str, Any], scenarios: Sequence[Scenario]) -> int:
    """Return the matter a match is about; where none was stored, the first that knows its name."""
    stored = match.get("matter")
    if isinstance(stored, int) and 0 <= stored < len(scenarios):
        return stored
    kind, name = str(match["kind"]), str(match["id"])
    return next((at for at, one in enumerate(scenarios) if name in known(one, kind)), 0)


def known(scenario: Scenario, kind: str) -> Mapping[str, object]:
    """Return what a scenario knows of a kind, by name; empathy and the like are none of these."""
    banks: dict[str, Mapping[str, object]] = {
        "fact": scenario.facts,
        "point": scenario.points,
        "trap": scenario.traps,
    }
    return banks.get(kind, {})


def reply_places(messages: Iterable[Message]) -> dict[int | None, int]:
    """Return the place of every reply of a conversation, from 1, by row id."""
    replies = (one for one in messages if one.kind is MessageKind.REPLY)
    return {one.id: place for place, one in enumerate(replies, start=1)}


def ruled_words(row: Overrule, places: Mapping[int | None, int]) -> str:
    """Return what was ruled, such as "Said: refunded. Not in reply 2"."""
    if row.kind is OverruleKind.OUTCOME:
        return f"The outcome is {row.value:g} of 100"
    words = f"{KIND_WORDS[row.kind]}: {row.name.replace('_', ' ')}"
    place = f"reply {places[row.message_id]}" if row.message_id in places else "a reply"
    return f"{words}. It counts in {place}" if row.counts else f"{words}. Not in {place}"


def told(session: Session, messages: Sequence[Message]) -> tuple[tuple[str, str], ...]:
    """Return the standing rulings on a conversation with their reasons, by nobody's name."""
    places = reply_places(messages)
    rows = standing(session, {one.ticket_id for one in messages})
    return tuple((ruled_words(one, places), one.reason) for one in rows)


def _is_guess(why: Mapping[str, Any], name: str) -> bool:
    words = f"{name.replace('_', ' ')}: half"
    reasons = why.get("reasons", ())
    return any(one["code"] == "guess" and one["text"].startswith(words) for one in reasons)
