import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.care import Care
from tests.browser.house import House
from tests.browser.person import Someone, at_browser
from tests.cast import NAMES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

A4_POINTS = (595, 842)
PAGES = re.compile(rb"/Type\s*/Page\b")
BOXES = re.compile(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]")


@pytest.fixture
def reader(browser: Browser, packet_house: House, care: Care) -> Iterator[Someone]:
    """Hana with the packet open."""
    with at_browser(browser, packet_house, "hana@example.org", care) as hana:
        hana.page.goto(f"{packet_house.url}/packets")
        hana.signs_in()
        hana.page.get_by_role("link", name="Candidate K1").click()
        hana.page.get_by_role("heading", name="Your vote").wait_for()
        yield hana
    assert not care.surprises()


def test_packet_prints_on_four_pages(reader: Someone) -> None:
    printed = reader.page.pdf(prefer_css_page_size=True, print_background=True)

    boxes = {(round(float(wide)), round(float(high))) for wide, high in BOXES.findall(printed)}
    assert len(PAGES.findall(printed)) == 4
    assert boxes == {A4_POINTS}


def test_printed_packet_names_nobody_and_offers_nothing_to_press(reader: Someone) -> None:
    reader.page.emulate_media(media="print")

    text = reader.page.locator("body").inner_text()
    title = reader.page.title()

    assert "Candidate K1" in text
    assert not [name for name in NAMES if re.search(rf"\b{name}\b", f"{text} {title}")]
    assert reader.page.locator("button:visible, input:visible, nav:visible").count() == 0


def test_packet_is_printed_dark_on_white_from_a_dark_screen(reader: Someone) -> None:
    reader.page.emulate_media(media="print", color_scheme="dark")

    sheet = reader.page.locator(".sheet").first
    ink, paper = sheet.evaluate(
        "sheet => [getComputedStyle(sheet).color, getComputedStyle(document.body).backgroundColor]"
    )

    assert paper == "rgb(255, 255, 255)"
    assert max(int(part) for part in re.findall(r"\d+", ink)) < 64
