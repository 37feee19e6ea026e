import pytest
from playwright.sync_api import Locator, expect
from sqlmodel import col, select

from tests.browser.person import Someone
from trialsim.accounts.actions import end_all
from trialsim.accounts.models import Person
from trialsim.db import write_session
from trialsim.inbox.models import Message, MessageKind, Ticket

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TEXT = "Thank you for waiting. I found the second payment and sent it back today."


def test_unsent_reply_is_there_again_after_a_reload(desk: Someone) -> None:
    _reply(desk).fill(TEXT)
    expect(desk.page.get_by_text("Draft saved 08:30")).to_be_visible()

    desk.page.reload()

    expect(_reply(desk)).to_have_value(TEXT)


def test_text_the_server_never_got_is_offered_back(desk: Someone) -> None:
    desk.page.context.set_offline(True)
    _reply(desk).fill(TEXT)
    expect(desk.page.get_by_text("Not saved yet. Your text is kept in this tab.")).to_be_visible()

    desk.page.context.set_offline(False)
    desk.page.reload()
    expect(_reply(desk)).to_have_value("")
    desk.page.get_by_role("button", name="Bring back unsent text").click()

    expect(_reply(desk)).to_have_value(TEXT)


def test_session_that_ends_while_typing_costs_no_word(desk: Someone) -> None:
    _reply(desk).fill(TEXT)
    with write_session(desk.house.engine) as session:
        cem = session.exec(select(Person).where(Person.email == desk.email)).one()
        end_all(session, cem, desk.house.clock.now())

    desk.presses("Send as Pending")
    desk.reads("What you wrote is safe")
    desk.signs_in()
    expect(desk.page.get_by_label("Reply")).to_have_value(TEXT)
    desk.looks()
    desk.presses("Send it now")

    desk.reads("Sent.")
    assert _sent(desk) == [TEXT]


def test_double_click_sends_once(desk: Someone) -> None:
    _reply(desk).fill(TEXT)

    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name="Send as Pending").dblclick()

    desk.reads("Sent.")
    assert _sent(desk) == [TEXT]


def test_ctrl_enter_sends_with_the_shown_status(desk: Someone) -> None:
    _reply(desk).fill(TEXT)

    with desk.page.expect_navigation():
        desk.page.keyboard.press("Control+Enter")

    assert _sent(desk) == [TEXT]
    assert _ticket(desk).status == "pending"


def test_letters_lead_through_the_desk(desk: Someone) -> None:
    keys, first = desk.page.keyboard, desk.page.url.partition("?")[0]

    keys.press("n")
    expect(_note(desk)).to_be_focused()
    keys.type("jk?")
    keys.press("Escape")
    keys.press("r")
    expect(_reply(desk)).to_be_focused()
    keys.press("Escape")
    with desk.page.expect_navigation():
        keys.press("j")
    assert desk.page.url.partition("?")[0] != first
    with desk.page.expect_navigation():
        keys.press("k")

    assert desk.page.url.partition("?")[0] == first
    expect(desk.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()
    keys.press("?")
    expect(desk.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    desk.looks()


def test_letters_do_nothing_once_they_are_turned_off(desk: Someone) -> None:
    address = desk.page.url
    desk.opens("/account")
    desk.page.get_by_label("Single-letter keyboard shortcuts").uncheck()
    desk.presses("Save")
    desk.opens(address)

    for key in ("r", "n", "j", "?"):
        desk.page.keyboard.press(key)

    assert desk.page.url == address
    assert desk.page.evaluate("document.activeElement === document.body")
    expect(desk.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()


def test_preview_shows_the_reply_as_it_will_look_and_hides_again(desk: Someone) -> None:
    _reply(desk).fill("Please press **Make public** <script>alert(1)</script>")
    preview = desk.page.get_by_role("button", name="Preview")

    preview.click()
    shown = desk.page.locator(".composer-preview")
    expect(shown.locator("strong")).to_have_text("Make public")
    assert shown.locator("script").count() == 0
    desk.looks()
    preview.click()

    expect(shown).to_be_hidden()
    expect(_reply(desk)).to_have_value("Please press **Make public** <script>alert(1)</script>")


def test_macro_stays_in_the_text_it_was_asked_for(desk: Someone) -> None:
    _reply(desk).fill("For the customer alone.")
    desk.page.get_by_text("Internal note", exact=True).click()
    _note(desk).fill("For the team.")

    desk.page.get_by_text("Macros", exact=True).click()
    macro = desk.page.locator("button[data-insert][name=macro]").first
    words = str(macro.get_attribute("data-insert"))
    desk.looks()
    macro.click()

    expect(_note(desk)).to_have_value(f"For the team.\n\n{words}")
    desk.page.get_by_text("Public reply", exact=True).click()
    expect(_reply(desk)).to_have_value("For the customer alone.")


def test_second_tab_is_told_and_keeps_its_text(desk: Someone) -> None:
    second = desk.page.context.new_page()
    second.goto(desk.page.url)
    second.get_by_label("Your reply, in Markdown").fill("From the second tab.")
    _reply(desk).fill("From the first tab.")
    desk.presses("Send as Pending")

    with second.expect_navigation():
        second.get_by_role("button", name="Send as Pending").click()

    expect(second.get_by_role("alert")).to_contain_text("Something was written here")
    expect(second.get_by_label("Your reply, in Markdown")).to_have_value("From the second tab.")
    assert _sent(desk) == ["From the first tab."]


def _reply(desk: Someone) -> Locator:
    return desk.page.get_by_label("Your reply, in Markdown")


def _note(desk: Someone) -> Locator:
    return desk.page.get_by_label("Your internal note, in Markdown")


def _ticket(desk: Someone) -> Ticket:
    public_id = desk.page.url.rpartition("/")[2].partition("?")[0]
    with desk.house.looked_into() as session:
        return session.exec(select(Ticket).where(Ticket.public_id == public_id)).one()


def _sent(desk: Someone) -> list[str]:
    ticket = _ticket(desk)
    with desk.house.looked_into() as session:
        query = select(Message.body).where(
            Message.ticket_id == ticket.id, Message.kind == MessageKind.REPLY
        )
        return list(session.exec(query.order_by(col(Message.id))))
