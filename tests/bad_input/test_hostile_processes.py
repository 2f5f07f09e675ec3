"""Programs that hog, hide and hold on: graded as usual, and none of them outlives the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bad_input.bench import Bench


@pytest.mark.parametrize(
    "program",
    ["chatty.py", "closes_output.py", "many_files.py", "forks_on.py", "stubborn.py"],
)
def test_what_answers_rightly_passes_whatever_else_it_does(either: Bench, program: str) -> None:
    either.grade(either.program(program), expect=0)


def test_children_that_leave_their_family(either: Bench) -> None:
    either.grade(either.program("daemons.py"), expect=0)


def test_a_program_that_fills_its_disk(bench: Bench) -> None:
    """In the sandbox only: without it the disk is the machine's."""
    run = bench.grade(bench.program("fills_disk.py"), expect=0)
    assert run.report is not None
    if run.report["environment"]["isolation"]["level"] not in (
        "bubblewrap",
        "namespaces",
        "network",
    ):
        pytest.skip("this machine has no disks of their own")


def test_daemons_of_a_program_that_has_ended(either: Bench) -> None:
    program = either.program("daemons.py")
    program.write_text(program.read_text().replace("serve(ok)", "raise SystemExit(5)"))
    run = either.grade(program, expect=1)
    assert "Your program ended with exit status 5 before it listened" in run.problem


def test_daemons_of_a_build(either: Bench) -> None:
    directory = either.program("daemons.py").parent
    daemons = directory / "daemons.py"
    daemons.write_text(daemons.read_text().replace("serve(ok)", ""))
    either.write("submission/right.py", "from listener import ok, serve\n\nserve(ok)\n")
    either.write("submission/grade.yaml", "build: daemons.py\nentry: right.py\n")
    either.grade(directory, expect=0)
