"""What these tests share: a browser, where there is one, and pages that real runs have written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.bad_input.bench import free_port

if TYPE_CHECKING:
    from tests.browser.chromium import Browser

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
Graded = Callable[..., Path]


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium; without it these tests are skipped, unless BROWSER_TESTS=required.

    It is gone before another module's tests, some of which look at everything that runs below this
    process.
    """
    pytest.importorskip("selenium", reason="selenium is not installed: pip install -e '.[test]'")
    from tests.browser.chromium import browser, installed

    found = installed()
    if found is None:
        why = (
            "no Chromium with its driver: apt-get install chromium chromium-driver, or CHROMIUM="
            " and CHROMEDRIVER="
        )
        if os.environ.get("BROWSER_TESTS") == "required":
            pytest.fail(why)
        pytest.skip(why)
    with browser(*found, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """Grades a program, listening on a port that nobody uses, and returns the page."""

    def grade(program: Path, *options: str, expect: int, called: str = "server.py") -> Path:
        place, port = tmp_path_factory.mktemp("graded"), str(free_port())
        server = place / called
        server.write_text(
            program.read_text(encoding="utf-8").replace("4221", port), encoding="utf-8"
        )
        page = place / "page & <b>.html"
        command = [
            sys.executable,
            "-P",
            "-m",
            "grader",
            str(server),
            "--port",
            port,
            "--report",
            f"html:{page}",
            "-q",
        ]
        done = subprocess.run(
            [*command, *options], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == expect, done.stdout + done.stderr
        return page

    return grade


@pytest.fixture(scope="session")
def stuck(graded: Graded) -> Path:
    """The page of a server that fails a stage, and not the first one."""
    return graded(
        ROOT / "examples" / "stuck_at_headers" / "server.py",
        "--seed",
        "7",
        "--up-to",
        "5",
        expect=1,
    )


@pytest.fixture(scope="session")
def finished(graded: Graded) -> Path:
    """The page of a server that is right, with the two stages whose pictures matter most."""
    return graded(
        ROOT / "examples" / "finished" / "server.py", "--seed", "7", "--stage", "6,9", expect=0
    )


@pytest.fixture(scope="session")
def hostile(graded: Graded) -> Path:
    """The page of a server that sends markup wherever it can."""
    called = "'\"><img src=x onerror=window.pwned=1>\u202e.py"
    options = ("--seed", "7", "--all", "--strict", "--stage", "2-5")
    return graded(HERE / "sends_markup.py", *options, expect=1, called=called)
