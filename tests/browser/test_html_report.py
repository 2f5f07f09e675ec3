"""The HTML report in a real browser: it shows what failed, loads nothing, runs nothing, needs no
mouse."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.course import course_root, load_course
from grader.course.pages import page_text
from grader.pages.browser import html_page

if TYPE_CHECKING:
    from tests.browser.chromium import Browser

PAGES = ("stuck", "finished", "hostile")
every_look = pytest.mark.parametrize(
    ("scheme", "width"), [(s, w) for s in ("light", "dark") for w in (1100, 390)]
)
every_page = pytest.mark.parametrize("name", PAGES)

# What can take the focus as the page stands: not what lies in details that are closed.
FOCUSABLE = """return [...document.querySelectorAll('a[href], summary, [tabindex="0"]')]
    .filter(one => one.checkVisibility()).length"""
FOCUSED = """const one = document.activeElement, look = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    return {tag: one.localName, role: one.getAttribute('role'),
            text: one.textContent.trim().slice(0, 60),
            outlined: look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2,
            seen: box.width > 0 && box.right > 0 && box.bottom > 0 && box.top < innerHeight,
            first: !one.dataset.was,
            was: one.dataset.was = 'here'}"""

LANES = """const plots = [...document.querySelectorAll('svg.plot')]
    const plot = plots.find(one => one.ariaLabel.includes('32 connections'))
    const boxes = [...plot.querySelectorAll('.life')].map(one => one.getBoundingClientRect())
    return boxes.map(box => [box.left, box.right, box.top])"""
UNSAFE = (
    r"return /[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b\x80-\x9f]/.test(document.body.textContent)"
)
HANDLERS = """return [...document.querySelectorAll('*')].flatMap(one => [...one.attributes])
    .filter(attribute => attribute.name.startsWith('on')).length"""
FOREIGN = (
    "return document.querySelectorAll('script, img, iframe, object, style ~ style, form, b').length"
)


@pytest.fixture
def axe_source() -> str:
    from tests.browser.chromium import axe

    source = axe()
    if source is None:
        pytest.skip("axe-core is not installed: pip install --no-deps axe-playwright-python")
    return source


@pytest.fixture
def page(name: str, request: pytest.FixtureRequest) -> Path:
    found = request.getfixturevalue(name)
    assert isinstance(found, Path)
    return found


@every_page
@every_look
def test_opens_without_a_word_and_asks_for_nothing(
    chromium: Browser, page: Path, scheme: str, width: int
) -> None:
    chromium.open(page, scheme=scheme, width=width)
    chromium.run("for (const it of document.querySelectorAll('details')) it.open = true")
    assert chromium.console() == []
    assert chromium.requested() == [page.as_uri()]
    assert chromium.run("return document.documentElement.scrollWidth <= innerWidth"), (
        "it has to be scrolled sideways"
    )


@every_look
def test_shows_what_failed(chromium: Browser, stuck: Path, scheme: str, width: int) -> None:
    chromium.open(stuck, scheme=scheme, width=width)
    text = chromium.run("return document.body.innerText")
    assert "FAILED at stage 5 headers: 4 of 5 stages passed" in text
    for said in ("The body is empty: ", r"Host: localhost:", "launch", "by hand"):
        assert said in text
    assert "Header names are case-insensitive" not in text  # a hint is there for who unfolds it
    chromium.run("for (const it of document.querySelectorAll('dd details')) it.open = true")
    assert "Header names are case-insensitive" in chromium.run("return document.body.innerText")
    pictures = chromium.run(
        "return document.querySelectorAll('details[open] > figure svg[role=img]').length"
    )
    assert pictures >= 1
    dark = chromium.run("return getComputedStyle(document.body).backgroundColor")
    assert (dark == "rgb(255, 255, 255)") is (scheme == "light")


def test_pictures_are_parallel_lanes_and_several_round_trips(
    chromium: Browser, finished: Path
) -> None:
    chromium.open(finished)
    told = [name for role, name, _ in chromium.heard() if role in ("image", "img")]
    # all passed: everything is closed, and small pictures say nothing that words do not
    assert told == []
    chromium.run("for (const it of document.querySelectorAll('details.check')) it.open = true")
    told = [name for role, name, _ in chromium.heard() if role in ("image", "img")]
    assert any(
        name.startswith("Timeline: 32 connections, all open at once; one round trip on each")
        for name in told
    )
    assert any(name.startswith("Timeline: 1 connection; 20 round trips on it") for name in told)
    boxes = chromium.run(LANES)
    assert len(boxes) == 12  # the first and the last, of a check that passed
    assert max(left for left, _, _ in boxes) < min(right for _, right, _ in boxes)
    assert len({top for _, _, top in boxes}) == 12


@every_page
def test_screen_reader_gets_headings_in_order_and_landmarks(chromium: Browser, page: Path) -> None:
    chromium.open(page)
    heard = chromium.heard()
    levels = [level for role, _, level in heard if role == "heading"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert 3 in levels
    assert all(after <= before + 1 for before, after in pairwise(levels))
    roles = {role for role, _, _ in heard}
    assert {"banner", "navigation", "main", "contentinfo"} <= roles
    assert all(
        name
        for role, name, _ in heard
        if role in ("heading", "link", "image", "img", "DisclosureTriangle")
    )


@every_page
def test_keyboard_reaches_everything(chromium: Browser, page: Path) -> None:
    chromium.open(page)
    focusable = chromium.run(FOCUSABLE)
    chromium.tab()
    first = chromium.run(FOCUSED)
    assert first["text"] == "Skip to the stages"
    assert first["seen"]
    for _ in range(focusable - 1):
        chromium.tab()
        at = chromium.run(FOCUSED)
        assert at["first"], f"the focus came back to {at} before it had been everywhere"
        assert at["outlined"], f"the focus cannot be seen on {at}"
        assert at["seen"], f"the focus is out of sight on {at}"


def test_keyboard_opens_and_closes(chromium: Browser, finished: Path) -> None:
    chromium.open(finished)
    opened = "return document.querySelectorAll('details[open]').length"
    assert chromium.run(opened) == 0
    chromium.run("document.querySelector('details.check > summary').focus()")
    chromium.enter()
    assert chromium.run(opened) == 1
    chromium.enter()
    assert chromium.run(opened) == 0


def test_skip_link_leads_to_the_stages(chromium: Browser, stuck: Path) -> None:
    chromium.open(stuck)
    chromium.tab()
    chromium.enter()
    assert chromium.run("return document.activeElement.localName") == "main"


@every_look
def test_nothing_that_was_sent_becomes_markup(
    chromium: Browser, hostile: Path, scheme: str, width: int
) -> None:
    chromium.open(hostile, scheme=scheme, width=width)
    chromium.run("for (const it of document.querySelectorAll('details')) it.open = true")
    assert chromium.run("return window.pwned") is None
    assert chromium.run("return document.title").startswith("FAILED: ")
    assert chromium.run(FOREIGN) == 0
    assert chromium.run("return document.querySelectorAll('meta[http-equiv]').length") == 1
    assert chromium.run(HANDLERS) == 0
    text = chromium.run("return document.body.innerText")
    assert '<script>document.title="pwned"' in text
    assert "{{ 7 * 7 }}" in text.replace("\n", "")
    assert chromium.run(UNSAFE) is False
    assert hostile.stat().st_size < 1_500_000


def test_policy_stops_a_script_that_would_get_in(
    chromium: Browser, stuck: Path, tmp_path: Path
) -> None:
    """The second wall: even a page with a script in it runs none and loads nothing."""
    spoilt = tmp_path / "spoilt.html"
    script = (
        '<script>document.title = "pwned"</script><img src="http://127.0.0.1:9/x"'
        ' onerror="document.title = `pwned`">'
    )
    spoilt.write_text(
        stuck.read_text(encoding="utf-8").replace("<footer>", f"{script}<footer>"), encoding="utf-8"
    )
    chromium.open(spoilt)
    assert chromium.run("return document.title").startswith("FAILED: ")
    assert any("Content Security Policy" in line for line in chromium.console())


@every_page
@every_look
def test_axe_finds_nothing(
    chromium: Browser, axe_source: str, page: Path, scheme: str, width: int
) -> None:
    chromium.open(page, scheme=scheme, width=width)
    assert chromium.violations(axe_source) == []


@every_look
def test_axe_finds_nothing_on_the_page_of_a_stage(
    chromium: Browser, axe_source: str, tmp_path: Path, scheme: str, width: int
) -> None:
    stage = next(it for it in load_course(course_root(), only=()).stages if it.slug == "headers")
    page = tmp_path / "headers.html"
    page.write_text(html_page(page_text(stage), stage.title), encoding="utf-8")
    chromium.open(page, scheme=scheme, width=width)
    assert chromium.violations(axe_source) == []
