"""The page of a bench in a real browser: it loads nothing, fits, and what it shows has names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.bench.reports import FORMATS
from tests.unit.bench.results import all_at_once, bench, one_at_a_time

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.chromium import Browser

RESULTS = {
    "all": bench(all_at_once("yours", 3000.0)),
    "one": bench(one_at_a_time("yours", 3000.0)),
}
every_look = pytest.mark.parametrize(
    ("scheme", "width"), [(s, w) for s in ("light", "dark") for w in (1100, 390)]
)
OVERLAPS = """return [...document.querySelectorAll('figure svg')].flatMap(plot => {
    const names = [...plot.querySelectorAll('.name')].map(one => one.getBoundingClientRect())
    const whole = plot.getBoundingClientRect()
    return names.filter((one, at) => one.right > whole.right + 1
        || names.slice(at + 1).some(other => Math.abs(one.top - other.top) < one.height / 2))
}).length"""


@pytest.fixture(params=RESULTS)
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    place = tmp_path / "bench.html"
    place.write_text(FORMATS["html"](RESULTS[request.param]), encoding="utf-8")
    return place


@every_look
def test_it_asks_for_nothing_and_fits(
    chromium: Browser, page: Path, scheme: str, width: int
) -> None:
    chromium.open(page, scheme=scheme, width=width)
    chromium.run("for (const it of document.querySelectorAll('details')) it.open = true")
    assert chromium.console() == []
    assert chromium.requested() == [page.as_uri()]
    assert chromium.run("return document.documentElement.scrollWidth <= innerWidth")
    assert chromium.run(OVERLAPS) == 0


@every_look
def test_axe_finds_nothing(chromium: Browser, page: Path, scheme: str, width: int) -> None:
    from tests.browser.chromium import axe

    source = axe()
    if source is None:
        pytest.skip("axe-core is not installed: pip install --no-deps axe-playwright-python")
    chromium.open(page, scheme=scheme, width=width)
    assert chromium.violations(source) == []
