"""The pages of video calls, put together for the signed-in candidate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from trialsim.accounts.models import Person
from trialsim.accounts.signing_in import current_person
from trialsim.inbox.actions.calls import lasted
from trialsim.inbox.actions.channels import Doors, doors
from trialsim.inbox.actions.release import catch_up
from trialsim.inbox.models import Message, MessageKind
from trialsim.inbox.pages import company
from trialsim.inbox.portraits import Portrait, portrait
from trialsim.inbox.queries.calls import (
    Call,
    PastCall,
    call,
    call_pulse,
    calls_of,
    has_planned_call,
)
from trialsim.inbox.rules import DESK_WORK, RUNNING
from trialsim.kit.errors import NotFound
from trialsim.simulation.aloud import asked_aloud
from trialsim.simulation.holding import SUGGESTED, is_holding
from trialsim.trials.current import own_trial, own_trials
from trialsim.trials.models import Trial
from trialsim.trials.queries import Time, time_of
from trialsim.web.context import now
from trialsim.web.session import engine, session

_SOON, _LATER = 2, 6  # seconds between two looks: while an answer is expected, and else
_ALOUD = (MessageKind.CUSTOMER, MessageKind.REPLY)


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the transcript; `at` counts from the beginning of the call."""

    id: str
    who: str
    body: str
    at: str
    kind: MessageKind


@dataclass(frozen=True, slots=True)
class CallsPage:
    """Whether calls are taken, the one that goes on, and those that are over."""

    trial: Trial
    time: Time
    held: Doors
    live: PastCall | None
    past: tuple[PastCall, ...]

    @property
    def may_work(self) -> bool:
        """Whether somebody is at the desk, so that it is paid."""
        return _at_desk(self.trial, self.time)

    @property
    def token(self) -> str:
        """Return what changes when somebody calls or hangs up."""
        live = self.live.ticket.public_id if self.live else ""
        return f"{live}.{int(self.held.takes_calls)}.{len(self.past)}"


@dataclass(frozen=True, slots=True)
class CallPage:
    """One call: who is on the line, what was said, notes."""

    trial: Trial
    time: Time
    call: Call
    person: Person
    first_language: str
    token: str
    now: datetime
    typed: Mapping[str, str] = field(default_factory=dict)
    error: str = ""

    @property
    def may_work(self) -> bool:
        """Whether somebody is at the desk, so that it is paid."""
        return _at_desk(self.trial, self.time)

    @property
    def foreign(self) -> str:
        """Return the customer's language where it is not the company's first."""
        return self.call.language if self.call.language != self.first_language else ""

    @property
    def portrait(self) -> Portrait:
        """Return the drawn person; the same one at every call."""
        return portrait(self.trial.public_id, self.call.customer.key)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Return everything said until the end of the call, and what happened."""
        return tuple(self._turns())

    @property
    def caption(self) -> Turn | None:
        """Return what was said last."""
        return next((one for one in reversed(self.turns) if one.kind in _ALOUD), None)

    @property
    def asked(self) -> tuple[str, ...]:
        """Return what the customer asked for aloud; read from their words alone."""
        said = [one.body for one in self.turns if one.kind is MessageKind.CUSTOMER]
        return asked_aloud(said, self.call.language)

    @property
    def state(self) -> str:
        """Return whose turn it is, in words."""
        name = self.call.first_name
        if not self.call.is_live:
            return "The call is over. What is left goes on by email."
        if self.call.is_about_to_speak:
            return f"{name} begins to speak."
        if not self.call.ticket.is_waiting:
            return f"{name} is thinking."
        if self._is_on_hold:
            return f"{name} is on hold. Say something before they have waited too long."
        return f"{name} has finished speaking, so it is your turn."

    @property
    def length(self) -> str:
        """Return how long the call goes on."""
        return lasted(self.call.ticket, self.now)

    @property
    def seconds(self) -> int:
        """Return the same as a number."""
        return max(0, int((self.now - self.call.ticket.opened_at).total_seconds()))

    @property
    def place(self) -> str:
        """Return the town of the customer's zone and their time."""
        zone = self.call.customer.zone
        town = zone.split("/")[-1].replace("_", " ")
        return f"{town} {self.now.astimezone(ZoneInfo(zone)):%H:%M}"

    @property
    def poll_seconds(self) -> int:
        """Return how often the page looks for news."""
        expects = self.call.is_live and not self.call.ticket.is_waiting
        return _SOON if expects else _LATER

    @property
    def hold_words(self) -> str:
        """Return words that ask the customer to wait, in their language."""
        return SUGGESTED.get(self.call.language, SUGGESTED["en"])

    def text(self, name: str) -> str:
        """Return what a box holds: what was typed and not taken, else the draft."""
        if name in self.typed:
            return self.typed[name]
        return self.call.reply if name == "reply" else self.call.note

    @property
    def _is_on_hold(self) -> bool:
        said = self.caption
        mine = said is not None and said.kind is MessageKind.REPLY
        return mine and said is not None and is_holding(said.body, self.call.language)

    def _turns(self) -> Iterator[Turn]:
        began = self.call.ticket.opened_at
        for one in self.call.messages:
            yield Turn(
                id=one.public_id,
                who=_speaker(one, self.call.first_name),
                body=one.body,
                at=_after(began, one.at),
                kind=one.kind,
            )
            if one.kind is MessageKind.EVENT and not self.call.is_live and "by email" in one.body:
                return  # what follows was written, and stands in the inbox


def calls_page() -> CallsPage:
    """Return the page of calls after letting happen what is due."""
    trial, moment = own_trial(), now()
    time = time_of(session, trial, moment)
    held = doors(session, trial, time)
    is_left = time.running is None and held.calls > 0
    if is_left or (held.has_line and has_planned_call(session, trial)):
        time, held = _catch_up(trial, moment)
    live, past = calls_of(session, trial)
    return CallsPage(trial=trial, time=time, held=held, live=live, past=past)


def call_page(public_id: str, typed: Mapping[str, str] | None = None, error: str = "") -> CallPage:
    """Return one of the person's own calls after letting happen what is due.

    Raises:
        NotFound: for everything that is no call of theirs.
    """
    moment, person = now(), current_person()
    for trial in own_trials():
        found = call(session, trial, public_id, moment)
        if found is not None:
            break
    else:
        raise NotFound
    pulse = call_pulse(session, person.id or 0, public_id, moment)
    time = time_of(session, trial, moment)
    if pulse.is_due or pulse.is_ignored or (time.running is None and found.is_live):
        time, _ = _catch_up(trial, moment)
        found = call(session, trial, public_id, moment) or found
        pulse = call_pulse(session, person.id or 0, public_id, moment)
    return CallPage(
        trial=trial,
        time=time,
        call=found,
        person=person,
        first_language=company(trial).languages[0],
        token=pulse.token,
        now=moment,
        typed=typed or {},
        error=error,
    )


def _catch_up(trial: Trial, moment: datetime) -> tuple[Time, Doors]:
    session.commit()  # nothing was changed: it only lets go of what it read
    catch_up(engine(), trial.id or 0, moment)
    session.expire_all()  # the call was read before
    time = time_of(session, trial, moment)
    return time, doors(session, trial, time)


def _at_desk(trial: Trial, time: Time) -> bool:
    at_desk = time.running is not None and time.running.kind in DESK_WORK
    return trial.state in RUNNING and at_desk


def _speaker(message: Message, customer: str) -> str:
    if message.kind is MessageKind.CUSTOMER:
        return customer
    return {MessageKind.REPLY: "You", MessageKind.NOTE: "Your note"}.get(message.kind, "")


def _after(began: datetime, at: datetime) -> str:
    minutes, seconds = divmod(max(0, int((at - began).total_seconds())), 60)
    return f"{minutes}:{seconds:02}"
