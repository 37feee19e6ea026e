"""The public forum: its threads, marking an answer, moving a thread to another board."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.inbox.actions import forum
from trialsim.inbox.pages import own_ticket
from trialsim.inbox.queries.forum import forum_page
from trialsim.simulation.forum import BOARDS
from trialsim.trials.current import own_trial
from trialsim.web.context import now
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session

blueprint = Blueprint("forum", __name__, url_prefix="/forum")


@blueprint.app_context_processor
def name_boards() -> dict[str, object]:
    """Let every page that shows a thread name the boards."""
    return {"boards": BOARDS}


@blueprint.get("")
@signed_in
def index() -> ResponseReturnValue:
    """Show the threads, all or those of one board."""
    asked = request.args.get("board", "")
    page = forum_page(session, own_trial(), asked if asked in BOARDS else "")
    return render_template("forum/index.html", page=page)


@blueprint.post("/<pid:public_id>/answer")
@signed_in
@once
def mark_answer(public_id: str) -> ResponseReturnValue:
    """Mark a post as the answer, or take the mark back."""
    trial, ticket = own_ticket(public_id)
    post = request.form.get("post", "")[:20]
    forum.mark_answer(session, trial, ticket, post=post, by=current_person(), now=now())
    return redirect(url_for("inbox.show", public_id=public_id) + f"#{post}", 303)


@blueprint.post("/<pid:public_id>/board")
@signed_in
@once
def move_board(public_id: str) -> ResponseReturnValue:
    """Move a thread to another board."""
    trial, ticket = own_ticket(public_id)
    board = request.form.get("board", "")[:40]
    flash(
        forum.move_board(session, trial, ticket, board=board, by=current_person(), now=now()),
        "plain",
    )
    return redirect(url_for("inbox.show", public_id=public_id), 303)
