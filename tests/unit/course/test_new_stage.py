"""`grade new-stage`: what it writes into a course, and what it refuses without writing anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from grader.commands.entry import run
from grader.course import load_course
from grader.course.audit import check_course
from grader.course.entry import text_with_stage
from grader.course.protocols import PROTOCOLS
from grader.errors import CourseError
from grader.start.new_stage import TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
# A course.
slug: tiny
title: Tiny
tracks:
  - slug: main
    title: Main # first
    stages:
      # The beginning.
      - slug: first
        title: The first # a comment
        requires: []
        budgets:
          quiet: 1

      - slug: second
        title: The second
        requires: [first]   # builds on it
  # The second track.
  - slug: more
    title: More
    stages: [{slug: third, title: T, requires: []}]
"""


def _added(after: str) -> list[str]:
    """The lines that are new; the others are as they were, in their order."""
    new = text_with_stage(TEXT, "main", after, "fresh", "A fresh one", ["first"]).splitlines()
    old = TEXT.splitlines()
    start = next(number for number, line in enumerate(new) if line != old[number])
    count = len(new) - len(old)
    assert new[:start] + new[start + count :] == old
    return sorted(new[start : start + count])


def test_an_entry_in_the_middle_and_at_the_end() -> None:
    entry = ["", "        requires: [first]", "        title: A fresh one", "      - slug: fresh"]
    assert _added("first") == entry
    assert _added("second") == entry
    text = text_with_stage(TEXT, "main", "first", "fresh", "A", [])
    stages = yaml.safe_load(text)["tracks"][0]["stages"]
    assert [stage["slug"] for stage in stages] == ["first", "fresh", "second"]


@pytest.mark.parametrize("title", ["Two: parts", "- x", "yes", "12", "a #b", "'q", 'ü "x"', "*a"])
def test_a_title_is_read_back_as_it_was_written(title: str) -> None:
    text = text_with_stage(TEXT, "main", "second", "fresh", title, [])
    assert yaml.safe_load(text)["tracks"][0]["stages"][-1]["title"] == title


def test_stages_in_one_line_are_left_alone() -> None:
    with pytest.raises(CourseError, match=r"the stages of track 'more' do not stand line by line"):
        text_with_stage(TEXT, "more", "third", "fresh", "A", [])


def test_what_is_written_is_a_right_stage(root: Path) -> None:
    words = ["new-stage", "go-on", "--track", "main", "--after", "first", "--title", "Go: on"]
    assert run([*words, "--course", str(root)]) == 0
    assert check_course(root) == []
    course = load_course(root)
    assert [stage.slug for stage in course.stages] == ["first", "go-on", "second"]
    stage = course.stage("go-on")
    assert (stage.title, stage.requires) == ("Go: on", ("first",))
    assert [check.name for check in stage.checks] == ["answers"]
    assert "Caught by: go-on/answers" in (root / "wrong/go-on/wrong_answer.py").read_text()
    assert stage.page.read_text().startswith("# Go: on\n")


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_protocol_has_its_first_check_and_its_wrong_program(protocol: str) -> None:
    assert (TEMPLATES / f"checks.{protocol}").is_file()
    assert (TEMPLATES / f"wrong.{protocol}").is_file()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["first", "--track", "main"], "there is a stage 'first' already"),
        (["Fresh", "--track", "main"], "slug 'Fresh' must be lower-case words joined by dashes"),
        (["../x", "--track", "main"], "slug '../x' must be lower-case words joined by dashes"),
        (["fresh", "--track", "mian"], "there is no track 'mian'; did you mean 'main'?"),
        (["fresh", "--track", "main", "--after", "frist"], "did you mean 'first'?"),
        (["fresh", "--track", "main", "--requires", "x"], "nothing was written: stages.yaml:"),
        (["fresh", "--track", "main", "--title", "a\nb"], "--title must be one line of text"),
        (["taken", "--track", "main"], "nothing was written: stages/taken/README.md already"),
    ],
)
def test_what_is_wrong_writes_nothing(
    root: Path, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "stages" / "taken").mkdir()
    (root / "stages" / "taken" / "README.md").write_text("mine")
    before = _contents(root)
    assert run(["new-stage", *words, "--course", str(root)]) == 2
    out, err = capsys.readouterr()
    assert (out, sentence in err) == ("", True), err
    assert _contents(root) == before


def _contents(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}
