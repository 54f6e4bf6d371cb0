"""A real browser for pages, opened at the width of a desk or of a phone."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
SWITCHES = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--enable-unsafe-swiftshader",
)  # fmt: skip

WIDTHS = (1280, 390)


def started(profile: Path) -> Iterator[Any]:
    """A driver of Chromium, quit at the end; the test is skipped where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    if not CHROMIUM or not DRIVER:
        pytest.skip("chromium and chromedriver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for switch in (*SWITCHES, f"--user-data-dir={profile}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


def opened(browser: Any, page: Path, width: int) -> None:
    """Open the page at a width of the window and wait until every plot is drawn."""
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    for log in ("browser", "performance"):
        browser.get_log(log)  # what the page before left behind
    browser.get(page.as_uri())
    waited = time.monotonic() + 60
    while browser.execute_script("return document.documentElement.dataset.drawn") != "yes":
        assert time.monotonic() < waited, "the plots were not drawn within a minute"
        time.sleep(0.05)


def complaints(browser: Any) -> list[str]:
    """What the page has written to the console; a driver's own words about its speed are no fault of the page."""
    return [entry["message"] for entry in browser.get_log("browser") if "GL Driver Message" not in entry["message"]]


def asked_of_the_network(browser: Any) -> list[str]:
    """The addresses that the page has asked for outside its own file, and not the browser for its own pages."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    return [url for url in asked if not url.startswith(("file://", "data:", "blob:", "chrome://"))]
