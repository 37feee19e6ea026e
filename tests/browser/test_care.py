import pytest
from playwright.sync_api import Browser

from tests.browser.care import Care
from tests.browser.house import House
from tests.browser.person import at_browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FAULTS = {
    "image-alt": "<img src='/static/none.svg'>",
    "color-contrast": "<p id='pale'>Hardly to be read</p>",
    "scrolls sideways": "<pre id='long'></pre>",
    "Content Security Policy": "<script id='inline'></script>",
}
PLANT = """html => {
  document.querySelector("main").insertAdjacentHTML("beforeend", html);
  const [pale, long] = [document.getElementById("pale"), document.getElementById("long")];
  if (pale) pale.style.color = "#ddd";
  if (long) { long.style.width = "3000px"; long.style.height = "1px"; }
  if (!document.getElementById("inline")) return;
  const script = document.createElement("script");
  script.textContent = "1";
  document.body.append(script);
}"""


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault_is_found(
    browser: Browser, desk_house: House, care: Care, fault: str
) -> None:
    with at_browser(browser, desk_house, "cem@example.org", care) as cem:
        cem.page.goto(f"{desk_house.url}/sign-in")
        cem.page.evaluate(PLANT, FAULTS[fault])

        cem.looks()

    assert [one for one in care.surprises() if fault in one]
