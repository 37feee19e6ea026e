"""A person at a browser of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from tests.browser.care import WIDE, Care
from tests.browser.house import House
from tests.cast import PASSWORD


class Someone:
    """Opens pages, signs in when asked to, and presses what is there."""

    def __init__(self, house: House, page: Page, email: str, care: Care) -> None:
        self.house = house
        self.page = page
        self.email = email
        self.care = care

    @property
    def name(self) -> str:
        """How we call them."""
        return self.email.partition("@")[0]

    def opens(self, path: str) -> Page:
        """Open a page, through the sign-in page if need be, and look at it with care."""
        self.page.goto(path if path.startswith("http") else self.house.url + path)
        if "/sign-in" in self.page.url:
            self.signs_in()
        self.looks()
        return self.page

    def signs_in(self) -> None:
        """Fill in the sign-in page that is shown."""
        self.writes("Email", self.email)
        self.writes("Password", PASSWORD)
        self.presses("Sign in")

    def looks(self) -> None:
        """Check the page that is shown."""
        self.care.look(self.page, self.name)

    def presses(self, name: str, within: Locator | None = None, *, exact: bool = True) -> None:
        """Press a button by its name and wait for the answer."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role("button", name=name, exact=exact).first.click()

    def follows(self, name: str, within: Locator | None = None, *, exact: bool = True) -> None:
        """Follow a link by its name and look at where it leads."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role("link", name=name, exact=exact).first.click()
        self.looks()

    def writes(self, label: str, text: str, within: Locator | None = None) -> None:
        """Write into a field by its label."""
        field = (within or self.page).get_by_label(label, exact=True)
        field.and_(self.page.locator("input, textarea")).fill(text)

    def reads(self, text: str) -> None:
        """Expect a text on the page."""
        assert text in self.page.locator("body").inner_text(), f"{text!r} at {self.page.url}"


@contextmanager
def at_browser(
    browser: Browser,
    house: House,
    email: str,
    care: Care,
    **options: Any,  # noqa: ANN401 (those of a browser context)
) -> Iterator[Someone]:
    """Give somebody a browser with nothing in it, until the end of the block."""
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce", **options)
    context.set_default_timeout(10_000)
    someone = Someone(house, context.new_page(), email, care)
    care.watch(context, someone.name)
    try:
        yield someone
    finally:
        context.close()
