"""Source files that the grader compiles: what is said when that fails, that it is bounded, and that
nothing is written beside them."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bad_input.bench import Bench

needs_cc = pytest.mark.skipif(not shutil.which("cc"), reason="there is no C compiler here")


@needs_cc
def test_the_compiler_says_why_and_its_words_are_escaped(either: Bench) -> None:
    either.write("submission/-o x$(touch y).c", 'int main(void) { return "\x1b[31m" + ; }\n')
    run = either.grade("submission", expect=2)
    assert run.report is not None
    reason = run.report["reason"]
    assert reason.startswith("-o x$(touch y).c does not compile: ./-o x$(touch y).c:1:")
    assert "error: expected expression" in reason
    assert r"\x1b[31m" in run.said
    assert os.listdir(either.place / "submission") == ["-o x$(touch y).c"]


@needs_cc
def test_what_the_compiler_warned_of_is_shown_with_a_failure(bench: Bench) -> None:
    bench.write("submission/server.c", "int main(void) { int port; return 1; }\n")
    run = bench.grade("submission", expect=1)
    assert "submission, built with cc -O1 -g -Wall -pthread: stage 2 ok" in run.said
    assert "| the compiler warned: | server.c:1:22: warning: unused variable" in run.said
    assert os.listdir(bench.place / "submission") == ["server.c"]


def test_a_compiler_that_comes_to_no_end(bench: Bench) -> None:
    """It is contained and bounded as the program is."""
    bench.write("submission/server.c", "int main(void) {}\n")
    bench.write("bin/cc", "#!/bin/sh\necho begun\nwhile :; do :; done\n", 0o755)
    path = {"PATH": f"{bench.place / 'bin'}:{os.environ['PATH']}"}
    run = bench.grade("submission/server.c", "--limit", "run=2", expect=2, environment=path)
    assert "server.c was not built: cc -O1 -g -Wall -pthread" in run.said
    assert "the run may last at most 2 s" in run.said
    assert "| begun" in run.said


@pytest.mark.parametrize(
    ("name", "tool"), [("server.rb", "ruby"), ("server.php", "php"), ("server.ts", "deno")]
)
def test_an_interpreter_that_is_found_runs_the_file(bench: Bench, name: str, tool: str) -> None:
    """What stands in for it runs Python: this machine need not have it."""
    # by its path: the python3 of PATH may be a script that needs more of it than is left here
    python = Path(sys.executable).resolve()
    run_it = f'while [ "${{1%.*}}" = "$1" ]; do shift; done; exec {python} "$@"'
    bench.write(f"bin/{tool}", f"#!/bin/sh\n{run_it}\n", 0o755)
    source = bench.program("right.py")
    source.rename(source.with_name(name))
    tools = ":".join(
        path for path in os.environ["PATH"].split(":") if not shutil.which("node", path=path)
    )
    path = {"PATH": f"{bench.place / 'bin'}:{tools}"}
    bench.grade(f"submission/{name}", "--stage", "1-2", expect=0, environment=path)
