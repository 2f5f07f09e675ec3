"""Programs that never answer, or end: the cause that each must be told, with its line, judged by
whole runs."""

from __future__ import annotations

import contextlib
import random
import re
import shutil
import socket
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.golden import Grading, compare, grade, lines_are_seen, normalised

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROGRAMS: Final = Path(__file__).parent / "programs"
GOLDEN: Final = Path(__file__).parent / "golden"
SEED: Final = 4
RUNGS: Final = ("auto", "off")
_HERE: Final = "here"


@dataclass(frozen=True, slots=True)
class Case:
    """A program, and what must be said of it: `{here}` in `words` stands for its line that is
    marked so."""

    name: str
    kind: str
    words: Sequence[str]
    stage: str = "ok"
    options: Sequence[str] = ()

    @property
    def told(self) -> list[str]:
        return [word.format(here=f"{self.name}:{self.line}") for word in self.words]

    @property
    def line(self) -> int:
        lines = (PROGRAMS / self.name).read_text().splitlines()
        return next(
            (n for n, text in enumerate(lines, 1) if text.endswith((f"# {_HERE}", f"// {_HERE}"))),
            0,
        )


SHORT: Final = ("--timeout-scale=0.3",)
CASES: Final = (
    Case(
        "waits_for_more.py",
        "silence",
        ["read the whole request and waits for more of it, in recv at {here}"],
    ),
    Case(
        "reads_another_line.py",
        "silence",
        ["read the whole request and waits for more of it, in recv at {here}"],
    ),
    Case(
        "reads_a_fixed_size.py",
        "silence",
        ["read the whole request and waits for more of it, in recv at {here}"],
    ),
    Case(
        "selects_until_the_end.py",
        "silence",
        ["never will", "its only thread waits in select at {here}"],
    ),
    Case("awaits_the_end.py", "silence", ["never will", "its event loop waits in epoll"]),
    Case("awaits_the_end.js", "silence", ["never will", "its main thread waits in epoll"]),
    Case(
        "waits_for_more.c",
        "silence",
        ["never will", "read the whole request and waits for more of it, in recv"],
    ),
    Case(
        "one_at_a_time.py",
        "silence",
        [
            "did not accept it and never will: its only thread waits in recv on connection 1 at"
            " {here}"
        ],
        stage="concurrency",
    ),
    Case(
        "never_reads.py",
        "silence",
        ["lie unread: nobody serves this connection", "waits in accept at {here}"],
    ),
    Case(
        "forgets_to_answer.py",
        "silence",
        ["nobody is left to answer: its only thread waits in accept at {here}"],
    ),
    Case(
        "raises_and_keeps.py",
        "silence",
        ["raised IndexError: list index out of range at {here}", "still open"],
    ),
    Case("raises_in_a_task.py", "closed", ["raised TypeError", "at {here}"]),
    Case(
        "computes.py",
        "silence",
        ["computes in find_end(), at {here}", "s of processor time"],
        options=SHORT,
    ),
    Case("sleeps.py", "silence", ["for 1.5 s", "sleeps at {here}"], options=SHORT),
    Case(
        "locks_twice.py", "silence", ["never will", "waits for a lock or another thread at {here}"]
    ),
    Case(
        "stops_itself.py", "silence", ["never will: your server stopped itself (SIGSTOP) at {here}"]
    ),
    Case("stops_itself.c", "silence", ["never will: your server stopped itself (SIGSTOP)"]),
    Case(
        "stops_before_listening.py",
        "start",
        ["does not listen", "it stopped itself (SIGSTOP) at {here}"],
        "bind-port",
    ),
    Case(
        "reads_from_the_terminal.py", "silence", ["your server stopped itself (SIGTTIN) at {here}"]
    ),
    Case(
        "stops_half_way.py",
        "incomplete",
        ["still missing: 7 bytes; your server stopped itself (SIGSTOP) at {here}"],
    ),
    Case(
        "waits_for_a_worker.py",
        "silence",
        ["never will", "waits for a lock or another thread at {here}"],
    ),
    Case(
        "half_a_body.py",
        "incomplete",
        ["still missing: 7 bytes", "waits in recv on this connection at {here}"],
    ),
    Case(
        "half_a_head.py",
        "incomplete",
        ["the empty line after", "waits in recv on this connection at {here}"],
    ),
    Case(
        "half_the_chunks.py",
        "incomplete",
        ["0\\r\\n\\r\\n as the end", "waits in recv on this connection at {here}"],
    ),
    Case(
        "no_end.py",
        "incomplete",
        ["has no end: it has neither Content-Length nor chunks", "stays open"],
        options=("--strict",),
    ),
    Case(
        "drips.py",
        "incomplete",
        ["not whole after 1.5 s, although bytes", "{here}"],
        options=("--timeout-scale=0.1",),
    ),
    Case(
        "raises_and_closes.py",
        "closed",
        ["without answering; meanwhile it raised ValueError", "at {here}"],
    ),
    Case("raises_and_ends.py", "exit", ["exit status 1", "it raised TypeError", "at {here}"]),
    Case("throws.js", "exit", ["exit status 1", "it raised TypeError", "at {here}"]),
    Case("crashes.c", "exit", ["was killed by SIGSEGV"]),
    Case(
        "does_not_compile.py",
        "exit",
        ["exit status 1", "SyntaxError: '(' was never closed at {here}"],
        "bind-port",
    ),
    Case(
        "sleeps_before_listening.py",
        "start",
        ["does not listen", "it sleeps at {here}"],
        "bind-port",
        SHORT,
    ),
    Case("binds_without_listening.py", "start", ["; it waits in recv at {here}"], "bind-port"),
    Case(
        "uses_all_time.py",
        "resource",
        ["used more than 1 s of processor time"],
        options=("--limit=cpu=1",),
    ),
)
_STACK: Final = re.compile(r"^( {5}output +)\|.*\n(?: +\|.*\n)*", re.MULTILINE)
"""Which parts of it are Node's own differs from one Node to the next."""

UNLISTED: Final = frozenset(["drips.py"])
"""How far it came differs from run to run, so there is no block to compare with."""


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    if found.name.endswith(".js") and not shutil.which("node"):
        pytest.skip("there is no node here")
    if found.name.endswith(".c") and not shutil.which("gcc"):
        pytest.skip("there is no gcc here")
    return found


@pytest.mark.parametrize("level", RUNGS)
def test_the_cause_is_named_with_its_line(
    case: Case, level: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    grading = _graded(case, tmp_path, level)

    failure = _failure(grading.report)
    assert failure["kind"] == case.kind
    if not lines_are_seen():
        pytest.skip(
            "py-spy, which names the lines, is not here or may not look: only the kind was compared"
        )
    assert [word for word in case.told if word not in failure["summary"]] == [], failure["summary"]
    if case.name in UNLISTED:
        return
    compare(normalised(grading.output), GOLDEN / f"{case.name}.txt", request)


WITHOUT_LINES: Final = {
    "waits_for_more.py": (
        "and never will: your server has read the whole request and waits for more of it, in recv"
    ),
    "one_at_a_time.py": (
        "did not accept it and never will: its only thread waits in recv on connection 1"
    ),
    "awaits_the_end.py": (
        "and never will: the server has read the whole request, and its only thread waits in epoll"
    ),
    "computes.py": "and one of its threads computes (it has used",
    "locks_twice.py": (
        "and never will: the server has read the whole request, and every thread of it waits"
    ),
    "half_a_body.py": (
        "the answer stopped half-way: 5 of 12 bytes of the body came; still missing: 7 bytes"
    ),
    "raises_and_keeps.py": "raised IndexError: list index out of range at raises_and_keeps.py:11",
}
_BLIND: Final = (
    "import runpy; from grader.system import python_stacks; python_stacks._py_spy = lambda: None; "
    "runpy.run_module('grader', run_name='__main__')"
)


@pytest.mark.parametrize("name", WITHOUT_LINES)
def test_without_py_spy_the_sentence_says_less_and_the_verdict_is_the_same(
    name: str, tmp_path: Path
) -> None:
    case = next(case for case in CASES if case.name == name)
    failure = _failure(_graded(case, tmp_path, "auto", ("-c", _BLIND)).report)

    assert failure["kind"] == case.kind
    assert WITHOUT_LINES[name] in failure["summary"]
    assert (f"{name}:" in failure["summary"]) == ("raised" in failure["summary"])


def test_every_program_and_every_block_has_a_case() -> None:
    assert {path.name for path in PROGRAMS.iterdir()} == {case.name for case in CASES}
    assert {path.stem for path in GOLDEN.iterdir()} == {case.name for case in CASES} - UNLISTED


def _graded(case: Case, place: Path, level: str, run_by: Sequence[str] = ()) -> Grading:
    """The grading of a copy that listens on a port of its own: the lower rungs share the
    machine's."""
    port = _free_port()
    directory = place / "submission"
    directory.mkdir()
    program = directory / case.name
    program.write_text((PROGRAMS / case.name).read_text().replace("4221", str(port)))
    command = ("python3" if program.suffix == ".py" else "node", case.name)
    if program.suffix == ".c":
        subprocess.run(["gcc", "-O0", "-o", directory / program.stem, program], check=True)
        command = (f"./{program.stem}",)
    options = (f"--stage={case.stage}", f"--sandbox={level}", f"--port={port}", *case.options)
    grading = grade(directory, command, place / "report.json", *options, seed=SEED, run_by=run_by)
    output = grading.output.replace(str(port), "4221")
    if program.suffix == ".js":
        output = _STACK.sub(r"\1| ...\n", output)
    return replace(grading, output=output)


def _free_port() -> int:
    """Nobody's just now, and of four digits, as the course's own: so lines break at the same
    places."""
    while True:
        with socket.socket() as tried, contextlib.suppress(OSError):
            tried.bind(("127.0.0.1", random.randrange(5000, 10_000)))
            found: int = tried.getsockname()[1]
            return found


def _failure(report: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first failure of a run."""
    failed = [
        check["failure"]
        for stage in report["stages"]
        for check in stage["checks"]
        if check["failure"]
    ]
    found: Mapping[str, Any] = failed[0]
    return found
