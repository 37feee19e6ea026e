"""Writing letters where other features have a say: what is sealed, what a committee reads."""

from datetime import datetime

from sqlmodel import Session, select

from trialsim.accounts.models import Person
from trialsim.committee.queries import packets
from trialsim.kit.errors import Conflict
from trialsim.letters import actions
from trialsim.letters.models import ClosingStatement
from trialsim.letters.rules import ClosingText
from trialsim.trials.models import Trial

SEALED = "The packet is sealed: what the committee reads cannot change any more."


def write_closing(
    session: Session, trial: Trial, text: ClosingText, *, by: Person, now: datetime, version: int
) -> ClosingStatement:
    """Keep a candidate's closing statement until the packet is sealed.

    Raises:
        Conflict: too early, once sealed, or when it was changed in another window.
    """
    session.exec(select(Trial.id).where(Trial.id == trial.id).with_for_update()).one()
    if packets.current(session, trial.id or 0) is not None:
        raise Conflict(SEALED, {"body": text.body, "notes": text.notes})
    return actions.write_closing(session, trial, text, by=by, now=now, version=version)
