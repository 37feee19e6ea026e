"""Chatting at a browser: what is written arrives once, whatever the connection does."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Route, expect
from sqlmodel import Session, col, select

from tests import cast as people
from tests.browser.care import Care
from tests.browser.house import running, settings_in
from tests.browser.person import Someone, at_browser
from tests.cast import START
from tests.databases import SqliteTemplate
from tests.factories.cohort import a_live_cohort
from tests.factories.inbox import chats, next_up, tickets
from trialsim.inbox.actions.release import happen
from trialsim.inbox.models import Channel, ComingTurn, Message, MessageKind, Ticket, TurnKind
from trialsim.kit.clock import MovableClock
from trialsim.trials.models import Trial

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

_DUE = select(ComingTurn.due_at).where(ComingTurn.kind != TurnKind.MEMBER)
ASK = "Hello, has anything been added or changed on the site lately?"


def a_chat(session: Session) -> None:
    """Cem takes chats, two at a time, and two customers are there."""
    started = a_live_cohort(session, people.load(session), candidates=("cem",))
    trial = session.get_one(Trial, started.trial.id)
    next_up(
        session,
        trial,
        {"scenario": "checkout-plugin-conflict", "channel": "chat", "customer": 0},
        {"scenario": "slow-images", "channel": "chat", "customer": 1},
    )
    trial, _ = chats(session, started, START, at_once=2)
    for minutes in (1, 3):
        happen(session, trial, START + timedelta(minutes=minutes))
    assert sum(one.channel is Channel.CHAT for one in tickets(session, trial)) == 2


@pytest.fixture(scope="session")
def chat_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("chats"), also=a_chat)


@pytest.fixture
def cem(
    browser: Browser, chat_template: SqliteTemplate, tmp_path: Path, care: Care
) -> Iterator[Someone]:
    """Cem before two chats."""
    clock = MovableClock(START + timedelta(minutes=4))
    with (
        chat_template.copy() as engine,
        running(settings_in(tmp_path), engine, clock) as house,
        at_browser(browser, house, "cem@example.org", care) as someone,
    ):
        someone.opens("/chats")
        yield someone
    assert not care.surprises()


def test_messages_written_without_a_connection_arrive_once_and_in_order(cem: Someone) -> None:
    box = _box(cem, 0)
    cem.page.context.set_offline(True)
    for words in (ASK, "I mean a plugin."):
        box.fill(words)
        box.press("Enter")
    expect(cem.page.get_by_text("Sending …").first).to_be_visible()
    expect(box).to_have_value("")

    cem.page.context.set_offline(False)

    expect(cem.page.get_by_text("Sending …")).to_have_count(0, timeout=20_000)
    assert _sent(cem) == [ASK, "I mean a plugin."]
    expect(_chat(cem, 0).get_by_text("I mean a plugin.")).to_have_count(1)


def test_message_whose_answer_was_lost_is_not_sent_twice(cem: Someone) -> None:
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        answer = route.fetch(max_redirects=0)
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(route.request.url)
            route.abort("internetdisconnected")

    cem.page.route("**/chats/*/messages", lose_the_first)
    _box(cem, 0).fill(ASK)
    _box(cem, 0).press("Enter")

    expect(_chat(cem, 0).locator(".line-me:not(.is-pending)")).to_have_count(1, timeout=15_000)
    expect(cem.page.get_by_text("Sending …")).to_have_count(0, timeout=15_000)
    assert lost
    assert _sent(cem) == [ASK]


def test_customer_answers_while_the_next_message_is_being_written(cem: Someone) -> None:
    box = _box(cem, 0)
    box.fill(ASK)
    _chat(cem, 0).get_by_role("button", name="Send").click()
    expect(_chat(cem, 0).locator(".line:not(.is-pending)")).to_have_count(2)
    box.fill("And one more thing")

    with cem.house.looked_into() as session:
        due_at = session.exec(_DUE).one()
    cem.house.clock.move(due_at - cem.house.clock.now() + timedelta(seconds=1))

    expect(_chat(cem, 0).locator(".line")).to_have_count(3, timeout=15_000)
    expect(box).to_have_value("And one more thing")
    cem.looks()


def test_chats_are_one_at_a_time_behind_tabs_on_a_narrow_page(cem: Someone) -> None:
    cem.page.set_viewport_size({"width": 390, "height": 800})
    expect(_chat(cem, 0)).to_be_visible()
    expect(_chat(cem, 1)).to_be_hidden()

    cem.page.locator("#chat-tabs a").nth(1).click()

    expect(_chat(cem, 0)).to_be_hidden()
    expect(_chat(cem, 1)).to_be_visible()


def _chat(cem: Someone, place: int) -> Locator:
    return cem.page.locator("section.chat").nth(place)


def _box(cem: Someone, place: int) -> Locator:
    return _chat(cem, place).locator("textarea[name=reply]")


def _sent(cem: Someone) -> list[str]:
    with cem.house.looked_into() as session:
        query = (
            select(Message.body)
            .join(Ticket, col(Ticket.id) == Message.ticket_id)
            .where(Message.kind == MessageKind.REPLY)
        )
        return list(session.exec(query.order_by(col(Message.id))))
