"""The files as text: links and paths lead somewhere, and nothing names a place on the machine that
it was written on."""

from __future__ import annotations

import re
from itertools import chain, count
from pathlib import Path
from urllib.parse import unquote

from tests.architecture.checkout import ROOT, assert_none, ours

FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)|(?:src|href)=\"([^\"]+)\"")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
PLACE = re.compile(r"`((?:grader|reference|stages|tests|docs|examples|\.ci)/[^`\s]*)`")
PLACEHOLDER = re.compile(r"[A-Z<{*]|/reverse\b")
"""In a path: a word to be replaced, and the stage that docs/course-author.md has its reader add."""
SOMEBODYS = re.compile(r"(?<![\w.~-])/(?:home|Users|root|work)/[\w.]")

NUMBERED = re.compile(r"(?:\bstages?|--stage|grade show)[ =]\d", re.IGNORECASE)

PAGES = tuple(name for name in ours() if name.endswith(".md"))


def test_links_lead_somewhere() -> None:
    assert PAGES
    assert_none(
        f"{name} links to nothing: {link}"
        for name in PAGES
        for link in _links((ROOT / name).read_text(encoding="utf-8"))
        if not _leads_somewhere(name, link)
    )


def _links(page: str) -> list[str]:
    found = (one or other for one, other in LINK.findall(FENCE.sub("", page)))
    return [link for link in found if not ELSEWHERE.match(link)]


def _leads_somewhere(name: str, link: str) -> bool:
    place, _, anchor = link.partition("#")
    target = (ROOT / name).parent / unquote(place) if place else ROOT / name
    if not target.exists() or not target.resolve().is_relative_to(ROOT):
        return False
    return not anchor or target.suffix != ".md" or anchor in _anchors(target)


def _anchors(page: Path) -> set[str]:
    """The names that GitHub gives to a page's headings."""
    anchors: set[str] = set()
    for heading in HEADING.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        anchor = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
        numbered = (f"{anchor}-{again}" for again in count(1))
        anchors.add(next(name for name in chain([anchor], numbered) if name not in anchors))
    return anchors


def test_dead_links_would_be_seen() -> None:
    page = (
        "see [this](nowhere.md), ![it](missing.svg), [home](README.md#no-such-heading),"
        " [web](https://a.example/)"
    )
    links = _links(page)
    assert links == ["nowhere.md", "missing.svg", "README.md#no-such-heading"]
    assert not any(_leads_somewhere("README.md", link) for link in links)


def test_pages_of_stages_name_stages_by_their_slugs() -> None:
    """A number is a position: a new stage would change it."""
    pages = [name for name in PAGES if name.startswith("stages/")]
    assert pages
    assert_none(
        f"{name} numbers a stage: {found[0]}"
        for name in pages
        if (found := NUMBERED.search((ROOT / name).read_text(encoding="utf-8")))
    )


def test_places_in_backticks_exist() -> None:
    pages = [name for name in PAGES if not name.startswith("stages/")]
    assert pages
    assert_none(
        f"{name} names `{place}`, which is not there"
        for name in pages
        for place in _places((ROOT / name).read_text(encoding="utf-8"))
        if not (ROOT / place).exists()
    )


def _places(page: str) -> list[str]:
    found = (place.partition("::")[0] for place in PLACE.findall(FENCE.sub("", page)))
    return [place for place in found if not PLACEHOLDER.search(place)]


def test_places_that_are_gone_would_be_seen() -> None:
    page = "`grader/gone.py`, `tests/a.py::b`, `stages/SLUG/x`, `stages/reverse/checks.py`, `gone`"
    assert _places(page) == ["grader/gone.py", "tests/a.py"]


def test_no_path_of_one_machine() -> None:
    here = [place for place in (f"{ROOT}/", f"{Path.home()}/") if len(place) > 2]
    assert ours()
    assert_none(
        f"{name} names a place on somebody's machine: {place}"
        for name in ours()
        for text in [(ROOT / name).read_bytes().decode("utf-8", "replace")]
        for place in (*SOMEBODYS.findall(text), *(place for place in here if place in text))
    )
