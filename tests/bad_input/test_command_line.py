"""What is typed wrong: one sentence that names it and the nearest right word, exit code 2, nothing
started."""

from __future__ import annotations

import os
from shutil import copy, copytree
from typing import TYPE_CHECKING

import pytest

from tests.bad_input.bench import ROOT, Bench

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = "submission/right.py"


def _refused(bench: Bench, *arguments: str | Path) -> str:
    """The one sentence with which it is refused."""
    bench.program("right.py")
    run = bench.say(*arguments, expect=2)
    assert run.out == ""
    assert run.report is None
    return " ".join(run.err.split())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((PROGRAM, "--stage", "ehco"), "there is no stage 'ehco'; did you mean 'echo'?"),
        ((PROGRAM, "--stage", "99"), "there is no stage 99; the course has stages 1-"),
        ((PROGRAM, "--stage", "0"), "there is no stage 0; the course has stages 1-"),
        ((PROGRAM, "--stage", "9" * 5000), "the course has stages 1-"),
        ((PROGRAM, "--stage", "-1"), "there is no stage '-1'"),
        ((PROGRAM, "--stage", ""), "'' does not name every stage; write 5, echo, 1-5 or 3,5"),
        ((PROGRAM, "--stage", "3,,5"), "'3,,5' does not name every stage"),
        ((PROGRAM, "--stage", "5-3"), "'5-3' runs backwards"),
        ((PROGRAM, "--stage", "\u0665"), "there is no stage"),
        ((PROGRAM, "--stage", "\x1b[31m"), r"there is no stage '\x1b[31m'"),
        ((PROGRAM, "--up-to", "1,2"), "--up-to takes one stage (5, echo), not '1,2'"),
        ((PROGRAM, "--up-to", "gizp"), "there is no stage 'gizp'; did you mean 'gzip'?"),
        ((PROGRAM, "--track", "htpp"), "there is no track 'htpp'; did you mean 'http'?"),
        ((PROGRAM, "--stage", "5", "--up-to", "6"), "use either --stage or --up-to"),
        (
            (PROGRAM, "--check", "echo/slahes"),
            "there is no check 'echo/slahes'; did you mean 'echo/slashes'?",
        ),
        ((PROGRAM, "--check", "ehco/slashes"), "there is no stage 'ehco'; did you mean 'echo'?"),
        ((PROGRAM, "--check", "slashes"), "write it as STAGE/NAME; did you mean 'echo/slashes'?"),
        ((PROGRAM, "--check", "echo/x*"), "there is no check 'echo/x*'"),
        ((PROGRAM, "--check", "*/nothing"), "--check '*/nothing': no check has such an id"),
        ((PROGRAM, "--check", "1-5/*"), "--check takes one stage (5, echo), not '1-5'"),
        (
            (PROGRAM, "--check", "echo/slashes", "--stage", "ok"),
            "--check 'echo/slashes': stage 'echo' is not among the selected ones",
        ),
        ((PROGRAM, "--check", "echo/slashes", "--progress"), "leave out --check"),
        ((PROGRAM, "--write"), "--write works only with --check-course"),
        ((PROGRAM, "--stgae", "5"), "No such option '--stgae'"),
        ((PROGRAM, "--stage"), "Option '--stage' requires an argument."),
        ((PROGRAM, "--port", "0"), "0 is not in the range 1<=x<=65535"),
        ((PROGRAM, "--port", "http"), "'http' is not a valid integer"),
        ((PROGRAM, "--timeout-scale", "0"), "from 0.01 to 1000"),
        ((PROGRAM, "--timeout-scale", "nan"), "Invalid value for '--timeout-scale': nan"),
        ((PROGRAM, "--seed", "today"), "'today' is not a valid integer"),
        ((PROGRAM, "--sandbox", "on"), "'on' is not one of 'auto', 'off'"),
        (
            (PROGRAM, "--limit", "memory"),
            "--limit 'memory': expected NAME=VALUE, with one of the names memory, ",
        ),
        (
            (PROGRAM, "--limit", "disk=0"),
            "--limit 'disk=0': the value must be a whole number from 1 to 10000000",
        ),
        (
            (PROGRAM, "--", "python3", PROGRAM),
            "give either a SUBMISSION or a command after --, not both",
        ),
        (
            (PROGRAM, "--python", "no-such-python"),
            "there is no Python interpreter 'no-such-python' on PATH",
        ),
        (
            (PROGRAM, "--python", "/no/such/python"),
            "there is no Python interpreter '/no/such/python'",
        ),
        ((PROGRAM, "--python", "submission"), "there is no Python interpreter 'submission'"),
        ((PROGRAM, "--python", "/bin/false"), "/bin/false is not a working Python interpreter"),
        ((), "this directory has no program to start: expected one of your_program.sh, "),
        (("--",), "this directory has no program to start: expected one of your_program.sh, "),
        (("",), "nothing to grade: name a file, a directory, or a command after --"),
        (("--", "no-such-program"), "there is no program 'no-such-program' on PATH"),
        (("--", ""), "there is no program ''"),
        (("stages", "--course", "nowhere"), "/nowhere, which is not a directory"),
        (("show", "ehco"), "there is no stage 'ehco'; did you mean 'echo'?"),
        (("wacth",), "there is no command or file 'wacth'; did you mean 'grade watch'?"),
        (("stagse",), "there is no command or file 'stagse'; did you mean 'grade stages'?"),
        (("lanch", PROGRAM), "there is no command or file 'lanch'; did you mean 'grade launch'?"),
        (("lanch", "--seed", "5"), "did you mean 'grade launch'?"),
        ((PROGRAM, "launch"), "there is no file 'launch'; a command comes first: grade launch"),
        (("help", "wacth"), "there is no command 'wacth'; did you mean 'watch'?"),
    ],
)
def test_options_that_are_wrong(bench: Bench, arguments: tuple[str, ...], sentence: str) -> None:
    assert sentence in _refused(bench, *arguments)


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        ("jsno", "there is no report format 'jsno'; did you mean 'json'?"),
        ("pdf", "there is no report format 'pdf'; there are: "),
        ("\x1b[31m", r"there is no report format '\x1b[31m'"),
        ("json:", "--report json: needs a path after the colon"),
        (
            "json:nowhere/report.json",
            "cannot write a report to nowhere/report.json: there is no directory ",
        ),
        ("json:submission", "cannot write a report to submission: it is a directory"),
        ("json:submission/right.py/report.json", "is not a directory"),
        ("json:/proc/report.json", "cannot write a report to /proc/report.json"),
        ("json:" + "x" * 300, "cannot write a report to "),
    ],
)
def test_reports_that_cannot_be_written(bench: Bench, report: str, sentence: str) -> None:
    assert sentence in _refused(bench, PROGRAM, "--report", report)


def test_a_report_that_may_not_be_written(bench: Bench, unprivileged: None) -> None:
    bench.directory("locked").chmod(0o500)
    bench.write("kept.json", "{}", 0o400)
    assert "permission denied" in _refused(bench, PROGRAM, "--report", "json:locked/report.json")
    assert "permission denied" in _refused(bench, PROGRAM, "--report", "json:kept.json")


def test_two_reports_to_one_place(bench: Bench) -> None:
    sentence = _refused(bench, PROGRAM, "--report", "json:a.json", "--report", "json:./a.json")
    assert "two reports cannot both go to a.json" in sentence


def test_a_file_that_does_not_exist(bench: Bench) -> None:
    sentence = _refused(bench, "submission/rihgt.py")
    assert "there is no file submission/rihgt.py; did you mean submission/right.py?" in sentence


def test_a_directory_without_a_program(bench: Bench) -> None:
    expected = "has no program to start: expected one of your_program.sh, "
    bench.directory("empty")
    assert f"empty {expected}" in _refused(bench, "empty")
    bench.write("notes/README.md", "# Notes")
    assert f"./notes/ {expected}" in _refused(bench, "./notes/")


@pytest.mark.parametrize(
    ("content", "mode", "sentence"),
    [
        (
            "print('hello')",
            0o644,
            "program is neither executable nor a source file that grade knows (.c .cc ",
        ),
        (
            "echo hello\n",
            0o755,
            ("cannot be started: it is not a binary, and not a script (which begins with #!)"),
        ),
        ("", 0o755, "cannot be started: it is not a binary, and not a script"),
        (bytes(range(1, 256)), 0o755, "cannot be started: it is not a binary, and not a script"),
        (
            "#!/no/such/interpreter\n",
            0o755,
            "interpreter in its first line is not on this machine: #!/no/such/interpreter",
        ),
        ("#!/bin/sh\r\necho hello\r\n", 0o755, "its first line ends with CR LF"),
        ("#!\n", 0o755, "the interpreter in its first line is not on this machine: #!"),
        (b"\x7fELF" + bytes(100), 0o755, "program cannot be started: "),
    ],
)
def test_a_file_that_cannot_be_started(
    bench: Bench, content: str | bytes, mode: int, sentence: str
) -> None:
    bench.write("program", content, mode)
    assert sentence in _refused(bench, "program")


def test_a_file_that_is_not_one(bench: Bench) -> None:
    os.mkfifo(bench.place / "pipe.py")
    assert "pipe.py is not a regular file" in _refused(bench, "pipe.py")
    (bench.place / "loop.py").symlink_to("loop.py")
    assert "loop.py" in _refused(bench, "loop.py")
    (bench.place / "dangling.py").symlink_to("gone.py")
    assert "dangling.py" in _refused(bench, "dangling.py")
    assert PROGRAM in _refused(bench, f"{PROGRAM}/server.py")


def test_a_name_that_is_too_long(bench: Bench) -> None:
    assert "x" * 300 in _refused(bench, "x" * 300)


def test_a_file_that_may_not_be_read(bench: Bench, unprivileged: None) -> None:
    bench.write("secret.py", "", 0o000)
    assert "no permission to read secret.py" in _refused(bench, "secret.py")
    bench.write("locked/server.py", "").parent.chmod(0)
    assert "no permission to read locked" in _refused(bench, "locked/server.py")
    assert "no permission to read locked" in _refused(bench, "locked")


@pytest.mark.parametrize(
    ("stages_yaml", "sentence"),
    [
        (None, "/place/course"),
        ("", "stages.yaml:1: the file is empty"),
        ("slug: [", "stages.yaml:2: invalid YAML"),
        ("slug: a\n\ttitle: b\n", "stages.yaml:2: a tab in the indentation"),
        (
            "titel: b\nslug: a\ntracks: []\n",
            "stages.yaml:1: unknown key 'titel'; did you mean 'title'?",
        ),
        ("- a\n", "stages.yaml:1: "),
        ("\x00", "stages.yaml:1: "),
        (b"\xff\xfe\xff", "stages.yaml:1: "),
        ("[" * 5000, "stages.yaml"),
    ],
)
def test_a_course_that_is_wrong(
    bench: Bench, stages_yaml: str | bytes | None, sentence: str
) -> None:
    bench.directory("course")
    if stages_yaml is not None:
        bench.write("course/stages.yaml", stages_yaml)
    assert sentence in _refused(bench, PROGRAM, "--course", "course")
    assert sentence in _refused(bench, "--check-course", "--course", "course")


def test_a_course_that_does_not_exist(bench: Bench) -> None:
    assert "/place/coures, which is not a directory" in _refused(
        bench, PROGRAM, "--course", "coures"
    )


def test_a_stage_without_a_page(bench: Bench) -> None:
    course = bench.directory("course")
    for name in ("stages", "reference"):
        copytree(ROOT / name, course / name)
    copy(ROOT / "stages.yaml", course)
    (course / "stages/gzip/README.md").unlink()
    assert "stages/gzip/README.md: there is no such file in " in _refused(
        bench, "show", "gzip", "--course", "course"
    )
