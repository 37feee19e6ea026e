"""What the colleague did overnight, in plain words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.programmes.rules import Relation
from trialsim.room.models import Night
from trialsim.simulation.hand_over import Lack
from trialsim.trials.models import Trial
from trialsim.trials.queries import Time, time_of
from trialsim.workflows.hand_over.acting import Done

_WORDS = {
    Done.TOLD: "Told them that we are on it. Their wait counts anew from there.",
    Done.TOLD_BEFORE: "They had been told once already, so only an answer helps them now.",
    Done.LEFT_OUT: "Could not help, so they waited on.",
    Done.LATER: "Wrote after the block, and the note did not foresee it. This never counts.",
    Done.QUIET: "Nobody was waiting for you here.",
}
_LACKS = {
    Lack.NAME: "Your note did not speak of it.",
    Lack.KNOWN: "Your note named it, but not what is known so far.",
    Lack.NEXT: "Your note did not say what is next.",
}
_NEWS = timedelta(days=3)
_LACKS_BOTH = "Your note named it, but neither what is known so far nor what is next."


@dataclass(frozen=True, slots=True)
class Told:
    """What was done about one ticket, and why nothing could be."""

    ticket: str
    number: int
    subject: str
    customer: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class NightView:
    """One night: who waited on, who was told, and who did not ask."""

    night: Night
    left_out: tuple[Told, ...]
    told: tuple[Told, ...]
    later: tuple[Told, ...]
    quiet: tuple[Told, ...]

    @property
    def summary(self) -> str:
        """Return the night in one sentence."""
        waiting, covered = self.night.waiting, self.night.covered
        if not waiting:
            return "Nobody was waiting when the block ended."
        if not self.night.note:
            return f"There was no note, so none of the {waiting} who waited could be helped."
        if covered == waiting:
            return "The note was enough for everybody who waited."
        if not covered:
            return f"The note did not say enough yet to help the {waiting} who waited."
        return f"The note was enough for {covered} of the {waiting} who waited."


@dataclass(frozen=True, slots=True)
class OvernightPage:
    """All nights of a trial, the newest first."""

    trial: Trial
    candidate: str
    is_own: bool
    time: Time
    nights: tuple[NightView, ...]


def overnight_page(
    session: Session, trial: Trial, standing: Relation, now: datetime
) -> OvernightPage:
    """Return what was done in every night so far; three queries."""
    rows = session.exec(
        select(Night).where(Night.trial_id == trial.id).order_by(col(Night.at).desc())
    )
    return OvernightPage(
        trial=trial,
        candidate=session.get_one(Person, trial.person_id).name,
        is_own=standing is Relation.OWN,
        time=time_of(session, trial, now),
        nights=tuple(view(night) for night in rows),
    )


def last_night(session: Session, trial: Trial, now: datetime) -> NightView | None:
    """Return the newest night while it is news; one query."""
    found = session.exec(
        select(Night)
        .where(Night.trial_id == trial.id, Night.at > now - _NEWS)
        .order_by(col(Night.at).desc())
        .limit(1)
    ).first()
    return view(found) if found is not None else None


def view(night: Night) -> NightView:
    """Return a night in words."""
    told = [(one["done"], _told(one, night)) for one in night.tickets]
    return NightView(
        night=night,
        left_out=tuple(one for done, one in told if done == Done.LEFT_OUT),
        told=tuple(one for done, one in told if done in (Done.TOLD, Done.TOLD_BEFORE)),
        later=tuple(one for done, one in told if done == Done.LATER),
        quiet=tuple(one for done, one in told if done == Done.QUIET),
    )


def _told(one: dict[str, Any], night: Night) -> Told:
    return Told(
        ticket=one["ticket"],
        number=one["number"],
        subject=one["subject"],
        customer=one["customer"],
        words=_WORDS[one["done"]],
        why=_why(one["lacks"], night) if one["done"] == Done.LEFT_OUT else "",
    )


def _why(lacks: list[str], night: Night) -> str:
    if not night.note:
        return "There was no note."
    if len(lacks) > 1:
        return _LACKS_BOTH
    return _LACKS[Lack(lacks[0])]
