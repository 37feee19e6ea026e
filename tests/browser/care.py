"""What every page owes everybody: no barrier, no sideways scroll, nothing broken in its console."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Literal

from playwright.sync_api import BrowserContext, Page, ViewportSize

Scheme = Literal["light", "dark"]
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
ALL = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# The theme only re-assigns colours, so in the dark these rules alone can tell anything new.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_IS_MISSING = "!('axe' in window)"
_RUN = """async runOnly => {
  scrollTo(0, 0);  // what a sticky bar covers for a moment is no barrier
  const found = await axe.run(document, {runOnly, resultTypes: ["violations"]});
  const root = document.documentElement;
  const faults = found.violations.flatMap(rule => rule.nodes.map(
    node => `${rule.id}: ${node.target.join(" ")} (${node.failureSummary.replace(/\\s+/g, " ")})`));
  return root.scrollWidth > root.clientWidth ? [...faults, "scrolls sideways"] : faults;
}"""
# A browser calls every refusal an error, also one that the page was made for, and a late picture
# that it asks for when the test and its server are over.
_REFUSED = re.compile(
    r"status of (401|409|422)|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED\b.*\.svg"
)
_ID = re.compile(r"\b[a-z]{1,2}_[2-9a-z]{12}\b")


@dataclass(slots=True)
class Care:
    """Collects what pages do wrong, and which pages were seen by whom, in order."""

    faults: list[str] = field(default_factory=list)
    seen: dict[str, dict[str, str]] = field(default_factory=dict)

    def surprises(self) -> list[str]:
        """Return the faults that are no answer to something refused on purpose."""
        return [one for one in self.faults if not _REFUSED.search(one)]

    def watch(self, context: BrowserContext, who: str) -> None:
        """Note whatever the pages of a browser complain about; refused content is among it."""
        context.on(
            "console",
            lambda told: self._hear(who, told.type, f"{told.text} {told.location['url']}"),
        )
        context.on("weberror", lambda error: self._hear(who, "error", str(error.error)))

    def look(self, page: Page, who: str) -> None:
        """Check a page as it is, wide and light, and remember the last one of each kind."""
        address = page.url.partition("#")[0]
        self.seen.setdefault(who, {})[_ID.sub("*", address)] = address
        self._check(page, who, WIDE, "light")

    def look_again(self, page: Page, who: str, addresses: Iterable[str]) -> None:
        """Open pages anew and check them narrow and dark."""
        for address in addresses:
            page.emulate_media(color_scheme="dark")
            page.set_viewport_size(WIDE)
            page.goto(address)
            self._check(page, who, WIDE, "dark")
            page.set_viewport_size(NARROW)
            self._check(page, who, NARROW, "dark")
            page.emulate_media(color_scheme="light")
            self._check(page, who, NARROW, "light")

    def _check(self, page: Page, who: str, size: ViewportSize, scheme: Scheme) -> None:
        place = f"{who} at {page.url}, {size['width']} px, {scheme}"
        self.faults += [f"{place}: {one}" for one in barriers(page, scheme)]

    def _hear(self, who: str, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.faults.append(f"{who} hears in the console: {text}")


def barriers(page: Page, scheme: Scheme) -> list[str]:
    """Return what stands in the way on a page: rule, element and reason."""
    if page.evaluate(_IS_MISSING):
        page.evaluate(_AXE)
    found: Any = page.evaluate(_RUN, ALL if scheme == "light" else COLOURS)
    return [str(one) for one in found]
