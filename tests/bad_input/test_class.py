"""A class, whatever is in it: verdicts as if graded alone, nobody harms another, nothing is lost or
left behind."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import shutil
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.bad_input.bench import (
    EXAMPLES,
    ROOT,
    Bench,
    Finished,
    Running,
    has_accepted,
    report_schema,
)

BROKEN = ROOT / "tests" / "submissions"
MIXED = (
    EXAMPLES / "stuck_at_headers",
    BROKEN / "right_server.py",
    BROKEN / "echo" / "cached.py",
    BROKEN / "ok" / "handler_hangs.py",
    EXAMPLES / "finished" / "server.py",
    BROKEN / "bind-port" / "ends_at_once.py",
)
NAMES = ["stuck_at_headers", "right_server", "cached", "handler_hangs", "server", "ends_at_once"]
# a silent server keeps its grading busy for longer than any test
PATIENT = ("--timeout-scale", "100")


def _class(bench: Bench, *arguments: str | Path | bytes, expect: int) -> Finished:
    """A class that is graded to its end, with a report for each and a summary."""
    return bench.say(*arguments, *_outputs(bench), expect=expect)


def _outputs(bench: Bench) -> list[str]:
    where = ["--port", str(bench.port), "--sandbox", bench.sandbox]
    return [*where, f"--report=json:{bench.root}/reports/", f"--summary={bench.root}/summary.csv"]


def _rows(bench: Bench) -> list[dict[str, str]]:
    with open(bench.root / "summary.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _column(bench: Bench, name: str) -> list[str]:
    return [row[name] for row in _rows(bench)]


def _report(bench: Bench, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((bench.root / "reports" / f"{name}.json").read_text())
    report_schema().validate(found)
    return found


def _learner(bench: Bench, name: str, program: str) -> Path:
    """One of the programs here as somebody's submission."""
    place = bench.program(program).parent
    (place / program).rename(place / "server.py")
    return place.rename(bench.place / name)


def _end(bench: Bench, running: Running) -> Finished:
    out, err = running.process.communicate()
    return bench.finished(running.process.returncode, out, err)


def _gradings(running: Running) -> dict[str, psutil.Process]:
    """The processes that grade, by the path they were given."""
    found = {}
    for child in psutil.Process(running.process.pid).children(recursive=True):
        with contextlib.suppress(psutil.Error):  # it has just ended
            words = child.cmdline()
            grades = words[3:4] == ["grader.jobs.worker"]
            found |= {Path(words[-1]).name: child} if grades else {}
    return found


def _grading(running: Running, name: str, after: psutil.Process | None = None) -> psutil.Process:
    """The process that grades this submission, once there is one; after: another one than that."""
    found: list[psutil.Process] = []

    def is_there() -> bool:
        found[:] = [it for it in [_gradings(running).get(name)] if it not in (None, after)]
        return bool(found)

    running.until(is_there, f"the grading of {name}")
    return found[0]


def _judged(report: dict[str, Any]) -> object:
    """What a report says about the submission."""
    stages = [
        (
            stage["slug"],
            stage["verdict"],
            stage["points"],
            [(check["id"], check["verdict"]) for check in stage["checks"]],
        )
        for stage in report["stages"]
    ]
    return report["verdict"], report["score"], stages


def test_a_class_is_judged_as_each_alone(bench: Bench) -> None:
    """On the course's own port, and by other paths to the same programs: the sandbox shows them
    where they are."""
    options = ("--seed", "4", "--up-to", "echo", f"--python={sys.executable}")
    outputs = (f"--report=json:{bench.root}/{{name}}.json", f"--summary={bench.root}/summary.csv")
    together = bench.say(*MIXED, *options, "--jobs", "3", *outputs, expect=1)
    verdicts = []
    for name, path in zip(NAMES, MIXED, strict=True):
        bench.say(
            path, *options, f"--report=json:{bench.root}/alone.json", expect=_code(bench, name)
        )
        alone = json.loads((bench.root / "alone.json").read_text())
        assert _judged(alone) == _judged(json.loads((bench.root / f"{name}.json").read_text()))
        verdicts.append(alone["verdict"])
    assert verdicts == ["passed", "passed", "failed", "failed", "passed", "failed"]
    assert _column(bench, "verdict") == verdicts
    assert _column(bench, "name") == NAMES
    assert _column(bench, "seed") == ["4"] * 6
    table = together.out.partition("In the order given:")[2].splitlines()[1:7]
    assert [line.split()[2] for line in table] == NAMES
    assert "6 submissions: 3 passed, 3 failed" in together.said
    assert "3 in parallel" in together.said


def _code(bench: Bench, name: str) -> int:
    return 0 if json.loads((bench.root / f"{name}.json").read_text())["verdict"] == "passed" else 1


def test_a_grading_that_is_killed(either: Bench) -> None:
    """Only its own submission is errored, with the reason, and no older report stays. It is tried
    once more, by another process."""
    silent = _learner(either, "silent", "silent.py")
    right = _learner(either, "right", "right.py")
    (either.root / "reports").mkdir()
    (either.root / "reports" / "silent.json").write_text("older")
    command = either.command(
        silent, right, "--stage", "ok", "--jobs", "2", *PATIENT, *_outputs(either)
    )
    with either.started(command) as running:
        first = _grading(running, "silent")
        running.until(lambda: running.is_connected(either.port), "a connection")
        first.kill()
        _grading(running, "silent", after=first).kill()
        run = _end(either, running)
    assert run.code == 3
    assert _column(either, "verdict") == ["errored", "passed"]
    assert _column(either, "reason")[0].startswith("its grading was killed by SIGKILL")
    assert _report(either, "silent")["verdict"] == "errored"
    assert _report(either, "silent")["reason"].startswith("its grading was killed by SIGKILL")
    assert run.out.count("its grading was killed by SIGKILL") == 2  # its line, and the table
    assert "1 passed, 0 failed, 1 could not be judged" in run.said


def test_what_a_killed_grading_leaves_running(bench: Bench) -> None:
    """Where nothing contains it, its daemons are hunted down before the next one needs the port."""
    bench.sandbox = "off"
    daemons = _learner(bench, "daemons", "daemons.py")
    right = _learner(bench, "right", "right.py")
    command = bench.command(daemons, right, "--stage", "1-9", "--all", *_outputs(bench))
    with bench.started(command) as running:
        running.until(lambda: running.runs("sleep") and "daemons" in _gradings(running), "a daemon")
        first = _grading(running, "daemons")
        first.kill()
        running.until(lambda: "right" in _gradings(running), "the next grading")
        assert not running.runs("sleep")
        _grading(running, "daemons", after=first).kill()
        _end(bench, running)
    assert _column(bench, "verdict") == ["errored", "failed"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption(bench: Bench, number: signal.Signals) -> None:
    right = _learner(bench, "right", "right.py")
    silent = [_learner(bench, name, "silent.py") for name in ("ann", "bob", "carl")]
    command = bench.command(
        right, *silent, "--stage", "ok", "--jobs", "2", *PATIENT, *_outputs(bench)
    )
    with bench.started(command) as running:
        running.until(lambda: {"ann", "bob"} == set(_gradings(running)), "two silent ones")
        running.until(lambda: _connections(running, bench.port) == 2, "two connections")
        running.signal(number)
        run = _end(bench, running)
    assert run.code == 130
    assert run.err.strip() == "interrupted"
    assert _column(bench, "verdict") == ["passed", "errored", "errored", "errored"]
    assert _column(bench, "reason")[1:] == ["interrupted; 0 checks judged"] * 2 + [
        "interrupted before it was judged"
    ]
    assert _report(bench, "right")["verdict"] == "passed"
    assert [_report(bench, name)["reason"] for name in ("ann", "bob")] == [
        "the run was interrupted"
    ] * 2
    assert not (bench.root / "reports" / "carl.json").exists()
    assert "INTERRUPTED: 4 submissions: 1 passed" in run.said


def _connections(running: Running, port: int) -> int:
    """How many gradings talk to their submission."""
    found = 0
    for grading in _gradings(running).values():
        with contextlib.suppress(psutil.Error):  # it has just ended
            found += any(
                has_accepted(process.pid, port) for process in grading.children(recursive=True)
            )
    return found


def test_a_second_interruption_kills(bench: Bench) -> None:
    """Gradings that do not hear the first one: they are stopped."""
    learners = [_learner(bench, name, "silent.py") for name in ("ann", "bob")]
    command = bench.command(*learners, "--stage", "ok", "--jobs", "2", *PATIENT, *_outputs(bench))
    with bench.started(command) as running:
        running.until(lambda: _connections(running, bench.port) == 2, "two connections")
        for grading in _gradings(running).values():
            grading.suspend()
        running.press_ctrl_c()
        while not running.ended_within(0.01):
            running.press_ctrl_c()
        run = _end(bench, running)
    assert run.code == 130
    assert _column(bench, "reason") == ["interrupted, and it wrote no report"] * 2
    assert [_report(bench, name)["verdict"] for name in ("ann", "bob")] == ["errored"] * 2


def test_a_class_that_is_killed(bench: Bench) -> None:
    """Its gradings end in order, and take their submissions along; only its temporary directory has
    to stay."""
    learners = [_learner(bench, name, "silent.py") for name in ("ann", "bob")]
    command = bench.command(*learners, "--stage", "ok", "--jobs", "2", *PATIENT, *_outputs(bench))
    with bench.started(command) as running:
        running.until(lambda: _connections(running, bench.port) == 2, "two connections")
        running.process.kill()
    assert bench.left_behind == []
    (left,) = bench.scratch.iterdir()
    assert not list(left.glob("*/grade-*"))


def test_a_class_that_is_killed_goes_on_from_its_book(bench: Bench) -> None:
    """What the same command comes to then is what it would have come to undisturbed."""
    learners = [_learner(bench, name, "right.py") for name in ("ann", "bob")]
    learners.append(_learner(bench, "dave", "exits_with_1.py"))
    command = (*learners, "--stage", "ok", "--jobs", "1", *_outputs(bench))
    with bench.started(bench.command(*command)) as running:
        assert running.process.stdout is not None
        while b" points " not in running.process.stdout.readline():
            pass
        running.process.kill()
    again = _class(bench, *command[:-2], expect=1)
    seed = ("--seed", _column(bench, "seed")[0])
    assert re.search(r"[12] of 3 were graded before and have not changed", again.said)
    rows, reports = _rows(bench), [_report(bench, Path(it).name) for it in learners]
    _class(bench, *command[:-2], *seed, "--no-book", expect=1)
    assert _rows(bench) == rows
    assert [_judged(_report(bench, Path(it).name)) for it in learners] == [*map(_judged, reports)]


def test_a_reader_who_leaves(bench: Bench) -> None:
    """As in `grade class/* | head -1`."""
    learners = [_learner(bench, name, "silent.py") for name in ("ann", "bob")]
    right = _learner(bench, "right", "right.py")
    command = bench.command(
        right, *learners, "--stage", "ok", "--jobs", "3", *PATIENT, *_outputs(bench)
    )
    with bench.started(command) as running:
        assert running.process.stdout is not None
        running.process.stdout.readline()
        running.process.stdout.close()
        assert running.process.wait() == 1
    assert bench.left_behind == []
    assert os.listdir(bench.scratch) == []


def test_one_that_takes_too_long(bench: Bench) -> None:
    """What it had judged by then depends on the machine; that it is stopped, and that its report
    says errored, does not."""
    silent = _learner(bench, "silent", "silent.py")
    run = _class(bench, silent, "--stage", "ok", "--max-seconds", "3", *PATIENT, expect=3)
    assert _column(bench, "verdict") == ["errored"]
    assert re.fullmatch(
        "stopped after 3 s(; 0 checks judged|, and it wrote no report)", *_column(bench, "reason")
    )
    assert _report(bench, "silent")["verdict"] == "errored"
    assert "stopped after 3 s" in run.said


def test_paths_that_are_wrong(bench: Bench) -> None:
    right = _learner(bench, "right", "right.py")
    bench.directory("empty")
    run = _class(bench, "rihgt", right, "empty", "--stage", "ok", expect=1)
    assert _column(bench, "verdict") == ["not_graded", "passed", "not_graded"]
    assert "not graded: there is no file rihgt; did you mean right?" in run.said
    assert "not graded: empty has no program to start" in run.said
    assert "3 submissions: 1 passed, 0 failed, 2 not graded" in run.said
    assert _report(bench, "rihgt")["reason"] == "there is no file rihgt; did you mean right?"
    run = _class(bench, "rihgt", "empty", "--stage", "ok", expect=2)
    assert "2 submissions: 0 passed, 0 failed, 2 not graded" in run.said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("a", "b", "--report", "json:all.json"),
            "the path is a directory or has {name} in it, as in json:reports/{name}.",
        ),
        (("a", "b", "--report", "json"), "the path is a directory or has {name} in it"),
        (
            ("a", "b", "--report", "json:no/where/{name}.json"),
            "cannot write a report to no/where/a.json: there is no directory ",
        ),
        (("a", "b", "--summary", "no/where/s.csv"), "cannot write a report to no/where/s.csv"),
        (("a", "b", "--stage", "ehco"), "there is no stage 'ehco'; did you mean 'echo'?"),
        (("a", "b", "--jobs", "0"), "0 is not in the range 1<=x<=256"),
        (("a", "b", "--max-seconds", "0"), "0 is not in the range"),
        (
            ("a", "b", "--python", "no-such-python"),
            "there is no Python interpreter 'no-such-python' on PATH",
        ),
        (
            ("a", "b", "--", "python3", "x.py"),
            "give either a SUBMISSION or a command after --, not both",
        ),
        (("--jobs", "2", "--", "python3", "x.py"), "work with SUBMISSIONs, not with a command"),
        (("--jobs", "2"), "this directory has no program to start: expected one of "),
    ],
)
def test_a_command_line_that_is_wrong(
    bench: Bench, arguments: tuple[str, ...], sentence: str
) -> None:
    run = bench.say(*arguments, expect=2)
    assert run.out == ""
    assert sentence in " ".join(run.err.split())


def test_without_a_network_of_their_own(bench: Bench) -> None:
    """One at a time, as the reports say, and the terminal says why."""
    bench.sandbox = "off"
    learners = [_learner(bench, name, "right.py") for name in ("ann", "bob", "carl")]
    run = _class(bench, *learners, "--stage", "ok", "--jobs", "3", expect=0)
    assert (
        "Grading one at a time: here submissions share one network, and all need port"
        f" {bench.port}." in run.said
    )
    assert "Without --sandbox off each gets its own network" in run.said
    found = [_report(bench, name) for name in ("ann", "bob", "carl")]
    began = [datetime.fromisoformat(report["started_at"]) for report in found]
    ended = [
        one + timedelta(seconds=report["duration_s"])
        for one, report in zip(began, found, strict=True)
    ]
    assert all(end <= begin for end, begin in zip(ended[:-1], began[1:], strict=True))


STRANGE = [
    b"-rf.py",
    b"new\nline.py",
    b"caf\xe9.py",
    b"\x1b[31mred.py",
    b"=1+1.py",
    "\u202eypx.py".encode(),
    b"stages",
]


def test_names_that_are_hostile(bench: Bench) -> None:
    """Safe on the terminal (as the bench asserts), in file names and in a spreadsheet; and none is
    our own command."""
    program = bench.program("right.py")
    (program.parent / "server.py").symlink_to("right.py")
    for name in STRANGE:
        target = program.parent if name == b"stages" else program
        os.symlink(target, os.path.join(os.fsencode(bench.place), name))
    paths = [b"./" + name if name.startswith(b"-") else name for name in STRANGE]
    _class(bench, *paths, "--stage", "ok", expect=0)
    assert _column(bench, "name") == ["rf", "new_line", "caf_", "31mred", "1+1", "ypx", "stages"]
    assert _column(bench, "path")[4] == "'=1+1.py"
    written = {path.name for path in (bench.root / "reports").iterdir()}
    assert written == {f"{name}.json" for name in _column(bench, "name")}


def test_a_class_among_modules_of_our_names(bench: Bench) -> None:
    """The current directory is full of submissions, and one of them is called like a module that we
    import."""
    for name in ("click.py", "grader.py", "json.py", "sitecustomize.py"):
        bench.write(name, f"open({str(bench.root / 'imported')!r}, 'w')\n")
    right = _learner(bench, "right", "right.py")
    _class(bench, "click.py", right, "--stage", "ok", expect=1)
    assert _column(bench, "verdict") == ["failed", "passed"]
    assert not (bench.root / "imported").exists()


def test_one_submission_with_an_option_of_a_class(bench: Bench) -> None:
    right = _learner(bench, "right", "right.py")
    run = bench.say(
        right, "--port", str(bench.port), "--stage", "ok", "--jobs", "4", "--summary", "-", expect=0
    )
    (row,) = csv.DictReader(run.out.splitlines())
    assert (row["name"], row["verdict"]) == ("right", "passed")
    assert "1 submission: 1 passed, 0 failed" in run.err


def test_failures_in_full(bench: Bench) -> None:
    learners = [_learner(bench, name, "exits_with_1.py") for name in ("ann", "bob")]
    ordinary, verbose = (
        _class(bench, *learners, "--stage", "bind-port", *more, expect=1) for more in ([], ["-v"])
    )
    assert verbose.out.count("problem ") == 2
    assert "problem " not in ordinary.out
    assert verbose.out.count("FAILED at stage 1 bind-port") == 2


THIEF = "import runpy\nrunpy.run_path({victim!r}, run_name='__main__')\n"


@pytest.mark.parametrize("sandbox", ["auto", "off"])
def test_files_of_one_directory_do_not_see_each_other(bench: Bench, sandbox: str) -> None:
    bench.sandbox = sandbox
    victim = _learner(bench, "all", "right.py") / "server.py"
    text = (
        (victim.parent / "listener.py").read_text()
        + "\n"
        + victim.read_text().replace("from listener", "#")
    )
    shutil.rmtree(victim.parent)
    for name, program in {
        "bob.py": text,
        "ann.py": "import bob\n",
        "carl.py": THIEF.format(victim="bob.py"),
    }.items():
        bench.write(f"all/{name}", program)
    _class(bench, "all/ann.py", "all/bob.py", "all/carl.py", "--stage", "ok", expect=1)
    assert _column(bench, "verdict") == ["failed", "passed", "failed"]
    for name in ("ann", "carl"):
        checks = [check for stage in _report(bench, name)["stages"] for check in stage["checks"]]
        failure = next(check["failure"] for check in checks if check["failure"])
        assert (
            "It cannot see bob.py: submissions that are graded together from one folder"
            in failure["summary"]
        )
        assert failure["summary"].endswith("do not see each other's files.")
        assert "its own folder" in failure["hint"]


def test_a_folder_each(bench: Bench) -> None:
    """The cure: a program and its modules."""
    learners = [_learner(bench, name, "right.py") for name in ("ann", "bob")]
    _class(bench, *(place / "server.py" for place in learners), "--stage", "ok", expect=0)
    _class(bench, *learners, "--stage", "ok", expect=0)


def test_links_to_the_programs_of_others(bench: Bench) -> None:
    _learner(bench, "bob", "right.py")
    bench.write("secret/server.py", (bench.place / "bob/server.py").read_text())
    for name, target in {
        "ann/server.py": "../bob/server.py",
        "carl": "bob",
        "dora": str(bench.root),
    }.items():
        (bench.place / name).parent.mkdir(exist_ok=True)
        (bench.place / name).symlink_to(target)
    bench.write("emil/grade.yaml", "entry: [python3, ../bob/server.py]\n")
    run = _class(bench, "ann", "bob", "carl", "dora", "emil", "--stage", "ok", expect=1)
    assert _column(bench, "verdict") == [
        "not_graded",
        "passed",
        "not_graded",
        "not_graded",
        "not_graded",
    ]
    reasons = _column(bench, "reason")
    assert (
        reasons[0] == f"ann/server.py leads to {bench.place}/bob/server.py, outside the submission"
    )
    assert reasons[2] == "carl is a link to bob, another submission"
    assert reasons[3].startswith(
        f"dora: the link {bench.place}/dora leads to {bench.root}, outside its directory"
    )
    assert reasons[4].startswith("emil/grade.yaml: 'entry' names ../bob/server.py, which is ")
    assert "5 submissions: 1 passed, 0 failed, 4 not graded" in run.said
    assert _report(bench, "carl")["score"] == 0


def test_a_grade_yaml_that_never_ends(bench: Bench) -> None:
    right = _learner(bench, "right", "right.py")
    for name in ("pipe", "zero", "long"):
        bench.directory(name)
    os.mkfifo(bench.place / "pipe" / "grade.yaml")
    (bench.place / "zero" / "grade.yaml").symlink_to("/dev/zero")
    bench.write("long/grade.yaml", "entry: x\n#" + "x" * (64 * 1024))
    _class(bench, "pipe", "zero", "long", right, "--stage", "ok", expect=1)
    assert _column(bench, "verdict") == ["not_graded", "not_graded", "not_graded", "passed"]
    why = ["it is not a regular file", "it is a link", "it is longer than 64 KiB"]
    assert _column(bench, "reason")[:3] == [
        f"{name}/grade.yaml cannot be read: {said}"
        for name, said in zip(("pipe", "zero", "long"), why, strict=True)
    ]
    for name in ("pipe", "zero", "long"):
        bench.say(name, "--stage", "ok", expect=2)
