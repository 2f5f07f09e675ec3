"""grade.yaml: what is wrong with it, and builds that fail, succeed, and take too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.isolation import seccomp

if TYPE_CHECKING:
    from tests.bad_input.bench import Bench


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("entry: [", "grade.yaml:1: not valid YAML: "),
        ("entry: right.py\nbuild: 'x\n", "grade.yaml:3: not valid YAML: "),
        ("entyr: right.py\n", "grade.yaml: unknown key 'entyr'; did you mean 'entry'?"),
        (
            "entry: right.py\nbiuld: make\n",
            "grade.yaml: unknown key 'biuld'; did you mean 'build'?",
        ),
        ("entry: right.py\ncolour: red\n", "grade.yaml: unknown key 'colour'"),
        ("build: make\n", "grade.yaml: there is no 'entry'"),
        ("", "grade.yaml: expected 'entry: COMMAND'"),
        ("- entry\n", "grade.yaml: expected 'entry: COMMAND'"),
        ("entry:\n", "grade.yaml: 'entry' must be a command"),
        ("entry: 5\n", "grade.yaml: 'entry' must be a command"),
        ("entry: {a: b}\n", "grade.yaml: 'entry' must be a command"),
        ("entry: [python3, 5]\n", "grade.yaml: 'entry' must be a command"),
        ("entry: [no-such-program]\n", "grade.yaml: there is no program 'no-such-program'"),
        ("entry: right.py\nbuild:\n", "grade.yaml: 'build' must be a command"),
        ("entry: right.py\nbuild_seconds: soon\n", "build_seconds must be a positive number"),
        ("entry: right.py\nbuild_seconds: -1\n", "build_seconds must be a positive number"),
        ("entry: right.py\nbuild_seconds: .nan\n", "build_seconds must be a positive number"),
        ("entry: right.py\nbuild_seconds: .inf\n", "build_seconds must be a positive number"),
        (
            "entry: !!python/object/apply:os.system ['touch hacked']\n",
            "grade.yaml:1: not valid YAML: ",
        ),
        ("{[a]: b}\n", "grade.yaml"),
        ("a: &a [*a]\nentry: right.py\n", "grade.yaml"),
        ("\x00", "grade.yaml: not valid YAML: it is not plain text"),
        (b"\xff\xfe\xff", "grade.yaml: not valid YAML: it is not plain text"),
        ("[" * 5000, "grade.yaml: not valid YAML: it is not plain text, or nested too deeply"),
    ],
)
def test_a_grade_yaml_that_is_wrong(bench: Bench, content: str | bytes, sentence: str) -> None:
    directory = bench.program("right.py").parent
    bench.write("submission/grade.yaml", content)
    run = bench.grade(directory, expect=2)
    assert sentence in run.said
    assert len(run.err.splitlines()) == 1


def test_a_grade_yaml_that_is_a_directory(bench: Bench) -> None:
    directory = bench.program("right.py").parent
    bench.directory("submission/grade.yaml")
    assert "grade.yaml" in bench.grade(directory, expect=2).said


def test_aliases_in_aliases_stay_small(bench: Bench) -> None:
    rows = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    directory = bench.program("right.py").parent
    bench.write("submission/grade.yaml", f"a0: &a0 [x]\n{rows}entry: right.py\n")
    assert "grade.yaml: unknown key 'a0'" in bench.grade(directory, expect=2).said


@pytest.mark.parametrize(
    "entry", ["right.py", "python3 right.py", "[python3, right.py]", "./right.py"]
)
def test_the_ways_to_write_an_entry(bench: Bench, entry: str) -> None:
    directory = bench.program("right.py").parent
    bench.write("submission/grade.yaml", f"entry: {entry}\n")
    bench.grade(directory, expect=0)


def test_what_a_build_makes_is_there_at_every_launch(either: Bench) -> None:
    directory = either.program("right.py").parent
    either.write("submission/grade.yaml", "build: mv right.py built.py\nentry: python3 built.py\n")
    either.grade(directory, "--stage", "1-2", expect=0)


def test_a_build_that_talks_without_end(bench: Bench) -> None:
    directory = bench.program("right.py").parent
    build = "head -c 20000000 /dev/zero"
    bench.write("submission/grade.yaml", f"build: {build}\nentry: right.py\n")
    bench.grade(directory, expect=0)


@pytest.mark.parametrize(
    "makes", ["seq 50001 | xargs touch", "for n in $(seq 300); do mkdir d; cd d; done"]
)
def test_a_build_that_leaves_too_much_to_copy(bench: Bench, makes: str) -> None:
    bench.sandbox = "plain"
    directory = bench.program("right.py").parent
    bench.write("submission/grade.yaml", f"build: {makes}\nentry: right.py\n")
    report = bench.grade(directory, expect=2).report
    assert report is not None
    # a screen cuts long paths anywhere
    assert f"{directory} is too large to copy after its build" in report["reason"]


@pytest.mark.skipif(bool(seccomp.missing()), reason="here 32-bit programs can run")
@pytest.mark.parametrize(
    "settings", ["entry: [./server]\n", "build: cp made server\nentry: ./server\n"]
)
@pytest.mark.parametrize("sandbox", ["auto", "landlock", "off"])
def test_a_32_bit_program_is_told_so(bench: Bench, settings: str, sandbox: str) -> None:
    bench.write("submission/grade.yaml", settings)
    bench.write(
        "submission/made" if "build" in settings else "submission/server",
        b"\x7fELF\x01\x01\x01",
        0o755,
    )
    run = bench.grade(bench.place / "submission", "--sandbox", sandbox, expect=2)
    assert (
        "your program is a 32-bit program, which cannot run here: build it for 64 bits" in run.said
    )


def test_a_pipe_in_place_of_a_program_is_not_read(bench: Bench) -> None:
    bench.write("submission/grade.yaml", "build: mkfifo server\nentry: ./server\n")
    assert "there is no program server" in bench.grade(bench.place / "submission", expect=2).said
