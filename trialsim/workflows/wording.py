"""Between a customer's decision and their message: other words, if a model has good ones in time.

A turn that is decided waits for its delay anyway. In that time a model may reword it; whatever
fails leaves the engine's words as they are, so nobody waits and nothing is lost. The model sees
what the customer is about to say and nothing else.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from trialsim.db import write_session
from trialsim.inbox.casework import persona_of
from trialsim.inbox.models import Case, ComingTurn, Customer, Ticket, TurnKind
from trialsim.simulation.rewording import fault, instructions
from trialsim.wording.client import WordingFailed

log = logging.getLogger(__name__)

TRIES = 2
SPARE = timedelta(seconds=2)
AT_ONCE = 10

Reword = Callable[[str, str], str]  # instructions and text to other words


@dataclass(frozen=True, slots=True)
class _Wanted:
    turn_id: int
    body: str
    told: str


def reword_coming(engine: Engine, reword: Reword, now: datetime) -> int:
    """Reword what is on its way, and return how many messages got other words.

    No transaction is open while the model is asked.
    """
    done = 0
    for wanted in _wanted(engine, now):
        try:
            words = reword(wanted.told, wanted.body)
            reason = fault(wanted.body, words)
        except WordingFailed as error:
            words, reason = "", str(error)
        if reason:
            log.info("The engine's words stay for turn %s: the model %s.", wanted.turn_id, reason)
        done += _keep(engine, wanted, words if not reason else "")
    return done


def _wanted(engine: Engine, now: datetime) -> list[_Wanted]:
    with Session(engine) as session:
        rows = session.exec(
            select(ComingTurn, Ticket, Customer, Case)
            .join(Ticket, col(Ticket.id) == ComingTurn.ticket_id)
            .join(Customer, col(Customer.id) == Ticket.customer_id)
            .join(Case, col(Case.ticket_id) == Ticket.id)
            .where(
                ComingTurn.kind == TurnKind.MESSAGE,
                col(ComingTurn.wording_tries) < TRIES,
                col(ComingTurn.due_at) > now + SPARE,
            )
            .order_by(col(ComingTurn.due_at), col(ComingTurn.id))
            .limit(AT_ONCE)
        ).all()
        return [
            _Wanted(
                turn.id or 0,
                turn.turn["body"],
                instructions(persona_of(customer), str(ticket.channel), case.form["language"]),
            )
            for turn, ticket, customer, case in rows
        ]


def _keep(engine: Engine, wanted: _Wanted, words: str) -> int:
    """Write the outcome of one try, unless the turn has arrived or changed meanwhile."""
    with write_session(engine) as session:
        turn = session.get(ComingTurn, wanted.turn_id)
        if turn is None or turn.turn["body"] != wanted.body:
            return 0
        turn.wording_tries = TRIES if words else turn.wording_tries + 1
        if words:
            said = f"Reworded by a language model. The engine said: {wanted.body}"
            reason = {"code": "reworded", "text": said, "mood": 0.0, "sentence": ""}
            turn.turn = {**turn.turn, "body": words, "why": [*turn.turn["why"], reason]}
        session.add(turn)
        return 1 if words else 0
