"""What a submission's author can mend is not graded, what the machine lacks is errored, and neither
has a score.

What a program does to itself is a failure, and no submission can make it look like the machine's
fault.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.isolation import LEVELS
from grader.program.interpreter import interpreter
from tests.hostile.examined import missing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.bad_input.bench import Bench, Finished


@pytest.fixture
def bare(bench: Bench) -> Mapping[str, str]:
    """A PATH with an interpreter, a shell and a few tools, and without cargo."""
    tools = bench.root / "bin"
    tools.mkdir()
    for name in ("sh", "env", "cat", "sleep"):
        (tools / name).symlink_to(
            next(p for d in ("/bin", "/usr/bin") if (p := Path(d, name)).exists())
        )
    (tools / "python3").symlink_to(interpreter("python3"))
    return {"PATH": str(tools)}


@pytest.fixture(params=LEVELS)
def each(request: pytest.FixtureRequest, bench: Bench) -> Bench:
    """A bench in each sandbox that works here."""
    if why := missing(request.param):
        pytest.skip(f"no {request.param} here: {why}")
    bench.sandbox = request.param
    return bench


def _handed_in(bench: Bench, files: Mapping[str, str]) -> Path:
    """The right server and these files; scripts are executable."""
    directory = bench.program("right.py").parent
    for name, text in files.items():
        bench.write(f"submission/{name}", text, 0o755 if text.startswith("#!") else 0o644)
    return directory


def _not_graded(run: Finished) -> str:
    """The reason of a run in which there was nothing to grade: every report says so."""
    assert run.report is not None
    report = run.report
    assert (report["outcome"], report["verdict"]) == ("not_graded", "skipped")
    assert (report["stages"], report["score"], report["max_score"]) == ([], 0, 0)
    assert " ".join(report["reason"].split()) in run.said
    return str(report["reason"])


# --- a build that fails is its author's -----------------------------------------------------------


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        (
            "echo lacks a semicolon; exit 3",
            'the build step ended with exit status 3; its last output was "lacks a semicolon',
        ),
        ("exit 1", "the build step ended with exit status 1"),
        ("kill -SEGV $$", "the build step was killed by SIGSEGV"),
        ("kill -KILL $$", "the build step was killed by SIGKILL"),
        ("no-such-tool-at-all", 'the build step ended with exit status 127; its last output was "'),
        (
            "echo cargo: not found; exit 127",
            'the build step ended with exit status 127; its last output was "cargo: not found',
        ),
        ("python3 -c 'exit(127)'", "the build step ended with exit status 127"),
        ("echo 'sh: 1: cargo: not found' >&2; exit 2", "the build step ended with exit status 2"),
        (
            "sleep 40 # s",
            (
                "the build step timed out after 0.5 s; to give it more time, set build_seconds"
                " in grade.yaml"
            ),
        ),
        ("cat /dev/full/x", "the build step ended with exit status 1"),
        ("[sh, -c, exit 4]", "the build step ended with exit status 4"),
        ("fails.sh", 'the build step ended with exit status 5; its last output was "by itself'),
    ],
)
def test_a_build_that_fails(bench: Bench, bare: Mapping[str, str], build: str, reason: str) -> None:
    settings = {
        "grade.yaml": (
            f"build: {build if build[0] == '[' else repr(build)}\n"
            "build_seconds: 0.5\n"
            "entry: right.py\n"
        )
    }
    if "sleep" not in build:
        settings["grade.yaml"] = settings["grade.yaml"].replace("0.5", "50")
    files = {**settings, "fails.sh": "#!/bin/sh\necho by itself\nexit 5\n"}
    run = bench.grade(_handed_in(bench, files), expect=2, environment=bare)
    assert _not_graded(run).startswith(reason)
    assert "NOT GRADED: the build step" in run.out


def test_the_end_of_what_a_failed_build_printed_is_shown_and_reported(bench: Bench) -> None:
    run = bench.grade(
        _handed_in(
            bench, {"grade.yaml": "build: printf 'one\\ntwo\\n'; exit 3\nentry: right.py\n"}
        ),
        expect=2,
    )
    assert run.report is not None
    assert run.report["output_tail"] == "one\\ntwo\\n"
    assert run.out.endswith(
        'NOT GRADED: the build step ended with exit status 3; its last output was "two"\n'
        "  | one\n"
        "  | two\n"
    )


def test_a_build_at_its_limit(bench: Bench) -> None:
    hog = (
        "import time\n"
        "x = bytearray(400 << 20)\n"
        "x[:] = x.replace(bytes(1), bytes(1))\n"
        "time.sleep(30)\n"
    )
    files = {"grade.yaml": "build: [python3, hog.py]\nentry: right.py\n", "hog.py": hog}
    run = bench.grade(_handed_in(bench, files), "--limit", "memory=100", expect=2)
    assert _not_graded(run) == "the build step used more than 100 MiB of memory and was stopped"


# --- so is a program that cannot be started -------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (
            {"grade.yaml": "entry: ./no_such_program --fast\n"},
            "there is no program no_such_program",
        ),
        (
            {"grade.yaml": "entry: [no-such-program]\n"},
            "grade.yaml: there is no program 'no-such-program'",
        ),
        (
            {"grade.yaml": "entry: ./plain.sh --fast\n", "plain.sh": "echo\n"},
            "plain.sh is not executable; ",
        ),
        (
            {"grade.yaml": "entry: ./lf.sh --fast\n", "lf.sh": "#!/bin/sh\r\n"},
            "lf.sh cannot be started: its first line",
        ),
        (
            {"your_program.sh": "#!/no/such/shell\n"},
            "the interpreter in its first line is not on this machine: #!/no/such/shell",
        ),
        ({"your_program.sh": "#! \n"}, "the interpreter in its first line"),
        ({"grade.yaml": "entyr: x\n"}, "unknown key 'entyr'"),
    ],
)
def test_a_program_that_cannot_be_started(
    bench: Bench, files: Mapping[str, str], reason: str
) -> None:
    run = bench.grade(_handed_in(bench, files), expect=2)
    assert reason in _not_graded(run)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (
            {"grade.yaml": "entry: [./server]\n", "server": "#!/no/such/shell\n"},
            (
                "grade.yaml: ./server cannot be started: the interpreter in its first line is"
                " not on this machine: #!/no/such/shell"
            ),
        ),
        (
            {
                "grade.yaml": "build: echo '#!/no/such' >server\nentry: [./server]\n",
                "server": "#!/bin/sh\n",
            },
            "server cannot be started: No such file or directory",
        ),
        ({"grade.yaml": "build: 'true'\nentry: ./server\n"}, "there is no program server"),
        ({"grade.yaml": "build: mkfifo server\nentry: ./server\n"}, "there is no program server"),
        (
            {"grade.yaml": "build: echo '#!/bin/sh' >server\nentry: ./server\n"},
            "server is not executable; if it is a program: chmod +x server",
        ),
        (
            {
                "grade.yaml": (
                    "build: 'echo bwrap: execvp x: No such file or directory; exit 1'\n"
                    "entry: right.py\n"
                )
            },
            (
                "the build step ended with exit status 1; its last output was"
                ' "bwrap: execvp x: No such file or directory"'
            ),
        ),
    ],
)
def test_it_is_said_the_same_on_every_level(
    each: Bench, files: Mapping[str, str], reason: str
) -> None:
    assert _not_graded(each.grade(_handed_in(each, files), expect=2)).endswith(reason)


def test_a_link_that_leaves_the_submission(bench: Bench) -> None:
    other = bench.program("right.py").rename(bench.directory("other") / "right.py")
    bench.directory("submission").joinpath("server.py").symlink_to(other)
    _not_graded(bench.grade(bench.place / "submission", expect=2))


def test_a_program_for_another_machine(bench: Bench) -> None:
    header = bytearray(Path("/bin/sh").read_bytes()[:64])
    header[18:20] = b"\xf3\x00" if header[18] != 0xF3 else b"\x3e\x00"
    directory = bench.directory("submission")
    bench.write("submission/your_program.sh", bytes(header), 0o755)
    assert "it is built for another kind of machine" in _not_graded(
        bench.grade(directory, expect=2)
    )


def test_a_submission_that_is_not_there(bench: Bench) -> None:
    bench.report_path.write_text("{}")
    run = bench.grade("nowhere", expect=2)
    assert _not_graded(run) == "there is no file nowhere"
    assert run.report is not None
    assert run.report["submission"] == {"path": "nowhere", "command": [], "built_by": ""}


def test_a_command_line_that_is_wrong_says_nothing_of_a_submission(bench: Bench) -> None:
    bench.report_path.write_text("older")
    older = f"json:{bench.report_path}"
    with bench.started(
        bench.command("nowhere", "--stage", "no-such-stage", "--report", older)
    ) as running:
        assert running.process.wait() == 2
    assert bench.report_path.read_text() == "older"


# --- a tool that is not here is the machine's -----------------------------------------------------


@pytest.mark.parametrize(
    ("files", "who"),
    [
        ({"grade.yaml": "build: cargo build --release\nentry: right.py\n"}, "the build step"),
        (
            {"grade.yaml": "build: set -e; cd . && FLAGS=1 cargo build\nentry: right.py\n"},
            "the build step",
        ),
        ({"grade.yaml": "build: [cargo, build]\nentry: right.py\n"}, "grade.yaml"),
        (
            {
                "grade.yaml": "build: make.sh\nentry: right.py\n",
                "make.sh": "#!/bin/sh\n# first\ncargo build\n",
            },
            "the build step",
        ),
        ({"grade.yaml": "entry: cargo run --release\n"}, "grade.yaml"),
        ({"grade.yaml": "entry: [cargo, run]\n"}, "grade.yaml"),
        ({"your_program.sh": '#!/bin/sh\nset -e\nexec cargo run -- "$@"\n'}, "your_program.sh"),
        ({"your_program.sh": "#!/usr/bin/env cargo\n"}, "your_program.sh, by its first line,"),
        ({"your_program.sh": "#!/usr/local/bin/cargo\n"}, "your_program.sh, by its first line,"),
    ],
)
def test_a_tool_that_is_not_on_this_machine(
    bench: Bench, bare: Mapping[str, str], files: Mapping[str, str], who: str
) -> None:
    run = bench.grade(_handed_in(bench, files), expect=3, environment=bare)
    assert run.report is not None
    assert (run.report["outcome"], run.report["verdict"]) == ("errored", "errored")
    reason = run.report["reason"]
    assert reason.startswith("cargo is not on this machine, and ")
    assert reason.endswith(f"{who} needs it: install cargo")
    assert reason in run.said


def test_no_python_on_this_machine(bench: Bench) -> None:
    tools = bench.root / "bin"
    tools.mkdir()
    run = bench.grade(bench.program("right.py"), expect=3, environment={"PATH": str(tools)})
    assert "there is no Python interpreter 'python3' on PATH" in run.said
    bench.grade(bench.program("right.py"), "--python", "no-such-python", expect=2)


# --- and what a program does to itself is a failure -----------------------------------------------

ALIKE = "print('sh: 1: cargo: not found'); raise SystemExit(127)"


@pytest.mark.parametrize(
    "files",
    [
        {"grade.yaml": f'entry: [python3, -c, "{ALIKE}"]\n'},
        {"server.py": f"{ALIKE}\n"},
        {"your_program.sh": "#!/bin/sh\necho 'cargo: not found'\nexit 127\n"},
        {"your_program.sh": "#!/bin/sh\ncargo_is_not_here() { exit 127; }\ncargo_is_not_here\n"},
        {"your_program.sh": "#!/bin/sh\n# cargo run\nexit 127\n"},
        {"your_program.sh": "#!/bin/sh\necho cargo run\nexit 127\n"},
        {"your_program.sh": "#!/bin/sh\nsh -c 'exit 127'\n"},
        {"your_program.sh": "#!/bin/sh\nsome-tool-of-mine\n"},
        {"your_program.sh": "#!/bin/sh\ncargo --version\nexit 126\n"},
    ],
)
def test_who_ends_as_if_a_tool_were_missing_fails(
    either: Bench, bare: Mapping[str, str], files: Mapping[str, str]
) -> None:
    run = either.grade(_handed_in(either, files), expect=1, environment=bare)
    assert run.report is not None
    assert (run.report["outcome"], run.report["verdict"]) == ("graded", "failed")
    assert " before it listened" in run.problem


def test_once_it_has_listened_no_tool_is_missing_any_more(
    bench: Bench, bare: Mapping[str, str]
) -> None:
    """Whatever a later launch ends with."""
    Path(bare["PATH"], "mkdir").symlink_to("/bin/mkdir")
    program = (
        "#!/bin/sh\n"
        'if mkdir "$HOME/../began" 2>/dev/null; then exec python3 right.py; fi\n'
        "cargo run\n"
    )
    directory = _handed_in(bench, {"your_program.sh": program})
    bench.sandbox = "off"
    run = bench.grade(directory, "--stage", "ok", "--fresh", expect=1, environment=bare)
    assert "exit status 127 before it listened" in " ".join(
        failure["summary"] for failure in run.failures
    )


@pytest.mark.parametrize(
    "number", ["sys.exit(1)", "sys.exit(127)", "os.kill(os.getpid(), 9)", "os.kill(1, 9)"]
)
def test_who_ends_as_if_it_had_not_begun_fails(each: Bench, number: str) -> None:
    """With the words of bubblewrap when it cannot start a program, at every level, and whatever is
    in its way."""
    words = "bwrap: Creating new namespace failed: Resource temporarily unavailable"
    if number.startswith("os.kill(1") and each.sandbox not in ("bubblewrap", "namespaces"):
        pytest.skip("process 1 is no business of this test")
    files = {"server.py": f"import os, sys\nprint({words!r}, flush=True)\n{number}\nsys.exit(1)\n"}
    run = each.grade(_handed_in(each, files), expect=1)
    assert " before it listened" in run.problem


def test_who_fills_its_disk_has_begun(each: Bench) -> None:
    fills = (
        "try:\n"
        "    with open('x', 'wb') as file:\n"
        "        while True:\n"
        "            file.write(bytes(1 << 20))\n"
    )
    files = {"server.py": f"{fills}except OSError:\n    raise SystemExit(1)\n"}
    each.grade(_handed_in(each, files), "--limit", "disk=8", "--limit", "file_size=16", expect=1)


def test_a_right_server_with_few_files(each: Bench) -> None:
    """No more than it needs: what contains it needs none of them."""
    each.grade(each.program("right.py"), "--limit", "files=16", expect=0)


def test_who_is_stopped_at_a_limit_has_begun(each: Bench) -> None:
    hog = (
        "import time\n"
        "x = bytearray(400 << 20)\n"
        "x[:] = x.replace(bytes(1), bytes(1))\n"
        "time.sleep(30)\n"
    )
    run = each.grade(_handed_in(each, {"server.py": hog}), "--limit", "memory=100", expect=1)
    assert run.problem == "Your server used more than 100 MiB of memory and was stopped."


# --- other commands -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "code", "reason"),
    [
        ("build: exit 3\nentry: right.py\n", 2, "the build step ended with exit status 3"),
        ("entry: ./no_such_program --fast\n", 2, "there is no program no_such_program"),
        ("entyr: right.py\n", 2, "unknown key 'entyr'"),
        (
            "build: cargo build\nentry: right.py\n",
            3,
            "cargo is not on this machine, and the build step needs it: install cargo",
        ),
        ("entry: [cargo, run]\n", 3, "cargo is not on this machine, and "),
    ],
)
@pytest.mark.parametrize(
    "command", [["launch"], ["fuzz", "--examples", "1"]], ids=("launch", "fuzz")
)
def test_other_commands_end_alike(
    bench: Bench, bare: Mapping[str, str], command: list[str], settings: str, code: int, reason: str
) -> None:
    directory = _handed_in(bench, {"grade.yaml": settings})
    where = ("--stage", "ok", "--port", str(bench.port))
    run = bench.say(command[0], directory, *command[1:], *where, expect=code, environment=bare)
    assert reason in run.said


# --- a class --------------------------------------------------------------------------------------


def test_each_of_a_class_gets_its_own(bench: Bench, bare: Mapping[str, str]) -> None:
    for name, settings in {
        "ann": "entry: right.py\n",
        "bob": "build: echo no; exit 3\nentry: right.py\n",
        "carl": "build: cargo build\nentry: right.py\n",
        "dora": "entry: [python3, -c, 'exit(127)']\n",
        "emil": "entyr: right.py\n",
    }.items():
        _handed_in(bench, {"grade.yaml": settings}).rename(bench.place / name)
    names = ("ann", "bob", "carl", "dora", "emil")
    outputs = (
        f"--report=json:{bench.root}/reports/",
        f"--summary={bench.root}/summary.csv",
        "--jobs",
        "2",
    )
    run = bench.say(
        *names, *outputs, "--port", str(bench.port), "--stage", "ok", expect=3, environment=bare
    )
    with open(bench.root / "summary.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["verdict"] for row in rows] == [
        "passed",
        "not_graded",
        "errored",
        "failed",
        "not_graded",
    ]
    assert [bool(row["score"] and row["max_score"]) for row in rows] == [
        True,
        False,
        False,
        True,
        False,
    ]
    assert rows[1]["reason"] == 'the build step ended with exit status 3; its last output was "no"'
    assert (
        rows[2]["reason"]
        == "cargo is not on this machine, and the build step needs it: install cargo"
    )
    assert rows[4]["reason"] == "emil/grade.yaml: unknown key 'entyr'; did you mean 'entry'?"
    assert "5 submissions: 1 passed, 1 failed, 1 could not be judged, 2 not graded" in run.said


def test_a_class_without_anything_to_grade(bench: Bench) -> None:
    for name in ("ann", "bob"):
        _handed_in(bench, {"grade.yaml": "build: exit 1\nentry: right.py\n"}).rename(
            bench.place / name
        )
    bench.say("ann", "bob", "nobody", "--port", str(bench.port), "--stage", "ok", expect=2)
