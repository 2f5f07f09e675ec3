"""A real Chromium without a window, and what it says about a page: console, requests, accessibility
tree, focus."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from selenium.webdriver import ActionChains, Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMES: Final = ("light", "dark")
WIDE, NARROW = 1100, 390
_BINARIES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_SWITCHES = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-dev-shm-usage",
)


def installed() -> tuple[str, str] | None:
    """Chromium and its driver: those that CHROMIUM and CHROMEDRIVER name, else those on the
    PATH."""
    binary = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BINARIES)), None)
    driver = os.environ.get("CHROMEDRIVER") or shutil.which("chromedriver")
    return (binary, driver) if binary and driver else None


def axe() -> str | None:
    """The source of axe-core, which comes with this package as one file; None without it."""
    package = importlib.util.find_spec("axe_playwright_python")
    places = package.submodule_search_locations if package else None
    file = Path(places[0]) / "axe.min.js" if places else None
    return file.read_text(encoding="utf-8") if file and file.is_file() else None


@dataclass(frozen=True, slots=True)
class Browser:
    """The browser, driven over its own protocol."""

    driver: Chrome

    def open(self, page: Path, *, scheme: str = "light", width: int = WIDE) -> None:
        """Open a file as somebody does who prefers that colour scheme, in a window so wide."""
        self._tell(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": scheme}],
        )
        self._tell(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=800,
            deviceScaleFactor=1,
            mobile=False,
        )
        for kind in ("browser", "performance"):
            self.driver.get_log(kind)  # what an earlier page had to say
        self.driver.get(page.as_uri())

    def _tell(self, command: str, **arguments: Any) -> Any:  # noqa: ANN401  (JSON)
        return self.driver.execute_cdp_cmd(command, arguments)

    def run(self, script: str, *arguments: object) -> Any:  # noqa: ANN401  (JSON)
        """What a script of ours returns; the page's policy does not bind it."""
        return self.driver.execute_script(script, *arguments)

    def console(self) -> list[str]:
        """What the page has written to the console since it was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requested(self) -> list[str]:
        """The addresses that the page has asked for, its own included."""
        messages = [
            json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")
        ]
        return [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]

    def press(self, key: str) -> None:
        ActionChains(self.driver, duration=0).send_keys(key).perform()

    def tab(self) -> None:
        self.press(Keys.TAB)

    def enter(self) -> None:
        self.press(Keys.ENTER)

    def heard(self) -> list[tuple[str, str, int]]:
        """What a screen reader gets to know: roles, names, and the levels of headings, in order."""
        nodes = self._tell("Accessibility.getFullAXTree")["nodes"]
        return [
            (
                node.get("role", {}).get("value", ""),
                node.get("name", {}).get("value", ""),
                next(
                    (
                        p["value"]["value"]
                        for p in node.get("properties", ())
                        if p["name"] == "level"
                    ),
                    0,
                ),
            )
            for node in nodes
            if not node.get("ignored")
        ]

    def violations(self, source: str) -> list[str]:
        """What axe finds, with everything on the page opened."""
        self.run("for (const it of document.querySelectorAll('details')) it.open = true")
        self.run(source)
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run().then(found => done(found.violations), error =>"
            " done(String(error)))"
        )
        assert isinstance(found, list), found
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0]['failureSummary']}"
            for one in found
        ]


@contextmanager
def browser(binary: str, driver: str, profile: Path) -> Iterator[Browser]:
    """A browser with a fresh profile, ended with the context."""
    options = ChromeOptions()
    options.binary_location = binary
    for switch in (
        *_SWITCHES,
        f"--user-data-dir={profile}",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
    ):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = Chrome(options=options, service=Service(driver))
    try:
        yield Browser(chrome)
    finally:
        chrome.quit()
