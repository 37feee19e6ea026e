import smtplib
import socket
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.cast import START
from trialsim.outbox.actions import queue
from trialsim.outbox.models import Mail
from trialsim.outbox.sending import GIVE_UP_AFTER, send_waiting, smtp_sender


def write(session: Session, key: str, **changes: Any) -> None:  # noqa: ANN401 (fields of a mail)
    values = {"recipient": "a@example.org", "subject": "Hi", "body": "Words", **changes}
    queue(session, dedupe_key=key, now=START, **values)
    session.commit()


def stored(engine: Engine) -> list[Mail]:
    with Session(engine) as again:
        return list(again.exec(select(Mail)))


def test_the_same_key_is_written_once(session: Session, engine: Engine) -> None:
    for _ in range(2):
        write(session, "once")

    assert len(stored(engine)) == 1


def test_what_is_due_goes_out_once(session: Session, engine: Engine) -> None:
    write(session, "one")
    write(session, "two")
    sent: list[str] = []

    counts = [send_waiting(engine, lambda mail: sent.append(mail.dedupe_key), START) for _ in "ab"]

    assert counts == [2, 0]
    assert sent == ["one", "two"]
    assert all(mail.sent_at == START for mail in stored(engine))


def test_a_failure_is_told_and_tried_again_later_and_later(
    session: Session, engine: Engine
) -> None:
    write(session, "refused")

    def refuse(_mail: Mail) -> None:
        raise smtplib.SMTPServerDisconnected("hung up")

    assert send_waiting(engine, refuse, START) == 0
    first = stored(engine)[0]
    assert send_waiting(engine, refuse, first.due_at) == 0
    second = stored(engine)[0]

    assert first.last_error == "hung up"
    assert first.due_at == START + timedelta(minutes=1)
    assert second.due_at == first.due_at + timedelta(minutes=2)


def test_a_mail_that_always_fails_is_given_up(session: Session, engine: Engine) -> None:
    write(session, "hopeless")
    mail = session.exec(select(Mail)).one()
    mail.attempts = GIVE_UP_AFTER
    session.commit()

    assert send_waiting(engine, lambda _mail: None, START) == 0


def test_nobody_else_sends_what_is_being_sent(session: Session, engine: Engine) -> None:
    write(session, "slow")
    meanwhile: list[int] = []

    def slowly(_mail: Mail) -> None:
        meanwhile.append(send_waiting(engine, lambda _mail: None, START))

    assert send_waiting(engine, slowly, START) == 1
    assert meanwhile == [0]


class _Kept(MessageHandler):
    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.mails.append(message)


def _free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@pytest.fixture
def mail_server() -> Iterator[tuple[str, _Kept]]:
    kept = _Kept()
    controller = Controller(kept, hostname="127.0.0.1", port=_free_port())
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}", kept
    controller.stop()


def test_a_mail_arrives_as_it_was_written(
    session: Session, engine: Engine, mail_server: tuple[str, _Kept]
) -> None:
    address, kept = mail_server
    write(session, "real", subject="Grüße", body="Zum Öffnen:\nhttp://localhost/x")

    sent = send_waiting(engine, smtp_sender(address, "TrialSim <t@example.org>"), START)

    assert sent == 1
    assert kept.mails[0]["To"] == "a@example.org"
    assert "real@trialsim" in kept.mails[0]["Message-ID"]
    assert "Zum Öffnen" in kept.mails[0].get_payload(decode=True).decode()  # type: ignore[union-attr]  # one part
