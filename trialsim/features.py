"""The list of features in the order of the data's path: tables, pages, navigation."""

from typing import cast

from flask import Blueprint, Flask, g, request, url_for

from trialsim import home
from trialsim.accounts import models as account_models
from trialsim.accounts import views as accounts
from trialsim.accounts.models import Person
from trialsim.accounts.signing_in import current_person
from trialsim.committee import models as committee_models
from trialsim.committee import views as committee
from trialsim.inbox import call_views as calls
from trialsim.inbox import chat_views as chats
from trialsim.inbox import forum_views as forum
from trialsim.inbox import hint_views as hints
from trialsim.inbox import models as inbox_models
from trialsim.inbox import saved_reply_views as saved_replies
from trialsim.inbox import views as inbox
from trialsim.inbox import writing_views as writing
from trialsim.inbox.organise import desk_views as arrange
from trialsim.inbox.organise import ticket_views as order
from trialsim.insights import models as insight_models
from trialsim.insights import views as insights
from trialsim.installation import models as installation_models
from trialsim.journal import models as journal_models
from trialsim.kit.text import initials
from trialsim.letters import models as letter_models
from trialsim.outbox import models as outbox_models
from trialsim.pay import models as pay_models
from trialsim.pay import views as pay
from trialsim.programmes import models as programme_models
from trialsim.programmes import views as programmes
from trialsim.programmes.rules import Role
from trialsim.reviews import models as review_models
from trialsim.reviews.views import candidate as feedback
from trialsim.reviews.views import mentor as reviews
from trialsim.room import channel_views as cohort_channel
from trialsim.room import models as room_models
from trialsim.room import ticket_talk
from trialsim.room import views as room
from trialsim.scenarios import models as scenario_models
from trialsim.training import models as training_models
from trialsim.trials import models as trial_models
from trialsim.trials import views as trials
from trialsim.trials.current import current_standings, own_trials
from trialsim.trials.rules import TrialState
from trialsim.web import health, styleguide
from trialsim.web import models as web_models
from trialsim.web.filters import avatar_tone
from trialsim.web.templating import AccountLink, Frame, NavItem, Viewer
from trialsim.workflows.asked import views as asked
from trialsim.workflows.care import deciding_views as accommodations
from trialsim.workflows.care import views as care
from trialsim.workflows.channels import views as channels
from trialsim.workflows.closing import views as closing
from trialsim.workflows.demo import views as demo
from trialsim.workflows.export import views as export
from trialsim.workflows.flags import views as flags
from trialsim.workflows.hand_over import views as hand_over
from trialsim.workflows.letters import views as letters
from trialsim.workflows.my_trial import first_days_views as first_days
from trialsim.workflows.my_trial import views as my_trial
from trialsim.workflows.overrules import views as overrules
from trialsim.workflows.packs import views as packs
from trialsim.workflows.people import views as people
from trialsim.workflows.readiness import quiz_views as quiz
from trialsim.workflows.readiness import views as readiness

MODELS = (
    web_models,
    journal_models,
    outbox_models,
    installation_models,
    account_models,
    scenario_models,
    programme_models,
    trial_models,
    training_models,
    inbox_models,
    review_models,
    room_models,
    pay_models,
    letter_models,
    insight_models,
    committee_models,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    health.blueprint,
    home.blueprint,
    accounts.blueprint,
    programmes.blueprint,
    programmes.outbox_blueprint,
    packs.blueprint,
    people.blueprint,
    trials.blueprint,
    inbox.blueprint,
    arrange.blueprint,
    order.blueprint,
    writing.blueprint,
    saved_replies.blueprint,
    chats.blueprint,
    calls.blueprint,
    forum.blueprint,
    hints.blueprint,
    flags.blueprint,
    overrules.blueprint,
    room.blueprint,
    ticket_talk.blueprint,
    cohort_channel.blueprint,
    hand_over.blueprint,
    asked.blueprint,
    pay.blueprint,
    my_trial.blueprint,
    first_days.blueprint,
    readiness.blueprint,
    quiz.blueprint,
    channels.blueprint,
    reviews.blueprint,
    feedback.blueprint,
    insights.blueprint,
    committee.blueprint,
    letters.blueprint,
    export.blueprint,
    closing.blueprint,
    care.blueprint,
    accommodations.blueprint,
    demo.blueprint,
)

# What each role finds in the navigation: label and endpoint, in order.
NAVIGATION: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.CANDIDATE: (
        ("My trial", "trials.home"),
        ("Inbox", "inbox.index"),
        ("Chats", "chats.index"),
        ("Calls", "calls.index"),
        ("Forum", "forum.index"),
        ("Room", "room.own"),
        ("Feedback", "feedback.index"),
        ("Hours", "pay.own_hours"),
        ("Help centre", "inbox.articles"),
    ),
    Role.MENTOR: (
        ("Cohort", "insights.today"),
        ("Reviews", "reviews.queue"),
        ("Asked of me", "asked.show"),
    ),
    Role.COMMITTEE: (("Packets", "committee.packets"),),
}
MANAGER_NAVIGATION: tuple[tuple[str, str], ...] = (
    ("Programmes", "programmes.index"),
    ("Packs", "packs.index"),
    ("Flags", "flags.index"),
    ("Outbox", "outbox.show_outbox"),
)
# Pages whose entry in the navigation is another feature's: blueprint → blueprints of the entry, the
# first that the reader's own navigation holds.
SHOWN_UNDER = {
    "channel": ("room", "asked"),
    "hand_over": ("room", "asked"),
    "room": ("asked",),
    "ticket_talk": ("room", "asked"),
    "arrange": ("inbox", "insights"),
    "order": ("inbox",),
    "inbox": ("insights", "programmes"),
    "overrules": ("reviews", "programmes"),
    "writing": ("inbox", "asked"),
    "saved_replies": ("inbox",),
    "people": ("programmes",),
    "closing": ("programmes",),
    "accommodations": ("programmes",),
    "insights": ("programmes",),
    "channels": ("insights", "programmes"),
    "committee": ("insights", "programmes"),
    "readiness": ("asked", "programmes"),
    "words": ("trials", "insights", "programmes"),
    "pay": ("programmes", "insights"),
    "steps": ("trials",),
    "care": ("trials",),
    "quiz": ("trials", "asked"),
}
HELP_ENDPOINT = "accounts.account"
OVER = (TrialState.CLOSED, TrialState.DECIDED)


def register(app: Flask, *, development: bool) -> None:
    """Register every page; the style guide only where the product is developed."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if development:
        app.register_blueprint(styleguide.blueprint)


def frame() -> Frame:
    """Return what surrounds a signed-in person's page; one query a request."""
    if "frame" not in g:
        person = current_person()
        g.frame = Frame(
            nav=_navigation(person),
            viewer=Viewer(
                person.name, initials(person.name), avatar_tone(person.name), person.shortcuts_on
            ),
            account_links=_account_links(),
            help_href=url_for(HELP_ENDPOINT),
        )
    return cast("Frame", g.frame)


def _account_links() -> tuple[AccountLink, ...]:
    links = [AccountLink("Your account", url_for("accounts.account"))]
    if any(trial.state in OVER for trial in own_trials()):
        links.append(AccountLink("Your letters", url_for("committee.letters")))
    return tuple(links)


def _navigation(person: Person) -> tuple[NavItem, ...]:
    held = {one.membership.role for one in current_standings()}
    entries = [entry for role in Role if role in held for entry in _entries(role)]
    if person.is_manager:
        entries += MANAGER_NAVIGATION
    own = dict(entries)
    here = _entry_of(request.endpoint or "", tuple(own.values()))
    return tuple(
        NavItem(label, url_for(endpoint), current=endpoint == here)
        for label, endpoint in own.items()
    )


def _entries(role: Role) -> tuple[tuple[str, str], ...]:
    """Return a role's entries; a candidate has no desk, room or hours before the cohort starts."""
    if role is Role.CANDIDATE and not own_trials():
        return NAVIGATION[role][:1]
    return NAVIGATION[role]


def _entry_of(here: str, own: tuple[str, ...]) -> str:
    """Return the entry of somebody's navigation that a page belongs to; empty for none.

    It is the page itself, else the first of the same feature, else of one that it is shown under.
    """
    if here in own:
        return here
    feature = here.partition(".")[0]
    for name in (feature, *SHOWN_UNDER.get(feature, ())):
        found = next((one for one in own if one.partition(".")[0] == name), "")
        if found:
            return found
    return ""
