"""A browser and houses to visit; without Chromium all of this is skipped, with the reason."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.care import Care
from tests.browser.house import House, running, settings_in
from tests.browser.person import Someone, at_browser
from tests.browser.worlds import AT_WORK, a_desk, a_sealed_packet
from tests.databases import SqliteTemplate
from tests.factories.committee import hours_later
from trialsim.kit.clock import MovableClock

REQUIRED = os.environ.get("TRIALSIM_REQUIRE_E2E") == "1"
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where an installed Chromium is."""
    named = os.environ.get("TRIALSIM_CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = "no Chromium found: apt-get install chromium, or set TRIALSIM_CHROMIUM"
        if REQUIRED:
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def care() -> Care:
    return Care()


@pytest.fixture(scope="session")
def desk_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    """Cem at work, with tickets on the desk and a conversation that Mina is to review."""
    return SqliteTemplate(tmp_path_factory.mktemp("desk"), also=a_desk)


@pytest.fixture(scope="session")
def packet_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    """A month that is over, with its packet before the committee."""
    return SqliteTemplate(tmp_path_factory.mktemp("packet"), also=a_sealed_packet)


@pytest.fixture
def desk_house(desk_template: SqliteTemplate, tmp_path: Path) -> Iterator[House]:
    with (
        desk_template.copy() as engine,
        running(settings_in(tmp_path), engine, MovableClock(AT_WORK)) as house,
    ):
        yield house


@pytest.fixture
def packet_house(packet_template: SqliteTemplate, tmp_path: Path) -> Iterator[House]:
    with (
        packet_template.copy() as engine,
        running(settings_in(tmp_path), engine, MovableClock(hours_later(3))) as house,
    ):
        yield house


@pytest.fixture
def desk(browser: Browser, desk_house: House, care: Care) -> Iterator[Someone]:
    """Cem, signed in, before the conversation that has waited longest."""
    with at_browser(browser, desk_house, "cem@example.org", care) as cem:
        cem.page.goto(f"{desk_house.url}/desk")
        cem.signs_in()
        cem.page.locator("#list a.ticket-title").first.click()
        cem.page.get_by_role("form", name="Reply to").wait_for()
        yield cem
    assert not care.surprises()
