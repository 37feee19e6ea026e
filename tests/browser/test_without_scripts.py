from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.care import Care
from tests.browser.house import House
from tests.browser.person import Someone, at_browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Visits = Callable[[House, str, str], Someone]


@pytest.fixture
def visits(browser: Browser, care: Care) -> Iterator[Visits]:
    """Return a function that opens a page for somebody whose browser runs no scripts."""
    with ExitStack() as opened:

        def visit(house: House, name: str, path: str) -> Someone:
            someone = opened.enter_context(
                at_browser(browser, house, f"{name}@example.org", care, java_script_enabled=False)
            )
            someone.page.goto(house.url + path)
            someone.signs_in()
            return someone

        yield visit
    assert not care.surprises()


def test_reply_with_a_macro_is_sent_by_forms_alone(visits: Visits, desk_house: House) -> None:
    cem = visits(desk_house, "cem", "/desk")
    with cem.page.expect_navigation():
        cem.page.get_by_role("link", name="Start work").click()
    reply = cem.page.get_by_label("Your reply, in Markdown")
    reply.fill("Hello,")

    cem.page.get_by_text("Macros", exact=True).click()
    macro = cem.page.locator("button[name=macro]").first
    words = str(macro.get_attribute("data-insert"))
    with cem.page.expect_navigation():
        macro.click()
    expect(reply).to_have_value(f"Hello,\n\n{words}")
    cem.page.get_by_label("Choose another status").click()
    cem.presses("Solved", exact=False)

    cem.reads("Sent.")
    cem.reads("Solved")


def test_note_is_kept_apart_by_forms_alone(visits: Visits, desk_house: House) -> None:
    cem = visits(desk_house, "cem", "/desk")
    with cem.page.expect_navigation():
        cem.page.get_by_role("link", name="Start work").click()

    cem.page.get_by_text("Internal note", exact=True).click()
    cem.page.get_by_label("Your internal note, in Markdown").fill("For the team.")
    cem.presses("Save note")

    cem.reads("Note saved.")
    expect(cem.page.locator(".msg-note")).to_contain_text("For the team.")


def test_clock_goes_off_and_on_by_forms_alone(visits: Visits, desk_house: House) -> None:
    cem = visits(desk_house, "cem", "/hours")

    cem.presses("Clock out")
    cem.reads("Clocked out: 30 min logged.")
    cem.page.get_by_label("Choose the kind of work").click()
    cem.presses("Talking")

    cem.reads("Clock out")
    cem.reads("Talking")
    assert cem.page.url.endswith("/hours")


def test_review_is_submitted_by_forms_alone(visits: Visits, desk_house: House) -> None:
    mina = visits(desk_house, "mina", "/reviews")
    with mina.page.expect_navigation():
        mina.page.get_by_role("link", name="Start with the first").click()

    for card in mina.page.locator("[data-rate]").all():
        card.locator(".scale label", has_text="Good").click()
    mina.writes("One thing to keep, one thing to try", "Keep the calm. Try a date.")
    mina.presses("Submit and next")

    mina.reads("Nothing to review.")
    mina.reads("Submitted lately")


def test_vote_is_cast_by_forms_alone(visits: Visits, packet_house: House) -> None:
    hana = visits(packet_house, "hana", "/packets")
    with hana.page.expect_navigation():
        hana.page.get_by_role("link", name="Candidate K1").click()
    packet = hana.page.url
    voting = hana.page.get_by_label("Your vote")
    for link in [one.get_attribute("href") for one in voting.locator("li a").all()]:
        hana.page.goto(f"{packet_house.url}{link}")
    hana.page.goto(packet)

    form = hana.page.get_by_role("form", name="Your vote")
    form.get_by_role("radio").first.check()
    hana.writes("Your reason", "Named the cause before answering.", form)
    form.get_by_role("checkbox").first.check()
    form.get_by_role("radio", name="4", exact=True).check()
    hana.presses("Cast my vote", form)

    hana.reads("Your vote is in, sealed.")
