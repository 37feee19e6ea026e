"""The room of a trial, where its candidate and mentors write to each other."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.kit.errors import NotAllowed
from trialsim.programmes.rules import Need, Relation, Thing
from trialsim.room import actions
from trialsim.room.forms import BodyForm, PostForm, ReflectionForm, UpdateForm
from trialsim.room.marks import mention
from trialsim.room.mentions import with_names
from trialsim.room.models import Post
from trialsim.room.pages import RoomPage, room_page
from trialsim.room.reading import seen
from trialsim.trials import access
from trialsim.trials.current import own_trial
from trialsim.trials.models import Trial
from trialsim.web.context import now, settings
from trialsim.web.forms import parse
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.redirects import local_path
from trialsim.web.session import session

blueprint = Blueprint("room", __name__)

Errors = Mapping[str, str]


@blueprint.get("/room")
@signed_in
def own() -> ResponseReturnValue:
    """Lead a candidate to the room of their newest trial."""
    return redirect(url_for("room.show", pid=own_trial().public_id), 303)


@blueprint.get("/trials/<pid:pid>/room")
@signed_in
def show(pid: str) -> ResponseReturnValue:
    """Show the thread, with what the reader may write."""
    trial, standing = _room(pid, Need.READ)
    page = _page_of(trial, standing)
    shown = _shown(page)
    seen(current_person(), pid, has_new=page.new_count > 0)
    return shown


@blueprint.post("/trials/<pid:pid>/room/posts")
@signed_in
@once
def write(pid: str) -> ResponseReturnValue:
    """Ask a question, or write a message; mentors ask by message."""
    trial, standing = _room(pid, Need.WRITE)
    form = parse(PostForm, request.form)
    if form.errors:
        return _page(trial, standing, "post", form.typed, form.errors), 422
    sent = form.value
    body = with_names(sent.body, _ticked(trial, standing))
    if sent.kind == "question":
        _only_candidate(standing)
        post = actions.ask(
            session, trial, by=current_person(), body=body, now=now(), ticket=sent.ticket
        )
    else:
        post = actions.send_message(session, trial, by=current_person(), body=body, now=now())
    _mention(trial, standing, post)
    return _back(trial, sent.next, post.public_id)


@blueprint.post("/trials/<pid:pid>/room/questions/<pid:question>/answers")
@signed_in
@once
def answer(pid: str, question: str) -> ResponseReturnValue:
    """Answer a question; the candidate's own follow-up is a message."""
    trial, standing = _room(pid, Need.WRITE)
    if standing is not Relation.MENTOR:
        raise NotAllowed
    form = parse(BodyForm, request.form)
    if form.errors:
        return _page(trial, standing, question, form.typed, form.errors), 422
    post = actions.answer(
        session, trial, question=question, by=current_person(), body=form.value.body, now=now()
    )
    _mention(trial, standing, post)
    return _back(trial, form.value.next, post.public_id)


@blueprint.post("/trials/<pid:pid>/room/updates")
@signed_in
@once
def update(pid: str) -> ResponseReturnValue:
    """Post the daily update."""
    trial, standing = _room(pid, Need.WRITE)
    _only_candidate(standing)
    form = parse(UpdateForm, request.form)
    if form.errors:
        return _page(trial, standing, "update", form.typed, form.errors), 422
    sent = form.value
    actions.post_update(
        session,
        trial,
        by=current_person(),
        lines=(sent.done, sent.stuck, sent.coming),
        now=now(),
    )
    flash("Your daily update is posted. Thank you.")
    return redirect(local_path(sent.next, url_for("room.show", pid=pid)), 303)


@blueprint.post("/trials/<pid:pid>/room/hand-overs")
@signed_in
@once
def hand_over(pid: str) -> ResponseReturnValue:
    """Leave a hand-over note."""
    trial, standing = _room(pid, Need.WRITE)
    _only_candidate(standing)
    form = parse(BodyForm, request.form)
    if form.errors:
        return _page(trial, standing, "hand_over", form.typed, form.errors), 422
    actions.hand_over(session, trial, by=current_person(), body=form.value.body, now=now())
    flash("Your hand-over note is there for whoever comes next.")
    return redirect(local_path(form.value.next, url_for("room.show", pid=pid)), 303)


@blueprint.post("/trials/<pid:pid>/room/reflections")
@signed_in
@once
def reflect(pid: str) -> ResponseReturnValue:
    """Write the week's reflection."""
    trial, standing = _room(pid, Need.WRITE)
    _only_candidate(standing)
    form = parse(ReflectionForm, request.form)
    if form.errors:
        return _page(trial, standing, "reflection", form.typed, form.errors), 422
    sent = form.value
    lines = (sent.well, sent.hard, sent.coming)
    post = actions.reflect(session, trial, by=current_person(), lines=lines, now=now())
    flash("Your reflection is there for your mentors to read. Thank you.")
    return _back(trial, "", post.public_id)


def _room(pid: str, need: Need) -> tuple[Trial, Relation]:
    return access.trial(session, current_person(), pid, Thing.ROOM, need)


def _only_candidate(standing: Relation) -> None:
    if standing is not Relation.OWN:
        raise NotAllowed


def _ticked(trial: Trial, standing: Relation) -> list[str]:
    """Return the names ticked beside the composer, of those that can be mentioned here."""
    names = request.form.getlist("mention")
    if not names:
        return []
    return [one.name for one in _page_of(trial, standing).handles if one.name in names]


def _mention(trial: Trial, standing: Relation, post: Post) -> None:
    if "@" not in post.body:
        return
    room = url_for("room.show", pid=trial.public_id, _anchor=post.public_id)
    people = _page_of(trial, standing).handles
    mention(
        session,
        post,
        people,
        author=current_person().name,
        link=f"{settings().base_url}{room}",
    )


def _back(trial: Trial, target: str, post: str) -> ResponseReturnValue:
    room = url_for("room.show", pid=trial.public_id, _anchor=post)
    return redirect(local_path(target, room), 303)


def _page(
    trial: Trial,
    standing: Relation,
    place: str = "",
    typed: Mapping[str, str] | None = None,
    errors: Errors | None = None,
) -> str:
    """Return the room; `place` names the form whose texts and errors are given back."""
    return _shown(_page_of(trial, standing), place, typed, errors)


def _page_of(trial: Trial, standing: Relation) -> RoomPage:
    return room_page(session, trial, standing, current_person(), now())


def _shown(
    page: RoomPage,
    place: str = "",
    typed: Mapping[str, str] | None = None,
    errors: Errors | None = None,
) -> str:
    return render_template(
        "room/show.html",
        page=page,
        place=place,
        typed=dict(typed or {}),
        errors=dict(errors or {}),
    )
