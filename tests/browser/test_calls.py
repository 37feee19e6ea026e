"""A call at a browser: captions while one types, a lost connection, hanging up, the email after."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlmodel import Session, col, select

from tests import cast as people
from tests.browser.care import Care
from tests.browser.house import running, settings_in
from tests.browser.person import Someone, at_browser
from tests.cast import START
from tests.databases import SqliteTemplate
from tests.factories.cohort import a_live_cohort
from tests.factories.inbox import chats, next_up
from trialsim.inbox.ladder import Rung
from trialsim.inbox.models import ChannelRung, ComingTurn, Message, MessageKind, TurnKind
from trialsim.kit.clock import MovableClock
from trialsim.trials.models import Trial

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ASK = "Good morning! Has anything been added or changed on the site lately?"


def a_line(session: Session) -> None:
    """Cem has calls open, and the next customer wants to talk."""
    started = a_live_cohort(session, people.load(session), candidates=("cem",))
    trial = session.get_one(Trial, started.trial.id)
    next_up(session, trial, {"scenario": "slow-images", "channel": "call", "customer": 0})
    trial, _ = chats(session, started, START, at_once=1, taken=False)
    session.add(
        ChannelRung(
            trial_id=trial.id or 0,
            rung=Rung.CALL,
            opened_at=START,
            opened_by=trial.mentor_id or 0,
            reason="Calm in chats.",
        )
    )
    session.commit()


@pytest.fixture
def cem(
    browser: Browser, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Someone]:
    template = SqliteTemplate(tmp_path_factory.mktemp("calls"), also=a_line)
    clock, care = MovableClock(START + timedelta(minutes=2), running=True), Care()
    with (
        template.copy() as engine,
        running(settings_in(tmp_path), engine, clock) as house,
        at_browser(browser, house, "cem@example.org", care) as someone,
    ):
        yield someone
    assert not care.surprises()


def test_a_call_is_taken_led_ended_and_followed_up(cem: Someone) -> None:
    cem.opens("/calls")
    cem.presses("I can take a call now")
    cem.looks()
    cem.follows("Take the call")
    caption = cem.page.locator("#caption")
    opening = caption.inner_text()
    assert opening
    expect(cem.page.get_by_text("it is your turn")).to_be_visible()
    box, say = (
        cem.page.get_by_label("What you say"),
        cem.page.get_by_role("button", name="Say it", exact=True),
    )
    box.fill(ASK)
    cem.page.context.set_offline(True)
    say.click()
    expect(cem.page.get_by_text("Not said: no connection")).to_be_visible()
    expect(box).to_have_value(ASK)
    cem.page.context.set_offline(False)
    say.click()
    expect(box).to_have_value("")
    expect(caption).to_have_text(ASK)

    cem.page.get_by_label("Notes on the call").fill("Twelve pictures, two months ago.")
    box.fill("And one more")
    _answer(cem)
    expect(caption).not_to_have_text(ASK, timeout=15_000)
    expect(cem.page.get_by_text("it is your turn")).to_be_visible()
    expect(box).to_have_value("And one more")
    cem.looks()
    cem.presses("End call")
    cem.presses("Write the follow-up email")
    expect(cem.page.get_by_text("And one more")).to_be_visible()  # kept as the email's draft
    assert _said(cem) == [ASK]


def _answer(cem: Someone) -> None:
    """Let the customer's coming turn be due."""
    with cem.house.looked_into() as session:
        query = select(ComingTurn.due_at).where(ComingTurn.kind == TurnKind.MESSAGE)
        due_at = session.exec(query.order_by(col(ComingTurn.id))).first()
    assert due_at
    cem.house.clock.move(max(timedelta(0), due_at - cem.house.clock.now()) + timedelta(seconds=1))


def _said(cem: Someone) -> list[str]:
    with cem.house.looked_into() as session:
        query = select(Message.body).where(Message.kind == MessageKind.REPLY)
        return list(session.exec(query))
