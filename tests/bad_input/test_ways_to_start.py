"""Every way to start a program, in a stage that gives it arguments, from a checkout in which
nothing is built yet."""

from __future__ import annotations

import shutil

import pytest

from tests.bad_input.bench import ROOT, Bench

RIGHT = ROOT / "tests" / "submissions" / "right_server.py"
BUILD = "build: cp right.py server && chmod +x server\n"
SCRIPT = '#!/bin/sh\nexec python3 right.py "$@"\n'

WAYS = {
    "a shell's line": "entry: python3 right.py",
    "a line with a word more": "entry: python3 -u right.py",
    "a line that goes elsewhere first": "entry: cd folder && python3 ../right.py",
    "a line with a variable": "entry: MODE=x python3 right.py",
    "a line that says where": "entry: 'python3 right.py \"$@\" 2>&1'",
    "lines": "entry: |\n  cd folder\n  exec python3 ../right.py",
    "one file": "entry: right.py",
    "one file that can be executed": "entry: ./run.sh",
    "a list": "entry: [python3, right.py]",
    "a list of our own": "entry: [./run.sh]",
    "built": f"{BUILD}entry: ./server",
    "built, by its name": f"{BUILD}entry: server",
    "built, with a word": f"{BUILD}entry: ./server --directory .",
    "built, in a folder": f"{BUILD.rstrip()} && mv server folder\nentry: folder/server",
    "built, as a list": f"{BUILD}entry: [./server]",
    "built, as a list, by its name": f"{BUILD}entry: [server]",
    "built, for the interpreter": "build: mv right.py made.py\nentry: made.py",
}


QUICK = {
    "a shell's line",
    "a line that goes elsewhere first",
    "built, with a word",
    "built, as a list, by its name",
}
CHOSEN = [pytest.param(way, marks=() if way in QUICK else pytest.mark.slow) for way in WAYS]


@pytest.fixture
def directory(bench: Bench) -> str:
    text = RIGHT.read_text().replace("4221", str(bench.port))
    bench.write("submission/right.py", f"#!/usr/bin/env python3\n{text}")
    bench.write("submission/run.sh", SCRIPT, 0o755)
    bench.write("submission/folder/empty", "")
    return "submission"


def grade(bench: Bench, *arguments: str) -> None:
    where = ["--port", str(bench.port), "--sandbox", bench.sandbox, "--stage", "files"]
    run = bench.say(*where, *arguments, expect=0)
    assert "PASSED: 1 of 1 stage" in run.said


@pytest.mark.parametrize("way", CHOSEN)
def test_a_grade_yaml(bench: Bench, directory: str, way: str) -> None:
    bench.write("submission/grade.yaml", f"{WAYS[way]}\n")
    grade(bench, directory)


@pytest.mark.parametrize("way", CHOSEN)
def test_a_grade_yaml_in_a_copy(bench: Bench, directory: str, way: str) -> None:
    bench.sandbox = "off"
    test_a_grade_yaml(bench, directory, way)


@pytest.mark.slow
@pytest.mark.parametrize("program", ["submission/right.py", "submission/run.sh"])
def test_a_file(bench: Bench, directory: str, program: str) -> None:
    grade(bench, program)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["your_program.sh", "main.py"])
def test_a_directory(bench: Bench, directory: str, name: str) -> None:
    bench.write(f"submission/{name}", SCRIPT if name.endswith(".sh") else "import right", 0o755)
    if name == "main.py":
        bench.write("submission/main.py", (bench.place / "submission" / "right.py").read_text())
    grade(bench, directory)


@pytest.mark.skipif(not shutil.which("make"), reason="make is not here")
def test_a_makefile(bench: Bench, directory: str) -> None:
    bench.write("submission/right.py", (bench.place / "submission/right.py").read_text(), 0o755)
    bench.write("submission/Makefile", "made: right.py\n\tcp $< $@\nrun: made\n\t./made $(ARGS)\n")
    grade(bench, directory)


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("python3", "submission/right.py"),
        ("submission/run.sh",),
        ("sh", "-c", 'cd submission && exec python3 right.py "$@"', "sh"),
    ],
)
def test_a_command(bench: Bench, directory: str, command: tuple[str, ...]) -> None:
    bench.write("right.py", (bench.place / "submission" / "right.py").read_text())
    grade(bench, "--", *command)
