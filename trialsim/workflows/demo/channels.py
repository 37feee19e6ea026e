"""Channels open in the demo as they would for anybody: on evidence, when a mentor agrees."""

from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.inbox.actions.channels import open_rung, take_chats
from trialsim.inbox.ladder import chats_at_once
from trialsim.inbox.queries.ladder import opened_rungs
from trialsim.trials.models import Trial
from trialsim.workflows.channels.queries import ladder_page

_REASON = "Finds causes by email and keeps calm, so there is room for more at once."


def mentor_opens(session: Session, trial: Trial, mentor: Person, at: datetime) -> None:
    """Open the next rung in the morning, when the evidence is there."""
    page = ladder_page(session, trial, at)
    if page.next is not None:
        open_rung(session, trial, page.next.rung, page.evidence, by=mentor, reason=_REASON, now=at)


def ghost_takes_chats(session: Session, trial: Trial, ghost: Person, now: datetime) -> None:
    """Take chats for the block that has just begun, where they are open."""
    if chats_at_once(opened_rungs(session, trial.id or 0)):
        take_chats(session, trial, takes=True, by=ghost, now=now)
