"""docs/security.md promises what is tested: every test that it names exists, and its tables say
what is true."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from msgspec.structs import asdict

from grader.course import course_root, load_course
from grader.isolation import LEVELS, seccomp
from grader.isolation.ruleset import SIGNALS, version
from tests.hostile.attacks import ATTACKS, ATTEMPTS, CONTAINED, REFUSED

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))


def rows(first: str) -> list[list[str]]:
    """The cells of the table whose head begins with this cell, without the head."""
    table = PAGE.split(f"\n| {first} |", 1)[1].split("\n\n", 1)[0]
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]
    ]


def test_tests_are_named() -> None:
    assert len(NAMED) > 10


@pytest.mark.parametrize(("path", "function"), NAMED)
def test_every_test_that_is_named_exists(path: str, function: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert not function or function in functions


def test_every_attempt_has_its_promise() -> None:
    programs = [row[1].strip("`") for row in rows("promise: the submission cannot")]
    assert len(programs) == len({*programs})
    assert {attack.program for attack in (*ATTEMPTS, *REFUSED)} <= {*programs}


@pytest.mark.skipif(
    version() < SIGNALS or bool(seccomp.missing()), reason="this machine promises less"
)
def test_the_rungs_promise_what_is_tried_on_them() -> None:
    tried = {attack.program: attack.levels for attack in ATTACKS}
    for _, program, *cells in rows("promise: the submission cannot"):
        promised = tuple(level for level, cell in zip(LEVELS, cells, strict=True) if cell != "no")
        assert promised == tried[program.strip("`")], program


def test_what_depends_on_the_kernel_is_said_so() -> None:
    cells = {
        program.strip("`"): cells for _, program, *cells in rows("promise: the submission cannot")
    }
    assert cells["connects.py"][CONTAINED.index("landlock")] == "Linux 6.7"
    assert cells["signals.py"][CONTAINED.index("network")] == "Linux 6.12"
    assert all(
        "seccomp" in cells[attack.program][CONTAINED.index("landlock")] for attack in REFUSED
    )


def test_the_limits_are_the_courses() -> None:
    course = load_course(course_root(), only=())
    said = {row[0].strip("`"): int(row[1]) for row in rows("limit")}
    assert all(said == asdict(track.limits) for track in course.tracks)
