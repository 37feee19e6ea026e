"""A finished conversation whose replies the engine has read, and what is sent to rule on it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select

from tests.cast import START, Cast
from tests.factories.cohort import Started, a_live_cohort
from tests.factories.inbox import at_work, next_up
from tests.factories.reviews import a_card, a_review
from trialsim.accounts.models import Person
from trialsim.inbox.actions.release import happen
from trialsim.inbox.actions.replies import send_reply, set_status
from trialsim.inbox.models import Case, Message, MessageKind, Status, Ticket
from trialsim.reviews.actions import submit
from trialsim.trials.models import Trial

SCENARIO = "checkout-plugin-conflict"
PLANNED = {"scenario": SCENARIO, "channel": "email", "customer": 0}
ASK = "Hello, has anything been added or changed on the site lately?"
REASON = "I read the sentence again, and it is there."
NOON = START + timedelta(hours=4)


@dataclass
class Court:
    """A ticket on which the cause was asked for and named, solved since."""

    session: Session
    started: Started
    trial: Trial
    person: Person
    ticket: Ticket

    @property
    def case(self) -> Case:
        """The ticket's hidden side, as it is stored now."""
        self.session.rollback()
        case = self.session.get_one(Case, self.ticket.id)
        self.session.refresh(case)
        return case

    @property
    def replies(self) -> list[Message]:
        """What the candidate sent, oldest first."""
        query = select(Message).where(
            Message.ticket_id == self.ticket.id, Message.kind == MessageKind.REPLY
        )
        return list(self.session.exec(query.order_by(col(Message.id))))

    @property
    def path(self) -> str:
        """The page of rulings."""
        return f"/tickets/{self.ticket.public_id}/overrules"

    def form(self, name: str, reply: int = 1, **changes: str) -> dict[str, str]:
        """What is sent to rule that a reply did not say something; `name` is kind:name."""
        message = self.replies[reply].public_id
        about = f"{SCENARIO}:{name}"
        return {"message": message, "about": about, "counts": "no", "reason": REASON, **changes}

    def reply(self, text: str, minutes: int) -> None:
        """Answer, and let whatever the customer does about it happen."""
        now = START + timedelta(minutes=minutes)
        pending = Status.PENDING
        send_reply(
            self.session,
            self.trial,
            self.ticket,
            by=self.person,
            body=text,
            status=pending,
            now=now,
        )

    def scored(self, mentor: Person) -> None:
        """Let a mentor's own score come in."""
        review = a_review(self.session, self.trial, self.ticket, mentor)
        submit(self.session, review, a_card(), by=mentor, now=NOON, version=1)
        self.session.commit()


def a_court(session: Session, cast: Cast) -> Court:
    """A live cohort with one conversation played to its end. Commits."""
    started = a_live_cohort(session, cast)
    trial = session.get_one(Trial, started.trial.id)
    next_up(session, trial, PLANNED)
    trial, person, (ticket, *_) = at_work(session, started, START)
    court = Court(session, started, trial, person, ticket)
    court.reply(ASK, 31)
    happen(session, trial, START + timedelta(hours=3))
    culprit = session.get_one(Case, ticket.id).form["slots"]["culprit"]
    court.reply(f"Please switch {culprit} off.", 185)
    set_status(session, trial, ticket, status=Status.SOLVED, now=START + timedelta(minutes=190))
    session.commit()
    return court
