"""Servers that answer too much, nothing, or what would take over a terminal: one sentence, in bounded memory."""

from __future__ import annotations

import pytest

from tests.bad_input.bench import Bench

endless = pytest.mark.xfail(reason="what follows an answer to HEAD is taken in without a limit on memory")


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        ("endless_status_line.py", "The status line is still not at its end at byte 262144"),
        ("endless_headers.py", "4096"),
        ("gigabyte_of_headers.py", "The header line is still not at its end at byte 262144"),
        pytest.param("endless_body.py", "The body is longer than 67108864 bytes", marks=endless),
        pytest.param("endless_chunks.py", "The body is longer than 67108864 bytes", marks=endless),
        pytest.param("huge_length.py", "The answer announces a body of '999999999999' bytes", marks=endless),
        ("noise.py", "the answer does not begin with a status line that says 200"),
        ("deaf.py", "no answer came"),
    ],
)
def test_an_answer_that_is_none(either: Bench, program: str, problem: str) -> None:
    run = either.grade(either.program(program), expect=1)
    assert problem in run.problem


def test_silence_is_waited_for_within_its_budget(either: Bench) -> None:
    run = either.grade(either.program("silent.py"), "--timeout-scale", "0.1", expect=1)
    assert "no answer came for 0.5 s" in run.problem


def test_a_gzip_bomb(either: Bench) -> None:
    run = either.grade(either.program("gzip_bomb.py"), "--stage", "gzip", expect=1)
    assert "decompress" in run.problem


@pytest.mark.parametrize("options", [(), ("-v",)])
def test_terminal_escapes_reach_no_terminal(either: Bench, options: tuple[str, ...]) -> None:
    run = either.grade(either.program("escapes.py"), *options, expect=1)
    assert r"\x1b" in run.out


def test_terminal_escapes_in_a_body(either: Bench) -> None:
    directory = either.program("escapes.py").parent
    entry = "entry: [python3, escapes.py, --body]"
    either.write("submission/grade.yaml", entry)
    run = either.grade(directory, "--stage", "headers", "-v", expect=1)
    assert "the body is not the expected one" in run.problem
    assert r"\x1b" in run.out


def test_terminal_escapes_in_last_words(either: Bench) -> None:
    run = either.grade(either.program("dies_in_escapes.py"), expect=1)
    assert "your program ended with exit status 3 before it listened" in run.problem


def test_terminal_escapes_in_the_name_of_the_program(either: Bench) -> None:
    path = either.write("sub\x1b[31m/ser\x1b[31mver.py", "raise SystemExit('\\x1b[31m' + __file__)")
    either.grade(path, expect=1)
    either.say(path.with_name("\x1b[31mother.py"), expect=2)
