"""The page of a class in a real browser: it loads nothing, fits, and needs no mouse."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from grader.class_page.page import render
from grader.class_page.rows import row_of
from grader.outcomes import Outcome
from tests.unit.class_page.classes import FAILED, check, ended, plausible, report, stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.chromium import Browser

HOSTILE = "'\"><img src=x onerror=window.pwned=1><b>\u202e"
OUTLINE = [[check(f"stage-{n}/check_{m}") for m in range(3)] for n in range(9)]
every_look = pytest.mark.parametrize(
    ("scheme", "width"), [(s, w) for s in ("light", "dark") for w in (1100, 390)]
)
NAMES = """return [...document.querySelectorAll('#map tbody tr')]
    .filter(row => row.checkVisibility()).map(row => row.cells[0].textContent)"""
FOCUSED = """const one = document.activeElement, look = getComputedStyle(one);
    const cell = one.closest('th, td'), box = one.getBoundingClientRect();
    return {text: one.textContent, href: one.getAttribute('href'), column: cell?.cellIndex,
            sorted: cell?.ariaSort, outlined: parseFloat(look.outlineWidth) >= 2,
            seen: document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)
                .includes(one)}"""
DOWN, RIGHT, UP, END = "\ue015", "\ue014", "\ue013", "\ue010"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Learners by number, the last one without a score, and one who sends markup."""
    random = Random(3)
    rows = [
        row_of(f"learner{n}", f"class/learner{n}", f"submissions/learner{n}.html",
               plausible(random, OUTLINE, random.random()))
        for n in range(30)
    ]  # fmt: skip
    failing = report(stage(1, check("stage-0/check_0", FAILED, HOSTILE, hint=HOSTILE)))
    rows.append(row_of(HOSTILE, HOSTILE, "submissions/hostile.html", failing))
    lost = ended(Outcome.ERRORED, f"no memory {HOSTILE}")
    rows.append(row_of("last", "class/last", "submissions/last.html", lost))
    place = tmp_path_factory.mktemp("class") / "index.html"
    place.write_text(render(rows, HOSTILE, [("seed", "7")]), encoding="utf-8")
    return place


@every_look
def test_it_asks_for_nothing_fits_and_runs_no_markup(
    chromium: Browser, page: Path, scheme: str, width: int
) -> None:
    chromium.open(page, scheme=scheme, width=width)
    chromium.run("for (const it of document.querySelectorAll('details')) it.open = true")
    assert chromium.console() == []
    assert chromium.requested() == [page.as_uri()]
    assert chromium.run("return document.documentElement.scrollWidth <= innerWidth")
    assert chromium.run("return window.pwned") is None
    assert chromium.run("return document.querySelectorAll('img, b').length") == 0


@every_look
def test_axe_finds_nothing(chromium: Browser, page: Path, scheme: str, width: int) -> None:
    from tests.browser.chromium import axe

    source = axe()
    if source is None:
        pytest.skip("axe-core is not installed: pip install --no-deps axe-playwright-python")
    chromium.open(page, scheme=scheme, width=width)
    assert chromium.violations(source) == []


def test_the_table_is_heard_as_one(chromium: Browser, page: Path) -> None:
    chromium.open(page)
    heard = [(role, name) for role, name, _ in chromium.heard()]
    assert ("grid", "Submissions") in heard
    for role, name in (("columnheader", "Points"), ("rowheader", "learner0"), ("link", "passed")):
        assert (role, name) in heard
    assert sum(role == "gridcell" for role, _ in heard) == 32 * (3 + 9)


def test_the_table_is_one_stop_of_tab_and_arrows_move_in_it(chromium: Browser, page: Path) -> None:
    chromium.open(page)
    chromium.run("document.getElementById('all').focus()")
    chromium.tab()
    assert chromium.run(FOCUSED)["text"] == "Name"
    chromium.press(DOWN)
    at = chromium.run(FOCUSED)
    assert (at["text"], at["href"]) == ("learner0", "submissions/learner0.html")
    for _ in range(25):
        chromium.press(DOWN)
    chromium.press(END)
    at = chromium.run(FOCUSED)
    assert at["href"] == "submissions/learner25.html#stage-9"
    assert at["outlined"]
    assert at["seen"]
    chromium.tab()
    assert chromium.run(FOCUSED)["column"] is None


def test_enter_on_a_heading_sorts_and_says_so(chromium: Browser, page: Path) -> None:
    chromium.open(page)
    chromium.run("document.querySelector('#map thead button').focus()")
    chromium.press(RIGHT)
    chromium.press(RIGHT)
    chromium.enter()
    points = (
        "return [...document.querySelectorAll('#map tbody tr')].map(it => it.cells[2].textContent)"
    )
    scores = [int(it.partition("/")[0] or -1) for it in chromium.run(points)]
    assert scores == sorted(scores)
    assert chromium.run(FOCUSED)["sorted"] == "ascending"
    chromium.enter()
    assert chromium.run(FOCUSED)["sorted"] == "descending"
    scores = [int(it.partition("/")[0] or -1) for it in chromium.run(points)]
    assert scores == sorted(scores, reverse=True)
    assert chromium.run("return document.querySelectorAll('[aria-sort]').length") == 1


def test_filters_show_some_and_say_how_many(chromium: Browser, page: Path) -> None:
    chromium.open(page)
    chromium.run("document.getElementById('name').focus()")
    for key in "NER1":
        chromium.press(key)
    assert chromium.run(NAMES) == ["learner1", *(f"learner{n}" for n in range(10, 20))]
    assert chromium.run("return document.getElementById('count').value") == "11 of 32 shown"
    chromium.run("document.getElementById('all').focus()")
    chromium.enter()
    chromium.run("const it = document.getElementById('outcome'); it.focus()")
    chromium.press("e")
    assert chromium.run(NAMES) == ["last"]


def test_a_number_of_failures_leads_to_those_who_fail(chromium: Browser, page: Path) -> None:
    chromium.open(page)
    chromium.run("document.querySelector('.checks a[data-fails]').focus()")
    said = chromium.run("return document.activeElement.textContent")
    chromium.enter()
    assert len(chromium.run(NAMES)) == int(said.split()[0])
    assert chromium.run("return location.hash") == "#submissions"


def test_a_script_that_would_get_in_does_not_run(
    chromium: Browser, page: Path, tmp_path: Path
) -> None:
    spoilt = tmp_path / "spoilt.html"
    text = page.read_text(encoding="utf-8")
    spoilt.write_text(text.replace("<footer>", "<script>window.pwned=1</script><footer>"), "utf-8")
    chromium.open(spoilt)
    assert chromium.run("return window.pwned") is None
    assert any("Content Security Policy" in line for line in chromium.console())
