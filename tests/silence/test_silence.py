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

from tests.golden import Grading, compare, grade, normalised

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROGRAMS: Final = Path(__file__).parent / "programs"
GOLDEN: Final = Path(__file__).parent / "golden"
SEED: Final = 4
LEVEL_NAMES: Final = ("auto", "off")
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


TOOLS: Final = {".js": "node", ".go": "go", ".c": "gcc", ".rb": "ruby"}
SHORT: Final = ("--timeout-scale=0.3",)
CASES: Final = (
    Case(
        "waits_for_more.py",
        "silence",
        [
            "read the whole request and waits for more. One of its threads is blocked in recv() on"
            " this connection at {here}"
        ],
    ),
    Case(
        "reads_another_line.py",
        "silence",
        [
            "read the whole request and waits for more. Its only thread is blocked in recv() on"
            " this connection at {here}"
        ],
    ),
    Case(
        "reads_a_fixed_size.py",
        "silence",
        [
            "read the whole request and waits for more. Its only thread is blocked in recv() on"
            " this connection at {here}"
        ],
    ),
    Case(
        "selects_until_the_end.py",
        "silence",
        ["No answer: ", "Its only thread is blocked in select() at {here}"],
    ),
    Case("awaits_the_end.py", "silence", ["No answer: ", "Its event loop waits in epoll_wait()"]),
    Case(
        "awaits_the_end.js",
        "silence",
        ["No answer: ", "Its main thread is blocked in epoll_wait()"],
    ),
    Case(
        "waits_for_more.rb",
        "silence",
        ["No answer", "your server read the whole request", "blocked in poll() at {here}"],
        options=SHORT,
    ),
    Case("raises_and_ends.rb", "exit", ["NoMethodError at {here} (undefined method"]),
    Case("is_a_daemon.py", "exit", ["puts itself into the background at {here} (if os.fork():"]),
    Case("is_a_daemon.c", "exit", ["puts itself into the background at {here} (daemon(1, 1);"]),
    Case(
        "waits_for_more.c",
        "silence",
        [
            "No answer: ",
            "read the whole request and waits for more. Its only thread is blocked in recv()",
        ],
    ),
    Case(
        "one_at_a_time.py",
        "silence",
        [
            "No answer: your server did not accept the connection. Its only thread is blocked in"
            " recv() on connection 1 at {here}"
        ],
        stage="concurrency",
    ),
    Case(
        "never_reads.py",
        "silence",
        ["are waiting). Its only thread is blocked in accept() at {here}"],
    ),
    Case(
        "forgets_to_answer.py",
        "silence",
        ["then stopped handling this connection. Its only thread is blocked in accept() at {here}"],
    ),
    Case(
        "raises_and_keeps.py",
        "silence",
        ["raised IndexError at {here} (list index out of range)", "still open"],
    ),
    Case("raises_in_a_task.py", "closed", ["raised TypeError", "at {here}"]),
    Case(
        "computes.py",
        "silence",
        ["is busy in find_end() at {here}", "s of processor time"],
        options=SHORT,
    ),
    Case("sleeps.py", "silence", ["No answer: ", "sleeps at {here}"]),
    Case(
        "locks_twice.py",
        "silence",
        ["No answer: ", "is blocked on a lock or another thread at {here}"],
    ),
    Case(
        "stops_itself.py", "silence", ["No answer: your server stopped itself (SIGSTOP) at {here}"]
    ),
    Case("stops_itself.c", "silence", ["No answer: your server stopped itself (SIGSTOP)"]),
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
        ["Missing: 7 bytes. Your server stopped itself (SIGSTOP) at {here}"],
    ),
    Case(
        "waits_for_a_worker.py",
        "silence",
        ["No answer: ", "is blocked on a lock or another thread at {here}"],
    ),
    Case(
        "half_a_body.py",
        "incomplete",
        ["Missing: 7 bytes. ", "is blocked in recv() on this connection at {here}"],
    ),
    Case(
        "half_a_head.py",
        "incomplete",
        ["the empty line after", "is blocked in recv() on this connection at {here}"],
    ),
    Case(
        "half_the_chunks.py",
        "incomplete",
        ["0\\r\\n\\r\\n as the end", "is blocked in recv() on this connection at {here}"],
    ),
    Case(
        "no_end.py",
        "incomplete",
        ["cannot know where this answer ends: add Content-Length", "stays open"],
        options=("--strict",),
    ),
    Case(
        "drips.py",
        "incomplete",
        ["Timed out after 1.5 s, while", "{here}"],
        options=("--timeout-scale=0.1",),
    ),
    Case(
        "raises_and_closes.py",
        "closed",
        ["without an answer. It raised ValueError", "at {here}"],
    ),
    Case(
        "raises_and_ends.py",
        "exit",
        ["crashed while handling this request: TypeError", "at {here}"],
    ),
    Case("throws.js", "exit", ["crashed while handling this request: TypeError", "at {here}"]),
    Case(
        "two_workers.py",
        "silence",
        ["2 of its threads are blocked in recv() on connections 1 and 2 at {here}"],
        stage="concurrency",
    ),
    Case("crashes.c", "exit", ["was killed by SIGSEGV"]),
    Case(
        "frees_twice.c",
        "closed",
        [
            "without an answer. One of its processes was killed by SIGABRT. Your program printed"
            ' "free(): double free detected'
        ],
        stage="paths",
    ),
    Case(
        "file_is_missing.js",
        "exit",
        ["crashed while handling this request: Error at {here} (ENOENT: no such file"],
    ),
    Case(
        "closes_its_server.js",
        "exit",
        ["ended with exit status 0 after its first answer. It ended after earlier checks, too"],
    ),
    Case(
        "hears_no_error.js",
        "exit",
        [
            "crashed after the client reset connection 1: 'error' event without a listener",
            " ECONNRESET",  # of a read or a write: whichever node does first
        ],
        stage="concurrency",
    ),
    Case("panics.go", "exit", ["crashed while handling this request: panic at {here} (runtime"]),
    Case(
        "waits_for_more.go",
        "silence",
        ["read the whole request. Its only thread is blocked in recv() at {here}"],
        options=SHORT,
    ),
    Case(
        "logs_and_says_500.go",
        "mismatch",
        [
            'The status is 500, not 200. Your program printed "',
            "error reading the page: open pages/index.html: no such file or directory",
        ],
    ),
    Case(
        "prints_what_it_catches.py",
        "mismatch",
        ["not 200. ", 'Your program printed "Exception handling client: list index out of range".'],
    ),
    Case(
        "does_not_compile.py",
        "exit",
        ["crashed before it listened: SyntaxError at {here} ('(' was never closed)"],
        "bind-port",
    ),
    Case(
        "sleeps_before_listening.py",
        "start",
        ["does not listen", "It sleeps at {here}"],
        "bind-port",
        SHORT,
    ),
    Case("binds_without_listening.py", "start", ["It is blocked in recv() at {here}"], "bind-port"),
    Case(
        "uses_all_time.py",
        "resource",
        ["used more than 1 s of processor time"],
        options=("--limit=cpu=1",),
    ),
)
_STACK: Final = re.compile(r"^( {5}output +)\|.*\n(?: +\|.*\n)*", re.MULTILINE)
"""Which parts of it are Node's or Go's own differs from one version to the next."""

UNLISTED: Final = frozenset([
    "drips.py", "hears_no_error.js", "waits_for_more.rb", "raises_and_ends.rb",
    "is_a_daemon.py", "is_a_daemon.c",
])  # fmt: skip
"""There is no block to compare with: how far it came differs from run to run, or what is printed
from version to version."""


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    tool = TOOLS.get(Path(found.name).suffix)
    if tool and not shutil.which(tool):
        pytest.skip(f"there is no {tool} here")
    return found


@pytest.mark.parametrize("level", LEVEL_NAMES)
def test_the_cause_is_named_with_its_line(
    case: Case, level: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    grading = _graded(case, tmp_path, level)

    failure = _failure(grading.report)
    assert failure["kind"] == case.kind
    assert [word for word in case.told if word not in failure["summary"]] == [], failure["summary"]
    if case.name in UNLISTED:
        return
    compare(normalised(grading.output), GOLDEN / f"{case.name}.txt", request)


WITHOUT_LINES: Final = {
    "waits_for_more.py": (
        "No answer: your server read the whole request and waits for more. One of its threads is"
        " blocked in recv() on this connection."
    ),
    "one_at_a_time.py": (
        "No answer: your server did not accept the connection. Its only thread is blocked in recv()"
        " on connection 1."
    ),
    "two_workers.py": (
        "No answer: your server never read the request (40 bytes are waiting). 2 of its threads are"
        " blocked in recv() on connections 1 and 2."
    ),
    "awaits_the_end.py": (
        "No answer: your server read the whole request. Its only thread is blocked in epoll_wait()."
    ),
    "computes.py": "One of its threads is busy (",
    "locks_twice.py": (
        "No answer: your server read the whole request, but all its threads are blocked."
    ),
    "half_a_body.py": (
        "The answer is incomplete: 5 of 12 bytes of the body came. Missing: 7 bytes."
    ),
    "raises_and_keeps.py": "raised IndexError at raises_and_keeps.py:11 (list index out of range)",
}


@pytest.mark.parametrize("name", WITHOUT_LINES)
def test_a_python_that_does_not_say_its_lines(name: str, tmp_path: Path) -> None:
    """-E ignores the environment, which asks for them: the sentence says less, and the verdict is
    the same."""
    case = next(case for case in CASES if case.name == name)
    failure = _failure(_graded(case, tmp_path, "auto", ("python3", "-E")).report)

    assert failure["kind"] == case.kind
    assert WITHOUT_LINES[name] in failure["summary"]
    assert (f"{name}:" in failure["summary"]) == ("raised" in failure["summary"])


def test_every_program_and_every_block_has_a_case() -> None:
    assert {path.name for path in PROGRAMS.iterdir()} == {case.name for case in CASES}
    assert {path.stem for path in GOLDEN.iterdir()} == {case.name for case in CASES} - UNLISTED


def _graded(
    case: Case, place: Path, level: str, interpreter: Sequence[str] = ("python3",)
) -> Grading:
    """The grading of a copy that listens on a port of its own: the lower isolation levels share the
    machine's."""
    port = _free_port()
    directory = place / "submission"
    directory.mkdir()
    program = directory / case.name
    program.write_text((PROGRAMS / case.name).read_text().replace("4221", str(port)))
    interpreters = {".py": interpreter, ".js": ("node",), ".rb": ("ruby",)}
    command = (*interpreters.get(program.suffix, ()), case.name)
    if program.suffix == ".c":
        subprocess.run(["gcc", "-O0", "-o", directory / program.stem, program], check=True)
        command = (f"./{program.stem}",)
    if program.suffix == ".go":
        subprocess.run(["go", "build", program.name], cwd=directory, check=True)
        command = (f"./{program.stem}",)
    options = (f"--stage={case.stage}", f"--sandbox={level}", f"--port={port}", *case.options)
    grading = grade(directory, command, place / "report.json", *options, seed=SEED)
    output = grading.output.replace(str(port), "4221")
    if program.suffix in (".js", ".go"):
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
