"""Pages of the committee: the list of packets, one packet, and what is done with it."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.accounts.signing_in import current_person
from trialsim.committee import access
from trialsim.committee.access import Door
from trialsim.committee.actions import decisions, letters, reading, votes
from trialsim.committee.forms import (
    DecisionForm,
    LetterForm,
    SecondingForm,
    VoteForm,
    parse_with_evidence,
    ticked,
)
from trialsim.committee.models import Packet
from trialsim.committee.pages.conversation import conversation_page, reviewed_ticket
from trialsim.committee.pages.packet import Sent, packet_page
from trialsim.committee.queries.packets import opened_tickets, packet_lines
from trialsim.db import write_session
from trialsim.inbox.models import Ticket
from trialsim.kit.errors import Invalid
from trialsim.programmes.rules import Need, Relation, Thing
from trialsim.trials.current import current_standings
from trialsim.web.context import now, settings
from trialsim.web.forms import Parsed, parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import engine, session

blueprint = Blueprint("committee", __name__)


@blueprint.get("/packets")
@signed_in
def packets() -> ResponseReturnValue:
    """List the packets somebody may read, by code."""
    person = current_person()
    access.packets(person, current_standings())
    return render_template("committee/packets.html", lines=packet_lines(session, person))


@blueprint.get("/packets/<pid:pid>")
@signed_in
def packet(pid: str) -> ResponseReturnValue:
    """Show one packet: its sheets, and the vote or what came of the votes."""
    door = _door(pid, Thing.PACKET, Need.READ)
    if not reading.has_opened(session, door.packet, current_person()):
        _note(partial(_open_packet, door.packet.id or 0))
        door = _door(pid, Thing.PACKET, Need.READ)
    page = packet_page(session, door, current_person())
    return render_template("committee/packet.html", page=page)


@blueprint.get("/packets/<pid:pid>/conversations")
@signed_in
def conversations(pid: str) -> ResponseReturnValue:
    """List every reviewed conversation that stands behind the figures."""
    door = _door(pid, Thing.PACKET, Need.READ)
    page = packet_page(session, door, current_person())
    opened = opened_tickets(session, door.packet, current_person())
    return render_template("committee/conversations.html", page=page, opened=opened)


@blueprint.get("/packets/<pid:pid>/conversations/<pid:ticket>")
@signed_in
def conversation(pid: str, ticket: str) -> ResponseReturnValue:
    """Show one of them in full; for a committee member this is kept."""
    door = _door(pid, Thing.PACKET, Need.READ)
    row = reviewed_ticket(session, door.packet, ticket)
    opened = opened_tickets(session, door.packet, current_person())
    if door.standing is Relation.COMMITTEE and ticket not in opened:
        _note(partial(_open_evidence, door.packet.id or 0, row.id or 0))
        door = _door(pid, Thing.PACKET, Need.READ)
        row = reviewed_ticket(session, door.packet, ticket)
    page = conversation_page(session, door.packet, door.trial, row)
    return render_template("committee/conversation.html", page=page)


@blueprint.post("/packets/<pid:pid>/votes")
@signed_in
@once
def vote(pid: str) -> ResponseReturnValue:
    """Cast a vote, or change one's own while all are sealed."""
    door = _door(pid, Thing.VOTE, Need.WRITE)
    form = parse_with_evidence(VoteForm, request.form)
    if form.errors:
        return _again(door, "vote", form)
    value = form.value
    try:
        votes.cast_vote(
            session,
            door.packet,
            value.ballot,
            by=current_person(),
            now=now(),
            version=value.version,
            base_url=settings().base_url,
        )
    except Invalid as error:
        return _again(door, "vote", form.with_errors(error.fields))
    flash("Your vote is in. Nobody sees it before the last one is.", "good")
    return redirect(url_for("committee.packet", pid=pid), 303)


@blueprint.post("/packets/<pid:pid>/stepping-aside")
@signed_in
@once
def step_aside(pid: str) -> ResponseReturnValue:
    """Leave a packet to others, because one knows who it is."""
    door = _door(pid, Thing.VOTE, Need.WRITE)
    votes.step_aside(session, door.packet, by=current_person(), now=now())
    flash("You stepped aside. Somebody else will be asked. Thank you for saying so.", "good")
    return redirect(url_for("committee.packets"), 303)


@blueprint.post("/packets/<pid:pid>/decision")
@signed_in
@once
def propose(pid: str) -> ResponseReturnValue:
    """Propose what to decide."""
    door = _door(pid, Thing.DECISION, Need.WRITE)
    access.voter(door)
    form = parse_with_evidence(DecisionForm, request.form)
    if form.errors:
        return _again(door, "decision", form)
    try:
        decisions.propose(
            session,
            door.packet,
            form.value.proposal,
            by=current_person(),
            now=now(),
            version=form.value.version,
        )
    except Invalid as error:
        return _again(door, "decision", form.with_errors(error.fields))
    flash("Proposed. It is decided once somebody else of the committee seconds it.", "good")
    return redirect(url_for("committee.packet", pid=pid), 303)


@blueprint.post("/packets/<pid:pid>/seconding")
@signed_in
def second(pid: str) -> ResponseReturnValue:
    """Make somebody else's proposal the committee's decision."""
    door = _door(pid, Thing.DECISION, Need.WRITE)
    access.voter(door)
    version = parse(SecondingForm, request.form).value.version
    decisions.second(session, door.packet, by=current_person(), now=now(), version=version)
    flash("Decided. The programme manager sends the letter.", "good")
    return redirect(url_for("committee.packet", pid=pid), 303)


@blueprint.post("/packets/<pid:pid>/letter")
@signed_in
@once
def send_letter(pid: str) -> ResponseReturnValue:
    """Send the candidate the decision with its reasons."""
    door = _door(pid, Thing.PACKET, Need.MANAGE)
    form = parse_with_evidence(LetterForm, request.form)
    if form.errors:
        return _again(door, "letter", form)
    try:
        letters.send_letter(
            session,
            door.packet,
            form.value.text,
            by=current_person(),
            now=now(),
            base_url=settings().base_url,
        )
    except Invalid as error:
        return _again(door, "letter", form.with_errors(error.fields))
    flash("The letter is on its way. The mail says only that it is there.", "good")
    return redirect(url_for("committee.packet", pid=pid), 303)


def _door(pid: str, thing: Thing, need: Need) -> Door:
    return access.packet(session, current_person(), pid, thing, need)


def _again(
    door: Door, name: str, form: Parsed[VoteForm] | Parsed[DecisionForm] | Parsed[LetterForm]
) -> ResponseReturnValue:
    """Show a form again as it was sent, with what to put right."""
    sent = Sent(name, form.typed, ticked(request.form), form.errors)
    page = packet_page(session, door, current_person(), sent)
    return render_template("committee/packet.html", page=page), 422


def _note(keep: Callable[[Session, Person], None]) -> None:
    """Keep that something was read, in a short transaction of its own before the page's reads."""
    person_id = current_person().id
    session.rollback()
    with write_session(engine()) as writing:
        keep(writing, writing.get_one(Person, person_id))


def _open_packet(packet_id: int, writing: Session, person: Person) -> None:
    reading.open_packet(writing, writing.get_one(Packet, packet_id), by=person, now=now())


def _open_evidence(packet_id: int, ticket_id: int, writing: Session, person: Person) -> None:
    held, ticket = writing.get_one(Packet, packet_id), writing.get_one(Ticket, ticket_id)
    reading.open_evidence(writing, held, ticket, by=person, now=now())
