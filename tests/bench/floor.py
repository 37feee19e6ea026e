"""The floor: the barest Flask and SQLModel pages that show and store the same rows."""

from typing import Any

from flask import Flask, redirect, render_template_string, request
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from tests.cast import START
from trialsim.db import writing
from trialsim.inbox.models import Customer, Message, MessageKind, Ticket
from trialsim.inbox.models.ticket import WAITING

_LIST = """<!doctype html><title>Inbox</title><ul>{% for ticket, name in rows %}
<li><a href="/tickets/{{ ticket.public_id }}">{{ ticket.subject }}</a> {{ name }}
{{ ticket.status }} {{ ticket.channel }} {{ ticket.waiting_since }}</li>{% endfor %}</ul>"""
_FOUND = """SELECT t.public_id, t.subject, t.status, t.channel, c.name,
snippet(ticket_search, 5, '[', ']', '…', 16) AS hit
FROM ticket_search JOIN ticket t ON t.id = ticket_search.rowid
JOIN customer c ON c.id = t.customer_id
WHERE ticket_search MATCH :asked ORDER BY ticket_search.rowid DESC LIMIT 50"""
_HITS = """<!doctype html><title>Found</title><ul>{% for row in rows %}
<li><a href="/tickets/{{ row.public_id }}">{{ row.subject }}</a> {{ row.name }} {{ row.status }}
{{ row.channel }} {{ row.hit }}</li>{% endfor %}</ul>"""
_TICKET = """<!doctype html><title>{{ ticket.subject }}</title><h1>{{ ticket.subject }}</h1>
<p>{{ customer.name }} {{ customer.email }}</p>{% for one in messages %}<article>{{ one.body }}
{{ one.at }}</article>{% endfor %}<form method="post"><textarea name="reply"></textarea></form>"""


def floor_app(engine: Engine, trial: int) -> Flask:
    """Return the app: no sign-in, no navigation, no engine behind."""
    app = Flask("floor", static_folder=None)

    @app.get("/desk")
    def desk() -> str:
        with Session(engine) as session:
            rows = session.exec(
                select(Ticket, Customer.name)
                .join(Customer, col(Customer.id) == Ticket.customer_id)
                .where(Ticket.trial_id == trial, col(Ticket.status).in_(WAITING))
                .order_by(col(Ticket.waiting_since), col(Ticket.id))
                .limit(50)
            ).all()
            return render_template_string(_LIST, rows=rows)

    @app.get("/search")
    def search() -> str:
        asked = f'trial : "trial{trial}" AND body : "{request.args["q"]}"*'
        with Session(engine) as session:
            rows = session.connection().execute(text(_FOUND), {"asked": asked}).all()
            return render_template_string(_HITS, rows=rows)

    @app.get("/tickets/<public_id>")
    def show(public_id: str) -> str:
        with Session(engine) as session:
            ticket = session.exec(select(Ticket).where(Ticket.public_id == public_id)).one()
            customer = session.get_one(Customer, ticket.customer_id)
            messages = session.exec(select(Message).where(Message.ticket_id == ticket.id)).all()
            return render_template_string(
                _TICKET, ticket=ticket, customer=customer, messages=messages
            )

    @app.post("/tickets/<public_id>")
    def write(public_id: str) -> Any:  # noqa: ANN401 (what Flask takes)
        with Session(writing(engine)) as session:
            ticket = session.exec(select(Ticket).where(Ticket.public_id == public_id)).one()
            session.add(
                Message(
                    ticket_id=ticket.id or 0,
                    kind=MessageKind.REPLY,
                    body=request.form["reply"],
                    at=START,
                )
            )
            ticket.version += 1
            session.commit()
        return redirect(request.path, 303)

    return app
