"""A mentor's list of reviews, and one review."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.kit.errors import Invalid
from trialsim.reviews import access, actions
from trialsim.reviews.forms import PickForm, Scorecard, SkipForm, scorecard
from trialsim.reviews.queries.pages import File, review_page
from trialsim.reviews.queries.scorecards import FAILURE_WORDS, rubric_of
from trialsim.reviews.queries.waiting import queue_items, queue_page
from trialsim.reviews.rules.scoring import Card, applying
from trialsim.trials.current import current_standings
from trialsim.web.context import now
from trialsim.web.filters import clock_time
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session

blueprint = Blueprint("reviews", __name__)


@blueprint.get("/reviews")
@signed_in
def queue() -> ResponseReturnValue:
    """Show what waits for a mentor, why, and by when."""
    person = current_person()
    access.mentor(current_standings())
    return render_template("reviews/queue.html", page=queue_page(session, person, now()))


@blueprint.post("/reviews")
@signed_in
@once
def pick() -> ResponseReturnValue:
    """Pick a conversation by hand, for feedback only."""
    person = current_person()
    form = parse(PickForm, request.form)
    trial, ticket = access.pickable(session, person, form.value.ticket)
    picked = actions.pick(session, trial, ticket, reason=form.value.reason, by=person, now=now())
    return redirect(url_for("reviews.show", public_id=picked.public_id), 303)


@blueprint.get("/reviews/<pid:public_id>")
@signed_in
def show(public_id: str) -> ResponseReturnValue:
    """Show one review: conversation and scorecard."""
    file = access.review(session, current_person(), public_id)
    return _page(file)


@blueprint.post("/reviews/<pid:public_id>")
@signed_in
@once
def save(public_id: str) -> ResponseReturnValue:
    """Keep a scorecard as a draft, or submit it and go on with the next."""
    person = current_person()
    file = access.review(session, person, public_id)
    form = _scorecard(file)
    if form.errors:
        return _page(file, form.card, form.errors), 422
    if not form.is_submitted:
        actions.save_draft(session, file.review, form.card, version=form.version)
        flash("Draft saved. Nobody else sees it.")
        return redirect(url_for("reviews.show", public_id=public_id), 303)
    try:
        actions.submit(session, file.review, form.card, by=person, now=now(), version=form.version)
    except Invalid as fault:
        return _page(file, form.card, fault.fields), 422
    flash(_thanks(file))
    return redirect(_next(), 303)


@blueprint.post("/reviews/<pid:public_id>/draft")
@signed_in
def keep(public_id: str) -> ResponseReturnValue:
    """Keep the draft of an open page; answers with words for its status line."""
    file = access.review(session, current_person(), public_id)
    form = _scorecard(file)
    if form.errors:
        return "Not saved: some text is too long.", 422
    actions.keep_draft(session, file.review, form.card, version=form.version)
    return f"Draft saved {clock_time(now())}"


@blueprint.post("/reviews/<pid:public_id>/skip")
@signed_in
@once
def skip(public_id: str) -> ResponseReturnValue:
    """Hand a review on, with a reason."""
    person = current_person()
    file = access.review(session, person, public_id)
    form = parse(SkipForm, request.form)
    if form.errors:
        return _page(file, errors=form.errors), 422
    actions.skip(session, file.review, file.trial, reason=form.value.reason, by=person, now=now())
    flash("Skipped. Somebody else takes it over where it is needed.")
    return redirect(_next(), 303)


def _page(file: File, typed: Card | None = None, errors: object = None) -> str:
    page = review_page(session, file, current_person(), now(), typed)
    failures = [("", "None"), *((str(key), words) for key, words in FAILURE_WORDS.items())]
    return render_template("reviews/review.html", page=page, errors=errors or {}, failures=failures)


def _scorecard(file: File) -> Scorecard:
    return scorecard(request.form, applying(rubric_of(file.rubric), file.ticket.channel))


def _thanks(file: File) -> str:
    if file.review.released_at is not None:
        return f"Submitted. Candidate {file.trial.code} can read it now."
    return "Submitted. The candidate reads it when the second score is in, or within a day."


def _next() -> str:
    """Return the address of the review that waits first, else of the list."""
    waiting = queue_items(session, current_person(), now())
    if not waiting:
        return url_for("reviews.queue")
    return url_for("reviews.show", public_id=waiting[0].public_id)
