"""The page as text: whole, escaped, and small for what is in it."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from random import Random

import pytest

from grader.class_page.page import render
from grader.class_page.rows import ClassRow, row_of
from grader.outcomes import Outcome
from tests.unit.class_page.classes import FAILED, check, ended, plausible, report, stage

HOSTILE = "'\"><img src=x onerror=pwned()></script></title>\u202e\x1b[31m{{ 7*7 }}"
OUTLINE = [[check(f"stage-{n}/check_{m}") for m in range(8)] for n in range(30)]


def class_of(count: int) -> list[ClassRow]:
    random = Random(5)
    return [
        row_of(f"ada-{n}", f"class/ada-{n}", f"submissions/ada-{n}.html",
               plausible(random, OUTLINE, random.betavariate(5, 2)))
        for n in range(count)
    ]  # fmt: skip


def test_everything_that_a_submission_says_is_escaped() -> None:
    failing = report(stage(1, check("ok/a", FAILED, HOSTILE, cause=HOSTILE, hint=HOSTILE)))
    rows = [row_of(f"{HOSTILE}{n}", HOSTILE, "submissions/x.html", failing) for n in range(2)]
    rows.append(row_of("z", HOSTILE, "", ended(Outcome.ERRORED, HOSTILE)))
    page = render(rows, HOSTILE, [(HOSTILE, HOSTILE)])
    assert "<img" not in page
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert page.count("<script>") == page.count("</script>") == 1
    assert "{{ 7*7 }}" in page


def test_the_policy_allows_this_style_and_this_script_and_nothing_else() -> None:
    page = render(class_of(1), "Course")
    for name, of in (("style", "style-src"), ("script", "script-src")):
        (text,) = re.findall(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
        digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{of} 'sha256-{digest}'" in page
    assert "default-src 'none'" in page
    assert not re.search(r"\son\w+=|\sstyle=|https?://(?!www\.rfc-editor\.org)", page)


def test_each_cell_leads_to_its_stage_in_the_report_of_its_submission() -> None:
    page = render(class_of(2), "Course")
    for name in ("ada-0", "ada-1"):
        (line,) = re.findall(rf".*>{name}</bdi></a></th>.*", page)
        linked = re.findall(rf'href="submissions/{name}\.html(?:#stage-(\d+))?"', line)
        assert linked == ["", *map(str, range(1, 31))]


def test_without_links_there_is_none() -> None:
    rows = [row_of("ada", "class/ada", "", report(stage(1, check("ok/a"))))]
    page = render(rows, "Course")
    assert not re.search(r'href="(?!#|https://www\.rfc-editor\.org)', page)
    assert "<i>passed</i>" in page


@pytest.mark.parametrize("count", [0, 1])
def test_a_class_may_be_small(count: int) -> None:
    assert f"{count} submission" in render(class_of(count), "Course")


def test_a_row_more_costs_what_a_row_costs() -> None:
    """Time to open goes with size: a hundred bytes a cell."""
    small, large = (len(render(class_of(count), "Course")) for count in (50, 100))
    per_row = (large - small) / 50
    assert per_row < 30 * 100 + 500
    assert small - 50 * per_row < 300_000
