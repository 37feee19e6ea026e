"""The channel of a cohort, and what somebody wants to be told about rooms and channels."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.kit.errors import Invalid, NotFound
from trialsim.kit.text import clean
from trialsim.programmes import access
from trialsim.programmes.models import Cohort
from trialsim.programmes.rules import Need, Relation, Role, Thing
from trialsim.room import channel, choices
from trialsim.room.channel_pages import ChannelPage, channel_page, shown_name
from trialsim.room.choices import Hours
from trialsim.room.forms import ChannelForm, ChoicesForm
from trialsim.room.marks import mention
from trialsim.room.mentions import with_names
from trialsim.room.presence import USUAL_DAYS, USUAL_END, USUAL_START
from trialsim.room.reading import seen
from trialsim.trials.current import current_standings
from trialsim.web.context import now, settings
from trialsim.web.forms import parse, parse_values
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session

blueprint = Blueprint("channel", __name__)

MEMBERS = (Role.CANDIDATE, Role.MENTOR)
Texts = Mapping[str, str]


@blueprint.get("/channel")
@signed_in
def own() -> ResponseReturnValue:
    """Lead to the channel of somebody's newest cohort."""
    held = next((one for one in current_standings() if one.membership.role in MEMBERS), None)
    if held is None:
        raise NotFound
    return redirect(url_for("channel.show", pid=held.cohort.public_id), 303)


@blueprint.get("/cohorts/<pid:pid>/channel")
@signed_in
def show(pid: str) -> ResponseReturnValue:
    """Show what the cohort wrote, newest last."""
    page = _page_of(_cohort(pid, Need.READ))
    shown = _shown(page)
    seen(current_person(), pid, has_new=page.new_count > 0)
    return shown


@blueprint.post("/cohorts/<pid:pid>/channel/posts")
@signed_in
@once
def write(pid: str) -> ResponseReturnValue:
    """Write in the channel; a candidate's first post keeps the name they chose."""
    cohort, person = _cohort(pid, Need.WRITE), current_person()
    form = parse(ChannelForm, request.form)
    if form.errors:
        return _shown(_page_of(cohort), form.typed, form.errors), 422
    page, sent = _page_of(cohort), form.value
    ticked = request.form.getlist("mention")
    body = with_names(sent.body, [one.name for one in page.handles if one.name in ticked])
    name = page.shown_as or sent.shown_as
    try:
        post = channel.write(session, cohort, by=person, shown_as=name, body=body, now=now())
    except Invalid as wrong:
        return _shown(page, form.typed, wrong.fields), 422
    if page.asks_name:
        choices.show_as(session, person, name)
    here = url_for("channel.show", pid=pid, _anchor=post.public_id)
    mention(session, post, page.handles, author=name, link=f"{settings().base_url}{here}")
    return redirect(here, 303)


@blueprint.get("/room/choices")
@signed_in
def show_choices() -> ResponseReturnValue:
    """Show what one wants to be told, and when one is there."""
    _members_only()
    return _choices()


@blueprint.post("/room/choices")
@signed_in
def choose() -> ResponseReturnValue:
    """Keep what somebody chose."""
    _members_only()
    typed = {name: clean(request.form[name]) for name in request.form}
    values = {**typed, "weekdays": request.form.getlist("weekdays")}
    form = parse_values(ChoicesForm, {key: one for key, one in values.items() if one != ""}, typed)
    if form.errors:
        return _choices(form.typed, form.errors), 422
    sent, hours = form.value, None
    if _holds(Role.MENTOR) and sent.day_starts and sent.day_ends:
        hours = Hours(tuple(sorted(set(sent.weekdays))), sent.day_starts, sent.day_ends)
    try:
        choices.choose(
            session,
            current_person(),
            digest=sent.digest,
            mails_mentions=sent.mails_mentions,
            shown_as=sent.shown_as if _holds(Role.CANDIDATE) else "",
            hours=hours,
        )
    except Invalid as wrong:
        return _choices(form.typed, wrong.fields), 422
    flash("Kept. You can change this at any time.")
    return redirect(url_for("channel.show_choices"), 303)


def _cohort(pid: str, need: Need) -> Cohort:
    return access.cohort(session, current_person(), pid, need, Thing.CHANNEL)


def _members_only() -> None:
    if not any(_holds(role) for role in MEMBERS):
        raise NotFound


def _holds(role: Role) -> bool:
    return any(one.membership.role is role for one in current_standings())


def _page_of(cohort: Cohort) -> ChannelPage:
    held = next((one for one in current_standings() if one.cohort.id == cohort.id), None)
    standing = access.standing_of(current_person(), held.membership if held else None)
    trial = held.trial if held and standing is Relation.PEER else None
    return channel_page(session, cohort, trial, standing, current_person(), now())


def _shown(page: ChannelPage, typed: Texts | None = None, errors: Texts | None = None) -> str:
    return render_template(
        "room/channel.html", page=page, typed=dict(typed or {}), errors=dict(errors or {})
    )


def _choices(typed: Texts | None = None, errors: Texts | None = None) -> str:
    person = current_person()
    chosen = choices.choice_of(session, person)
    days = USUAL_DAYS if chosen.weekdays is None else chosen.weekdays
    return render_template(
        "room/choices.html",
        person=person,
        chosen=chosen,
        is_mentor=_holds(Role.MENTOR),
        is_candidate=_holds(Role.CANDIDATE),
        shown_as=shown_name(session, Relation.PEER, person),
        weekdays=[str(day) for day in (request.form.getlist("weekdays") if typed else days)],
        starts=f"{chosen.day_starts or USUAL_START:%H:%M}",
        ends=f"{chosen.day_ends or USUAL_END:%H:%M}",
        typed=dict(typed or {}),
        errors=dict(errors or {}),
    )
