"""`grade --check-course --try` on a course outside of this repository: what is as it should be, and
each way in which it is not."""

from __future__ import annotations

import os
import sys
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from tests import forked
from tests.golden import ROOT

if TYPE_CHECKING:
    from pathlib import Path

KEY_VALUE = ROOT / "examples/courses/key-value"


def _tried(course: Path, *options: str) -> forked.Ended:
    words = ["--course", course, "--check-course", "--try", "--seed", "4", *options]
    return forked.run(words, cwd=course, env=os.environ, timeout=600)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    copytree(KEY_VALUE, tmp_path / "course")
    return tmp_path / "course"


def test_a_course_that_is_as_it_should_be(course: Path) -> None:
    ended = _tried(course, "--stage", "bind", "-v")
    assert ended.code == 0, ended.err
    lines = ended.out.decode().splitlines()
    assert "reference: as it should be" in lines
    assert "wrong/bind/one_client.py: as it should be" in lines
    assert lines[-1].endswith("all as they should be; 0 checks without a wrong program")


@pytest.mark.variant
def test_what_is_not_as_it_should_be(course: Path) -> None:
    wrong = course / "wrong" / "ping"
    names = {path.stem: path for path in wrong.glob("*.py")}
    says = names["silent_on_unknown"].read_text()
    (course / "right" / "is_wrong.py").write_text(says.replace("Caught by: ping/unknown", ""))
    path = names["hangs_up"]
    path.write_text(path.read_text().replace("ping/answers_again", "ping/together"))
    (wrong / "is_right.py").write_text(
        '"""Right.\n\nCaught by: ping/in_pieces\n"""\n' + (course / "right/threads.py").read_text()
    )
    names["silent_on_unknown"].unlink()

    ended = _tried(course, "--stage", "ping", "--python", sys.executable)

    assert ended.code == 2, ended.out
    said = ended.err.decode()
    assert "right/is_wrong.py: ping/unknown fails: " in said
    assert "wrong/ping/hangs_up.py: ping/answers_again fails: " in said
    assert "wrong/ping/hangs_up.py: ping/together " in said
    assert "wrong/ping/is_right.py: ping/in_pieces passes" in said
    assert "ping/unknown: no wrong program fails it" in ended.out.decode()


@pytest.mark.variant
def test_a_reference_that_does_not_pass(course: Path) -> None:
    path = course / "reference" / "server.py"
    path.write_text(path.read_text().replace("PONG", "PANG"))
    ended = _tried(course, "--stage", "ping")
    assert ended.code == 2
    assert "reference: ping/answers fails: " in ended.err.decode()
