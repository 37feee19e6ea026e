"""What was asked and answered about one ticket: the side thread beside a conversation."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session, col, or_, select

from trialsim.accounts.models import Person
from trialsim.accounts.signing_in import current_person
from trialsim.inbox.models import Ticket
from trialsim.kit.errors import NotFound
from trialsim.programmes.rules import Need, Thing
from trialsim.room.models import Post
from trialsim.room.rules import PostKind
from trialsim.trials import access
from trialsim.trials.models import Trial
from trialsim.web.guards import signed_in
from trialsim.web.session import session

blueprint = Blueprint("ticket_talk", __name__)


@dataclass(frozen=True, slots=True)
class Said:
    """One question or answer with its author."""

    post: Post
    author: str


@blueprint.get("/trials/<pid:pid>/room/tickets/<pid:ticket>")
@signed_in
def show(pid: str, ticket: str) -> ResponseReturnValue:
    """Show the questions about a ticket with their answers; a script gets them alone."""
    trial, _ = access.trial(session, current_person(), pid, Thing.ROOM, Need.READ)
    row = session.exec(
        select(Ticket).where(Ticket.public_id == ticket, Ticket.trial_id == trial.id)
    ).first()
    if row is None:
        raise NotFound
    lines = said_about(session, trial, row)
    if request.headers.get("X-Requested-With") == "fetch":
        return render_template("room/_about.html", lines=lines)
    return render_template("room/about.html", lines=lines, ticket=row, trial=trial)


def said_about(session: Session, trial: Trial, ticket: Ticket) -> list[Said]:
    """Return the questions about a ticket, each followed by its answers; one query."""
    about = select(Post.id).where(Post.trial_id == trial.id, Post.ticket_id == ticket.id)
    rows = session.exec(
        select(Post, Person.name)
        .join(Person, col(Person.id) == Post.author_id)
        .where(
            Post.trial_id == trial.id,
            or_(
                (Post.ticket_id == ticket.id) & (Post.kind == PostKind.QUESTION),
                col(Post.question_id).in_(about),
            ),
        )
    )
    found = [Said(post, name) for post, name in rows]
    return sorted(found, key=lambda one: (one.post.question_id or one.post.id or 0, one.post.at))
