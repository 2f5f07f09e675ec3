"""Submissions in strange places, under strange names, started in strange surroundings: graded like
any other."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.bad_input.bench import EXAMPLES, Bench, Finished

NAMES = [
    "a 'quote' and a \"quote\"",
    "comma,colon:back\\slash\\",
    "new\nline and tab\t",
    "$HOME `id` $(id) *?[1];&",
    "-v",
    "\u00e9mile#%s{directory}",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_directory_with_a_strange_name(bench: Bench, name: str) -> None:
    place = bench.place / name
    bench.program("right.py").parent.rename(place)
    bench.grade(f"./{name}/right.py", expect=0)


def test_a_file_with_a_strange_name(bench: Bench) -> None:
    program = bench.program("right.py")
    named = program.with_name("a 'b' \"c\", d:e.py")
    program.rename(named)
    bench.grade(named, expect=0)


def test_names_that_are_not_text(bench: Bench) -> None:
    place = os.path.join(os.fsencode(bench.place), b"caf\xe9")
    os.rename(bench.program("right.py").parent, place)
    os.rename(os.path.join(place, b"right.py"), os.path.join(place, b"\xff.py"))
    run = bench.grade(Path(os.fsdecode(os.path.join(place, b"\xff.py"))), expect=0)
    assert run.report is not None
    assert (
        r"\xff.py" in run.report["submission"]["path"]
        or "udcff" in run.report["submission"]["path"]
    )


def test_a_symlink_to_a_program(either: Bench) -> None:
    (either.place / "link.py").symlink_to(either.program("right.py"))
    either.grade("link.py", expect=0)
    (either.place / "linked").symlink_to("submission")
    either.grade("linked/right.py", expect=0)


def test_a_read_only_directory(either: Bench) -> None:
    directory = either.program("right.py").parent
    for path in directory.iterdir():
        path.chmod(0o444)
    directory.chmod(0o555)
    try:
        either.grade(directory / "right.py", expect=0)
    finally:
        directory.chmod(0o755)


def test_a_directory_with_sockets_pipes_and_dead_links(either: Bench) -> None:
    directory = either.program("right.py").parent
    os.mkfifo(directory / "pipe")
    (directory / "dead").symlink_to("nowhere")
    (directory / "loop").symlink_to(directory)
    (directory / "closed").mkdir(mode=0)
    either.grade(directory / "right.py", expect=0)


@pytest.mark.parametrize("base", ["/tmp", "/dev/shm", "/var/tmp"])
def test_a_submission_where_temporary_files_are(either: Bench, base: str) -> None:
    if not os.access(base, os.W_OK):
        pytest.skip(f"this machine has no {base}")
    place = Path(base, f"bad-input-{os.getpid()}-{either.port}")
    shutil.copytree(either.program("right.py").parent, place)
    try:
        either.grade(place / "right.py", expect=0)
    finally:
        shutil.rmtree(place)


def test_a_command(bench: Bench) -> None:
    bench.program("right.py")
    where = ["--port", str(bench.port), "--sandbox", bench.sandbox, "--stage", "ok", "-q"]
    bench.say(*where, "--", "python3", "submission/right.py", expect=0)
    bench.say(*where, "--", "sh", "-c", "cd submission; exec python3 right.py", expect=0)


def test_an_interpreter_of_ones_own(bench: Bench) -> None:
    bench.grade(bench.program("right.py"), "--python", sys.executable, expect=0)


def test_standard_input_is_closed(bench: Bench) -> None:
    program = bench.program("right.py")
    arguments = [
        "submission/right.py",
        "--stage",
        "ok",
        "--port",
        str(bench.port),
        "--sandbox",
        bench.sandbox,
    ]
    command = ["sh", "-c", 'exec "$@" <&-', "sh", *map(str, bench.command(*arguments))]
    with bench.started([*command], stdin=None) as running:
        out, err = running.process.communicate()
    assert program.exists()
    assert bench.finished(running.process.returncode, out, err).code == 0


def test_standard_output_and_error_are_closed(bench: Bench) -> None:
    bench.program("right.py")
    arguments = [
        "submission/right.py",
        "--stage",
        "ok",
        "--port",
        str(bench.port),
        "--sandbox",
        bench.sandbox,
    ]
    report = f"json:{bench.report_path}"
    command = [
        "sh",
        "-c",
        'exec "$@" <&- >&- 2>&-',
        "sh",
        *map(str, bench.command(*arguments, "--report", report)),
    ]
    with bench.started([*command], stdin=None) as running:
        out, err = running.process.communicate()
    finished = bench.finished(running.process.returncode, out, err)
    assert finished.code == 0
    assert finished.report is not None


def test_whoever_reads_the_output_leaves(bench: Bench) -> None:
    """As in `grade ... | head -1`."""
    bench.program("right.py")
    arguments = [
        "submission/right.py",
        "--stage",
        "1-2",
        "--port",
        str(bench.port),
        "--sandbox",
        bench.sandbox,
    ]
    with bench.started(
        bench.command(*arguments, "--report", f"json:{bench.report_path}")
    ) as running:
        process = running.process
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline()
        process.stdout.close()
        error = process.stderr.read()
        process.wait()
    finished = bench.finished(process.returncode, first, error)
    assert finished.code == 0  # the run has gone on
    assert finished.out.startswith("Grading submission/right.py")
    assert finished.err == ""
    assert finished.report is not None


def test_a_full_disk_for_the_output(bench: Bench) -> None:
    bench.program("right.py")
    report = ["--report", f"json:{bench.report_path}"]
    arguments = ["submission/right.py", "--stage", "ok", "--port", str(bench.port), *report]
    command = ["sh", "-c", 'exec "$@" >/dev/full', "sh", *map(str, bench.command(*arguments))]
    with bench.started([*command]) as running:
        out, err = running.process.communicate()
    finished = bench.finished(running.process.returncode, out, err)
    assert finished.code == 3
    assert "No space left on device" in finished.err
    assert finished.report is not None, "no older one is to pass for it"


@pytest.mark.parametrize(
    "environment",
    [
        {"NO_COLOR": "1"},
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1"},
        {"COLUMNS": "1"},
        {"COLUMNS": "99999"},
        {"TERM": "dumb"},
        {"HOME": "/nonexistent"},
    ],
    ids=lambda environment: ",".join(environment) + "=" + next(iter(environment.values()))[:9],
)
def test_surroundings(bench: Bench, environment: dict[str, str]) -> None:
    bench.program("right.py").rename(bench.place / "submission" / "café.py")
    command = ["submission/café.py", "--stage", "ok", "--port", str(bench.port)]
    with bench.started(bench.command(*command), environment) as running:
        out, err = running.process.communicate()
    assert running.process.returncode == 0, out + err
    assert b"\x1b" not in out + err
    assert b"Traceback" not in out + err
    assert bench.left_behind == []


def test_no_interpreter_on_the_path(bench: Bench) -> None:
    bench.program("right.py")
    run = bench.say(
        "submission/right.py", environment={"PATH": str(bench.directory("no programs"))}, expect=3
    )
    assert "there is no Python interpreter 'python3' on PATH; name one with --python" in run.said


@pytest.mark.parametrize("sub", ["scratch", "."])
def test_a_program_where_temporary_files_are_made(either: Bench, sub: str) -> None:
    """As in `grade /tmp/server.py`: the grader's own directory is inside the submission's."""
    directory = either.program("right.py").parent
    temporary = directory / sub
    temporary.mkdir(exist_ok=True)
    either.ours = temporary
    either.grade(directory / "right.py", environment={"TMPDIR": str(temporary)}, expect=0)


def test_a_long_path_to_temporary_files(bench: Bench) -> None:
    temporary = bench.root / ("t" * 100)
    temporary.mkdir()
    bench.grade(
        bench.program("right.py"),
        "--stage",
        "echo",
        environment={"TMPDIR": str(temporary)},
        expect=1,
    )


def test_two_runs_at_once_with_the_same_port(bench: Bench) -> None:
    bench.program("right.py")
    command = bench.command("submission/right.py", "--stage", "1-2", "--port", str(bench.port))
    with bench.started(command) as one, bench.started(command) as other:
        said = [running.process.communicate() for running in (one, other)]
    assert [one.process.returncode, other.process.returncode] == [0, 0], said


def test_no_directory_for_temporary_files(bench: Bench) -> None:
    bench.program("right.py")
    command = bench.command("submission/right.py", "--stage", "ok", "--port", str(bench.port))
    closed = {"TMPDIR": "/nonexistent", "TEMP": "/nonexistent", "TMP": "/nonexistent"}
    with bench.started(command, closed, preexec_fn=None) as running:
        out, err = running.process.communicate()
    assert bench.finished(running.process.returncode, out, err).code == 0


def test_a_working_directory_that_is_gone(bench: Bench) -> None:
    program = bench.program("right.py")
    gone = bench.directory("gone")
    arguments = bench.command(program, "--stage", "ok", "--port", str(bench.port))
    command = ["sh", "-c", f'cd {gone} && rmdir ../gone && exec "$@"', "sh", *map(str, arguments)]
    with bench.started([*command]) as running:
        out, err = running.process.communicate()
    assert bench.finished(running.process.returncode, out, err).code in (0, 3)


def _graded_example(bench: Bench, name: str, *options: str, expect: int) -> Finished:
    directory = bench.place / name
    shutil.copytree(EXAMPLES / name, directory, ignore=shutil.ignore_patterns("__pycache__"))
    server = directory / "server.py"
    server.write_text(server.read_text().replace("4221", str(bench.port)))
    return bench.grade(directory, *options, expect=expect)


def test_the_finished_example(bench: Bench) -> None:
    _graded_example(bench, "finished", "--all", "--strict", expect=0)


def test_the_example_that_is_stuck(bench: Bench) -> None:
    run = _graded_example(bench, "stuck_at_headers", "--up-to", "headers", expect=1)
    assert run.report is not None
    assert [stage["verdict"] for stage in run.report["stages"]] == ["passed"] * 4 + ["failed"]
    assert "✗ FAIL Header names ignore case headers/" in run.said
