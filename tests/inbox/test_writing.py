"""Around the composer: the outbox, drafts, files, saved replies, looks. Undo is on here."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from io import BytesIO
from typing import TypeVar

import pytest
from sqlmodel import Session, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.inbox import at_work
from tests.inbox.test_file_types import png
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.config import Settings
from trialsim.inbox.models import Look, Message, MessageKind, Outgoing, SavedReply, Status, Ticket
from trialsim.kit.clock import MovableClock

Row = TypeVar("Row", Outgoing, SavedReply, Look)
SignsIn = Callable[[Person], Visitor]
REPLY = {"kind": "public", "reply": "Hello, has anything changed lately?", "status": "solved"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.with_changes(undo_seconds=15)


@pytest.fixture
def desk(session: Session, cast: Cast, as_person: SignsIn, clock: MovableClock) -> Visitor:
    at_work(session, a_live_cohort(session, cast), START)
    clock.move(timedelta(minutes=30))
    return as_person(cast.cem)


def first(session: Session) -> Ticket:
    session.rollback()
    return session.exec(select(Ticket).order_by(Ticket.number)).first()  # type: ignore[arg-type, return-value]  # a column; there is one


def only(session: Session, kind: type[Row]) -> Row:
    session.rollback()  # so that what a page wrote is seen
    return session.exec(select(kind)).one()


def a_file(content: bytes, name: str) -> FileStorage:
    return FileStorage(BytesIO(content), filename=name)


def upload(desk: Visitor, path: str, fields: Mapping[str, object]) -> TestResponse:
    boundary, body = encode_multipart({"csrf_token": desk.token(), **fields})
    kind = f"multipart/form-data; boundary={boundary}"
    return desk.client.post(path, data=body, content_type=kind)


def replies(session: Session) -> list[Message]:
    session.rollback()
    return list(session.exec(select(Message).where(Message.kind == MessageKind.REPLY)))


def test_customer_reads_a_reply_only_once_it_cannot_be_taken_back(
    session: Session, desk: Visitor, clock: MovableClock
) -> None:
    ticket = first(session)
    path = f"/tickets/{ticket.public_id}"
    upload(desk, f"{path}/files", {"files": a_file(png(4, 3), "shot.png")})
    desk.post(f"{path}/messages", {**REPLY, "version": ticket.version})

    held = only(session, Outgoing)
    undo = f"{path}/outgoing/{held.public_id}/undo"
    assert replies(session) == []
    assert undo in desk.get(path).text
    assert undo in desk.get("/desk").text
    taken = desk.post(undo)
    page = desk.get(path).text
    assert taken.status_code == 303
    assert f"{REPLY['reply']}</textarea>" in page
    assert "Send as Solved" in page
    assert "shot.png" in page
    assert first(session).status is Status.NEW

    desk.post(f"{path}/messages", REPLY)
    again = only(session, Outgoing)
    clock.move(timedelta(seconds=15))
    late = desk.post(f"{path}/outgoing/{again.public_id}/undo")
    desk.get("/desk")

    assert late.status_code == 409
    assert "gone out already" in late.text
    (sent,) = replies(session)
    assert (sent.body, [one["name"] for one in sent.files]) == (REPLY["reply"], ["shot.png"])
    assert sent.at.replace(tzinfo=None) == clock.now().replace(tzinfo=None)
    assert first(session).status is Status.SOLVED


def test_next_step_on_a_ticket_lets_its_reply_go_out_first(session: Session, desk: Visitor) -> None:
    path = f"/tickets/{first(session).public_id}"
    desk.post(f"{path}/messages", REPLY)

    desk.post(f"{path}/status", {"status": "hold"})

    assert len(replies(session)) == 1
    assert first(session).status is Status.HOLD


def test_files_are_handed_out_harmless_and_to_those_concerned(
    session: Session, cast: Cast, desk: Visitor, as_person: SignsIn, clock: MovableClock
) -> None:
    path = f"/tickets/{first(session).public_id}"
    bad = {**REPLY, "files": a_file(b"<svg/>", "logo.svg")}
    refused = upload(desk, f"{path}/messages", bad)
    assert refused.status_code == 422
    assert "logo.svg" in refused.text
    assert REPLY["reply"] in refused.text

    files = [a_file(png(4, 3), "shot.png"), a_file(b"a,b", "../x.csv")]
    upload(desk, f"{path}/files", {"files": files})
    desk.post(f"{path}/messages", REPLY)
    held = only(session, Outgoing)
    image, text = (f"/files/{one['id']}" for one in held.files)
    mina, noor = as_person(cast.mina), as_person(cast.noor)
    before = mina.get(image).status_code
    clock.move(timedelta(minutes=1))
    desk.get("/desk")

    assert before == 404
    assert mina.get(image).status_code == 200
    assert image in mina.get(path).text
    assert noor.get(image).status_code == 404
    shown, saved = desk.get(image), desk.get(text)
    assert shown.headers["Content-Type"] == "image/png"
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    for answer in (shown, saved):
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_nothing_typed_is_lost_and_others_may_look_at_it_first(
    session: Session, cast: Cast, desk: Visitor, as_person: SignsIn
) -> None:
    path = f"/tickets/{first(session).public_id}"
    desk.post(f"{path}/drafts", {"reply": "Half a thought"})
    desk.post(f"{path}/drafts", {"reply": "", "note": "x"})
    assert "Half a thought</textarea>" in desk.get(path).text

    desk.post("/saved-replies", {"name": "Refunds/Made", "body": "Dear {customer_name|you}: {sum}"})
    saved = only(session, SavedReply).public_id
    lacking = desk.post(f"{path}/saved-replies/uses", {"saved": saved})
    desk.post(f"{path}/saved-replies/uses", {"saved": saved, "fill.sum": "{plan} 5 EUR"})
    page = desk.get(path).text
    assert lacking.status_code == 422
    assert "Half a thought\n\nDear " in page
    assert ": {plan} 5 EUR</textarea>" in page

    desk.post(f"{path}/looks", {"reply": "Shall I send this?", "look_question": "Too short?"})
    look = f"/looks/{only(session, Look).public_id}"
    mina = as_person(cast.mina)
    assert look in mina.get("/asked").text
    assert "Too short?" in mina.get(look).text
    assert desk.post(look, {"verdict": "send"}).status_code == 403
    assert as_person(cast.noor).get(look).status_code == 404
    assert mina.post(look, {"verdict": "comment"}).status_code == 422
    assert mina.post(look, {"verdict": "send", "comment": "Kind."}).status_code == 303
    assert "A mentor says: send it." in desk.get(path).text


def test_text_for_a_conversation_that_was_closed_is_given_back(
    session: Session, desk: Visitor
) -> None:
    ticket = first(session)
    ticket.status = Status.CLOSED
    session.add(ticket)
    session.commit()
    closed = desk.post(f"/tickets/{ticket.public_id}/messages", {**REPLY, "reply": "مرحبا 👋"})
    assert closed.status_code == 409
    assert "مرحبا 👋</textarea>" in closed.text
