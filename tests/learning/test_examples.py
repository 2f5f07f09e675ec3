"""The programs of examples/ that learners read: each passes the stages that its table says and
stops where it says, and what the page shows of them is what they are."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from grader.course import course_root, load_course

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.golden import Gradings

ROOT: Final = Path(__file__).parents[2]
EXAMPLES: Final = ROOT / "examples"
PAGE: Final = ROOT / "docs" / "threads-or-asyncio.md"
COURSE: Final = load_course(course_root(), only=())
SEED: Final = 5
MOST_LINES: Final = 120
WEB_APP: Final = "web_app.py"
SIDE_BY_SIDE: Final = ("blocking", "threads", "streams", "protocol")
ROW: Final = re.compile(
    r"^\| \[(\w+\.py)\]\(\1\) \| [^|]+ \| \*([\w-]+)\*(?: to \*([\w-]+)\*)? \| (?:`(\S+)`)? ?\|$",
    re.MULTILINE,
)
"""A row of the table: the program, the first and the last stage that it passes, and the check that
it fails."""

APPLICATION: Final = re.compile(r"^\| \[(\w+\.\w+)\]\(\1\) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
"""A row of the table of web applications: the program, and what it is made with."""

SHOWN: Final = re.compile(
    r"^\[(\w+\.py)\]\(\.\./examples/\1\)$|^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
"""On the page: the name of a program, on a line of its own, or an excerpt."""


def _rows() -> list[tuple[str, tuple[str, ...], str]]:
    """Each program, the stages that it passes, and the check at which it stops."""
    table = (EXAMPLES / "README.md").read_text()
    return [
        (name, _stages(first, last or first), stops)
        for name, first, last, stops in ROW.findall(table)
    ]


def _stages(first: str, last: str) -> tuple[str, ...]:
    slugs = [stage.slug for stage in COURSE.stages]
    return tuple(slugs[slugs.index(first) : slugs.index(last) + 1])


def _imported(text: str) -> set[str]:
    return set(re.findall(r"^(?:import|from) (\w+)", text, re.MULTILINE))


def _excerpts() -> Iterator[tuple[str, str]]:
    """Each excerpt of the page, with the program that was named last."""
    program = ""
    for named, excerpt in SHOWN.findall(PAGE.read_text()):
        if named:
            program = named
        else:
            yield program, excerpt


def test_every_program_has_a_row() -> None:
    assert [name for name, _, _ in _rows()] == [
        *(f"{name}.py" for name in SIDE_BY_SIDE), "routing.py", "udp.py",
    ]  # fmt: skip
    applications = dict(APPLICATION.findall((EXAMPLES / "README.md").read_text()))
    assert list(applications)[:1] == [WEB_APP]
    assert {path.name for path in EXAMPLES.glob("*.[pj][ys]")} == {
        *applications,
        *(name for name, _, _ in _rows()),
    }


@pytest.mark.parametrize(
    ("name", "passes", "stops"), [pytest.param(*row, id=row[0]) for row in _rows()]
)
def test_a_program_passes_what_its_row_says(
    name: str, passes: Sequence[str], stops: str, gradings: Gradings
) -> None:
    stages = [*passes, *([stops.partition("/")[0]] if stops else [])]
    grading = gradings.graded(
        EXAMPLES, ("python3", name), "--strict", f"--stage={','.join(stages)}", seed=SEED
    )

    verdicts = {stage["slug"]: stage["verdict"] for stage in grading.report["stages"]}
    assert [slug for slug, verdict in verdicts.items() if verdict == "passed"] == list(passes)
    failed = [
        check["id"]
        for stage in grading.report["stages"]
        for check in stage["checks"]
        if check["verdict"] == "failed"
    ]
    assert failed[:1] == [stops][: bool(stops)], grading.output
    assert grading.exit_code == (1 if stops else 0)


def test_the_web_application_passes_its_track(gradings: Gradings) -> None:
    grading = gradings.graded(
        EXAMPLES, ("python3", WEB_APP), "--strict", "--track=web-app", seed=SEED
    )
    assert grading.exit_code == 0, grading.output
    assert _imported((EXAMPLES / WEB_APP).read_text()) <= sys.stdlib_module_names


def test_a_program_is_short_and_stands_alone() -> None:
    texts = {name: (EXAMPLES / name).read_text() for name, _, _ in _rows()}
    imported = {module for text in texts.values() for module in _imported(text)}

    assert [name for name, text in texts.items() if text.count("\n") > MOST_LINES] == []
    assert imported - sys.stdlib_module_names == set()


def test_what_speaks_http_is_the_same_in_four_programs() -> None:
    parts = [
        (EXAMPLES / f"{name}.py").read_text().partition("# --- HTTP")[2] for name in SIDE_BY_SIDE
    ]

    assert {part.rpartition("\n    ")[0] for part in parts} == {parts[0].rpartition("\n    ")[0]}
    assert "def respond" in parts[0]


def test_what_the_page_shows_is_in_the_program() -> None:
    excerpts = list(_excerpts())
    wrong = [
        (name, excerpt)
        for name, excerpt in excerpts
        if excerpt not in (EXAMPLES / name).read_text()
    ]

    assert wrong == []
    assert {name for name, _ in excerpts} >= {f"{name}.py" for name in SIDE_BY_SIDE}
